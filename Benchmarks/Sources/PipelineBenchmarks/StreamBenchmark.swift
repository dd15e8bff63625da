import FFTWPeer
import Glibc
import SignalPipeline
import SystemPackage

/// Classification of a capture from a file to its summary, on one thread.
final class StreamBenchmark {
  private let path: FilePath
  private let examples = 256
  private let model: Model
  private var classifier: StreamClassifier

  /// Writes a capture of signals at any offset, 8 bits a part, to a temporary file.
  init() throws {
    path = FilePath("/tmp/psdpipe-benchmark-\(getpid()).cu8")
    model = try BuiltInModel.load()
    classifier = try StreamClassifier(model)
    var generator = try SignalGenerator(.default)
    let encoder = try CaptureEncoder(format: .cu8, level: -12)
    let file = try FileDescriptor.open(
      path, .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
    try file.closeAfter {
      for index in 0..<examples {
        try file.writeAll(encoder.encode(generator.example(index).samples))
      }
    }
  }

  deinit { unlink(path.string) }

  /// Returns one line for each contender: Msamples/s, and the share of the limit's speed.
  func lines() throws -> [String] {
    let spectrum = model.spectrum
    let fftw = try FFTWAlone(count: spectrum.bins, flags: FFTW_ESTIMATE)
    let segments = examples * spectrum.segments(in: model.window)
    let contenders = [
      Stopwatch.Contender(name: "FFTW alone") { fftw.run(times: segments) },
      Stopwatch.Contender(name: "classification of cu8") { try self.classify() },
    ]
    let times = try Stopwatch(rounds: 9).times(of: contenders)
    let samples = Double(examples * model.window)
    return zip(contenders, times).map { contender, time in
      Table.rate(
        contender.name, samples / 1e6, "Msamples/s", in: time,
        note: NumberText.percent(times[0].median / time.median, decimals: 0))
    }
  }

  private func classify() throws {
    var reader = try CaptureOpening.open(path)
    let summary = try classifier.classify(&reader) { _ in }
    precondition(summary.windows == examples, "a window an example")
  }
}
