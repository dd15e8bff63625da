internal import SystemPackage

/// What follows from all that was told of a capture: the first that tells a fact counts.
struct CaptureConclusion {
  /// A fact and who told it.
  struct Fact<Value> {
    let value: Value
    let origin: CaptureOrigin
  }

  let sampleRate: Fact<Double>?
  let centerFrequency: Fact<Double>?
  let startTime: Fact<String>?
  private let format: Fact<SampleFormat>?
  private let option: CaptureConfiguration
  private let header: CaptureFacts?

  /// Decides between the caller, the header and the file's name.
  init(option: CaptureConfiguration, header: CaptureFacts?, name: CaptureFacts) {
    func first<Value>(_ option: Value?, _ fact: KeyPath<CaptureFacts, Value?>) -> Fact<Value>? {
      if let option { return Fact(value: option, origin: .option) }
      if let told = header?[keyPath: fact] { return Fact(value: told, origin: .header) }
      return name[keyPath: fact].map { Fact(value: $0, origin: .name) }
    }
    self.option = option
    self.header = header
    format = first(option.format, \.format)
    sampleRate = first(option.sampleRate, \.sampleRate)
    centerFrequency = first(option.centerFrequency, \.centerFrequency)
    startTime = first(nil, \.startTime)
  }

  /// Where the facts come from.
  var origins: CaptureInfo.Origins {
    CaptureInfo.Origins(
      format: format?.origin, sampleRate: sampleRate?.origin,
      centerFrequency: centerFrequency?.origin, startTime: startTime?.origin)
  }

  /// The format.
  ///
  /// - Throws: ``FileError`` where nobody tells it, or the caller contradicts the header.
  func format(of path: String) throws(FileError) -> SampleFormat {
    if let asked = option.format, let told = header?.format, asked != told {
      throw FileError(
        .unsupported, path: path,
        reason: "its header says \(told.rawValue), but \(asked.rawValue) was asked for; leave the "
          + "format out, or read the bytes raw with --skip-bytes \(header?.dataOffset ?? 0)")
    }
    if let format { return format.value }
    // What the name tells needs no option.
    let rate =
      sampleRate.map { $0.origin == .option ? " --rate \(CommandText.quantity($0.value))" : "" }
      ?? " --rate 2.4M"
    throw FileError(
      .unsupported, path: path,
      reason: "\(Self.subject(path)) does not tell the sample format; give it, for example: "
        + "--format cu8\(rate) "
        + "(usual are \(SampleFormat.usual.map(\.rawValue).joined(separator: ", ")))")
  }

  private static func subject(_ path: String) -> String {
    if path == "-" { return "standard input" }
    return FilePath(path).extension.map { "the extension .\($0)" } ?? "a name without extension"
  }
}
