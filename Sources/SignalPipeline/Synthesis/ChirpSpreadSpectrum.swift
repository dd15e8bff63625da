/// Chirp spread spectrum: each symbol is a chirp over the whole band that begins somewhere in it.
///
///     s(t) = exp(±2πi·φ(c)),   c = B·t ∈ [0, M) chips of a symbol a ∈ {0…M − 1},   M = 2^SF
///     φ(c) = c²/(2M) + (a/M − ½)·c − max(0, c − (M − a))
///
/// The frequency rises by `B²/M` a sample from `(a/M − ½)·B`, and falls by `B` where it reaches
/// `B/2`. The spreading factor SF is 7…10; half of the signals fall instead of rise, as LoRaWAN's
/// gateways send them.
///
/// Source: M. Chiani and A. Elzanaty, "On the LoRa modulation for IoT: waveform properties and
/// spectral analysis", IEEE Internet of Things Journal 6(5), 2019.
package struct ChirpSpreadSpectrum: Waveform, Hashable {
  /// A spreading factor or a direction; the other is drawn.
  package enum Variant: String, WaveformVariant {
    case sf7, sf8, sf9, sf10, up, down

    package var summary: String {
      switch self {
      case .sf7: "128 chips a symbol, up or down"
      case .sf8: "256 chips a symbol, up or down"
      case .sf9: "512 chips a symbol, up or down"
      case .sf10: "1024 chips a symbol, up or down"
      case .up: "rising chirps, as of nodes, of any length"
      case .down: "falling chirps, as of gateways, of any length"
      }
    }

    fileprivate var chips: Int? {
      switch self {
      case .sf7: 128
      case .sf8: 256
      case .sf9: 512
      case .sf10: 1024
      case .up, .down: nil
      }
    }
  }

  /// The chips a sample, which are the occupied bandwidth, `B` [cycles/sample].
  package var bandwidth: Double

  /// The chips and the symbols' alphabet, `M`: 128, 256, 512 or 1024.
  package var chips: Int

  /// Whether the chirps fall.
  package var isFalling: Bool

  /// Where in a symbol the first sample lies, in `[0, 1)`.
  package var timing: Double

  /// The source of the symbols.
  package var data: SeededGenerator

  package init(bandwidth: Double, variant: Variant?, using generator: inout SeededGenerator) {
    self.bandwidth = bandwidth
    let drawn = 128 << generator.index(below: 4)
    chips = variant?.chips ?? drawn
    let isFalling = generator.happens(0.5)
    self.isFalling = variant == .down || (isFalling && variant != .up)
    timing = generator.uniform()
    data = generator.child()
  }

  package func parameters(samples count: Int) -> [String: SignalParameter] {
    [
      "spreadingFactor": .number(Double(chips.trailingZeroBitCount)),
      "direction": isFalling ? "down" : "up",
    ]
  }

  package func render(
    into samples: inout [IQSample], through channel: Multipath?, using transforms: Transforms
  ) {
    var data = data
    let length = Double(chips)
    var symbol = Double(data.index(below: chips))
    var chip = timing * length
    var phases = [UInt32](repeating: 0, count: samples.count)
    for n in phases.indices {
      let rise = chip / (2 * length) + symbol / length - 0.5
      let phase = rise * chip - max(0, chip - (length - symbol))
      phases[n] = UInt32(truncatingIfNeeded: FixedTurns.word(isFalling ? -phase : phase) >> 32)
      chip += bandwidth
      if chip >= length {
        chip -= length
        symbol = Double(data.index(below: chips))
      }
    }
    SampleKernels.phasors(of: phases, into: &samples)
    channel?.apply(to: &samples, using: transforms)
  }
}
