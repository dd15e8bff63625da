import Foundation
import SignalPipeline
import SystemPackage
import Testing

/// The folder of recordings made by others, which are not part of the project.
private let captures = ProcessInfo.processInfo.environment["CAPTURES"].flatMap {
  $0.isEmpty ? nil : FilePath($0)
}

@Suite(.enabled(if: captures != nil, "CAPTURES does not name the folder of real recordings"))
struct RealCaptureTests {
  /// One raw complex recording.
  struct Recording: Sendable, CustomTestStringConvertible {
    var path: String
    var kind: String
    var configuration: CaptureConfiguration
    var testDescription: String { path }
  }

  /// The raw complex recordings that `labels.csv` lists.
  static let recordings: [Recording] = {
    guard let captures,
      let text = try? String(
        contentsOfFile: captures.appending("labels.csv").string, encoding: .utf8)
    else { return [] }
    return text.split(whereSeparator: \.isNewline).dropFirst().compactMap { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard !fields[0].hasSuffix(".wav"), let format = try? SampleFormat(named: fields[2]) else {
        return nil
      }
      return Recording(
        path: fields[0], kind: fields[1],
        configuration: CaptureConfiguration(
          format: format, sampleRate: Double(fields[3]), centerFrequency: Double(fields[4]),
          skipBytes: line.contains("128-BYTE BINARY HEADER") ? 128 : 0))
    }
  }()

  /// What `labels.csv` says of a recording.
  struct Label: Sendable, CustomTestStringConvertible {
    var path: String
    var format: String
    var rate: Double?
    var center: Double?
    var testDescription: String { path }
  }

  static let labels: [Label] = {
    guard let captures,
      let text = try? String(
        contentsOfFile: captures.appending("labels.csv").string, encoding: .utf8)
    else { return [] }
    return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return Label(
        path: fields[0], format: fields[2], rate: Double(fields[3]), center: Double(fields[4]))
    }
  }()

  @Test("header and name conclude what the labels say wherever they tell it", arguments: labels)
  func concluded(_ label: Label) throws {
    let path = try #require(captures).appending(label.path)
    let name = CaptureFileName.facts(of: try #require(path.lastComponent).string)
    if label.path.hasSuffix(".wav") {
      let info = try CaptureOpening.open(path).info
      #expect(info.format.rawValue == "ri16_le" && info.origins.format == .header)
      #expect(info.header?.sampleRate == label.rate && info.origins.sampleRate == .header)
      #expect(info.centerFrequency == nil || info.origins.centerFrequency != .name)
      #expect(name == CaptureFacts())
    } else if label.path.hasPrefix("lte/") {
      #expect(name == CaptureFacts(sampleRate: label.rate, centerFrequency: label.center))
      let info = try CaptureOpening.open(path, CaptureConfiguration(format: .cu8)).info
      #expect(info.sampleRate == label.rate && info.centerFrequency == label.center)
      #expect(info.origins == .init(format: .option, sampleRate: .name, centerFrequency: .name))
    } else {
      // Their names tell neither rate nor centre, and the extension the format, if it does.
      #expect(name == CaptureFacts(format: label.path.hasSuffix("s") ? .ci8 : nil))
    }
  }

  @Test("all sixteen raw complex recordings are listed")
  func count() {
    #expect(Self.recordings.count == 16)
    #expect(Self.labels.count == 103)
  }

  @Test("a recording's spectrum shows its signal where its description says", arguments: recordings)
  func spectrum(_ recording: Recording) throws {
    let path = try #require(captures).appending(recording.path)
    var reader = try CaptureOpening.open(path, recording.configuration)
    let spectrum = try PowerSpectrum(of: &reader, using: .default)
    // The median of a band's bins: the receiver's own lines, a few bins wide, do not move it.
    func level(_ low: Double, _ high: Double) -> Double {
      let powers = spectrum.density.indices.filter {
        let frequency = PowerSpectrum.frequency(ofBin: $0, of: spectrum.density.count)
        return low <= frequency && frequency < high
      }.map { Double(spectrum.density[$0]) }.sorted()
      return Decibels.level(powers[powers.count / 2])
    }
    switch recording.kind {
    case "lte":
      // A cell of 20 MHz fills the 1.92 MHz; what falls at the edges is the tuner's filter.
      #expect(level(-0.25, 0.25) > level(0.47, 0.5) + 3)
      #expect(level(-0.25, 0.25) > level(-0.5, -0.47) + 3)
    case "adsb":
      // Pulses of half a microsecond spread over the band, beside the receiver's line below 0 Hz.
      #expect(level(-0.04, -0.03) > level(0.1, 0.5) + 6)
    default:
      // The car's bursts are half the band wide and stand about the middle.
      #expect(level(-0.2, 0.2) > level(0.42, 0.5) + 10)
      #expect(level(-0.2, 0.2) > level(-0.5, -0.42) + 10)
    }
  }

  @Test("every recording is classified to its end", arguments: recordings)
  func classified(_ recording: Recording) throws {
    let path = try #require(captures).appending(recording.path)
    var classifier = try StreamClassifier(
      BuiltInModel.load(), configuration: .init(window: nil, acceptsShort: true))
    var reader = try CaptureOpening.open(path, recording.configuration)
    let expected = reader.info.sampleCount
    var windows = 0
    let summary = try classifier.classify(&reader) { window in
      #expect(window.index == windows)
      windows += 1
    }
    #expect(summary.windows == windows)
    #expect(summary.samples + summary.skippedSamples == expected)
    // None of them is silence from end to end.
    #expect(summary.noiseWindows < summary.windows)
  }
}
