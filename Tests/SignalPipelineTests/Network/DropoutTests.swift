import SignalPipeline
import Testing

@Suite struct DropoutTests {
  private let shape = Shape(channels: 4, length: 5000)

  private func run(
    _ probability: Double, keys: [UInt64], place: Int = 0, mode: Mode = .training
  ) throws -> LayerRun {
    let input = [Float](repeating: 1, count: keys.count * shape.count)
    var run = try LayerRun(
      Dropout(probability: probability), input: shape, count: keys.count, mode: mode,
      keys: keys, place: place)
    run.forward(input, [])
    return run
  }

  @Test("the share that is dropped is the probability, and the rest makes up for it")
  func share() throws {
    for probability in [0, 0.1, 0.5, 0.9] {
      let output = try run(probability, keys: [1]).output
      let kept = Float(1 / (1 - probability))
      #expect(output.allSatisfy { $0 == 0 || $0 == kept })
      let share = Double(output.count { $0 == 0 }) / Double(output.count)
      // Five standard deviations of a share of 20,000 draws.
      let spread = (probability * (1 - probability) / Double(output.count)).squareRoot()
      #expect(abs(share - probability) <= 5 * spread)
    }
  }

  @Test("at inference nothing is dropped or scaled")
  func inference() throws {
    let output = try run(0.5, keys: [1, 2], mode: .inference).output
    #expect(output.allSatisfy { $0 == 1 })
  }

  @Test("the gradient passes where the value did")
  func gradient() throws {
    var run = try run(0.3, keys: [5, 6])
    let upstream = hashedValues(run.output.count, seed: 1)
    let ones = [Float](repeating: 1, count: run.output.count)
    run.backward(ones, [], upstream)
    #expect(run.inputGradient == zip(run.output, upstream).map { $0 * $1 })
  }

  @Test("what is dropped follows from the example's key and the layer's place, not its company")
  func keys() throws {
    let both = try run(0.5, keys: [7, 8]).output
    let (first, second) = (Array(both.prefix(shape.count)), Array(both.suffix(shape.count)))
    #expect(try run(0.5, keys: [8]).output == second)
    #expect(try run(0.5, keys: [8, 7]).output == second + first)
    // Independent masks agree in half of 20,000 values, by five standard deviations.
    func agreement(_ a: [Float], _ b: [Float]) -> Double {
      Double(zip(a, b).count { $0 == $1 }) / Double(a.count)
    }
    #expect(abs(agreement(first, second) - 0.5) < 0.018)
    #expect(abs(agreement(first, try run(0.5, keys: [7], place: 1).output) - 0.5) < 0.018)
  }
}
