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
