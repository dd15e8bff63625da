extension StudyConfiguration {
  /// What a run takes [FLOP]: a backward pass takes twice a forward pass.
  ///
  /// - Parameters:
  ///   - run: The training.
  ///   - epochs: How many epochs it trains; `nil` for the most that it may.
  /// - Returns: The work of training, validation and tests [FLOP].
  /// - Throws: ``NetworkError`` for a network that can't be built.
  func work(of run: StudyRun, epochs: Int? = nil) throws -> Double {
    let flops = Double(try Network(network(of: run)).flops)
    let data = Double(data(of: run).count)
    let validation = (data * validationShare).rounded()
    let tests = Double(inRange + anywhere + shiftedExamples * shifts)
    let epochs = Double(try epochs ?? training(of: run).epochs)
    return flops * (epochs * (3 * (data - validation) + validation) + tests)
  }

  /// Checks that every network can be built, and that the disk has room for the largest checkpoint
  /// twice, while it is replaced, and for all results.
  ///
  /// - Throws: ``ConfigurationError`` for a network that can't be built, ``FileError`` for a disk
  ///   with too little room.
  func checkRoom(for runs: [StudyRun], at path: String) throws {
    var largest = 0
    for run in runs {
      do {
        largest = max(largest, try Network(network(of: run)).parameterCount)
      } catch {
        throw ConfigurationError("sweep", "has a network that cannot be built: \(error)")
      }
    }
    // Parameters, two moments and the best parameters, four bytes each.
    let needed = 2 * 16 * largest + runs.count * (1 << 15) + (1 << 22)
    guard let free = Folder.freeBytes(at: path), free < needed else { return }
    throw FileError(
      .inputOutput, path: path,
      reason: "the study takes up to \(NumberText.withPrefix(Double(needed), unit: "B")), "
        + "\(NumberText.withPrefix(Double(free), unit: "B")) are free: make room or choose another "
        + "disk")
  }
}

extension Network {
  /// Floating-point operations for one example: two for a multiplication with addition.
  var flops: Int { summary.reduce(0) { $0 + $1.flops } }

  /// The number of parameters that are trained; running statistics are not.
  var trainedCount: Int { parameters.filter(\.isTrainable).reduce(0) { $0 + $1.range.count } }
}
