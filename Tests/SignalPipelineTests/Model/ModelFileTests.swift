import Foundation
import SignalPipeline
import Testing

@Suite struct ModelFileTests {
  static let description = NetworkDescription(
    inputShape: Shape(channels: 1, length: 8),
    layers: [
      .conv1d(Conv1d(outputChannels: 4, kernelSize: 3, padding: .circular)),
      .residual(
        Residual([
          .conv1d(Conv1d(outputChannels: 4, kernelSize: 3, padding: .circular)),
          .batchNorm1d(BatchNorm1d()),
        ])),
      .globalPool1d(GlobalPool1d(.both)), .linear(Linear(outputs: 3)),
    ])

  let folder: ScratchFolder
  let model: Model

  init() throws {
    folder = try ScratchFolder()
    model = try Self.makeModel()
  }

  static func makeModel() throws -> Model {
    let network = try Network(Self.description)
    var generator = SeededGenerator(seed: 1)
    return Model(
      network: Self.description, parameters: network.initialParameters(using: &generator),
      features: FeatureConfiguration(
        bins: 32, roll: .canonical, binsPerFeature: 4,
        normalization: .decibelsAboveFloor(offset: 3, span: 0.1)),
      spectrum: SpectrumConfiguration(bins: 32, overlap: 16, window: .hann), window: 256,
      classes: ["am", "fsk", "Größe/\"x\""], confidenceThreshold: 0.3, temperature: 1.7,
      provenance: Provenance(
        version: "0.1.0", recipe: "psdpipe train", seed: .max, dataset: "a test",
        figures: ["accuracy": 0.99]))
  }

  @Test("a model comes back as it was written, and equal models give equal bytes")
  func roundTrip() throws {
    try ModelFile.write(model, to: folder("a"))
    try ModelFile.write(model, to: folder("b"))
    #expect(try ModelFile.read(folder("a")) == model)
    #expect(try folder.bytes("a") == folder.bytes("b"))
  }

  @Test("the epochs of a training are kept where they are known, and only there")
  func history() throws {
    try ModelFile.write(model, to: folder("a"))
    let plain = try SafeTensors(readingFrom: folder("a")).metadata
    #expect(plain["provenance"]?.contains("history") == false)
    var trained = model
    trained.provenance.history = try JSONDecoder().decode(
      [EpochReport].self,
      from: Data(
        """
        [{"epoch":1,"learningRate":0.004,"trainingLoss":1.5,"trainingAccuracy":0.25,
        "validationLoss":0.30000000000000004,"validationAccuracy":0.5,"isBest":true}]
        """.utf8))
    try ModelFile.write(trained, to: folder("a"))
    #expect(try ModelFile.read(folder("a")) == trained)
  }

  @Test("bandwidths and a bin's width in Hz are kept where they are stated, and only there")
  func training() throws {
    try ModelFile.write(model, to: folder("a"))
    let plain = try SafeTensors(readingFrom: folder("a")).metadata
    #expect(plain["bandwidths"] == nil && plain["binWidth"] == nil)
    var stated = model
    stated.bandwidths = 0.06...0.2
    stated.binWidth = 244.140625
    try ModelFile.write(stated, to: folder("a"))
    #expect(try ModelFile.read(folder("a")) == stated)
    for text in ["[0.1]", "[0.3,0.2]", "[0.1,0.2,0.3]", "1", "[0,0.1]"] {
      try expect("key bandwidths", .malformed) { $0.metadata["bandwidths"] = text }
    }
    for text in ["0", "-3", "wide"] {
      try expect("key binWidth", .malformed) { $0.metadata["binWidth"] = text }
    }
  }

  @Test("a model keeps its channels; one of the mean alone does not speak of them")
  func channels() throws {
    try ModelFile.write(model, to: folder("a"))
    #expect(
      try SafeTensors(readingFrom: folder("a")).metadata["features"]?.contains("channels") == false)
    var wide = model
    wide.features.channels = [.mean, .kurtosis]
    wide.network.inputShape.channels = 2
    var generator = SeededGenerator(seed: 2)
    wide.parameters = try Network(wide.network).initialParameters(using: &generator)
    try ModelFile.write(wide, to: folder("b"))
    #expect(try ModelFile.read(folder("b")) == wide)
    wide.features.channels = [.mean]
    let error = #expect(throws: ConfigurationError.self) { try wide.makeNetwork() }
    #expect(error?.description.contains("(2, 8); the features have shape (1, 8)") == true)
    // The kurtosis takes two segments: 48 samples of segments of 32 that overlap by 16.
    wide.features.channels = [.mean, .kurtosis]
    wide.window = 47
    #expect(throws: ConfigurationError.self) { try wide.makeNetwork() }
    wide.window = 48
    #expect(throws: Never.self) { try wide.makeNetwork() }
  }

  @Test("the tensors have the names and shapes of the network's parameters")
  func tensors() throws {
    try ModelFile.write(model, to: folder("a"))
    let content = try SafeTensors(readingFrom: folder("a"))
    let parameters = try model.makeNetwork().parameters
    #expect(content.tensors.map(\.name) == parameters.map(\.name))
    #expect(content.tensors.map(\.name).contains("1.1.running_var"))
    #expect(content.tensors.map(\.shape) == parameters.map(\.shape))
    #expect(content.metadata["format"] == "psdpipe-model")
    #expect(content.metadata["window"] == "256")
    #expect(content.metadata["classes"] == #"["am","fsk","Größe/\"x\""]"#)
  }

  /// Writes a model after a change to its file's content and expects an error there.
  func expect(_ place: String, _ kind: FileError.Kind, _ change: (inout SafeTensors) -> Void)
    throws
  {
    try ModelFile.write(model, to: folder("a"))
    var content = try SafeTensors(readingFrom: folder("a"))
    change(&content)
    try content.write(to: folder("a"))
    #expect {
      try ModelFile.read(folder("a"))
    } throws: {
      let error = $0 as? FileError
      return error?.place == place && error?.kind == kind && error?.path == folder("a")
    }
  }

  @Test("tensors that are missing, not needed, mis-shaped or not F32 are named")
  func badTensors() throws {
    let name = "0.weight"
    let values = [Float](repeating: 0, count: 12)
    try expect("tensor \(name)", .missing) { $0.tensors.removeAll { $0.name == name } }
    try expect("tensor extra", .malformed) {
      $0.tensors.append(.init(name: "extra", shape: [], values: .float([1])))
    }
    try expect("tensor \(name)", .malformed) {
      $0.tensors[0] = .init(name: name, shape: [3, 1, 4], values: .float(values))
    }
    try expect("tensor \(name)", .unsupported) {
      $0.tensors[0] = .init(name: name, shape: [4, 1, 3], values: .double(values.map(Double.init)))
    }
    try expect("key parameters", .malformed) {
      $0.tensors[0] = .init(
        name: name, shape: [4, 1, 3], values: .float(values.dropLast() + [.nan]))
    }
    try expect("key parameters", .malformed) {
      $0.tensors.removeAll { $0.name == "1.1.running_var" }
      $0.tensors.append(
        .init(name: "1.1.running_var", shape: [4], values: .float([1, 1, -1, 1])))
    }
  }

  @Test(
    "keys that are missing or do not fit are named",
    arguments: [
      ("format", nil, "key format", FileError.Kind.missing),
      ("format", "pt", "key format", .malformed),
      ("version", "2", "key version", .unsupported),
      ("version", "one", "key version", .malformed),
      ("network", "{}", "key network, key inputShape", .missing),
      (
        "network",
        #"{"inputShape":{"channels":1,"length":8},"layers":[{"layer":"linear","outputs":1}]}"#,
        "key network", .malformed
      ),
      (
        "features", #"{"bins":32,"binsPerFeature":4,"roll":"none"}"#,
        "key features, key normalization", .missing
      ),
      ("window", "31", "key window", .malformed),
      ("window", "1e300", "key window", .malformed),
      ("window", "2147483648", "key window", .malformed),
      ("classes", #"["am","fsk"]"#, "key network", .malformed),
      ("classes", #"["am","fsk","fsk"]"#, "key classes", .malformed),
      ("classes", #"["am","fsk","unknown"]"#, "key classes", .malformed),
      ("confidenceThreshold", "1.5", "key confidenceThreshold", .malformed),
      ("temperature", "0", "key temperature", .malformed),
      ("temperature", #""nan""#, "key temperature", .malformed),
      (
        "spectrum", #"{"bins":64,"overlap":0,"window":"hann"}"#, "key features.bins", .malformed
      ),
      (
        "spectrum", #"{"bins":32,"overlap":32,"window":"hann"}"#, "key spectrum.overlap",
        .malformed
      ),
    ] as [(String, String?, String, FileError.Kind)])
  func badKeys(_ key: String, _ value: String?, _ place: String, _ kind: FileError.Kind) throws {
    try expect(place, kind) { $0.metadata[key] = value }
  }

  @Test("features of another shape than the network's input are refused")
  func inputShape() throws {
    try expect("key network.inputShape", .malformed) {
      $0.metadata["features"] = $0.metadata["features"]?
        .replacingOccurrences(of: #""binsPerFeature":4"#, with: #""binsPerFeature":8"#)
    }
  }

  @Test("a model whose parts do not fit is not written")
  func unfit() throws {
    var unfit = model
    unfit.parameters.removeLast()
    #expect(throws: ConfigurationError.self) { try ModelFile.write(unfit, to: folder("a")) }
    #expect(try folder.names.isEmpty)
  }
}

@Suite struct BuiltInModelTests {
  @Test("the built-in model is whole and tells its classes apart")
  func load() throws {
    let model = try BuiltInModel.load()
    #expect(try model.makeNetwork().outputShape.channels == model.classes.count)
    #expect(model.classes.count >= 2)
  }

  @Test("the script's source holds the file's bytes in lines that the formatter takes")
  func script() throws {
    let folder = try ScratchFolder()
    let model = try ModelFileTests.makeModel()
    try ModelFile.write(model, to: folder("a.safetensors"))
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let process = Process()
    process.executableURL = root.appending(path: "scripts/embed-model.sh")
    process.arguments = [folder("a.safetensors")]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    let source = String(decoding: output, as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(source.split(separator: "\n").allSatisfy { $0.count <= 100 })
    let parts = source.components(separatedBy: "\"\"\"")
    try #require(parts.count == 3)
    #expect(try BuiltInModel.decode(parts[1]) == model)
  }

  @Test("text that is no model throws", arguments: ["", "====", "AAAA", "e30="])
  func broken(_ text: String) {
    #expect(throws: FileError.self) { try BuiltInModel.decode(text) }
  }
}
