import Foundation
import SignalPipeline
import Testing

@Suite struct DatasetDirectoryTests {
  struct Details: Codable, Hashable {
    var echoes = [0.5, 0.25]
    var seed = UInt64.max
  }

  let folder: ScratchFolder
  let path: String
  let manifest: DatasetManifest

  init() throws {
    folder = try ScratchFolder()
    path = folder("deep/er/set")
    manifest = DatasetManifest(
      count: 99, spectrum: SpectrumConfiguration(bins: 4, overlap: 2, window: .hann),
      classes: ["am", "fsk"], seed: .max, generator: try JSONValue(encoding: Details()),
      provenance: "a test")
  }

  func write(_ manifest: DatasetManifest? = nil, count: Int = 3, overwrite: Bool = false) throws {
    var writer = try DatasetWriter(path, manifest: manifest ?? self.manifest, overwrite: overwrite)
    for row in 0..<count {
      try writer.append(
        density: [0, 1, 2, Float(row)], label: row % 2,
        conditions: ExampleConditions(offset: -0.25, snr: row == 0 ? .infinity : 3, bandwidth: 0.1),
        details: Details(), features: manifest?.features == nil ? [] : [0, 1])
    }
    try writer.commit()
  }

  @Test("a dataset comes back as it was written, with its manifest and conditions")
  func roundTrip() throws {
    try write()
    let dataset = try DatasetDirectory.read(path)
    #expect(dataset.spectrum == manifest.spectrum)
    #expect(dataset.classes == ["am", "fsk"])
    #expect(dataset.spectra.count == 3)
    for row in 0..<3 { #expect(try dataset.spectra.values(of: row) == [0, 1, 2, Float(row)]) }
    #expect(dataset.labels == [0, 1, 0])
    #expect(dataset.conditions.map(\.snr) == [.infinity, 3, 3])
    var expected = manifest
    expected.count = 3
    let found = try DatasetDirectory.readManifest(path)
    #expect(found == expected)
    #expect(try found.generator?.decode(as: Details.self) == Details())
    let lines = try String(contentsOfFile: "\(path)/conditions.jsonl", encoding: .utf8)
    #expect(
      lines.split(separator: "\n")[1]
        == """
        {"bandwidth":0.1,"class":"fsk","details":{"echoes":[0.5,0.25],"seed":18446744073709551615},\
        "label":1,"offset":-0.25,"snr":3}
        """)
  }

  @Test("features are checked where the manifest has a transform")
  func features() throws {
    var manifest = manifest
    manifest.features = FeatureConfiguration(
      bins: 4, roll: .canonical, binsPerFeature: 2, normalization: .decibelsAboveFloor())
    try write(manifest)
    #expect(try DatasetDirectory.read(path).count == 3)
    try NPYFile.write([0, 0, 0, 0, 0, 1.5] as [Float], shape: [3, 2], to: "\(path)/features.npy")
    #expect { try DatasetDirectory.read(path) } throws: {
      "\($0)"
        == "\(path)/features.npy: row 2, column 1: the value is 1.5; it must be from 0 to 1"
    }
  }

  @Test("channels are an axis between the examples and the bins; the mean alone has none")
  func channels() throws {
    var manifest = manifest
    manifest.channels = [.mean, .kurtosis]
    manifest.features = FeatureConfiguration(
      bins: 4, roll: .none, binsPerFeature: 2, normalization: .linearMinMax,
      channels: [.mean, .kurtosis])
    func write(_ last: Float) throws {
      var writer = try DatasetWriter(path, manifest: manifest, overwrite: true)
      for label in [0, 1] {
        try writer.append(
          density: [1, 2, 3, 4, 0, 1, 2, last], label: label, features: [0, 1, 0, 0.5])
      }
      try writer.commit()
    }
    try write(9)
    #expect(try NPYFile.read("\(path)/psd.npy", as: Float.self).shape == [2, 2, 4])
    #expect(try NPYFile.read("\(path)/features.npy", as: Float.self).shape == [2, 2, 2])
    let dataset = try DatasetDirectory.read(path)
    #expect(dataset.channels == [.mean, .kurtosis])
    for row in [0, 1] {
      #expect(try dataset.spectra.values(of: row) == [1, 2, 3, 4, 0, 1, 2, 9])
    }
    #expect { try write(-1) } throws: {
      ($0 as? FileError)?.place == "row 0, channel 1, column 3"
    }
    let text = try String(contentsOfFile: "\(path)/manifest.json", encoding: .utf8)
    // A program that knows no channels finds another shape than it looks for.
    try OutputFile.write(
      text.replacing(/"channels" : \[\s*"mean",\s*"kurtosis"\s*\],/, with: ""),
      to: "\(path)/manifest.json")
    #expect { try DatasetDirectory.read(path) } throws: {
      "\($0)" == "\(path)/psd.npy: shape: [2, 2, 4]; the manifest says [2, 4]"
    }
  }

  @Test("a manifest whose channels make no sense is refused")
  func badChannels() {
    func expect(_ field: String, _ change: (inout DatasetManifest) -> Void) {
      var manifest = manifest
      manifest.channels = [.mean, .maximum]
      change(&manifest)
      let error = #expect(throws: ConfigurationError.self) { try manifest.validate() }
      #expect(error?.field == field)
    }
    expect("channels") { $0.channels = [.maximum] }
    expect("channels") { $0.channels = [] }
    expect("channels") { $0.spectrum.averaging = .median }
    expect("window") {
      $0.channels = [.mean, .kurtosis]
      // One segment is 4 samples, two are 6.
      $0.window = 5
    }
    expect("features.channels") {
      $0.features = FeatureConfiguration(
        bins: 4, roll: .none, binsPerFeature: 1, normalization: .linearMinMax,
        channels: [.kurtosis])
    }
  }

  @Test("an existing dataset is refused, and replaced only when asked")
  func overwrite() throws {
    try write()
    #expect { try write(count: 1) } throws: { ($0 as? FileError)?.kind == .inputOutput }
    #expect(try DatasetDirectory.read(path).count == 3)
    try write(count: 1, overwrite: true)
    #expect(try DatasetDirectory.read(path).count == 1)
  }

  @Test("an interrupted run is recognised, and leaves the old dataset")
  func interrupted() throws {
    do {
      var writer = try DatasetWriter(path, manifest: manifest)
      try writer.append(density: [0, 1, 2, 3], label: 0)
    }
    #expect { try DatasetDirectory.read(path) } throws: {
      "\($0)".contains("manifest.json") && ($0 as? FileError)?.kind == .missing
    }
    try write()
    do {
      var writer = try DatasetWriter(path, manifest: manifest, overwrite: true)
      try writer.append(density: [0, 1, 2, 3], label: 0)
    }
    #expect(try DatasetDirectory.read(path).count == 3)
    #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == 4)
  }

  @Test("a density that is not finite or negative is refused", arguments: [-1, .nan, .infinity])
  func badDensity(_ value: Float) throws {
    var writer = try DatasetWriter(path, manifest: manifest)
    try writer.append(density: [0, 1, 2, 3], label: 0)
    do {
      try writer.append(density: [0, 0, value, 0], label: 0)
      Issue.record("\(value) was taken")
    } catch {
      #expect(error.place == "row 1, column 2")
    }
    _ = consume writer
    try write()
    try NPYFile.write(
      [Float](repeating: 0, count: 11) + [value], shape: [3, 4], to: "\(path)/psd.npy")
    #expect { try DatasetDirectory.read(path) } throws: {
      ($0 as? FileError)?.place == "row 2, column 3"
    }
  }

  @Test("labels without a class, and counts that disagree, name the file")
  func disagreement() throws {
    try write()
    try NPYFile.write([0, 1, 2] as [Int64], shape: [3], to: "\(path)/labels.npy")
    #expect { try DatasetDirectory.read(path) } throws: {
      "\($0)" == "\(path)/labels.npy: row 2: label 2; the manifest names 2 classes"
    }
    try NPYFile.write([0, 1] as [Int64], shape: [2], to: "\(path)/labels.npy")
    #expect { try DatasetDirectory.read(path) } throws: {
      "\($0)" == "\(path)/labels.npy: shape: [2]; the manifest says [3]"
    }
    try NPYFile.write([0, 1, 1] as [Int64], shape: [3], to: "\(path)/labels.npy")
    #expect { try DatasetDirectory.read(path) } throws: {
      "\($0)" == "\(path)/conditions.jsonl: line 3: label 0; labels.npy says 1"
    }
  }

  @Test(
    "a broken line of conditions is named",
    arguments: [
      ("", "line 1: the file ends here; there are 1 examples"),
      ("{}", "line 1, key offset: this key is missing"),
      (#"{"offset":0,"snr":"nan","bandwidth":1}"#, "line 1: offset and bandwidth must be finite"),
      (#"{"offset":0,"snr":0,"bandwidth":1}"# + "\n{}", "line 2: there are only 1 examples"),
    ])
  func badConditions(_ text: String, _ expected: String) throws {
    try write(count: 1)
    try OutputFile.write(text, to: "\(path)/conditions.jsonl")
    #expect { try DatasetDirectory.read(path) } throws: {
      "\($0)".hasPrefix("\(path)/conditions.jsonl: \(expected)")
    }
  }

  @Test(
    "a manifest that makes no sense is refused, naming the key",
    arguments: [
      (#""format" : "psdpipe-dataset""#, #""format" : "x""#, "key format"),
      (#""version" : 1"#, #""version" : 2"#, "key version"),
      (#""bins" : 4"#, #""bins" : 1"#, "key spectrum.bins"),
      (#""overlap" : 2"#, #""overlap" : -2"#, "key spectrum.overlap"),
      (#""fsk""#, #""am""#, "key classes"),
      (#""count" : 3"#, #""count" : -3"#, "key count"),
      (#""provenance" : "a test","#, "", "key provenance"),
    ])
  func badManifest(_ old: String, _ new: String, _ place: String) throws {
    try write()
    let file = "\(path)/manifest.json"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.contains(old))
    try OutputFile.write(text.replacingOccurrences(of: old, with: new), to: file)
    #expect { try DatasetDirectory.read(path) } throws: { ($0 as? FileError)?.place == place }
  }
}
