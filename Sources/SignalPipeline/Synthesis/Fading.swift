/// A channel whose paths change as the receiver moves: Rayleigh, or Rician for the first.
///
///     y[n] = Σ_p gain_p · h_p[n] · x(n − delay_p)
///     h[n] = 1/√M · Σ_m exp(2πi·(D·cos(2π(m + θ)/M)·n + φ_m)),   M = 32
///
/// `D` is the largest Doppler shift; waves arrive from all around, at angles turned by θ and with
/// phases φ_m, which are random. The first path has the share `K/(K + 1)` of its power in one
/// wave of an angle of its own. It acts circularly over the samples, and each `h` is linear
/// between points so close that it keeps within 4e-4 of its largest value.
///
/// Source: R. H. Clarke, "A statistical theory of mobile-radio reception", Bell System Technical
/// Journal 47(6), 1968; C. Xiao, Y. R. Zheng and N. C. Beaulieu, "Novel sum-of-sinusoids
/// simulation models for Rayleigh and Rician fading channels", IEEE Transactions on Wireless
/// Communications 5(12), 2006.
public struct Fading: Hashable, Codable, Sendable {
  /// One path.
  public struct Path: Hashable, Codable, Sendable {
    /// The rms amplitude relative to the first path's.
    public var gain: Double

    /// The delay after the first path [samples].
    public var delay: Double

    /// Creates a path from its parts.
    public init(gain: Double, delay: Double) {
      self.gain = gain
      self.delay = delay
    }
  }

  /// The largest Doppler shift, `D` [cycles/sample].
  public var doppler: Double

  /// The power of the first path's constant wave over that of its scattered ones, `K` [dB];
  /// `nil` for none of it, a Rayleigh channel.
  public var riceFactor: Double?

  /// The paths.
  public var paths: [Path]

  /// What the random angles and phases come from.
  public var seed: UInt32

  /// Creates a channel from its parts.
  public init(doppler: Double, riceFactor: Double?, paths: [Path], seed: UInt32) {
    self.doppler = doppler
    self.riceFactor = riceFactor
    self.paths = paths
    self.seed = seed
  }

  private static let waves = 32

  /// The distance of the points where `h` is computed [samples], a power of two up to 256.
  ///
  /// Between points `step` apart a line leaves a wave's arc by `(2πD·step)²/8` at most.
  private var step: Int {
    var step = 256
    while step > 1, Double(step) * doppler > 0.008 { step /= 2 }
    return step
  }

  /// Returns `h` of each path, one value every `step` samples.
  private func waves(points: Int) -> [[IQSample]] {
    var generator = SeededGenerator(seed: UInt64(seed))
    var phases = [UInt32](repeating: 0, count: points)
    var wave = [IQSample](repeating: .zero, count: points)
    let stride = Double(step)
    func add(_ angle: Double, _ phase: Double, _ amplitude: Double, to sum: inout [IQSample]) {
      let shift = doppler * PortableMath.phasor(turns: angle).cos
      FixedTurns.ramp(from: phase, step: shift * stride, into: &phases)
      SampleKernels.phasors(of: phases, into: &wave)
      SampleKernels.add(Float(amplitude), times: wave, to: &sum)
    }
    return paths.indices.map { path in
      var sum = [IQSample](repeating: .zero, count: points)
      var scattered = 1.0
      if path == 0, let riceFactor {
        let ratio = PortableMath.amplitude(decibels: 2 * riceFactor)
        scattered = 1 / (1 + ratio)
        add(generator.uniform(), generator.uniform(), (1 - scattered).squareRoot(), to: &sum)
      }
      let amplitude = (scattered / Double(Self.waves)).squareRoot()
      let turn = generator.uniform()
      for wave in 0..<Self.waves {
        let angle = (Double(wave) + turn) / Double(Self.waves)
        add(angle, generator.uniform(), amplitude, to: &sum)
      }
      return sum
    }
  }

  /// Passes samples through the channel; the mean power changes.
  package func apply(to samples: inout [IQSample]) {
    let count = samples.count
    let step = step
    let source = samples
    for n in samples.indices { samples[n] = .zero }
    for (path, points) in zip(paths, waves(points: (count - 1) / step + 2)) {
      var delayed = source
      if path.delay != 0 {
        SampleInterpolator.delay(&delayed, by: path.delay)
      }
      let gain = Float(path.gain)
      for (block, start) in stride(from: 0, to: count, by: step).enumerated() {
        let from = IQSample(gain * points[block].i, gain * points[block].q)
        let to = IQSample(gain * points[block + 1].i, gain * points[block + 1].q)
        let slope = IQSample((to.i - from.i) / Float(step), (to.q - from.q) / Float(step))
        for n in start..<min(start + step, count) {
          let place = Float(n - start)
          let value = IQSample(from.i + place * slope.i, from.q + place * slope.q)
          samples[n] = samples[n] + delayed[n] * value
        }
      }
    }
  }
}
