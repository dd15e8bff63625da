import SignalPipeline
import Testing

@Suite struct SplitTests {
  private func dataset(_ counts: [Int]) -> Dataset {
    let labels = counts.enumerated().flatMap { [Int](repeating: $0.offset, count: $0.element) }
    return Dataset(
      spectrum: SpectrumConfiguration(bins: 2, overlap: 0, window: .hann),
      classes: counts.indices.map { "class\($0)" },
      density: [Float](repeating: 1, count: 2 * labels.count), labels: labels)
  }

  @Test("every class is split 60/20/20 and every example is in one part")
  func shares() throws {
    let dataset = dataset([50, 10, 3])
    let split = try Split(of: dataset, seed: 4)
    #expect((split.training + split.validation + split.test).sorted() == Array(0..<63))
    for (part, counts) in [
      (split.training, [30, 6, 1]), (split.validation, [10, 2, 1]), (split.test, [10, 2, 1]),
    ] {
      #expect((0..<3).map { label in part.count { dataset.labels[$0] == label } } == counts)
      #expect(part == part.sorted())
    }
  }

  @Test("a seed gives the same split, another seed another")
  func seeds() throws {
    let dataset = dataset([40, 40])
    #expect(try Split(of: dataset, seed: 1) == Split(of: dataset, seed: 1))
    #expect(try Split(of: dataset, seed: 1) != Split(of: dataset, seed: 2))
  }

  @Test("a share of zero leaves its part empty")
  func withoutTest() throws {
    let split = try Split(
      of: dataset([5, 5]), shares: Split.Shares(validation: 0.5, test: 0), seed: 1)
    #expect(split.test.isEmpty)
    #expect(split.validation.count == 6)
  }

  @Test("a class that is too small, a label without class and odd shares are named")
  func errors() {
    let small = #expect(throws: ConfigurationError.self) {
      try Split(of: dataset([9, 2]), seed: 1)
    }
    #expect(small?.reason.contains("of the 2 of `class1` 1 are for validation") == true)
    let none = #expect(throws: ConfigurationError.self) {
      try Split(of: dataset([9, 0]), seed: 1)
    }
    #expect(none?.reason.contains("none of `class1`") == true)
    var stray = dataset([9, 9])
    stray.labels[4] = 2
    let label = #expect(throws: ConfigurationError.self) { try Split(of: stray, seed: 1) }
    #expect(label?.field == "labels")
    for (validation, test) in [(0.5, 0.5), (-0.1, 0.2), (.nan, 0.2), (0.2, .infinity)] {
      let shares = Split.Shares(validation: validation, test: test)
      #expect(throws: ConfigurationError.self) {
        try Split(of: dataset([9]), shares: shares, seed: 1)
      }
    }
  }
}
