/// The unit that the powers of a spectrum are told in.
public struct SpectrumUnit: Hashable, Sendable, CustomStringConvertible {
  /// What is told of each bin.
  public enum Scale: String, Hashable, Sendable, CaseIterable {
    /// The power density: reads noise right, whatever the window and its length.
    case density
    /// The power that the bin's filter lets pass: reads a tone right, in the bin where it stands.
    case spectrum
  }

  /// What is told of each bin.
  public var scale: Scale

  /// The sample rate [Hz]; `nil` where densities are a cycle/sample.
  public var sampleRate: Double?

  /// The voltage of a sample of 1 [V]; `nil` where powers are relative to full scale.
  public var fullScale: Double?

  /// Creates a unit.
  ///
  /// - Parameters:
  ///   - scale: What is told of each bin.
  ///   - sampleRate: The sample rate, positive [Hz].
  ///   - fullScale: The voltage of a sample of 1, positive [V].
  public init(_ scale: Scale = .density, sampleRate: Double? = nil, fullScale: Double? = nil) {
    self.scale = scale
    self.sampleRate = sampleRate
    self.fullScale = fullScale
  }

  /// The unit of powers: `FS²/Hz`, `V²/Hz`, `FS²/(cycle/sample)`, `FS²` and so on.
  public var description: String {
    guard scale == .density else { return base }
    return base + (sampleRate == nil ? "/(cycle/sample)" : "/Hz")
  }

  /// The unit of levels, such as `dB(FS²/Hz)`; of powers `dBFS`, a constant tone of amplitude 1
  /// having 0, or `dBV`.
  public var levelDescription: String {
    guard scale == .spectrum else { return "dB(\(description))" }
    return fullScale == nil ? "dBFS" : "dBV"
  }

  private var base: String { fullScale == nil ? "FS²" : "V²" }

  /// What ``PowerSpectrum/density`` is multiplied by to be told in this unit.
  ///
  /// - Parameter noiseBandwidth: A bin's, ``PowerSpectrum/noiseBandwidth`` [cycles/sample].
  /// - Returns: The factor.
  public func factor(noiseBandwidth: Double) -> Double {
    let square = fullScale.map { $0 * $0 } ?? 1
    return square * (scale == .spectrum ? noiseBandwidth : 1 / (sampleRate ?? 1))
  }
}

extension PowerSpectrum {
  /// The power of each bin in a unit; its levels are ``Decibels/level(_:)`` of them.
  public func values(in unit: SpectrumUnit) -> [Double] {
    let factor = unit.factor(noiseBandwidth: noiseBandwidth)
    return density.map { Double($0) * factor }
  }
}
