/// π/4-shifted differential quadrature phase shift keying with root-raised-cosine pulses.
///
///     s(t) = Σ_k a_k·g(t − k/Rs − τ),   a_{k+1} = a_k·exp(2πi·d_k/8),   d_k ∈ {±1, ±3}
///     Rs = B/(1 + α)
///
/// α is 0.35 in TETRA and IS-136, 0.5 in PDC; it is one of these, within what fits the number of
/// symbols, or drawn around them.
///
/// Source: ETSI EN 300 392-2, "Terrestrial Trunked Radio (TETRA); Voice plus Data; Part 2: Air
/// Interface", clause 5.
package struct DifferentialPhaseShiftKeying: Waveform, Hashable {
  /// The systems.
  package enum Variant: String, WaveformVariant {
    case tetra, pdc

    package var summary: String {
      switch self {
      case .tetra: "α 0.35, also that of IS-136"
      case .pdc: "α 0.5"
      }
    }
  }

  /// The occupied bandwidth, `B` [cycles/sample].
  package var bandwidth: Double

  /// The roll-off α that was drawn, 0.2…0.5.
  package var rollOff: Double

  /// The delay τ, in symbols.
  package var timing: Double

  /// The source of the phase steps.
  package var data: SeededGenerator

  package init(bandwidth: Double, variant: Variant?, using generator: inout SeededGenerator) {
    self.bandwidth = bandwidth
    let drawn = generator.uniform(0.2...0.5)
    rollOff = variant.map { $0 == .tetra ? 0.35 : 0.5 } ?? drawn
    timing = generator.uniform()
    data = generator.child()
  }

  private var pulses: RootRaisedCosinePulses {
    RootRaisedCosinePulses(
      bandwidth: bandwidth, rollOff: rollOff, limits: 0.2...0.5, timing: timing)
  }

  /// Returns the number of symbols in `count` samples.
  package func symbols(in count: Int) -> Int { pulses.symbols(in: count) }

  package func parameters(samples count: Int) -> [String: SignalParameter] {
    pulses.parameters(samples: count)
  }

  package func render(
    into samples: inout [IQSample], through channel: Multipath?, using transforms: Transforms
  ) {
    let points = (0..<8).map { eighth in
      let (cos, sin) = PortableMath.phasor(turns: Double(eighth) / 8)
      return IQSample(Float(cos), Float(sin))
    }
    var data = data
    var phase = 0
    let symbols = (0..<symbols(in: samples.count)).map { _ in
      phase = (phase + 1 + 2 * Int(data.next() >> 62)) % 8
      return points[phase]
    }
    pulses.render(symbols, into: &samples, through: channel, using: transforms)
  }
}
