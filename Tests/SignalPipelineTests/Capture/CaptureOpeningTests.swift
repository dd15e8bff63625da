import Foundation
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
          sampleCount: 5, skipBytes: 128,
          origins: .init(format: .name, sampleRate: .option, centerFrequency: .option)))
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
        == "\(subject) does not tell the sample format; give it, for example: "
        + "--format cu8 --rate 2.4M (usual are cu8, ci8, ci16_le, cf32_le)")
  }

  @Test("the command line that is shown has what the user gave, and not what the name tells")
  func example() throws {
    let fixture = try CaptureFixture()
    let path = try fixture.write([1, 2], to: "it's_100MHz_250ksps.bin")
    let named = CaptureFixture.error { try CaptureOpening.open(path) } as? FileError
    #expect(named?.reason.contains("for example: --format cu8 (") == true)
    let given =
      CaptureFixture.error {
        try CaptureFixture.open(pipe: [1, 2], CaptureConfiguration(sampleRate: 1_024_000))
      } as? FileError
    #expect(given?.reason.contains("for example: --format cu8 --rate 1.024M (") == true)
  }

  @Test("standard input needs a format")
  func standardInput() throws {
    let error =
      CaptureFixture.error {
        try CaptureFixture.open(pipe: [1, 2], .default)
      } as? FileError
    #expect(error?.path == "-")
    #expect(error?.reason.hasPrefix("standard input does not tell the sample format") == true)
    #expect(error?.reason.contains("for example: --format cu8 --rate 2.4M") == true)
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

  @Test("each fact is taken from the first that tells it")
  func origins() throws {
    let fixture = try CaptureFixture()
    let golden = FilePath(try ScratchFolder.golden("Capture/auxi.wav"))
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: golden.string)))
    let path = try fixture.write(bytes, to: "a_100MHz_250ksps.cu8")
    let told = try CaptureOpening.open(path).info
    #expect(told.container == .wav)
    #expect(told.format == .ci16)
    #expect(told.sampleRate == 48_000)
    #expect(told.centerFrequency == 433_920_000)
    #expect(
      told.origins
        == .init(
          format: .header, sampleRate: .header, centerFrequency: .header, startTime: .header))
    let given = try CaptureOpening.open(
      path, CaptureConfiguration(sampleRate: 1000, centerFrequency: -5)
    ).info
    #expect(given.sampleRate == 1000 && given.centerFrequency == -5)
    #expect(given.origins.sampleRate == .option && given.origins.centerFrequency == .option)
    #expect(given.header?.sampleRate == 48_000)
    // SciPy writes no centre: the name tells it.
    let plain = FilePath(try ScratchFolder.golden("Capture/scipy-ci16_le.wav"))
    let other = try fixture.write(
      [UInt8](try Data(contentsOf: URL(filePath: plain.string))),
      to: "HDSDR_20201231_120000Z_7100kHz_RF.wav")
    let mixed = try CaptureOpening.open(other).info
    #expect(mixed.centerFrequency == 7_100_000)
    #expect(mixed.startTime == "2020-12-31T12:00:00Z")
    #expect(
      mixed.origins
        == .init(format: .header, sampleRate: .header, centerFrequency: .name, startTime: .name))
  }

  @Test("a format that contradicts a header is refused; bytes to skip make the file raw")
  func contradiction() throws {
    let path = FilePath(try ScratchFolder.golden("Capture/scipy-ci16_le.wav"))
    let same = try CaptureOpening.open(path, CaptureConfiguration(format: .ci16)).info
    #expect(same.origins.format == .option && same.sampleCount == 7)
    let error =
      CaptureFixture.error {
        try CaptureOpening.open(path, CaptureConfiguration(format: .cu8))
      } as? FileError
    #expect(
      error?.reason == "its header says ci16_le, but cu8 was asked for; leave the format out, or "
        + "read the bytes raw with --skip-bytes 44")
    let raw = try CaptureOpening.open(
      path, CaptureConfiguration(format: .cu8, skipBytes: 44)
    ).info
    #expect(raw.container == .raw && raw.sampleCount == 14 && raw.sampleRate == nil)
    #expect(raw.header == nil)
  }

  @Test("a SigMF recording gives the same by its metadata, its samples, in an archive and piped")
  func sigmf() throws {
    let folder = FilePath(try ScratchFolder.golden("SigMF"))
    let expected = CaptureFixture.content(
      of: try CaptureOpening.open(folder.appending("tuned.sigmf-data")))
    #expect(expected.samples.count == 300 && expected.error == nil)
    for name in ["tuned.sigmf-meta", "tuned.sigmf-data", "own.sigmf", "ustar.sigmf"] {
      let path = folder.appending(name)
      let reader = try CaptureOpening.open(path)
      let info = reader.info
      #expect(info.path == path.string && info.container == .sigmf && info.sampleCount == 300)
      #expect(info.segments.count == 3 && info.centerFrequency == nil)
      #expect(info.centerFrequency(at: 99) == 433_920_000)
      #expect(info.origins.sampleRate == .header && info.origins.format == .header)
      #expect(CaptureFixture.content(of: reader).samples == expected.samples)
    }
    for (name, count) in [("ustar.sigmf", 300), ("pax.sigmf", 200)] {
      let bytes = [UInt8](
        try Data(contentsOf: URL(filePath: folder.appending(name).string)))
      let piped = try CaptureFixture.open(pipe: bytes, .default)
      #expect(piped.info.container == .sigmf)
      #expect(CaptureFixture.content(of: piped).samples.count == count)
    }
  }

  @Test("samples that lost their metadata are raw for who tells their format")
  func lostMetadata() throws {
    let fixture = try CaptureFixture()
    let path = try fixture.write([0, 255, 255, 0], to: "a.sigmf-data")
    let error = CaptureFixture.error { try CaptureOpening.open(path) } as? FileError
    #expect(error?.kind == .missing)
    let info = try CaptureOpening.open(path, CaptureConfiguration(format: .cu8)).info
    #expect(info.container == .raw && info.sampleCount == 2)
  }

  @Test(
    "what is not read is refused by its name, with the way to read it",
    arguments: [
      (
        "a.cu8.zst", [0x28, 0xB5, 0x2F, 0xFD], "zstd",
        "zstdcat FILE | psdpipe classify - --format cu8"
      ),
      ("a.gz", [0x1F, 0x8B, 8], "gzip", "gzip -dc FILE | psdpipe classify - --format cu8"),
      (
        "a.cs16.xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "xz",
        "xzcat FILE | psdpipe classify - --format ci16_le"
      ),
      ("a.bz2", Array("BZh91AY&SY".utf8), "bzip2", "bzcat FILE | psdpipe"),
      ("a.zip", [0x50, 0x4B, 3, 4], "zip", "unzip -p FILE | psdpipe"),
      ("a.coco", Array("BZh91AY&SY".utf8), "a .coco archive", "tar -xjOf FILE | psdpipe"),
      ("a.tar", [UInt8](repeating: 0, count: 257) + Array("ustar".utf8), "tar", "tar -xOf FILE"),
      ("a.wav", Array("fLaC".utf8), "FLAC", "sox FILE -t wav - | psdpipe classify -"),
      ("a.iq", Array("RIFX".utf8), "big-endian WAV (RIFX)", "sox FILE -t wav - | psdpipe"),
      ("a.bin", [0x89, 0x48, 0x44, 0x46, 13, 10, 0x1A, 10], "HDF5", "numpy.save"),
      ("a.mat", Array("MATLAB 5.0 MAT-file, ".utf8), "MATLAB", "numpy.save"),
      ("a.it", Array("IT++".utf8) + [3], "IT++", "numpy.save"),
      ("a.vrt", [0x18, 0x60, 0, 1], "VITA-49 packets", "--format"),
      ("a.sdriq", [1, 2, 3, 4], "SDRangel's .sdriq", "--skip-bytes 32 --format ci16"),
    ] as [(String, [UInt8], String, String)])
  func unreadable(name: String, start: [UInt8], kind: String, help: String) throws {
    let fixture = try CaptureFixture()
    let path = try fixture.write(start + [UInt8](repeating: 0, count: 600), to: name)
    let error = CaptureFixture.error { try CaptureOpening.open(path) } as? FileError
    #expect(error?.kind == .unsupported)
    #expect(error?.reason.contains("this is \(kind)") == true, "\(error as Any)")
    let told = help.replacing("FILE", with: path.string)
    #expect(error?.reason.contains(told) == true, "\(error as Any)")
    // Bytes to skip make every file raw.
    let configuration = CaptureConfiguration(format: .cu8, skipBytes: 2)
    let raw = try CaptureOpening.open(path, configuration).info
    #expect(raw.sampleCount == (start.count + 598) / 2)
  }

  @Test("what content tells is refused on a pipe too; what only a name tells yields to --format")
  func unreadableElsewhere() throws {
    let piped =
      CaptureFixture.error {
        try CaptureFixture.open(pipe: [0x28, 0xB5, 0x2F, 0xFD], CaptureConfiguration(format: .ci8))
      } as? FileError
    #expect(
      piped?.reason == "this is zstd, which is not read; use a pipe: … | zstdcat - | psdpipe "
        + "classify - --format ci8 --rate 2.4M")
    let fixture = try CaptureFixture()
    let path = try fixture.write([1, 2, 3, 4], to: "a.it")
    let info = try CaptureOpening.open(path, CaptureConfiguration(format: .cu8)).info
    #expect(info.sampleCount == 2)
  }

  @Test(
    "the samples that come with the project hold a signal",
    arguments: [
      ("lte_2585.1MHz_1.92Msps.cu8", SampleFormat.cu8, 163_840, 1.92e6, 2585.1e6),
      ("adsb_1090MHz_2Msps.cu8", .cu8, 163_840, 2e6, 1090e6),
      ("rc_car_2475MHz_2Msps.complex16s", .ci8, 123_861, 2e6, 2475e6),
    ])
  func samples(
    name: String, format: SampleFormat, count: Int, rate: Double, center: Double
  ) throws {
    var root = FilePath(#filePath)
    for _ in 0..<4 { root.removeLastComponent() }
    let reader = try CaptureOpening.open(root.appending("samples").appending(name))
    let info = reader.info
    #expect(info.format == format)
    #expect(info.sampleCount == count)
    #expect(info.sampleRate == rate && info.centerFrequency == center)
    let content = CaptureFixture.content(of: reader)
    #expect(content.samples.count == count)
    #expect(content.error == nil)
    // All three lie above −30 dB of full scale on average; silence would not.
    #expect(content.samples.reduce(0) { $0 + $1.power } / Float(count) > 1e-3)
  }
}
