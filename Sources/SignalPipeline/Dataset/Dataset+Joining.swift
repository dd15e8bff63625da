extension Dataset {
  /// Joins datasets whose spectra were estimated alike, one after the other.
  ///
  /// Classes of the same name are one; they stand in the order in which they first appear.
  /// Conditions are known where all parts have them.
  ///
  /// - Parameter parts: One dataset or more, each with its folder; spectra, window and channels
  ///   are equal.
  package init(joining parts: [(folder: String, dataset: Dataset)]) {
    precondition(!parts.isEmpty, "nothing to join")
    let first = parts[0].dataset
    let classes = parts.flatMap(\.dataset.classes).reduce(into: [String]()) { names, name in
      if !names.contains(name) { names.append(name) }
    }
    var labels: [Int] = []
    labels.reserveCapacity(parts.reduce(0) { $0 + $1.dataset.count })
    var joined: [Part] = []
    for (folder, dataset) in parts {
      precondition(
        dataset.spectrum == first.spectrum && dataset.window == first.window
          && dataset.channels == first.channels, "spectra that were estimated alike")
      let own = dataset.classes.compactMap(classes.firstIndex(of:))
      joined.append(
        Part(
          folder: folder, rows: labels.count..<labels.count + dataset.count,
          classes: own + classes.indices.filter { !own.contains($0) }))
      labels += dataset.labels.map { own[$0] }
    }
    let areKnown = parts.allSatisfy { !$0.dataset.conditions.isEmpty }
    self.init(
      spectrum: first.spectrum, window: first.window, classes: classes, channels: first.channels,
      spectra: Spectra(joining: parts.map(\.dataset.spectra)), labels: labels,
      conditions: areKnown ? parts.flatMap(\.dataset.conditions) : [], joined: joined)
  }

  /// The same examples with the classes in another order.
  ///
  /// - Parameter names: The names of the classes, all of them.
  /// - Returns: The dataset, its labels indices into `names`.
  package func ordered(by names: [String]) -> Dataset {
    guard names != classes else { return self }
    precondition(Set(names) == Set(classes) && names.count == classes.count, "other classes")
    let place = classes.compactMap(names.firstIndex(of:))
    return Dataset(
      spectrum: spectrum, window: window, classes: names, channels: channels, spectra: spectra,
      labels: labels.map { place[$0] }, conditions: conditions,
      joined: parts.map { part in
        var part = part
        part.classes = part.classes.map { place[$0] }
        return part
      })
  }
}
