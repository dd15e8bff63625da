extension ImpairmentRanges {
  /// Checks that everything that may be drawn can be applied.
  ///
  /// - Throws: ``ConfigurationError`` naming the part whose probability is not within 0…1 or
  ///   whose range leaves what the part can take.
  public func validate() throws(ConfigurationError) {
    if let multipath {
      try Self.check("multipath.probability", multipath.probability, within: 0...1)
      guard (1...64).contains(multipath.count.lowerBound), multipath.count.upperBound <= 64 else {
        throw ConfigurationError("multipath.count", "is \(multipath.count); it lies within 1...64")
      }
      try Self.check("multipath.gain", multipath.gain, within: 0...100)
      try Self.check("multipath.delay", multipath.delay, within: 0...1e4)
    }
    try Self.check("phaseNoise", phaseNoise, within: 1e-15...1e-3)
    try Self.check("spur", spur, within: -200...200)
    try Self.check("rollOff", rollOff, within: 0...60)
    if let imbalance {
      try Self.check("imbalance.probability", imbalance.probability, within: 0...1)
      try Self.check("imbalance.gain", imbalance.gain, within: -40...40)
      try Self.check("imbalance.phase", imbalance.phase, within: -90...90)
    }
    try Self.check("dcSpike", dcSpike, within: -200...200)
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

  private static func check(
    _ field: String, _ range: ClosedRange<Double>, within limits: ClosedRange<Double>
  ) throws(ConfigurationError) {
    try check(field, range.lowerBound, within: limits)
    try check(field, range.upperBound, within: limits)
  }

  private static func check(
    _ field: String, _ value: Double, within limits: ClosedRange<Double>
  ) throws(ConfigurationError) {
    guard limits.contains(value) else {
      throw ConfigurationError(field, "has \(value); it must lie within \(limits)")
    }
  }
}
