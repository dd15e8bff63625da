import SignalPipeline
import Testing

/// Trainings whose dropped values must follow from seed, epoch and example alone.
@Suite struct DropoutTrainingTests {
  let dataset = TrainingProblem.dataset()

  private func trainer(probability: Double, epochs: Int = 3) throws -> Trainer {
    let network = try Network(
      describing: """
        {"inputShape":{"channels":1,"length":64},"layers":[
        {"layer":"conv1d","outputChannels":6,"kernelSize":5,"padding":"circular"},
        {"layer":"batchNorm1d"},{"layer":"leakyRelu"},
        {"layer":"dropout","probability":\(probability)},
        {"layer":"adaptivePolyphaseSampling1d","stride":2},
        {"layer":"globalPool1d","reduction":"average"},
        {"layer":"dropout","probability":\(probability)},{"layer":"linear","outputs":3}]}
        """)
    return try Trainer(
      network, features: TrainingProblem.features,
      configuration: TrainingProblem.configuration(epochs: epochs))
  }

  private func trained(probability: Double, workers: Int) throws -> Trainer {
    var trainer = try trainer(probability: probability)
    try trainer.train(on: dataset, split: Split(of: dataset, seed: 1), workers: workers)
    return trainer
  }

  @Test("equal seeds drop the same values on one, two and five threads, to the last bit")
  func workers() throws {
    let states = try [1, 2, 5].map { try trained(probability: 0.3, workers: $0).state }
    #expect(states[0] == states[1])
    #expect(states[0] == states[2])
    #expect(states[0].parameters != (try trained(probability: 0, workers: 1)).state.parameters)
  }

  @Test("a training that goes on from its checkpoint drops what it would have dropped")
  func resuming() throws {
    let split = try Split(of: dataset, seed: 1)
    var first = try trainer(probability: 0.3)
    try first.train(on: dataset, split: split, workers: 2) { event in
      if case .epoch(let report) = event { report.epoch < 1 } else { true }
    }
    var second = try Trainer(resuming: first.checkpoint)
    #expect(second.state.epoch == 1)
    try second.train(on: dataset, split: split, workers: 1)
    #expect(second.state == (try trained(probability: 0.3, workers: 1)).state)
  }

  @Test("every example and epoch has another key, and a seed's keys come again")
  func keys() {
    let batching = Batching(Array(0..<100), batchSize: 8, seed: 3)
    var keys: Set<UInt64> = []
    for epoch in 0..<10 {
      for example in 0..<100 { keys.insert(batching.key(example: example, epoch: epoch)) }
    }
    #expect(keys.count == 1000)
    let again = Batching([5], batchSize: 1, seed: 3)
    #expect(again.key(example: 5, epoch: 2) == batching.key(example: 5, epoch: 2))
    let other = Batching([5], batchSize: 1, seed: 4)
    #expect(!keys.contains(other.key(example: 5, epoch: 2)))
  }
}
