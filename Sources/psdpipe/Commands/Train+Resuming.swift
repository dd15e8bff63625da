import SignalPipeline

/// Going on from a checkpoint.
extension PSDPipe.Train {
  /// Says that the checkpoint is of another dataset.
  func misfit(_ reason: String) -> FileError {
    FileError(
      .unsupported, path: checkpoint,
      reason: "does not go with \(dataset): \(reason); resume with the dataset and seed that it "
        + "was begun with, or leave out --resume to begin anew")
  }

  /// The trainer that the checkpoint holds.
  ///
  /// - Throws: ``FileError`` unless it is one of this dataset and these options.
  func goOn(
    with network: Network, features: FeatureConfiguration, classes: [String]
  ) throws -> Trainer {
    guard Folder.contains(checkpoint) else {
      throw FileError(
        .missing, path: checkpoint,
        reason: "there is no checkpoint to go on from; leave out --resume to begin anew")
    }
    let saved = try Checkpoint(reading: checkpoint)
    guard saved.features.bins == features.bins else {
      throw misfit(
        "it takes spectra of \(saved.features.bins) bins, the dataset's have \(features.bins)")
    }
    let known = (try? Network(saved.network))?.outputShape.channels
    guard known == nil || known == classes.count else {
      throw misfit(
        "it tells \(known ?? 0) classes apart, the dataset has \(classes.count) "
          + "(\(classes.joined(separator: ", ")))")
    }
    let others =
      try differences("network", saved.network, network.description)
      + differences("features", saved.features, features)
      + differences("training", saved.configuration, training.configuration)
    guard others.isEmpty else {
      throw FileError(
        .unsupported, path: checkpoint,
        reason: "was written with other options: \(others.joined(separator: ", ")); "
          + "resume with the same ones")
    }
    do {
      return try Trainer(resuming: saved)
    } catch {
      throw FileError(.malformed, path: checkpoint, reason: "\(error)")
    }
  }

  /// Names the parts of two values that are not the same, such as `training.epochs`.
  private func differences<Value: Encodable & Equatable>(
    _ name: String, _ one: Value, _ other: Value
  ) throws -> [String] {
    if one == other { return [] }
    guard case .object(let first) = try JSONValue(encoding: one),
      case .object(let second) = try JSONValue(encoding: other)
    else { return [name] }
    let keys = Set(first.keys).union(second.keys).filter { first[$0] != second[$0] }
    return keys.isEmpty ? [name] : keys.sorted().map { "\(name).\($0)" }
  }
}
