import SignalPipeline
import Testing

@Suite struct CalibrationTests {
  @Test("likelihood and calibration error agree with NumPy")
  func reliability() throws {
    let golden = try EvaluationGolden.load()
    let reliability = Reliability(of: try golden.scores())
    // Sums of 150 doubles in another order.
    #expect(abs(reliability.negativeLogLikelihood - golden.loss) < 1e-12)
    #expect(abs(reliability.expectedCalibrationError - golden.calibrationError) < 1e-12)
    #expect(reliability.bins.map(\.accuracy.count).reduce(0, +) == golden.labels.count)
  }

  @Test("the temperature agrees with SciPy's minimum")
  func temperature() throws {
    let golden = try EvaluationGolden.load()
    let calibration = try Calibration(fitting: golden.scores())
    // SciPy compares values of the loss, flat to 1e-16 within 1e-8 of the minimum.
    #expect(abs(calibration.temperature / golden.temperature - 1) < 1e-6)
    #expect(abs(calibration.reliability.negativeLogLikelihood - golden.calibratedLoss) < 1e-9)
    #expect(abs(calibration.reliability.expectedCalibrationError - golden.calibratedError) < 1e-6)
  }

  @Test("logits that are overdone by a factor are brought back by that factor")
  func scale() throws {
    let golden = try EvaluationGolden.load()
    let once = Calibration.temperature(fitting: try golden.scores())
    let scores = try LabelledLogits(
      logits: golden.logits.map { $0 * 4 }, classCount: 4, labels: golden.labels)
    // Multiplying by 4 is exact; the bisection ends within 1e-11.
    #expect(abs(Calibration.temperature(fitting: scores) / once - 4) < 1e-9)
  }

  @Test("a faultless classifier is not called certain beyond what its examples show")
  func separable() throws {
    let labels = (0..<100).map { $0 % 2 }
    let logits = labels.flatMap { label -> [Float] in label == 0 ? [1, -1] : [-1, 1] }
    let scores = try LabelledLogits(logits: logits, classCount: 2, labels: labels)
    let calibration = try Calibration(fitting: scores)
    // The targets of Platt: 1 − 1/(N+2), reached exactly since all examples are alike.
    let confidences = Calibration.confidences(of: scores, temperature: calibration.temperature)
    #expect(confidences.allSatisfy { abs($0 - (1 - 1.0 / 102)) < 1e-9 })
  }

  @Test("the threshold rejects at most the share that was allowed, and no less for distinct values")
  func threshold() {
    let confidences = (0..<200).map { Double(($0 * 77) % 200) / 200 }
    for (rate, rejected) in [(0.0, 0), (0.01, 2), (0.1, 20), (0.999, 199)] {
      let threshold = Calibration.threshold(of: confidences, falseRejectionRate: rate)
      #expect(confidences.count { $0 < threshold } == rejected)
    }
    let ties = [0.5, 0.5, 0.5, 0.9]
    #expect(Calibration.threshold(of: ties, falseRejectionRate: 0.5) == 0.5)
    #expect(Calibration.threshold(of: [], falseRejectionRate: 0.5) == 0)
  }

  @Test("equal logits leave the temperature at 1, hopeless ones at its upper end")
  func degenerate() throws {
    let flat = try LabelledLogits(logits: [0, 0, 0, 0], classCount: 2, labels: [0, 1])
    #expect(Calibration.temperature(fitting: flat) == 1)
    let wrong = try LabelledLogits(logits: [9, -9, -9, 9], classCount: 2, labels: [1, 0])
    #expect(Calibration.temperature(fitting: wrong) == Calibration.temperatures.upperBound)
    let single = try LabelledLogits(logits: [3, 4], classCount: 1, labels: [0, 0])
    #expect(Calibration.temperature(fitting: single) == 1)
  }

  @Test("nothing to fit and impossible rates are refused")
  func refused() throws {
    let empty = try LabelledLogits(logits: [], classCount: 2, labels: [])
    #expect(throws: ConfigurationError.self) { try Calibration(fitting: empty) }
    let one = try LabelledLogits(logits: [0, 1], classCount: 2, labels: [1])
    for rate in [-0.1, 1, .nan] {
      #expect(throws: ConfigurationError.self) {
        try Calibration(fitting: one, falseRejectionRate: rate)
      }
    }
  }
}
