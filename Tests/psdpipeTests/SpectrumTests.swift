import Foundation
import SignalPipeline
import SystemPackage
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// `psd` in all its forms.
@Suite struct SpectrumTests {
  private static let capture = Command.samples + "/adsb_1090MHz_2Msps.cu8"

  @Test("CSV has one line a bin, on a frequency axis that rate and centre set")
  func csv() throws {
    let command = try Command()
    let result = try command.run(
      "psd", Self.capture, "--bins", "64", "--rate", "2M", "--center", "-1M")
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(result.lines.first == "frequency_hz,density_fs2_per_hz,density_db_fs2_per_hz")
    let rows = result.lines.dropFirst().map { $0.split(separator: ",").compactMap { Double($0) } }
    #expect(rows.count == 64 && rows.allSatisfy { $0.count == 3 })
    let frequencies = (0..<64).map { -2e6 + Double($0) * 31_250 }
    #expect(rows.map { $0[0] } == frequencies)
    // Neither name nor option tells a rate.
    try command.file("a.cu8", Data(contentsOf: URL(filePath: Self.capture)))
    let relative = try command.run("psd", "a.cu8", "--bins", "64")
    #expect(relative.lines.first == "frequency_cycles_per_sample,density_fs2,density_db_fs2")
    #expect(relative.lines[1].hasPrefix("-0.5,"))
  }

  @Test("JSON, NumPy and SVG hold the same spectrum")
  func files() throws {
    let command = try Command()
    try command.file("a.cu8", Data(contentsOf: URL(filePath: Self.capture)))
    let result = try command.run(
      "psd", "a.cu8", "--bins", "128", "--out", "a.json", "--out", "a.npy", "--out", "a.svg",
      "--out", "a.csv")
    #expect(result.status == 0 && result.output.isEmpty && result.errors.isEmpty)
    let json = try #require(
      try JSONSerialization.jsonObject(with: command.data("a.json")) as? [String: Any])
    let density = try #require(json["density"] as? [Double])
    #expect(density.count == 128 && (json["frequency"] as? [Double])?.count == 128)
    #expect(json["sample_rate_hz"] is NSNull)

    let bytes = [UInt8](try command.data("a.npy"))
    let length = Int(bytes[8]) + 256 * Int(bytes[9])
    let header = String(decoding: bytes[10..<10 + length], as: UTF8.self)
    #expect(bytes.starts(with: [0x93] + Array("NUMPY".utf8) + [1, 0]))
    #expect(header.contains("'<f4'") && header.contains("(128,)") && header.hasSuffix("\n"))
    let values = bytes[(10 + length)...].withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    #expect(values.count == 128)
    // JSON tells each float in the fewest digits that bring it back.
    #expect(values == density.map { Float($0) })

    #expect(XMLParser(data: try command.data("a.svg")).parse())
    let csv = String(decoding: try command.data("a.csv"), as: UTF8.self)
    #expect(csv == (try command.run("psd", "a.cu8", "--bins", "128")).text)
  }

  @Test("every option reaches the estimate")
  func options() throws {
    let command = try Command()
    try command.file("a.cu8", Data(contentsOf: URL(filePath: Self.capture)))
    let base = SpectrumConfiguration(bins: 64, overlap: 32, window: .hann)
    let padded = SpectrumConfiguration(
      bins: 64, segmentLength: 50, overlap: 37, window: .kaiser(beta: 8.6), detrend: .linear,
      averaging: .median)
    let bartlett = SpectrumConfiguration.bartlett(bins: 64)
    var fading = base
    fading.averaging = .exponential(segments: 16)
    for (options, configuration) in [
      ("--bins 64", base), ("--bins 64 --overlap 50%", base), ("--bins 64 --overlap 32", base),
      ("--bins 64 --window rectangular --overlap 0", bartlett),
      ("--bins 64 --average exponential:16", fading),
      (
        "--bins 64 --segment-length 50 --overlap 75% --window kaiser:8.6 --detrend linear "
          + "--average median", padded
      ),
    ] {
      let result = try command.run(
        ["psd", "a.cu8"] + options.split(separator: " ").map(String.init))
      #expect(result.status == 0, "\(result.errors)")
      var reader = try CaptureOpening.open(FilePath(command("a.cu8")), CaptureConfiguration())
      let spectrum = try PowerSpectrum(of: &reader, using: configuration)
      let densities = result.lines.dropFirst().map { $0.split(separator: ",")[1] }
      #expect(densities.map { Float($0) } == spectrum.density, "\(options)")
    }
  }

  @Test("a window of the user's own comes from a NumPy array, and what is none is refused")
  func ownWindow() throws {
    let command = try Command()
    try command.file("a.cu8", Data(contentsOf: URL(filePath: Self.capture)))
    let coefficients = Window.kaiser(beta: 8.6).coefficients(count: 64)
    try NPYFile.write(coefficients, shape: [64], to: command("w.npy"))
    let own = try command.run("psd", "a.cu8", "--bins", "64", "--window", "w.npy")
    let known = try command.run("psd", "a.cu8", "--bins", "64", "--window", "kaiser:8.6")
    #expect(own.status == 0 && own.output == known.output && !own.output.isEmpty, "\(own.errors)")
    try command.dataset("data", "--window", "w.npy", "--bins", "64")
    #expect(try command.data("data/manifest.json").count > 64 * 10)

    try NPYFile.write(coefficients, shape: [8, 8], to: command("square.npy"))
    try NPYFile.write(coefficients.map { Float($0) }, shape: [64], to: command("float.npy"))
    try NPYFile.write([Double](repeating: .nan, count: 128), shape: [128], to: command("nan.npy"))
    let odd = (0..<128).map { $0 % 2 == 0 ? 1.0 : -1 }
    try NPYFile.write(odd, shape: [128], to: command("odd.npy"))
    for (name, status, reason) in [
      ("w.npy", 64, "--window has 64 coefficients; the segments have 128 samples"),
      ("nan.npy", 64, "not finite"), ("square.npy", 65, "[8, 8]"), ("float.npy", 65, "'<f8'"),
      ("none.npy", 66, "none.npy"), ("odd.npy", 64, "sum is 0"),
    ] as [(String, Int32, String)] {
      try command.expectFailure(
        ["psd", "a.cu8", "--bins", "128", "--window", name, "--out", "a.svg"], status: status,
        reason)
      #expect(!command.exists("a.svg"))
    }
  }

  @Test("no output replaces the input or another, whatever way it is written")
  func places() throws {
    let command = try Command()
    try command.noise("a.npy", samples: 1000)
    try command.noise("b.cu8", samples: 1000)
    let before = try command.data("a.npy")
    for (arguments, path) in [
      (["a.npy", "--format", "cu8", "--out", "./a.npy"], "./a.npy is an input"),
      (["b.cu8", "--out", "c.csv", "--out", "./c.csv"], "./c.csv is to be written twice"),
    ] {
      try command.expectFailure(["psd", "--bins", "64"] + arguments, status: 64, path)
    }
    #expect(try command.data("a.npy") == before)
    #expect(try command.names() == ["a.npy", "b.cu8"])
  }

  @Test("a dataset of medians is made, and refused where a model would learn from it")
  func medians() throws {
    let command = try Command()
    try command.dataset("data", "--average", "median", "--segment-length", "200")
    let manifest = String(decoding: try command.data("data/manifest.json"), as: UTF8.self)
    #expect(manifest.contains(#""averaging" : "median""#))
    #expect(manifest.contains(#""segmentLength" : 200"#))
    try command.expectFailure(
      ["train", "data", "--out", "m.safetensors"] + command.network(), status: 65, "data",
      "key spectrum.averaging", "is median", "mean")
  }

  @Test("a real capture's axis begins at 0 Hz of what is stored, unless a centre is told")
  func realAxis() throws {
    let command = try Command()
    try command.noise("a.s16", samples: 1000)
    func first(_ more: String...) throws -> Double? {
      try command.run(["psd", "a.s16", "--bins", "64"] + more).lines[1].split(separator: ",").first
        .flatMap { Double($0) }
    }
    #expect(try first("--rate", "48k") == 0)
    #expect(try first("--rate", "48k", "--center", "1M") == 1e6)
    #expect(try first() == -0.5)
  }

  @Test("a centre needs a rate, whoever tells it")
  func center() throws {
    let command = try Command()
    for name in ["a.cu8", "a_250ksps.cu8"] { try command.noise(name, samples: 1000) }
    try command.expectFailure(
      ["psd", "a.cu8", "--center", "1M"], status: 64, "--center needs --rate", "a.cu8")
    let told = try command.run("psd", "a_250ksps.cu8", "--center", "1M", "--bins", "4")
    #expect(told.status == 0 && told.lines[1].hasPrefix("875000"), "\(told.errors)")
  }

  @Test("a folder is no capture, and the command that reads one is told")
  func folder() throws {
    let command = try Command()
    try FileManager.default.createDirectory(
      atPath: command("some captures"), withIntermediateDirectories: true)
    try command.expectFailure(
      ["psd", "some captures"], status: 65, "folder", "psdpipe classify 'some captures'")
  }

  @Test("an output that cannot be written is told before the capture is read")
  func outputs() throws {
    let command = try Command()
    try FileManager.default.createDirectory(
      atPath: command("a.svg"), withIntermediateDirectories: true)
    let line = ["psd", "none.cu8", "--out"]
    try command.expectFailure(line + ["a.svg"], status: 74, "a.svg", "folder")
    try command.expectFailure(line + ["none/a.svg"], status: 74, "none/a.svg", "No such file")
    try command.expectFailure(line + ["/dev/null/a.svg"], status: 74, "Not a directory")
  }
}
