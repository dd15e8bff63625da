/// An automatic gain control that switches: the gain jumps at places within an example.
public struct GainControl: Hashable, Codable, Sendable {
  /// One jump.
  public struct Step: Hashable, Codable, Sendable {
    /// Where it is, as a share of the example, 0…1.
    public var place: Double
    /// By how much the gain is higher from there on [dB].
    public var change: Double

    /// Creates a step from its parts.
    public init(place: Double, change: Double) {
      self.place = place
      self.change = change
    }
  }

  /// The jumps, in any order; their changes add up.
  public var steps: [Step]

  /// Creates a gain control from its jumps.
  public init(steps: [Step]) {
    self.steps = steps
  }

  /// Applies the jumps; the gain before the first is 1.
  package func apply(to samples: inout [IQSample]) {
    let count = samples.count
    var level = 0.0
    let sorted = steps.sorted { $0.place < $1.place }
    for (index, step) in sorted.enumerated() {
      level += step.change
      let gain = Float(PortableMath.amplitude(decibels: level))
      let start = min(Int(step.place * Double(count)), count)
      let end =
        index + 1 < sorted.count ? min(Int(sorted[index + 1].place * Double(count)), count) : count
      for n in start..<end { samples[n] = IQSample(gain * samples[n].i, gain * samples[n].q) }
    }
  }
}
