/// Angles in 2⁻⁶⁴ turns, which wrap exactly.
enum FixedTurns {
  /// Returns an angle or a frequency in 2⁻⁶⁴ turns, whole turns left out.
  static func word(_ turns: Double) -> UInt64 {
    UInt64((turns - turns.rounded(.down)) * 0x1p53) << 11
  }
}
