/// A complex exponential that turns by the same angle from step to step, in double precision.
struct PhaseRamp {
  fileprivate var re: Double
  fileprivate var im: Double
  fileprivate let stepRe: Double
  fileprivate let stepIm: Double

  /// Creates the ramp `exp(2πi·(start + n·step))`, angles in turns.
  init(start: Double, step: Double) {
    (re, im) = PortableMath.phasor(turns: start)
    (stepRe, stepIm) = PortableMath.phasor(turns: step)
  }

  /// Creates the transfer function `exp(−2πi·(k/count)·delay)` of a delay, from one bin on.
  init(bin: Int, of count: Int, delay: Double, phase: Double = 0) {
    let step = -delay / Double(count)
    self.init(start: phase + Double(bin) * step, step: step)
  }

  /// Returns the present value and turns on.
  ///
  /// Rounding adds about 1e-16 a step: 1e-9 after ten million.
  mutating func next() -> (re: Double, im: Double) {
    let now = (re, im)
    (re, im) = (re * stepRe - im * stepIm, re * stepIm + im * stepRe)
    return now
  }
}

/// Four ramps of their own amplitudes that turn side by side, with the bits of each alone.
struct PhaseRamps {
  static let width = 4

  private var re = SIMD4<Double>.zero
  private var im = SIMD4<Double>.zero
  private var stepRe = SIMD4<Double>.zero
  private var stepIm = SIMD4<Double>.zero
  private var amplitude = SIMD4<Double>.zero

  /// Creates up to four; those that are missing are 0.
  init(_ ramps: [(amplitude: Double, ramp: PhaseRamp)]) {
    precondition(ramps.count <= Self.width, "\(ramps.count) ramps")
    for (lane, (amplitude, ramp)) in ramps.enumerated() {
      re[lane] = ramp.re
      im[lane] = ramp.im
      stepRe[lane] = ramp.stepRe
      stepIm[lane] = ramp.stepIm
      self.amplitude[lane] = amplitude
    }
  }

  /// Adds the present values, one after another, and turns on.
  @inline(__always)
  mutating func add(to sum: inout (re: Double, im: Double)) {
    let (x, y) = (amplitude * re, amplitude * im)
    sum.re = ((sum.re + x[0]) + x[1]) + x[2] + x[3]
    sum.im = ((sum.im + y[0]) + y[1]) + y[2] + y[3]
    (re, im) = (re * stepRe - im * stepIm, re * stepIm + im * stepRe)
  }
}

extension IQSample {
  /// The complex product.
  static func * (a: IQSample, b: IQSample) -> IQSample {
    IQSample(a.i * b.i - a.q * b.q, a.i * b.q + a.q * b.i)
  }

  /// The complex sum.
  static func + (a: IQSample, b: IQSample) -> IQSample { IQSample(a.i + b.i, a.q + b.q) }
}
