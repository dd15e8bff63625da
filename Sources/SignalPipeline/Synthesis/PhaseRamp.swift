/// A complex exponential that turns by the same angle from step to step, in double precision.
struct PhaseRamp {
  private var re: Double
  private var im: Double
  private let stepRe: Double
  private let stepIm: Double

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

extension IQSample {
  /// The complex product.
  static func * (a: IQSample, b: IQSample) -> IQSample {
    IQSample(a.i * b.i - a.q * b.q, a.i * b.q + a.q * b.i)
  }

  /// The complex sum.
  static func + (a: IQSample, b: IQSample) -> IQSample { IQSample(a.i + b.i, a.q + b.q) }
}
