import SignalPipeline
import Testing

/// A title of `Tests/Reference/spectrum_goldens.py`: how a spectrum is estimated, and of what.
struct EstimateCase {
  let seed: UInt64
  let samples: Int
  let configuration: SpectrumConfiguration
  /// Whether the golden has powers instead of densities.
  let isSpectrum: Bool

  init(_ title: String) throws {
    let words = title.split(separator: " ").map(String.init)
    let numbers = try words[..<5].map { try #require(Int($0)) }
    seed = UInt64(numbers[0])
    samples = numbers[1]
    var generator = ReferenceGenerator(state: seed + 1000)
    let window =
      words[5] == "coefficients"
      ? Window.coefficients(
        (0..<numbers[3]).map { _ in Double(generator.next() >> 48 + 1) / 65536 })
      : try #require(Window(words[5]))
    configuration = SpectrumConfiguration(
      bins: numbers[2], segmentLength: numbers[3], overlap: numbers[4], window: window,
      detrend: try #require(Detrend(rawValue: words[6])),
      averaging: try #require(Averaging(words[7])))
    isSpectrum = words[8] == "spectrum"
  }

  /// The input: noise, and as the seed has it a tone, an offset and a slope.
  var capture: [IQSample] {
    let turn: [Float] = [16384, 11585, 0, -11585, -16384, -11585, 0, 11585]
    let tone: Float = seed % 5 == 0 ? 0 : 1
    var generator = ReferenceGenerator(state: seed)
    return (0..<samples).map { n in
      let i = Int(generator.int16() * 32768) >> 2
      let q = Int(generator.int16() * 32768) >> 2
      let drift = Int(seed % 3) * 4000 + Int(seed % 2) * 7 * n
      return IQSample(
        (Float(i + drift) + tone * turn[n % 8]) / 32768,
        (Float(q - drift) + tone * turn[(n + 6) % 8]) / 32768)
    }
  }

  /// The whole capture's spectrum.
  func spectrum(kurtosis: Bool = false) throws -> PowerSpectrum {
    var estimator = try WelchEstimator(configuration, kurtosis: kurtosis)
    estimator.add(capture.span)
    let spectrum = estimator.finish()
    return try #require(spectrum)
  }
}
