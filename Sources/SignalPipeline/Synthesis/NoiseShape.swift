/// A noise floor that is not flat: a tilt, a dip and slow humps.
///
///     D(f) = tilt·f·e(f) − depth·exp(−d²/(2·width²)) + humps/2·cos(2π(c·f + φ))   [dB]
///
/// where `d` is the circular distance to the dip, and `e` is 1 within ±0.42 cycles/sample and
/// falls to 0 at ±½ as `cos²`, since the band is a circle. It is realised as a filter of 65 taps
/// on the noise, which keeps within 0.2 dB of `D` for dips up to 12 dB, and within 2.5 dB for the
/// deepest and narrowest that may be asked for. The noise in the signal's band keeps its mean
/// density, so that the SNR is what it was drawn to be.
public struct NoiseShape: Hashable, Codable, Sendable {
  /// The rise from −½ to +½ cycles/sample, of which 84 % are seen [dB].
  public var tilt: Double

  /// A part of the band with less noise.
  public struct Dip: Hashable, Codable, Sendable {
    /// How much less there is in the middle [dB].
    public var depth: Double
    /// The middle [cycles/sample].
    public var frequency: Double
    /// The standard deviation of its bell [cycles/sample].
    public var width: Double

    /// Creates a dip from its parts.
    public init(depth: Double, frequency: Double, width: Double) {
      self.depth = depth
      self.frequency = frequency
      self.width = width
    }
  }

  /// Slow waves over the band.
  public struct Humps: Hashable, Codable, Sendable {
    /// From crest to trough [dB].
    public var height: Double
    /// The number of crests in the band, `c`.
    public var count: Int
    /// Where they stand, φ [turns].
    public var phase: Double

    /// Creates humps from their parts.
    public init(height: Double, count: Int, phase: Double) {
      self.height = height
      self.count = count
      self.phase = phase
    }
  }

  /// The dip.
  public var dip: Dip

  /// The humps.
  public var humps: Humps

  /// Creates a shape from its parts.
  public init(tilt: Double, dip: Dip, humps: Humps) {
    self.tilt = tilt
    self.dip = dip
    self.humps = humps
  }

  private static let sides = 32
  private static let grid = 256
  private static let turns = (0..<grid).map {
    PortableMath.phasor(turns: Double($0) / Double(grid))
  }

  /// Returns the level at a frequency within ±½ cycles/sample [dB], 0 for a flat floor.
  package func level(at frequency: Double) -> Double {
    let fall = min(max((abs(frequency) - 0.42) / 0.08, 0), 1)
    let edge = PortableMath.phasor(turns: fall / 4).cos
    let far = abs(frequency - dip.frequency)
    let distance = min(far, 1 - far) / dip.width
    // Beyond eight deviations nothing is left, and the exponential has its limits.
    let bell = distance < 8 ? PortableMath.exp(-distance * distance / 2) : 0
    let wave = PortableMath.phasor(turns: Double(humps.count) * frequency + humps.phase).cos
    return tilt * frequency * edge * edge - dip.depth * bell + humps.height / 2 * wave
  }

  /// The mean power gain over a band [cycles/sample], which may reach around the edge.
  func meanGain(around offset: Double, bandwidth: Double) -> Double {
    let points = 64
    var sum = 0.0
    for point in 0..<points {
      let frequency = offset + bandwidth * ((Double(point) + 0.5) / Double(points) - 0.5)
      sum += PortableMath.amplitude(decibels: 2 * level(at: frequency - frequency.rounded()))
    }
    return sum / Double(points)
  }

  /// Gives white noise the shape, with its density kept on average in a band [cycles/sample].
  package func apply(
    to noise: inout [IQSample], around offset: Double, bandwidth: Double,
    scratch: inout [IQSample]
  ) {
    let scale = 1 / meanGain(around: offset, bandwidth: bandwidth).squareRoot()
    let gains = (0..<Self.grid).map { bin in
      let frequency = Double(bin) / Double(Self.grid)
      let place = frequency < 0.5 ? frequency : frequency - 1
      return scale * PortableMath.amplitude(decibels: level(at: place)) / Double(Self.grid)
    }
    var even: [Float] = []
    var odd: [Float] = []
    for tap in 0...Self.sides {
      var re = 0.0
      var im = 0.0
      for (bin, gain) in gains.enumerated() {
        let turn = Self.turns[bin * tap % Self.grid]
        re += gain * turn.cos
        im += gain * turn.sin
      }
      even.append(Float(re))
      odd.append(Float(im))
    }
    SampleKernels.filter(&noise, even: even, odd: odd, scratch: &scratch)
  }
}
