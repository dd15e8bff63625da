import Foundation
import SignalPipeline
import Testing

@Suite struct NetworkDescriptionTests {
  private func decode(_ layers: String, _ channels: Int = 1, _ length: Int = 64) throws
    -> NetworkDescription
  {
    let text = """
      {"inputShape":{"channels":\(channels),"length":\(length)},"layers":[\(layers)]}
      """
    return try JSONDecoder().decode(NetworkDescription.self, from: Data(text.utf8))
  }

  @Test("every architecture survives JSON", arguments: Architecture.allCases)
  func roundTrip(_ architecture: Architecture) throws {
    let description = architecture.description(classes: 3)
    let data = try JSONEncoder().encode(description)
    #expect(try JSONDecoder().decode(NetworkDescription.self, from: data) == description)
  }

  @Test("a description reads as documented, with defaults for what is left out")
  func documented() throws {
    let description = try decode(
      """
      {"layer":"conv1d","outputChannels":16,"kernelSize":16,"stride":4,"padding":"circular"},
      {"layer":"residual","body":[{"layer":"conv1d","outputChannels":16,"kernelSize":3,
      "padding":1},{"layer":"relu"}]},{"layer":"maxPool1d","kernelSize":2},{"layer":"flatten"},
      {"layer":"linear","outputs":2}
      """)
    #expect(
      description.layers == [
        .conv1d(Conv1d(outputChannels: 16, kernelSize: 16, stride: 4, padding: .circular)),
        .residual(
          Residual([
            .conv1d(Conv1d(outputChannels: 16, kernelSize: 3, padding: .zeros(1))),
            .relu(ReLU()),
          ])),
        .maxPool1d(MaxPool1d(kernelSize: 2, stride: 2)), .flatten(Flatten()),
        .linear(Linear(outputs: 2)),
      ])
    #expect(try Network(description).outputShape == Shape(channels: 2, length: 1))
  }

  @Test("every pool and activation reads back from its JSON, with PyTorch's defaults")
  func windows() throws {
    let description = try decode(
      """
      {"layer":"leakyRelu"},{"layer":"leakyRelu","slope":0.2},
      {"layer":"maxPool1d","kernelSize":4,"stride":1,"padding":2},
      {"layer":"averagePool1d","kernelSize":2},
      {"layer":"averagePool1d","kernelSize":3,"stride":1,"padding":1,"countsPadding":false},
      {"layer":"blurPool1d","kernelSize":3,"stride":1},
      {"layer":"blurPool1d","kernelSize":5,"stride":2,"padding":"reflect"},
      {"layer":"adaptivePolyphaseSampling1d","stride":3},
      {"layer":"dropout","probability":0.5},{"layer":"flatten"},{"layer":"linear","outputs":2}
      """, 3, 71)
    #expect(
      description.layers.dropLast(2) == [
        .leakyRelu(LeakyReLU(slope: 0.01)), .leakyRelu(LeakyReLU(slope: 0.2)),
        .maxPool1d(MaxPool1d(kernelSize: 4, stride: 1, padding: 2)),
        .averagePool1d(AveragePool1d(kernelSize: 2, stride: 2)),
        .averagePool1d(
          AveragePool1d(kernelSize: 3, stride: 1, padding: 1, countsPadding: false)),
        .blurPool1d(BlurPool1d(kernelSize: 3, stride: 1, padding: .circular)),
        .blurPool1d(BlurPool1d(kernelSize: 5, stride: 2, padding: .reflect)),
        .adaptivePolyphaseSampling1d(AdaptivePolyphaseSampling1d(stride: 3)),
        .dropout(Dropout(probability: 0.5)),
      ])
    let data = try JSONEncoder().encode(description)
    #expect(try JSONDecoder().decode(NetworkDescription.self, from: data) == description)
    let rows = try Network(description).summary
    #expect(
      rows.prefix(9).map(\.outputShape.length) == [71, 71, 72, 36, 36, 36, 18, 6, 6])
    #expect(rows.allSatisfy { $0.outputShape.channels == 3 || $0.outputShape.length == 1 })
    // Spans 4, 2, 3, 3, 5, 3, at steps of 1, 1, 2, 2, 2, 4 bins.
    #expect(rows.prefix(9).map(\.receptiveField) == [1, 1, 4, 5, 9, 13, 21, 29, 29])
    // Two for each of 36·3·3 and 18·3·5 products of the filters, and of 18·3 squares.
    #expect(rows.prefix(9).map(\.flops) == [0, 0, 0, 0, 0, 648, 540, 108, 0])
  }

  @Test(
    "a description with an unknown layer, key or padding is refused",
    arguments: [
      #"{"layer":"lstm"}"#, #"{"layer":"relu","slope":1}"#, #"{"kernelSize":3}"#,
      #"{"layer":"conv1d","outputChannels":1,"kernelSize":3,"strides":2}"#,
      #"{"layer":"conv1d","outputChannels":1,"kernelSize":3,"padding":"same"}"#,
      #"{"layer":"conv1d","outputChannels":1e30,"kernelSize":3}"#,
      #"{"layer":"leakyRelu","negativeSlope":0.1}"#,
      #"{"layer":"maxPool1d","kernelSize":3,"dilation":2}"#, #"{"layer":"averagePool1d"}"#,
      #"{"layer":"averagePool1d","kernelSize":3,"countIncludePad":true}"#,
      #"{"layer":"blurPool1d","kernelSize":3}"#,
      #"{"layer":"blurPool1d","kernelSize":3,"stride":2,"padding":1}"#,
      #"{"layer":"adaptivePolyphaseSampling1d"}"#,
      #"{"layer":"adaptivePolyphaseSampling1d","stride":2,"norm":2}"#,
      #"{"layer":"dropout"}"#, #"{"layer":"dropout","p":0.5}"#,
    ])
  func unknown(_ layer: String) {
    #expect(throws: DecodingError.self) { try decode(layer) }
  }

  @Test(
    "a number that is no whole one is named by its key",
    arguments: [
      (#"{"layer":"conv1d","outputChannels":1e30,"kernelSize":3}"#, "layers.0.outputChannels"),
      (#"{"layer":"conv1d","outputChannels":2,"kernelSize":3.5}"#, "layers.0.kernelSize"),
      (#"{"layer":"maxPool1d","kernelSize":3,"stride":0.5}"#, "layers.0.stride"),
      (#"{"layer":"conv1d","outputChannels":2,"kernelSize":3,"padding":1.5}"#, "padding"),
    ])
  func fractions(_ layer: String, key: String) {
    let text = #"{"inputShape":{"channels":1,"length":8},"layers":[\#(layer)]}"#
    let error = #expect(throws: FileError.self) {
      try JSON.decode(NetworkDescription.self, from: Array(text.utf8), path: "n.json")
    }
    #expect(error?.place?.contains(key) == true, "\(String(describing: error))")
  }

  @Test("a key beside the layers that a network does not know is refused by name")
  func unknownBeside() {
    let text = #"{"inputShape":{"channels":1,"length":8},"layers":[],"roll":"none"}"#
    let error = #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(NetworkDescription.self, from: Data(text.utf8))
    }
    guard case .dataCorrupted(let context) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(context.debugDescription == "the network has no \"roll\"; it has inputShape, layers")
  }

  @Test(
    "a layer that does not take its input is named with the reason",
    arguments: [
      (#"{"layer":"conv1d","outputChannels":2,"kernelSize":65}"#, "0", "spans 65"),
      (
        #"{"layer":"conv1d","outputChannels":2,"kernelSize":9,"stride":5,"padding":"circular"}"#,
        "0", "no multiple"
      ),
      (
        #"{"layer":"conv1d","outputChannels":2,"kernelSize":2,"stride":4,"padding":"circular"}"#,
        "0", "reach the stride"
      ),
      (#"{"layer":"conv1d","outputChannels":0,"kernelSize":2}"#, "0", "outputChannels is 0"),
      (#"{"layer":"conv1d","outputChannels":1,"kernelSize":-2}"#, "0", "kernelSize is -2"),
      (
        #"{"layer":"conv1d","outputChannels":1,"kernelSize":2,"stride":0}"#, "0",
        "stride is 0"
      ),
      (
        #"{"layer":"conv1d","outputChannels":1,"kernelSize":2,"padding":-1}"#, "0",
        "padding is -1"
      ),
      (
        #"{"layer":"conv1d","outputChannels":1,"kernelSize":2,"dilation":1000000000000000000}"#,
        "0", "dilation is"
      ),
      (
        #"{"layer":"conv1d","outputChannels":16777216,"kernelSize":1}"#, "0", "not 1 to"
      ),
      (#"{"layer":"relu"},{"layer":"maxPool1d","kernelSize":65}"#, "1", "window has 65"),
      (#"{"layer":"leakyRelu","slope":-0.5}"#, "0", "slope is -0.5; it must be 0 to 1"),
      (#"{"layer":"maxPool1d","kernelSize":5,"padding":3}"#, "0", "padding is 3"),
      (#"{"layer":"maxPool1d","kernelSize":4,"padding":-1}"#, "0", "padding is -1"),
      (
        #"{"layer":"maxPool1d","kernelSize":1000,"padding":400}"#, "0",
        "the padded input 864"
      ),
      (#"{"layer":"averagePool1d","kernelSize":0}"#, "0", "kernelSize is 0"),
      (#"{"layer":"averagePool1d","kernelSize":2,"stride":-1}"#, "0", "stride is -1"),
      (#"{"layer":"averagePool1d","kernelSize":2,"padding":2}"#, "0", "padding is 2"),
      (#"{"layer":"blurPool1d","kernelSize":0,"stride":2}"#, "0", "kernelSize is 0"),
      (#"{"layer":"blurPool1d","kernelSize":65,"stride":2}"#, "0", "must be 1 to 64"),
      (#"{"layer":"blurPool1d","kernelSize":3,"stride":0}"#, "0", "stride is 0"),
      (#"{"layer":"blurPool1d","kernelSize":3,"stride":5}"#, "0", "no multiple"),
      (#"{"layer":"adaptivePolyphaseSampling1d","stride":0}"#, "0", "stride is 0"),
      (#"{"layer":"adaptivePolyphaseSampling1d","stride":7}"#, "0", "no multiple"),
      (#"{"layer":"dropout","probability":1}"#, "0", "probability is 1.0"),
      (#"{"layer":"dropout","probability":-0.1}"#, "0", "probability is -0.1"),
      (#"{"layer":"linear","outputs":2}"#, "0", "flatten or pool"),
      (
        #"{"layer":"flatten"},{"layer":"linear","outputs":9000000000000000000}"#, "1",
        "outputs is"
      ),
      (
        #"{"layer":"relu"},{"layer":"residual","body":[{"layer":"flatten"}]}"#, "1",
        "makes (64, 1) of (1, 64)"
      ),
      (#"{"layer":"residual","body":[]}"#, "0", "no layers"),
      (
        #"{"layer":"residual","body":[{"layer":"relu"},{"layer":"linear","outputs":2}]}"#,
        "0.1", "flatten or pool"
      ),
    ])
  func mismatch(_ layers: String, _ place: String, _ reason: String) throws {
    let description = try decode(layers)
    let error = #expect(throws: NetworkError.self) { try Network(description) }
    #expect(error?.layer == place)
    let flat = layers.contains("flatten\"},")
    let shape = flat ? Shape(channels: 64, length: 1) : Shape(channels: 1, length: 64)
    #expect(error?.inputShape == shape)
    #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
  }

  @Test("a network without layers, end or a possible input is refused")
  func whole() throws {
    #expect(throws: NetworkError.self) { try Network(decode("")) }
    let open = #expect(throws: NetworkError.self) {
      try Network(decode(#"{"layer":"relu"}"#))
    }
    #expect(open?.description.contains("one position") == true)
    for (channels, length) in [(0, 8), (8, -1), (1 << 62, 1 << 62), (1_000_000, 1_000_000)] {
      let flat = #"{"layer":"flatten"}"#
      #expect(throws: NetworkError.self) { try Network(decode(flat, channels, length)) }
    }
  }

  @Test("a network too deep or too large for memory is refused")
  func limits() throws {
    var stage = NetworkDescription.Stage.relu(ReLU())
    for _ in 0..<40 { stage = .residual(Residual([stage])) }
    let small = Shape(channels: 1, length: 1)
    #expect(throws: NetworkError.self) {
      try Network(NetworkDescription(inputShape: small, layers: [stage]))
    }
    // Its output is small, but the rows of its gradient are as long as its stride.
    for layer in [
      Conv1d(outputChannels: 64, kernelSize: 1, stride: 1 << 24),
      Conv1d(outputChannels: 1 << 20, kernelSize: 2, dilation: 254),
    ] {
      let error = #expect(throws: NetworkError.self) {
        try Network(
          NetworkDescription(
            inputShape: Shape(channels: 1, length: 256),
            layers: [
              .conv1d(layer), .globalPool1d(GlobalPool1d(.maximum)), .linear(Linear(outputs: 2)),
            ]))
      }
      #expect(error?.layer == "0" && error?.reason.contains("to train it takes") == true)
    }
    let many = [NetworkDescription.Stage](repeating: .relu(ReLU()), count: 5000)
    #expect(throws: NetworkError.self) {
      try Network(NetworkDescription(inputShape: small, layers: many))
    }
    let large = Shape(channels: 1 << 24, length: 1)
    #expect(throws: NetworkError.self) {
      try Network(NetworkDescription(inputShape: large, layers: Array(many.prefix(10))))
    }
  }
}
