import Foundation
import Testing

/// The folder of recordings made by others, which are not part of the project.
private let captures = ProcessInfo.processInfo.environment["CAPTURES"].flatMap {
  $0.isEmpty ? nil : $0
}

/// `inspect`, `classify` and `psd` on all recordings; see docs/real-captures.md.
@Suite(.enabled(if: captures != nil, "CAPTURES does not name the folder of real recordings"))
struct RealCaptureTests {
  /// What `labels.csv` says of a recording, and what neither its header nor its name tells.
  struct Recording: Sendable, CustomTestStringConvertible {
    let path: String
    let format: String
    /// The rate and the centre of the complex samples [Hz].
    let rate: Double
    let center: Double?
    let isReal: Bool
    let options: [String]
    let origins: [String: String]
    var testDescription: String { path }

    init(_ line: Substring) throws {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let stored = try #require(Double(fields[3]))
      path = fields[0]
      isReal = fields[2] == "wav-real"
      format = isReal ? "ri16_le" : fields[2]
      rate = isReal ? stored / 2 : stored
      center = Double(fields[4])
      let format = ["--format", fields[2]]
      let place = ["--rate", fields[3], "--center", fields[4]]
      switch path.split(separator: "/")[0] {
      case "lte":
        options = format
        origins = ["format": "option", "sample_rate_hz": "name", "center_hz": "name"]
      case "adsb":
        options = format + place
        origins = ["format": "option", "sample_rate_hz": "option", "center_hz": "option"]
      case "rc_car":
        options = place
        origins = ["format": "name", "sample_rate_hz": "option", "center_hz": "option"]
      default:
        options = []
        origins = ["format": "header", "sample_rate_hz": "header"]
      }
    }
  }

  static let recordings: [Recording] = {
    guard let captures,
      let text = try? String(contentsOfFile: "\(captures)/labels.csv", encoding: .utf8)
    else { return [] }
    return text.split(whereSeparator: \.isNewline).dropFirst().compactMap { try? Recording($0) }
  }()

  @Test("all 103 recordings are listed")
  func count() { #expect(Self.recordings.count == 103) }

  @Test("a recording is inspected, classified and drawn as its label says", arguments: recordings)
  func read(_ recording: Recording) throws {
    let command = try Command()
    let path = "\(try #require(captures))/\(recording.path)"
    let told = try command.run(["inspect", path] + recording.options)
    #expect(told.status == 0 && told.errors.isEmpty, "\(told.errors)")
    let facts = try told.records[0]
    #expect(facts["container"] as? String == (recording.isReal ? "wav" : "raw"))
    #expect(facts["format"] as? String == recording.format)
    #expect(facts["sample_rate_hz"] as? Double == recording.rate)
    #expect(facts["center_hz"] as? Double == recording.center)
    #expect(facts["origins"] as? [String: String] == recording.origins)
    let samples = try #require(facts["samples"] as? Int)
    // One satellite was heard for a quarter of a second: less than an FFT of 8192 points needs.
    let isShort = samples < 8192
    #expect(isShort == (recording.path == "sat_fsk/ops_sat.wav"))
    try classify(path, recording, samples: samples, isShort: isShort, command)
    try draw(path, recording, isShort: isShort, command)
  }

  private func classify(
    _ path: String, _ recording: Recording, samples: Int, isShort: Bool, _ command: Command
  ) throws {
    let result = try command.run(["classify", path, "--short"] + recording.options)
    guard !isShort else {
      #expect(result.status == 65)
      #expect(result.errors.contains("holds \(samples) samples; even a short input needs"))
      return
    }
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    let records = try result.records
    let summary = try #require(records.last)
    #expect(summary["type"] as? String == "summary")
    #expect(summary["windows"] as? Int == records.count - 1)
    #expect(records.count - 1 == max(1, samples / 65_536))
    let used = try #require(summary["samples"] as? Int)
    #expect(used + (summary["skipped_samples"] as? Int ?? 0) == samples)
    let names = ["am", "fsk", "rrc", "ofdm"]
    for record in records {
      let answer = try #require(record["class"] as? String)
      #expect((names + ["noise", "unknown"]).contains(answer))
      guard answer != "noise" else { continue }
      let probabilities = try #require(record["probabilities"] as? [String: Double])
      #expect(probabilities.keys.sorted() == names.sorted())
      #expect(probabilities.values.allSatisfy { (0...1).contains($0) })
      // Each is told to six decimals.
      #expect(abs(probabilities.values.reduce(0, +) - 1) <= 4 * 0.5e-6)
      #expect(record["confidence"] as? Double == probabilities.values.max())
    }
    for window in records.dropLast() {
      let peak = try #require(window["peak_frequency"] as? Double)
      #expect((-0.5..<0.5).contains(peak))
      let hertz = try #require(window["peak_frequency_hz"] as? Double)
      let origin = recording.center ?? recording.rate / 2
      // The relative one is told to six decimals.
      #expect(abs(hertz - (origin + peak * recording.rate)) <= 1e-6 * recording.rate)
      // Silence to the last bit has no floor.
      guard window["class"] as? String != "noise" else { continue }
      for level in ["noise_floor_db", "peak_over_floor_db", "band_over_floor_db"] {
        #expect((window[level] as? Double)?.isFinite == true)
      }
    }
  }

  private func draw(
    _ path: String, _ recording: Recording, isShort: Bool, _ command: Command
  ) throws {
    let bins = isShort ? ["--bins", "4096"] : []
    let drawn = try command.run(["psd", path, "--out", "a.svg"] + recording.options + bins)
    #expect(drawn.status == 0 && drawn.errors.isEmpty, "\(drawn.errors)")
    let plot = try PlotReading(try command.data("a.svg"))
    #expect(plot.texts.first == path)
    #expect(plot.texts.contains("Density [dB(FS²/Hz)]"))
    #expect(plot.horizontal.count >= 3 && plot.vertical.count >= 3)
    let band = try plot.band
    let origin = recording.center ?? recording.rate / 2
    // A tenth of a pixel at either end.
    let tolerance = recording.rate / 2000
    #expect(abs(band.lowerBound - (origin - recording.rate / 2)) < tolerance)
    #expect(abs(band.upperBound - (origin + recording.rate / 2)) < tolerance)
    #expect(plot.line.count > 1000)
    #expect(plot.line.allSatisfy { plot.frame.left <= $0.x && $0.x <= plot.frame.right })
    // The scale fits what is drawn: hardly anything leaves the frame, and it is not flat.
    let rows = plot.line.map(\.y).sorted()
    let inside = rows.count { plot.frame.top <= $0 && $0 <= plot.frame.bottom }
    #expect(Double(inside) > 0.97 * Double(rows.count))
    #expect(
      rows[rows.count * 49 / 50] - rows[rows.count / 50] > 0.2
        * (plot.frame.bottom - plot.frame.top))
  }
}
