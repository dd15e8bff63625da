/// A source of complex white Gaussian noise, bit-identical on every CPU.
///
/// Sixteen xoshiro256++ generators run side by side; Box and Muller's transform makes normal
/// numbers of their output. Magnitudes end at 6.66 standard deviations.
///
/// Source: G. E. P. Box and M. E. Muller, "A note on the generation of random normal deviates",
/// Annals of Mathematical Statistics 29(2), 1958.
package struct GaussianSource: Sendable {
  private var state: [UInt64]

  /// Creates a source whose state is drawn from a generator.
  package init(using generator: inout SeededGenerator) {
    state = (0..<64).map { _ in generator.next() }
  }

  /// Fills samples with noise of variance 1 in each of the two parts.
  package mutating func fill(_ samples: inout [IQSample]) {
    SampleKernels.gaussian(&state, into: &samples)
  }
}
