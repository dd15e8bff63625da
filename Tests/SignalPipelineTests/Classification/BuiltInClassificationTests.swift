import SignalPipeline
import Testing

/// The way from generated samples to classes with the model that comes with the program.
@Suite struct BuiltInClassificationTests {
  @Test(
    "a generated example of each class at 20 dB is given its class, wherever it lies",
    arguments: [-0.497, -0.2, 0, 0.003, 0.31, 0.5])
  func classes(offset: Double) throws {
    let model = try BuiltInModel.load()
    var classifier = try Classifier(model)
    for impairments in [ImpairmentRanges.clean, .sdr] {
      var configuration = SynthesisConfiguration.default
      configuration.snr = 20...20
      configuration.offset = .fixed(frequency: offset)
      configuration.impairments = impairments
      configuration.samples = model.window
      var generator = try SignalGenerator(configuration)
      for (index, signalClass) in configuration.classes.enumerated() {
        let example = generator.example(index)
        let result = try classifier.classify(example.samples.span)
        #expect(
          result.prediction.label(classes: model.classes) == signalClass.rawValue,
          "\(signalClass) at \(offset)")
      }
    }
  }

  @Test("real white noise is noise, although its conversion bends the edges of the band")
  func realNoise() throws {
    var generator = SeededGenerator(seed: 9)
    // I of complex noise is real white noise.
    let bytes = gaussian(16 * 2 * 65_536, power: 1e-2, &generator).flatMap { sample in
      withUnsafeBytes(of: sample.i.bitPattern.littleEndian) { Array($0) }
    }
    let result = try ClassificationScene.classify(
      bytes, try BuiltInModel.load(),
      capture: CaptureConfiguration(format: SampleFormat(rawValue: "rf32_le")))
    #expect(result.windows.count == 16)
    #expect(result.windows.allSatisfy { $0.prediction.answer == .noise })
  }

  @Test("receiver noise alone is noise")
  func noise() throws {
    let model = try BuiltInModel.load()
    var classifier = try Classifier(model)
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<8 {
      let samples = gaussian(model.window, power: 1e-4, &generator)
      #expect(try classifier.classify(samples.span).prediction.answer == .noise)
    }
  }
}
