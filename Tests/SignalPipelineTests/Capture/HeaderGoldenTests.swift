import Foundation
import SignalPipeline
import SystemPackage
import Testing

/// WAV and NumPy files by the tools that own them; see Tests/Reference/wav_goldens.py.
@Suite struct HeaderGoldenTests {
  /// What a file holds.
  struct Golden: Decodable, Sendable, CustomTestStringConvertible {
    var file: String
    var format: String
    var offset: Int
    var bytes: Int
    var rate: Double?
    var center: Double?
    var start_time: String?
    var data: String
    var testDescription: String { file }

    /// The samples' bytes.
    var samples: [UInt8] {
      let digits = Array(data.utf8)
      return stride(from: 0, to: digits.count, by: 2).compactMap {
        UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
      }
    }
  }

  static let goldens: [Golden] = {
    guard let path = try? ScratchFolder.golden("Capture/captures.json"),
      let text = try? Data(contentsOf: URL(filePath: path))
    else { return [] }
    return (try? JSONDecoder().decode([Golden].self, from: text)) ?? []
  }()

  private static func path(_ name: String) throws -> FilePath {
    FilePath(try ScratchFolder.golden("Capture/\(name)"))
  }

  @Test("every file that the tools wrote is listed")
  func count() { #expect(Self.goldens.count == 37) }

  @Test("a header tells format, rate, centre, time and where the samples lie", arguments: goldens)
  func header(_ golden: Golden) throws {
    let reader = try CaptureOpening.open(Self.path(golden.file))
    let info = reader.info
    #expect(info.format.rawValue == golden.format)
    #expect(info.skipBytes == golden.offset)
    #expect(info.header?.dataBytes == golden.bytes)
    #expect(info.header?.sampleRate == golden.rate)
    #expect(info.header?.centerFrequency == golden.center)
    #expect(info.startTime == golden.start_time)
    #expect(
      info.origins
        == CaptureInfo.Origins(
          format: .header, sampleRate: golden.rate.map { _ in .header },
          centerFrequency: golden.center.map { _ in .header },
          startTime: golden.start_time.map { _ in .header }))
  }

  @Test(
    "the samples behind a header are those of their bytes alone, from files and pipes",
    arguments: goldens)
  func samples(_ golden: Golden) throws {
    let format = try #require(SampleFormat(rawValue: golden.format))
    guard format.isComplex else { return }
    let alone = CaptureFixture.content(
      of: try CaptureFixture.open(pipe: golden.samples, CaptureConfiguration(format: format)))
    #expect(alone.samples.count == golden.samples.count / format.bytesPerSample)
    let path = try Self.path(golden.file)
    let file = CaptureFixture.content(of: try CaptureOpening.open(path))
    #expect(file.samples == alone.samples)
    #expect(file.error == nil)
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path.string)))
    for piece in [1, 5, 1000] {
      let piped = CaptureFixture.content(
        of: try CaptureFixture.open(pipe: bytes, piece: piece, .default))
      #expect(piped.samples == alone.samples, "pieces of \(piece)")
      #expect(piped.error == nil)
    }
  }

  @Test(
    "what is no capture is refused where it says so",
    arguments: [
      ("refused-4-channels.wav", "chunk 'fmt ' at byte 22: 4 channels; one is read as real"),
      ("refused-a-law.wav", "chunk 'fmt ' at byte 20: the encoding is 6 (A-law); 1 (PCM) and 3"),
      ("refused-no-data.wav", "byte 48: it ends here without a 'data' chunk"),
      ("refused-no-fmt.wav", "chunk 'data' at byte 12: no 'fmt ' chunk stands before it"),
      ("refused-short-fmt.wav", "chunk 'fmt ' at byte 20: it has 14 bytes, at least 16 are needed"),
      ("refused-long-chunk.wav", "chunk 'LIST' at byte 36: its 4294967280 bytes go beyond the end"),
      ("refused-12-bytes.wav", "chunk 'fmt ' at byte 32: 2 × 48 bits of PCM in 12 bytes; PCM of 8"),
      ("refused-avi.wav", "byte 8: a RIFF file of kind 'AVI ', not WAVE"),
      ("refused-f4.npy", "descr: elements are '<f4', a capture has '<c8' (complex64)"),
      ("refused-2x2.npy", "shape: the array has shape [2, 2], a capture has one axis"),
      ("refused-short.npy", "byte 128: 55 bytes follow, shape [7] of '<c8' takes 56"),
    ])
  func refused(name: String, reason: String) throws {
    let path = try Self.path(name)
    let error = CaptureFixture.error { try CaptureOpening.open(path) } as? FileError
    #expect(error?.description.hasPrefix("\(path): \(reason)") == true, "\(error as Any)")
  }

  @Test(
    "an array or an archive that a pipe cuts off gives its samples, then an error",
    arguments: [
      ("Capture/c8.npy", 128, 56, 8), ("Capture/c16.npy", 128, 112, 16),
      ("SigMF/ustar.sigmf", 3584, 2400, 8),
    ])
  func cutOff(name: String, start: Int, size: Int, sample: Int) throws {
    let path = try ScratchFolder.golden(name)
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    let whole = CaptureFixture.content(of: try CaptureFixture.open(pipe: bytes, .default))
    #expect(whole.samples.count == size / sample && whole.error == nil)
    for end in [0, 1, sample, 2 * sample + 3, size - 1] {
      let content = CaptureFixture.content(
        of: try CaptureFixture.open(pipe: Array(bytes[..<(start + end)]), .default))
      #expect(content.samples == Array(whole.samples[..<(end / sample)]))
      #expect(
        content.error?.description == "-: byte \(start + end): it ends here; its header tells "
          + "\(size) bytes of samples from byte \(start) on")
      #expect(content.error?.kind == .malformed)
    }
  }

  @Test("a WAV recording that was stopped gives all its samples, from a file and from a pipe")
  func stopped() throws {
    let path = try ScratchFolder.golden("Capture/size-beyond.wav")
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    let fixture = try CaptureFixture()
    for end in [bytes.count - 4, bytes.count - 3, bytes.count - 9] {
      let cut = Array(bytes[..<end])
      let file = CaptureFixture.content(
        of: try CaptureOpening.open(try fixture.write(cut, to: "a.wav")))
      let piped = CaptureFixture.content(of: try CaptureFixture.open(pipe: cut, .default))
      #expect(file.samples.count == (end - 44) / 4)
      #expect(piped.samples == file.samples)
      #expect(file.error == nil && piped.error == nil)
    }
    // Nothing was recorded: that is an error either way.
    let empty = CaptureFixture.content(
      of: try CaptureFixture.open(pipe: Array(bytes[..<45]), .default))
    #expect(empty.error?.reason == "no samples after the skipped bytes")
  }

  @Test("no header that ends early, and none with any byte changed, traps or reads beyond")
  func damaged() throws {
    for golden in Self.goldens {
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: Self.path(golden.file).string)))
      let header = min(golden.offset, 256)
      for end in stride(from: 0, to: header, by: 3) {
        _ = try? CaptureFixture.open(pipe: Array(bytes[..<end]), .default)
      }
      for index in stride(from: 0, to: header, by: 2) {
        for value in [0, 0x7F, 0xFF] as [UInt8] {
          var changed = bytes
          changed[index] = value
          if let reader = try? CaptureFixture.open(pipe: changed, .default),
            reader.info.format.isComplex
          {
            #expect(CaptureFixture.content(of: reader).samples.count <= bytes.count)
          }
        }
      }
    }
  }
}
