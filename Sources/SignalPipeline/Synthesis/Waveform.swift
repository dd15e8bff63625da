/// A modulated signal around 0 Hz: parameters that were drawn, and the pure code that makes
/// samples of them.
package protocol Waveform: Codable, Sendable {
  /// The variants that carry a name in the field.
  associatedtype Variant: WaveformVariant = NoVariant

  /// Draws the parameters of a signal.
  ///
  /// - Parameters:
  ///   - bandwidth: The occupied bandwidth, `B` [cycles/sample].
  ///   - variant: What is settled already; the rest is drawn as without it. `nil` for nothing.
  ///   - generator: Where the parameters come from; the seed of the data is one of them.
  init(bandwidth: Double, variant: Variant?, using generator: inout SeededGenerator)

  /// Tells what describes the signal.
  ///
  /// - Parameter count: The number of samples, `N`, which some parameters are fitted to.
  /// - Returns: The parameters by the names and in the units that docs/signals.md lists.
  func parameters(samples count: Int) -> [String: SignalParameter]

  /// Makes samples of the signal as a multipath channel delivers it, at any power.
  ///
  /// - Parameters:
  ///   - samples: Filled with the signal; its length is the number of samples, `N`.
  ///   - channel: The echoes to add, circularly over the `N` samples; `nil` for none.
  ///   - transforms: The DFT plans to use.
  func render(
    into samples: inout [IQSample], through channel: Multipath?, using transforms: Transforms)
}

extension Waveform {
  /// Draws the parameters of a signal, nothing of it settled.
  package init(bandwidth: Double, using generator: inout SeededGenerator) {
    self.init(bandwidth: bandwidth, variant: nil, using: &generator)
  }

  /// Draws the parameters of a signal.
  ///
  /// - Parameters:
  ///   - bandwidth: The occupied bandwidth, `B` [cycles/sample].
  ///   - name: The name of one of ``variants``; `nil` for none.
  ///   - generator: Where the parameters come from.
  init(bandwidth: Double, variantNamed name: String?, using generator: inout SeededGenerator) {
    let variant = name.map { name in
      guard let variant = Variant(rawValue: name) else {
        preconditionFailure("validate() sees to it that variants are the class's")
      }
      return variant
    }
    self.init(bandwidth: bandwidth, variant: variant, using: &generator)
  }

  /// The variants, in the order of their file.
  static var variants: [SignalVariant] {
    Variant.allCases.map { SignalVariant(name: $0.rawValue, summary: $0.summary) }
  }
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
