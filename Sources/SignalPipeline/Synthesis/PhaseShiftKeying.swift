/// Phase shift keying with rectangular pulses.
///
///     s(t) = Σ_k a_k·g(t − k/Rs − τ),   Rs = B/2 within 2 %
///     G(f) = sin(π·f/Rs)/(π·f/Rs) · exp(−ln2/2·(f/(BT·Rs))²)
///
/// The power spectrum of the rectangle is sinc², with zeros at all multiples of `Rs`: `B` is the
/// main lobe from zero to zero, which holds 90 % of the power. A Gaussian low-pass follows half
/// of the pulses. What lies beyond ±½ cycles/sample is left out, as a receiver's filter does.
///
/// Source: J. G. Proakis and M. Salehi, "Digital Communications", 5th ed., section 3.4.
package struct PhaseShiftKeying: Waveform, Hashable {
  /// The alphabet: `bpsk`, `qpsk` or `psk8`.
  package var constellation: Constellation

  /// The symbol rate that was drawn, `B/2` [symbols/sample].
  package var symbolRate: Double

  /// The Gaussian filter's −3 dB frequency in symbol rates, 0.5…1; `nil` without a filter.
  package var bandwidthTime: Double?

  /// The delay τ, in symbols.
  package var timing: Double

  /// The source of the symbols.
  package var data: SeededGenerator

  package init(bandwidth: Double, using generator: inout SeededGenerator) {
    constellation = [.bpsk, .qpsk, .psk8][generator.index(below: 3)]
    symbolRate = bandwidth / 2
    bandwidthTime = generator.happens(0.5) ? generator.uniform(0.5...1) : nil
    timing = generator.uniform()
    data = generator.child()
  }

  /// Returns the number of symbols in `count` samples.
  package func symbols(in count: Int) -> Int {
    let wanted = symbolRate * Double(count)
    return PulseShaping.smoothCount(near: wanted) ?? max(2, Int(wanted))
  }

  package func render(
    into samples: inout [IQSample], through channel: Multipath?, using transforms: Transforms
  ) {
    var data = data
    let edge = (samples.count - 1) / 2
    let symbols = (0..<symbols(in: samples.count)).map { _ in
      constellation.symbol(using: &data)
    }
    var gains = PulseShaping.rectangle(symbols: symbols.count, edge: edge)
    if let bandwidthTime {
      let filter = PulseShaping.gaussian(
        symbols: symbols.count, bandwidthTime: bandwidthTime, edge: edge)
      for k in gains.indices { gains[k] *= filter[k] }
    }
    PulseShaping.spread(symbols, gains: gains, timing: timing, into: &samples, using: transforms)
    channel?.shape(&samples, edge: edge)
    transforms.inverse(&samples)
  }
}
