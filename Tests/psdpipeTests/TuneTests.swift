import Foundation
import Testing

@Suite("psdpipe tune")
struct TuneTests {
  let command: Command
  var wisdom: String { "\(command.cache)/psdpipe/fft-wisdom" }

  init() throws { command = try Command() }

  /// The plan of a spectrum of noise, and its densities.
  private func spectrum() throws -> (plan: String, density: [Double], errors: String) {
    try command.noise("noise.cu8", samples: 4096)
    let run = try command.run(
      "psd", "noise.cu8", "--bins", "256", "--out", "psd.json", "--out", "psd.npy")
    #expect(run.status == 0, "\(run.errors)")
    let object = try #require(
      try JSONSerialization.jsonObject(with: command.data("psd.json")) as? [String: Any])
    return (
      try #require(object["fft_plan"] as? String), try #require(object["density"] as? [Double]),
      run.errors
    )
  }

  @Test("tuned plans are kept, used by later runs and told in what they write")
  func kept() throws {
    let before = try spectrum()
    #expect(before.plan == "estimated")
    // A search may find nothing faster on a busy machine, and keeps nothing then.
    for _ in 0..<5 {
      let tuning = try command.run("tune", "256", "--again")
      #expect(tuning.status == 0, "\(tuning.errors)")
      #expect(tuning.errors.isEmpty)
      #expect(tuning.lines.count == 2)
      if tuning.text.contains("×") { break }
    }
    let after = try spectrum()
    #expect(after.plan == "tuned")
    #expect(after.errors.isEmpty)
    // Another order of the same sums: a few roundings of the largest.
    let peak = try #require(before.density.max())
    for (old, new) in zip(before.density, after.density) {
      #expect(abs(old - new) <= 2e-6 * peak)
    }
    let again = try command.run("tune", "256")
    #expect(again.text.contains("tuned before"))
    let summary = try command.run(
      "classify", Command.samples + "/adsb_1090MHz_2Msps.cu8", "--short", "--as", "json")
    #expect(try summary.records.last?["fft_plan"] as? String == "estimated")
  }

  @Test(
    "wisdom that is damaged or of another machine is told of and not used",
    arguments: [
      ("garbage", "does not begin"),
      ("psdpipe FFT wisdom 1\nprocessor Z80\nsha512 0\n", "made for Z80"),
      ("psdpipe FFT wisdom 1\nprocessor PROCESSOR\nsha512 0\n()", "digest"),
      ("psdpipe FFT wisdom 1\n", "does not begin"),
      ("", "does not begin"),
    ])
  func damaged(text: String, reason: String) throws {
    try FileManager.default.createDirectory(
      atPath: "\(command.cache)/psdpipe", withIntermediateDirectories: true)
    #expect(try command.run("tune", "64").status == 0)
    let made = try String(contentsOfFile: wisdom, encoding: .utf8).split(separator: "\n")
    let processor = String(try #require(made.dropFirst().first).dropFirst("processor ".count))
    try text.replacingOccurrences(of: "PROCESSOR", with: processor)
      .write(toFile: wisdom, atomically: true, encoding: .utf8)
    let result = try spectrum()
    #expect(result.plan == "estimated")
    #expect(result.errors.contains(reason), "\(result.errors)")
    #expect(result.errors.split(separator: "\n").count == 1)
    let mended = try command.run("tune", "64")
    #expect(mended.status == 0)
    #expect(mended.errors.contains("making it anew"))
  }

  @Test("lengths that are no FFT's, and a cache that can't be written, are refused")
  func refused() throws {
    try command.expectFailure(["tune", "1"], status: 64, "from 2 to 131072")
    try command.expectFailure(["tune", "x"], status: 64, "x")
    #expect(
      FileManager.default.createFile(atPath: command.cache, contents: Data()))
    try command.expectFailure(["tune", "64"], status: 74, "psdpipe")
  }
}
