/// Generates labelled examples of modulated signals as a receiver delivers them.
///
///     x = receiver(Σ_k a_k·s_k(t)·exp(2πi·(f_k·n + φ_k[n])) + w[n])
///     SNR_k = a_k²·mean |s_k|²/(N0·B_k)
///
/// Each `s` has mean power 1 after the channel, while it is on, unless it is silence; `a` of the
/// first, which the label tells, is 1. `w` is white with power `N0` a sample; the impairments act
/// in the order that ``Impairments`` tells. Everything about example
/// `i` follows from the seed and `i`: the order of the calls and the number of generators do not
/// matter. A generator owns plans and buffers: use one a thread.
public struct SignalGenerator: ~Copyable {
  /// What is generated.
  public let configuration: SynthesisConfiguration

  private let transforms = Transforms()
  private var receiver = Receiver()
  private var phases: [UInt32]
  private var scratch: [IQSample]
  private var shaping: [IQSample] = []

  /// Creates a generator.
  ///
  /// - Throws: ``ConfigurationError`` if the configuration does not validate.
  public init(_ configuration: SynthesisConfiguration) throws(ConfigurationError) {
    try configuration.validate()
    self.configuration = configuration
    phases = [UInt32](repeating: 0, count: configuration.samples)
    scratch = [IQSample](repeating: .zero, count: configuration.samples)
  }

  /// Generates an example.
  ///
  /// - Parameter index: Which example, 0 or more.
  /// - Returns: Its samples, its label (`index` modulo the number of classes) and its conditions.
  public mutating func example(_ index: Int) -> SyntheticExample {
    let draw = Draw(index, of: configuration)
    let impairments = draw.conditions.impairments
    var samples = signal(draw.first)
    for other in draw.others {
      SampleKernels.add(Float(other.amplitude), times: signal(other), to: &samples)
    }
    let deviation = Float(draw.noisePartDeviation)
    fillScratch(withNoiseOf: draw)
    SampleKernels.add(deviation, times: scratch, to: &samples)
    impairments.adjacentChannel?.add(
      to: &samples, around: draw.conditions.offset, using: transforms)
    impairments.impulses?.add(to: &samples)
    receiver.apply(impairments, to: &samples)
    return SyntheticExample(
      samples: samples, label: index % configuration.classes.count, conditions: draw.conditions)
  }

  /// Returns the first signal and the noise that an example holds, without what else the air adds
  /// and before the receiver.
  ///
  /// - Parameter index: Which example, 0 or more.
  /// - Returns: The signal after the channel and the offset, and the noise.
  package mutating func components(
    _ index: Int
  ) -> (signal: [IQSample], noise: [IQSample], conditions: SynthesisConditions) {
    let draw = Draw(index, of: configuration)
    let signal = signal(draw.first)
    fillScratch(withNoiseOf: draw)
    SampleKernels.scale(&scratch, by: Float(draw.noisePartDeviation))
    return (signal, scratch, draw.conditions)
  }

  /// Returns the further signals that an example holds, before the receiver.
  ///
  /// - Parameter index: Which example, 0 or more.
  /// - Returns: Each signal after the channel and the offset, as strong as it is in the example.
  package mutating func others(_ index: Int) -> [[IQSample]] {
    Draw(index, of: configuration).others.map { other in
      var samples = signal(other)
      SampleKernels.scale(&samples, by: Float(other.amplitude))
      return samples
    }
  }

  /// A signal at the receiver's input, of mean power 1 while it is on, or zeros.
  private mutating func signal(_ transmission: Transmission) -> [IQSample] {
    let impairments = transmission.signal.impairments
    let bursts = transmission.signal.bursts
    var samples = [IQSample](repeating: .zero, count: configuration.samples)
    // Where nothing comes before the echoes, a waveform has a shorter way through them.
    let isDirect = impairments.amplifier == nil && bursts == nil
    transmission.waveform.render(
      into: &samples, through: isDirect ? impairments.multipath : nil, using: transforms)
    if !isDirect {
      impairments.amplifier?.apply(to: &samples)
      if let bursts { Burst.key(&samples, in: bursts) }
      impairments.multipath?.apply(to: &samples, using: transforms)
    }
    impairments.fading?.apply(to: &samples)
    let shifts = impairments.clock?.shifts(count: samples.count)
    if let shifts { SampleInterpolator.read(&samples, at: shifts) }
    var power = SampleKernels.meanPower(samples)
    if let bursts {
      power *= Double(samples.count) / bursts.reduce(0) { $0 + $1.effectiveTime }
    }
    if power > 0 { SampleKernels.scale(&samples, by: Float(1 / power.squareRoot())) }

    carry(transmission, shifts: shifts)
    SampleKernels.phasors(of: phases, into: &scratch)
    SampleKernels.multiply(&samples, by: scratch)
    return samples
  }

  /// White noise, or that of the receiver's floor: of variance 1 in each part, in the signal's
  /// band on average.
  private mutating func fillScratch(withNoiseOf draw: Draw) {
    draw.noise(into: &scratch)
    let conditions = draw.conditions
    conditions.impairments.floor?.apply(
      to: &scratch, around: conditions.offset, bandwidth: conditions.bandwidth,
      scratch: &shaping)
  }

  /// Fills `phases` with the carrier's.
  private mutating func carry(_ transmission: Transmission, shifts: [Int64]?) {
    let signal = transmission.signal
    var phase = FixedTurns.word(signal.phase)
    let step = FixedTurns.word(signal.offset)
    if let linewidth = signal.impairments.phaseNoise {
      // √(2π·linewidth) radians a sample, as a share of a turn, in 2⁻⁶⁴ turns.
      let scale = (linewidth / (2 * .pi)).squareRoot() * 0x1p64
      transmission.phaseNoise(into: &scratch)
      for pair in 0..<(phases.count + 1) / 2 {
        let noise = scratch[pair]
        phase = phase &+ UInt64(bitPattern: Int64(Double(noise.i) * scale))
        phases[2 * pair] = UInt32(truncatingIfNeeded: phase >> 32)
        phase = phase &+ step
        guard 2 * pair + 1 < phases.count else { break }
        phase = phase &+ UInt64(bitPattern: Int64(Double(noise.q) * scale))
        phases[2 * pair + 1] = UInt32(truncatingIfNeeded: phase >> 32)
        phase = phase &+ step
      }
    } else {
      for n in phases.indices {
        phases[n] = UInt32(truncatingIfNeeded: phase >> 32)
        phase = phase &+ step
      }
    }
    if let drift = signal.impairments.drift { add(drift: drift) }
    if let shifts {
      // The product's unit is that of the phases, 2⁻³² turns.
      for (n, shift) in shifts.enumerated() {
        let turn = Int64((Double(shift) * signal.offset).rounded())
        phases[n] = phases[n] &+ UInt32(truncatingIfNeeded: turn)
      }
    }
  }

  /// Lets the frequency grow evenly, by `drift` over all samples and with 0 in the middle.
  private mutating func add(drift: Double) {
    let growth = Int64(drift / Double(phases.count) * 0x1p64)
    var step = UInt64(bitPattern: -growth * Int64(phases.count - 1) / 2)
    var phase: UInt64 = 0
    for n in phases.indices {
      phases[n] = phases[n] &+ UInt32(truncatingIfNeeded: phase >> 32)
      phase = phase &+ step
      step = step &+ UInt64(bitPattern: growth)
    }
  }
}
