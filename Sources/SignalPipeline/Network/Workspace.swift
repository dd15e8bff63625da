extension Network {
  /// The memory of forward and backward passes, allocated once and used again.
  public struct Workspace: Sendable {
    /// The largest number of examples it has room for.
    public let capacity: Int

    /// The outputs of the last forward pass, `(N, classes)`.
    public var logits: [Float]

    /// The gradient of the loss by the logits, `(N, classes)`, which the caller writes.
    public var logitsGradient: [Float]

    /// The outputs of all steps; the first, the network's input, stays with the caller.
    var activations: [[Float]]

    /// What each step keeps from its forward to its backward pass.
    var saved: [[Float]]

    /// The gradients of activations, shared as the plan says; empty until there was a backward pass.
    var gradients: [[Float]]

    var scratch: Scratch

    /// The examples of the last forward pass in training mode, 0 after any other.
    var trainedCount = 0

    init(_ plan: NetworkPlan, capacity: Int) {
      func zeros(_ count: Int) -> [Float] { [Float](repeating: 0, count: count) }
      self.capacity = capacity
      let classes = plan.shapes[plan.shapes.count - 1].count
      logits = zeros(capacity * classes)
      logitsGradient = zeros(capacity * classes)
      activations = plan.shapes.enumerated().map { index, shape in
        if index == 0 || plan.places[index] != index { return [] }
        return zeros(plan.sharedCounts[index] ?? capacity * shape.count)
      }
      gradients = []
      var largest = LayerBuffers()
      saved = plan.steps.map { step in
        guard case .layer(let layer) = step.operation else { return [] }
        let buffers = layer.buffers(for: step.pass.input, count: capacity)
        largest.first = max(largest.first, buffers.first)
        largest.second = max(largest.second, buffers.second)
        return zeros(buffers.saved)
      }
      scratch = Scratch(first: zeros(largest.first), second: zeros(largest.second))
    }

    /// Makes the memory of the gradients, which inference does without.
    mutating func makeGradients(_ plan: NetworkPlan) {
      guard gradients.isEmpty else { return }
      gradients = plan.gradientBuffers.map { buffer in
        [Float](repeating: 0, count: (buffer.isShared ? 1 : capacity) * buffer.count)
      }
    }
  }
}
