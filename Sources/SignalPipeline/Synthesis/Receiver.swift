/// The receiver's part of the impairments: what happens to signal and noise alike.
///
/// It holds the buffers that it reuses from example to example.
package struct Receiver {
  private var scratch: [IQSample] = []
  private var phases: [UInt32] = []

  /// Creates a receiver.
  package init() {}

  /// Applies spur, roll-off, imbalance, DC spike, AGC, converter and gain, in this order.
  ///
  /// - Parameters:
  ///   - impairments: What to apply; transmitter, channel and air come before.
  ///   - samples: The signal, of mean power 1, and what the air added to it.
  package mutating func apply(_ impairments: Impairments, to samples: inout [IQSample]) {
    if let spur = impairments.spur { add(spur, to: &samples) }
    if let drop = impairments.rollOff {
      SampleKernels.filter(&samples, taps: ReceiverRollOff(drop: drop).taps, scratch: &scratch)
    }
    if let imbalance = impairments.imbalance {
      let gain = PortableMath.amplitude(decibels: imbalance.gain)
      let (cos, sin) = PortableMath.phasor(turns: imbalance.phase / 360)
      SampleKernels.skew(&samples, a: Float(gain * sin), b: Float(gain * cos))
    }
    if let spike = impairments.dcSpike {
      let rms = SampleKernels.meanPower(samples).squareRoot()
      let amplitude = rms * PortableMath.amplitude(decibels: spike.level)
      let (cos, sin) = PortableMath.phasor(turns: spike.phase)
      SampleKernels.scale(
        &samples, by: 1, adding: IQSample(Float(amplitude * cos), Float(amplitude * sin)))
    }
    impairments.agc?.apply(to: &samples)
    if let converter = impairments.converter {
      let rms = SampleKernels.meanPower(samples).squareRoot()
      if rms > 0 {
        let level = PortableMath.amplitude(decibels: converter.level)
        SampleKernels.scale(&samples, by: Float(level / rms))
      }
      SampleKernels.quantise(&samples, levels: Float(1 << (converter.bits - 1)))
    }
    if let gain = impairments.gain { SampleKernels.scale(&samples, by: Float(gain)) }
  }

  private mutating func add(_ spur: Impairments.Spur, to samples: inout [IQSample]) {
    if scratch.count != samples.count {
      scratch = [IQSample](repeating: .zero, count: samples.count)
    }
    if phases.count != samples.count { phases = [UInt32](repeating: 0, count: samples.count) }
    FixedTurns.ramp(from: spur.phase, step: spur.frequency, into: &phases)
    SampleKernels.phasors(of: phases, into: &scratch)
    let amplitude = PortableMath.amplitude(decibels: spur.level)
    SampleKernels.add(Float(amplitude), times: scratch, to: &samples)
  }
}
