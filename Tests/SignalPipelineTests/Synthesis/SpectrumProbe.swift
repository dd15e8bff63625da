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
