/// What all trainings of a study came to, the repetitions of each together.
package struct StudyFindings: Hashable, Codable, Sendable {
  /// The repetitions of one training.
  package struct Group: Hashable, Codable, Sendable {
    /// What was trained.
    package var network: Architecture
    /// What was done about signals elsewhere in the band.
    package var treatment: StudyTreatment
    /// What was changed about the training; `nil` outside of the sweep.
    package var variation: StudyVariation?
    /// The number of trained parameters.
    package var parameters: Int
    /// Floating-point operations for one example: two for a multiplication with addition.
    package var flops: Int
    /// The number of examples that parameters were fitted to.
    package var trainingExamples: Int
    /// How often each of them was seen.
    package var epochs: Spread
    /// How many of the repetitions ended since their validation loss did not fall any more.
    package var converged: Int
    /// The accuracy within ±300 Hz at 48 kHz.
    package var inRange: Spread
    /// The accuracy over the whole band.
    package var anywhere: Spread
    /// The accuracy in the worst of the offset cells.
    package var worstCell: Spread
    /// The share of shifted spectra that are called as without a shift.
    package var consistent: Spread
    /// The largest change of a logit by a shift, of all repetitions.
    package var greatestChange: Double
    /// The accuracy in each of the offset cells, the repetitions' mean.
    package var offsets: [Double]
  }

  /// What was trained, on what and how long.
  package let configuration: StudyConfiguration

  /// The middles of the offset cells that hold test examples [cycles/sample].
  package let cells: [Double]

  /// Every network in every way, in the order of the configuration, then the sweep.
  package let groups: [Group]

  /// Every training.
  package let results: [StudyResult]

  /// Puts the repetitions of each training together.
  ///
  /// - Parameters:
  ///   - configuration: What was trained.
  ///   - results: What each of its runs came to, at least one.
  init(_ configuration: StudyConfiguration, results: [StudyResult]) {
    self.configuration = configuration
    self.results = results
    cells = results.first.map { Self.cells(of: $0).map(\.middle) } ?? []
    var places: [StudyRun: Int] = [:]
    var repetitions: [[StudyResult]] = []
    for result in results {
      var key = result.run
      key.seed = 0
      if let place = places[key] {
        repetitions[place].append(result)
      } else {
        places[key] = repetitions.count
        repetitions.append([result])
      }
    }
    groups = repetitions.map { Group($0) }.sorted { one, other in
      let (first, second) = (one.key(in: configuration), other.key(in: configuration))
      return first.lexicographicallyPrecedes(second)
    }
  }

  /// The cells that hold examples.
  fileprivate static func cells(of result: StudyResult) -> [AccuracyCurve.Cell] {
    result.offsets.cells.filter { $0.accuracy.count > 0 }
  }

  /// What people at a terminal are told: a line a group.
  package var text: String {
    var rows = [StudyTable.columns] + presets.map(StudyTable.cells)
    rows += sweep.map { group in
      let cells = StudyTable.sweepCells(of: group)
      return ["founding", "\(cells[0]) \(cells[1])"] + StudyTable.cells(of: group).dropFirst(2)
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        .joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  /// The repetitions of networks as they are.
  package var presets: [Group] { groups.filter { $0.variation == nil } }

  /// The repetitions of the founding network with changes.
  package var sweep: [Group] { groups.filter { $0.variation != nil } }
}

extension StudyFindings.Group {
  /// Puts repetitions together, at least one.
  fileprivate init(_ results: [StudyResult]) {
    let first = results[0]
    func spread(_ value: (StudyResult) -> Double) -> Spread { Spread(results.map(value)) }
    let cells = results.map { StudyFindings.cells(of: $0).map(\.accuracy.value) }
    self.init(
      network: first.run.network, treatment: first.run.treatment, variation: first.run.variation,
      parameters: first.parameters, flops: first.flops, trainingExamples: first.trainingExamples,
      epochs: spread { Double($0.epochs) }, converged: results.count(where: \.isConverged),
      inRange: spread(\.inRange.value), anywhere: spread(\.anywhere.value),
      worstCell: spread { $0.offsets.worst?.accuracy.value ?? 0 },
      consistent: spread(\.shifts.consistent.value),
      greatestChange: results.map(\.shifts.greatestChange).max() ?? 0,
      offsets: cells[0].indices.map { cell in
        cells.reduce(0) { $0 + $1[cell] } / Double(cells.count)
      })
  }

  /// Where the group stands among the others.
  fileprivate func key(in configuration: StudyConfiguration) -> [Int] {
    guard let variation else {
      return [
        0, configuration.networks.firstIndex(of: network) ?? 0,
        StudyTreatment.allCases.firstIndex(of: treatment) ?? 0,
      ]
    }
    return [
      1, StudyVariation.Quantity.allCases.firstIndex(of: variation.quantity) ?? 0, variation.value,
    ]
  }
}
