extension ImpairmentRanges {
  /// Checks that everything that may be drawn can be applied.
  ///
  /// - Throws: ``ConfigurationError`` naming the part whose probability is not within 0…1 or
  ///   whose range leaves what the part can take.
  public func validate() throws(ConfigurationError) {
    try validateTransmission()
    try validateAir()
    try validateReceiver()
  }

  private func validateTransmission() throws(ConfigurationError) {
    if let amplifier {
      try Self.check("amplifier.probability", amplifier.probability, within: 0...1)
      try Self.check("amplifier.backOff", amplifier.backOff, within: -40...60)
      try Self.check("amplifier.smoothness", amplifier.smoothness, within: 0.5...10)
      try Self.check("amplifier.phase", amplifier.phase, within: -180...180)
    }
    if let multipath {
      try Self.check("multipath.probability", multipath.probability, within: 0...1)
      try Self.check("multipath.count", multipath.count, within: 1...64)
      try Self.check("multipath.gain", multipath.gain, within: 0...100)
      try Self.check("multipath.delay", multipath.delay, within: 0...1e4)
    }
    if let fading {
      try Self.check("fading.probability", fading.probability, within: 0...1)
      try Self.check("fading.count", fading.count, within: 0...16)
      try Self.check("fading.gain", fading.gain, within: 0...100)
      try Self.check("fading.delay", fading.delay, within: 0...1e4)
      try Self.check("fading.doppler", fading.doppler, within: 1e-15...0.005)
      try Self.check("fading.rician", fading.rician, within: 0...1)
      try Self.check("fading.riceFactor", fading.riceFactor, within: -60...60)
    }
    try Self.check("clockError", clockError, within: -1000...1000)
    try Self.check("jitter", jitter, within: 0...1)
    try Self.check("drift", drift, within: -0.5...0.5)
    try Self.check("phaseNoise", phaseNoise, within: 1e-15...1e-3)
  }

  private func validateAir() throws(ConfigurationError) {
    if let floor {
      try Self.check("floor.probability", floor.probability, within: 0...1)
      try Self.check("floor.tilt", floor.tilt, within: -20...20)
      try Self.check("floor.dip", floor.dip, within: -20...20)
      try Self.check("floor.dipWidth", floor.dipWidth, within: 0.02...0.5)
      try Self.check("floor.humps", floor.humps, within: 0...20)
    }
    if let adjacentChannel {
      try Self.check("adjacentChannel.probability", adjacentChannel.probability, within: 0...1)
      try Self.check("adjacentChannel.level", adjacentChannel.level, within: -200...100)
      try Self.check("adjacentChannel.bandwidth", adjacentChannel.bandwidth, within: 0.1...10)
      try Self.check("adjacentChannel.gap", adjacentChannel.gap, within: -1...10)
    }
    if let impulses {
      try Self.check("impulses.probability", impulses.probability, within: 0...1)
      try Self.check("impulses.rate", impulses.rate, within: 1e-9...1)
      try Self.check("impulses.level", impulses.level, within: -100...100)
    }
  }

  private func validateReceiver() throws(ConfigurationError) {
    try Self.check("spur", spur, within: -200...200)
    try Self.check("rollOff", rollOff, within: 0...60)
    if let imbalance {
      try Self.check("imbalance.probability", imbalance.probability, within: 0...1)
      try Self.check("imbalance.gain", imbalance.gain, within: -40...40)
      try Self.check("imbalance.phase", imbalance.phase, within: -90...90)
    }
    try Self.check("dcSpike", dcSpike, within: -200...200)
    if let agc {
      try Self.check("agc.probability", agc.probability, within: 0...1)
      try Self.check("agc.count", agc.count, within: 1...64)
      try Self.check("agc.change", agc.change, within: 0...60)
      // All may go the same way, and single precision ends at 770 dB.
      guard Double(agc.count.upperBound) * agc.change.upperBound <= 200 else {
        throw ConfigurationError(
          "agc.change",
          "has \(agc.count.upperBound) steps of \(agc.change.upperBound) dB; together they must "
            + "not exceed 200 dB")
      }
    }
    try Self.check("converter", converter, within: -200...60)
    guard (2...16).contains(converterBits) else {
      throw ConfigurationError("converterBits", "is \(converterBits); it lies within 2...16")
    }
    try Self.check("gain", gain, within: -10...10)
  }

  private static func check(
    _ field: String, _ chance: Chance?, within limits: ClosedRange<Double>
  ) throws(ConfigurationError) {
    guard let chance else { return }
    try check("\(field).probability", chance.probability, within: 0...1)
    try check("\(field).range", chance.range, within: limits)
  }

  static func check(
    _ field: String, _ range: ClosedRange<Int>, within limits: ClosedRange<Int>
  ) throws(ConfigurationError) {
    guard limits.contains(range.lowerBound), limits.contains(range.upperBound) else {
      throw ConfigurationError(field, "is \(range); it must lie within \(limits)")
    }
  }

  static func check(
    _ field: String, _ range: ClosedRange<Double>, within limits: ClosedRange<Double>
  ) throws(ConfigurationError) {
    try check(field, range.lowerBound, within: limits)
    try check(field, range.upperBound, within: limits)
  }

  static func check(
    _ field: String, _ value: Double, within limits: ClosedRange<Double>
  ) throws(ConfigurationError) {
    guard limits.contains(value) else {
      throw ConfigurationError(field, "has \(value); it must lie within \(limits)")
    }
  }
}
