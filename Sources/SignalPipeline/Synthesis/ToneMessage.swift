/// A sine at the edge of the message's bandwidth.
///
///     m(t) = cos(2π·(f·t + θ)),   f = ⌊W·N⌋/N
///
/// Its frequency is the bandwidth within one cycle in `N` samples, so that a whole number of its
/// periods fits an example.
package struct ToneMessage: Hashable, Codable, Sendable {
  /// The message bandwidth `W` [cycles/sample].
  package var width: Double

  /// The phase at the first sample, θ [turns].
  package var phase: Double

  /// Draws a tone of bandwidth `W` [cycles/sample].
  package init(width: Double, using draws: inout SeededGenerator) {
    self.width = width
    phase = draws.uniform()
  }

  /// Returns the bins `0…⌊W·N⌋`; see ``Message/spectrum(samples:using:)``.
  package func spectrum(samples count: Int) -> [IQSample] {
    let edge = Message.edge(width: width, samples: count)
    var spectrum = [IQSample](repeating: .zero, count: edge + 1)
    let (cos, sin) = PortableMath.phasor(turns: phase)
    spectrum[edge] = IQSample(Float(cos / 2), Float(sin / 2))
    return spectrum
  }
}
