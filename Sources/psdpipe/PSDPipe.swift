import ArgumentParser
import Glibc
import SignalPipeline

/// Raw IQ samples in, signal classes out.
@main
struct PSDPipe: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "psdpipe",
    abstract: "Turn raw IQ samples into signal classes, at any frequency offset.",
    discussion: """
      EXAMPLES
        rtl_sdr -f 433.92M -s 1M - | psdpipe classify - --format cu8 --rate 1M
        psdpipe classify captures/
        psdpipe psd capture.cu8 --rate 2.4M --out psd.svg
        psdpipe inspect g001_433.92M_250k.cu8
        psdpipe generate train/ --preset sdr --count 12000 --seed 1
        psdpipe train train/ --out model.safetensors
        psdpipe evaluate model.safetensors test/ --out report/

      EXIT CODES
        0 all done, 1 some inputs failed, 64 usage, 65 bad data, 66 missing input,
        70 internal, 74 input/output, 130 interrupted, 143 terminated
      """,
    version: "psdpipe \(SignalPipelineVersion.current)",
    subcommands: [
      Classify.self, Spectrum.self, Inspect.self, Generate.self, Train.self, Evaluate.self,
      ModelCommand.self, StudyCommand.self, Tune.self,
    ])

  static func main() {
    StandardStreams.reserve()
    var name = "psdpipe"
    do {
      var command = try parseAsRoot()
      name = Self.name(of: type(of: command)) ?? name
      try command.run()
    } catch {
      leave(after: error, in: name)
    }
  }

  /// The words that a subcommand is called by; `nil` for what is none.
  private static func name(
    of wanted: any ParsableCommand.Type, among types: [any ParsableCommand.Type] = [PSDPipe.self]
  ) -> String? {
    for type in types {
      let word = type.configuration.commandName ?? "\(type)".lowercased()
      if type == wanted { return word }
      if let rest = name(of: wanted, among: type.configuration.subcommands) {
        return "\(word) \(rest)"
      }
    }
    return nil
  }

  /// Tells what went wrong, or what was asked for, and ends with the status that says so.
  ///
  /// - Parameters:
  ///   - error: What ended the command.
  ///   - name: The subcommand that ran, whose help an error in its options names.
  private static func leave(after error: any Error, in name: String) -> Never {
    if let interruption = error as? Interruption { interruption.leave() }
    if let told = error as? ExitCode { Glibc.exit(told.rawValue) }
    if let status = ExitStatus(of: error) {
      Console.error("psdpipe: \(error)")
      Glibc.exit(status.rawValue)
    }
    switch exitCode(for: error) {
    case .success:
      // Help, version and completion scripts are results: who redirects them hears of a full disk.
      do {
        try Console.output(fullMessage(for: error) + "\n")
        Glibc.exit(0)
      } catch {
        Console.error("psdpipe: \(error)")
        Glibc.exit(ExitStatus.inputOutput.rawValue)
      }
    case .validationFailure:
      Console.error("psdpipe: \(message(for: error))")
      for line in fullMessage(for: error).split(separator: "\n") {
        if line.hasPrefix("Help:") { Console.error(String(line)) }
        if line.hasPrefix("  See ") {
          Console.error(
            String(line.dropFirst(2)).replacing("'psdpipe --help'", with: "'\(name) --help'"))
        }
      }
      Glibc.exit(ExitStatus.usage.rawValue)
    default:
      Console.error("psdpipe: internal error: \(error)")
      Glibc.exit(ExitStatus.internalError.rawValue)
    }
  }
}
