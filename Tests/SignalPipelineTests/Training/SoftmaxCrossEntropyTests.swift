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
    let loss = SoftmaxCrossEntropy(classes: 4)
    let score = loss.score(
      logits: golden.logits, labels: golden.labels, batchWeight: 6, gradient: &gradient)
    // Both sum in double precision; the loss is of the order of a thousand.
    #expect(abs(score.meanLoss - golden.loss) < 1e-12 * golden.loss)
    for (found, expected) in zip(gradient, golden.gradient) {
      // The gradient is rounded to single precision.
      #expect(abs(Double(found) - expected) <= 6e-8 * abs(expected) + 1e-30)
    }
    #expect(loss.score(logits: golden.logits, labels: golden.labels) == score)
    #expect(loss.weight(of: golden.labels) == 6)
  }

  struct Recipes: Decodable {
    struct Run: Decodable {
      var labelSmoothing: Double
      var classWeights: [Double]?
      var loss: Double
      var gradient: [Double]
    }
    var logits: [Float]
    var labels: [Int]
    var runs: [Run]
  }

  @Test("label smoothing and class weights are PyTorch's, alone and together")
  func recipes() throws {
    let golden = try trainingGolden("loss-recipes", as: Recipes.self)
    #expect(golden.runs.count == 3)
    for run in golden.runs {
      let loss = SoftmaxCrossEntropy(
        classes: 4, labelSmoothing: run.labelSmoothing, classWeights: run.classWeights)
      var gradient = [Float](repeating: 9, count: golden.logits.count)
      let score = loss.score(
        logits: golden.logits, labels: golden.labels,
        batchWeight: loss.weight(of: golden.labels), gradient: &gradient)
      // As above.
      #expect(abs(score.meanLoss - run.loss) < 1e-12 * run.loss)
      for (found, expected) in zip(gradient, run.gradient) {
        // The gradient is rounded to single precision; where probability and target are both
        // near 1, their difference in double precision is good to 1e-16.
        #expect(abs(Double(found) - expected) <= 6e-8 * abs(expected) + 1e-15)
      }
      #expect(loss.score(logits: golden.logits, labels: golden.labels) == score)
    }
  }

  @Test(
    "parts of a batch add up to the batch",
    arguments: [
      SoftmaxCrossEntropy(classes: 4),
      SoftmaxCrossEntropy(classes: 4, labelSmoothing: 0.2, classWeights: [1, 2, 0.5, 3]),
    ])
  func parts(loss: SoftmaxCrossEntropy) throws {
    let golden = try trainingGolden("loss", as: Golden.self)
    var whole = [Float](repeating: 0, count: 24)
    let weight = loss.weight(of: golden.labels)
    let score = loss.score(
      logits: golden.logits, labels: golden.labels, batchWeight: weight, gradient: &whole)
    var sum = SoftmaxCrossEntropy.Score()
    var gradients: [Float] = []
    for part in [0..<2, 2..<6] {
      var gradient = [Float](repeating: 0, count: part.count * 4)
      sum += loss.score(
        logits: Array(golden.logits[part.lowerBound * 4..<part.upperBound * 4]),
        labels: Array(golden.labels[part]), batchWeight: weight, gradient: &gradient)
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
    let loss = SoftmaxCrossEntropy(
      classes: 3, labelSmoothing: 0.3, classWeights: [0.5, 1, 2])
    _ = loss.score(
      logits: logits, labels: labels, batchWeight: loss.weight(of: labels), gradient: &gradient)
    for index in logits.indices {
      var (up, down) = (logits, logits)
      up[index] += 0x1p-8
      down[index] -= 0x1p-8
      let slope =
        (loss.score(logits: up, labels: labels).meanLoss
          - loss.score(logits: down, labels: labels).meanLoss) * 0x1p7
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
        for smoothing in [0, 0.1] {
          let loss = SoftmaxCrossEntropy(classes: 3, labelSmoothing: smoothing)
          #expect(!loss.score(logits: logits, labels: [1]).loss.isFinite)
        }
      }
    }
  }
}
