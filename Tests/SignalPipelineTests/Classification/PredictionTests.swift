import SignalPipeline
import Testing

@Suite struct PredictionTests {
  @Test("the most probable class is the answer, the first of equals")
  func answer() {
    let plain = Prediction(logProbabilities: [-3, -0.1, -4], threshold: 0)
    #expect(plain.answer == .signal(1))
    #expect(plain.label(classes: ["a", "b", "c"]) == "b")
    #expect(Prediction(logProbabilities: [-1, -1], threshold: 0).answer == .signal(0))
  }

  @Test("a class below the threshold is unknown, one at it is not")
  func threshold() {
    #expect(Prediction(logProbabilities: [0, -100], threshold: 1).answer == .signal(0))
    let unknown = Prediction(logProbabilities: [-0.1, -2.4], threshold: 0.95)
    #expect(unknown.answer == .unknown)
    #expect(unknown.label(classes: ["a", "b"]) == "unknown")
    // e^−0.1, rounded to a Float.
    #expect(abs((unknown.confidence ?? 0) - 0.9048374) < 1e-6)
    #expect(unknown.probabilities.count == 2)
  }

  @Test("noise has neither probabilities nor confidence")
  func noise() {
    #expect(Prediction.noise.answer == .noise)
    #expect(Prediction.noise.label(classes: []) == "noise")
    #expect(Prediction.noise.confidence == nil)
    #expect(Prediction.noise.probabilities.isEmpty)
  }

  @Test("log-softmax sums to one and survives logits that would overflow an exponential")
  func logSoftmax() {
    for logits: [Float] in [[1, 2, 3], [1000, 0, -1000], [-3e38, 3e38], [5]] {
      let values = Probability.logSoftmax(logits, temperature: 2)
      // Float rounding of each term.
      #expect(abs(values.map(Probability.of).reduce(0, +) - 1) < 1e-6)
      #expect(values.allSatisfy { $0 <= 0 })
    }
    let warm = Probability.logSoftmax([0, 2] as [Float], temperature: 2)
    #expect(abs(warm[1] - warm[0] - 1) < 1e-6)
  }
}
