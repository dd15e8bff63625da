import SignalPipeline

private let file = MemoryFile()

/// Reads an array as every type of element the library reads, and as a capture.
func fuzzNPY(_ bytes: [UInt8]) {
  file.replace(by: bytes)
  check(bytes, as: Float.self)
  check(bytes, as: Int64.self)
  check(bytes, as: UInt8.self)
  check(bytes, as: IQSample.self)
  fuzzCapture(file, bytes, named: "capture.npy")
}

private func check<Element: NPYElement>(_ bytes: [UInt8], as type: Element.Type) {
  guard let array = readOrRefuse({ try NPYFile.read(file.path, as: type) }) else { return }
  require(
    array.values.count == array.shape.reduce(1, *),
    "\(array.values.count) values of shape \(array.shape)")
  // In steps, as datasets are read.
  readOrRefuse {
    var reader = try NPYReader<Element>(file.path)
    var count = 0
    while true {
      let rows = try reader.read(rows: 3)
      if rows.isEmpty { break }
      count += rows.count
    }
    require(count == array.values.count, "\(count) values in steps, \(array.values.count) at once")
  }
  let path = "\(MemoryFolder.scratch.path)/array.npy"
  let again = readOrRefuse {
    try NPYFile.write(array.values, shape: array.shape, to: path)
    return try NPYFile.read(path, as: type)
  }
  // By their bytes: NaN equals nothing.
  require(
    again.map { $0.shape == array.shape && bytesOf($0.values) == bytesOf(array.values) } == true,
    "an array of shape \(array.shape) changed when written and read")
}

private func bytesOf(_ values: [some NPYElement]) -> [UInt8] {
  values.withUnsafeBytes { Array($0) }
}
