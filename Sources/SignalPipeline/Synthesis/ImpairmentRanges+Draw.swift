extension ImpairmentRanges {
  /// Draws the impairments of one example.
  ///
  /// Each part draws from a generator of its own, so that a change of one part's law leaves the
  /// others' values alone. The generators' order is that of the parts' arrival in this library:
  /// new ones come last, so that the values of the others stay.
  ///
  /// - Parameters:
  ///   - bandwidth: The signal's bandwidth `B` [cycles/sample], the scale of the delays.
  ///   - generator: Where the values come from.
  /// - Returns: Values that can be applied.
  public func draw(bandwidth: Double, using generator: inout SeededGenerator) -> Impairments {
    var draws = (0..<16).map { _ in generator.child() }
    var result = Impairments()
    if let multipath, draws[0].happens(multipath.probability) {
      let spread = multipath.count.upperBound - multipath.count.lowerBound
      let count = multipath.count.lowerBound + draws[0].index(below: spread + 1)
      result.multipath = Multipath(
        echoes: (0..<count).map { _ in
          Multipath.Echo(
            gain: draws[0].uniform(multipath.gain),
            delay: draws[0].uniform(multipath.delay) / bandwidth, phase: draws[0].uniform())
        })
    }
    if let phaseNoise, draws[1].happens(phaseNoise.probability) {
      result.phaseNoise = draws[1].logUniform(phaseNoise.range)
    }
    if let level = draws[2].value(of: spur) {
      result.spur = Impairments.Spur(
        level: level, frequency: draws[2].uniform(-0.5...0.5), phase: draws[2].uniform())
    }
    result.rollOff = draws[3].value(of: rollOff)
    if let imbalance, draws[4].happens(imbalance.probability) {
      result.imbalance = Impairments.Imbalance(
        gain: draws[4].uniform(imbalance.gain), phase: draws[4].uniform(imbalance.phase))
    }
    if let level = draws[5].value(of: dcSpike) {
      result.dcSpike = Impairments.DCSpike(level: level, phase: draws[5].uniform())
    }
    if let level = draws[6].value(of: converter) {
      result.converter = Impairments.Converter(level: level, bits: converterBits)
    }
    result.gain = draws[7].value(of: gain).map { PortableMath.amplitude(decibels: 20 * $0) }
    result.amplifier = draws[8].amplifier(amplifier)
    result.fading = draws[9].fading(fading, bandwidth: bandwidth)
    result.clock = clock(using: &draws[10])
    result.drift = draws[11].value(of: drift)
    result.floor = draws[12].shape(floor)
    result.adjacentChannel = draws[13].neighbour(adjacentChannel, bandwidth: bandwidth)
    result.impulses = draws[14].impulses(impulses)
    result.agc = draws[15].gainControl(agc)
    return result
  }

  /// Draws the sampling clock, whose error and jitter occur independently.
  private func clock(using draws: inout SeededGenerator) -> SampleClock? {
    var (first, second) = (draws.child(), draws.child())
    let error = first.value(of: clockError)
    let rms = second.value(of: jitter)
    guard error != nil || rms != nil else { return nil }
    return SampleClock(error: error ?? 0, jitter: rms ?? 0, seed: second.seed())
  }
}

extension SeededGenerator {
  /// Returns a seed of 32 bits, which any reader of JSON holds.
  fileprivate mutating func seed() -> UInt32 { UInt32(truncatingIfNeeded: next() >> 32) }

  /// Returns a number of a range.
  mutating func count(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + index(below: range.upperBound - range.lowerBound + 1)
  }

  fileprivate mutating func amplifier(_ law: ImpairmentRanges.Amplification?) -> Amplifier? {
    guard let law, happens(law.probability) else { return nil }
    return Amplifier(
      backOff: uniform(law.backOff), smoothness: uniform(law.smoothness),
      phase: uniform(law.phase))
  }

  fileprivate mutating func fading(
    _ law: ImpairmentRanges.Fades?, bandwidth: Double
  ) -> Fading? {
    guard let law, happens(law.probability) else { return nil }
    let doppler = logUniform(law.doppler)
    let isRician = happens(law.rician)
    let factor = uniform(law.riceFactor)
    let others = (0..<count(law.count)).map { _ in
      Fading.Path(gain: uniform(law.gain), delay: uniform(law.delay) / bandwidth)
    }
    return Fading(
      doppler: doppler, riceFactor: isRician ? factor : nil,
      paths: [.init(gain: 1, delay: 0)] + others, seed: seed())
  }

  fileprivate mutating func shape(_ law: ImpairmentRanges.Floor?) -> NoiseShape? {
    guard let law, happens(law.probability) else { return nil }
    return NoiseShape(
      tilt: uniform(law.tilt),
      dip: .init(
        depth: uniform(law.dip), frequency: uniform(-0.5...0.5), width: uniform(law.dipWidth)),
      humps: .init(height: uniform(law.humps), count: count(1...4), phase: uniform()))
  }

  fileprivate mutating func neighbour(
    _ law: ImpairmentRanges.Neighbour?, bandwidth: Double
  ) -> AdjacentChannel? {
    guard let law, happens(law.probability) else { return nil }
    let width = min(uniform(law.bandwidth) * bandwidth, 0.5)
    let separation = (bandwidth + width) / 2 + uniform(law.gap) * bandwidth
    return AdjacentChannel(
      level: uniform(law.level), separation: happens(0.5) ? separation : -separation,
      bandwidth: width, seed: seed())
  }

  fileprivate mutating func impulses(_ law: ImpairmentRanges.Clicks?) -> Impulses? {
    guard let law, happens(law.probability) else { return nil }
    return Impulses(rate: logUniform(law.rate), level: uniform(law.level), seed: seed())
  }

  fileprivate mutating func gainControl(_ law: ImpairmentRanges.Steps?) -> GainControl? {
    guard let law, happens(law.probability) else { return nil }
    return GainControl(
      steps: (0..<count(law.count)).map { _ in
        let change = uniform(law.change)
        return GainControl.Step(place: uniform(), change: happens(0.5) ? change : -change)
      })
  }

  /// Returns a uniform value of a chance, if it occurs.
  fileprivate mutating func value(of chance: ImpairmentRanges.Chance?) -> Double? {
    guard let chance, happens(chance.probability) else { return nil }
    return uniform(chance.range)
  }
}
