import Foundation
import SignalPipeline
import Testing

/// Mean spectra against those that Tests/Reference/synthesis_goldens.py made.
@Suite struct SpectrumGoldenTests {
  struct Golden: Decodable {
    struct Spectrum: Decodable {
      let mean: [Double]
      let error: [Double]
    }
    let bandwidth: Double
    let snr: Double
    let samples: Int
    let classes: [String: Spectrum]
  }

  @Test("the mean spectrum of each class is the reference's", arguments: SignalClass.standard)
  func meanSpectrum(signalClass: SignalClass) throws {
    let url = try #require(
      Bundle.module.url(forResource: "Goldens/Synthesis/spectra", withExtension: "json"))
    let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    let expected = try #require(golden.classes[signalClass.rawValue])
    let bands = expected.mean.count

    var generator = try SignalGenerator(
      .probe(signalClass, bandwidth: golden.bandwidth, snr: golden.snr, samples: golden.samples))
    let draws = 160
    var sum = [Double](repeating: 0, count: bands)
    var squares = sum
    for index in 0..<draws {
      let probe = SpectrumProbe(generator.example(index).samples)
      let size = probe.power.count / bands
      for band in 0..<bands {
        let power = probe.power[band * size..<(band + 1) * size].reduce(0, +)
        sum[band] += power
        squares[band] += power * power
      }
    }
    for band in 0..<bands {
      let mean = sum[band] / Double(draws)
      let variance = (squares[band] / Double(draws) - mean * mean) / Double(draws - 1)
      let error = (max(variance, 0) + expected.error[band] * expected.error[band]).squareRoot()
      // Five standard errors of the two means, and 1 % for symbol clocks: the reference's
      // FSK symbols begin at whole samples.
      #expect(abs(mean - expected.mean[band]) < 5 * error + 0.01 * mean)
    }
  }
}
