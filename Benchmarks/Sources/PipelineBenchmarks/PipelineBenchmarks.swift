import Glibc
import OpenBLASPeer
import SignalPipeline
import SystemPackage

/// Prints how fast the stages are, each beside its peer or its limit.
///
/// An argument such as `reading` leaves out the sections whose title does not begin with it.
@main
enum PipelineBenchmarks {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    if arguments.first == "welch" {
      guard let turns = try WelchTurns(Array(arguments.dropFirst())) else {
        print("usage: PipelineBenchmarks welch memory|FORMAT FILE BINS THREADS estimate|WISDOM")
        exit(64)
      }
      return try turns.run()
    }
    if arguments.first == "tune", arguments.count > 2 {
      return try WelchTurns.tune(
        arguments.dropFirst(2).compactMap { Int($0) }, into: FilePath(arguments.dropFirst().first!))
    }
    if ["describe", "training", "inference", "products"].contains(arguments.first) {
      return NetworkTurn.answer(Array(arguments))
    }
    openblas_set_num_threads(1)
    let core = openblas_get_corename().map { String(cString: $0) } ?? "unknown"
    print("OpenBLAS core: \(core)")
    print("Medians (least–greatest) of runs in turns; one thread unless told otherwise")
    try section("Reading captures from the page cache, in percents of a C loop of the same job") {
      try ReadingBenchmark().lines()
    }
    try section("Welch's estimate, estimated plans, in percents of FFTW alone") {
      try WelchBenchmark(bins: 1024).lines() + WelchBenchmark(bins: 8192).lines()
    }
    // What `psdpipe tune` found, for all that follows.
    if let wisdom = getenv("WISDOM").map({ String(cString: $0) }) {
      _ = try FFTWisdom.load(from: FilePath(wisdom))
    } else {
      for bins in [1024, 8192] { _ = try FFTWisdom.tune(bins) }
    }
    try section("Welch's estimate, tuned plans, in percents of FFTW alone") {
      try WelchBenchmark(bins: 1024).lines() + WelchBenchmark(bins: 8192).lines()
    }
    try section("One window of 65,536 samples") { try WindowBenchmark().lines() }
    try section("Classification of a capture, in percents of FFTW alone") {
      try StreamBenchmark().lines()
    }
    try section("Generator, examples of 65,536 samples") { try GeneratorBenchmark().lines() }
    for (architecture, examples) in [(.standard, 1024), (.founding, 768)]
      as [(Architecture, Int)]
    {
      try section("Network '\(architecture.rawValue)', features and updates included") {
        try NetworkBenchmark(architecture: architecture, examples: examples).lines()
      }
    }
  }

  private static func section(_ title: String, _ lines: () throws -> [String]) rethrows {
    let wanted = CommandLine.arguments.dropFirst()
    guard wanted.isEmpty || wanted.contains(where: { title.lowercased().hasPrefix($0) }) else {
      return
    }
    print("\(title)")
    for line in try lines() { print(line) }
  }
}
