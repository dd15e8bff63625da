/// Linear modulation in the frequency domain: what waveforms of shaped pulses share.
///
/// The `N` samples hold a whole number of symbols, `K`, and the signal is periodic: its DFT is
/// the symbols' own, repeated and shaped by the pulse's spectrum.
///
///     X[k] = A[k mod K]·G(k/K)·exp(−2πi·τ·k/K)
enum PulseShaping {
  /// Returns the allowed length nearest to `wanted` whose DFT is fast, or `nil`.
  ///
  /// It is a multiple of `unit` without prime factors but 2, 3, 5 and 7.
  static func smoothCount(
    near wanted: Double, within allowed: ClosedRange<Double> = 1...(.infinity), unit: Int = 1
  ) -> Int? {
    let centre = max(1, Int((wanted / Double(unit)).rounded()))
    for distance in 0...centre {
      for factor in [centre - distance, centre + distance] where factor > 0 {
        let count = factor * unit
        if FourierTransform.isSmooth(count), allowed.contains(Double(count)) { return count }
      }
    }
    return nil
  }

  /// Writes the DFT of modulated symbols to the bins `−edge…edge` of `samples`, zeros elsewhere.
  ///
  /// - Parameters:
  ///   - symbols: The symbols `a`, `K` of them.
  ///   - gains: The pulse's spectrum `G` at the bins `0…edge`; it is real and even.
  ///   - timing: The delay τ, in symbols.
  ///   - samples: Replaced by the DFT; its length is `N`.
  ///   - transforms: The DFT plans to use.
  static func spread(
    _ symbols: [IQSample], gains: [Double], timing: Double, into samples: inout [IQSample],
    using transforms: Transforms
  ) {
    let count = samples.count
    var spectrum = symbols
    transforms.forward(&spectrum)
    for n in samples.indices { samples[n] = .zero }
    let edge = gains.count - 1
    let rate = Double(symbols.count) / Double(count)
    var delay = PhaseRamp(bin: -edge, of: count, delay: timing / rate)
    var place = (symbols.count - edge % symbols.count) % symbols.count
    for k in -edge...edge {
      let pulse = gains[abs(k)]
      let turn = delay.next()
      let gain = IQSample(Float(pulse * turn.re), Float(pulse * turn.im))
      samples[k < 0 ? k + count : k] = spectrum[place] * gain
      place += 1
      if place == symbols.count { place = 0 }
    }
  }

  /// Returns the root-raised-cosine spectrum at the bins `0…edge` of `symbols` symbols.
  ///
  ///     G(f) = 1                                        |f| ≤ (1 − α)·Rs/2
  ///            cos(π/(2α)·(|f|/Rs − (1 − α)/2))         up to (1 + α)·Rs/2, then 0
  static func rootRaisedCosine(symbols: Int, rollOff: Double, edge: Int) -> [Double] {
    (0...edge).map { k in
      let excess = Double(k) / Double(symbols) - (1 - rollOff) / 2
      return excess <= 0 ? 1 : PortableMath.phasor(turns: min(excess / rollOff, 1) / 4).cos
    }
  }

  /// Returns a rectangle's spectrum at the bins `0…edge` of `symbols` symbols.
  ///
  ///     G(f) = sin(π·f/Rs)/(π·f/Rs)
  static func rectangle(symbols: Int, edge: Int) -> [Double] {
    var ramp = PhaseRamp(start: 0, step: 0.5 / Double(symbols))
    return (0...edge).map { k in
      let sine = ramp.next().im
      return k == 0 ? 1 : sine / (.pi * Double(k) / Double(symbols))
    }
  }

  /// Returns a Gaussian low-pass at the bins `0…edge` of `symbols` symbols.
  ///
  ///     G(f) = exp(−ln2/2·(f/(BT·Rs))²)
  static func gaussian(symbols: Int, bandwidthTime: Double, edge: Int) -> [Double] {
    let unit = bandwidthTime * Double(symbols)
    let ln2 = 0.6931471805599453
    // G(k + 1) = G(k)·q^(2k+1): two products a bin instead of an exponential.
    let square = PortableMath.exp(-ln2 / (unit * unit))
    var ratio = PortableMath.exp(-ln2 / 2 / (unit * unit))
    var gain = 1.0
    return (0...edge).map { _ in
      defer {
        gain *= ratio
        ratio *= square
        // Far out the numbers would become subnormal, which is slow, and is nothing to a Float.
        if gain < 1e-60 { gain = 0 }
      }
      return gain
    }
  }
}
