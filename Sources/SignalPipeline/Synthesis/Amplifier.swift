/// A transmitter's power amplifier that saturates: Rapp's model, and a phase that turns with it.
///
///     y = x · (1 + u^p)^(−1/2p) · exp(2πi·φ·u²/(1 + u²)),   u = |x|²/A²
///
/// `A` is the saturation amplitude, `p` the smoothness of the knee. The gain at the saturation,
/// `u = 1`, is `2^(−1/2p)` and the phase there half of φ. The curve is tabulated over the magnitudes
/// that occur and interpolated linearly: within 2e-4 of it.
///
/// Source: C. Rapp, "Effects of HPA-nonlinearity on a 4-DPSK/OFDM-signal for a digital sound
/// broadcasting system", 2nd European Conference on Satellite Communications, 1991; the phase is
/// of the form of M. Honkanen and S.-G. Häggman, "New aspects on nonlinear power amplifier
/// modeling in radio communication system simulations", PIMRC 1997.
public struct Amplifier: Hashable, Codable, Sendable {
  /// The saturation power `A²` over the input's mean power [dB].
  public var backOff: Double

  /// The smoothness `p` of the knee.
  public var smoothness: Double

  /// The phase φ that a signal far beyond saturation is turned by [degrees].
  public var phase: Double

  /// Creates an amplifier from its parts.
  public init(backOff: Double, smoothness: Double, phase: Double) {
    self.backOff = backOff
    self.smoothness = smoothness
    self.phase = phase
  }

  /// The number of intervals of the table.
  private static let intervals = 1024

  /// Returns the complex gain `y/x` at a power `u` relative to the saturation's.
  package func gain(at u: Double) -> IQSample {
    // u^p below 1e-30 adds nothing to 1, and its logarithm may not exist.
    let power = u < 1e-30 ? 0 : PortableMath.exp(smoothness * PortableMath.log(u))
    let amplitude = PortableMath.exp(-PortableMath.log(1 + power) / (2 * smoothness))
    let square = u * u
    let (cos, sin) = PortableMath.phasor(turns: phase / 360 * square / (1 + square))
    return IQSample(Float(amplitude * cos), Float(amplitude * sin))
  }

  /// Amplifies samples of any power.
  package func apply(to samples: inout [IQSample]) {
    let mean = SampleKernels.meanPower(samples)
    guard mean > 0 else { return }
    let saturation = mean * PortableMath.amplitude(decibels: 2 * backOff)
    var peak: Float = 0
    for sample in samples { peak = max(peak, sample.power) }
    let step = Double(peak).squareRoot() / Double(Self.intervals)
    let table = (0...Self.intervals).map { point in
      let magnitude = Double(point) * step
      return gain(at: magnitude * magnitude / saturation)
    }
    SampleKernels.bend(&samples, by: table, perUnit: Float(1 / step))
  }
}
