import SignalPipeline

/// A small untrained model, and labelled spectra that it can be evaluated on.
enum ReportScene {
  /// A model that takes some examples for each of its three classes.
  static func model(threshold: Float = 0) throws -> Model {
    var model = try ClassificationScene.model(threshold: threshold)
    let dataset = try dataset(model)
    var sums = [Float](repeating: 0, count: 3)
    for example in 0..<dataset.count {
      let logits = try ClassificationScene.logits(of: dataset.spectra.values(of: example), model)
      for (index, logit) in logits.enumerated() { sums[index] += logit }
    }
    // Logits around 0 for every class.
    for parameter in try model.makeNetwork().parameters where parameter.name == "3.bias" {
      for (place, sum) in zip(parameter.range, sums) {
        model.parameters[place] -= sum / Float(dataset.count)
      }
    }
    return model
  }

  /// Tones and noise, every third example; labels of all classes go round among both.
  static func dataset(
    _ model: Model, count: Int = 60, classes: [String]? = nil, knowsConditions: Bool = true
  ) throws -> Dataset {
    let classes = classes ?? model.classes
    var density: [Float] = []
    for index in 0..<count {
      let samples = ClassificationScene.samples(
        2048, tone: index % 3 == 0 ? nil : offset(index), seed: UInt64(index))
      density += try estimate(samples, model.spectrum)
    }
    return Dataset(
      spectrum: model.spectrum, classes: classes, density: density,
      labels: (0..<count).map { $0 / 3 % classes.count },
      conditions: knowsConditions
        ? (0..<count).map {
          ExampleConditions(
            offset: offset($0), snr: Double($0 % 20), bandwidth: 0.06 + Double($0 % 5) * 0.03)
        } : [])
  }

  /// The frequency of an example's tone [cycles/sample].
  static func offset(_ index: Int) -> Double { Double(index * 37 % 100) / 100 - 0.5 }

  /// The report of a model on a dataset.
  static func report(
    _ model: Model, _ dataset: Dataset, name: String = "m", folder: String = "test",
    against others: [EvaluationReport.Entry] = [], workers: Int = 2
  ) throws -> (evaluation: Evaluation, page: String) {
    let scored = try ScoredDataset(of: model, on: dataset, workers: workers)
    let evaluation = try Evaluation(scored, offsetCells: 8)
    let manifest = DatasetManifest(
      count: dataset.count, spectrum: dataset.spectrum, classes: dataset.classes, seed: 5,
      provenance: "a test")
    let report = try EvaluationReport(
      of: EvaluationReport.Entry(name: name, model: model, evaluation: evaluation),
      against: others, scored: scored,
      sources: [EvaluationReport.Source(folder: folder, manifest: manifest)],
      command: "psdpipe evaluate \(name) \(folder)", workers: workers)
    return (evaluation, try report.page().text)
  }
}
