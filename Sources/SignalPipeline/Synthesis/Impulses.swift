/// Impulsive noise: single samples of complex Gaussian amplitude, at random times.
///
/// The gaps between impulses are exponential, so that their number in `N` samples is of Poisson's
/// law with the mean `rate·N`.
///
/// Source: M. Ghosh, "Analysis of the effect of impulse noise on multicarrier and single carrier
/// QAM systems", IEEE Transactions on Communications 44(2), 1996.
public struct Impulses: Hashable, Codable, Sendable {
  /// How many there are on average [1/sample].
  public var rate: Double

  /// The mean power of an impulse's sample relative to the signal's mean power [dBc].
  public var level: Double

  /// What times and amplitudes come from.
  public var seed: UInt32

  /// Creates impulses from their parts.
  public init(rate: Double, level: Double, seed: UInt32) {
    self.rate = rate
    self.level = level
    self.seed = seed
  }

  /// Adds the impulses to a signal of mean power 1.
  package func add(to samples: inout [IQSample]) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let amplitude = PortableMath.amplitude(decibels: level)
    var time = 0.0
    while true {
      time -= PortableMath.log(1 - generator.uniform()) / rate
      guard time < Double(samples.count) else { return }
      let size = amplitude * (-PortableMath.log(1 - generator.uniform())).squareRoot()
      let (cos, sin) = PortableMath.phasor(turns: generator.uniform())
      let n = Int(time)
      samples[n] = samples[n] + IQSample(Float(size * cos), Float(size * sin))
    }
  }
}
