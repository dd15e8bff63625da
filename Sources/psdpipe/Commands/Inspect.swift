import ArgumentParser
import Glibc
import SignalPipeline
import SystemPackage

extension PSDPipe {
  /// Tells what captures are, without reading their samples.
  struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tell what was concluded about captures, and from where.",
      discussion: """
        Each fact is taken from the first that tells it: an option, the file's header, its name.
        Writes one JSON object a capture on a pipe, a table on a terminal.

        EXAMPLES
          psdpipe inspect g001_433.92M_250k.cu8
          psdpipe inspect captures/ --as json
          psdpipe inspect f2565_s1.92_g0_1s.bin --format cu8 --skip-bytes 128
        """)

    @Argument(
      help: """
        Captures, folders of captures, SigMF archives and collections; - is standard input.
        """)
    var inputs: [String]

    @Option(name: .customLong("as"), help: "The form of the output: json or table.")
    var form: CaptureText.Form?

    @OptionGroup(title: "Capture") var capture: CaptureOptions

    func validate() throws {
      guard inputs.count(where: { $0 == "-" }) <= 1 else {
        throw ValidationError("- is given twice; standard input can be read only once")
      }
    }

    func run() throws {
      let paths = try CaptureWalk.files(
        in: inputs.map { FilePath($0) }, verifying: capture.verify)
      let form = form ?? (isatty(STDOUT_FILENO) == 1 ? .table : .json)
      var failed = false
      for path in paths {
        switch try opened(path) {
        case .success(let info): try Console.output(CaptureText(info).text(as: form))
        case .failure(let error):
          try Console.output(CaptureText.text(of: error, as: form))
          if paths.count == 1 { throw error }
          Console.error("psdpipe: \(error)")
          failed = true
        }
      }
      if failed { throw ExitCode(ExitStatus.someFailed.rawValue) }
    }

    /// What is known of a capture, or why it can't be opened.
    private func opened(_ path: FilePath) throws -> Result<CaptureInfo, FileError> {
      do {
        let reader = try CaptureOpening.open(path, capture.configuration)
        return .success(reader.info)
      } catch let error as FileError {
        return .failure(error)
      }
    }
  }
}
