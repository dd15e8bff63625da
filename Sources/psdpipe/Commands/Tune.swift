import ArgumentParser
import SignalPipeline
import SystemPackage

extension PSDPipe {
  /// Finds the fastest FFTs of this machine.
  struct Tune: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Find the fastest FFTs of this machine, once.",
      discussion: """
        Tries many ways to compute each FFT length and keeps the fastest in psdpipe/fft-wisdom of \
        the user's cache folder ($XDG_CACHE_HOME or ~/.cache), from where psd and classify take \
        it. Takes about 0.2 s a thousand points. Plans differ in the last bits of what they \
        compute: results tell whether theirs was estimated or tuned. Removing the file undoes it.

        EXAMPLES
          psdpipe tune
          psdpipe tune 6000 65536
        """)

    @Argument(help: "FFT lengths (default: 1024, 2048, 4096, 8192 and 16384).")
    var lengths: [Int] = []

    @Flag(help: "Search lengths that are tuned already, too.")
    var again = false

    func validate() throws {
      for length in lengths where !(2...FFTWisdom.largestLength).contains(length) {
        throw ValidationError(
          "\(length) is no length that is tuned; it must be from 2 to \(FFTWisdom.largestLength)")
      }
    }

    func run() throws {
      guard let path = Wisdom.path else {
        throw FileError(
          .missing, path: "fft-wisdom",
          reason: "neither XDG_CACHE_HOME nor HOME names a folder to keep it in")
      }
      try Folder.create(path.removingLastComponent().string)
      try OutputFile.check(path.string)
      do {
        if again {
          Console.note("psdpipe: searching anew")
        } else {
          _ = try FFTWisdom.load(from: path)
        }
      } catch {
        Console.error("psdpipe: \(error); making it anew")
      }
      try Console.output("FFT length  estimated      tuned  gain\n")
      for length in lengths.isEmpty ? FFTWisdom.usualLengths : lengths {
        guard FFTWisdom.plan(ofLength: length) == .estimated else {
          try Console.output(Self.row(length, "", "", "tuned before"))
          continue
        }
        Console.note("psdpipe: trying ways to compute \(length) points …")
        let tuning = try FFTWisdom.tune(length)
        // A length is kept as soon as it is known: an interrupted run has not run in vain.
        try FFTWisdom.save(to: path)
        let microseconds = { NumberText.fixed($0 * 1e6, decimals: 1) + " µs" }
        try Console.output(
          Self.row(
            length, microseconds(tuning.estimated), microseconds(tuning.tuned),
            tuning.isKept
              ? NumberText.fixed(tuning.estimated / tuning.tuned, decimals: 2) + " ×"
              : "none, not kept"))
      }
    }

    private static func row(_ length: Int, _ before: String, _ after: String, _ gain: String)
      -> String
    {
      func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
      }
      return right("\(length)", 10) + right(before, 11) + right(after, 11) + "  \(gain)\n"
    }
  }
}
