import Foundation
import SignalPipeline
import Testing

@Suite struct SceneTests {
  /// All classes but those of which there is one only, with everything on the way to the receiver.
  static func crowded(
    _ count: ClosedRange<Int> = 2...4, impairments: ImpairmentRanges = .harsh
  ) -> SynthesisConfiguration {
    var configuration = SynthesisConfiguration.default
    configuration.classes = SignalClass.allCases.filter { $0 != .noise }
    configuration.samples = 32_768
    configuration.bandwidth = 0.06...0.12
    configuration.impairments = impairments
    configuration.others = .init(
      probability: 1, count: count, snr: 0...20, bandwidth: 0.02...0.1, spacing: 0.01)
    return configuration
  }

  static let bursts = SynthesisConfiguration.Bursts(
    probability: 1, count: 1...4, duration: 1000...6000, pause: 500...8000, ramp: 64)

  /// The distance of two frequencies on the circle of the band.
  private static func distance(_ a: Double, _ b: Double) -> Double {
    abs(a - b - (a - b).rounded())
  }

  /// How long a signal's energy would last at full amplitude [samples].
  static func time(_ bursts: [Burst]?, of samples: Int) -> Double {
    bursts?.reduce(0) { $0 + $1.effectiveTime } ?? Double(samples)
  }

  @Test("absent laws change nothing, and older configurations are read as without them")
  func absent() throws {
    let configuration = SynthesisConfiguration.default
    let text = try JSONEncoder().encode(configuration)
    #expect(!String(decoding: text, as: UTF8.self).contains("others"))
    #expect(!String(decoding: text, as: UTF8.self).contains("bursts"))
    #expect(try JSONDecoder().decode(SynthesisConfiguration.self, from: text) == configuration)
    var laws = Self.crowded()
    laws.bursts = Self.bursts
    let both = try JSONEncoder().encode(laws)
    #expect(try JSONDecoder().decode(SynthesisConfiguration.self, from: both) == laws)
  }

  @Test("the first signal and the noise are what they are without others")
  func first() throws {
    let crowded = Self.crowded()
    var alone = crowded
    alone.others = nil
    var scenes = try SignalGenerator(crowded)
    var singles = try SignalGenerator(alone)
    for index in 0..<8 {
      let (signal, noise, conditions) = scenes.components(index)
      let single = singles.components(index)
      #expect(signal == single.signal && noise == single.noise)
      var rest = conditions
      rest.others = nil
      rest.unplaced = nil
      #expect(rest == single.conditions)
    }
    var never = crowded
    never.others?.probability = 0
    never.bursts = Self.bursts
    never.bursts?.probability = 0
    var unused = try SignalGenerator(never)
    for index in 0..<4 { #expect(unused.example(index) == singles.example(index)) }
  }

  @Test("an example is its signals and its noise, whatever was made before and on any thread")
  func sum() throws {
    var configuration = Self.crowded(impairments: ImpairmentRanges.clean)
    configuration.impairments.multipath = ImpairmentRanges.harsh.multipath
    configuration.impairments.phaseNoise = ImpairmentRanges.harsh.phaseNoise
    configuration.bursts = Self.bursts
    configuration.bursts?.probability = 0.5
    let fixed = configuration
    var generator = try SignalGenerator(fixed)
    let examples = (0..<8).map { generator.example($0) }
    let threaded = try Parallel.map(8, workers: 2) {
      try SignalGenerator(fixed)
    } _: { generator, index in
      generator.example(index)
    }
    #expect(examples == threaded)
    for index in [5, 2] {
      let example = generator.example(index)
      #expect(example == examples[index])
      let (signal, noise, conditions) = generator.components(index)
      let others = generator.others(index)
      #expect(conditions == example.conditions)
      #expect(others.count == conditions.others?.count)
      // One rounding a signal, of values below 128.
      for n in signal.indices {
        let i = others.reduce(signal[n].i + noise[n].i) { $0 + $1[n].i }
        let q = others.reduce(signal[n].q + noise[n].q) { $0 + $1[n].q }
        #expect(abs(example.samples[n].i - i) < 4e-5 && abs(example.samples[n].q - q) < 4e-5)
      }
    }
  }

  @Test("the samples are known, and the same on every machine")
  func bits() throws {
    var configuration = Self.crowded()
    configuration.bursts = Self.bursts
    configuration.bursts?.probability = 0.5
    var generator = try SignalGenerator(configuration)
    var digest = SHA512()
    for index in 0..<16 { digest.update(CaptureFixture.bytes(generator.example(index).samples)) }
    #expect(digest.hexDigest().prefix(16) == "50909dec264a235e")
  }

  @Test("bands keep their distance, lie anywhere and find every place there is")
  func places() throws {
    var configuration = Self.crowded(1...4, impairments: .clean)
    configuration.samples = 4096
    configuration.offset = .fixed(frequency: 0.45)
    configuration.others?.spacing = 0.03
    var generator = try SignalGenerator(configuration)
    var offsets: [Double] = []
    var unplaced = 0
    for index in 0..<200 {
      let conditions = generator.components(index).conditions
      let signals = conditions.signals
      unplaced += conditions.unplaced ?? 0
      #expect((1...4).contains(signals.count - 1 + (conditions.unplaced ?? 0)))
      for (k, signal) in signals.enumerated() {
        for other in signals[..<k] {
          let gap =
            Self.distance(signal.offset, other.offset) - (signal.bandwidth + other.bandwidth) / 2
          #expect(gap > 0.03 - 1e-12)
        }
        if k > 0 {
          offsets.append(signal.offset)
          #expect((-0.5..<0.5).contains(signal.offset))
          #expect((0.02...0.1).contains(signal.bandwidth))
          #expect((0...20).contains(signal.snr))
        }
      }
    }
    // At most 0.12 + 4·0.1 wide and 0.03 apart: what is free is always wide enough.
    #expect(unplaced == 0)
    #expect(offsets.count > 400)
    // A quarter each but for what the first signal takes, 0.2 of the band: five standard errors.
    for quarter in stride(from: -0.375, to: 0.3, by: 0.25) {
      let share = Double(offsets.count { abs($0 - quarter) < 0.125 }) / Double(offsets.count)
      #expect(abs(share - 0.25) < 0.14)
    }
  }

  @Test("signals that find no place are left out, and the conditions tell how many")
  func unplaced() throws {
    var configuration = Self.crowded(8...8, impairments: .clean)
    configuration.samples = 4096
    configuration.others?.bandwidth = 0.2...0.2
    var generator = try SignalGenerator(configuration)
    for index in 0..<20 {
      let example = generator.example(index)
      let placed = example.conditions.others?.count ?? 0
      #expect(placed + (example.conditions.unplaced ?? 0) == 8)
      // Of 0.94 at least that the first leaves, four of 0.2 and five distances fit at best.
      #expect((2...4).contains(placed))
    }
  }

  @Test(
    "the SNR of each further signal measured from the separate components is the drawn one",
    arguments: [0.0, 0.5])
  func power(bursty: Double) throws {
    var configuration = Self.crowded()
    configuration.samples = 65_536
    configuration.impairments.remove(.floor)
    configuration.bursts = Self.bursts
    configuration.bursts?.probability = bursty
    var generator = try SignalGenerator(configuration)
    var errors: [Double] = []
    for index in 0..<32 {
      let (_, noise, conditions) = generator.components(index)
      // White noise: its density is its power over the whole band of one cycle/sample.
      let density = SampleKernels.meanPower(noise)
      for (samples, signal) in zip(generator.others(index), conditions.others ?? []) {
        let time = Self.time(signal.bursts, of: samples.count)
        let power = SampleKernels.meanPower(samples) * Double(samples.count) / time
        errors.append(Decibels.level(power / (density * signal.bandwidth)) - signal.snr)
      }
    }
    #expect(errors.count > 64)
    // Five standard errors of the mean of 65,536 exponential powers, and of that of 32 examples.
    #expect(errors.allSatisfy { abs($0) < 0.085 })
    #expect(abs(errors.reduce(0, +) / Double(errors.count)) < 0.015)
  }

  @Test("where the noise floor has a shape, the SNR is over the noise that is in the band")
  func shapedFloor() throws {
    var configuration = Self.crowded(impairments: .clean)
    configuration.classes = [.rrc]
    configuration.samples = 262_144
    configuration.others?.bandwidth = 0.05...0.1
    configuration.impairments.floor = ImpairmentRanges.harsh.floor
    configuration.impairments.require(.floor)
    var generator = try SignalGenerator(configuration)
    var errors: [Double] = []
    var shapes: [Double] = []
    for index in 0..<6 {
      let (_, noise, conditions) = generator.components(index)
      let floor = SpectrumProbe(noise)
      for (samples, signal) in zip(generator.others(index), conditions.others ?? []) {
        let half = signal.bandwidth / 2
        // Bands that reach around the edge are left to the others.
        guard abs(signal.offset) + half < 0.5 else { continue }
        let power = floor.power(signal.offset - half...signal.offset + half)
        errors.append(Decibels.level(SampleKernels.meanPower(samples) / power) - signal.snr)
        let first = PortableMath.amplitude(decibels: -2 * conditions.snr) / conditions.bandwidth
        shapes.append(Decibels.level(power / (first * signal.bandwidth)))
      }
    }
    #expect(errors.count > 10)
    // 13,107 bins or more, 4.34/114 = 0.04 dB, and the filter's 0.2 dB in single places.
    #expect(errors.allSatisfy { abs($0) < 0.3 })
    #expect(abs(errors.reduce(0, +) / Double(errors.count)) < 0.1)
    // The floor does differ from band to band.
    #expect(shapes.contains { abs($0) > 1 })
  }

  @Test("an example of noise has neither other signals nor bursts")
  func noise() throws {
    var configuration = Self.crowded()
    configuration.classes = [.noise, .am]
    configuration.bursts = Self.bursts
    var generator = try SignalGenerator(configuration)
    for index in 0..<8 {
      let conditions = generator.example(index).conditions
      let isNoise = index % 2 == 0
      #expect((conditions.others == nil) == isNoise)
      #expect((conditions.bursts == nil) == isNoise)
      #expect(conditions.others?.allSatisfy { $0.signalClass == .am } != false)
    }
  }

  @Test("the limits of the laws generate finite samples")
  func extremes() throws {
    var configuration = Self.crowded(16...16)
    configuration.samples = 1031
    configuration.snr = -100...100
    configuration.bandwidth = 0.07...0.5
    configuration.others = .init(
      probability: 1, count: 16...16, snr: -100...100, bandwidth: 0.07...0.5, spacing: 0)
    configuration.bursts = .init(
      probability: 0.5, count: 1...9, duration: 64...1031, pause: 0...1, ramp: 5)
    var generator = try SignalGenerator(configuration)
    for index in 0..<64 {
      #expect(generator.example(index).samples.allSatisfy { $0.i.isFinite && $0.q.isFinite })
    }
  }

  @Test("what cannot be generated is refused by the field's name")
  func validation() {
    func field(_ change: (inout SynthesisConfiguration) -> Void) -> String? {
      var configuration = Self.crowded()
      configuration.bursts = Self.bursts
      change(&configuration)
      do {
        _ = try SignalGenerator(configuration)
        return nil
      } catch {
        return error.field
      }
    }
    #expect(field { _ in } == nil)
    #expect(field { $0.classes = [.noise] } == "others")
    #expect(field { $0.others?.probability = -0.1 } == "others.probability")
    #expect(field { $0.others?.count = 0...1 } == "others.count")
    #expect(field { $0.others?.count = 1...17 } == "others.count")
    #expect(field { $0.others?.snr = 0...101 } == "others.snr")
    #expect(field { $0.others?.bandwidth = 0.001...0.1 } == "others.bandwidth")
    #expect(field { $0.others?.bandwidth = 0.1...0.6 } == "others.bandwidth")
    #expect(field { $0.others?.spacing = -0.01 } == "others.spacing")
    #expect(field { $0.others?.spacing = .nan } == "others.spacing")
    #expect(field { $0.bursts?.probability = .nan } == "bursts.probability")
    #expect(field { $0.bursts?.count = 0...1 } == "bursts.count")
    #expect(field { $0.bursts?.duration = 63...100 } == "bursts.duration")
    #expect(field { $0.bursts?.duration = 100...32_769 } == "bursts.duration")
    #expect(field { $0.bursts?.pause = -1...5 } == "bursts.pause")
    #expect(field { $0.bursts?.pause = 0 ... .max } == "bursts.pause")
    #expect(field { $0.bursts?.ramp = -1 } == "bursts.ramp")
    #expect(field { $0.classes = [.ook, .noise] } == "bursts")
  }

  @Test("a recording has an annotation for each burst of each signal, which is read back")
  func annotations() throws {
    var configuration = Self.crowded()
    configuration.bursts = Self.bursts
    configuration.bursts?.probability = 0.5
    var generator = try SignalGenerator(configuration)
    for index in 0..<12 {
      let conditions = generator.example(index).conditions
      let metadata = try SyntheticRecording.metadata(
        of: conditions, samples: configuration.samples, format: .ci16, sampleRate: 1e6)
      let text = try SigMFWriter.text(of: metadata, path: "x")
      let read = try SigMFMetadata(json: text, path: "x")
      #expect(read.global.extensions == [.psdpipe])
      var annotations = read.annotations
      for (number, signal) in conditions.signals.enumerated() {
        let whole = Burst(start: 0, count: configuration.samples, ramp: 0)
        for burst in signal.bursts ?? [whole] {
          let place = try #require(
            annotations.firstIndex {
              $0.sampleStart == burst.start
                && $0.extra["psdpipe:signal"] == .integer(Int64(number))
            })
          let annotation = annotations.remove(at: place)
          #expect(annotation.sampleCount == burst.count)
          #expect(annotation.label == signal.signalClass.rawValue)
          #expect(annotation.extra["psdpipe:offset"] == .number(signal.offset))
          #expect(annotation.extra["psdpipe:snr"] == .number(signal.snr))
          #expect(
            annotation.extra["psdpipe:ramp"]
              == signal.bursts.map { _ in .integer(Int64(burst.ramp)) })
          let impairments = try #require(annotation.extra["psdpipe:impairments"])
          #expect(try impairments.decode(as: Impairments.self) == signal.impairments)
          let band = try #require(annotation.frequencies)
          let low = max((signal.offset - signal.bandwidth / 2) * 1e6, -500_000)
          #expect(abs(band.lower - low) < 1e-3)
        }
      }
      #expect(annotations.isEmpty)
    }
  }
}
