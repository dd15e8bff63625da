import SignalPipeline
import Testing

@Suite struct SoftmaxCrossEntropyTests {
  struct Golden: Decodable {
    var logits: [Float]
    var labels: [Int]
    var loss: Double
    var gradient: [Double]
  }

  @Test("loss and gradient are PyTorch's, for logits from 0 to thousands")
  func golden() throws {
    let golden = try trainingGolden("loss", as: Golden.self)
    var gradient = [Float](repeating: 9, count: golden.logits.count)
    let score = SoftmaxCrossEntropy.score(
      logits: golden.logits, labels: golden.labels, classes: 4, batchCount: golden.labels.count,
      gradient: &gradient)
    // Both sum in double precision; the loss is of the order of a thousand.
    #expect(abs(score.meanLoss - golden.loss) < 1e-12 * golden.loss)
    for (found, expected) in zip(gradient, golden.gradient) {
      // The gradient is rounded to single precision.
      #expect(abs(Double(found) - expected) <= 6e-8 * abs(expected) + 1e-30)
    }
    #expect(
      SoftmaxCrossEntropy.score(logits: golden.logits, labels: golden.labels, classes: 4) == score)
  }

  @Test("parts of a batch add up to the batch")
  func parts() throws {
    let golden = try trainingGolden("loss", as: Golden.self)
    var whole = [Float](repeating: 0, count: 24)
    let score = SoftmaxCrossEntropy.score(
      logits: golden.logits, labels: golden.labels, classes: 4, batchCount: 6, gradient: &whole)
    var sum = SoftmaxCrossEntropy.Score()
    var gradients: [Float] = []
    for part in [0..<2, 2..<6] {
      var gradient = [Float](repeating: 0, count: part.count * 4)
      sum += SoftmaxCrossEntropy.score(
        logits: Array(golden.logits[part.lowerBound * 4..<part.upperBound * 4]),
        labels: Array(golden.labels[part]), classes: 4, batchCount: 6, gradient: &gradient)
      gradients += gradient
    }
    #expect(gradients == whole)
    #expect(sum.correct == score.correct && sum.count == 6)
    // The order of a double-precision sum.
    #expect(abs(sum.loss - score.loss) < 1e-12 * score.loss)
  }

  @Test("the gradient is the loss's slope")
  func finiteDifferences() {
    let logits: [Float] = [0.5, -1, 2, 0.25, 0.125, -0.5]
    let labels = [2, 1]
    var gradient = [Float](repeating: 0, count: 6)
    _ = SoftmaxCrossEntropy.score(
      logits: logits, labels: labels, classes: 3, batchCount: 2, gradient: &gradient)
    for index in logits.indices {
      var (up, down) = (logits, logits)
      up[index] += 0x1p-8
      down[index] -= 0x1p-8
      let slope =
        (SoftmaxCrossEntropy.score(logits: up, labels: labels, classes: 3).meanLoss
          - SoftmaxCrossEntropy.score(logits: down, labels: labels, classes: 3).meanLoss) * 0x1p7
      // The central difference errs by h²/6 of the third derivative, which is below 1/8.
      #expect(abs(slope - Double(gradient[index])) < 1e-6)
    }
  }

  @Test("a logit that is not a number is told by the loss")
  func notANumber() {
    for logit in [Float.nan, .infinity] {
      for place in 0..<3 {
        var logits: [Float] = [1, 2, 3]
        logits[place] = logit
        let score = SoftmaxCrossEntropy.score(logits: logits, labels: [1], classes: 3)
        #expect(!score.loss.isFinite)
      }
    }
  }
}
