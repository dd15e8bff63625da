internal import SystemPackage

extension DatasetDirectory {
  /// Reads datasets that are used as one, and checks that they can be.
  ///
  /// Classes of the same name are one; they stand in the order in which they first appear.
  ///
  /// - Parameter paths: The folders of one dataset or more.
  /// - Returns: The examples of all, in the order of the folders. Conditions are known where every
  ///   folder has them.
  /// - Throws: ``FileError`` as ``read(_:)-(String)``, and naming both folders: if one stands there
  ///   twice, if spectra were estimated in different ways, or if an example is in both, so that a
  ///   split would have it on both sides. A dataset without examples is an error, too.
  public static func read(_ paths: [String]) throws(FileError) -> Dataset {
    precondition(!paths.isEmpty, "no dataset")
    try checkFolders(paths)
    var manifests: [DatasetManifest] = []
    for path in paths {
      let manifest = try readManifest(path)
      guard manifest.count > 0 else {
        throw FileError(
          .malformed, path: path,
          reason: "the dataset has no examples: leave it out, or generate it with a --count "
            + "above 0")
      }
      manifests.append(manifest)
    }
    for (path, manifest) in zip(paths, manifests).dropFirst() {
      try check(manifest, of: path, fits: manifests[0], of: paths[0])
    }
    var datasets: [(folder: String, dataset: Dataset)] = []
    for path in paths { datasets.append((path, try read(path))) }
    guard datasets.count > 1 else { return datasets[0].dataset }
    for (index, first) in paths.enumerated() {
      for second in paths[(index + 1)...] { try checkOverlap(of: first, and: second) }
    }
    return Dataset(joining: datasets)
  }

  /// Checks that no folder stands there twice, however it is spelled.
  private static func checkFolders(_ paths: [String]) throws(FileError) {
    var seen: [Identity: String] = [:]
    for path in paths {
      // One that is not there is told when it is read.
      guard let status = try? FilePath(path).stat() else { continue }
      let identity = Identity(device: status.deviceID, inode: status.inode)
      if let other = seen.updateValue(path, forKey: identity) {
        throw FileError(
          .unsupported, path: path,
          reason: "is the same folder as \(other): its examples would count twice; name each "
            + "dataset once")
      }
    }
  }

  /// What a folder is, whatever its name.
  private struct Identity: Hashable {
    var device: DeviceID
    var inode: Inode
  }

  /// Checks that the spectra of two datasets were estimated alike.
  private static func check(
    _ manifest: DatasetManifest, of path: String, fits other: DatasetManifest, of first: String
  ) throws(FileError) {
    for (one, two) in zip(facts(of: manifest), facts(of: other)) where one.value != two.value {
      throw FileError(
        .unsupported, path: File.manifest.path(in: path), place: "key \(one.key)",
        reason: "\(one.value), that of \(first) is \(two.value); datasets that are used together "
          + "hold spectra that were estimated alike: generate one of them anew")
    }
  }

  /// What datasets must agree on to be used together.
  private static func facts(of manifest: DatasetManifest) -> [(key: String, value: String)] {
    let spectrum = manifest.spectrum
    return [
      ("spectrum.bins", "\(spectrum.bins)"),
      ("spectrum.segmentLength", "\(spectrum.segmentLength) samples"),
      ("spectrum.overlap", "\(spectrum.overlap) samples"),
      ("spectrum.window", "\(spectrum.window)"),
      ("spectrum.detrend", spectrum.detrend.rawValue),
      ("spectrum.averaging", "\(spectrum.averaging)"),
      ("window", manifest.window.map { "\($0) samples" } ?? "not given"),
      ("channels", SpectrumChannel.text(manifest.channels)),
    ]
  }

  private static func checkOverlap(of first: String, and second: String) throws(FileError) {
    let overlap = try DatasetOverlap(of: first, and: second)
    guard let example = overlap.example else { return }
    throw FileError(
      .unsupported, path: second, place: "row \(example.second)",
      reason: "this example is in row \(example.first) of \(first), and so are \(overlap.count) in "
        + "all: they would count twice, and a split could have them on both sides; generate one of "
        + "the datasets with another --seed")
  }
}
