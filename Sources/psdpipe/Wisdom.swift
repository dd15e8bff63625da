import Glibc
import SignalPipeline
import SystemPackage

/// The wisdom about FFTs in the user's cache folder.
enum Wisdom {
  /// `psdpipe` in `$XDG_CACHE_HOME`, or in `~/.cache`; `nil` for a user without a home.
  private static var folder: FilePath? {
    func variable(_ name: String) -> FilePath? {
      guard let value = unsafe getenv(name) else { return nil }
      let path = unsafe FilePath(platformString: value)
      // What is not absolute counts as unset, as the XDG specification has it.
      return path.isAbsolute ? path : nil
    }
    return (variable("XDG_CACHE_HOME") ?? variable("HOME")?.appending(".cache"))?
      .appending("psdpipe")
  }

  /// Where the wisdom is.
  static var path: FilePath? { folder?.appending("fft-wisdom") }

  /// Lets this process use the user's wisdom; what is wrong with it is told and costs only speed.
  static func use() {
    guard let folder, let path else { return }
    do {
      if try !FFTWisdom.load(from: path) { hint(in: folder) }
    } catch {
      Console.error("psdpipe: \(error); its plans are not used, psdpipe tune makes new ones")
    }
  }

  /// Tells people of `tune`, once.
  private static func hint(in folder: FilePath) {
    let mark = folder.appending("tune-was-told-of").string
    guard Console.isTerminal, !Folder.contains(mark) else { return }
    guard (try? Folder.create(folder.string)) != nil, (try? OutputFile.write("", to: mark)) != nil
    else { return }
    Console.error("psdpipe: FFTs can be up to twice as fast here: psdpipe tune, once (15 s)")
  }
}
