import SignalPipeline

private let lines = MemoryFile()
private let exampleCount = 3

/// A complete dataset of three examples but for the lines of its conditions.
private let dataset: MemoryFolder = {
  let manifest = """
    {"format":"psdpipe-dataset","version":1,"count":3,"classes":["a","b"],"provenance":"fuzz",
     "spectrum":{"bins":2,"overlap":0,"window":"hann"}}
    """
  let folder = MemoryFolder([
    "manifest.json": MemoryFile(Array(manifest.utf8)), "conditions.jsonl": lines,
  ])
  let labels = [Int64](repeating: 1, count: exampleCount)
  let density = [Float](repeating: 1, count: exampleCount * 2)
  let written: Void? = readOrRefuse {
    try NPYFile.write(labels, shape: [exampleCount], to: "\(folder.path)/labels.npy")
    try NPYFile.write(density, shape: [exampleCount, 2], to: "\(folder.path)/psd.npy")
  }
  require(written != nil, "the harness cannot write its dataset")
  return folder
}()

/// Reads the conditions of a dataset.
func fuzzConditions(_ bytes: [UInt8]) {
  lines.replace(by: bytes)
  guard let read = readOrRefuse({ try DatasetDirectory.read(dataset.path) }) else { return }
  require(read.conditions.count == exampleCount, "\(read.conditions.count) conditions")
  for conditions in read.conditions { checkRoundTrip(conditions, isSame: ==) }
}
