import SignalPipeline
import SystemPackage
import Testing

@Suite struct CaptureOpeningTests {
  @Test("what is known of a file is told before its samples are read")
  func info() throws {
    let fixture = try CaptureFixture()
    let path = try fixture.write([UInt8](repeating: 1, count: 128 + 21), to: "Some name.CS16")
    let reader = try CaptureOpening.open(
      path, CaptureConfiguration(sampleRate: 2e6, centerFrequency: 433.92e6, skipBytes: 128))
    let info = reader.info
    #expect(
      info
        == CaptureInfo(
          path: path.string, format: .ci16, sampleRate: 2e6, centerFrequency: 433.92e6,
          sampleCount: 5, skipBytes: 128))
  }

  @Test("the format asked for wins over the extension")
  func precedence() throws {
    let fixture = try CaptureFixture()
    let path = try fixture.write([0, 255], to: "a.cf32")
    let content = CaptureFixture.content(
      of: try CaptureOpening.open(path, CaptureConfiguration(format: .cu8)))
    #expect(content.samples == [IQSample(-1, 1)])
  }

  @Test(
    "a name that does not tell the format is answered with the option that does",
    arguments: [
      ("a.bin", "the extension .bin"), ("gfile001.data", "the extension .data"),
      ("capture", "a name without extension"),
    ])
  func formatless(name: String, subject: String) throws {
    let fixture = try CaptureFixture()
    let path = try fixture.write([1, 2], to: name)
    let error = CaptureFixture.error { try CaptureOpening.open(path) } as? FileError
    #expect(error?.kind == .unsupported)
    #expect(error?.path == path.string)
    #expect(
      error?.reason
        == "\(subject) does not tell the sample format; give it, for example --format cu8 "
        + "(one of cu8, ci8, ci16_le, cf32_le)")
  }

  @Test("standard input needs a format")
  func standardInput() {
    let error = CaptureFixture.error { try CaptureOpening.open("-") } as? FileError
    #expect(error?.path == "-")
    #expect(error?.reason.hasPrefix("standard input does not tell the sample format") == true)
    #expect(error?.reason.contains("--format cu8") == true)
  }

  @Test("an empty file and an empty pipe are errors")
  func empty() throws {
    let fixture = try CaptureFixture()
    let path = try fixture.write([], to: "a.cu8")
    let error = CaptureFixture.error { try CaptureOpening.open(path) } as? FileError
    #expect(error?.description == "\(path): it is empty")
    let piped = CaptureFixture.content(
      of: try CaptureFixture.open(pipe: [], CaptureConfiguration(format: .cu8)))
    #expect(piped.error?.description == "-: it is empty")
  }

  @Test("skipped bytes are passed over in files and pipes, whatever their number")
  func skip() throws {
    let fixture = try CaptureFixture()
    for skip in [0, 1, 128, ByteSource.blockSize - 1, ByteSource.blockSize + 77] {
      let bytes = [UInt8](repeating: 9, count: skip) + [0, 255, 255, 0]
      let path = try fixture.write(bytes, to: "a.cu8")
      let configuration = CaptureConfiguration(format: .cu8, skipBytes: skip)
      let expected = [IQSample(-1, 1), IQSample(1, -1)]
      let file = CaptureFixture.content(of: try CaptureOpening.open(path, configuration))
      #expect(file.samples == expected)
      let piped = CaptureFixture.content(
        of: try CaptureFixture.open(pipe: bytes, configuration))
      #expect(piped.samples == expected)
    }
  }

  @Test("skipping to the end or beyond it is an error that names the place")
  func skipTooFar() throws {
    let fixture = try CaptureFixture()
    let path = try fixture.write([1, 2, 3, 4], to: "a.cu8")
    for (skip, text) in [
      (4, "byte 4: no samples after the skipped bytes"),
      (5, "byte 4: it ends there, within the 5 bytes to skip"),
      (Int.max, "byte 4: it ends there, within the \(Int.max) bytes to skip"),
    ] {
      let configuration = CaptureConfiguration(format: .cu8, skipBytes: skip)
      let file = CaptureFixture.error { try CaptureOpening.open(path, configuration) }
      #expect(file.map { "\($0)" } == "\(path): \(text)")
      var piped = CaptureFixture.error {
        try CaptureFixture.open(pipe: [1, 2, 3, 4], configuration)
      }
      if skip == 4 {
        piped =
          CaptureFixture.content(
            of: try CaptureFixture.open(pipe: [1, 2, 3, 4], configuration)
          ).error
      }
      #expect(piped.map { "\($0)" } == "-: \(text)")
    }
  }

  @Test("a configuration that makes no sense is refused before anything is opened")
  func configuration() {
    for (configuration, field) in [
      (CaptureConfiguration(sampleRate: 0), "sampleRate"),
      (CaptureConfiguration(sampleRate: .infinity), "sampleRate"),
      (CaptureConfiguration(centerFrequency: .nan), "centerFrequency"),
      (CaptureConfiguration(skipBytes: -1), "skipBytes"),
    ] {
      let error = CaptureFixture.error { try CaptureOpening.open("/nowhere", configuration) }
      #expect((error as? ConfigurationError)?.field == field)
    }
  }

  @Test(
    "the samples that come with the project hold a signal",
    arguments: [
      ("lte_2585.1MHz_1.92Msps.cu8", SampleFormat.cu8, 163_840),
      ("adsb_1090MHz_2Msps.cu8", .cu8, 163_840),
      ("rc_car_2475MHz_2Msps.complex16s", .ci8, 123_861),
    ])
  func samples(name: String, format: SampleFormat, count: Int) throws {
    var root = FilePath(#filePath)
    for _ in 0..<4 { root.removeLastComponent() }
    let reader = try CaptureOpening.open(root.appending("samples").appending(name))
    let info = reader.info
    #expect(info.format == format)
    #expect(info.sampleCount == count)
    let content = CaptureFixture.content(of: reader)
    #expect(content.samples.count == count)
    #expect(content.error == nil)
    // All three lie above −30 dB of full scale on average; silence would not.
    #expect(content.samples.reduce(0) { $0 + $1.power } / Float(count) > 1e-3)
  }
}
