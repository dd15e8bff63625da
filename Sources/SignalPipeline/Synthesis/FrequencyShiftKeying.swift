/// Binary frequency shift keying with continuous phase.
///
///     s(t) = exp(2πi·∫ f),   f(t) = ±h·Rs/2,   Rs = B/(1 + h)
///
/// Half of the signals are Gaussian: `f` passes a low-pass `G(ν) = exp(−ln2/2·(ν/(BT·Rs))²)`,
/// which turns each step between two bits into a step of the normal distribution function with
/// a standard deviation of `√ln2/(2π·BT)` symbols. Minimum shift keying is bare with `h = ½`, its
/// main lobe `1.5·Rs = B` from zero to zero; wide keying is bare with `h` 3…10, each tone a lobe
/// of its own. Broad keying spans what is in use, from Bluetooth's `h` of 0.3 at `BT` ½ to paging's
/// of 8, every octave of `h` as often as the others.
///
/// Source: K. Murota and K. Hirade, "GMSK modulation for digital mobile radio telephony", IEEE
/// Trans. Communications 29(7), 1981.
package struct FrequencyShiftKeying: Waveform, Hashable {
  /// How far the tones are apart, and what shapes the steps between them.
  package enum Variant: String, WaveformVariant {
    case bare, gaussian, msk, wide, broad

    package var summary: String {
      switch self {
      case .bare: "rectangular pulses, h 0.7 to 2.5"
      case .gaussian: "pulses through a Gaussian filter, BT 0.5 to 1, h 0.7 to 2.5"
      case .msk: "minimum shift keying: rectangular pulses, h 0.5"
      case .wide: "rectangular pulses, h 3 to 10: two tones that stand apart"
      case .broad: "h 0.3 to 8, its logarithm uniform; half Gaussian, BT 0.3 to 1"
      }
    }
  }

  /// The modulation index `h`: the distance of the tones in symbol rates, 0.7…2.5; 0.5 of MSK,
  /// 3…10 of wide keying, 0.3…8 of broad.
  package var index: Double

  /// The symbol rate `Rs` [symbols/sample].
  package var symbolRate: Double

  /// The Gaussian filter's −3 dB frequency in symbol rates, 0.5…1, of broad keying 0.3…1; `nil`
  /// without a filter.
  package var bandwidthTime: Double?

  /// Where in a symbol the first sample lies, in `[0, 1)`.
  package var timing: Double

  /// The source of the bits.
  package var data: SeededGenerator

  package init(bandwidth: Double, variant: Variant?, using generator: inout SeededGenerator) {
    switch variant {
    case .wide: index = generator.uniform(3...10)
    case .broad: index = generator.logUniform(0.3...8)
    default: index = generator.uniform(0.7...2.5)
    }
    if variant == .msk { index = 0.5 }
    symbolRate = bandwidth / (1 + index)
    var isGaussian = generator.happens(0.5)
    if let variant, variant != .broad { isGaussian = variant == .gaussian }
    bandwidthTime = isGaussian ? generator.uniform((variant == .broad ? 0.3 : 0.5)...1) : nil
    timing = generator.uniform()
    data = generator.child()
  }

  /// Creates a keying from its parameters; `BT` must be 0.3 or more.
  package init(
    index: Double, symbolRate: Double, bandwidthTime: Double?, timing: Double,
    data: SeededGenerator
  ) {
    self.index = index
    self.symbolRate = symbolRate
    self.bandwidthTime = bandwidthTime
    self.timing = timing
    self.data = data
  }

  package func parameters(samples count: Int) -> [String: SignalParameter] {
    var told: [String: SignalParameter] = [
      "modulationIndex": .number(index), "symbolRate": .number(symbolRate),
    ]
    if let bandwidthTime { told["bandwidthTime"] = .number(bandwidthTime) }
    return told
  }

  package func render(
    into samples: inout [IQSample], through channel: Multipath?, using transforms: Transforms
  ) {
    var phases = [UInt32](repeating: 0, count: samples.count)
    if let bandwidthTime {
      accumulate(into: &phases, stepWidth: 0.8325546111576977 / (2 * .pi * bandwidthTime))
    } else {
      accumulate(into: &phases)
    }
    SampleKernels.phasors(of: phases, into: &samples)
    channel?.apply(to: &samples, using: transforms)
  }

  /// Sums the frequencies of bare bits, in 2⁻⁶⁴ turns.
  private func accumulate(into phases: inout [UInt32]) {
    var data = data
    let step = UInt64(index * symbolRate / 2 * 0x1p64)
    let clock = UInt64(symbolRate * 0x1p64)
    var time = UInt64(timing * 0x1p53) << 11
    var phase: UInt64 = 0
    var sign = data.bit()
    for n in phases.indices {
      phase = sign ? phase &+ step : phase &- step
      phases[n] = UInt32(truncatingIfNeeded: phase >> 32)
      let (next, overflow) = time.addingReportingOverflow(clock)
      time = next
      if overflow { sign = data.bit() }
    }
  }

  /// Sums the frequencies of bits whose steps are smoothed, in 2⁻⁶⁴ turns.
  ///
  /// The frequency at time τ of the current symbol needs the steps at −1, 0, 1 and 2 only: two
  /// symbols away a step is over within 4e-6 at the smallest BT, 0.3, and 2e-14 at 0.5.
  private func accumulate(into phases: inout [UInt32], stepWidth: Double) {
    var data = data
    let deviation = index * symbolRate / 2
    let perSymbol = 1 / stepWidth
    var bits = (data.sign(), data.sign(), data.sign(), data.sign(), data.sign())
    var time = timing
    var phase: UInt64 = 0
    let step = NormalStep()
    // Between equal bits there is no step, and nothing to look up.
    func part(_ from: Double, _ to: Double, _ time: Double) -> Double {
      from == to ? 0 : (to - from) * step.value(time * perSymbol)
    }
    for n in phases.indices {
      let a = part(bits.0, bits.1, time + 1)
      let b = part(bits.1, bits.2, time)
      let c = part(bits.2, bits.3, time - 1)
      let d = part(bits.3, bits.4, time - 2)
      let frequency = deviation * (bits.0 + ((a + b) + (c + d)))
      phase = phase &+ UInt64(bitPattern: Int64(frequency * 0x1p64))
      phases[n] = UInt32(truncatingIfNeeded: phase >> 32)
      time += symbolRate
      if time >= 1 {
        time -= 1
        bits = (bits.1, bits.2, bits.3, bits.4, data.sign())
      }
    }
  }
}

extension SeededGenerator {
  /// Returns a fair bit.
  fileprivate mutating func bit() -> Bool { next() >> 63 == 0 }

  /// Returns −1 or 1, evenly.
  fileprivate mutating func sign() -> Double { bit() ? 1 : -1 }
}
