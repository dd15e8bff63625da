import Foundation
import SignalPipeline
import Testing

@Suite struct RealToBasebandTests {
  /// Converts real samples, added in pieces and read in pieces.
  private func convert(_ samples: [Float], added: Int? = nil, read: Int = 1000) -> [IQSample] {
    var converter = RealToBaseband()
    var result: [IQSample] = []
    func drain() {
      var numbers = [Float](repeating: .nan, count: 2 * read)
      while true {
        var span = numbers.mutableSpan
        let count = converter.read(into: &span)
        if count == 0 { return }
        for index in 0..<count {
          result.append(IQSample(numbers[2 * index], numbers[2 * index + 1]))
        }
      }
    }
    let piece = added ?? samples.count
    for start in stride(from: 0, to: samples.count, by: max(1, piece)) {
      converter.append(samples[start..<min(samples.count, start + piece)])
      drain()
    }
    converter.finish()
    drain()
    return result
  }

  private func noise(_ count: Int, seed: UInt64 = 7) -> [Float] {
    var generator = ReferenceGenerator(state: seed)
    return (0..<count).map { _ in generator.int16() }
  }

  private func tone(_ frequency: Double, _ count: Int) -> [Float] {
    (0..<count).map { Float(cos(2 * .pi * frequency * Double($0) + 0.3)) }
  }

  /// The amplitude at a frequency of the samples far from both ends [cycles/sample].
  private func amplitude(_ samples: [IQSample], at frequency: Double) -> Double {
    let middle = 128..<samples.count - 128
    var (i, q, weights) = (0.0, 0.0, 0.0)
    for n in middle {
      // Hann, squared: a spurious line must not drown in the leakage of the tone.
      let place = Double(n - middle.lowerBound) / Double(middle.count)
      let weight = pow(sin(.pi * place), 4)
      let angle = -2 * Double.pi * frequency * Double(n)
      i += weight * (Double(samples[n].i) * cos(angle) - Double(samples[n].q) * sin(angle))
      q += weight * (Double(samples[n].i) * sin(angle) + Double(samples[n].q) * cos(angle))
      weights += weight
    }
    return (i * i + q * q).squareRoot() / weights
  }

  @Test("noise is converted as SciPy's mixer, half-band filter and decimation do")
  func golden() throws {
    let golden = try FormatGoldens.baseband()
    let samples = convert(noise(301))
    #expect(samples.count == golden.count)
    for (sample, expected) in zip(samples, golden) {
      // SciPy scales all taps for gain 1, we those of Q alone: they differ by 2e-5.
      #expect(abs(Double(sample.i) - expected[0]) < 3e-5)
      #expect(abs(Double(sample.q) - expected[1]) < 3e-5)
    }
  }

  @Test("samples agree with the sum over the taps, written down plainly")
  func reference() {
    let x = noise(700)
    func at(_ index: Int) -> Double { x.indices.contains(index) ? Double(x[index]) : 0 }
    let samples = convert(x, added: 97, read: 31)
    #expect(samples.count == 350)
    for (m, sample) in samples.enumerated() {
      var q = 0.0
      for (i, tap) in RealToBaseband.taps.enumerated() {
        q += Double(tap) * (at(2 * m - 2 * i - 1) - at(2 * m + 2 * i + 1))
      }
      let sign = m % 2 == 0 ? 1.0 : -1
      #expect(sample.i == Float(sign * at(2 * m) / 2))
      // 128 roundings of sums below 1.
      #expect(abs(Double(sample.q) - sign * q) < 2e-6)
    }
  }

  @Test(
    "a tone at f comes out at f − fs/4 with half its amplitude, its image 80 dB below",
    arguments: [0.012, 0.02, 0.05, 0.1, 0.17, 0.2499, 0.3, 0.4, 0.45, 0.48, 0.488])
  func tones(frequency: Double) {
    let samples = convert(tone(frequency, 16_384))
    let place = 2 * (frequency - 0.25)
    // .01 dB of ½.
    #expect(abs(amplitude(samples, at: place) - 0.5) < 0.5 * 0.00115)
    if abs(place) > 0.01 {
      #expect(amplitude(samples, at: -place) < 0.5 * 1e-4)
    }
  }

  @Test("what is near 0 Hz and fs/2 falls to a half, at the ends of the new band")
  func edges() {
    #expect(abs(amplitude(convert(tone(1e-9, 16_384)), at: 0.5) - 0.5 * cos(0.3)) < 1e-3)
  }

  @Test("white noise keeps its two-sided density over the whole band")
  func flat() throws {
    // Uniform over ±1: its power is 1/3, half of which lies in the half that is kept.
    let samples = convert(noise(1 << 20, seed: 3))
    let configuration = SpectrumConfiguration(bins: 256, overlap: 128, window: .hann)
    let density = try estimate(samples, configuration)
    for (bin, value) in density.enumerated() {
      // Some 4000 segments: 0.016 rms, five times that. The three outer bins of each side
      // hold the crossover, where noise falls by up to 3 dB.
      let least: Float = (4..<253).contains(bin) ? 0.9 : 0.45
      #expect(value > least / 6 && value < 1.1 / 6, "bin \(bin)")
    }
  }

  @Test("pieces never show, however odd they are")
  func pieces() {
    let x = noise(5001)
    let whole = convert(x)
    #expect(whole.count == 2501)
    for (added, read) in [(1, 1), (1, 1000), (2, 3), (63, 64), (127, 5), (1000, 65), (4999, 7)] {
      #expect(convert(x, added: added, read: read) == whole, "\(added) added, \(read) read")
    }
  }

  @Test("few samples give half as many, rounded up", arguments: 0...5)
  func few(count: Int) {
    let samples = convert([Float](repeating: 1, count: count))
    #expect(samples.count == (count + 1) / 2)
    for (m, sample) in samples.enumerated() { #expect(sample.i == (m % 2 == 0 ? 0.5 : -0.5)) }
  }
}
