/// The symbol alphabets of linear modulation, of unit mean power.
package enum Constellation: String, Hashable, Codable, WaveformVariant {
  /// ±1.
  case bpsk
  /// Odd multiples of an eighth turn.
  case qpsk
  /// Multiples of an eighth turn.
  case psk8
  /// {±1, ±3} in both parts, divided by √10.
  case qam16

  package var summary: String {
    switch self {
    case .bpsk: "two phases"
    case .qpsk: "four phases"
    case .psk8: "eight phases"
    case .qam16: "sixteen points of a square grid"
    }
  }

  /// Draws a symbol.
  func symbol(using data: inout SeededGenerator) -> IQSample {
    let bits = data.next() >> 60
    let half: Float = 0.707106781
    switch self {
    case .bpsk: return IQSample(bits & 1 == 0 ? 1 : -1, 0)
    case .qpsk: return IQSample(bits & 1 == 0 ? half : -half, bits & 2 == 0 ? half : -half)
    case .psk8:
      let diagonal = IQSample(half, half)
      let point = bits & 4 == 0 ? IQSample(1, 0) : diagonal
      switch bits & 3 {
      case 0: return point
      case 1: return IQSample(-point.q, point.i)
      case 2: return IQSample(-point.i, -point.q)
      default: return IQSample(point.q, -point.i)
      }
    case .qam16:
      let unit: Float = 0.316227766
      return IQSample(
        unit * Float(2 * Int(bits & 3) - 3), unit * Float(2 * Int(bits >> 2) - 3))
    }
  }
}
