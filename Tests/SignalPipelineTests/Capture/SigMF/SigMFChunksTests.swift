import SignalPipeline
import SystemPackage
import Testing

/// Datasets with headers between chunks of samples, their bytes laid out by hand.
@Suite struct SigMFChunksTests {
  /// A recording's metadata and its dataset.
  struct Chunks {
    var data: [UInt8] = []
    var samples: [UInt8] = []
    var starts: [Int] = []
    var headers: [Int] = []

    /// Puts headers of zeros and chunks of samples one after the other.
    init(_ format: SampleFormat, headers: [Int], counts: [Int], trailer: Int = 0) {
      self.headers = headers
      for (header, count) in zip(headers, counts) {
        starts.append(samples.count / format.bytesPerSample)
        let chunk = (0..<count * format.bytesPerSample).map { index in
          // Exponents stay small, so that floats are finite in both orders.
          UInt8(truncatingIfNeeded: (samples.count + index) &* 31 &+ index >> 8) & 0x3F | 1
        }
        data += [UInt8](repeating: 0xFF, count: header) + chunk
        samples += chunk
      }
      data += [UInt8](repeating: 0xFF, count: trailer)
    }

    func metadata(_ format: SampleFormat, trailer: Int = 0) -> SigMFMetadata {
      var global = SigMFGlobal(format: format, sampleRate: 1e6)
      global.dataset = "a.dat"
      global.trailingBytes = trailer
      let captures = zip(starts, headers).map { start, header in
        var capture = SigMFCapture(sampleStart: start)
        capture.headerBytes = header
        return capture
      }
      return SigMFMetadata(global: global, captures: captures)
    }

    /// Writes both files; the path of the metadata.
    func write(
      to fixture: CaptureFixture, _ format: SampleFormat, trailer: Int = 0
    ) throws -> FilePath {
      try fixture.write(data, to: "a.dat")
      let path = fixture.folder.appending("a.sigmf-meta")
      try SigMFWriter.write(metadata(format, trailer: trailer), to: path)
      return path
    }
  }

  private static func format(_ name: String) throws -> SampleFormat {
    try #require(SampleFormat(rawValue: name))
  }

  @Test(
    "every chunk is read, whatever its header, its length and the reads' sizes",
    arguments: ["cu8", "ci16_be", "cf32_le", "cf64_le", "ri16_le", "ru8"])
  func all(name: String) throws {
    let format = try Self.format(name)
    let fixture = try CaptureFixture()
    let block = ByteSource.blockSize / format.bytesPerSample
    for (headers, counts) in [
      ([0, 1], [10, 20]), ([4, 4, 4], [1, 1, 1]), ([3, 0, 5], [10, 10, 10]), ([0, 7], [0, 9]),
      ([2, 3, 4], [5, 0, 6]), ([128, 128, 70_000], [block - 16, block + 1, 3]),
      ([0, ByteSource.blockSize + 5, 1], [block, 2 * block, block + 3]),
    ] {
      let chunks = Chunks(format, headers: headers, counts: counts, trailer: 3)
      let path = try chunks.write(to: fixture, format, trailer: 3)
      let flat = CaptureFixture.content(
        of: try CaptureOpening.open(
          fixture.write(chunks.samples, to: "flat"), CaptureConfiguration(format: format)))
      #expect(flat.samples.count > 0 && flat.error == nil)
      for chunk in [7, 5000, 1 << 20] {
        let reader = try CaptureOpening.open(path)
        #expect(reader.info.sampleCount == flat.samples.count)
        let content = CaptureFixture.content(of: reader, chunk: chunk)
        #expect(content.samples == flat.samples, "\(headers) \(counts) by \(chunk)")
        #expect(content.error == nil)
      }
    }
  }

  @Test("an archive's chunks are read from the file and from a pipe")
  func archive() throws {
    let fixture = try CaptureFixture()
    let bytes = try InputFile.read(SigMFGoldens.path("several.sigmf").string, limit: 1 << 20)
    let foreign = try InputFile.read(SigMFGoldens.path("foreign.dat").string, limit: 1 << 20)
    let flat = CaptureFixture.content(
      of: try CaptureOpening.open(
        fixture.write(Array(foreign[4..<1004] + foreign[1010..<1410]), to: "flat.cu8")))
    #expect(flat.samples.count == 700)
    let path = try SigMFGoldens.path("several.sigmf").appending("foreign")
    #expect(CaptureFixture.content(of: try CaptureOpening.open(path)).samples == flat.samples)
    // Its metadata first: then the pipe's first recording is it.
    var piped: [UInt8] = []
    var source = try ByteSource(
      reading: CaptureFixture.pipe(bytes, piece: 1000), named: "-", closes: true)
    var reader = TarBlocks()
    let members = try reader.read(&source)
    for name in ["a/foreign.sigmf-meta", "a/foreign.dat"] {
      piped += try #require(members[name])
    }
    let content = CaptureFixture.content(
      of: try CaptureFixture.open(pipe: piped, piece: 333, .default), chunk: 77)
    #expect(content.samples == flat.samples)
    #expect(content.error == nil)
  }

  /// Takes a tar archive apart into header and content of each file.
  private struct TarBlocks {
    mutating func read(_ source: inout ByteSource) throws -> [String: [UInt8]] {
      var members: [String: [UInt8]] = [:]
      while true {
        let header = try source.read(upTo: 512)
        guard header.count == 512, header[0] != 0 else { return members }
        let name = String(decoding: header.prefix(100).prefix { $0 != 0 }, as: UTF8.self)
        let octal = String(decoding: header[124..<135], as: UTF8.self)
        let size = try #require(Int(octal, radix: 8))
        members[name] = header + (try source.read(upTo: (size + 511) / 512 * 512))
      }
    }
  }

  @Test("a fault behind a header names its sample and its byte in the file")
  func faults() throws {
    let fixture = try CaptureFixture()
    var chunks = Chunks(.cf32, headers: [4, 6], counts: [100, 50])
    // Sample 120 is the 20th of the second chunk.
    let byte = 4 + 800 + 6 + 20 * 8
    for index in 0..<4 { chunks.data[byte + index] = 0xFF }
    let broken = CaptureFixture.content(
      of: try CaptureOpening.open(chunks.write(to: fixture, .cf32)))
    #expect(broken.samples.count == 120)
    #expect(broken.error?.place == "sample 120 at byte \(byte)")

    var cut = Chunks(.cf32, headers: [4, 6], counts: [100, 50])
    cut.data.removeLast(3)
    let short = CaptureFixture.content(of: try CaptureOpening.open(cut.write(to: fixture, .cf32)))
    #expect(short.samples.count == 149)
    #expect(short.error?.place == "byte \(4 + 800 + 6 + 49 * 8)")
    #expect(short.error?.reason == "5 bytes left, a cf32_le sample has 8")
  }

  @Test("a last header without samples behind it is none, with a part of one behind it tells that")
  func lastHeader() throws {
    let fixture = try CaptureFixture()
    let format = try Self.format("cu8")
    let empty = Chunks(format, headers: [0, 5], counts: [9, 0])
    let reader = try CaptureOpening.open(empty.write(to: fixture, format))
    #expect(reader.info.segments.count == 1 && reader.info.sampleCount == 9)
    let content = CaptureFixture.content(of: reader)
    #expect(content.samples.count == 9 && content.error == nil)
    var cut = empty
    cut.data.append(7)
    let part = CaptureFixture.content(of: try CaptureOpening.open(cut.write(to: fixture, format)))
    #expect(part.samples.count == 9)
    #expect(part.error?.place == "byte 23")
    #expect(part.error?.reason == "1 byte left, a cu8 sample has 2")
  }

  @Test("a stream that ends within a header between samples is told, after the samples before it")
  func cutHeader() throws {
    let segments = [
      CaptureSegment(start: 0, count: 10, dataOffset: 0),
      CaptureSegment(start: 10, count: 10, dataOffset: 30, continues: true),
    ]
    for length in [20, 29, 30, 50] {
      let source = try ByteSource(
        reading: CaptureFixture.pipe([UInt8](repeating: 9, count: length), piece: 6), named: "-",
        closes: true)
      let content = CaptureFixture.content(
        of: try CaptureOpening.open(
          source, container: .sigmf, header: CaptureFacts(format: .cu8), name: CaptureFacts(),
          segments: segments, .default))
      #expect(content.samples.count == (length == 50 ? 20 : 10))
      switch length {
      case 20, 29:
        #expect(
          content.error?.description
            == "-: byte \(length): it ends within the header before sample 10 at byte 30")
      default: #expect(content.error == nil)
      }
    }
  }

  @Test("a segment that is asked for is read alone, with its own centre and time")
  func segment() throws {
    let fixture = try CaptureFixture()
    let chunks = Chunks(.cu8, headers: [4, 6, 1], counts: [100, 50, 20], trailer: 2)
    var metadata = chunks.metadata(.cu8, trailer: 2)
    for (index, center) in [1e6, 2e6, 3e6].enumerated() {
      metadata.captures[index].frequency = center
      metadata.captures[index].datetime = "2024-01-01T00:00:0\(index)Z"
    }
    try fixture.write(chunks.data, to: "a.dat")
    let path = fixture.folder.appending("a.sigmf-meta")
    try SigMFWriter.write(metadata, to: path)
    let whole = CaptureFixture.content(of: try CaptureOpening.open(path)).samples
    for (index, range) in [0..<100, 100..<150, 150..<170].enumerated() {
      let reader = try CaptureOpening.open(path, CaptureConfiguration(segment: index))
      let info = reader.info
      #expect(info.sampleCount == range.count)
      #expect(info.centerFrequency == Double(index + 1) * 1e6)
      #expect(info.startTime == "2024-01-01T00:00:0\(index)Z")
      #expect(info.segments.count == 1)
      let content = CaptureFixture.content(of: reader)
      #expect(content.samples == Array(whole[range]) && content.error == nil)
    }
    let none = CaptureFixture.error {
      try CaptureOpening.open(path, CaptureConfiguration(segment: 3))
    }
    #expect((none as? FileError)?.reason == "it has no segment 3; they are 0 to 2")
    let raw = CaptureFixture.error {
      try CaptureOpening.open(
        fixture.write([1, 2], to: "b.cu8"), CaptureConfiguration(segment: 0))
    }
    #expect(
      (raw as? FileError)?.reason
        == "nothing divides it into segments; leave --segment out")
    let negative = CaptureFixture.error {
      try CaptureOpening.open(path, CaptureConfiguration(segment: -1))
    }
    #expect((negative as? ConfigurationError)?.field == "segment")
  }
}
