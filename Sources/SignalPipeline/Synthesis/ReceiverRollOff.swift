/// The fall of a receiver's filter towards the edges of its band.
///
///     H(f) = 10^(−drop/20 · (½ − ½·cos πd)),   d = clip((|f| − .42)/.08, 0, 1)
///
/// so 0 dB up to 0.42 cycles/sample and −drop at ±½. It is realised as a symmetric filter of
/// 97 taps, H's Fourier series cut off there, which keeps within 0.06 dB of it for drops up to
/// 24 dB, and within 0.7 dB for 40 dB; beyond, the edges are not as deep as they are told.
package struct ReceiverRollOff: Hashable, Sendable {
  /// The attenuation at ±½ cycles/sample [dB].
  package var drop: Double

  /// Creates the roll-off of an attenuation at the edge of the band [dB].
  package init(drop: Double) {
    self.drop = drop
  }

  private static let sides = 48
  private static let grid = 1024

  /// `½ − ½·cos πd` at the grid's frequencies from .42 up, and cosines of whole grid steps.
  private static let shape: [(bin: Int, fall: Double)] = (0...grid / 2).compactMap { bin in
    let d = min(max((Double(bin) / Double(grid) - 0.42) / 0.08, 0), 1)
    return d > 0 ? (bin, 0.5 - 0.5 * PortableMath.phasor(turns: d / 2).cos) : nil
  }
  private static let cosine = (0..<grid).map {
    PortableMath.phasor(turns: Double($0) / Double(grid)).cos
  }

  /// Returns the transfer function at a frequency in `[−½, ½]` cycles/sample.
  package func response(at frequency: Double) -> Double {
    let d = min(max((abs(frequency) - 0.42) / 0.08, 0), 1)
    let fall = 0.5 - 0.5 * PortableMath.phasor(turns: d / 2).cos
    return PortableMath.amplitude(decibels: -drop * fall)
  }

  /// The centre tap and one side of the impulse response.
  package var taps: [Float] {
    // 1 − H differs from zero near the edges only; the edge itself belongs to both halves.
    let loss = Self.shape.map { point in
      (
        bin: point.bin,
        value: (1 - PortableMath.amplitude(decibels: -drop * point.fall))
          * (point.bin == Self.grid / 2 ? 1 : 2) / Double(Self.grid)
      )
    }
    return (0...Self.sides).map { tap in
      var sum = tap == 0 ? 1.0 : 0.0
      for point in loss {
        sum -= point.value * Self.cosine[point.bin * tap % Self.grid]
      }
      return Float(sum)
    }
  }
}
