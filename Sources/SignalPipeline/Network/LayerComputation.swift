/// A layer that can be computed.
///
/// It owns no state between calls: the network hands it parameters, input, output, a buffer for
/// what the backward pass needs of the forward one, and scratch memory, each at least as long as
/// the layer declares.
package protocol LayerComputation: Layer {
  /// Whether each output follows from the input at the same place in memory alone.
  var isElementwise: Bool { get }

  /// Whether ``LayerPass/outputForm`` may be pairs.
  var takesPairs: Bool { get }

  /// Whether it draws numbers while training, from ``LayerPass/keys``.
  var isRandom: Bool { get }

  /// Whether a pass may hold some of the examples, the first of them first.
  var takesExamplesAlone: Bool { get }

  /// Whether the backward pass reads the input. If it does not, and forward and backward find their
  /// examples by ``LayerPass/inputBegin(_:)`` and ``LayerPass/outputBegin(_:)``, all examples that
  /// go alone may share the memory of one.
  var readsInputBackward: Bool { get }

  /// Whether the forward pass can compute its output in pieces, from the first position on.
  var makesPieces: Bool { get }

  /// The pieces in which the forward pass can take its input, of at most some positions each;
  /// empty if it takes the whole.
  func pieces(of input: Shape, positions: Int) -> [LayerPass.Piece]

  /// How many elements of a channel's input gradient can differ from 0, where these are so few
  /// that a layer before is faster with ``LayerPass/inputForm`` as pairs; else `nil`.
  func pairCapacity(for input: Shape) -> Int?

  /// The outputs and inputs of weights that are so many that their gradient is left as its factors;
  /// `nil` if there are none.
  func factoredWeights(for input: Shape) -> (outputs: Int, inputs: Int)?

  /// The sizes of the buffers for `count` examples of a shape.
  func buffers(for input: Shape, count: Int) -> LayerBuffers

  /// Computes `output` from `input`.
  ///
  /// - Parameters:
  ///   - pass: Shapes, count and mode.
  ///   - parameters: This layer's, as ``Layer/parameters(for:)`` orders them.
  ///   - input: `count·input.count` values.
  ///   - output: Receives `count·output.count` values.
  ///   - saved: Kept for the backward pass.
  ///   - scratch: Free to use.
  func forward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, output: inout [Float],
    saved: inout [Float], scratch: inout Scratch)

  /// Computes the gradients of a loss from its gradient by the output.
  ///
  /// - Parameters:
  ///   - pass: Shapes, count and whether anyone needs the input's gradient.
  ///   - parameters: This layer's.
  ///   - input: The input of the forward pass.
  ///   - saved: What the forward pass kept.
  ///   - outputGradient: `count` examples in the pass's form.
  ///   - inputGradient: Receives `count` examples in the pass's form, if it asks for them.
  ///   - parameterGradient: The whole network's; this layer overwrites its own part, which
  ///     begins at `pass.parameterOffset`, or adds to it if the pass's examples are not the first.
  ///     Running statistics receive the batch's statistic.
  ///   - scratch: Free to use.
  func backward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, saved: Span<Float>,
    outputGradient: Span<Float>, inputGradient: inout [Float],
    parameterGradient: inout [Float], scratch: inout Scratch)
}

extension LayerComputation {
  package func buffers(for input: Shape, count: Int) -> LayerBuffers { LayerBuffers() }

  package func factoredWeights(for input: Shape) -> (outputs: Int, inputs: Int)? { nil }

  package var takesExamplesAlone: Bool { true }

  package var isElementwise: Bool { false }

  package var isRandom: Bool { false }

  package var takesPairs: Bool { false }

  package var readsInputBackward: Bool { true }

  package var makesPieces: Bool { false }

  package func pieces(of input: Shape, positions: Int) -> [LayerPass.Piece] { [] }

  package func pairCapacity(for input: Shape) -> Int? { nil }
}

/// How the gradient by a layer's output or input lies in memory.
package enum GradientForm: Hashable, Sendable {
  /// A value for each element.
  case dense
  /// A list for each channel of each example: the number of pairs, then the pairs of a position
  /// and a value, positions ascending; all others are 0. A list has room for `capacity` pairs.
  case pairs(capacity: Int)

  /// The floats of one example's gradient by an activation of a shape.
  package func count(for shape: Shape) -> Int {
    switch self {
    case .dense: shape.count
    case .pairs(let capacity): shape.channels * (1 + 2 * capacity)
    }
  }
}

/// The sizes of a layer's buffers [floats].
package struct LayerBuffers: Hashable, Sendable {
  /// Kept from the forward pass to the backward one.
  package var saved = 0
  /// Two pieces of memory of no meaning between calls.
  package var first = 0
  package var second = 0
}

/// Memory that a layer may use during one call; all layers share it.
package struct Scratch: Sendable {
  package var first: [Float]
  package var second: [Float]

  /// Creates scratch memory.
  package init(first: [Float], second: [Float]) {
    self.first = first
    self.second = second
  }
}

/// What the layers of one call have in common, and where one of them stands.
package struct LayerPass: Hashable, Sendable {
  /// The shape of one example's input.
  package var input: Shape
  /// The shape of one example's output.
  package var output: Shape
  /// The first example, and the number of examples.
  package var first = 0
  package var count: Int
  /// What is computed forward: all, unless the layer makes or takes pieces.
  package var piece: Piece
  /// What the memory of the input and of the output begins with; backward that of gradients in the
  /// form of pairs.
  package var inputOrigin = Origin()
  package var outputOrigin = Origin()
  /// Whether the batch's statistics or the running ones normalise.
  package var mode: Mode
  /// Whether the layers before this one learn.
  package var needsInputGradient: Bool
  /// How the gradients by the output come and by the input go.
  package var outputForm = GradientForm.dense
  package var inputForm = GradientForm.dense
  /// Where the layer's part of the parameters' gradient begins.
  package var parameterOffset: Int
  /// Whether that part is without ``LayerComputation/factoredWeights(for:)``, which come first.
  package var leavesFactors = false
  /// The layer's number in the network, which tells its random numbers from other layers'.
  package var place = 0
  /// What an example's random numbers follow from, if a layer draws any.
  package var keys: [UInt64] = []

  /// Describes a call.
  package init(
    input: Shape, output: Shape, count: Int = 0, mode: Mode = .inference,
    needsInputGradient: Bool = true, parameterOffset: Int
  ) {
    self.input = input
    self.output = output
    self.count = count
    piece = Piece(input: 0..<input.length, output: 0..<output.length)
    self.mode = mode
    self.needsInputGradient = needsInputGradient
    self.parameterOffset = parameterOffset
  }
}

extension LayerPass {
  /// The examples.
  package var examples: Range<Int> { first..<first + count }

  /// Where an example's position begins in the memory of the input.
  package func inputBegin(_ example: Int, row: Int = 0) -> Int {
    inputOrigin.begin(example, row, of: input)
  }

  /// Where an example's position begins in the memory of the output.
  package func outputBegin(_ example: Int, row: Int = 0) -> Int {
    outputOrigin.begin(example, row, of: output)
  }

  /// Some positions of the input, and those of the output that follow from them.
  package struct Piece: Hashable, Sendable {
    package var input: Range<Int>
    package var output: Range<Int>
  }

  /// What the memory of an activation begins with: the first position of the first example, or
  /// later ones where examples that go alone, or pieces of them, share the memory.
  package struct Origin: Hashable, Sendable {
    package var example = 0
    package var row = 0

    fileprivate func begin(_ example: Int, _ row: Int, of shape: Shape) -> Int {
      (example - self.example) * shape.count + (row - self.row) * shape.channels
    }
  }
}

/// What a forward pass is for.
public enum Mode: Hashable, Sendable {
  /// Batch normalisation takes the statistics of the batch at hand, and dropout drops.
  case training
  /// Batch normalisation takes the running statistics, and nothing is dropped.
  case inference
}
