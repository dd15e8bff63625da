import SignalPipeline
import Testing

@Suite struct LearningRateScheduleTests {
  struct Golden: Decodable {
    struct Run: Decodable {
      var warmUpShare: Double
      var rates: [Double]
    }
    var peak: Double
    var runs: [Run]
  }

  @Test("one cycle is PyTorch's OneCycleLR, also when the warm-up is shorter than a step")
  func golden() throws {
    let golden = try trainingGolden("one-cycle", as: Golden.self)
    for run in golden.runs {
      let schedule = LearningRateSchedule.oneCycle(warmUpShare: run.warmUpShare)
      for (step, expected) in run.rates.enumerated() {
        let rate = schedule.learningRate(step: step, of: run.rates.count, peak: golden.peak)
        // Double precision; the last rates are differences of numbers near the peak.
        #expect(abs(rate - expected) < 1e-15)
      }
    }
  }

  @Test("a schedule is finite and at most its peak for any number of steps")
  func edges() {
    for share in [0, 0.1, 0.5, 1] {
      for steps in 1...12 {
        for step in 0..<steps + 2 {
          let schedule = LearningRateSchedule.oneCycle(warmUpShare: share)
          let rate = schedule.learningRate(step: step, of: steps, peak: 2)
          #expect(rate > 0 && rate <= 2)
        }
      }
    }
    #expect(LearningRateSchedule.constant.learningRate(step: 3, of: 9, peak: 0.25) == 0.25)
  }

  @Test("constants out of range are named")
  func errors() {
    let share = LearningRateSchedule.oneCycle(warmUpShare: 1.5)
    #expect(throws: ConfigurationError.self) { try share.validate() }
    let divisor = LearningRateSchedule.oneCycle(divisor: 0)
    #expect(throws: ConfigurationError.self) { try divisor.validate() }
  }
}
