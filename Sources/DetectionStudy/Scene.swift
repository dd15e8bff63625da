import Glibc
import SignalPipeline

/// One window of noise with what a receiver adds, and perhaps a signal in it.
struct Scene {
  /// What a receiver does to the window.
  struct Receiver {
    var name: String
    /// Attenuation at ±½ cycle/sample, from 0 at ±0.42 [dB].
    var rollOff = 0.0
    /// Slope of the gain [dB per cycle/sample].
    var tilt = 0.0
    /// The height of a raised cosine of 0.3 in the gain [dB], anywhere in the inner band.
    var hump = 0.0
    /// A change of the gain at a random place [dB].
    var step = 0.0
    /// The power of a constant, over all the noise [dB].
    var spike: Double?
    /// The level of three lines at random places, each over the noise in its bin [dB].
    var spurs: Double?
  }

  /// The signal's width [cycles/sample]; `nil` for noise alone.
  var width: Double?
  /// Its power over the noise in its band, while it is there [dB].
  var snr = 0.0
  /// The share of the window that it is there.
  var duration = 1.0
  var receiver = Receiver(name: "")

  /// Where the signal was put [cycles/sample; samples].
  struct Truth {
    var centre: Double
    var samples: Range<Int>
  }

  static let samples = 65_536

  /// The buffers of one worker.
  struct Studio: ~Copyable {
    var forward = FFTPlan(count: samples, direction: .forward)
    var inverse = FFTPlan(count: samples, direction: .inverse)
  }

  /// Draws the window: Gaussian noise, band-limited by its DFT, in white noise of power 1.
  func draw(
    _ generator: inout SeededGenerator, in studio: inout Studio
  ) -> (samples: [IQSample], truth: Truth) {
    let count = Self.samples
    var source = GaussianSource(using: &generator)
    var noise = [IQSample](repeating: .zero, count: count)
    source.fill(&noise)
    let length = Int((duration * Double(count)).rounded())
    let first = Int(generator.uniform() * Double(count - length + 1))
    let half = (width ?? 0) / 2
    // Inside the band's flat part: what the outer parts do is told apart.
    let centre = (2 * generator.uniform() - 1) * max(0, 0.42 - half)
    let truth = Truth(centre: centre, samples: first..<first + length)
    SampleKernels.scale(&noise, by: Float(0.5.squareRoot()))
    if let width {
      var signal = [IQSample](repeating: .zero, count: count)
      source.fill(&signal)
      for k in 0..<count {
        let distance = abs(Self.wrapped(Self.frequency(k) - centre))
        if distance > width / 2 { signal[k] = .zero }
      }
      studio.inverse.transform(&signal)
      let power = Decibels.power(snr) * width / SampleKernels.meanPower(signal)
      for n in 0..<count where !truth.samples.contains(n) { signal[n] = .zero }
      SampleKernels.add(Float(power.squareRoot()), times: signal, to: &noise)
    }
    receive(&noise, &generator, &studio)
    return (noise, truth)
  }

  private func receive(
    _ samples: inout [IQSample], _ generator: inout SeededGenerator, _ studio: inout Studio
  ) {
    let count = samples.count
    if let spurs = receiver.spurs {
      // A line's power spreads over the window's equivalent width of a bin and a half.
      let amplitude = (Decibels.power(spurs) * 1.5 / 8192).squareRoot()
      for _ in 0..<3 {
        let frequency = generator.uniform() - 0.5
        for n in 0..<count {
          let turns = (frequency * Double(n)).truncatingRemainder(dividingBy: 1)
          samples[n].i += Float(amplitude * cos(2 * .pi * turns))
          samples[n].q += Float(amplitude * sin(2 * .pi * turns))
        }
      }
    }
    if receiver.rollOff != 0 || receiver.tilt != 0 || receiver.hump != 0 {
      let middle = (generator.uniform() - 0.5) * 0.5
      studio.forward.transform(&samples)
      for k in 0..<count {
        let frequency = Self.frequency(k)
        let depth = min(1, max(0, (abs(frequency) - 0.42) / 0.08))
        var level = receiver.tilt * frequency - receiver.rollOff * (0.5 - 0.5 * cos(.pi * depth))
        let distance = abs(frequency - middle)
        if distance < 0.15 { level += receiver.hump * (0.5 + 0.5 * cos(.pi * distance / 0.15)) }
        let gain = Float(Decibels.power(level).squareRoot() / Double(count))
        samples[k] = IQSample(gain * samples[k].i, gain * samples[k].q)
      }
      studio.inverse.transform(&samples)
    }
    if let spike = receiver.spike {
      let amplitude = Float(Decibels.power(spike).squareRoot())
      for n in 0..<count { samples[n].i += amplitude }
    }
    if receiver.step != 0 {
      let gain = Float(Decibels.power(receiver.step).squareRoot())
      for n in Int(generator.uniform() * Double(count))..<count {
        samples[n] = IQSample(gain * samples[n].i, gain * samples[n].q)
      }
    }
  }

  private static func frequency(_ k: Int) -> Double {
    Double(k < samples / 2 ? k : k - samples) / Double(samples)
  }

  static func wrapped(_ frequency: Double) -> Double { frequency - frequency.rounded() }
}
