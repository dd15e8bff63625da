import Foundation
import SignalPipeline

/// Spectra of noise and of signals in noise, as a receiver gives them.
struct DetectorScene {
  /// The receiver's attenuation at ±½ cycle/sample, from 0 at ±0.42 [dB].
  var rollOff = 0.0
  /// Whether an 8-bit converter of −12 dBFS rms quantises the samples.
  var quantises = false
  /// The power of a constant at DC, over the noise [dB].
  var spike: Double?
  /// A band of Gaussian noise: centre and width [cycles/sample], density over the noise's [dB].
  var band: (centre: Double, width: Double, level: Double)?
  /// Another band.
  var other: (centre: Double, width: Double, level: Double)?
  /// A slope of the receiver's gain [dB per cycle/sample].
  var tilt = 0.0
  /// A raised cosine in the receiver's gain: its middle and width [cycles/sample] and height [dB].
  var hump: (centre: Double, width: Double, level: Double)?
  /// A change of the gain after a share of the samples [dB].
  var step: (place: Double, level: Double)?
  /// A carrier of this frequency [cycles/sample], its power over the noise in one bin [dB].
  var carrier: (frequency: Double, level: Double)?
  var samples = 65_536
  var configuration = SpectrumConfiguration.default

  /// The gain of signal and receiver at a frequency, noise having density 1 before it.
  private func gain(_ frequency: Double) -> Double {
    let depth = min(1, max(0, (abs(frequency) - 0.42) / 0.08))
    var level = tilt * frequency - rollOff * (0.5 - 0.5 * cos(.pi * depth))
    if let hump, abs(frequency - hump.centre) < hump.width / 2 {
      level += hump.level * (0.5 + 0.5 * cos(2 * .pi * (frequency - hump.centre) / hump.width))
    }
    var power = 1.0
    for band in [band, other].compactMap({ $0 }) {
      let distance = abs((frequency - band.centre) - (frequency - band.centre).rounded())
      if distance <= band.width / 2 { power += Decibels.power(band.level) }
    }
    return (Decibels.power(level) * power).squareRoot()
  }

  /// One spectrum of the scene; the noise is shaped in its DFT over all samples.
  func spectrum(
    _ generator: inout SeededGenerator, _ plan: inout FFTPlan, _ estimator: inout WelchEstimator
  ) -> PowerSpectrum? {
    var values = gaussian(samples, &generator)
    for k in 0..<samples {
      let frequency = Double(k < samples / 2 ? k : k - samples) / Double(samples)
      let gain = Float(gain(frequency) / Double(samples).squareRoot())
      values[k] = IQSample(values[k].i * gain, values[k].q * gain)
    }
    plan.transform(&values)
    if let carrier {
      // A carrier's power spreads over the window's equivalent width of a bin and a half.
      let power = Decibels.power(carrier.level) / Double(configuration.bins) * 1.5
      for n in 0..<samples {
        let angle = 2 * Double.pi * carrier.frequency * Double(n)
        values[n].i += Float(power.squareRoot() * cos(angle))
        values[n].q += Float(power.squareRoot() * sin(angle))
      }
    }
    if let step {
      let gain = Float(Decibels.power(step.level).squareRoot())
      for n in Int(step.place * Double(samples))..<samples {
        values[n] = IQSample(gain * values[n].i, gain * values[n].q)
      }
    }
    if let spike {
      let amplitude = Float(Decibels.power(spike).squareRoot())
      for n in 0..<samples { values[n].i += amplitude }
    }
    if quantises {
      let scale = Float(127 * Decibels.power(-12).squareRoot())
      for n in 0..<samples {
        values[n].i = max(-128, min(127, (values[n].i * scale).rounded())) / 128
        values[n].q = max(-128, min(127, (values[n].q * scale).rounded())) / 128
      }
    }
    estimator.add(values.span)
    return estimator.finish()
  }

  /// What a detector finds in `count` spectra of the scene.
  func detect(
    _ count: Int, seed: UInt64, _ settings: SignalDetector.Configuration = .default
  ) throws -> [SignalPresence] {
    var detector = try SignalDetector(settings, for: configuration)
    var generator = SeededGenerator(seed: seed)
    var plan = FFTPlan(count: samples, direction: .inverse)
    var estimator = try WelchEstimator(configuration)
    return (0..<count).compactMap { _ in
      spectrum(&generator, &plan, &estimator).map { detector.detect($0) }
    }
  }
}
