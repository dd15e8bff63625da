import Foundation
import SignalPipeline
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What `psd` measures, in which units it tells it, and its pictures over time.
@Suite struct SpectrumMeasureTests {
  private static let capture = Command.samples + "/adsb_1090MHz_2Msps.cu8"

  /// A tone of amplitude ½ at 100 kHz, and white noise 40 dB below it, at 1 MHz.
  private func tone(_ command: Command) throws {
    var generator = SeededGenerator(seed: 4)
    var bytes: [UInt8] = []
    for n in 0..<65_536 {
      let angle = 2 * Double.pi * 0.1 * Double(n)
      let radius = (-0.25e-4 * log(1 - generator.uniform())).squareRoot()
      let turn = 2 * Double.pi * generator.uniform()
      for value in [
        0.5 * cos(angle) + radius * cos(turn), 0.5 * sin(angle) + radius * sin(turn),
      ] {
        withUnsafeBytes(of: Float(value).bitPattern.littleEndian) { bytes += $0 }
      }
    }
    try command.file("tone.cf32", bytes)
  }

  private let line = ["psd", "tone.cf32", "--rate", "1M", "--center", "10M", "--bins", "1000"]

  @Test("a known tone in known noise is measured right, in JSON, table and picture")
  func measures() throws {
    let command = try Command()
    try tone(command)
    let wanted = line + ["--peaks", "2", "--occupied-bandwidth", "--noise-floor"]
    let record = try #require(try command.run(wanted).records.first)
    let peaks = try #require(record["peaks"] as? [[String: Double]])
    #expect(peaks.count == 2)
    #expect(abs(try #require(peaks[0]["frequency"]) - 10.1e6) < 10)
    // Density: the tone's ¼ over 1.5 bins of 1 kHz; the noise's 0.25e-4 over 1 MHz.
    #expect(abs(try #require(peaks[0]["level_db"]) - 10 * log10(0.25 / 1500)) < 0.02)
    let floor = try #require(record["noise_floor_db"] as? Double)
    #expect(abs(floor - 10 * log10(0.25e-4 / 1e6)) < 0.1)
    #expect(try #require(peaks[0]["prominence_db"]) > 60)
    let band = try #require(record["occupied_bandwidth"] as? [String: Any])
    #expect(band["share"] as? Double == 0.99 && band["noise_subtracted"] as? Bool == false)
    let (lower, upper) = (band["lower"] as? Double ?? 0, band["upper"] as? Double ?? 0)
    #expect(lower > 10.097e6 && upper < 10.103e6 && lower < 10.1e6 && upper > 10.1e6)
    #expect(abs((band["width"] as? Double ?? 0) - (upper - lower)) < 1e-3)
    #expect(
      record["unit"] as? String == "FS²/Hz" && record["level_unit"] as? String == "dB(FS²/Hz)")
    #expect(abs(try #require(record["noise_bandwidth"] as? Double) - 1500) < 1e-3)

    let table = try command.run(wanted + ["--as", "table", "--out", "a.svg"])
    for text in ["10.10000 MHz, -37.8 dB(FS²/Hz)", "noise floor  -106.", "99.0 % of the power"] {
      #expect(table.text.contains(text), "\(text) in \(table.text)")
    }
    let picture = String(decoding: try command.data("a.svg"), as: UTF8.self)
    for text in [">1<", ">2<", "noise floor −106.", "class=\"band\"", "class=\"guide\""] {
      #expect(picture.contains(text), "\(text)")
    }
  }

  @Test("the spectrum in volts reads a tone's power, whatever the window")
  func volts() throws {
    let command = try Command()
    try tone(command)
    for window in ["hann", "flatTop", "rectangular"] {
      let options = ["--scale", "spectrum", "--volts-per-fs", "2", "--window", window]
      let record = try #require(
        try command.run(line + options + ["--as", "json", "--peaks", "1"]).records.first)
      // Amplitude ½ of 2 V: 1 V².
      let power = try #require(record["power"] as? [Double])
      #expect(abs((power.max() ?? 0) - 1) < 1e-3, "\(window)")
      #expect(record["unit"] as? String == "V²" && record["level_unit"] as? String == "dBV")
      let csv = try command.run(line + options)
      #expect(csv.lines[0] == "frequency_hz,power_v2,power_dbv")
    }
    let density = try command.run(line + ["--volts-per-fs", "2"])
    #expect(density.lines[0] == "frequency_hz,density_v2_per_hz,density_db_v2_per_hz")
    let svg = try command.run(
      line + ["--volts-per-fs", "2", "--out", "v.svg", "--waterfall", "w.svg"])
    #expect(svg.status == 0)
    for name in ["v.svg", "w.svg"] {
      let text = String(decoding: try command.data(name), as: UTF8.self)
      #expect(text.contains("Density [dB(V²/Hz)]"), "\(name)")
    }
  }

  @Test("decibels or powers alone, in all forms")
  func kinds() throws {
    let command = try Command()
    try tone(command)
    let both = try command.run(line + ["--confidence", "--kurtosis"]).lines
    #expect(
      both[0] == "frequency_hz,density_fs2_per_hz,density_fs2_per_hz_low95,"
        + "density_fs2_per_hz_high95,density_db_fs2_per_hz,density_db_fs2_per_hz_low95,"
        + "density_db_fs2_per_hz_high95,kurtosis")
    let rows = both.dropFirst().map { $0.split(separator: ",").compactMap { Double($0) } }
    #expect(rows.count == 1000 && rows.allSatisfy { $0.count == 8 })
    let record = try command.run(line + ["--as", "json", "--kurtosis"]).records[0]
    let interval = try #require(record["interval_95"] as? [Double])
    for row in rows {
      #expect(abs(row[4] - 10 * log10(row[1])) < 0.001)
      #expect(
        abs(row[2] / row[1] - interval[0]) < 1e-5 && abs(row[3] / row[1] - interval[1]) < 1e-5)
      #expect(abs(row[5] - row[4] - 10 * log10(interval[0])) < 0.002)
    }
    #expect(rows.map { Float($0[7]) } == (record["kurtosis"] as? [Double])?.map { Float($0) })
    // The tone's kurtosis is 0, the noise's about 1.
    #expect(rows[600][7] < 0.01 && abs(rows.map { $0[7] }.reduce(0, +) / 1000 - 1) < 0.05)

    let levels = try command.run(line + ["--db", "--as", "json", "--out", "a.npy"]).records[0]
    let values = try #require(levels["density"] as? [Double])
    #expect(levels["unit"] as? String == "dB(FS²/Hz)")
    let array = try NPYFile.read(command("a.npy"), as: Float.self).values
    for (row, (value, element)) in zip(rows, zip(values, array)) {
      #expect(abs(row[4] - value) < 0.0015 && abs(value - Double(element)) < 0.001)
    }
    #expect(
      try command.run(line + ["--db"]).lines[0] == "frequency_hz,density_db_fs2_per_hz")
    let linear = try command.run(line + ["--linear", "--out", "a.svg", "--as", "csv"])
    #expect(linear.lines[0] == "frequency_hz,density_fs2_per_hz")
    let svg = String(decoding: try command.data("a.svg"), as: UTF8.self)
    #expect(svg.contains("Density [FS²/Hz]"))
  }

  @Test("the share of the occupied bandwidth may be left out, before the capture too")
  func share() throws {
    let command = try Command()
    let middle = ["--bins", "64", "--as", "table", "--occupied-bandwidth"]
    let plain = try command.run(["psd"] + middle + [Self.capture])
    #expect(plain.status == 0 && plain.text.contains("99.0 % of the power"), "\(plain.errors)")
    for share in ["90%", "0.9"] {
      let told = try command.run(["psd"] + middle + [share, Self.capture])
      #expect(told.text.contains("90.0 % of the power"), "\(told.errors)")
    }
  }

  @Test("a waterfall is a PNG of its own or an SVG with axes, and standard output stays empty")
  func waterfall() throws {
    let command = try Command()
    let result = try command.run(
      "psd", Self.capture, "--bins", "256", "--waterfall", "a.png", "--waterfall", "a.svg")
    #expect(result.status == 0 && result.output.isEmpty && result.errors.isEmpty)
    let png = try command.data("a.png")
    #expect(png.starts(with: [0x89] + Array("PNG\r\n".utf8) + [0x1A, 0x0A]))
    #expect(png.suffix(8).elementsEqual([0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82]))
    let svg = try command.data("a.svg")
    #expect(XMLParser(data: svg).parse())
    let text = String(decoding: svg, as: UTF8.self)
    for part in ["Frequency [GHz]", "Time [ms]", "data:image/png;base64,iVBORw0KGgo"] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test("a picture of many bins stays small")
  func small() throws {
    let command = try Command()
    let result = try command.run(
      "psd", Self.capture, "--bins", "131072", "--confidence", "--peaks", "9", "--out", "a.svg",
      "--waterfall", "w.svg")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try command.data("a.svg").count < 250_000)
    #expect(try command.data("w.svg").count < 50_000)
  }

  @Test("the commands of docs/psd.md that need no radio do what they say")
  func article() throws {
    let command = try Command()
    try FileManager.default.createSymbolicLink(
      atPath: command("samples"), withDestinationPath: Command.samples)
    let path = Command.samples + "/../docs/psd.md"
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      .filter { $0.hasPrefix("psdpipe psd samples/") }
    #expect(lines.count >= 3)
    for line in lines {
      let result = try command.shell(String(line))
      #expect(result.status == 0 && result.errors.isEmpty, "\(line): \(result.errors)")
    }
    #expect(
      try command.names() == ["adsb.png", "fsk.svg", "psd.csv", "psd.svg", "samples"])
  }

  @Test("what cannot be written is told before the capture is looked for")
  func outputs() throws {
    let command = try Command()
    try FileManager.default.createDirectory(
      atPath: command("a.png"), withIntermediateDirectories: true)
    let line = ["psd", "none.cu8", "--waterfall"]
    try command.expectFailure(line + ["a.png"], status: 74, "a.png", "folder")
    try command.expectFailure(line + ["none/a.svg"], status: 74, "none/a.svg", "No such file")
  }

  @Test("a capture too short for one segment is told, and nothing is written")
  func tooShort() throws {
    let command = try Command()
    try command.noise("a.cu8", samples: 100)
    try command.expectFailure(
      ["psd", "a.cu8", "--out", "a.svg", "--out", "a.csv", "--waterfall", "a.png", "--as", "csv"],
      status: 65, "a.cu8", "100 samples", "8192")
  }
}
