/// What was found of one occupied band of a window.
public struct BandResult: Hashable, Sendable {
  /// Why a band's class is unknown.
  public enum Reason: Hashable, Sendable {
    /// Brought to the narrowest width that the model was trained for, the window would be shorter
    /// than the model needs; a window of so many samples would do.
    case tooNarrow(window: Int)
    /// The band is wider than the model was trained for [cycles/sample].
    case tooWide(most: Double)
    /// The signal's stretches that hold a whole FFT have fewer samples than the model needs.
    case tooShort(usable: Int, needed: Int)
    /// No class reaches the model's confidence threshold.
    case unlikely
  }

  /// The band [cycles/sample].
  public var band: OccupiedBand

  /// The share of the window in which its signal is there, 0 to 1.
  public var activeShare: Double

  /// The answer.
  public var prediction: Prediction

  /// Why the answer is unknown; `nil` where it is a class.
  public var reason: Reason?

  /// Creates a result from its parts.
  public init(
    band: OccupiedBand, activeShare: Double, prediction: Prediction, reason: Reason?
  ) {
    self.band = band
    self.activeShare = activeShare
    self.prediction = prediction
    self.reason = reason
  }
}

extension BandResult.Reason: CustomStringConvertible {
  /// For example `wider than the 0.2 of the sample rate that the model was trained for`.
  public var description: String {
    switch self {
    case .tooNarrow(let window):
      "narrower than the model was trained for; a window of \(window) samples would do"
    case .tooWide(let most):
      "wider than the \(NumberText.fixed(most, decimals: 3)) of the sample rate that the model "
        + "was trained for"
    case .tooShort(let usable, let needed):
      "shorter than the model needs: \(usable) samples in stretches of a whole FFT, \(needed) "
        + "needed"
    case .unlikely: "no class is probable enough"
    }
  }
}
