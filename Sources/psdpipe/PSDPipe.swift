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
        psdpipe generate train/ --preset sdr --count 12000 --seed 1
        psdpipe train train/ --out model.safetensors
        psdpipe evaluate model.safetensors test/ --out report/

      EXIT CODES
        0 all done, 1 some inputs failed, 64 usage, 65 bad data, 66 missing input,
        70 internal, 74 input/output
      """,
    version: "psdpipe \(SignalPipelineVersion.current)",
    subcommands: [
      Classify.self, Spectrum.self, Generate.self, Train.self, Evaluate.self, ModelCommand.self,
    ])

  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      guard let code = ExitStatus(of: error) else { exit(withError: error) }
      Console.error("psdpipe: \(error)")
      Glibc.exit(code.rawValue)
    }
  }
}
