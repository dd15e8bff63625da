/// Phase shift keying with rectangular, Gaussian-filtered or root-raised-cosine pulses.
///
///     s(t) = Σ_k a_k·g(t − k/Rs − τ),   Rs = B/2 within 2 %
///     G(f) = sin(π·f/Rs)/(π·f/Rs) · exp(−ln2/2·(f/(BT·Rs))²)
///
/// The power spectrum of the rectangle is sinc², with zeros at all multiples of `Rs`: `B` is the
/// main lobe from zero to zero, which holds 90 % of the power. A Gaussian low-pass follows half
/// of these pulses. What lies beyond ±½ cycles/sample is left out, as a receiver's filter does.
///
/// With root-raised-cosine pulses, which are drawn only where they are asked for, `G` is
/// ``PulseShaping/rootRaisedCosine(symbols:rollOff:edge:)`` and `Rs = B/(1 + α)`, α 0.1…0.5:
/// nothing lies beyond `B`.
///
/// Source: J. G. Proakis and M. Salehi, "Digital Communications", 5th ed., section 3.4.
package struct PhaseShiftKeying: Waveform, Hashable {
  /// A pulse or an alphabet; the other is drawn.
  package enum Variant: String, WaveformVariant {
    case rectangular, gaussian, rrc, bpsk, qpsk, psk8

    package var summary: String {
      switch self {
      case .rectangular: "rectangular pulses, any of the alphabets"
      case .gaussian: "pulses through a Gaussian filter, BT 0.5 to 1, any of the alphabets"
      case .rrc: "root-raised-cosine pulses, α 0.1 to 0.5, any of the alphabets"
      case .bpsk: "two phases, rectangular or Gaussian pulses"
      case .qpsk: "four phases, rectangular or Gaussian pulses"
      case .psk8: "eight phases, rectangular or Gaussian pulses"
      }
    }
  }

  /// The occupied bandwidth, `B` [cycles/sample].
  package var bandwidth: Double

  /// The alphabet: `bpsk`, `qpsk` or `psk8`.
  package var constellation: Constellation

  /// The Gaussian filter's −3 dB frequency in symbol rates, 0.5…1; `nil` without a filter.
  package var bandwidthTime: Double?

  /// The roll-off α that was drawn, 0.1…0.5; `nil` unless the pulses are root-raised cosines.
  package var rollOff: Double?

  /// The delay τ, in symbols.
  package var timing: Double

  /// The source of the symbols.
  package var data: SeededGenerator

  package init(bandwidth: Double, variant: Variant?, using generator: inout SeededGenerator) {
    self.bandwidth = bandwidth
    let drawn = [Constellation.bpsk, .qpsk, .psk8][generator.index(below: 3)]
    constellation = variant.flatMap { Constellation(rawValue: $0.rawValue) } ?? drawn
    var isGaussian = generator.happens(0.5)
    switch variant {
    case .rectangular: isGaussian = false
    case .gaussian: isGaussian = true
    case .rrc:
      isGaussian = false
      rollOff = generator.uniform(0.1...0.5)
    case .bpsk, .qpsk, .psk8, nil: break
    }
    bandwidthTime = isGaussian ? generator.uniform(0.5...1) : nil
    timing = generator.uniform()
    data = generator.child()
  }

  private var cosines: RootRaisedCosinePulses? {
    rollOff.map {
      RootRaisedCosinePulses(
        bandwidth: bandwidth, rollOff: $0, limits: 0.1...0.5, timing: timing)
    }
  }

  package func parameters(samples count: Int) -> [String: SignalParameter] {
    var told =
      cosines?.parameters(samples: count)
      ?? ["symbolRate": .number(Double(symbols(in: count)) / Double(count))]
    told["constellation"] = .text(constellation.rawValue)
    if let bandwidthTime { told["bandwidthTime"] = .number(bandwidthTime) }
    return told
  }

  /// Returns the number of symbols in `count` samples.
  package func symbols(in count: Int) -> Int {
    if let cosines { return cosines.symbols(in: count) }
    let wanted = bandwidth / 2 * Double(count)
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
    if let cosines {
      return cosines.render(symbols, into: &samples, through: channel, using: transforms)
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
