import Glibc
import SignalPipeline
import SystemPackage

/// Welch's estimate of one capture again and again, beside other programs.
///
/// For each line on standard input it runs once and answers with the wall time [s] and the mean
/// density, as the programs in `Peers/` do.
struct WelchTurns {
  private let path: FilePath
  private let format: SampleFormat
  private let isInMemory: Bool
  private let configuration: SpectrumConfiguration
  private let workers: Int

  /// Takes `FORMAT FILE BINS THREADS PLAN`, as `Peers/welch.c` does.
  init?(_ arguments: [String]) throws {
    guard arguments.count == 5, let bins = Int(arguments[2]), let workers = Int(arguments[3])
    else { return nil }
    isInMemory = arguments[0] == "memory"
    guard let format = isInMemory ? .cf32 : SampleFormat(fileExtension: arguments[0]) else {
      return nil
    }
    self.format = format
    path = FilePath(arguments[1])
    configuration = SpectrumConfiguration(bins: bins, overlap: bins / 2, window: .hann)
    self.workers = workers
    guard arguments[4] != "estimate" else { return }
    guard try FFTWisdom.load(from: FilePath(arguments[4])), FFTWisdom.plan(ofLength: bins) == .tuned
    else { return nil }
  }

  /// Searches for the fastest plans of some lengths; all contenders then use the same.
  static func tune(_ lengths: [Int], into path: FilePath) throws {
    for length in lengths {
      let tuning = try FFTWisdom.tune(length)
      print(length, tuning.estimated / tuning.tuned)
    }
    try FFTWisdom.save(to: path)
  }

  /// Runs until standard input ends.
  func run() throws {
    let samples = isInMemory ? try read() : []
    let clock = ContinuousClock()
    while readLine() != nil {
      var mean = 0.0
      let time = try clock.measure {
        if isInMemory {
          mean = try PowerSpectrum(of: samples, using: configuration, workers: workers).power
        } else {
          var reader = try open()
          mean = try PowerSpectrum(of: &reader, using: configuration, workers: workers).power
        }
      }
      print(time / .seconds(1), mean)
      fflush(nil)
    }
  }

  private func open() throws -> IQReader {
    try CaptureOpening.open(path, CaptureConfiguration(format: format))
  }

  private func read() throws -> [IQSample] {
    var reader = try open()
    var samples = [IQSample](repeating: .zero, count: reader.info.sampleCount ?? 0)
    _ = try reader.read(into: &samples, count: samples.count)
    return samples
  }
}
