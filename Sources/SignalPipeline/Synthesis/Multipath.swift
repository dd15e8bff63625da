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
    var groups = stride(from: 0, to: echoes.count, by: PhaseRamps.width).map { first in
      PhaseRamps(
        echoes[first...].prefix(PhaseRamps.width).map {
          ($0.gain, PhaseRamp(bin: -edge, of: count, delay: $0.delay, phase: -$0.phase))
        })
    }
    let direct = (re: 1.0, im: 0.0)
    var gains = [(re: Double, im: Double)](repeating: direct, count: 256)
    for first in stride(from: -edge, through: edge, by: gains.count) {
      let bins = min(gains.count, edge + 1 - first)
      for n in 0..<bins { gains[n] = direct }
      for group in groups.indices {
        var ramps = groups[group]  // A copy stays in registers.
        for n in 0..<bins { ramps.add(to: &gains[n]) }
        groups[group] = ramps
      }
      for n in 0..<bins {
        let bin = first + n < 0 ? first + n + count : first + n
        spectrum[bin] = spectrum[bin] * IQSample(Float(gains[n].re), Float(gains[n].im))
      }
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
