/// Linear modulation with root-raised-cosine pulses.
///
///     s(t) = Σ_k a_k·g(t − k/Rs − τ),   Rs = B/(1 + α)
///
/// `g` has the spectrum of ``PulseShaping/rootRaisedCosine(symbols:rollOff:edge:)``; the `N`
/// samples hold a whole number of symbols and the signal is periodic.
///
/// Source: J. G. Proakis and M. Salehi, "Digital Communications", 5th ed., section 9.2.
package struct RootRaisedCosine: Waveform, Hashable {
  package typealias Variant = Constellation

  /// The occupied bandwidth, `B` [cycles/sample].
  package var bandwidth: Double

  /// The roll-off α that was drawn, 0.1…0.5.
  package var rollOff: Double

  /// The alphabet.
  package var constellation: Constellation

  /// The delay τ, in symbols.
  package var timing: Double

  /// The source of the symbols.
  package var data: SeededGenerator

  package init(
    bandwidth: Double, variant: Constellation?, using generator: inout SeededGenerator
  ) {
    self.bandwidth = bandwidth
    rollOff = generator.uniform(0.1...0.5)
    let all = Constellation.allCases
    let drawn = all[generator.index(below: all.count)]
    constellation = variant ?? drawn
    timing = generator.uniform()
    data = generator.child()
  }

  private var pulses: RootRaisedCosinePulses {
    RootRaisedCosinePulses(
      bandwidth: bandwidth, rollOff: rollOff, limits: 0.1...0.5, timing: timing)
  }

  /// Returns the number of symbols, `K`, in `count` samples.
  package func symbols(in count: Int) -> Int { pulses.symbols(in: count) }

  package func parameters(samples count: Int) -> [String: SignalParameter] {
    pulses.parameters(samples: count).merging(
      ["constellation": .text(constellation.rawValue)]
    ) { $1 }
  }

  package func render(
    into samples: inout [IQSample], through channel: Multipath?, using transforms: Transforms
  ) {
    var data = data
    let symbols = (0..<symbols(in: samples.count)).map { _ in
      constellation.symbol(using: &data)
    }
    pulses.render(symbols, into: &samples, through: channel, using: transforms)
  }
}
