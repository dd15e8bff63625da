import FuzzLimits
import SystemPackage

/// A file in memory whose content is replaced by each input, with a path that can be opened.
struct MemoryFile: Sendable {
  /// A path that opens the content anew, from its first byte.
  let path: String

  private let descriptor: FileDescriptor

  init(_ content: [UInt8] = []) {
    descriptor = FileDescriptor(rawValue: fuzz_memory_file())
    path = "/proc/self/fd/\(descriptor.rawValue)"
    replace(by: content)
  }

  /// Makes these bytes the whole content.
  func replace(by content: [UInt8]) {
    do {
      try descriptor.resize(to: 0)
      try content.withUnsafeBytes { _ = try descriptor.writeAll(toAbsoluteOffset: 0, $0) }
    } catch {
      fuzz_finding("the harness cannot write its file: \(error)")
    }
  }
}
