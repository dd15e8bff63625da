/// A second transmission beside the wanted one: a root-raised-cosine signal of its own.
public struct AdjacentChannel: Hashable, Codable, Sendable {
  /// The power relative to the signal's [dBc].
  public var level: Double

  /// Its centre less the signal's [cycles/sample]; what leaves the band enters on the other side.
  public var separation: Double

  /// Its occupied bandwidth [cycles/sample].
  public var bandwidth: Double

  /// What its symbols and its other parameters come from.
  public var seed: UInt32

  /// Creates a transmission from its parts.
  public init(level: Double, separation: Double, bandwidth: Double, seed: UInt32) {
    self.level = level
    self.separation = separation
    self.bandwidth = bandwidth
    self.seed = seed
  }

  /// Adds the transmission to a signal of mean power 1.
  ///
  /// - Parameters:
  ///   - samples: The signal.
  ///   - offset: The frequency of the signal's centre [cycles/sample].
  ///   - transforms: The DFT plans to use.
  package func add(
    to samples: inout [IQSample], around offset: Double, using transforms: Transforms
  ) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let waveform = RootRaisedCosine(bandwidth: bandwidth, using: &generator)
    var other = samples
    waveform.render(into: &other, through: nil, using: transforms)
    let power = SampleKernels.meanPower(other)
    guard power > 0 else { return }
    var phases = [UInt32](repeating: 0, count: samples.count)
    FixedTurns.ramp(from: generator.uniform(), step: offset + separation, into: &phases)
    var carrier = samples
    SampleKernels.phasors(of: phases, into: &carrier)
    SampleKernels.multiply(&other, by: carrier)
    let amplitude = PortableMath.amplitude(decibels: level) / power.squareRoot()
    SampleKernels.add(Float(amplitude), times: other, to: &samples)
  }
}
