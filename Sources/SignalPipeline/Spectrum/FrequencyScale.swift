/// Frequencies as they are told: in Hz where the sample rate is known, else in cycles/sample.
public struct FrequencyScale: Hashable, Sendable {
  /// The sample rate, positive [Hz]; `nil` where it is not known.
  public var sampleRate: Double?

  /// The frequency that was mixed to 0 [Hz]; only counts with a sample rate.
  public var centre: Double

  /// Creates a scale.
  public init(sampleRate: Double?, centre: Double = 0) {
    self.sampleRate = sampleRate
    self.centre = centre
  }

  /// Such as `Hz`.
  public var unit: String { sampleRate == nil ? "cycles/sample" : "Hz" }

  /// A place on the axis for a frequency in cycles/sample.
  public func value(_ frequency: Double) -> Double {
    guard let sampleRate else { return frequency }
    return centre + sampleRate * frequency
  }

  /// A width for one in cycles/sample.
  public func width(_ width: Double) -> Double { width * (sampleRate ?? 1) }

  /// A place on the axis for people, such as `433.92000 MHz`: to a hundredth of a thousandth of
  /// the sample rate or better.
  package func text(_ value: Double) -> String {
    guard let sampleRate else { return "\(NumberText.fixed(value, decimals: 6)) \(unit)" }
    return Self.text(value, resolving: sampleRate * 1e-5)
  }

  /// A width in cycles/sample for people, such as `12.50 kHz`.
  package func text(width: Double) -> String {
    guard sampleRate != nil else { return "\(NumberText.fixed(width, decimals: 6)) \(unit)" }
    return Self.text(self.width(width), resolving: self.width(width) * 1e-3)
  }

  private static func text(_ value: Double, resolving step: Double) -> String {
    let prefix = NumberText.prefix(for: value)
    var decimals = 0
    var left = step / prefix.factor
    while left < 1, left > 0, decimals < 9 {
      left *= 10
      decimals += 1
    }
    return "\(NumberText.fixed(value / prefix.factor, decimals: decimals)) \(prefix.symbol)Hz"
  }
}
