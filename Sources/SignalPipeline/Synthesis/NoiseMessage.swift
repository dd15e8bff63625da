/// Gaussian noise, flat from 0 to the message's bandwidth.
///
///     M[k] = √(P/(4·K))·(x_k + i·y_k),   k = 1…K = ⌊W·N⌋,   P = 0.1
///
/// `x` and `y` are normal numbers of variance 1, so that the mean power is `P`: 10 dB below a
/// message of ±1, which one sample in 600 leaves. There is nothing at 0 Hz.
package struct NoiseMessage: Hashable, Codable, Sendable {
  /// The mean power, `P`.
  package static let power = 0.1

  /// The message bandwidth `W` [cycles/sample].
  package var width: Double

  /// The source of the noise.
  package var data: SeededGenerator

  /// Draws noise of bandwidth `W` [cycles/sample].
  package init(width: Double, using draws: inout SeededGenerator) {
    self.width = width
    data = draws.child()
  }

  /// Returns the bins `0…⌊W·N⌋`; see ``Message/spectrum(samples:using:)``.
  package func spectrum(samples count: Int) -> [IQSample] {
    let edge = Message.edge(width: width, samples: count)
    var data = data
    var source = GaussianSource(using: &data)
    var spectrum = [IQSample](repeating: .zero, count: edge + 1)
    source.fill(&spectrum)
    SampleKernels.scale(
      &spectrum, by: Float((Self.power / (4 * Double(edge))).squareRoot()))
    spectrum[0] = .zero
    return spectrum
  }
}
