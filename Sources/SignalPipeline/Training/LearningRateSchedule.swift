internal import Glibc

/// The learning rate of each step of a training, given its peak.
public enum LearningRateSchedule: Hashable, Codable, Sendable {
  /// The peak throughout.
  case constant

  /// The peak, times `factor` after every so many epochs.
  ///
  ///     peak · factor^⌊step / (epochs · stepsPerEpoch)⌋
  ///
  /// Source: the form of PyTorch's `StepLR`.
  case step(epochs: Int = 5, factor: Double = 0.5)

  /// A fall from the peak towards `finalShare` of it along half a cosine over all steps.
  ///
  ///     peak · (finalShare + (1 − finalShare) · (1 + cos(π · step / steps)) / 2)
  ///
  /// Source: Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts",
  /// 2017, without restarts, in the form of PyTorch's `CosineAnnealingLR`.
  case cosine(finalShare: Double = 0)

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
  ///   - stepsPerEpoch: The number of steps of an epoch, which ``step(epochs:factor:)`` counts by.
  ///   - peak: The greatest learning rate.
  /// - Returns: The learning rate, at least 0 and at most the peak; it is 0 where a factor or a
  ///   share is smaller than any number.
  public func learningRate(
    step: Int, of steps: Int, stepsPerEpoch: Int, peak: Double
  ) -> Double {
    let last = steps - 1
    let now = min(step, last)
    switch self {
    case .constant: return peak
    case .step(let epochs, let factor):
      return peak * pow(factor, Double(now / stepsPerEpoch / epochs))
    case .cosine(let share):
      return Self.anneal(from: peak, to: share * peak, by: Double(now) / Double(steps))
    case .oneCycle(let share, let divisor, let finalDivisor):
      let (now, last) = (Double(now), Double(last))
      let first = peak / divisor
      let summit = share * Double(steps) - 1
      if now <= summit {
        return summit > 0 ? Self.anneal(from: first, to: peak, by: now / summit) : peak
      }
      return Self.anneal(
        from: peak, to: first / finalDivisor, by: (now - summit) / (last - summit))
    }
  }

  /// The learning rate of a step when the schedule has a linear rise in front of it.
  ///
  /// The first `warmUp` of the steps rise evenly to the schedule's first rate; the schedule then
  /// runs over the steps that are left, and counts its epochs from there.
  ///
  /// Source: the form of PyTorch's `SequentialLR` of a `LinearLR` and another schedule, with a
  /// start factor of `1 / (W + 1)` for `W` steps of warm-up.
  ///
  /// - Parameters:
  ///   - step: The step, from 0.
  ///   - steps: The number of steps of the whole training.
  ///   - stepsPerEpoch: The number of steps of an epoch.
  ///   - peak: The greatest learning rate.
  ///   - warmUp: The share of the steps that the rise takes, in `[0, 1)`.
  /// - Returns: The learning rate, at most the peak.
  public func learningRate(
    step: Int, of steps: Int, stepsPerEpoch: Int, peak: Double, warmUp: Double
  ) -> Double {
    let rise = min(Int((warmUp * Double(steps)).rounded()), steps - 1)
    let rate = learningRate(
      step: max(0, step - rise), of: steps - rise, stepsPerEpoch: stepsPerEpoch, peak: peak)
    return step < rise ? rate * Double(step + 1) / Double(rise + 1) : rate
  }

  /// Half a cosine from `start` (at 0) to `end` (at 1).
  private static func anneal(from start: Double, to end: Double, by share: Double) -> Double {
    end + (start - end) / 2 * (1 + cos(.pi * share))
  }

  /// Checks the constants.
  ///
  /// - Throws: ``ConfigurationError`` unless shares are in `[0, 1]`, both divisors are finite
  ///   and at least 1, the epochs of a step at least 1 and its factor above 0 and at most 1.
  public func validate() throws(ConfigurationError) {
    switch self {
    case .constant: break
    case .step(let epochs, let factor):
      guard epochs >= 1 else {
        throw ConfigurationError("stepEpochs", "is \(epochs); it must be at least 1")
      }
      guard factor > 0, factor <= 1 else {
        throw ConfigurationError("stepFactor", "is \(factor); it must be above 0 and at most 1")
      }
    case .cosine(let share):
      guard (0...1).contains(share) else {
        throw ConfigurationError("finalShare", "is \(share); it must be from 0 to 1")
      }
    case .oneCycle(let share, let divisor, let finalDivisor):
      guard (0...1).contains(share) else {
        throw ConfigurationError("warmUpShare", "is \(share); it must be from 0 to 1")
      }
      guard divisor >= 1, divisor.isFinite, finalDivisor >= 1, finalDivisor.isFinite else {
        throw ConfigurationError(
          "divisor", "is \(divisor), finalDivisor \(finalDivisor); both must be at least 1")
      }
    }
  }
}
