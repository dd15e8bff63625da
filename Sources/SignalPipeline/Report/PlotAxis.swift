internal import Glibc

/// One axis of a plot: what it tells, in which unit, and between which values.
package struct PlotAxis: Hashable, Sendable {
  /// What the axis tells, such as `Frequency`.
  package var label: String

  /// The unit, such as `Hz`; empty for a pure number.
  package var unit: String

  /// The values at the two ends; `nil` for those of the data.
  package var range: ClosedRange<Double>?

  /// Whether the unit may take an SI prefix.
  package var takesPrefix: Bool

  /// Whether the axis counts, so that ticks stand at whole numbers only.
  package var counts = false

  /// Creates an axis; a range that is empty or not finite is taken from the data.
  package init(
    _ label: String, unit: String = "", range: ClosedRange<Double>? = nil,
    takesPrefix: Bool = false
  ) {
    self.label = label
    self.unit = unit
    self.range = range
    self.takesPrefix = takesPrefix
  }

  /// The frequencies of a spectrum, in Hz with a prefix or, without a sample rate, in
  /// cycles/sample.
  ///
  /// - Parameters:
  ///   - sampleRate: The sample rate, positive [Hz]; `nil` if it is not known.
  ///   - centre: The frequency of bin 0 Hz [Hz]; needs a sample rate.
  package init(frequenciesAt sampleRate: Double?, centre: Double) {
    let scale = sampleRate ?? 1
    let middle = sampleRate == nil ? 0 : centre
    self.init(
      "Frequency", unit: sampleRate == nil ? "cycles/sample" : "Hz",
      range: middle - scale / 2...middle + scale / 2, takesPrefix: sampleRate != nil)
  }

  /// The ends of the axis for data between `low` and `high`: round numbers if none are set.
  func limits(low: Double, high: Double) -> ClosedRange<Double> {
    if let range, range.lowerBound < range.upperBound,
      (range.upperBound - range.lowerBound).isFinite
    {
      return range
    }
    guard low <= high, (high - low).isFinite else { return 0...1 }
    // A constant gets room on either side, more than rounding errors take.
    let pad = high - low > 1e-9 * max(abs(low), abs(high)) ? 0 : max(abs(low) * 0.1, 0.5)
    let step = Self.step(for: high - low + 2 * pad, ticks: 6)
    let first = ((low - pad) / step).rounded(.down) * step
    let last = ((high + pad) / step).rounded(.up) * step
    return first < last ? first...last : 0...1
  }

  /// Returns the values with a tick, multiples of a round step, and their texts.
  ///
  /// - Parameters:
  ///   - range: The ends of the axis.
  ///   - ticks: About how many there is room for.
  /// - Returns: The ticks, and the unit with its prefix.
  func ticks(
    over range: ClosedRange<Double>, ticks: Int
  ) -> (marks: [(value: Double, text: String)], unit: String) {
    let prefix =
      takesPrefix
      ? NumberText.prefix(for: max(abs(range.lowerBound), abs(range.upperBound)))
      : NumberText.Prefix(symbol: "", factor: 1)
    let low = range.lowerBound / prefix.factor
    let high = range.upperBound / prefix.factor
    let fine = Self.step(for: high - low, ticks: max(ticks, 2))
    let step = counts ? max(1, fine) : fine
    let decimals = min(max(Int((-log10(step) - 1e-9).rounded(.up)), 0), 12)
    // A tick at an end must not be lost to rounding.
    let first = (low / step - 1e-6).rounded(.up)
    let last = (high / step + 1e-6).rounded(.down)
    guard first <= last, last - first < 100 else { return ([], prefix.symbol + unit) }
    let marks = stride(from: first, through: last, by: 1).map { index in
      (
        value: index * step * prefix.factor,
        text: Self.minus(NumberText.fixed(index * step, decimals: decimals))
      )
    }
    return (marks, prefix.symbol + unit)
  }

  /// The label and its unit, such as `Frequency [MHz]`.
  func text(unit: String) -> String { unit.isEmpty ? label : "\(label) [\(unit)]" }

  /// The step of 1, 2 or 5 times a power of ten that gives at most about `ticks` ticks.
  private static func step(for span: Double, ticks: Int) -> Double {
    let rough = max(span / Double(ticks), Double.leastNormalMagnitude)
    let power = pow(10, log10(rough).rounded(.down))
    let multiple = rough / power
    return (multiple <= 1.001 ? 1 : multiple <= 2.001 ? 2 : multiple <= 5.001 ? 5 : 10) * power
  }

  /// A true minus sign, as wide as the digits.
  static func minus(_ text: String) -> String {
    text.hasPrefix("-") ? "−" + text.dropFirst() : text
  }
}
