internal import Glibc

/// The learning rate of each step of a training, given its peak.
public enum LearningRateSchedule: Hashable, Codable, Sendable {
  /// The peak throughout.
  case constant

  /// A rise from `peak/divisor` to the peak over the first `warmUpShare` of the steps, then a
  /// fall to `peak/divisor/finalDivisor` at the last, both along half a cosine.
  ///
  /// Source: L. N. Smith, "A disciplined approach to neural network hyper-parameters", 2018, in
  /// the form of PyTorch's `OneCycleLR` with cosine annealing and without cycled momentum.
  case oneCycle(warmUpShare: Double = 0.15, divisor: Double = 25, finalDivisor: Double = 1e4)

  /// The learning rate of a step.
  ///
  /// - Parameters:
  ///   - step: The step, from 0.
  ///   - steps: The number of steps of the whole training; a later step has the last one's rate.
  ///   - peak: The greatest learning rate.
  /// - Returns: The learning rate, above 0 and at most the peak.
  public func learningRate(step: Int, of steps: Int, peak: Double) -> Double {
    guard case .oneCycle(let share, let divisor, let finalDivisor) = self else { return peak }
    let first = peak / divisor
    let summit = share * Double(steps) - 1
    let last = Double(steps - 1)
    let now = min(Double(step), last)
    if now <= summit {
      return summit > 0 ? Self.anneal(from: first, to: peak, by: now / summit) : peak
    }
    return Self.anneal(from: peak, to: first / finalDivisor, by: (now - summit) / (last - summit))
  }

  /// Half a cosine from `start` (at 0) to `end` (at 1).
  private static func anneal(from start: Double, to end: Double, by share: Double) -> Double {
    end + (start - end) / 2 * (1 + cos(.pi * share))
  }

  /// Checks the constants.
  ///
  /// - Throws: ``ConfigurationError`` unless the share is in `[0, 1]` and both divisors are
  ///   finite and at least 1.
  public func validate() throws(ConfigurationError) {
    guard case .oneCycle(let share, let divisor, let finalDivisor) = self else { return }
    guard (0...1).contains(share) else {
      throw ConfigurationError("warmUpShare", "is \(share); it must be from 0 to 1")
    }
    guard divisor >= 1, divisor.isFinite, finalDivisor >= 1, finalDivisor.isFinite else {
      throw ConfigurationError(
        "divisor", "is \(divisor), finalDivisor \(finalDivisor); both must be at least 1")
    }
  }
}
