/// Tries circular shifts of a dataset's spectra, by computing everything for every one of them.
package struct SpectrumShiftTrial: Sendable {
  /// How many shifts are tried between two reports.
  private static let pieceSize = 512

  /// The number of shifts of an example.
  package var shifts: Int { dataset.spectrum.bins }

  private let model: Model
  private let dataset: Dataset
  private let comparesFeatures: Bool
  private let logitShifts: Int
  /// Whether logits are computed at each shift.
  private let hasLogits: [Bool]

  /// What one piece of the shifts of one example gave.
  private struct Finding: Sendable {
    var firstDifference: Int?
    var largestLogitDifference: Float = 0
    var isConsistent = true
  }

  /// - Parameters:
  ///   - model: What is tried.
  ///   - dataset: Spectra that it takes.
  ///   - logitShifts: The number of shifts with logits; `nil` for the default.
  ///   - comparesFeatures: Whether features must be the same at all shifts; `nil` goes by the roll.
  /// - Throws: ``ConfigurationError`` unless there are 1 to `bins` shifts.
  package init(
    _ model: Model, _ dataset: Dataset, logitShifts: Int? = nil, comparesFeatures: Bool? = nil
  ) throws(ConfigurationError) {
    self.model = model
    self.dataset = dataset
    let bins = dataset.spectrum.bins
    let areSame = comparesFeatures ?? [.canonical, .centroid].contains(model.features.roll)
    self.comparesFeatures = areSame
    let count = logitShifts ?? (areSame ? min(64, bins) : bins)
    guard (1...bins).contains(count) else {
      throw ConfigurationError("shifts", "are \(count); spectra of \(bins) bins have 1 to \(bins)")
    }
    self.logitShifts = count
    var hasLogits = [Bool](repeating: false, count: bins)
    for shift in Invariance.spread(count, over: bins) { hasLogits[shift] = true }
    self.hasLogits = hasLogits
  }

  /// Tries all examples.
  package func run(
    workers: Int, report: (_ done: Int) -> Void = { _ in }
  ) throws -> Invariance.SpectrumShifts {
    let pieces = Batching.parts(of: 0..<shifts, atMost: Self.pieceSize)
    var differing = 0
    var firstDifference: Invariance.Place?
    var largest: Float = 0
    var consistent = 0
    var example = Finding()
    try Parallel.stream(
      dataset.count * pieces.count, workers: workers, ahead: 4 * workers,
      state: { try ModelTrial(model, channels: dataset.channels) }
    ) { trial, index -> Finding in
      let (number, piece) = index.quotientAndRemainder(dividingBy: pieces.count)
      return try find(in: dataset.spectra.values(of: number), pieces[piece], &trial)
    } take: { finding, index in
      let (number, piece) = index.quotientAndRemainder(dividingBy: pieces.count)
      if piece == 0 { example = Finding() }
      example.firstDifference = example.firstDifference ?? finding.firstDifference
      example.isConsistent = example.isConsistent && finding.isConsistent
      largest = max(largest, finding.largestLogitDifference)
      report(number * shifts + pieces[piece].upperBound)
      guard piece == pieces.count - 1 else { return }
      if example.isConsistent { consistent += 1 }
      guard let shift = example.firstDifference else { return }
      differing += 1
      firstDifference =
        firstDifference ?? Invariance.Place(example: number, shift: Double(shift))
    }
    return Invariance.SpectrumShifts(
      examples: dataset.count, featureShifts: comparesFeatures ? shifts : 0, differing: differing,
      firstDifference: firstDifference, logitShifts: logitShifts,
      largestLogitDifference: Double(largest),
      consistent: Proportion(consistent, of: dataset.count))
  }

  private func find(
    in spectrum: [Float], _ piece: Range<Int>, _ trial: inout ModelTrial
  ) -> Finding {
    var finding = Finding()
    trial.computeFeatures(of: spectrum)
    let features = trial.features
    let logits = trial.logits()
    let best = ModelTrial.best(of: logits)
    var shifted = spectrum
    for shift in piece where comparesFeatures || hasLogits[shift] {
      for row in dataset.channels.indices {
        let (first, end) = (row * shifts, (row + 1) * shifts)
        shifted.replaceSubrange(first..<end - shift, with: spectrum[first + shift..<end])
        shifted.replaceSubrange(end - shift..<end, with: spectrum[first..<first + shift])
      }
      trial.computeFeatures(of: shifted)
      if comparesFeatures, finding.firstDifference == nil,
        !ModelTrial.areSame(trial.features, features)
      {
        finding.firstDifference = shift
      }
      guard hasLogits[shift] else { continue }
      let found = trial.logits()
      finding.largestLogitDifference = max(
        finding.largestLogitDifference, ModelTrial.largestDifference(found, logits))
      if ModelTrial.best(of: found) != best { finding.isConsistent = false }
    }
    return finding
  }
}
