import Foundation
import SignalPipeline
import Testing

@Suite struct SampleAdjustmentTests {
  private func read(
    _ samples: [IQSample], _ adjustment: SampleAdjustment, piece: Int = 1000,
    replaceNonfinite: Bool = false
  ) throws -> CaptureFixture.Content {
    let configuration = CaptureConfiguration(
      format: .cf32, replaceNonfinite: replaceNonfinite, adjustment: adjustment)
    return CaptureFixture.content(
      of: try CaptureFixture.open(
        pipe: CaptureFixture.bytes(samples), piece: piece, configuration), chunk: 777)
  }

  @Test("swap, conjugation and gain do what they say, alone and together")
  func plain() throws {
    let samples = CaptureFixture.ramp(2000)
    let swapped = try read(samples, SampleAdjustment(swapIQ: true))
    #expect(swapped.samples == samples.map { IQSample($0.q, $0.i) })
    let conjugate = try read(samples, SampleAdjustment(conjugate: true))
    #expect(conjugate.samples == samples.map { IQSample($0.i, -$0.q) })
    let both = try read(samples, SampleAdjustment(swapIQ: true, conjugate: true))
    #expect(both.samples == samples.map { IQSample($0.q, -$0.i) })
    let louder = try read(samples, SampleAdjustment(gain: 20))
    #expect(louder.samples == samples.map { IQSample(10 * $0.i, 10 * $0.q) })
    let quieter = try read(samples, SampleAdjustment(conjugate: true, gain: -6))
    let factor = Float(pow(10, -0.3))
    #expect(quieter.samples == samples.map { IQSample(factor * $0.i, -factor * $0.q) })
  }

  @Test("an offset is gone as soon as the mean is known, and pieces never show")
  func offset() throws {
    var generator = ReferenceGenerator(state: 5)
    let noise = generator.noise(100_000)
    let samples = noise.map { IQSample(0.25 * $0.i + 0.3, 0.25 * $0.q - 0.1) }
    let content = try read(samples, SampleAdjustment(removeDC: true))
    #expect(content.samples.first == .zero)
    for range in [1000..<5000, 5000..<33_000, 60_000..<100_000] {
      let mean = content.samples[range].reduce(SIMD2<Double>.zero) {
        $0 + SIMD2(Double($1.i), Double($1.q)) / Double(range.count)
      }
      // The means of noise of 0.14 rms: of the range, and of all before it.
      #expect(abs(mean.x) < 0.015 && abs(mean.y) < 0.015, "\(range)")
    }
    let power = content.samples[5000...].reduce(0) { $0 + Double($1.power) } / 95_000
    #expect(abs(power - 2 * 0.0625 / 3) < 0.0005)
    #expect(
      try read(samples, SampleAdjustment(removeDC: true), piece: 77).samples == content.samples)
    let louder = try read(samples, SampleAdjustment(removeDC: true, gain: 20))
    #expect(louder.samples == content.samples.map { IQSample(10 * $0.i, 10 * $0.q) })
  }

  @Test("DC removal is a high-pass with its corner where it says")
  func corner() throws {
    // fs/(2πN) in cycles per sample; long after the mean has settled.
    let frequency = 1 / (2 * Double.pi * 32_768)
    let samples = (0..<1_300_000).map { n -> IQSample in
      let angle = 2 * Double.pi * frequency * Double(n)
      return IQSample(Float(cos(angle)), Float(sin(angle)))
    }
    let content = try read(samples, SampleAdjustment(removeDC: true), piece: 60_000)
    let power = content.samples.suffix(10_000).reduce(0) { $0 + Double($1.power) } / 10_000
    #expect(abs(power - 0.5) < 0.01)
  }

  @Test("of a real capture, DC removal takes what stands at 0 Hz, not at the new centre")
  func real() throws {
    let format = try #require(SampleFormat(rawValue: "ru8"))
    let bytes = [UInt8](repeating: 200, count: 20_000)
    func power(_ adjustment: SampleAdjustment) throws -> Double {
      let configuration = CaptureConfiguration(format: format, adjustment: adjustment)
      let content = CaptureFixture.content(
        of: try CaptureFixture.open(pipe: bytes, configuration))
      #expect(content.samples.count == 10_000)
      return content.samples[500..<9500].reduce(0) { $0 + Double($1.power) }
    }
    #expect(try power(.none) > 100)
    #expect(try power(SampleAdjustment(removeDC: true)) == 0)
  }

  @Test("the adjustment is told with the capture, and none is made unless asked for")
  func recorded() throws {
    let adjustment = SampleAdjustment(swapIQ: true, removeDC: true, gain: 3)
    let reader = try CaptureFixture.open(
      pipe: [1, 2], CaptureConfiguration(format: .cu8, adjustment: adjustment))
    #expect(reader.info.adjustment == adjustment)
    let plain = try CaptureFixture.open(pipe: [1, 2], CaptureConfiguration(format: .cu8))
    #expect(plain.info.adjustment == .none)
    let json = try JSONEncoder().encode(adjustment)
    #expect(try JSONDecoder().decode(SampleAdjustment.self, from: json) == adjustment)
  }

  @Test("a gain that makes no sense is refused", arguments: [Double.nan, .infinity, 201, -201])
  func refused(gain: Double) {
    let configuration = CaptureConfiguration(adjustment: SampleAdjustment(gain: gain))
    let error = #expect(throws: ConfigurationError.self) { try configuration.validate() }
    #expect(error?.field == "gain")
  }

  @Test("what a gain takes beyond a float's range is an error or 0, never passed on")
  func overflow() throws {
    var samples = CaptureFixture.ramp(100)
    samples[50].q = 1e38
    let content = try read(samples, SampleAdjustment(gain: 20))
    #expect(content.samples.count == 50)
    #expect(content.error?.place == "sample 50 at byte 400")
    #expect(content.error?.reason.hasPrefix("its adjustment leaves the range") == true)
    let replaced = try read(samples, SampleAdjustment(gain: 20), replaceNonfinite: true)
    #expect(replaced.samples.count == 100)
    #expect(replaced.samples[50] == .zero)
    #expect(replaced.replaced == 1)
  }
}
