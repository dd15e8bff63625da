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
  /// A carrier of this frequency [cycles/sample], its power over the noise in one bin [dB].
  var carrier: (frequency: Double, level: Double)?
  var samples = 65_536
  var configuration = SpectrumConfiguration.default

  /// The gain of signal and receiver at a frequency, noise having density 1 before it.
  private func gain(_ frequency: Double) -> Double {
    let depth = min(1, max(0, (abs(frequency) - 0.42) / 0.08))
    let receiver = Decibels.power(-rollOff * (0.5 - 0.5 * cos(.pi * depth)))
    guard let band else { return receiver.squareRoot() }
    let distance = abs((frequency - band.centre) - (frequency - band.centre).rounded())
    let signal = distance <= band.width / 2 ? Decibels.power(band.level) : 0
    return (receiver * (1 + signal)).squareRoot()
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
