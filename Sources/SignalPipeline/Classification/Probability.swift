internal import Glibc

/// Class scores as probabilities.
package enum Probability {
  /// Returns `exp(logProbability)`.
  package static func of(_ logProbability: Float) -> Float { expf(logProbability) }

  /// Returns the log-softmax of `logits / temperature`, computed in double.
  ///
  ///     log p[c] = z[c]/T − log Σ_j exp(z[j]/T)
  package static func logSoftmax(_ logits: some Collection<Float>, temperature: Double) -> [Float] {
    let scaled = logits.map { Double($0) / temperature }
    let largest = scaled.max() ?? 0
    let sum = scaled.reduce(0) { $0 + exp($1 - largest) }
    return scaled.map { Float($0 - largest - log(sum)) }
  }
}
