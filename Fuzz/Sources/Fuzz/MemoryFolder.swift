import FuzzLimits
import Glibc

/// A folder of names that lead to files in memory.
///
/// It is made below `TMPDIR`, in memory itself where scripts/fuzz.sh finds room there.
struct MemoryFolder: Sendable {
  /// A folder for what is written.
  static let scratch = MemoryFolder([:])

  let path: String

  init(_ files: [String: MemoryFile]) {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/psdpipe-fuzz.XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { fuzz_finding("the harness cannot make a folder") }
    path = String(cString: made)
    for (name, file) in files {
      guard symlink(file.path, "\(path)/\(name)") == 0 else {
        fuzz_finding("the harness cannot link \(name)")
      }
    }
  }
}
