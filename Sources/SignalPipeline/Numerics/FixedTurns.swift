/// Angles in 2⁻⁶⁴ turns, which wrap exactly.
enum FixedTurns {
  /// Returns an angle or a frequency in 2⁻⁶⁴ turns, whole turns left out.
  static func word(_ turns: Double) -> UInt64 {
    UInt64((turns - turns.rounded(.down)) * 0x1p53) << 11
  }

  /// Writes the upper 32 bits of `start + n·step`, angles in turns.
  static func ramp(from start: Double, step: Double, into phases: inout [UInt32]) {
    var phase = word(start)
    let step = word(step)
    for n in phases.indices {
      phases[n] = UInt32(truncatingIfNeeded: phase >> 32)
      phase = phase &+ step
    }
  }
}
