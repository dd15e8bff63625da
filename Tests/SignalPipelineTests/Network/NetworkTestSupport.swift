import Foundation
import SignalPipeline

/// Numbers that the tests and `network_goldens.py` both compute, exact as `Float`.
func hashedValues(_ count: Int, seed: Int) -> [Float] {
  (0..<count).map { index in
    var h = UInt32(truncatingIfNeeded: index &+ seed &* 0x9E37_79B9)
    h ^= h >> 16
    h = h &* 0x7FEB_352D
    h ^= h >> 15
    h = h &* 0x846C_A68B
    h ^= h >> 16
    return Float(h >> 8) / 0x1p23 - 1
  }
}

/// The parameters that `network_goldens.py` gives its models.
func hashedParameters(_ declarations: [(name: String, count: Int)], seed: Int) -> [Float] {
  var values = hashedValues(declarations.reduce(0) { $0 + $1.count }, seed: seed).map { $0 / 2 }
  var at = 0
  for declaration in declarations {
    if declaration.name.hasSuffix("running_var") {
      for index in at..<at + declaration.count { values[index] = abs(values[index]) + 0.5 }
    }
    at += declaration.count
  }
  return values
}

/// Reorders `(N, C, L)` to `[n][position][channel]`.
func channelsLast(_ values: [Float], _ shape: Shape) -> [Float] {
  var result = values
  for index in values.indices {
    let (n, rest) = index.quotientAndRemainder(dividingBy: shape.count)
    let (c, l) = rest.quotientAndRemainder(dividingBy: shape.length)
    result[n * shape.count + l * shape.channels + c] = values[index]
  }
  return result
}

/// One case of a golden file, its tensors in PyTorch's order.
struct NetworkGolden: Decodable {
  var network: NetworkDescription
  var count: Int
  var seed: Int
  var output: [Float]
  var inference: [Float]?
  var logitsGradient: [Float]?
  var inputGradient: [Float]?
  var parameterGradient: [Float]

  static func load(_ name: String) throws -> [NetworkGolden] {
    struct File: Decodable { var cases: [NetworkGolden] }
    guard
      let url = Bundle.module.url(
        forResource: name, withExtension: "json", subdirectory: "Goldens/network")
    else { throw CocoaError(.fileNoSuchFile) }
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: url)).cases
  }

  /// The hashed input, channels-last.
  var input: Batch {
    var batch = Batch(count: count, shape: network.inputShape)
    let values = hashedValues(batch.values.count, seed: seed + 1)
    batch.values = channelsLast(values, network.inputShape)
    return batch
  }
}

/// ‖a − b‖₂ / ‖b‖₂, and 0 for two empty arrays.
func relativeDistance(_ a: [Float], _ b: [Float]) -> Double {
  guard a.count == b.count else { return .infinity }
  var difference = 0.0
  var norm = 0.0
  for (x, y) in zip(a, b) {
    difference += Double(x - y) * Double(x - y)
    norm += Double(y) * Double(y)
  }
  return difference == 0 ? 0 : (difference / norm).squareRoot()
}

/// One layer with buffers of its own, run outside a network.
struct LayerRun {
  let layer: any LayerComputation
  let pass: LayerPass
  let declarations: [ParameterDeclaration]
  private(set) var output: [Float]
  private(set) var inputGradient: [Float]
  private(set) var parameterGradient: [Float]
  private var saved: [Float]
  private var scratch: Scratch

  init(
    _ layer: any LayerComputation, input: Shape, count: Int, mode: Mode = .training,
    inputForm: GradientForm = .dense, outputForm: GradientForm = .dense,
    keys: [UInt64]? = nil, place: Int = 0
  ) throws {
    let shape = try layer.outputShape(for: input)
    let buffers = layer.buffers(for: input, count: count)
    // Garbage in the buffers shows whatever a layer reads before it writes.
    func garbage(_ count: Int) -> [Float] { [Float](repeating: .nan, count: count) }
    self.layer = layer
    // The layer's parameters do not begin the network's, as in a real one.
    var pass = LayerPass(
      input: input, output: shape, count: count, mode: mode, needsInputGradient: true,
      parameterOffset: 3)
    pass.inputForm = inputForm
    pass.outputForm = outputForm
    pass.keys = keys ?? (0..<UInt64(count)).map { $0 }
    pass.place = place
    self.pass = pass
    declarations = layer.parameters(for: input)
    output = garbage(count * shape.count)
    inputGradient = garbage(count * inputForm.count(for: input))
    parameterGradient = garbage(3 + declarations.reduce(0) { $0 + $1.count })
    saved = garbage(buffers.saved)
    scratch = Scratch(first: garbage(buffers.first), second: garbage(buffers.second))
  }

  var parameterCount: Int { parameterGradient.count - 3 }

  mutating func forward(_ input: [Float], _ parameters: [Float]) {
    layer.forward(
      pass, parameters: parameters.span, input: input.span, output: &output, saved: &saved,
      scratch: &scratch)
  }

  mutating func backward(_ input: [Float], _ parameters: [Float], _ upstream: [Float]) {
    // A live span of one property would lock the others.
    let saved = saved
    layer.backward(
      pass, parameters: parameters.span, input: input.span, saved: saved.span,
      outputGradient: upstream.span, inputGradient: &inputGradient,
      parameterGradient: &parameterGradient, scratch: &scratch)
  }
}
