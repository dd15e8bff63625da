extension SignalGenerator {
  /// Everything that is random about one signal.
  struct Transmission {
    let waveform: any Waveform
    let signal: TransmittedSignal
    /// The square root of its power while on, in those of the first signal.
    let amplitude: Double
    private let phaseNoiseSource: GaussianSource

    /// Draws the variant, the waveform and the phase noise of a signal.
    init(
      _ signal: TransmittedSignal, of configuration: SynthesisConfiguration,
      amplitude: Double = 1, parameters: inout SeededGenerator,
      phaseNoise: inout SeededGenerator, choice: inout SeededGenerator
    ) {
      let names = configuration.variants?[signal.signalClass]
      let variant = names.map { $0[choice.index(below: $0.count)] }
      waveform = signal.signalClass.waveform(
        bandwidth: signal.bandwidth, variant: variant, using: &parameters)
      let told = waveform.parameters(samples: configuration.samples)
      var signal = signal
      signal.variant = variant
      signal.parameters = told.isEmpty ? nil : told
      self.signal = signal
      self.amplitude = amplitude
      phaseNoiseSource = GaussianSource(using: &phaseNoise)
    }

    func phaseNoise(into samples: inout [IQSample]) {
      var source = phaseNoiseSource
      source.fill(&samples)
    }
  }

  /// Everything that is random about one example, before any of it is applied.
  ///
  /// The generators' order is that of their purposes' arrival in this library: new ones come
  /// last, so that what the others draw stays.
  struct Draw {
    let conditions: SynthesisConditions
    let first: Transmission
    let others: [Transmission]
    /// The standard deviation of each part of the noise, `√(N0/2)`.
    let noisePartDeviation: Double
    private let noiseSource: GaussianSource

    init(_ index: Int, of configuration: SynthesisConfiguration) {
      precondition(index >= 0, "examples are counted from 0")
      var root = SeededGenerator(seed: configuration.seed, stream: UInt64(index))
      var draws = root.child()
      var parameters = root.child()
      var defects = root.child()
      var noise = root.child()
      var phaseNoise = root.child()
      var timing = root.child()
      var scene = root.child()
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
      var conditions = SynthesisConditions(
        signalClass: signalClass, offset: offset, phase: draws.uniform(),
        snr: signalClass == .noise ? -.infinity : snr, bandwidth: bandwidth,
        impairments: configuration.impairments.draw(bandwidth: bandwidth, using: &defects))
      if signalClass != .noise {
        conditions.bursts = configuration.bursts(of: signalClass, using: &timing)
      }
      first = Transmission(
        conditions.signals[0], of: configuration, parameters: &parameters,
        phaseNoise: &phaseNoise, choice: &choice)
      conditions.variant = first.signal.variant
      conditions.parameters = first.signal.parameters
      let density = PortableMath.amplitude(decibels: -2 * snr) / bandwidth
      noisePartDeviation = (density / 2).squareRoot()
      noiseSource = GaussianSource(using: &noise)
      others = Self.others(
        of: configuration, density: density, conditions: &conditions, using: &scene)
      self.conditions = conditions
    }

    /// Draws the further signals, and notes them.
    ///
    /// - Parameters:
    ///   - configuration: The laws.
    ///   - density: The noise power a sample in the first signal's band, `N0`.
    ///   - conditions: Those of the first signal.
    ///   - scene: Where everything comes from.
    /// - Returns: Those that found a place.
    private static func others(
      of configuration: SynthesisConfiguration, density: Double,
      conditions: inout SynthesisConditions, using scene: inout SeededGenerator
    ) -> [Transmission] {
      guard let law = configuration.others, conditions.signalClass != .noise,
        scene.happens(law.probability)
      else { return [] }
      let classes = configuration.classes.filter { $0 != .noise }
      var bands = OccupiedBands()
      bands.take(conditions.offset, bandwidth: conditions.bandwidth)
      var unplaced = 0
      var others: [Transmission] = []
      for _ in 0..<scene.count(law.count) {
        var root = scene.child()
        var draws = root.child()
        var parameters = root.child()
        var defects = root.child()
        var phaseNoise = root.child()
        var timing = root.child()
        var choice = root.child()
        let bandwidth = draws.logUniform(law.bandwidth)
        guard
          let offset = bands.place(bandwidth: bandwidth, spacing: law.spacing, using: &draws)
        else {
          unplaced += 1
          continue
        }
        bands.take(offset, bandwidth: bandwidth)
        let signalClass = classes[draws.index(below: classes.count)]
        let signal = TransmittedSignal(
          signalClass: signalClass, offset: offset, phase: draws.uniform(),
          snr: draws.uniform(law.snr), bandwidth: bandwidth,
          impairments: configuration.impairments.draw(bandwidth: bandwidth, using: &defects)
            .transmission,
          bursts: configuration.bursts(of: signalClass, using: &timing))
        // The noise that the floor's shape leaves in this band.
        let shape = conditions.impairments.floor.map { floor in
          floor.meanGain(around: offset, bandwidth: bandwidth)
            / floor.meanGain(around: conditions.offset, bandwidth: conditions.bandwidth)
        }
        let noise = density * (shape ?? 1) * bandwidth
        others.append(
          Transmission(
            signal, of: configuration,
            amplitude: PortableMath.amplitude(decibels: signal.snr) * noise.squareRoot(),
            parameters: &parameters, phaseNoise: &phaseNoise, choice: &choice))
      }
      if !others.isEmpty { conditions.others = others.map(\.signal) }
      if unplaced > 0 { conditions.unplaced = unplaced }
      return others
    }

    func noise(into samples: inout [IQSample]) {
      var source = noiseSource
      source.fill(&samples)
    }
  }
}

extension SynthesisConfiguration {
  /// Draws when a signal is on.
  fileprivate func bursts(
    of signalClass: SignalClass, using generator: inout SeededGenerator
  ) -> [Burst]? {
    signalClass.isKeyed ? nil : bursts?.draw(samples: samples, using: &generator)
  }
}
