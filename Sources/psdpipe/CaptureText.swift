import ArgumentParser
import SignalPipeline

/// What is known of a capture, and who told it, as text.
struct CaptureText {
  /// The forms of the text.
  enum Form: String, CaseIterable, ExpressibleByArgument {
    /// One object a line.
    case json
    /// A block of lines a capture, for people.
    case table
  }

  private let info: CaptureInfo

  init(_ info: CaptureInfo) { self.info = info }

  /// The capture's text, which ends with a line feed.
  func text(as form: Form) throws -> String {
    switch form {
    case .json: try Self.line(Record(info))
    case .table: table
    }
  }

  /// The text of a capture that could not be opened.
  static func text(of error: FileError, as form: Form) throws -> String {
    switch form {
    case .json: try line(Failure(source: error.path, error: "\(error)"))
    case .table: "\(printable(error.path))\n  error       \(printable(error.reason))\n"
    }
  }

  /// One object of the JSON form; what nobody told is left out.
  private struct Record: Encodable {
    let type = "capture"
    let source: String
    let container: String
    let format: String
    let sampleRate: Double?
    let center: Double?
    let startTime: String?
    let samples: Int?
    let duration: Double?
    let skippedBytes: Int
    let processing: [String]?
    let relativeCenterShift: Double?
    let centerShift: Double?
    let segments: [Segment]?
    let deviations: [String]?
    let origins: [String: String]

    enum CodingKeys: String, CodingKey {
      case type, source, container, format, samples, processing, segments, deviations, origins
      case sampleRate = "sample_rate_hz"
      case center = "center_hz"
      case relativeCenterShift = "center_shift"
      case centerShift = "center_shift_hz"
      case startTime = "start_time"
      case duration = "duration_s"
      case skippedBytes = "skipped_bytes"
    }

    init(_ info: CaptureInfo) {
      source = info.path
      container = info.container.rawValue
      format = info.format.rawValue
      sampleRate = info.sampleRate
      center = info.centerFrequency
      startTime = info.startTime
      samples = info.sampleCount
      duration = info.duration
      skippedBytes = info.skipBytes
      processing = info.processing.isEmpty ? nil : info.processing
      relativeCenterShift = info.relativeCenterShift
      centerShift = info.centerShift
      segments = info.segments.count > 1 ? info.segments.map(Segment.init) : nil
      deviations = info.deviations.isEmpty ? nil : info.deviations
      var origins: [String: String] = [:]
      origins["format"] = info.origins.format?.rawValue
      origins["sample_rate_hz"] = info.origins.sampleRate?.rawValue
      origins["center_hz"] = info.origins.centerFrequency?.rawValue
      origins["start_time"] = info.origins.startTime?.rawValue
      self.origins = origins
    }
  }

  /// A stretch of samples with a centre and a time of its own.
  private struct Segment: Encodable {
    let start: Int
    let samples: Int?
    let center: Double?
    let startTime: String?
    let continues: Bool

    enum CodingKeys: String, CodingKey {
      case start = "start_sample"
      case samples, continues
      case center = "center_hz"
      case startTime = "start_time"
    }

    init(_ segment: CaptureSegment) {
      start = segment.start
      samples = segment.count
      center = segment.centerFrequency
      startTime = segment.startTime
      continues = segment.continues
    }
  }

  private struct Failure: Encodable {
    let type = "error"
    let source: String
    let error: String
  }

  private static func line(_ record: some Encodable) throws -> String {
    String(decoding: try JSON.encode(record, path: "standard output"), as: UTF8.self) + "\n"
  }

  private var table: String {
    func row(_ name: String, _ value: String?, _ origin: CaptureOrigin? = nil) -> String {
      let value = value ?? "unknown"
      let gap = origin == nil ? 0 : max(1, 28 - value.count)
      return "  \(name)" + String(repeating: " ", count: 12 - name.count) + value
        + String(repeating: " ", count: gap) + (origin?.rawValue ?? "") + "\n"
    }
    let origins = info.origins
    return Self.printable(info.path) + "\n"
      + row("container", info.container.rawValue)
      + row("format", info.format.rawValue, origins.format)
      + row("rate", info.sampleRate.map { Self.quantity($0, "sps") }, origins.sampleRate)
      + row("center", center, origins.centerFrequency)
      + row("start", info.startTime, origins.startTime)
      + row("samples", info.sampleCount.map(String.init))
      + row("duration", info.duration.map { NumberText.fixed($0, decimals: 6) + " s" })
      + row("skipped", "\(info.skipBytes) bytes")
      + (info.processing.isEmpty
        ? "" : row("processing", info.processing.joined(separator: ", ")))
      + (info.relativeCenterShift.map { row("shift", shift($0)) } ?? "")
      + info.deviations.map { row("deviation", Self.printable($0)) }.joined()
      + (info.segments.count > 1 ? segments : "")
  }

  /// A line for each segment: its number, first sample, length, centre and time.
  private var segments: String {
    info.segments.enumerated().map { index, segment in
      let facts = [
        "\(segment.start)", segment.count.map { "\($0) samples" } ?? "to the end",
        segment.centerFrequency.map { Self.quantity($0, "Hz") } ?? "unknown centre",
        segment.startTime ?? "", index == 0 || segment.continues ? "" : "after a gap",
      ]
      return "  segment \(index)" + String(repeating: " ", count: max(1, 4 - "\(index)".count))
        + facts.filter { !$0.isEmpty }.joined(separator: ", ") + "\n"
    }.joined()
  }

  /// The centre in words; segments may have one each.
  private var center: String? {
    if let center = info.centerFrequency { return Self.quantity(center, "Hz") }
    return info.segments.contains { $0.centerFrequency != nil } ? "by segment" : nil
  }

  /// How far conversion moved the centre up.
  private func shift(_ relative: Double) -> String {
    info.centerShift.map { Self.quantity($0, "Hz") } ?? "\(relative) cycles/sample"
  }

  /// All digits that a rate or a frequency has, with the prefix that makes it short.
  private static func quantity(_ value: Double, _ unit: String) -> String {
    let prefix = NumberText.prefix(for: value)
    let scaled = value / prefix.factor
    return (Int(exactly: scaled).map(String.init) ?? "\(scaled)") + " \(prefix.symbol)\(unit)"
  }

  /// A file's name may hold line feeds and what moves a terminal's cursor.
  private static func printable(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
  }
}

extension CaptureInfo {
  /// How long the capture is, where its length and rate are known [s].
  var duration: Double? {
    guard let sampleCount, let sampleRate else { return nil }
    return Double(sampleCount) / sampleRate
  }
}
