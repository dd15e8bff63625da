import SignalPipeline
import Testing

@Suite struct GammaDistributionTests {
  /// Shape, probability, and SciPy's `gamma(a, scale=1/a)` values of that upper and lower tail.
  static let cases: [(Double, Double, Double, Double)] = [
    (1, 1e-7, 16.118095651, 1.00000005e-07), (1, 0.62, 0.478035800943, 0.967584026262),
    (14.2, 1e-7, 3.03266606659, 0.160901033916), (14.2, 0.5, 0.976626316184, 0.976626316184),
    (467.4897119341564, 1e-7, 1.25930619266, 0.777791767825),
    (467.4897119341564, 0.62, 0.985230836917, 1.01347635742),
    (30_000, 1e-7, 1.0303081999, 0.970270307193), (30_000, 0.62, 0.998226242909, 1.00175360866),
  ]

  @Test("the values of both tails are SciPy's", arguments: cases)
  func tails(shape: Double, probability: Double, upper: Double, lower: Double) {
    let distribution = GammaDistribution(shape: shape)
    // SciPy's 12 digits; the large shape's approximation is good to 3e-7 of the value.
    let tolerance = shape > 20_000 ? 3e-7 : 1e-10
    #expect(abs(distribution.value(upperTail: probability) / upper - 1) < tolerance)
    // Rounding of 1 − tail leaves 1e-16 of 1 in a tail of 1e-7.
    #expect(abs(distribution.value(lowerTail: probability) / lower - 1) < max(tolerance, 1e-8))
  }

  @Test("an uncertain unit raises the threshold, a certain one does not")
  func uncertainty() {
    let distribution = GammaDistribution(shape: 14)
    let exact = distribution.value(upperTail: 1e-6)
    #expect(abs(distribution.value(upperTail: 1e-6, relativeError: 0) - exact) < 1e-9)
    #expect(distribution.value(upperTail: 1e-6, relativeError: 0.05) > exact * 1.01)
  }

  @Test("overlapping segments count as Welch found")
  func effectiveSegments() {
    // K over 1 + 2·Σ(1 − j/K)·ρ², ρ from the windows' own samples, by NumPy.
    let half = SpectrumConfiguration.default
    #expect(abs(half.effectiveSegments(15) - 14.26056338) < 1e-6)
    let dense = SpectrumConfiguration(bins: 8192, overlap: 6144, window: .hann)
    #expect(abs(dense.effectiveSegments(15) - 8.06764975) < 1e-5)
    let plain = SpectrumConfiguration(bins: 8192, overlap: 4096, window: .rectangular)
    #expect(abs(plain.effectiveSegments(15) - 10.22727273) < 1e-6)
    #expect(half.effectiveSegments(1) == 1)
    #expect(half.effectiveSegments(0) == 0)
  }
}
