extension SynthesisConfiguration {
  /// Further signals in an example, each at a frequency of its own.
  ///
  /// Their classes are drawn evenly from those of the configuration but noise, their impairments
  /// of transmitter, channel and clocks from the configuration's ranges. They lie anywhere in the
  /// band, whatever the offset's law, where nothing else lies; one that finds no place is left
  /// out. An example of noise has none, since its label says that there is no signal.
  public struct Others: Hashable, Codable, Sendable {
    /// How often there are any, 0…1.
    public var probability: Double
    /// How many there are, uniform.
    public var count: ClosedRange<Int>
    /// The power while on over the noise power in the signal's own bandwidth [dB], uniform.
    public var snr: ClosedRange<Double>
    /// The occupied bandwidth [cycles/sample], its logarithm uniform.
    public var bandwidth: ClosedRange<Double>
    /// What is kept between two bands at least [cycles/sample].
    public var spacing: Double

    /// One to three, 0…20 dB, 0.02…0.10 cycles/sample wide, 0.01 apart, in every example.
    public static let `default` = Others(
      probability: 1, count: 1...3, snr: 0...20, bandwidth: 0.02...0.10, spacing: 0.01)

    /// Creates a law from its parts.
    public init(
      probability: Double, count: ClosedRange<Int>, snr: ClosedRange<Double>,
      bandwidth: ClosedRange<Double>, spacing: Double
    ) {
      self.probability = probability
      self.count = count
      self.snr = snr
      self.bandwidth = bandwidth
      self.spacing = spacing
    }
  }

  /// Signals that are on in bursts alone; see ``Burst``.
  ///
  /// Each signal of an example draws whether it is and when. The bursts lie whole in the example,
  /// at any time; those that find no room behind the first are left out. Classes that switch
  /// themselves on and off, ``SignalClass/isKeyed``, keep their own timing.
  public struct Bursts: Hashable, Codable, Sendable {
    /// How often a signal is on in bursts, 0…1.
    public var probability: Double
    /// How many bursts there are, uniform.
    public var count: ClosedRange<Int>
    /// How long each is, with its ramps [samples], uniform.
    public var duration: ClosedRange<Int>
    /// How long it is off between two [samples], uniform.
    public var pause: ClosedRange<Int>
    /// How long the amplitude rises and falls, half a burst at most [samples].
    public var ramp: Int

    /// One to four of 2000…12,000 samples, pauses of 1000…20,000, ramps of 64, of every signal.
    public static let `default` = Bursts(
      probability: 1, count: 1...4, duration: 2000...12_000, pause: 1000...20_000, ramp: 64)

    /// Creates a law from its parts.
    public init(
      probability: Double, count: ClosedRange<Int>, duration: ClosedRange<Int>,
      pause: ClosedRange<Int>, ramp: Int
    ) {
      self.probability = probability
      self.count = count
      self.duration = duration
      self.pause = pause
      self.ramp = ramp
    }

    /// Draws the bursts of one signal.
    ///
    /// - Parameters:
    ///   - samples: The length of the example [samples].
    ///   - generator: Where times come from.
    /// - Returns: One burst at least, in the order of time, or `nil` for a signal that is always
    ///   on.
    func draw(samples: Int, using generator: inout SeededGenerator) -> [Burst]? {
      guard generator.happens(probability) else { return nil }
      var bursts: [Burst] = []
      var end = 0
      for index in 0..<generator.count(count) {
        let start = index == 0 ? 0 : end + generator.count(pause)
        let length = generator.count(duration)
        guard start + length <= samples else { break }
        bursts.append(Burst(start: start, count: length, ramp: min(ramp, length / 2)))
        end = start + length
      }
      let shift = generator.index(below: samples - end + 1)
      for index in bursts.indices { bursts[index].start += shift }
      return bursts
    }
  }

  /// Checks the laws of further signals and of bursts.
  func validateScene() throws(ConfigurationError) {
    if let others {
      guard classes.contains(where: { $0 != .noise }) else {
        throw ConfigurationError("others", "are drawn from the classes, which are noise alone")
      }
      try ImpairmentRanges.check("others.probability", others.probability, within: 0...1)
      try ImpairmentRanges.check("others.count", others.count, within: 1...16)
      try ImpairmentRanges.check("others.snr", others.snr, within: -100...100)
      guard others.bandwidth.lowerBound * Double(samples) >= 64, others.bandwidth.upperBound <= 0.5
      else {
        throw ConfigurationError(
          "others.bandwidth",
          "is \(others.bandwidth) cycles/sample; with \(samples) samples it must lie within "
            + "\(64 / Double(samples))...0.5")
      }
      try ImpairmentRanges.check("others.spacing", others.spacing, within: 0...0.5)
    }
    if let bursts {
      guard classes.contains(where: { $0 != .noise && !$0.isKeyed }) else {
        throw ConfigurationError(
          "bursts", "are of no effect: all of the classes keep a timing of their own")
      }
      try ImpairmentRanges.check("bursts.probability", bursts.probability, within: 0...1)
      try ImpairmentRanges.check("bursts.count", bursts.count, within: 1...4096)
      let duration = bursts.duration
      guard duration.lowerBound >= 64, duration.upperBound <= samples else {
        throw ConfigurationError(
          "bursts.duration",
          "is \(duration) samples; with \(samples) samples an example it must lie within "
            + "64...\(samples)")
      }
      try ImpairmentRanges.check("bursts.pause", bursts.pause, within: 0...1 << 22)
      try ImpairmentRanges.check("bursts.ramp", bursts.ramp...bursts.ramp, within: 0...1 << 22)
    }
  }
}
