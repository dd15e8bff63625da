import Foundation
import SignalPipeline
import Testing

/// Knuth's MMIX generator, as in `Tests/Reference/spectrum_goldens.py`.
struct ReferenceGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state
  }

  /// One of 65,536 values in [−1, 1).
  mutating func int16() -> Float {
    Float(Int16(bitPattern: UInt16(next() >> 48))) / 32768
  }

  mutating func noise(_ count: Int) -> [IQSample] {
    (0..<count).map { _ in
      let i = int16()
      return IQSample(i, int16())
    }
  }
}

/// The blocks of a golden file, by name.
func spectrumGoldens(_ name: String) throws -> [String: [Double]] {
  let url = try #require(
    Bundle.module.url(forResource: "Goldens/spectrum/\(name)", withExtension: "txt"))
  var blocks: [String: [Double]] = [:]
  var title = ""
  for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n") {
    if line.hasPrefix("# ") {
      title = String(line.dropFirst(2))
    } else {
      blocks[title, default: []].append(try #require(Double(line)))
    }
  }
  return blocks
}

/// The channels' estimates over all samples at once.
func estimate(
  _ samples: [IQSample], _ configuration: SpectrumConfiguration,
  channels: [SpectrumChannel] = [.mean]
) throws -> [Float] {
  var estimator = try WelchEstimator(configuration, channels: channels)
  estimator.add(samples.span)
  let spectrum = estimator.finish()
  return try #require(spectrum?.values(of: channels))
}

/// Complex Gaussian noise of a power, by Box and Muller.
func gaussian(
  _ count: Int, power: Double = 1, _ generator: inout SeededGenerator
) -> [IQSample] {
  (0..<count).map { _ in
    let radius = (-power * log(1 - generator.uniform())).squareRoot()
    let angle = 2 * Double.pi * generator.uniform()
    return IQSample(Float(radius * cos(angle)), Float(radius * sin(angle)))
  }
}

/// The samples, higher in frequency by `shift` of `bins` bins.
func moved(_ samples: [IQSample], by shift: Int, of bins: Int) -> [IQSample] {
  samples.enumerated().map { n, x in
    let angle = 2 * Double.pi * Double(shift * n % bins) / Double(bins)
    let (c, s) = (cos(angle), sin(angle))
    let (i, q) = (Double(x.i), Double(x.q))
    return IQSample(Float(i * c - q * s), Float(i * s + q * c))
  }
}
