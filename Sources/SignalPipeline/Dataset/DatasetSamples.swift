/// The samples that the spectra of datasets were estimated from, read where they lie.
public struct DatasetSamples: Sendable {
  private let parts: [NPYRows<IQSample>]

  /// The samples of an example.
  public let window: Int

  /// Opens the samples of datasets that are used as one; `nil` where a folder has no `iq.npy`, or
  /// where windows differ.
  ///
  /// - Parameter paths: The folders, in the order of the datasets' examples.
  /// - Throws: ``FileError`` naming the file that can't be read.
  public init?(of paths: [String]) throws(FileError) {
    var parts: [NPYRows<IQSample>] = []
    var window: Int?
    for path in paths {
      let manifest = try DatasetDirectory.readManifest(path)
      guard let count = manifest.sampleCount, window ?? count == count else { return nil }
      window = count
      let file = DatasetDirectory.File.samples.path(in: path)
      let reader = try NPYReader<IQSample>(file)
      guard reader.header.shape == [manifest.count, count] else {
        throw FileError(
          .malformed, path: file, place: "shape",
          reason: "\(reader.header.shape); the manifest says \([manifest.count, count])")
      }
      parts.append(try NPYRows(reader))
    }
    guard let window else { return nil }
    self.parts = parts
    self.window = window
  }

  /// Reads the samples of an example, on any thread.
  ///
  /// - Parameters:
  ///   - example: An example of the datasets, counted through.
  ///   - samples: Where they go [FS], ``window`` of them.
  /// - Throws: ``FileError`` when the file can't be read any more.
  func read(_ example: Int, into samples: inout [IQSample]) throws(FileError) {
    let (part, row) = place(of: example)
    try part.read(row, into: &samples)
  }

  /// The file that holds an example.
  func path(of example: Int) -> String { place(of: example).part.path }

  private func place(of example: Int) -> (part: NPYRows<IQSample>, row: Int) {
    var row = example
    for part in parts {
      if row < part.count { return (part, row) }
      row -= part.count
    }
    preconditionFailure("example \(example) is in no part")
  }
}
