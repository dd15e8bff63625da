/// One thing that the study changes about the training of the founding network.
package struct StudyVariation: Hashable, Codable, Sendable {
  /// What can be changed.
  package enum Quantity: String, Hashable, Codable, Sendable, CaseIterable {
    /// Nothing: what the others are compared with.
    case reference
    /// The number of examples that a step averages over.
    case batchSize = "batch-size"
    /// How often every training example is seen.
    case epochs
    /// The number of examples that are split into training and validation.
    case examples
    /// The positions of the convolution's kernels.
    case kernelSize = "kernel-size"
    /// The number of convolutions: each further one has 64 kernels of 5 and a stride of 2, behind a
    /// ReLU, between the pool and the flattening.
    case convolutions

    /// The name in tables.
    package var name: String { rawValue.replacing("-", with: " ") }
  }

  /// What is changed.
  package var quantity: Quantity

  /// Its new value; of no matter for the reference.
  package var value: Int

  /// Creates a variation.
  package init(_ quantity: Quantity, _ value: Int = 0) {
    self.quantity = quantity
    self.value = value
  }

  /// The value if this changes the quantity.
  func value(of quantity: Quantity) -> Int? { quantity == self.quantity ? value : nil }

  /// The founding network's description, changed.
  func network(classes: Int) -> NetworkDescription {
    var network = Architecture.founding.description(classes: classes)
    if let size = value(of: .kernelSize), case .conv1d(var convolution) = network.layers[0] {
      convolution.kernelSize = size
      network.layers[0] = .conv1d(convolution)
    }
    let further = Conv1d(outputChannels: 64, kernelSize: 5, stride: 2, padding: .zeros(2))
    for _ in stride(from: 1, to: value(of: .convolutions) ?? 1, by: 1) {
      // Behind the convolution and its pool.
      network.layers.insert(contentsOf: [.relu(ReLU()), .conv1d(further)], at: 2)
    }
    return network
  }
}
