import SignalPipeline

/// The generator of training examples.
struct GeneratorBenchmark {
  /// How many examples one run makes.
  var examples = 32

  /// Returns lines for one and two threads: examples of 65,536 samples a second.
  func lines() throws -> [String] {
    let configuration = SynthesisConfiguration.default
    let contenders = [1, 2].map { workers in
      Stopwatch.Contender(name: "generator, \(workers) \(workers == 1 ? "thread" : "threads")") {
        _ = try Parallel.map(
          examples, workers: workers, state: { try SignalGenerator(configuration) }
        ) { generator, index in generator.example(index).label }
      }
    }
    let times = try Stopwatch(rounds: 9).times(of: contenders)
    return zip(contenders, times).map { contender, time in
      Table.rate(contender.name, Double(examples), "examples/s", in: time)
    }
  }
}
