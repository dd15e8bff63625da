/// Linear modulation with root-raised-cosine pulses.
///
///     s(t) = Σ_k a_k·g(t − k/Rs − τ),   Rs = B/(1 + α)
///     G(f) = 1                                        |f| ≤ (1 − α)·Rs/2
///            cos(π/(2α)·(|f|/Rs − (1 − α)/2))         up to (1 + α)·Rs/2, then 0
///
/// The `N` samples hold a whole number of symbols, `K`, and the signal is periodic: its DFT is
/// the symbols' own, repeated and shaped. `K` is the number nearest to the drawn one that has
/// only the prime factors 2, 3, 5 and 7; α then follows from it, so that `B` is exact.
///
/// Source: J. G. Proakis and M. Salehi, "Digital Communications", 5th ed., section 9.2.
package struct RootRaisedCosine: Waveform, Hashable {
  /// The symbol alphabets, of unit mean power.
  package enum Constellation: String, Hashable, Codable, Sendable, CaseIterable {
    /// ±1.
    case bpsk
    /// Odd multiples of an eighth turn.
    case qpsk
    /// Multiples of an eighth turn.
    case psk8
    /// {±1, ±3} in both parts, divided by √10.
    case qam16

    /// Draws a symbol.
    fileprivate func symbol(using data: inout SeededGenerator) -> IQSample {
      let bits = data.next() >> 60
      let half: Float = 0.707106781
      switch self {
      case .bpsk: return IQSample(bits & 1 == 0 ? 1 : -1, 0)
      case .qpsk: return IQSample(bits & 1 == 0 ? half : -half, bits & 2 == 0 ? half : -half)
      case .psk8:
        let diagonal = IQSample(half, half)
        let point = bits & 4 == 0 ? IQSample(1, 0) : diagonal
        switch bits & 3 {
        case 0: return point
        case 1: return IQSample(-point.q, point.i)
        case 2: return IQSample(-point.i, -point.q)
        default: return IQSample(point.q, -point.i)
        }
      case .qam16:
        let unit: Float = 0.316227766
        return IQSample(
          unit * Float(2 * Int(bits & 3) - 3), unit * Float(2 * Int(bits >> 2) - 3))
      }
    }
  }

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

  package init(bandwidth: Double, using generator: inout SeededGenerator) {
    self.bandwidth = bandwidth
    rollOff = generator.uniform(0.1...0.5)
    constellation = Constellation.allCases[generator.index(below: Constellation.allCases.count)]
    timing = generator.uniform()
    data = generator.child()
  }

  /// Returns the number of symbols, `K`, in `count` samples.
  package func symbols(in count: Int) -> Int {
    let span = Double(count) * bandwidth
    let wanted = span / (1 + rollOff)
    // A coarse grid of lengths keeps the number of DFT plans small.
    let unit = max(1, count / 2048)
    let centre = max(1, Int((wanted / Double(unit)).rounded()))
    let allowed = (span / 1.5)...(span / 1.1)
    for distance in 0...centre {
      for factor in [centre - distance, centre + distance] where factor > 0 {
        let symbols = factor * unit
        if FourierTransform.isSmooth(symbols), allowed.contains(Double(symbols)) { return symbols }
      }
    }
    return max(2, Int(wanted.rounded()))
  }

  package func render(
    into samples: inout [IQSample], through channel: Multipath?, using transforms: Transforms
  ) {
    let count = samples.count
    let symbols = symbols(in: count)
    let rate = Double(symbols) / Double(count)
    let rollOff = max(bandwidth / rate - 1, 1e-6)
    var data = data
    var spectrum = [IQSample](repeating: .zero, count: symbols)
    for k in spectrum.indices { spectrum[k] = constellation.symbol(using: &data) }
    transforms.forward(&spectrum)

    for n in samples.indices { samples[n] = .zero }
    let edge = min(Int(bandwidth / 2 * Double(count)), (count - 1) / 2)
    var delay = PhaseRamp(bin: -edge, of: count, delay: timing / rate)
    for k in -edge...edge {
      let place = abs(Double(k)) / Double(symbols)
      let excess = place - (1 - rollOff) / 2
      let pulse =
        excess <= 0 ? 1 : PortableMath.phasor(turns: min(excess / rollOff, 1) / 4).cos
      let turn = delay.next()
      let symbol = spectrum[(k % symbols + symbols) % symbols]
      let gain = IQSample(Float(pulse * turn.re), Float(pulse * turn.im))
      samples[k < 0 ? k + count : k] = symbol * gain
    }
    channel?.shape(&samples, edge: edge)
    transforms.inverse(&samples)
  }
}
