import Glibc
import ReadingPeer
import SignalPipeline
import SystemPackage

/// Captures of every format from the page cache to samples, on one thread.
final class ReadingBenchmark {
  private let samples = 1 << 22
  private let chunk = 1 << 17
  private let folder: FilePath
  private var buffer: [IQSample]
  private var values: [Float]

  /// Writes one capture of each format to a temporary folder.
  init() throws {
    folder = FilePath("/tmp/psdpipe-benchmark-\(getpid())")
    buffer = [IQSample](repeating: .zero, count: chunk)
    values = [Float](repeating: 0, count: 2 * chunk)
    guard mkdir(folder.string, 0o700) == 0 else {
      throw FileError(.inputOutput, path: folder.string, reason: "the folder cannot be made")
    }
    var generator = SeededGenerator(seed: 1)
    // Bytes below 64 make finite floats in either order.
    let bytes = (0..<1 << 20).map { _ in UInt8(generator.index(below: 64)) }
    for format in SampleFormat.allCases {
      let file = try FileDescriptor.open(
        path(of: format), .writeOnly, options: [.create, .truncate],
        permissions: .ownerReadWrite)
      try file.closeAfter {
        for start in stride(from: 0, to: samples * format.bytesPerSample, by: bytes.count) {
          try file.writeAll(bytes.prefix(samples * format.bytesPerSample - start))
        }
      }
    }
  }

  deinit {
    for format in SampleFormat.allCases { unlink(path(of: format).string) }
    rmdir(folder.string)
  }

  /// Returns one line for each format: Msamples/s of the file, and for cu8 the share of C's.
  func lines() throws -> [String] {
    let peer = Stopwatch.Contender(name: "cu8, C: read(2) and a loop with target_clones") {
      let bytes = peer_read_cu8(self.path(of: .cu8).string, &self.values, self.values.count)
      precondition(bytes == 2 * self.samples)
    }
    let contenders = SampleFormat.allCases.map { format in
      Stopwatch.Contender(
        name: format.isComplex ? format.rawValue : "\(format.rawValue), to baseband"
      ) { try self.read(format) }
    }
    let times = try Stopwatch().times(of: [peer] + contenders)
    return zip([peer] + contenders, times).map { contender, time in
      Table.rate(
        contender.name, Double(samples) / 1e6, "Msamples/s", in: time,
        note: contender.name.hasPrefix("cu8")
          ? NumberText.percent(times[0].median / time.median, decimals: 0) : "")
    }
  }

  private func path(of format: SampleFormat) -> FilePath {
    folder.appending("capture.\(format.rawValue)")
  }

  private func read(_ format: SampleFormat) throws {
    var reader = try CaptureOpening.open(path(of: format), CaptureConfiguration(format: format))
    while try reader.read(into: &buffer, count: chunk) > 0 {}
    precondition(reader.position == (format.isComplex ? samples : samples / 2))
  }
}
