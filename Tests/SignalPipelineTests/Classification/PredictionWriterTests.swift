import Foundation
import SignalPipeline
import Testing

@Suite struct PredictionWriterTests {
  static let names = [
    "plain.cu8", "with space, comma.cu8", "\"quoted\".cu8", "line\nfeed.cu8", "crlf\r\n.cu8",
    "comma and accent,\u{301}.cu8", "quote and accent\"\u{301}", "tab\tbell\u{7}.cu8",
    "back\\slash", "größe 📡.cu8", "\u{1B}[2Jgone", "\u{2028}", "",
  ]

  static let classes = ["am", "a,b \"c\""]

  let window: WindowResult
  let summary: InputSummary

  /// Real results whose numbers are then set.
  init() throws {
    let samples = ClassificationScene.samples(4096, tone: 0.2, seed: 1)
    let found = try ClassificationScene.classify(
      CaptureFixture.bytes(samples), ClassificationScene.model())
    var window = try #require(found.windows.first)
    window.index = 2
    window.start = 131_072
    window.samples = 65_536
    window.prediction = Prediction(
      logProbabilities: [Float(log(0.25)), Float(log(0.75))], threshold: 0)
    window.presence.peakFrequency = -0.125
    window.presence.floor = -.infinity
    window.presence.peakOverFloor = 12.3456789
    window.presence.bandOverFloor = 3e-7
    var summary = found.summary
    summary.prediction = .noise
    summary.windows = 3
    summary.noiseWindows = 3
    summary.samples = 196_608
    summary.skippedSamples = 12
    self.window = window
    self.summary = summary
  }

  private func events(_ name: String) -> [BatchClassifier.Event] {
    let capture = CaptureInfo(
      path: name, format: .cu8, sampleRate: 2_400_000, centerFrequency: 2_585_100_000)
    var summary = summary
    summary.capture = capture
    return [
      .window(window, of: capture), .summary(summary),
      .failure(FileError(.malformed, path: name, place: "byte 3", reason: "cut off")),
    ]
  }

  @Test("a window is one JSON line, numbers to six decimals, levels that do not exist as null")
  func json() throws {
    let writer = PredictionWriter(form: .json, classes: Self.classes)
    #expect(writer.header.isEmpty)
    let texts = events("a.cu8").map(writer.text)
    #expect(
      texts[0] == """
        {"type":"window","source":"a.cu8","window":2,"start_sample":131072,"start_s":0.054613,\
        "start_time":null,\
        "samples":65536,"class":"a,b \\"c\\"","confidence":0.75,\
        "probabilities":{"am":0.25,"a,b \\"c\\"":0.75},"peak_frequency":-0.125,\
        "peak_frequency_hz":2584800000,"center_hz":2585100000,"noise_floor_db":null,"peak_over_floor_db":12.345679,\
        "band_over_floor_db":0}

        """)
    #expect(
      texts[1] == """
        {"type":"summary","source":"a.cu8","class":"noise","confidence":null,\
        "probabilities":null,"windows":3,"noise_windows":3,"samples":196608,\
        "skipped_samples":12,"replaced_samples":0,"processing":null,"format":"cu8","sample_rate_hz":2400000,\
        "center_hz":2585100000,"fft_plan":"estimated"}

        """)
    #expect(
      texts[2]
        == #"{"type":"error","source":"a.cu8","error":"a.cu8: byte 3: cut off"}"# + "\n")
  }

  @Test(
    "whatever a file is called, each event is one line of JSON that gives the name back",
    arguments: names)
  func jsonNames(name: String) throws {
    struct Record: Decodable { var source: String }
    let writer = PredictionWriter(form: .json, classes: Self.classes)
    for text in events(name).map(writer.text) {
      #expect(text.utf8.count { $0 == UInt8(ascii: "\n") } == 1 && text.hasSuffix("\n"))
      let record = try JSONDecoder().decode(Record.self, from: Data(text.utf8))
      #expect(Array(record.source.unicodeScalars) == Array(name.unicodeScalars))
    }
  }

  @Test(
    "whatever a file or a class is called, each event is one CSV record as wide as the header",
    arguments: names)
  func csvNames(name: String) throws {
    let writer = PredictionWriter(form: .csv, classes: Self.classes)
    let text = writer.header + events(name).map(writer.text).joined()
    let records = Self.records(text)
    try #require(records.count == 4)
    let header = records[0]
    #expect(header.contains("p_a,b \"c\""))
    #expect(records.allSatisfy { $0.count == header.count })
    func cell(_ record: Int, _ column: String) throws -> String {
      records[record][try #require(header.firstIndex(of: column))]
    }
    for record in 1...3 {
      let source = try cell(record, "source")
      #expect(Array(source.unicodeScalars) == Array(name.unicodeScalars))
    }
    #expect(try (1...3).map { try cell($0, "type") } == ["window", "summary", "error"])
    #expect(try cell(1, "p_am") == "0.25")
    #expect(try cell(1, "noise_floor_db").isEmpty)
    #expect(try cell(1, "class") == "a,b \"c\"")
    #expect(try cell(2, "skipped_samples") == "12")
    #expect(try cell(2, "p_am").isEmpty)
    #expect(try cell(3, "error").contains("byte 3: cut off"))
  }

  @Test(
    "a table has one line an input, its columns below their titles, whatever the name",
    arguments: names)
  func table(name: String) {
    let writer = PredictionWriter(form: .table, classes: Self.classes)
    let texts = events(name).map(writer.text)
    #expect(texts[0].isEmpty)
    for text in [writer.header, texts[1], texts[2]] {
      #expect(text.unicodeScalars.count { $0.properties.generalCategory == .control } == 1)
      #expect(text.hasSuffix("\n"))
    }
    let title = writer.header.range(of: "SKIPPED")?.upperBound
    let value = texts[1].range(of: " 12 ")?.upperBound
    #expect(
      title.map { writer.header.distance(from: writer.header.startIndex, to: $0) }
        == value.map { texts[1].distance(from: texts[1].startIndex, to: $0) - 1 })
    #expect(texts[2].hasPrefix("error "))
  }

  @Test("what was done to the samples is told in the summary, in its order")
  func processing() {
    var adjusted = summary
    adjusted.capture = CaptureInfo(path: "a", format: .cu8)
    adjusted.capture.adjustment = SampleAdjustment(
      swapIQ: true, conjugate: true, removeDC: true, gain: -3.5)
    let writer = PredictionWriter(form: .json, classes: Self.classes)
    #expect(
      writer.text(of: .summary(adjusted)).contains(
        "\"processing\":\"remove-dc gain=-3.5dB iq-swap conjugate\""))
  }

  @Test("a window tells the centre and the time of its own segment, in every form")
  func segments() {
    let capture = CaptureInfo(
      path: "a", format: .ci8, sampleRate: 1e6,
      segments: [
        CaptureSegment(start: 0, count: 131_000, dataOffset: 0, centerFrequency: 5e6),
        CaptureSegment(
          start: 131_000, count: nil, dataOffset: 0, centerFrequency: 9e6,
          startTime: "2024-01-01T00:00:00Z"),
      ])
    let event = BatchClassifier.Event.window(window, of: capture)
    let json = PredictionWriter(form: .json, classes: Self.classes).text(of: event)
    #expect(
      json.contains(#""start_s":0.131072,"start_time":"2024-01-01T00:00:00.000072Z","samples""#))
    #expect(json.contains(#""peak_frequency_hz":8875000,"center_hz":9000000,"#))
    let writer = PredictionWriter(form: .csv, classes: Self.classes)
    let records = Self.records(writer.header + writer.text(of: event))
    let told = Dictionary(zip(records[0], records[1])) { first, _ in first }
    #expect(told["center_hz"] == "9000000")
    #expect(told["start_time"] == "2024-01-01T00:00:00.000072Z")
    let table = PredictionWriter(form: .table, classes: Self.classes, listsWindows: true)
    #expect(table.text(of: event).contains("0.13 s, peak at 8.875 MHz"))
  }

  @Test("without a rate there are no seconds and no hertz")
  func withoutRate() {
    let writer = PredictionWriter(form: .json, classes: Self.classes)
    let text = writer.text(of: .window(window, of: CaptureInfo(path: "a", format: .ci8)))
    #expect(text.contains("\"start_s\":null"))
    #expect(text.contains("\"peak_frequency_hz\":null"))
  }

  /// The records of a CSV text, by RFC 4180.
  private static func records(_ text: String) -> [[String]] {
    var records: [[String]] = [[]]
    var cell = String.UnicodeScalarView()
    var isQuoted = false
    var quotes = 0
    for scalar in text.unicodeScalars {
      if scalar == "\"" {
        quotes += 1
        if isQuoted, quotes % 2 == 1, quotes > 1 { cell.append(scalar) }
        isQuoted = true
        continue
      }
      let isOpen = quotes % 2 == 1
      if !isOpen, scalar == "," || scalar == "\n" {
        records[records.count - 1].append(String(cell))
        cell = .init()
        isQuoted = false
        quotes = 0
        if scalar == "\n" { records.append([]) }
      } else {
        cell.append(scalar)
      }
    }
    return records.dropLast()
  }

  /// The window with two bands, one of them unknown.
  private var banded: BatchClassifier.Event {
    var window = window
    window.bands = [
      BandResult(
        band: OccupiedBand(lower: -0.25, width: 0.125, power: 1, snr: 12.5, floor: -3),
        activeShare: 0.5, prediction: window.prediction, reason: nil),
      BandResult(
        band: OccupiedBand(
          kind: .carrier, lower: 0.25, width: 0.0005, power: 1, snr: 30, floor: -3),
        activeShare: 1, prediction: .unknown, reason: .tooNarrow(window: 1_000_000)),
    ]
    return .window(
      window,
      of: CaptureInfo(
        path: "a.cu8", format: .cu8, sampleRate: 2_400_000, centerFrequency: 100_000_000))
  }

  @Test("bands follow their window, with centre, width, SNR and reason")
  func bands() throws {
    let writer = PredictionWriter(form: .json, classes: ["am", "fsk"], listsBands: true)
    let lines = writer.text(of: banded).split(separator: "\n")
    try #require(lines.count == 3)
    #expect(lines[0].hasPrefix(#"{"type":"window""#))
    #expect(
      lines[1].hasPrefix(#"{"type":"band","source":"a.cu8","window":2,"start_sample":131072"#))
    #expect(
      lines[1].hasSuffix(
        """
        "class":"fsk","confidence":0.75,"probabilities":{"am":0.25,"fsk":0.75},"band":0,\
        "frequency":-0.1875,"frequency_hz":99550000,"bandwidth":0.125,"bandwidth_hz":300000,\
        "snr_db":12.5,"active_share":0.5,"band_kind":"modulated","reason":null}
        """))
    #expect(
      lines[2].hasSuffix(
        """
        "band_kind":"carrier","reason":"narrower than the model was trained for; a window of \
        1000000 samples would do"}
        """))
    #expect(lines[2].contains(#""class":"unknown","confidence":null,"probabilities":null"#))
    let plain = PredictionWriter(form: .json, classes: ["am", "fsk"])
    #expect(plain.text(of: banded) == lines[0] + "\n")
  }

  @Test("bands have columns of their own in CSV, and lines in a table")
  func bandColumns() throws {
    let writer = PredictionWriter(form: .csv, classes: ["am", "fsk"], listsBands: true)
    let lines = (writer.header + writer.text(of: banded)).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(lines.count == 4 && Set(lines.map(\.count)).count == 1)
    let column = try #require(lines[0].firstIndex(of: "bandwidth_hz"))
    #expect(lines.map { $0[column] } == ["bandwidth_hz", "", "300000", "1200"])
    let table = PredictionWriter(
      form: .table, classes: ["am", "fsk"], listsWindows: true, listsBands: true
    ).text(of: banded).split(separator: "\n")
    try #require(table.count == 3)
    #expect(
      table[1].contains("fsk") && table[1].contains("at 99.550 MHz, 300.000 kHz wide, SNR 12.5"))
    #expect(table[2].contains("unknown") && table[2].hasSuffix("samples would do"))
  }
}
