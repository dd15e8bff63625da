import ArgumentParser
import Glibc
import SignalPipeline

extension PSDPipe {
  /// Trains the networks in every way and tells what each makes of signals elsewhere in the band.
  struct StudyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "study",
      abstract: "Study which networks know a signal at another frequency.",
      discussion: """
        Trains every network on signals near 0 Hz, as measured, with random rolls and on offsets \
        drawn anew, over several seeds; tests each near 0 Hz, anywhere and under circular shifts; \
        and tries what does not help: batch size, epochs, examples, kernels, more convolutions. \
        Writes study.csv, study.json, study.md and study.html, the same bytes on any number of \
        threads, and times.csv and times.md. Run again, it goes on where it was ended. \
        docs/study.md tells how to read it.

        EXAMPLES
          psdpipe study study/
          psdpipe study look/ --quick
          psdpipe study two/ --networks founding,founding-gmp --seeds 5 --no-sweep
        """)

    @Argument(help: "The folder to write, or to go on in.")
    var folder: String

    @Flag(help: "A first look in five minutes: fewer networks, examples and epochs.")
    var quick = false

    @Option(
      parsing: .unconditional,
      help: "How often each training is repeated (default: 3, of a quick study 2).")
    var seeds: Int?

    @Option(
      help: """
        The networks, with commas between them: \
        \(Architecture.allCases.map(\.rawValue).joined(separator: ", ")) (default: all, of a quick \
        study \(StudyConfiguration.quick.networks.map(\.rawValue).joined(separator: ", "))).
        """,
      transform: NetworkList.init(option:))
    var networks: NetworkList?

    @Flag(help: "Leave out what the founding network's training was changed by.")
    var noSweep = false

    @OptionGroup var workers: WorkerOptions

    func validate() throws {
      guard !folder.isEmpty else { throw ValidationError("the name of the <folder> is empty") }
      try ValidationError.naming { try settings.validate() }
    }

    /// What the options mean to the library.
    private var settings: StudyConfiguration {
      var settings = quick ? StudyConfiguration.quick : .full
      settings.seeds = seeds ?? settings.seeds
      settings.networks = networks?.networks ?? settings.networks
      settings.sweep = noSweep ? [] : settings.sweep
      settings.sweepSeeds = min(settings.sweepSeeds, max(1, settings.seeds))
      return settings
    }

    /// What decides the figures, as it is typed.
    private var command: String {
      (["psdpipe study FOLDER"] + (quick ? ["--quick"] : [])
        + (seeds.map { ["--seeds \($0)"] } ?? [])
        + (networks.map { ["--networks \($0.networks.map(\.rawValue).joined(separator: ","))"] }
          ?? []) + (noSweep ? ["--no-sweep"] : [])).joined(separator: " ")
    }

    func run() throws {
      Interruption.watch()
      // A limit on the size of files is an error like a full disk.
      signal(SIGXFSZ, SIG_IGN)
      var study = try Study(settings, in: folder)
      if study.finishedCount > 0 {
        Console.note("\(study.finishedCount) of \(study.count) trainings are there")
      }
      let progress = ProgressLine()
      let clock = ContinuousClock()
      let start = clock.now
      let findings = try study.run(
        command: command, workers: workers.count, clock: { (clock.now - start) / .seconds(1) },
        report: { event in
          try Interruption.check()
          // In whole GFLOP, of which a training takes some.
          progress.update(
            done: Int(event.done / 1e9), of: Int((event.done + event.left) / 1e9), unit: "GFLOP",
            note: "\(event.number)/\(event.count) \(event.run.title): \(event.step)")
        },
        finished: { result in
          progress.finish()
          Console.note(
            "\(result.run.title): \(NumberText.fixed(result.inRange.value, decimals: 3)) in range, "
              + "\(NumberText.fixed(result.anywhere.value, decimals: 3)) anywhere")
        })
      progress.finish()
      try Console.output(findings.text)
      Console.note("\(folder): study.html, study.md, study.csv, study.json, times.md, times.csv")
    }
  }
}
