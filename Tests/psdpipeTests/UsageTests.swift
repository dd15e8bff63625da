import Foundation
import Testing

/// What is wrong on the command line alone: status 64, the option named, nothing touched.
@Suite struct UsageTests {
  /// A command line and what its error must name.
  struct Case: CustomTestStringConvertible {
    let arguments: [String]
    let parts: [String]

    init(_ line: String, _ parts: String...) {
      arguments = line.split(separator: " ").map(String.init)
      self.parts = parts
    }

    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let huge = "9223372036854775807"

  static let cases = [
    Case("nonsense", "nonsense"),
    Case("classify", "inputs"),
    Case("classify a.cu8 --format wav", "wav", "--format", "cu8"),
    Case("classify a.cu8 --as xml", "xml", "--as", "json", "csv", "table"),
    Case("classify a.cu8 --threads 0", "--threads is 0", "from 1"),
    Case("classify a.cu8 --threads -1", "--threads is -1"),
    Case("classify a.cu8 --threads \(huge)", "--threads is \(huge)"),
    Case("classify a.cu8 --window \(huge)", "--window is \(huge)", "8192"),
    Case("classify a.cu8 --window 100", "--window is 100", "8192"),
    Case("classify a.cu8 --window -5", "--window is -5"),
    Case("classify - -", "standard input"),
    Case("classify - -m -", "standard input"),
    Case("psd a.cu8 --rate 0", "--rate is 0"),
    Case("psd a.cu8 --rate -1", "--rate is -1"),
    Case("psd a.cu8 --rate nan", "nan", "--rate"),
    Case("psd a.cu8 --rate 1e308G", "1e308G", "--rate"),
    Case("psd a.cu8 --rate 5x", "5x", "--rate"),
    Case("psd a.cu8 --segment -1", "--segment is -1"),
    Case("psd a.cu8 --bins 1", "--bins is 1", "2 to"),
    Case("psd a.cu8 --bins -8", "--bins is -8"),
    Case("psd a.cu8 --bins 1099511627776", "--bins is 1099511627776"),
    Case("psd a.cu8 --bins 256 --overlap 256", "--overlap is 256", "256 of a segment"),
    Case("psd a.cu8 --bins 256 --overlap -1", "--overlap is -1"),
    Case("psd a.cu8 --skip-bytes -1", "--skip-bytes is -1"),
    Case("psd a.cu8 --out a.png", "a.png", "--out", "svg"),
    Case("psd a.cu8 --overlap 100%", "--overlap is 8192", "8192 of a segment"),
    Case("psd a.cu8 --overlap -5%", "--overlap is -410"),
    Case("psd a.cu8 --overlap half", "half", "--overlap"),
    Case("psd a.cu8 --segment-length 1", "--segment-length is 1", "2 to the 8192 bins"),
    Case("psd a.cu8 --bins 64 --segment-length 65", "--segment-length is 65", "64 bins"),
    Case("psd a.cu8 --window round", "round", "--window", "hann"),
    Case("psd a.cu8 --window kaiser", "kaiser", "--window", "kaiser:BETA"),
    Case("psd a.cu8 --window kaiser:-1", "--window is kaiser:-1", "500"),
    Case("psd a.cu8 --window gaussian:0", "--window is gaussian:0", "0.05"),
    Case("psd a.cu8 --detrend cubic", "cubic", "--detrend", "linear"),
    Case("psd a.cu8 --average mode", "mode", "--average", "median"),
    Case("psd a.cu8 --every 0", "--every is 0"),
    Case("psd a.cu8 --every -5", "--every is -5"),
    Case("psd a.cu8 --every soon", "soon", "--every"),
    Case("psd a.cu8 --every nans", "nans", "--every"),
    Case("psd a.cu8 --every 9000 --out a.svg", "--every", "a.svg", "--waterfall"),
    Case("psd a.cu8 --waterfall a.jpg", "a.jpg", "--waterfall", "png"),
    Case("psd a.cu8 --waterfall a.svg --out a.svg", "a.svg", "twice"),
    Case("psd a.cu8 --out a.csv --out a.csv", "a.csv", "twice"),
    Case("psd a.cu8 --as npy", "npy", "--as", "json"),
    Case("psd a.cu8 --db --linear", "--db", "--linear"),
    Case("psd a.cu8 --scale peak", "peak", "--scale", "spectrum"),
    Case("psd a.cu8 --volts-per-fs 0", "--volts-per-fs is 0"),
    Case("psd a.cu8 --volts-per-fs -1", "--volts-per-fs is -1"),
    Case("psd a.cu8 --volts-per-fs nan", "--volts-per-fs is nan"),
    Case("psd a.cu8 --peaks 0", "--peaks is 0", "1000"),
    Case("psd a.cu8 --peaks -1", "--peaks is -1"),
    Case("psd a.cu8 --occupied-bandwidth 99", "--occupied-bandwidth is 99", "99%"),
    Case("psd a.cu8 --occupied-bandwidth 100%", "--occupied-bandwidth is 1"),
    Case("psd a.cu8 --occupied-bandwidth nan", "--occupied-bandwidth is nan"),
    Case("psd a.cu8 --subtract-noise", "--subtract-noise", "--occupied-bandwidth"),
    Case("psd a.cu8 --noise-floor --average max", "--noise-floor", "--average max"),
    Case("psd a.cu8 --confidence --average min", "--confidence", "--average min"),
    Case("psd a.cu8 --kurtosis --out a.svg", "--kurtosis", "CSV and JSON"),
    Case("psd a.cu8 --average exponential:0", "--average is exponential:0", "0.01"),
    Case("classify - --format cu8 --annotate", "--annotate", "files"),
    Case("generate", "<folder>"),
    Case("generate g --sigmf", "--sigmf", "--captures"),
    Case("generate g --rate 0", "--rate is 0"),
    Case("generate g --captures cu8 --sigmf --rate 0", "--rate is 0"),
    Case("generate g --captures f32", "--captures is rf32_le", "no room for Q"),
    Case("generate g --captures ci24 --sigmf", "--captures is ci24_le", "leave out --sigmf"),
    Case("generate g --count 0", "--count is 0"),
    Case("generate", "name the <folder>", "--to -"),
    Case("generate --to -", "--to needs --format"),
    Case("generate --to - --format wav", "wav", "--format", "cu8"),
    Case("generate --to - --format ru8", "--format is ru8", "Q"),
    Case("generate --to file --format cu8", "--to is file", "standard output"),
    Case("generate g --to - --format cu8", "g is of a dataset", "--to"),
    Case("generate --to - --format cu8 --captures cu8", "--captures is of a dataset"),
    Case("generate --to - --format cu8 --iq", "--iq is of a dataset"),
    Case("generate --to - --format cu8 --resume", "--resume is of a dataset"),
    Case("generate --to - --format cu8 --dry-run", "--dry-run is of a dataset"),
    Case("generate --to - --format cu8 --sigmf", "--sigmf is of a dataset"),
    Case("generate --to - --format cu8 --rate 1M", "--rate is of a dataset"),
    Case("generate --to - --format cu8 --overwrite", "--overwrite is of a dataset"),
    Case("generate --to - --format cu8 --normalized linearMinMax", "--normalized is of a dataset"),
    Case("generate --to - --format cu8 --channels mean", "--channels is of a dataset"),
    Case("generate --to - --format cu8 --bins 8192", "--bins is of a dataset"),
    Case("generate --to - --format cu8 --segment-length 64", "--segment-length is of a dataset"),
    Case("generate --to - --format cu8 --overlap 50%", "--overlap is of a dataset"),
    Case("generate --to - --format cu8 --window hann", "--window is of a dataset"),
    Case("generate --to - --format cu8 --detrend none", "--detrend is of a dataset"),
    Case("generate --to - --format cu8 --average mean", "--average is of a dataset"),
    Case("generate --to - --format cu8 --count -1", "--count is -1"),
    Case("generate g --format cu8", "--format", "--captures"),
    Case("generate g --only 3:1", "3:1", "--only"),
    Case("generate g --only 1,", "'1,'", "--only"),
    Case("generate g --only 4294967296", "4294967296", "--only"),
    Case("generate g --only 10 --count 10", "--only is 10", "the last example is 9"),
    Case("generate g --count -3", "--count is -3"),
    Case("generate g --count \(huge)", "--count is \(huge)"),
    Case("generate g --count 1e18", "1e18", "--count"),
    Case("generate g --samples 1000000000000000000", "--samples is 1000000000000000000"),
    Case("generate g --samples 1e18", "1e18", "--samples"),
    Case("generate g --samples 4096", "--samples is 4096", "8192"),
    Case("generate g --samples 4096 --segment-length 5000", "--samples is 4096", "5000"),
    Case("generate g --bins 1", "--bins is 1"),
    Case("generate g --snr 5:1", "5:1", "--snr"),
    Case("generate g --snr nan", "nan", "--snr"),
    Case("generate g --snr 0:1000", "--snr is", "100"),
    Case("generate g --bandwidth 0:0.1", "--bandwidth is"),
    Case("generate g --offset nan", "nan", "--offset"),
    Case("generate g --offset -0.7", "--offset is -0.7", "0.5"),
    Case("generate g --classes am,am", "--classes", "am, am"),
    Case("generate g --classes am,fm", "fm", "--classes", "fsk"),
    Case("generate g --classes am,", "'am,'", "--classes"),
    Case("generate --classes am fsk g", "fsk, g are several folders", "--classes am,fsk"),
    Case("generate g --classes am fsk", "g, fsk are several folders", "--classes am,fsk"),
    Case("generate g --classes", "--classes"),
    Case("generate g --captures wav", "wav", "--captures", "cu8"),
    Case("generate g --normalized zscore", "zscore", "--normalized"),
    Case("generate g --seed -1", "-1", "--seed"),
    Case("generate g --channels max", "--channels is max", "mean"),
    Case("generate g --channels kurtosis,mean", "--channels is kurtosis,mean", "mean,max"),
    Case("generate g --channels mean,", "'mean,'", "--channels", "kurtosis"),
    Case("generate g --channels mean,max --average median", "--channels is mean,max", "median"),
    Case(
      "generate g --channels mean,kurtosis --samples 8192", "--samples is 8192", "two", "12288"),
    Case("train d", "--out"),
    Case("train d --out m --epochs 0", "--epochs is 0"),
    Case("train d --out m --channels max,mean", "--channels is max,mean", "this order"),
    Case("train d --out m --epochs \(huge)", "--epochs is \(huge)"),
    Case("train d --out m --batch-size 0", "--batch-size is 0"),
    Case("train d --out m --learning-rate nan", "--learning-rate is nan"),
    Case("train d --out m --learning-rate inf", "--learning-rate is inf"),
    Case("train d --out m --weight-decay -1", "--weight-decay is -1"),
    Case("train d --out m --patience -1", "--patience is -1"),
    Case("train d --out m --optimizer lbfgs", "lbfgs", "--optimizer", "adamw", "sgd"),
    Case("train d --out m --optimizer sgd --momentum 1", "--momentum is 1", "below 1"),
    Case("train d --out m --optimizer sgd --momentum 0 --nesterov", "--momentum is 0", "above 0"),
    Case("train d --out m --momentum 0.5", "--momentum is for --optimizer sgd", "adamw"),
    Case("train d --out m --optimizer adam --nesterov", "--nesterov is for", "adam"),
    Case("train d --out m --schedule linear", "linear", "--schedule", "cosine"),
    Case("train d --out m --schedule step --constant-rate", "--constant-rate", "--schedule step"),
    Case("train d --out m --schedule step --step-epochs 0", "--step-epochs is 0"),
    Case("train d --out m --schedule step --step-factor 2", "--step-factor is 2", "at most 1"),
    Case("train d --out m --step-epochs 3", "--step-epochs is for --schedule step", "one-cycle"),
    Case("train d --out m --warm-up 1", "--warm-up is 1", "below 1"),
    Case("train d --out m --warm-up -0.1", "--warm-up is -0.1"),
    Case("train d --out m --clip-norm 0", "--clip-norm is 0", "above 0"),
    Case("train d --out m --label-smoothing 1", "--label-smoothing is 1", "below 1"),
    Case("train d --out m --class-weights even", "even", "--class-weights", "balanced"),
    Case("train d --out m --class-weights 1,,2", "1,,2", "--class-weights"),
    Case("train d --out m --class-weights 1,0", "--class-weights has a weight of 0", "above 0"),
    Case("train d --out m --false-rejection nan", "--false-rejection is nan"),
    Case("train d --out m --false-rejection 1", "--false-rejection is 1"),
    Case("train d --out m --bin-width 0", "--bin-width is 0"),
    Case("train d --out -", "standard output"),
    Case("train d --out m --log m", "m is to be written twice"),
    Case("train d --out m --curves ./m", "./m is to be written twice"),
    Case("train e d/ --out m --log ./d/psd.npy", "./d/psd.npy is an input"),
    Case("train d --out m --network n.json --curves n.json", "n.json is an input"),
    Case("train d --out m --patience -1", "--patience is -1", "0 for never"),
    Case("train d --out m --threads 0", "--threads is 0"),
    Case("evaluate m d --offset-cells 0", "--offset-cells is 0"),
    Case("evaluate m d --shifts 4", "--shifts goes with --invariance"),
    Case("evaluate m d --offset-cells \(huge)", "--offset-cells is \(huge)"),
    Case("evaluate m d --report -", "--report", "standard output"),
    Case("evaluate m d --report ./m", "./m is an input"),
    Case("evaluate m d e/ --report e//psd.npy", "e//psd.npy is an input"),
    Case("evaluate m d --unknown css,,ssb", "--unknown is 'css,,ssb'"),
    Case("evaluate m d --unknown css,css", "--unknown is 'css,css'"),
    Case("study", "<folder>"),
    Case("study s --seeds 0", "--seeds is 0", "from 1 to 30"),
    Case("study s --seeds -1", "--seeds is -1"),
    Case("study s --quick --seeds 31", "--seeds is 31"),
    Case("study s --networks resnet", "resnet", "--networks", "founding-gmp"),
    Case("study s --networks founding,", "'founding,'", "--networks"),
    Case("study s --networks aps,aps", "--networks", "each once"),
    Case("study s --threads 0", "--threads is 0"),
    Case("model inspect --rate 0", "--rate is 0"),
    Case("model inspect --rate -3", "--rate is -3"),
    Case("--generate-completion-script tcsh", "tcsh"),
  ]

  @Test("a command line that makes no sense ends with 64 and names the option", arguments: cases)
  func usage(_ example: Case) throws {
    let command = try Command()
    let result = try command.run(example.arguments)
    let line = result.errors.split(separator: "\n").first.map(String.init) ?? ""
    #expect(result.status == 64, "\(result.errors)")
    #expect(line.hasPrefix("psdpipe: "), "\(result.errors)")
    for part in example.parts { #expect(line.contains(part), "\(result.errors)") }
    let name = Self.options.map(\.command).first { example.testDescription.hasPrefix($0) }
    #expect(
      result.errors.contains("See '\(name.map { "psdpipe \($0)" } ?? "psdpipe") --help'"),
      "\(result.errors)")
    #expect(result.output.isEmpty, "\(result.text)")
    #expect(try command.names().isEmpty, "something was written")
  }

  /// The options of each subcommand beside --help and --version.
  static let options: [(command: String, options: Set<String>)] = [
    (
      "classify",
      [
        "model", "window", "short", "as", "format", "rate", "center", "skip-bytes",
        "replace-nonfinite", "real", "iq-swap", "conjugate", "remove-dc", "gain", "verify",
        "annotate", "bands", "threads",
      ]
    ),
    (
      "psd",
      [
        "out", "format", "rate", "center", "skip-bytes", "replace-nonfinite", "real", "iq-swap",
        "conjugate", "remove-dc", "gain", "verify", "segment", "bins", "segment-length",
        "overlap", "window", "detrend", "average", "waterfall", "as", "every", "scale",
        "volts-per-fs", "db", "linear", "confidence", "kurtosis", "peaks", "occupied-bandwidth",
        "subtract-noise", "noise-floor", "threads",
      ]
    ),
    (
      "inspect",
      [
        "as", "format", "rate", "center", "skip-bytes", "replace-nonfinite", "real", "iq-swap",
        "conjugate", "remove-dc", "gain", "verify",
      ]
    ),
    (
      "generate",
      [
        "list-classes",
        "count", "normalized", "channels", "captures", "sigmf", "rate", "overwrite", "preset",
        "scenario", "impairment", "without", "others", "bursts", "print-scenario", "variants",
        "offset", "snr", "bandwidth", "classes", "samples", "seed", "bins", "segment-length",
        "overlap", "window",
        "detrend", "average", "threads", "iq", "to", "format", "only", "resume", "dry-run",
      ]
    ),
    (
      "train",
      [
        "out", "log", "curves", "false-rejection", "bin-width", "resume", "network",
        "normalization", "roll",
        "bins-per-feature", "channels", "epochs", "batch-size", "learning-rate", "weight-decay",
        "optimizer", "momentum", "nesterov", "schedule", "constant-rate", "step-epochs",
        "step-factor", "warm-up", "clip-norm", "label-smoothing", "class-weights", "augment-gain",
        "augment-noise",
        "augment-noise-share", "augment-mask",
        "patience", "seed", "threads",
      ]
    ),
    (
      "evaluate",
      [
        "out", "report", "unknown", "against", "trained-on", "offset-cells", "invariance", "shifts",
        "threads",
      ]
    ),
    ("model inspect", ["rate", "dataset"]),
    ("study", ["quick", "seeds", "networks", "no-sweep", "threads"]),
    ("tune", ["again"]),
  ]

  @Test("the help of each subcommand names its options and gives examples", arguments: options)
  func help(_ example: (command: String, options: Set<String>)) throws {
    let words = example.command.split(separator: " ").map(String.init)
    let help = try Command().run(words + ["--help"])
    #expect(help.status == 0 && help.errors.isEmpty)
    let listed = help.lines.filter { $0.hasPrefix("  --") || $0.hasPrefix("  -") }
      .compactMap { $0.firstMatch(of: /--([a-z-]+)/).map { String($0.1) } }
    #expect(Set(listed).subtracting(["help", "version"]) == example.options)
    #expect(help.text.contains("USAGE: psdpipe \(example.command)"))
    let examples = help.lines.drop { !$0.contains("EXAMPLES") }.dropFirst()
      .prefix { !$0.hasPrefix("USAGE") }
      .filter { $0.contains("psdpipe \(words[0])") }
    #expect(examples.count >= 1)
    // An example must be a command line that the program takes.
    for line in examples where line.contains("psdpipe \(example.command)") {
      for option in line.matches(of: /\ --([a-z-]+)/)
      where !line.contains("psdpipe generate") || example.command == "generate" {
        #expect(example.options.contains(String(option.1)), "\(line)")
      }
    }
  }

  @Test("the help of --format lists every SigMF name")
  func formats() throws {
    let text = try Command().run("classify", "--help").text.split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    #expect(text.contains("The sample format: cu8, ci8, ci16_le, cf32_le, "))
    for name in ["ri24_le,", "cf64_be,", "rf64_be;"] { #expect(text.contains(name)) }
  }

  @Test("the version is one line, and no subcommand shows the overview")
  func version() throws {
    let command = try Command()
    #expect(try command.run("--version").text.wholeMatch(of: /psdpipe \d+\.\d+\.\d+\n/) != nil)
    let overview = try command.run("--help")
    #expect(overview.status == 0)
    for name in [
      "classify", "psd", "generate", "train", "evaluate", "model", "EXIT CODES", "130 interrupted",
      "143 terminated",
    ] {
      #expect(overview.text.contains(name))
    }
  }

  @Test("completion scripts know the subcommands", arguments: ["bash", "zsh", "fish"])
  func completion(_ shell: String) throws {
    let script = try Command().run("--generate-completion-script", shell)
    #expect(script.status == 0 && script.errors.isEmpty)
    for name in ["classify", "psd", "generate", "train", "evaluate", "inspect"] {
      #expect(script.text.contains(name))
    }
  }

  @Test("a bash completion script is one that bash reads")
  func bashCompletion() throws {
    let command = try Command()
    let result = try command.shell(
      "psdpipe --generate-completion-script bash >script && bash -n script")
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test("numbers below zero are values, not options")
  func negativeValues() throws {
    let command = try Command()
    let made = try command.run(
      ["generate", "data", "--count", "4", "--offset", "-0.2", "--snr", "-5:-1"] + Command.small)
    #expect(made.status == 0, "\(made.errors)")
    let conditions = try command.data("data/conditions.jsonl")
    for line in conditions.split(separator: UInt8(ascii: "\n")) {
      let record = try #require(
        try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
      #expect(record["offset"] as? Double == -0.2)
      let snr = try #require(record["snr"] as? Double)
      #expect((-5...(-1)).contains(snr))
    }
  }
}
