/// A channel of a direct path and echoes.
///
///     H(f) = 1 + Σ_e gain_e · exp(−2πi·(f·delay_e + phase_e))
///
/// It acts circularly over the samples of an example; delays need not be whole.
public struct Multipath: Hashable, Codable, Sendable {
  /// One echo.
  public struct Echo: Hashable, Codable, Sendable {
    /// The amplitude relative to the direct path.
    public var gain: Double

    /// The delay after the direct path [samples].
    public var delay: Double

    /// The phase by which the echo lags at 0 Hz [turns].
    public var phase: Double

    /// Creates an echo from its parts.
    public init(gain: Double, delay: Double, phase: Double) {
      self.gain = gain
      self.delay = delay
      self.phase = phase
    }
  }

  /// The echoes.
  public var echoes: [Echo]

  /// Creates a channel from its echoes.
  public init(echoes: [Echo]) {
    self.echoes = echoes
  }

  /// Multiplies the bins `−edge…edge` of a DFT by the transfer function.
  package func shape(_ spectrum: inout [IQSample], edge: Int) {
    let count = spectrum.count
    var paths = echoes.map { echo in
      (
        gain: echo.gain,
        ramp: PhaseRamp(bin: -edge, of: count, delay: echo.delay, phase: -echo.phase)
      )
    }
    for k in -edge...edge {
      var re = 1.0
      var im = 0.0
      for path in paths.indices {
        let value = paths[path].ramp.next()
        re += paths[path].gain * value.re
        im += paths[path].gain * value.im
      }
      let bin = k < 0 ? k + count : k
      spectrum[bin] = spectrum[bin] * IQSample(Float(re), Float(im))
    }
  }

  /// Passes samples through the channel; the power scales by the number of samples as well.
  package func apply(to samples: inout [IQSample], using transforms: Transforms) {
    transforms.forward(&samples)
    shape(&samples, edge: (samples.count - 1) / 2)
    if samples.count % 2 == 0 { samples[samples.count / 2] = .zero }
    transforms.inverse(&samples)
  }
}
