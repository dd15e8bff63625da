internal import Glibc

/// How far stated probabilities can be believed.
///
/// The confidence of an example is the probability of its predicted class. Examples are sorted
/// into equal bins of confidence, `(b/B, (b+1)/B]`, and
///
///     ECE = Σ_b (n_b / N) · |accuracy_b − mean confidence_b|
///     NLL = −(1/N) · Σ_n log p_n(label_n)
///
/// Source: Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks", ICML
/// 2017, equations 3 and 8.
public struct Reliability: Hashable, Codable, Sendable {
  /// The examples of one bin of confidence.
  public struct Bin: Hashable, Codable, Sendable {
    /// The bin's lower edge, excluded (but for confidence 0).
    public var lower: Double

    /// The bin's upper edge, included.
    public var upper: Double

    /// The mean confidence; 0 without examples.
    public var confidence: Double

    /// The share of the bin's examples whose class was found.
    public var accuracy: Proportion
  }

  /// The bins of confidence, in ascending order.
  public let bins: [Bin]

  /// The expected calibration error, in [0,1].
  public let expectedCalibrationError: Double

  /// The mean negative log-likelihood of the labels [nats].
  public let negativeLogLikelihood: Double

  /// Measures the probabilities `softmax(logits / temperature)`; zeros without examples.
  ///
  /// - Parameters:
  ///   - scores: The logits and labels.
  ///   - temperature: What logits are divided by, positive.
  ///   - binCount: The number of bins, at least 1.
  public init(of scores: LabelledLogits, temperature: Double = 1, binCount: Int = 15) {
    precondition(temperature > 0 && temperature.isFinite, "temperature \(temperature)")
    precondition(binCount >= 1, "\(binCount) bins")
    let predictions = scores.predictions
    var counts = [Int](repeating: 0, count: binCount)
    var hits = counts
    var sums = [Double](repeating: 0, count: binCount)
    var loss = 0.0
    scores.forEachLogProbability(temperature: temperature) { example, row in
      loss -= row[scores.labels[example]]
      let confidence = exp(row[predictions[example]])
      let bin = min(max(Int((confidence * Double(binCount)).rounded(.up)) - 1, 0), binCount - 1)
      counts[bin] += 1
      sums[bin] += confidence
      if predictions[example] == scores.labels[example] { hits[bin] += 1 }
    }
    bins = counts.indices.map { bin in
      Bin(
        lower: Double(bin) / Double(binCount), upper: Double(bin + 1) / Double(binCount),
        confidence: counts[bin] == 0 ? 0 : sums[bin] / Double(counts[bin]),
        accuracy: Proportion(hits[bin], of: counts[bin]))
    }
    let total = Double(max(scores.count, 1))
    // |hits − Σ confidence| is n·|accuracy − mean confidence|.
    let gaps = counts.indices.map { abs(Double(hits[$0]) - sums[$0]) }
    expectedCalibrationError = gaps.reduce(0, +) / total
    negativeLogLikelihood = loss / total
  }
}
