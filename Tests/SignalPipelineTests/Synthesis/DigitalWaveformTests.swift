import Glibc
import SignalPipeline
import Testing

/// What defines the kinds that carry symbols all the time.
@Suite struct DigitalWaveformTests {
  @Test("rectangular PSK has zeros at all multiples of its rate and its alphabet's symbols")
  func phaseShiftKeying() {
    for (variant, waveform) in drawsOfVariants(PhaseShiftKeying.self) where variant != .rrc {
      switch variant {
      case .rectangular: #expect(waveform.bandwidthTime == nil)
      case .gaussian: #expect((0.5...1).contains(waveform.bandwidthTime ?? 0))
      default: #expect(waveform.constellation.rawValue == variant.rawValue)
      }
      let samples = rendered(waveform)
      let count = samples.count
      let symbols = waveform.symbols(in: count)
      #expect(abs(Double(symbols) / Double(count) / 0.06 - 1) < 0.02)
      let probe = SpectrumProbe(samples)
      for multiple in 1...(count / 2 - 1) / symbols {
        for bin in [multiple * symbols, -multiple * symbols] {
          #expect(probe.power[count / 2 + bin] < 1e-12 * probe.total)
        }
      }
      // sinc²·Gauss² over the main lobe and over all of the band, by the trapezoidal rule.
      func pulse(_ bin: Int) -> Double {
        let place = Double(bin) / Double(symbols)
        let sinc = bin == 0 ? 1 : sin(.pi * place) / (.pi * place)
        return sinc * exp(-0.5 * log(2) * pow(place / (waveform.bandwidthTime ?? .infinity), 2))
      }
      let inside = (-symbols...symbols).reduce(0) { $0 + pulse($1) * pulse($1) }
      let whole = (1 - count / 2..<count / 2).reduce(0) { $0 + pulse($1) * pulse($1) }
      let rate = Double(symbols) / Double(count)
      let share = probe.power(-rate...rate) / probe.total
      // Thousands of symbols: the share outside, below 0.1, is theirs within some percent.
      #expect(abs(share - inside / whole) < 0.006)
      // ∫sinc² is 0.9028 over the main lobe, and 1/(π²·8.33) lies beyond ±½ cycles/sample.
      if waveform.bandwidthTime == nil { #expect(abs(inside / whole - 0.914) < 0.003) }

      // One period of the spectrum, divided by the pulse's, is the symbols' own.
      let spectrum = transformed(samples)
      var received = [IQSample](repeating: .zero, count: symbols)
      for bin in -((symbols - 1) / 2)...symbols / 2 {
        let value = spectrum[(bin + count) % count]
        let angle = 2 * .pi * Double(bin) * waveform.timing / Double(symbols)
        let gain = 1 / pulse(bin)
        let (re, im) = (gain * cos(angle), gain * sin(angle))
        received[(bin + symbols) % symbols] = IQSample(
          Float(Double(value.i) * re - Double(value.q) * im),
          Float(Double(value.i) * im + Double(value.q) * re))
      }
      var inverse = FFTPlan(count: symbols, direction: .inverse)
      inverse.transform(&received)
      let power = SampleKernels.meanPower(received)
      SampleKernels.scale(&received, by: Float(1 / power.squareRoot()))
      WaveformTests.check(received, waveform.constellation)
    }
  }

  @Test("π/4-DQPSK turns by ±1 or ±3 eighths from symbol to symbol, and all four occur")
  func differentialPhaseShiftKeying() {
    for (variant, waveform) in drawsOfVariants(DifferentialPhaseShiftKeying.self, count: 6) {
      #expect(waveform.rollOff == (variant == .tetra ? 0.35 : 0.5))
      let samples = rendered(waveform)
      let symbols = waveform.symbols(in: samples.count)
      let rollOff = 0.12 * Double(samples.count) / Double(symbols) - 1
      #expect((0.2...0.5).contains(rollOff))
      #expect(abs(rollOff - waveform.rollOff) < 0.04)
      let probe = SpectrumProbe(samples)
      #expect(probe.power(-0.06...0.06) > 0.999_999 * probe.total)
      let received = matchedSymbols(
        samples, symbols: symbols, rollOff: rollOff, timing: waveform.timing)
      var counts: [Int: Int] = [:]
      for (a, b) in zip(received, received.dropFirst()) {
        let im = Double(b.q) * Double(a.i) - Double(b.i) * Double(a.q)
        let re = Double(b.i) * Double(a.i) + Double(b.q) * Double(a.q)
        let eighths = atan2(im, re) / (.pi / 4)
        #expect(abs(eighths - eighths.rounded()) < 1e-3)
        counts[Int(eighths.rounded()), default: 0] += 1
      }
      #expect(counts.keys.sorted() == [-3, -1, 1, 3])
      let quarter = Double(symbols) / 4
      // Five standard deviations of a binomial count.
      #expect(
        counts.values.allSatisfy { abs(Double($0) - quarter) < 5 * (0.75 * quarter).squareRoot() })
    }
  }

  @Test("GMSK turns by a quarter of its rate at most, its square has lines at half of it")
  func gaussianMinimumShiftKeying() {
    var inside = 0.0
    let waveforms = draws(GaussianMinimumShiftKeying.self, count: 16)
    for waveform in waveforms {
      let samples = rendered(waveform)
      let rate = waveform.keying.symbolRate
      #expect((0.3...0.5).contains(waveform.keying.bandwidthTime ?? 0))
      let turned = frequencies(of: samples).map(abs)
      #expect(abs((turned.max() ?? 0) * 4 / rate - 1) < 1e-3)
      // A minimum-shift signal's square is 2-FSK of index 1, whose tones are lines.
      let square = samples.map { IQSample($0.i * $0.i - $0.q * $0.q, 2 * $0.i * $0.q) }
      let probe = SpectrumProbe(square)
      let bin = 1 / Double(samples.count)
      for side in [-1.0, 1] {
        let line = side * rate / 2
        let width = 2 * bin
        let around = probe.power(line - 40 * bin...line + 40 * bin)
        #expect(probe.power(line - width...line + width) > 0.8 * around)
        #expect(probe.power(line - width...line + width) > 0.01 * probe.total)
      }
      inside += SpectrumProbe(samples).power(-0.06...0.06) / Double(waveforms.count)
    }
    // `B` holds 99 % of the power; the source's table has two digits.
    #expect(abs(inside - 0.99) < 0.003)
  }

  @Test("4-FSK's levels behind a matched filter are ±1 and ±3 times h·Rs/2")
  func fourLevels() {
    for (variant, waveform) in drawsOfVariants(FourLevelFrequencyShiftKeying.self) {
      // Outer levels and symbol rates of the standards [Hz].
      let (outer, standard): (Double, Double) =
        switch variant {
        case .dmr: (1944, 4800)
        case .p25: (1800, 4800)
        case .nxdn: (1050, 2400)
        }
      #expect(abs(1.5 * waveform.index - outer / standard) < 1e-12)
      let samples = rendered(waveform)
      let symbols = waveform.symbols(in: samples.count)
      let rate = Double(symbols) / Double(samples.count)
      #expect(abs(rate * (1 + 3 * waveform.index) / 0.12 - 1) < 0.02)
      #expect((0.25...0.33).contains(waveform.index))
      let received = matchedSymbols(
        frequencies(of: samples).map { IQSample(Float($0), 0) }, symbols: symbols, rollOff: 0.2,
        timing: waveform.timing)
      let levels = received.map {
        Double($0.i) / Double(samples.count) / (waveform.index * rate / 2)
      }
      for (level, sent) in zip(levels, waveform.levels(symbols)) {
        // Single precision in both transforms and the phasors.
        #expect(abs(level - Double(sent)) < 1e-3)
      }
      #expect(Set(levels.map { $0.rounded() }) == [-3, -1, 1, 3])
      #expect(SpectrumProbe(samples).power(-0.06...0.06) > 0.98)
    }
  }

  @Test("chirps sweep the bandwidth at B²/M a sample and fall back once a symbol")
  func chirpSpreadSpectrum() {
    for (variant, waveform) in drawsOfVariants(ChirpSpreadSpectrum.self) {
      let samples = rendered(waveform)
      switch variant {
      case .up: #expect(!waveform.isFalling)
      case .down: #expect(waveform.isFalling)
      default: #expect("sf\(waveform.chips.trailingZeroBitCount)" == variant.rawValue)
      }
      #expect([128, 256, 512, 1024].contains(waveform.chips))
      let slope = 0.12 * 0.12 / Double(waveform.chips)
      let turned = frequencies(of: samples).map { waveform.isFalling ? -$0 : $0 }
      var jumps = 0
      for n in 2..<turned.count {
        #expect(abs(turned[n]) < 0.06 + 1e-6)
        let rise = turned[n] - turned[n - 1]
        if abs(rise - slope) > 1e-6 { jumps += 1 }
      }
      let symbols = 0.12 * Double(samples.count) / Double(waveform.chips)
      // A fall within a symbol and a jump to the next one's begin: two sample steps each at most.
      #expect(Double(jumps) < 4 * (symbols + 1))
      #expect(Double(jumps) > symbols)
      let probe = SpectrumProbe(samples)
      #expect(probe.power(-0.06...0.06) > 0.95)
      // The band is filled evenly: tenths of it differ by less than what the symbols' count explains.
      for tenth in 0..<10 {
        let low = -0.06 + 0.012 * Double(tenth)
        #expect(abs(probe.power(low...low + 0.012) - 0.1) < 0.04)
      }
    }
  }

  @Test("a symbol of resource blocks repeats its end in front, prefixes of 10 and 9 of 128")
  func resourceBlocks() {
    for (variant, waveform) in drawsOfVariants(ResourceBlocks.self, count: 5) {
      #expect(waveform.bits == [.qpsk: 1, .qam16: 2, .qam64: 3][variant])
      let samples = rendered(waveform)
      let useful = waveform.usefulLength
      #expect([6, 15, 25, 50].contains(waveform.blocks))
      #expect(abs(Double(12 * waveform.blocks + 1) / Double(useful) / 0.12 - 1) < 0.03)
      var plan = FFTPlan(count: useful, direction: .forward)
      var start = -waveform.passed
      var symbol = waveform.symbol
      var checked = 0
      while checked < 8 {
        let share: Double = symbol % 7 == 0 ? 10 : 9
        let prefix = Int((share * Double(useful) / 128).rounded())
        let end = start + prefix + useful
        defer {
          start = end
          symbol += 1
        }
        guard start >= 0 else { continue }
        guard end <= samples.count else { break }
        checked += 1
        for n in start..<start + prefix { #expect(samples[n] == samples[n + useful]) }
        var carriers = Array(samples[start + prefix..<end])
        plan.transform(&carriers)
        let highest = (1 << waveform.bits) - 1
        let points = stride(from: -highest, through: highest, by: 2).map(Float.init)
        for (carrier, value) in carriers.enumerated() {
          let distance = min(carrier, useful - carrier)
          let isUsed = distance > 0 && distance <= 6 * waveform.blocks
          let (i, q) = (value.i / Float(useful), value.q / Float(useful))
          #expect((isUsed ? points : [0]).contains { abs($0 - i) < 1e-3 })
          #expect((isUsed ? points : [0]).contains { abs($0 - q) < 1e-3 })
        }
      }
      #expect(checked >= 3)
      #expect(
        SpectrumProbe(samples).power(-0.062...0.062) > 0.96 * SampleKernels.meanPower(samples))
    }
  }
}
