import Foundation
import SignalPipeline
import Testing

@Suite struct SpectrumChannelTests {
  static let all = SpectrumChannel.allCases

  @Test("one pass gives every channel the bits that it has when it is estimated alone")
  func onePass() throws {
    for title in try spectrumGoldens("kurtosis").keys {
      var configuration = try EstimateCase(title).configuration
      configuration.averaging = .mean
      let samples = try EstimateCase(title).capture
      var estimator = try WelchEstimator(configuration, channels: Self.all)
      // Twice, in pieces: the second estimate finds nothing of the first.
      for _ in 0..<2 {
        for first in stride(from: 0, to: samples.count, by: 1001) {
          estimator.add(samples.span.extracting(first..<min(first + 1001, samples.count)))
        }
        let found = estimator.finish()
        let spectrum = try #require(found)
        #expect(try spectrum.density == estimate(samples, configuration))
        var alone = try WelchEstimator(configuration, kurtosis: true)
        alone.add(samples.span)
        let kurtosis = alone.finish()?.kurtosis
        #expect(spectrum.kurtosis?.map(\.bitPattern) == kurtosis?.map(\.bitPattern))
        configuration.averaging = .maximum
        #expect(try spectrum.maximum == estimate(samples, configuration))
        configuration.averaging = .mean
      }
    }
  }

  @Test("values are the channels one after the other, finite and not negative")
  func values() {
    let spectrum = PowerSpectrum(
      density: [1, 0], segments: 3, maximum: [4, 0], kurtosis: [-1e-9, .nan])
    #expect(spectrum.values(of: [.mean]) == [1, 0])
    #expect(spectrum.values(of: [.mean, .kurtosis]) == [1, 0, 0, 1])
    #expect(spectrum.values(of: Self.all) == [1, 0, 4, 0, 0, 1])
    let plain = PowerSpectrum(density: [1, 0], segments: 1)
    #expect(plain.values(of: [.mean, .maximum]) == nil)
    #expect(plain.values(of: [.kurtosis]) == nil)
  }

  @Test("features of the mean alone are told as before there were channels, others by name")
  func coding() throws {
    var features = FeatureConfiguration.default
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    func text() throws -> String { String(decoding: try encoder.encode(features), as: UTF8.self) }
    #expect(try !text().contains("channels"))
    #expect(
      try JSONDecoder().decode(FeatureConfiguration.self, from: Data(text().utf8)) == features)
    features.channels = Self.all
    #expect(try text().contains(#""channels":["mean","max","kurtosis"]"#))
    #expect(
      try JSONDecoder().decode(FeatureConfiguration.self, from: Data(text().utf8)) == features)
    let misspelt = try text().replacing("kurtosis", with: "curtosis")
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(FeatureConfiguration.self, from: Data(misspelt.utf8))
    }
  }

  @Test(
    "a list that is empty, in another order or tells a channel twice is refused",
    arguments: [
      [], [.maximum, .mean], [.mean, .mean], [.mean, .kurtosis, .maximum],
    ] as [[SpectrumChannel]])
  func lists(_ channels: [SpectrumChannel]) {
    var features = FeatureConfiguration.default
    features.channels = channels
    #expect(throws: ConfigurationError.self) { try features.validate() }
  }
}
