public import SystemPackage

/// What is known of the fastest way to compute FFTs on this machine, and the file that keeps it.
///
/// Without wisdom a plan costs nothing, and transforms of 8192 points take about twice the time
/// they could. ``tune(_:)`` searches a length for seconds, once; ``load(from:)`` lets every plan
/// that is made later in the process use what was found. Plans differ in the last bits of what
/// they compute, so wisdom is never loaded unasked, and ``plan(ofLength:)`` tells which plan a
/// length gets.
///
/// The file names the machine's processor and its own digest: wisdom of another processor, of
/// another FFTW or of a damaged file is refused.
public enum FFTWisdom {
  /// Which plan transforms a length.
  public enum Plan: String, Hashable, Codable, Sendable {
    /// The one that FFTW's rules choose.
    case estimated
    /// The one that was fastest when it was tried.
    case tuned
  }

  /// What tuning a length came to.
  public struct Tuning: Hashable, Sendable {
    /// The DFT length.
    public var length: Int

    /// What the estimated plan takes [s].
    public var estimated: Double

    /// What the tuned plan takes [s].
    public var tuned: Double

    /// Whether the tuned plan was faster and is kept.
    public var isKept: Bool { tuned < estimated }
  }

  /// The lengths that spectra usually have.
  public static let usualLengths = [1024, 2048, 4096, 8192, 16384]

  /// The largest length that is tuned: beyond it the search takes minutes.
  public static let largestLength = 1 << 17

  private static let title = "psdpipe FFT wisdom 1"

  /// Tells which plan the forward transform of a length gets in this process.
  public static func plan(ofLength length: Int) -> Plan {
    FFTPlan(count: length, direction: .forward, effort: .wisdom) == nil ? .estimated : .tuned
  }

  /// Searches for the fastest forward transform of a length, for about 0.2 ms a point.
  ///
  /// The wisdom is this process's then; ``save(to:)`` keeps it. A plan that measures slower than
  /// the estimated one, as happens on a busy machine, is searched for once more and then dropped.
  ///
  /// - Parameter length: The DFT length, from 2 to ``largestLength``.
  /// - Returns: The two plans' times.
  /// - Throws: ``ConfigurationError`` for another length.
  public static func tune(_ length: Int) throws(ConfigurationError) -> Tuning {
    guard (2...largestLength).contains(length) else {
      throw ConfigurationError(
        "length", "is \(length); FFTs of 2 to \(largestLength) points are tuned")
    }
    var estimated = FFTPlan(count: length, direction: .forward)
    let before = FFTPlan.exportWisdom()
    var tuning = Tuning(length: length, estimated: 0, tuned: 0)
    for _ in 0..<2 {
      guard var tuned = FFTPlan(count: length, direction: .forward, effort: .patient) else {
        preconditionFailure("FFTW has no plan for \(length)")
      }
      (tuning.estimated, tuning.tuned) = Self.times(&estimated, &tuned)
      if tuning.isKept { break }
      FFTPlan.forgetWisdom()
      _ = FFTPlan.importWisdom(before)
    }
    return tuning
  }

  /// The shortest times of two plans that run in turns [s].
  private static func times(
    _ first: inout FFTPlan, _ second: inout FFTPlan
  ) -> (Double, Double) {
    let clock = ContinuousClock()
    let repetitions = max(1, (1 << 20) / first.count)
    func time(_ plan: inout FFTPlan) -> Double {
      clock.measure { for _ in 0..<repetitions { plan.execute() } } / .seconds(1)
        / Double(repetitions)
    }
    var best = (Double.infinity, Double.infinity)
    for _ in 0..<7 {
      best = (min(best.0, time(&first)), min(best.1, time(&second)))
    }
    return best
  }

  /// Reads wisdom, so that plans made later in this process use it.
  ///
  /// - Parameter path: What ``save(to:)`` wrote.
  /// - Returns: Whether there is such a file.
  /// - Throws: ``FileError`` for a damaged file, wisdom of another processor or another FFTW, or
  ///   where the operating system refuses; no wisdom is added then.
  public static func load(from path: FilePath) throws(FileError) -> Bool {
    let bytes: [UInt8]
    do {
      bytes = try InputFile.read(path.string, limit: 1 << 20)
    } catch {
      if error.kind == .missing { return false }
      throw error
    }
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", maxSplits: 3, omittingEmptySubsequences: false)
    guard lines.count == 4, lines[0] == title else {
      throw FileError(.malformed, path: path.string, reason: "it does not begin as FFT wisdom does")
    }
    let processor = processor
    guard lines[1] == "processor \(processor)" else {
      throw FileError(
        .unsupported, path: path.string, place: "line 2",
        reason: "it was made for \(lines[1].dropFirst(10)), this is \(processor)")
    }
    guard lines[2] == "sha512 \(digest(of: lines[3]))" else {
      throw FileError(
        .malformed, path: path.string, place: "line 3",
        reason: "the digest is not that of the lines below it")
    }
    guard FFTPlan.importWisdom(String(lines[3])) else {
      throw FileError(
        .unsupported, path: path.string, reason: "it was made by another version of FFTW")
    }
    return true
  }

  /// Writes the wisdom of this process.
  ///
  /// - Throws: ``FileError`` where the file can't be written; an old one is still there then.
  public static func save(to path: FilePath) throws(FileError) {
    let wisdom = FFTPlan.exportWisdom()
    try OutputFile.write(
      "\(title)\nprocessor \(processor)\nsha512 \(digest(of: wisdom))\n\(wisdom)", to: path.string)
  }

  private static func digest(of text: some StringProtocol) -> String {
    var digest = SHA512()
    digest.update(Array(text.utf8))
    return digest.hexDigest()
  }

  /// The processor's name, as Linux tells it.
  private static var processor: String {
    guard let text = try? InputFile.read("/proc/cpuinfo", limit: 1 << 24) else { return "unknown" }
    let names = ["model name", "Model", "cpu model", "CPU part"]
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
    for name in names {
      guard let line = lines.first(where: { $0.hasPrefix(name) }),
        let colon = line.firstIndex(of: ":")
      else { continue }
      return line[line.index(after: colon)...].drop { $0 == " " }.description
    }
    return "unknown"
  }
}
