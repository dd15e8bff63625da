import SignalPipeline

/// What the steps of an epoch came to so far.
struct RunningScore {
  private var last: StepReport?
  private var loss = 0.0
  private var correct = 0
  private var examples = 0

  /// Adds a step; the first of an epoch begins anew.
  mutating func add(_ step: StepReport) {
    if step.step == 1 { (loss, correct, examples) = (0, 0, 0) }
    loss += step.loss * Double(step.examples)
    correct += step.correct
    examples += step.examples
    last = step
  }

  /// For example `epoch 3/20, loss 0.1234, accuracy 0.9876`; the means over the epoch's examples.
  var text: String {
    guard let last, examples > 0 else { return "" }
    func mean(_ sum: Double) -> String {
      NumberText.fixed(sum / Double(examples), decimals: 4)
    }
    return "epoch \(last.epoch)/\(last.epochs), loss \(mean(loss)), "
      + "accuracy \(mean(Double(correct)))"
  }
}
