import SignalPipeline
import SystemPackage

/// A folder with an evaluation's figures and pictures.
struct EvaluationFolder {
  private let folder: FilePath

  init(_ path: String) { folder = FilePath(path) }

  /// Writes `evaluation.json`, `confusion.svg`, `reliability.svg` and one picture a curve.
  ///
  /// - Throws: ``FileError`` where the folder cannot be written.
  ///
  /// - Parameters:
  ///   - evaluation: What is written.
  ///   - name: What the legend calls it.
  ///   - others: Evaluations whose curves are drawn beside it.
  func write(
    _ evaluation: Evaluation, of name: String,
    against others: [(name: String, evaluation: Evaluation)]
  ) throws {
    try Folder.create(folder.string)
    func path(_ name: String) -> String { folder.appending(name).string }
    let file = path("evaluation.json")
    try OutputFile.write(JSON.encode(evaluation, path: file), to: file)
    try OutputFile.write(HeatMap(evaluation.confusion).svg().text, to: path("confusion.svg"))
    let calibration = LinePlot(calibrationOf: evaluation).svg()
    try OutputFile.write(calibration.text, to: path("reliability.svg"))
    for curve in evaluation.curves {
      let plot = LinePlot(curve, against: others, named: name)
      try OutputFile.write(
        plot.svg().text, to: path("accuracy-\(curve.quantity.rawValue).svg"))
    }
  }
}
