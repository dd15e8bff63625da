import SignalPipeline
import Testing

@Suite struct EvaluationModelTests {
  let model: Model
  let dataset: Dataset

  init() throws {
    model = try ClassificationScene.model()
    let count = 40
    var density: [Float] = []
    for index in 0..<count {
      let samples = ClassificationScene.samples(
        2048, tone: index % 3 == 0 ? nil : Double(index) / 100, seed: UInt64(index))
      density += try estimate(samples, model.spectrum)
    }
    dataset = Dataset(
      spectrum: model.spectrum, classes: model.classes, density: density,
      labels: (0..<count).map { $0 % 3 },
      conditions: (0..<count).map {
        ExampleConditions(offset: Double($0) / 100, snr: 10, bandwidth: 0.1)
      })
  }

  private func logits(_ examples: [Int]) throws -> [Float] {
    try examples.flatMap {
      try ClassificationScene.logits(of: dataset.spectra.values(of: $0), model)
    }
  }

  @Test("a model's evaluation is that of its logits, one example after the other")
  func evaluation() throws {
    for examples in [nil, [7, 3, 30]] {
      let asked = examples ?? Array(0..<dataset.count)
      let found = try Evaluation(of: model, on: dataset, examples: examples, workers: 2)
      let expected = try Evaluation(
        logits: logits(asked), labels: asked.map { dataset.labels[$0] }, classes: model.classes,
        conditions: asked.map { dataset.conditions[$0] },
        temperature: Double(model.temperature), threshold: 0)
      #expect(found.confusion == expected.confusion)
      #expect(found.curves == expected.curves)
      #expect(found.rejection?.rejected == expected.rejection?.rejected)
      // Batches of 16 may sum in another order than single examples.
      #expect(
        abs(
          found.reliability.negativeLogLikelihood - expected.reliability.negativeLogLikelihood)
          < 1e-5)
    }
  }

  @Test("the evaluation is the same to the last bit with one and with three workers")
  func workers() throws {
    #expect(
      try Evaluation(of: model, on: dataset, workers: 1)
        == Evaluation(of: model, on: dataset, workers: 3))
  }

  @Test("calibrating sets temperature and threshold from the examples, and nothing else")
  func calibrated() throws {
    let examples = Array(4..<34)
    let found = try model.calibrated(
      on: dataset, examples: examples, falseRejectionRate: 0.1, workers: 2)
    let expected = try Calibration(
      fitting: LabelledLogits(
        logits: logits(examples), classCount: 3, labels: examples.map { dataset.labels[$0] }),
      falseRejectionRate: 0.1)
    // Batches of 16 may sum in another order than single examples; the minimum is flat.
    #expect(abs(Double(found.temperature) / expected.temperature - 1) < 1e-3)
    #expect(abs(Double(found.confidenceThreshold) - expected.threshold) < 1e-3)
    var rest = found
    rest.temperature = model.temperature
    rest.confidenceThreshold = model.confidenceThreshold
    #expect(rest == model)
    #expect(throws: Never.self) { try found.makeNetwork() }
  }

  @Test("a dataset of other classes or spectra is refused, the field named")
  func mismatches() throws {
    func field(_ change: (inout Dataset) -> Void) throws -> [String?] {
      var other = dataset
      change(&other)
      let evaluated = #expect(throws: ConfigurationError.self) {
        try Evaluation(of: model, on: other, workers: 1)
      }
      let calibrated = #expect(throws: ConfigurationError.self) {
        try model.calibrated(on: other, examples: [0], falseRejectionRate: 0, workers: 1)
      }
      return [evaluated?.field, calibrated?.field]
    }
    #expect(try field { $0.classes.swapAt(0, 1) } == ["classes", "classes"])
    #expect(try field { $0.spectrum.overlap = 0 } == ["spectrum", "spectrum"])
    var other = dataset
    other.spectrum.overlap = 0
    let error = #expect(throws: ConfigurationError.self) {
      try Evaluation(of: model, on: other, workers: 1)
    }
    #expect(
      error?.description
        == "spectrum of the dataset is 256 bins, hann, overlap 0 samples; the model takes "
        + "256 bins, hann, overlap 128 samples")
    let bursty = try ClassificationScene.model(channels: [.mean, .maximum])
    let missing = #expect(throws: ConfigurationError.self) {
      try Evaluation(of: bursty, on: dataset, workers: 1)
    }
    #expect(
      missing?.description
        == "channels of the spectra are mean; the features are made of mean,max")
    #expect(throws: TrainingError.self) {
      try Evaluation(of: model, on: dataset, examples: [dataset.count], workers: 1)
    }
    #expect(throws: ConfigurationError.self) {
      try model.calibrated(on: dataset, examples: [], falseRejectionRate: 0.1, workers: 1)
    }
  }
}
