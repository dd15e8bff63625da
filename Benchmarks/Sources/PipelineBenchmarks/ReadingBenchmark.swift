import Glibc
import ReadingPeer
import SignalPipeline
import SystemPackage

/// Captures of every format, and containers, from the page cache to samples, on one thread.
final class ReadingBenchmark {
  /// A capture: what stands before its samples, and their format.
  private struct Capture {
    var name: String
    var format: SampleFormat
    var header: [UInt8] = []
  }

  private let samples = 1 << 22
  private let chunk = 1 << 17
  private let folder: FilePath
  private let captures: [Capture]
  private var buffer: [IQSample]
  private var values: [Float]

  /// Writes the captures to a temporary folder.
  init() throws {
    folder = FilePath("/tmp/psdpipe-benchmark-\(getpid())")
    buffer = [IQSample](repeating: .zero, count: chunk)
    values = [Float](repeating: 0, count: 2 * chunk)
    captures =
      SampleFormat.allCases.map {
        Capture(name: $0.isComplex ? $0.rawValue : "\($0.rawValue), to baseband", format: $0)
      } + [
        Capture(
          name: "WAV of ci16_le", format: .ci16, header: Self.wav(size: 4 * samples)),
        Capture(
          name: "NumPy array of cf32_le", format: .cf32, header: Self.npy(count: samples)),
      ]
    guard mkdir(folder.string, 0o700) == 0 else {
      throw FileError(.inputOutput, path: folder.string, reason: "the folder cannot be made")
    }
    var generator = SeededGenerator(seed: 1)
    // Bytes below 64 make finite floats in either order.
    let bytes = (0..<1 << 20).map { _ in UInt8(generator.index(below: 64)) }
    for capture in captures {
      let size = samples * capture.format.bytesPerSample
      let file = try FileDescriptor.open(
        path(of: capture), .writeOnly, options: [.create, .truncate],
        permissions: .ownerReadWrite)
      try file.closeAfter {
        try file.writeAll(capture.header)
        for start in stride(from: 0, to: size, by: bytes.count) {
          try file.writeAll(bytes.prefix(size - start))
        }
      }
    }
  }

  deinit {
    for capture in captures { unlink(path(of: capture).string) }
    rmdir(folder.string)
  }

  /// Returns one line for each capture: Msamples/s of the file, and for cu8 the share of C's.
  func lines() throws -> [String] {
    let peer = Stopwatch.Contender(name: "cu8, C: read(2) and a loop with target_clones") {
      let path = self.path(of: self.captures[0]).string
      let bytes = peer_read_cu8(path, &self.values, self.values.count)
      precondition(bytes == 2 * self.samples)
    }
    let contenders = captures.map { capture in
      Stopwatch.Contender(name: capture.name) { try self.read(capture) }
    }
    let times = try Stopwatch().times(of: [peer] + contenders)
    return zip([peer] + contenders, times).map { contender, time in
      Table.rate(
        contender.name, Double(samples) / 1e6, "Msamples/s", in: time,
        note: contender.name.hasPrefix("cu8")
          ? NumberText.percent(times[0].median / time.median, decimals: 0) : "")
    }
  }

  private func path(of capture: Capture) -> FilePath {
    folder.appending(capture.name.replacing(" ", with: "-"))
  }

  private func read(_ capture: Capture) throws {
    // A header tells the format.
    let format = capture.header.isEmpty ? capture.format : nil
    var reader = try CaptureOpening.open(
      path(of: capture), CaptureConfiguration(format: format))
    while try reader.read(into: &buffer, count: chunk) > 0 {}
    precondition(reader.position == (capture.format.isComplex ? samples : samples / 2))
  }

  /// The header of a WAV file of 16-bit I and Q.
  private static func wav(size: Int) -> [UInt8] {
    func number(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let format =
      number(16, 4) + number(1, 2) + number(2, 2) + number(2_400_000, 4) + number(9_600_000, 4)
      + number(4, 2) + number(16, 2)
    return Array("RIFF".utf8) + number(size + 36, 4) + Array("WAVEfmt ".utf8) + format
      + Array("data".utf8) + number(size, 4)
  }

  /// The header of a NumPy array of complex64.
  private static func npy(count: Int) -> [UInt8] {
    let text = "{'descr': '<c8', 'fortran_order': False, 'shape': (\(count),), }"
    let padded = text + String(repeating: " ", count: 117 - text.utf8.count) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8)
  }
}
