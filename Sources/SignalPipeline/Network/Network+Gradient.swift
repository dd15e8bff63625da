extension Network {
  /// The gradient of a loss by the parameters, large weight matrices as the factors of theirs.
  ///
  /// The gradient of a dense layer's weights is the product of the gradients by its outputs and of
  /// its inputs. For a few examples these are much smaller than the weights: written, read and
  /// summed, the product would cost more time than it takes to form, piece by piece, where the
  /// parameters are updated.
  package struct Gradient: Sendable {
    /// A value for each parameter that is in no product, in the order of the flat array.
    package var values: [Float]

    /// One for each of the network's products, in their order.
    package var factors: [Factors]

    /// Creates a gradient.
    package init(values: [Float], factors: [Factors] = []) {
      self.values = values
      self.factors = factors
    }
  }

  /// What the gradient of a weight matrix is the product of.
  package struct Factors: Sendable {
    /// The number of examples, `N`.
    package var count = 0
    /// The gradients by the layer's outputs, `(N, O)`.
    package var outputGradient: [Float] = []
    /// The layer's inputs, `(N, I)`.
    package var input: [Float] = []

    /// Creates factors of no example.
    package init() {}

    /// Takes those of a pass.
    mutating func take(
      outputGradient upstream: Span<Float>, input source: Span<Float>, count: Int,
      of product: WeightProduct
    ) {
      let (outputs, inputs) = (count * product.outputs, count * product.inputs)
      if outputGradient.count < outputs || input.count < inputs {
        outputGradient = [Float](repeating: 0, count: outputs)
        input = [Float](repeating: 0, count: inputs)
      }
      self.count = count
      Kernels.copy(upstream, into: &outputGradient, count: outputs)
      Kernels.copy(source, into: &input, count: inputs)
    }
  }

  /// Weights whose gradient is a product.
  ///
  ///     ∂ℓ/∂w[o, i] = Σ_n g[n, o] · x[n, i]
  package struct WeightProduct: Hashable, Sendable {
    /// Where the weights `(O, I)` begin in the flat parameter array.
    package var begin: Int
    /// `O`.
    package var outputs: Int
    /// `I`.
    package var inputs: Int

    /// Where the weights lie in the flat parameter array.
    package var range: Range<Int> { begin..<begin + outputs * inputs }
  }

  /// Returns a gradient of zeros, without examples.
  package func makeGradient() -> Gradient {
    Gradient(
      values: [Float](repeating: 0, count: gradientPlace(of: parameterCount)),
      factors: [Factors](repeating: Factors(), count: products.count))
  }

  /// Where a parameter that is in no product stands among a gradient's values.
  package func gradientPlace(of parameter: Int) -> Int {
    products.reduce(parameter) { $1.range.upperBound <= parameter ? $0 - $1.range.count : $0 }
  }
}
