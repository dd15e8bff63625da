/// One complex baseband sample: in-phase and quadrature parts.
///
/// Full scale is 1. The two `Float`s lie next to each other, so an array of samples has the
/// memory layout of FFTW's `fftwf_complex` array.
@frozen public struct IQSample: Hashable, Sendable {
  /// The in-phase (real) part [full scale].
  public var i: Float

  /// The quadrature (imaginary) part [full scale].
  public var q: Float

  /// Creates a sample from its two parts.
  public init(_ i: Float, _ q: Float) {
    self.i = i
    self.q = q
  }

  /// The sample `0 + 0j`.
  public static let zero = IQSample(0, 0)

  /// The squared magnitude `i² + q²` [full scale²].
  public var power: Float { i * i + q * q }
}
