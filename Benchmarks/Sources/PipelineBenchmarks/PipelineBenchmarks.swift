import OpenBLASPeer

/// Prints how fast the stages are, each beside its peer or its limit, on one thread.
@main
enum PipelineBenchmarks {
  static func main() throws {
    openblas_set_num_threads(1)
    let core = openblas_get_corename().map { String(cString: $0) } ?? "unknown"
    print("OpenBLAS core: \(core)")
    print("Welch's estimate, Hann window, 50 % overlap, 32-bit floats, one thread")
    print("(percents: of the speed of FFTW alone with the plan that the library uses)")
    for bins in [1024, 8192] {
      for line in try WelchBenchmark(bins: bins).lines() { print(line) }
    }
  }
}
