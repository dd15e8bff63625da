import SignalPipeline
import Testing

@Suite struct BatchingTests {
  @Test("parts cover their range in order and differ by at most one")
  func parts() {
    for count in 0..<70 {
      for size in [1, 8, 32] {
        let parts = Batching.parts(of: 5..<5 + count, atMost: size)
        #expect(parts.flatMap(Array.init) == Array(5..<5 + count))
        let sizes = parts.map(\.count)
        #expect(sizes.allSatisfy { $0 >= 1 && $0 <= size })
        #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
        #expect(parts.count == (count + size - 1) / size)
      }
    }
  }

  @Test("each epoch sees every example once, in its own order")
  func order() {
    let examples = [3, 8, 9, 20, 21, 22, 40]
    let batching = Batching(examples, batchSize: 3, seed: 6)
    #expect(batching.order(epoch: 0).sorted() == examples)
    #expect(batching.order(epoch: 0) == batching.order(epoch: 0))
    #expect(batching.order(epoch: 0) != batching.order(epoch: 1))
    #expect(batching.batches == [0..<3, 3..<5, 5..<7])
    #expect(batching.batchesPerEpoch == 3)
  }

  @Test("rolls are uniform over the bins and follow from seed, epoch and example")
  func rolls() {
    let batching = Batching(Array(0..<4000), batchSize: 8, seed: 7)
    var counts = [Int](repeating: 0, count: 8)
    for example in 0..<4000 {
      counts[batching.rotation(example: example, epoch: 2, bins: 8)] += 1
    }
    // Six standard deviations of a binomial count, √(4000·7/64) ≈ 21.
    #expect(counts.allSatisfy { abs($0 - 500) < 126 })
    let again = Batching([1], batchSize: 1, seed: 7)
    #expect(
      (0..<20).map { batching.rotation(example: $0, epoch: 1, bins: 8192) }
        == (0..<20).map { again.rotation(example: $0, epoch: 1, bins: 8192) })
    #expect(
      (0..<20).map { batching.rotation(example: $0, epoch: 1, bins: 8192) }
        != (0..<20).map { batching.rotation(example: $0, epoch: 2, bins: 8192) })
  }

  @Test("a batch holds each example's features at its place")
  func fill() throws {
    let bins = 8
    let dataset = Dataset(
      spectrum: SpectrumConfiguration(bins: bins, overlap: 0, window: .hann), classes: ["a"],
      density: (0..<3 * bins).map { Float($0 % bins) / 7 }, labels: [0, 0, 0])
    let transform = try FeatureTransform(
      FeatureConfiguration(bins: bins, roll: .none, binsPerFeature: 1, normalization: .linearMinMax)
    )
    var batch = Batch(count: 2, shape: transform.configuration.shape)
    try transform.fill(&batch, with: [2, 1], of: dataset) { $0 == 1 ? 3 : nil }
    let ramp = (0..<bins).map { Float($0) / 7 }
    #expect(batch.values == ramp + ramp[3...] + ramp[..<3])
  }

  @Test("channels of an example lie side by side at each position, under one roll")
  func channels() throws {
    let bins = 4
    let kurtosis: [Float] = [0, 1, 3, 1]
    let dataset = Dataset(
      spectrum: SpectrumConfiguration(bins: bins, overlap: 0, window: .hann), classes: ["a"],
      channels: SpectrumChannel.allCases,
      density: [9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9] + [0, 1, 2, 4] + [8, 8, 8, 0] + kurtosis,
      labels: [0, 0])
    let transform = try FeatureTransform(
      FeatureConfiguration(
        bins: bins, roll: .none, binsPerFeature: 1, normalization: .linearMinMax,
        channels: SpectrumChannel.allCases))
    var batch = Batch(count: 2, shape: transform.configuration.shape)
    try transform.fill(&batch, with: [1, 1], of: dataset) { _ in 1 }
    let expected: [Float] = [0.25, 1, 0.5, 0.5, 1, 0.75, 1, 0, 0.5, 0, 1, 0]
    #expect(batch.values == expected + expected)
  }
}
