/// How well a score tells two kinds of examples apart, whatever threshold is chosen.
///
///     AUROC = P(s⁺ > s⁻) + ½·P(s⁺ = s⁻)
///
/// over all pairs of a positive and a negative example: 1 where every positive scores higher than
/// every negative, ½ where the score tells nothing. It is the area under the receiver operating
/// characteristic, computed from ranks (Mann and Whitney's U).
///
/// Source: J. A. Hanley and B. J. McNeil, "The meaning and use of the area under a receiver
/// operating characteristic (ROC) curve", Radiology 143, 1982.
package enum AreaUnderCurve {
  /// Computes the area.
  ///
  /// - Parameters:
  ///   - positives: The scores of what should score high, none of them NaN.
  ///   - negatives: The scores of what should score low, none of them NaN.
  /// - Returns: The area, in [0,1]; ½ where either kind has no example.
  package static func of(positives: [Double], negatives: [Double]) -> Double {
    guard !positives.isEmpty, !negatives.isEmpty else { return 0.5 }
    let high = positives.sorted()
    let low = negatives.sorted()
    // Twice the pairs that are won, so that a tie counts 1 and all stays whole.
    var won = 0
    var below = 0
    var notAbove = 0
    for score in high {
      while below < low.count, low[below] < score { below += 1 }
      notAbove = max(notAbove, below)
      while notAbove < low.count, low[notAbove] <= score { notAbove += 1 }
      won += below + notAbove
    }
    return Double(won) / (2 * Double(high.count) * Double(low.count))
  }
}
