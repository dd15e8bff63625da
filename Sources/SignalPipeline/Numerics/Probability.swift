internal import Glibc

/// Class scores as probabilities.
package enum Probability {
  /// Returns `exp(logProbability)`.
  package static func of(_ logProbability: Float) -> Float { expf(logProbability) }

  /// Returns `log Σ_j exp(z[j]/T)`, computed in double.
  ///
  /// The largest logit is taken out first, so that no finite logits overflow.
  package static func logSum(of logits: some Collection<Float>, temperature: Double = 1) -> Double {
    let largest = Double(logits.max() ?? 0) / temperature
    return largest + log(logits.reduce(0) { $0 + exp(Double($1) / temperature - largest) })
  }

  /// Returns the log-softmax `log p[c] = z[c]/T − log Σ_j exp(z[j]/T)`.
  package static func logSoftmax(_ logits: some Collection<Float>, temperature: Double) -> [Float] {
    let sum = logSum(of: logits, temperature: temperature)
    return logits.map { Float(Double($0) / temperature - sum) }
  }
}
