/// A modulated signal around 0 Hz: parameters that were drawn, and the pure code that makes
/// samples of them.
package protocol Waveform: Codable, Sendable {
  /// Draws the parameters of a signal.
  ///
  /// - Parameters:
  ///   - bandwidth: The occupied bandwidth, `B` [cycles/sample].
  ///   - generator: Where the parameters come from; the seed of the data is one of them.
  init(bandwidth: Double, using generator: inout SeededGenerator)

  /// Makes samples of the signal as a multipath channel delivers it, at any power.
  ///
  /// - Parameters:
  ///   - samples: Filled with the signal; its length is the number of samples, `N`.
  ///   - channel: The echoes to add, circularly over the `N` samples; `nil` for none.
  ///   - transforms: The DFT plans to use.
  func render(
    into samples: inout [IQSample], through channel: Multipath?, using transforms: Transforms)
}

extension SeededGenerator {
  /// Returns a generator for a purpose of its own, which later draws from this one leave alone.
  mutating func child() -> SeededGenerator { SeededGenerator(seed: next()) }

  /// Returns a number between positive bounds whose logarithm is uniform.
  mutating func logUniform(_ range: ClosedRange<Double>) -> Double {
    let ratio = PortableMath.log(range.upperBound / range.lowerBound)
    let value = range.lowerBound * PortableMath.exp(ratio * uniform())
    return min(max(value, range.lowerBound), range.upperBound)
  }

  /// Returns `true` with a probability.
  mutating func happens(_ probability: Double) -> Bool { uniform() < probability }
}
