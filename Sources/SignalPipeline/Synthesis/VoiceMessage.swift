/// A real, voice-like message, limited to about ±1.
///
/// Pulses at a wavering pitch and noise excite a filter of a spectral tilt and three formants;
/// a syllabic envelope scales the result, a limiter `tanh(m/(1.2·σ))` bounds it and a low-pass
/// at `W` takes away what the limiter added outside; its peaks then reach 1.4, seldom 1.7.
///
///     H(f) = x²/(1 + x²) · (1 + (f/(.15·W))²)^−tilt · Π_j (1 + g_j/(1 + ((f/W − c_j)/b_j)²)),
///     x = f/(.08·W);   low-pass: raised cosine from .92·W to W
///
/// Source: the shape follows the source-filter model, G. Fant, "Acoustic Theory of Speech
/// Production", 1960; slow rates are those of speech at 48 kHz, scaled to the sample.
package struct VoiceMessage: Hashable, Codable, Sendable {
  /// A slow sine: `depth·sin(2π(rate·n + phase))`.
  package struct Wave: Hashable, Codable, Sendable {
    package var depth: Double
    /// The frequency [cycles/sample].
    package var rate: Double
    /// The phase at the first sample [turns].
    package var phase: Double

    fileprivate init(depth: Double, hertz: ClosedRange<Double>, _ draws: inout SeededGenerator) {
      self.depth = depth
      rate = draws.uniform(hertz) / 48_000
      phase = draws.uniform()
    }

    /// The sine at every `step`-th sample.
    fileprivate func ramp(step: Int) -> PhaseRamp {
      PhaseRamp(start: phase, step: rate * Double(step))
    }
  }

  /// Two slow sines that are added to what they modulate.
  package struct Waves: Hashable, Codable, Sendable {
    package var first: Wave
    package var second: Wave

    /// The waves at every `step`-th sample, from the first on.
    fileprivate func ramps(step: Int) -> Ramps {
      Ramps(
        depths: (first.depth, second.depth), first: first.ramp(step: step),
        second: second.ramp(step: step))
    }
  }

  fileprivate struct Ramps {
    let depths: (Double, Double)
    var first: PhaseRamp
    var second: PhaseRamp

    /// Adds the present values and turns on.
    mutating func next(addedTo base: Double) -> Double {
      (base + depths.0 * first.next().im) + depths.1 * second.next().im
    }
  }

  /// A resonance of gain `1 + gain` at `centre`, half as much at `centre ± width`.
  package struct Formant: Hashable, Codable, Sendable {
    package var gain: Double
    /// The centre in message bandwidths.
    package var centre: Double
    /// The half-width in message bandwidths.
    package var width: Double
  }

  /// The message bandwidth `W` [cycles/sample].
  package var width: Double
  /// The mean pitch [cycles/sample], `W` times 0.03…0.08.
  package var pitch: Double
  /// The phase of the first pulse [turns].
  package var phase: Double
  /// The pitch's relative waver.
  package var vibrato: Waves
  /// The noise's amplitude density over the pulses', 0.2…1.
  package var breath: Double
  /// The exponent of the spectral tilt, 0.3…0.7.
  package var tilt: Double
  /// The three resonances.
  package var formants: [Formant]
  /// The envelope's waves around one half.
  package var syllables: Waves
  /// The source of the noise.
  package var data: SeededGenerator

  /// Draws a message of bandwidth `W` [cycles/sample].
  package init(width: Double, using draws: inout SeededGenerator) {
    self.width = width
    pitch = width * draws.uniform(0.03...0.08)
    phase = draws.uniform()
    vibrato = Waves(
      first: Wave(depth: 0.08, hertz: 3...6, &draws),
      second: Wave(depth: 0.05, hertz: 0.7...2, &draws))
    breath = draws.uniform(0.2...1)
    tilt = draws.uniform(0.3...0.7)
    formants = [(0.08...0.22, 0.05), (0.25...0.6, 0.06), (0.6...0.9, 0.08)].map {
      Formant(gain: draws.uniform(0.5...3), centre: draws.uniform($0), width: $1)
    }
    syllables = Waves(
      first: Wave(depth: 0.3, hertz: 2...5, &draws),
      second: Wave(depth: 0.25, hertz: 0.8...2, &draws))
    data = draws.child()
  }

  /// Returns the bins `0…⌊W·N⌋` of the message's Fourier coefficients.
  ///
  ///     m[n] = Re(M[0] + 2·Σ_{k>0} M[k]·exp(2πi·k·n/N))
  ///
  /// A message narrower than 0.1 cycles/sample is made at half the rate.
  package func spectrum(samples count: Int, using transforms: Transforms) -> [IQSample] {
    let step = width <= 0.1 && count % 2 == 0 ? 2 : 1
    let length = count / step
    let edge = min(Int(width * Double(count)), (length - 1) / 2)

    var spectrum = excitation(count: count, step: step)
    transforms.forward(&spectrum)
    var noise = [IQSample](repeating: .zero, count: edge + 1)
    var data = data
    var source = GaussianSource(using: &data)
    source.fill(&noise)
    // The DFT of `length` real samples of variance breath² has breath²·length/2 in each part.
    let level = Float(breath * (Double(length) / 2).squareRoot())
    let response = response(at: (0...edge).map { Double($0) / (Double(count) * width) })
    for k in 0...edge {
      let gain = Float(response[k])
      spectrum[k] = IQSample(
        gain * (spectrum[k].i + level * noise[k].i), gain * (spectrum[k].q + level * noise[k].q))
    }
    // One-sided: the real part of the inverse transform is the message.
    for k in (edge + 1)..<length { spectrum[k] = .zero }
    transforms.inverse(&spectrum)

    var message = envelope(of: spectrum, step: step)
    limit(&message)
    for n in message.indices { spectrum[n] = IQSample(message[n], 0) }
    transforms.forward(&spectrum)
    return (0...edge).map { k in
      let gain = Float(lowPass(at: Double(k) / (Double(count) * width)) / Double(length))
      return IQSample(gain * spectrum[k].i, gain * spectrum[k].q)
    }
  }

  /// Pulses of mean power density 1, one a turn of the wavering pitch.
  private func excitation(count: Int, step: Int) -> [IQSample] {
    var samples = [IQSample](repeating: .zero, count: count / step)
    let amplitude = Float(1 / (pitch * Double(step)).squareRoot())
    var turn = phase
    var waver = vibrato.ramps(step: 1)
    for n in 0..<count {
      turn += pitch * waver.next(addedTo: 1)
      guard turn >= 1 else { continue }
      turn -= 1
      if n % step == 0 {
        samples[n / step].i += amplitude
      } else {
        for (tap, value) in Self.halfSample.enumerated() {
          let place = (n / 2 + tap - Self.halfSample.count / 2 + 1 + samples.count)
          samples[place % samples.count].i += amplitude * value
        }
      }
    }
    return samples
  }

  /// The band-limited pulse between two samples: a sinc under a Hann window, flat within 0.1 dB
  /// up to 0.44 cycles/sample.
  private static let halfSample: [Float] = (0..<32).map { tap in
    let distance = Double(tap) - 15.5
    let sinc = PortableMath.phasor(turns: distance / 2).sin / (.pi * distance)
    return Float(sinc * (0.5 + 0.5 * PortableMath.phasor(turns: distance / 33).cos))
  }

  /// The filter `H` and the low-pass at frequencies in message bandwidths.
  private func response(at frequencies: [Double]) -> [Double] {
    var slopes = frequencies.map { 1 + ($0 / 0.15) * ($0 / 0.15) }
    SampleKernels.powers(&slopes, exponent: -tilt)
    return zip(frequencies, slopes).map { frequency, slope in
      let pass = lowPass(at: frequency)
      guard pass > 0 else { return 0 }
      let high = (frequency / 0.08) * (frequency / 0.08)
      var gain = pass * high / (1 + high) * slope
      for formant in formants {
        let place = (frequency - formant.centre) / formant.width
        gain *= 1 + formant.gain / (1 + place * place)
      }
      return gain
    }
  }

  /// One up to .92, a raised cosine down to zero at 1.
  private func lowPass(at frequency: Double) -> Double {
    let place = min(max((1 - frequency) / 0.08, 0), 1)
    if place == 1 { return 1 }
    return 0.5 - 0.5 * PortableMath.phasor(turns: place / 2).cos
  }

  /// The real parts, scaled by the syllables.
  private func envelope(of samples: [IQSample], step: Int) -> [Float] {
    var levels = syllables.ramps(step: step)
    return samples.map { $0.i * Float(max(levels.next(addedTo: 0.5), 0.05)) }
  }

  /// Applies the limiter.
  private func limit(_ message: inout [Float]) {
    var sum = 0.0
    var squares = 0.0
    for value in message {
      sum += Double(value)
      squares += Double(value) * Double(value)
    }
    let mean = sum / Double(message.count)
    let variance = squares / Double(message.count) - mean * mean
    guard variance > 0 else { return }
    SampleKernels.limit(&message, scale: Float(1 / (1.2 * variance.squareRoot())))
  }
}
