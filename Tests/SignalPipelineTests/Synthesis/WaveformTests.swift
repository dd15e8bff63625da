import Glibc
import SignalPipeline
import Testing

@Suite struct WaveformTests {
  static let bandwidth = 0.12

  @Test("the generator's signal has unit power and nearly all of it within the bandwidth")
  func bandwidths() throws {
    // FSK's and OFDM's skirts fall with frequency; RRC and AM are cut off.
    let shares: [SignalClass: Double] = [.am: 0.99999, .fsk: 0.93, .rrc: 0.99999, .ofdm: 0.96]
    for (signalClass, share) in shares {
      for bandwidth in [0.06, 0.12, 0.2] {
        var generator = try SignalGenerator(.probe(signalClass, bandwidth: bandwidth))
        for index in 0..<8 {
          let probe = SpectrumProbe(generator.components(index).signal)
          #expect(abs(probe.total - 1) < 1e-5)
          // OFDM rounds to whole carriers: up to one carrier spacing more on each side.
          let edge = bandwidth / 2 + (signalClass == .ofdm ? 1.0 / 256 : 0)
          #expect(probe.power((-edge)...edge) > share)
          guard signalClass != .am else { continue }
          // 99 % of the power: RRC's edges are weak (α = .5 leaves .8), FSK's skirts are not.
          #expect(probe.occupiedBandwidth > 0.74 * bandwidth)
          #expect(probe.occupiedBandwidth < 1.6 * bandwidth)
        }
      }
    }
  }

  @Test("OFDM keeps to a narrow bandwidth, with longer symbols", arguments: [0.002, 0.01, 0.03])
  func narrowOFDM(bandwidth: Double) throws {
    var generator = try SignalGenerator(.probe(.ofdm, bandwidth: bandwidth))
    for index in 0..<12 {
      let (signal, _, conditions) = generator.components(index)
      let parameters = try #require(conditions.parameters)
      guard case .number(let useful)? = parameters["usefulLength"],
        case .number(let carriers)? = parameters["carriers"]
      else { throw ConfigurationError("parameters", "are \(parameters)") }
      // Rounding leaves half a carrier on each side of a band of eight or more.
      #expect(carriers >= 8 && abs(carriers / useful / bandwidth - 1) < 0.15)
      // The outer carriers stand at the edges: half a carrier more, and their skirts.
      let edge = bandwidth * (0.5 + 0.15)
      #expect(SpectrumProbe(signal).power((-edge)...edge) > 0.93)
    }
  }

  @Test("bare FSK turns by exactly ±h·Rs/2 and changes only between symbols")
  func bareFSK() {
    for waveform in draws(FrequencyShiftKeying.self, .bare) {
      #expect(waveform.bandwidthTime == nil)
      let frequencies = frequencies(of: rendered(waveform))
      let tone = waveform.index * waveform.symbolRate / 2
      var signs: [Int: Double] = [:]
      for n in 1..<frequencies.count {
        let sign: Double = frequencies[n] > 0 ? 1 : -1
        // Single-precision phasors: 2e-7 of a radian each.
        #expect(abs(frequencies[n] - sign * tone) < 1e-6)
        // The frequency between samples n − 1 and n is that of the symbol at n.
        let time = waveform.timing + Double(n) * waveform.symbolRate
        guard abs(time - time.rounded()) > 1e-6 else { continue }
        let symbol = Int(time)
        #expect(signs[symbol, default: sign] == sign)
        signs[symbol] = sign
      }
      let ones = Double(signs.values.count { $0 > 0 }) / Double(signs.count)
      #expect(abs(ones - 0.5) < 5 * 0.5 / Double(signs.count).squareRoot())
    }
  }

  @Test("Gaussian FSK follows bits smoothed by its filter")
  func gaussianFSK() throws {
    for waveform in draws(FrequencyShiftKeying.self, .gaussian) {
      let bandwidthTime = try #require(waveform.bandwidthTime)
      Self.expectSmoothed(waveform, bandwidthTime: bandwidthTime)
      var bare = waveform
      bare.bandwidthTime = nil
      let outside = 1.5 * Self.bandwidth
      let skirts = SpectrumProbe(rendered(waveform)).power(outside...0.5)
      #expect(skirts < SpectrumProbe(rendered(bare)).power(outside...0.5) / 10)
    }
  }

  @Test("a matched filter gives the symbols of every constellation back")
  func rootRaisedCosine() throws {
    for constellation in Constellation.allCases {
      var waveform = try #require(draws(RootRaisedCosine.self, constellation, count: 1).first)
      #expect(waveform.constellation == constellation)
      for rollOff in [0.1, 0.27, 0.5] {
        waveform.rollOff = rollOff
        let samples = rendered(waveform)
        let symbols = waveform.symbols(in: samples.count)
        let rate = Double(symbols) / Double(samples.count)
        let alpha = Self.bandwidth / rate - 1
        #expect(abs(alpha - rollOff) < 0.04)
        #expect((0.1...0.5).contains(alpha))

        var received = matchedSymbols(
          samples, symbols: symbols, rollOff: alpha, timing: waveform.timing)
        let power = SampleKernels.meanPower(received)
        SampleKernels.scale(&received, by: Float(1 / power.squareRoot()))
        Self.check(received, constellation)
      }
    }
  }

  @Test("OFDM symbols repeat their end in front, leave 0 Hz out and fill h carriers a side")
  func orthogonalFrequencyDivision() {
    for (variant, waveform) in drawsOfVariants(OrthogonalFrequencyDivision.self, count: 8) {
      #expect(waveform.isQAM16 == (variant == .qam16))
      let samples = rendered(waveform)
      let useful = waveform.usefulLength
      let length = useful + waveform.prefix
      #expect(waveform.carriers == Int((Self.bandwidth * Double(useful) / 2).rounded()))
      #expect([4, 8, 16, 32].contains(useful / waveform.prefix))
      var plan = FFTPlan(count: useful, direction: .forward)
      for symbol in 1..<8 {
        let start = symbol * length - waveform.timing
        for n in start..<start + waveform.prefix { #expect(samples[n] == samples[n + useful]) }
        var carriers = Array(samples[start + waveform.prefix..<start + length])
        plan.transform(&carriers)
        for (carrier, value) in carriers.enumerated() {
          let distance = min(carrier, useful - carrier)
          let (i, q) = (value.i / Float(useful), value.q / Float(useful))
          let points: [Float] =
            distance == 0 || distance > waveform.carriers
            ? [0] : waveform.isQAM16 ? [-3, -1, 1, 3] : [-1, 1]
          // Two transforms of up to 1024 points in single precision.
          #expect(points.contains { abs($0 - i) < 1e-4 })
          #expect(points.contains { abs($0 - q) < 1e-4 })
        }
      }
    }
  }

  @Test("AM is a carrier and two mirrored sidebands of μ times its message")
  func amplitudeModulation() {
    for waveform in draws(AmplitudeModulation.self) {
      let samples = rendered(waveform)
      let spectrum = waveform.message.spectrum(samples: samples.count, using: Transforms())
      let probe = SpectrumProbe(samples)
      let centre = samples.count / 2
      // The carrier is 1 and what the message has at 0 Hz. Rounding of amplitudes below 2.
      let mean = waveform.index * Double(spectrum[0].i)
      #expect(abs(probe.power[centre] - (1 + mean) * (1 + mean)) < 1e-5)
      for (bin, value) in spectrum.enumerated().dropFirst() {
        let power = waveform.index * waveform.index * Double(value.power)
        // Single precision beside a carrier of about 1: 1e-7 of an amplitude below 0.3.
        #expect(abs(probe.power[centre + bin] - power) < 1e-7)
        #expect(abs(probe.power[centre - bin] - power) < 1e-7)
      }
      #expect(samples.allSatisfy { abs($0.q) < 1e-5 })
      let edge = Self.bandwidth / 2
      // Nothing but rounding: −140 dBc a bin.
      #expect(probe.power[(centre + Int(edge * 65_536) + 2)...].allSatisfy { $0 < 1e-14 })
    }
  }

  @Test("a message is limited, and fills its band from the pitch to the edge")
  func message() {
    for waveform in draws(AmplitudeModulation.self) {
      let message = rendered(waveform).map { ($0.i - 1) / Float(waveform.index) }
      // The limiter's ±1 behind a low-pass whose impulse response has an absolute sum of 2.343.
      #expect(message.allSatisfy { abs($0) < 2.35 })
      // tanh²√u is concave: no law of the limiter's input, of variance 1/1.2², has a greater
      // mean power than tanh²(1/1.2) = 0.4655, and the low-pass adds none.
      let power = message.reduce(0) { $0 + Double($1) * Double($1) } / Double(message.count)
      #expect(power < 0.467)
      let probe = SpectrumProbe(rendered(waveform))
      let edge = Self.bandwidth / 2
      // Pulses and noise go up to the edge: each quarter of the band holds a thousandth or more.
      for quarter in 0..<4 {
        let band = (edge * Double(quarter) / 4 + 0.0005)...(edge * Double(quarter + 1) / 4)
        let share = 2 * probe.power(band) / (waveform.index * waveform.index * power)
        #expect(share > 1e-3)
      }
    }
  }

  @Test("a message made at half the rate is the one made at the full rate, limiter apart")
  func halfRate() {
    // Below 0.1 cycles/sample the half rate serves; the two widths straddle the change.
    let spectra = [0.0999, 0.1001].map { width in
      var generator = SeededGenerator(seed: 4)
      let message = VoiceMessage(width: width, using: &generator)
      return message.spectrum(samples: 65_536, using: Transforms())
    }
    let bands = spectra.map { spectrum in
      (0..<16).map { band in
        let size = spectrum.count / 16
        return spectrum[band * size..<(band + 1) * size].reduce(0) { $0 + Double($1.power) }
      }
    }
    for (half, full) in zip(bands[0], bands[1]) {
      // Different pulses and noise: 1.5 dB is five standard errors of a band of 400 bins.
      #expect(abs(Decibels.level(half / full)) < 1.5)
    }
  }

  @Test("parameters stay within their laws")
  func parameters() {
    for waveform in draws(FrequencyShiftKeying.self, count: 200) {
      #expect((0.7...2.5).contains(waveform.index))
      #expect(abs(waveform.symbolRate * (1 + waveform.index) - Self.bandwidth) < 1e-12)
      #expect((0.5...1).contains(waveform.bandwidthTime ?? 0.5))
    }
    let gaussian = draws(FrequencyShiftKeying.self, count: 400).count {
      $0.bandwidthTime != nil
    }
    // Five standard deviations of a binomial count, here and below: √(400/4), √(400·3/16).
    #expect(abs(gaussian - 200) < 50)
    let constellations = draws(RootRaisedCosine.self, count: 400).map(\.constellation)
    for kind in Constellation.allCases {
      #expect(abs(constellations.count { $0 == kind } - 100) < 44)
    }
    for waveform in draws(AmplitudeModulation.self, count: 200) {
      #expect((0.4...1).contains(waveform.index))
      guard case .voice(let voice) = waveform.message else {
        Issue.record("without a choice the message is a voice")
        continue
      }
      #expect((0.03...0.08).contains(voice.pitch / voice.width))
    }
  }

  /// Expects frequencies that follow bits smoothed by a filter of a −3 dB frequency.
  static func expectSmoothed(_ waveform: FrequencyShiftKeying, bandwidthTime: Double) {
    let tone = waveform.index * waveform.symbolRate / 2
    let smooth = frequencies(of: rendered(waveform))
    // The first two bits lie before the first symbol: bare FSK starts with the third.
    var data = waveform.data
    let bits = (0..<10_000).map { _ in data.next() >> 63 == 0 ? 1.0 : -1.0 }
    let width = log(2).squareRoot() / (2 * .pi * bandwidthTime)
    for n in stride(from: 1, to: 4000, by: 7) {
      let time = waveform.timing + Double(n) * waveform.symbolRate
      let symbol = Int(time)
      var expected = bits[symbol]
      for step in 0..<4 {
        let change = bits[symbol + step + 1] - bits[symbol + step]
        let distance = time - Double(symbol) - Double(step - 1)
        expected += change * 0.5 * (1 + erf(distance / (width * 2.0.squareRoot())))
      }
      // Table interpolation 5e-7 a step, single-precision phasors 2e-7 of a radian.
      #expect(abs(smooth[n] - tone * expected) < 1e-6)
    }
  }

  /// Expects unit-power symbols on the points of a constellation.
  static func check(
    _ symbols: [IQSample], _ constellation: Constellation
  ) {
    for symbol in symbols {
      let (i, q) = (Double(symbol.i), Double(symbol.q))
      let eighths = atan2(q, i) / (.pi / 4)
      let distance =
        switch constellation {
        case .bpsk: hypot(abs(i) - 1, q)
        case .qpsk: hypot(abs(i) - 0.5.squareRoot(), abs(q) - 0.5.squareRoot())
        case .psk8: hypot(hypot(i, q) - 1, eighths - eighths.rounded())
        case .qam16:
          // Its power varies with the symbols: five standard errors of a few thousand.
          [i, q].map { part in
            let level = abs(part) * 10.0.squareRoot()
            return min(abs(level - 1), abs(level - 3) / 3)
          }.max() ?? 1
        }
      #expect(distance < (constellation == .qam16 ? 0.05 : 1e-3))
    }
  }
}
