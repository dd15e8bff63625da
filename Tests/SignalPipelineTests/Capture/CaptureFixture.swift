import Foundation
import SignalPipeline
import SystemPackage

/// A folder of this test's own, removed with it, and ways to read captures to their end.
final class CaptureFixture {
  let folder: FilePath

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "psdpipe-capture-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = FilePath(url.path)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder.string) }

  /// Writes a file, and the folders above it.
  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws -> FilePath {
    let path = folder.appending(name)
    try FileManager.default.createDirectory(
      atPath: path.removingLastComponent().string, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: path.string))
    return path
  }

  /// A pipe's reading end; a thread writes `bytes` to the other in pieces of `piece`.
  static func pipe(_ bytes: [UInt8], piece: Int) throws -> FileDescriptor {
    let ends = try FileDescriptor.pipe()
    Thread.detachNewThread {
      // A reader that does not read to the end is no reason to end the process.
      var signals = sigset_t()
      sigemptyset(&signals)
      sigaddset(&signals, SIGPIPE)
      pthread_sigmask(SIG_BLOCK, &signals, nil)
      for start in stride(from: 0, to: bytes.count, by: piece) {
        _ = try? ends.writeEnd.writeAll(bytes[start..<min(bytes.count, start + piece)])
      }
      try? ends.writeEnd.close()
    }
    return ends.readEnd
  }

  /// Opens a capture behind a pipe as standard input is opened.
  static func open(
    pipe bytes: [UInt8], piece: Int = 1000, _ configuration: CaptureConfiguration
  ) throws -> IQReader {
    let source = try ByteSource(reading: pipe(bytes, piece: piece), named: "-", closes: true)
    return try CaptureOpening.open(source, fileName: nil, configuration)
  }

  /// What a capture holds, and the error at its end if there was one.
  struct Content {
    var samples: [IQSample] = []
    var replaced = 0
    var error: FileError?
  }

  /// Reads a capture to its end in chunks of `chunk` samples.
  static func content(of reader: consuming IQReader, chunk: Int = 5000) -> Content {
    var content = Content()
    var buffer = [IQSample](repeating: .zero, count: chunk)
    do throws(FileError) {
      while true {
        let count = try reader.read(into: &buffer, count: chunk)
        if count == 0 { break }
        content.samples += buffer[..<count]
      }
    } catch {
      content.error = error
    }
    content.replaced = reader.replacedCount
    return content
  }

  /// The error of opening a capture, if there was one.
  static func error(_ open: () throws -> IQReader) -> (any Error)? {
    do {
      _ = try open()
      return nil
    } catch {
      return error
    }
  }

  /// The little-endian bytes of cf32 samples.
  static func bytes(_ samples: [IQSample]) -> [UInt8] {
    samples.flatMap { [$0.i, $0.q] }.flatMap { value in
      withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
    }
  }

  /// Distinct, finite samples.
  static func ramp(_ count: Int) -> [IQSample] {
    (0..<count).map { IQSample(Float($0), -Float($0) / 3) }
  }
}
