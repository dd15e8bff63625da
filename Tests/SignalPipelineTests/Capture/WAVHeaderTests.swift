import Foundation
import SignalPipeline
import SystemPackage
import Testing

/// Sizes beyond 4 GB, in files that hold nothing there.
@Suite struct WAVHeaderTests {
  private static func number(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  private static let format =
    Array("fmt ".utf8) + number(16, 4) + number(1, 2) + number(2, 2) + number(2_400_000, 4)
    + number(9_600_000, 4) + number(4, 2) + number(16, 2)

  /// A header whose samples have `told` bytes, of which `long` tells 64 bits.
  private static func header(told: Int, long: Int? = nil) -> [UInt8] {
    let long = long.map {
      Array("ds64".utf8) + number(28, 4) + number(0, 8) + number($0, 8) + number(0, 12)
    }
    return Array((long == nil ? "RIFF" : "RF64").utf8) + number(0, 4) + Array("WAVE".utf8)
      + (long ?? []) + format + Array("data".utf8) + number(told, 4)
  }

  /// Opens a file of a header and `length` bytes of nothing.
  private static func info(of header: [UInt8], length: Int) throws -> CaptureInfo {
    let fixture = try CaptureFixture()
    let path = try fixture.write(header, to: "a.wav")
    let file = try FileDescriptor.open(path, .readWrite)
    try file.resize(to: Int64(header.count + length))
    try file.close()
    let reader = try CaptureOpening.open(path)
    return reader.info
  }

  private static let fiveGigabytes = 5 << 30

  @Test("an RF64 file has the samples that its 64-bit size tells, and no more")
  func long() throws {
    let header = Self.header(told: 0xFFFF_FFFF, long: Self.fiveGigabytes)
    let info = try Self.info(of: header, length: Self.fiveGigabytes + 1000)
    #expect(info.container == .rf64)
    #expect(info.sampleCount == Self.fiveGigabytes / 4)
    #expect(info.sampleRate == 2_400_000)
  }

  @Test("a size of 64 bits that no file has means all that is there")
  func absurd() throws {
    for long in [Int.max, -1, Self.fiveGigabytes] {
      let info = try Self.info(of: Self.header(told: 0xFFFF_FFFF, long: long), length: 4003)
      #expect(info.sampleCount == 1000)
    }
  }

  @Test("a RIFF file beyond 4 GB gets the upper bits of its size back")
  func wrapped() throws {
    let header = Self.header(told: Self.fiveGigabytes & 0xFFFF_FFFF)
    let info = try Self.info(of: header, length: Self.fiveGigabytes + 100)
    #expect(info.container == .wav)
    #expect(info.sampleCount == Self.fiveGigabytes / 4)
  }

  @Test("a finished file without samples holds none, whatever follows")
  func empty() throws {
    let fixture = try CaptureFixture()
    let list = Array("LIST".utf8) + Self.number(4, 4) + Array("INFO".utf8)
    var bytes = Self.header(told: 0) + list
    bytes.replaceSubrange(4..<8, with: Self.number(bytes.count - 8, 4))
    let path = try fixture.write(bytes, to: "a.wav")
    let error = CaptureFixture.error { try CaptureOpening.open(path) } as? FileError
    #expect(error?.place == "byte 44")
  }

  @Test("a stream of unknown length is read to its end, one of known length to that")
  func streams() throws {
    let samples = [UInt8](repeating: 3, count: 4000)
    for (told, count) in [
      (0, 1000), (0x7FFF_F000, 1000), (0x8000_0000, 1000), (0xFFFF_FFFF, 1000), (400, 100),
    ] {
      let content = CaptureFixture.content(
        of: try CaptureFixture.open(pipe: Self.header(told: told) + samples, .default))
      #expect(content.samples.count == count)
      #expect(content.error == nil)
    }
  }

  @Test("a stream whose 64-bit size no stream has is read to its end")
  func absurdStream() throws {
    for long in [Int.max, .max - 9, .max - 5000, -1] {
      let header = Self.header(told: 0xFFFF_FFFF, long: long)
      let content = CaptureFixture.content(
        of: try CaptureFixture.open(pipe: header + [UInt8](repeating: 3, count: 4000), .default))
      #expect(content.samples.count == 1000)
      #expect(content.error == nil)
    }
  }

  @Test("a chunk of 4 GB is passed over without being kept")
  func hugeChunk() throws {
    let fixture = try CaptureFixture()
    let start =
      Array("RIFF".utf8) + Self.number(0, 4) + Array("WAVEJUNK".utf8)
      + Self.number(0xFFFF_FFF0, 4)
    let path = try fixture.write(start, to: "a.wav")
    let file = try FileDescriptor.open(path, .readWrite)
    let rest = Self.format + Array("data".utf8) + Self.number(4, 4) + [1, 0, 2, 0]
    try file.writeAll(toAbsoluteOffset: Int64(start.count + 0xFFFF_FFF0), rest)
    try file.close()
    let content = CaptureFixture.content(of: try CaptureOpening.open(path))
    #expect(content.samples == [IQSample(1 / 32768, 2 / 32768)])
  }
}
