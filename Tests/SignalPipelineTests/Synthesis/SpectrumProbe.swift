import Glibc
import SignalPipeline

/// The periodogram of a whole example: what the tests read signals with.
struct SpectrumProbe {
  /// `|X[k]|²/N²`, DC-centred: the entries sum to the mean power.
  let power: [Double]

  init(_ samples: [IQSample]) {
    var values = samples
    var plan = FFTPlan(count: samples.count, direction: .forward)
    plan.transform(&values)
    let count = values.count
    let scale = 1 / (Double(count) * Double(count))
    power = (0..<count).map { bin in
      let value = values[(bin + (count + 1) / 2) % count]
      return (Double(value.i) * Double(value.i) + Double(value.q) * Double(value.q)) * scale
    }
  }

  var total: Double { power.reduce(0, +) }

  /// The power between two frequencies [cycles/sample], both included.
  func power(_ band: ClosedRange<Double>) -> Double {
    let count = Double(power.count)
    let low = Int((band.lowerBound * count).rounded(.up)) + power.count / 2
    let high = Int((band.upperBound * count).rounded(.down)) + power.count / 2
    return power[max(low, 0)...min(high, power.count - 1)].reduce(0, +)
  }

  /// The width that leaves out half a percent of the power on each side [cycles/sample].
  var occupiedBandwidth: Double {
    let part = total * 0.005
    func edge(_ bins: some Sequence<Double>) -> Int {
      var sum = 0.0
      var count = 0
      for bin in bins {
        sum += bin
        if sum > part { break }
        count += 1
      }
      return count
    }
    return Double(power.count - edge(power) - edge(power.reversed())) / Double(power.count)
  }
}

extension SynthesisConfiguration {
  /// One class at 0 Hz under given circumstances, without noise to speak of.
  static func probe(
    _ signalClass: SignalClass, bandwidth: Double = 0.12, snr: Double = 90,
    offset: Offset = .fixed(frequency: 0), samples: Int = 65_536
  ) -> SynthesisConfiguration {
    SynthesisConfiguration(
      classes: [signalClass], samples: samples, seed: 5, snr: snr...snr,
      bandwidth: bandwidth...bandwidth, offset: offset, impairments: .clean)
  }
}

/// Renders a waveform without a channel.
func rendered(_ waveform: some Waveform, samples count: Int = 65_536) -> [IQSample] {
  var samples = [IQSample](repeating: .zero, count: count)
  waveform.render(into: &samples, through: nil, using: Transforms())
  return samples
}

/// Draws waveforms of one kind, of any or one of its variants.
func draws<W: Waveform>(
  _ type: W.Type, _ variant: W.Variant? = nil, bandwidth: Double = 0.12, count: Int = 12
) -> [W] {
  var generator = SeededGenerator(seed: 21)
  return (0..<count).map { _ in W(bandwidth: bandwidth, variant: variant, using: &generator) }
}

/// Draws waveforms of each of a kind's variants.
func drawsOfVariants<W: Waveform>(
  _ type: W.Type, bandwidth: Double = 0.12, count: Int = 4
) -> [(variant: W.Variant, waveform: W)] {
  W.Variant.allCases.flatMap { variant in
    draws(type, variant, bandwidth: bandwidth, count: count).map { (variant, $0) }
  }
}

/// The turn to each sample from the one before, to the first from 0 [cycles/sample].
func frequencies(of samples: [IQSample]) -> [Double] {
  samples.indices.map { n in
    let a = n == 0 ? IQSample(1, 0) : samples[n - 1]
    let b = samples[n]
    let re = Double(b.i) * Double(a.i) + Double(b.q) * Double(a.q)
    let im = Double(b.q) * Double(a.i) - Double(b.i) * Double(a.q)
    return atan2(im, re) / (2 * .pi)
  }
}

/// `Σ_n x[n]·exp(−2πi·nk/N)`.
func transformed(_ samples: [IQSample]) -> [IQSample] {
  var spectrum = samples
  var forward = FFTPlan(count: samples.count, direction: .forward)
  forward.transform(&spectrum)
  return spectrum
}

/// What a root-raised-cosine filter makes of periodic samples at the symbols' instants.
///
/// - Returns: The symbols, as many times greater as there are samples and symbols.
func matchedSymbols(
  _ samples: [IQSample], symbols: Int, rollOff: Double, timing: Double
) -> [IQSample] {
  let spectrum = transformed(samples)
  let rate = Double(symbols) / Double(samples.count)
  var folded = [(re: Double, im: Double)](repeating: (0, 0), count: symbols)
  for bin in -samples.count / 2..<samples.count / 2 {
    let frequency = Double(bin) / Double(samples.count)
    let place = abs(frequency) / rate - (1 - rollOff) / 2
    let pulse = place <= 0 ? 1 : place < rollOff ? cos(.pi / (2 * rollOff) * place) : 0
    let value = spectrum[(bin + samples.count) % samples.count]
    let angle = 2 * .pi * frequency * timing / rate
    let (re, im) = (Double(value.i), Double(value.q))
    let target = (bin % symbols + symbols) % symbols
    folded[target].re += pulse * (re * cos(angle) - im * sin(angle))
    folded[target].im += pulse * (re * sin(angle) + im * cos(angle))
  }
  var received = folded.map { IQSample(Float($0.re), Float($0.im)) }
  var inverse = FFTPlan(count: symbols, direction: .inverse)
  inverse.transform(&received)
  return received
}
