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
        let rate = schedule.learningRate(
          step: step, of: run.rates.count, stepsPerEpoch: 3, peak: golden.peak)
        // Double precision; the last rates are differences of numbers near the peak.
        #expect(abs(rate - expected) < 1e-15)
      }
    }
  }

  struct Schedules: Decodable {
    struct Run: Decodable {
      var schedule: String
      var warmUp: Double
      var rates: [Double]
    }
    var peak: Double
    var stepsPerEpoch: Int
    var runs: [Run]
  }

  @Test("step and cosine are PyTorch's, and so is a linear warm-up in front of each")
  func schedules() throws {
    let golden = try trainingGolden("schedules", as: Schedules.self)
    let schedules: [String: LearningRateSchedule] = [
      "constant": .constant, "step": .step(epochs: 3, factor: 0.4), "cosine": .cosine(),
      "cosineToTenth": .cosine(finalShare: 0.1),
    ]
    #expect(golden.runs.count == 12)
    for run in golden.runs {
      let schedule = try #require(schedules[run.schedule])
      for (step, expected) in run.rates.enumerated() {
        let rate = schedule.learningRate(
          step: step, of: run.rates.count, stepsPerEpoch: golden.stepsPerEpoch,
          peak: golden.peak, warmUp: run.warmUp)
        // Double precision; PyTorch multiplies from step to step.
        #expect(abs(rate - expected) < 1e-15)
      }
    }
  }

  @Test("a warm-up rises evenly to the first rate of the schedule behind it")
  func warmUp() {
    let rates = (0..<10).map {
      LearningRateSchedule.oneCycle().learningRate(
        step: $0, of: 40, stepsPerEpoch: 4, peak: 1, warmUp: 0.2)
    }
    // Eight steps of warm-up, then one cycle from a 25th of the peak.
    for step in 0...8 { #expect(abs(rates[step] - 0.04 * Double(step + 1) / 9) < 1e-15) }
    #expect(rates[9] > rates[8])
  }

  @Test("a schedule is finite and at most its peak for any number of steps")
  func edges() {
    let shares = [0, 0.1, 0.5, 1]
    let schedules =
      shares.map { LearningRateSchedule.oneCycle(warmUpShare: $0) }
      + shares.map { LearningRateSchedule.cosine(finalShare: $0) }
      + [.constant, .step(epochs: 1, factor: 0.5), .step(epochs: 5, factor: 1)]
    for schedule in schedules {
      for steps in 1...12 {
        for step in 0..<steps + 2 {
          for warmUp in [0, 0.3, 0.999] {
            let rate = schedule.learningRate(
              step: step, of: steps, stepsPerEpoch: 2, peak: 2, warmUp: warmUp)
            #expect(rate > 0 && rate <= 2)
          }
        }
      }
    }
    let constant = LearningRateSchedule.constant
    #expect(constant.learningRate(step: 3, of: 9, stepsPerEpoch: 3, peak: 0.25) == 0.25)
  }

  @Test("constants out of range are named")
  func errors() {
    let cases: [(String, LearningRateSchedule)] = [
      ("warmUpShare", .oneCycle(warmUpShare: 1.5)), ("divisor", .oneCycle(divisor: 0)),
      ("finalShare", .cosine(finalShare: -1)), ("finalShare", .cosine(finalShare: .nan)),
      ("stepEpochs", .step(epochs: 0)), ("stepFactor", .step(factor: 0)),
      ("stepFactor", .step(factor: 1.5)), ("stepFactor", .step(factor: .nan)),
    ]
    for (field, schedule) in cases {
      let error = #expect(throws: ConfigurationError.self) { try schedule.validate() }
      #expect(error?.field == field)
    }
  }
}
