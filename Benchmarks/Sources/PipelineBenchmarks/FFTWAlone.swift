import FFTWPeer
import SignalPipeline

/// FFTW's transforms without anything around them: the limit of every Welch estimate.
final class FFTWAlone {
  private let plan: fftwf_plan
  private let input: UnsafeMutablePointer<fftwf_complex>
  private let output: UnsafeMutablePointer<fftwf_complex>

  /// Plans transforms of `count` points; `flags` are FFTW's, such as `FFTW_MEASURE`.
  ///
  /// - Throws: ``ConfigurationError`` for a length that FFTW cannot plan.
  init(count: Int, flags: UInt32) throws(ConfigurationError) {
    guard let input = fftwf_alloc_complex(count), let output = fftwf_alloc_complex(count),
      let plan = fftwf_plan_dft_1d(Int32(count), input, output, FFTW_FORWARD, flags)
    else { throw ConfigurationError("bins", "is \(count), for which FFTW has no plan") }
    // Planning overwrites the buffers; noise keeps the values normal numbers.
    for index in 0..<count {
      input[index] = (Float.random(in: -1...1), Float.random(in: -1...1))
    }
    self.plan = plan
    self.input = input
    self.output = output
  }

  deinit {
    fftwf_destroy_plan(plan)
    fftwf_free(input)
    fftwf_free(output)
  }

  /// Runs `times` transforms.
  func run(times: Int) {
    for _ in 0..<times { fftwf_execute(plan) }
  }
}
