/// Generates labelled examples of modulated signals as a receiver delivers them.
///
///     x = receiver(s(t)·exp(2πi·(f·n + φ[n])) + w[n]),   SNR = mean |s|²/(N0·B)
///
/// `s` has mean power 1 after the channel, unless it is silence, and `w` is white with power `N0` a
/// sample; the impairments act in the order that ``Impairments`` tells. Everything about example
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
    var samples = signal(draw)
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

  /// Returns the signal and the noise that an example holds, without what else the air adds and
  /// before the receiver.
  ///
  /// - Parameter index: Which example, 0 or more.
  /// - Returns: The signal after the channel and the offset, and the noise.
  package mutating func components(
    _ index: Int
  ) -> (signal: [IQSample], noise: [IQSample], conditions: SynthesisConditions) {
    let draw = Draw(index, of: configuration)
    let signal = signal(draw)
    fillScratch(withNoiseOf: draw)
    SampleKernels.scale(&scratch, by: Float(draw.noisePartDeviation))
    return (signal, scratch, draw.conditions)
  }

  /// The signal at the receiver's input, of mean power 1, or zeros.
  private mutating func signal(_ draw: Draw) -> [IQSample] {
    let conditions = draw.conditions
    let impairments = conditions.impairments
    var samples = [IQSample](repeating: .zero, count: configuration.samples)
    // Where nothing comes before the echoes, a waveform has a shorter way through them.
    draw.waveform.render(
      into: &samples, through: impairments.amplifier == nil ? impairments.multipath : nil,
      using: transforms)
    if let amplifier = impairments.amplifier {
      amplifier.apply(to: &samples)
      impairments.multipath?.apply(to: &samples, using: transforms)
    }
    impairments.fading?.apply(to: &samples)
    let shifts = impairments.clock?.shifts(count: samples.count)
    if let shifts { SampleInterpolator.read(&samples, at: shifts) }
    let power = SampleKernels.meanPower(samples)
    if power > 0 { SampleKernels.scale(&samples, by: Float(1 / power.squareRoot())) }

    carry(draw, shifts: shifts)
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
  private mutating func carry(_ draw: Draw, shifts: [Int64]?) {
    let conditions = draw.conditions
    var phase = FixedTurns.word(conditions.phase)
    let step = FixedTurns.word(conditions.offset)
    if let linewidth = conditions.impairments.phaseNoise {
      // √(2π·linewidth) radians a sample, as a share of a turn, in 2⁻⁶⁴ turns.
      let scale = (linewidth / (2 * .pi)).squareRoot() * 0x1p64
      draw.phaseNoise(into: &scratch)
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
    if let drift = conditions.impairments.drift { add(drift: drift) }
    if let shifts {
      // The product's unit is that of the phases, 2⁻³² turns.
      for (n, shift) in shifts.enumerated() {
        let turn = Int64((Double(shift) * conditions.offset).rounded())
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

extension SignalGenerator {
  /// Everything that is random about one example, before any of it is applied.
  private struct Draw {
    let waveform: any Waveform
    let conditions: SynthesisConditions
    /// The standard deviation of each part of the noise, `√(N0/2)`.
    let noisePartDeviation: Double
    private let noiseSource: GaussianSource
    private let phaseNoiseSource: GaussianSource

    init(_ index: Int, of configuration: SynthesisConfiguration) {
      precondition(index >= 0, "examples are counted from 0")
      var root = SeededGenerator(seed: configuration.seed, stream: UInt64(index))
      var draws = root.child()
      var parameters = root.child()
      var defects = root.child()
      var noise = root.child()
      var phaseNoise = root.child()
      var choice = root.child()

      let signalClass = configuration.classes[index % configuration.classes.count]
      let bandwidth = draws.logUniform(configuration.bandwidth)
      let snr = draws.uniform(configuration.snr)
      let place = draws.uniform()
      let offset =
        switch configuration.offset {
        case .any: place - 0.5
        case .centred: (place - 0.5) * 0.0125
        case .fixed(let frequency): frequency
        case .list(let frequencies): frequencies[Int(place * Double(frequencies.count))]
        case .band(let band): band.lowerBound + (band.upperBound - band.lowerBound) * place
        }
      let variants = configuration.variants?[signalClass]
      let variant = variants.map { $0[choice.index(below: $0.count)] }
      waveform = signalClass.waveform(
        bandwidth: bandwidth, variant: variant, using: &parameters)
      let told = waveform.parameters(samples: configuration.samples)
      conditions = SynthesisConditions(
        signalClass: signalClass, variant: variant, parameters: told.isEmpty ? nil : told,
        offset: offset, phase: draws.uniform(),
        snr: signalClass == .noise ? -.infinity : snr, bandwidth: bandwidth,
        impairments: configuration.impairments.draw(bandwidth: bandwidth, using: &defects))
      let density = PortableMath.amplitude(decibels: -2 * snr) / bandwidth
      noisePartDeviation = (density / 2).squareRoot()
      noiseSource = GaussianSource(using: &noise)
      phaseNoiseSource = GaussianSource(using: &phaseNoise)
    }

    func noise(into samples: inout [IQSample]) {
      var source = noiseSource
      source.fill(&samples)
    }

    func phaseNoise(into samples: inout [IQSample]) {
      var source = phaseNoiseSource
      source.fill(&samples)
    }
  }
}
