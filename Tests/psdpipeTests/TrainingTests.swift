import Foundation
import SignalPipeline
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The way from `generate` over `train` to `evaluate`, `model inspect` and `classify`.
@Suite struct TrainingTests {
  @Test("one seed makes the same dataset on any number of threads")
  func generate() throws {
    let command = try Command()
    let more = ["--normalized", "decibelsAboveFloor", "--captures", "cu8"]
    for threads in ["1", "2"] {
      let made = try command.run(
        ["generate", threads, "--count", "10", "--threads", threads] + Command.small + more)
      #expect(made.status == 0 && made.errors.isEmpty && made.output.isEmpty)
    }
    let names = try command.names(in: "1")
    #expect(
      names
        == [
          "captures", "conditions.jsonl", "features.npy", "labels.npy", "manifest.json", "psd.npy",
        ])
    for name in names.dropFirst() {
      #expect(try command.data("1/\(name)") == command.data("2/\(name)"), "\(name)")
    }
    let captures = try command.names(in: "1/captures")
    #expect(try captures.count == 10 && captures == command.names(in: "2/captures"))
    for name in captures {
      #expect(try command.data("1/captures/\(name)") == command.data("2/captures/\(name)"))
    }
    let features = try command.data("1/features.npy").suffix(10 * 256 * 4)
      .withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    #expect(features.allSatisfy { (0...1).contains($0) } && features.contains { $0 > 0.5 })
  }

  @Test("a dataset that stands there stays, unless it may be overwritten")
  func overwrite() throws {
    let command = try Command()
    try command.dataset()
    let line = ["generate", "data", "--count", "8"] + Command.small
    try command.expectFailure(line, status: 74, "data/psd.npy", "exists", "--overwrite")
    #expect(try command.run(line + ["--overwrite"]).status == 0)
    try command.file("file", "")
    try command.expectFailure(["generate", "file"], status: 74, "file")
    try command.expectFailure(["generate", "/dev/null/x"], status: 74, "/dev/null")
  }

  @Test("a dataset that is replaced takes its captures with it, and nothing else")
  func captures() throws {
    let command = try Command()
    func generate(_ more: String...) throws {
      let made = try command.run(["generate", "g", "--overwrite"] + Command.small + more)
      #expect(made.status == 0, "\(made.errors)")
    }
    try generate("--count", "6", "--captures", "cu8")
    try command.file("g/captures/mine-7.cu8", [1])
    try command.file("g/captures/am-4.cs8", [1])
    let others = ["am-4.cs8", "mine-7.cu8"]
    try generate("--count", "3", "--captures", "cu8")
    #expect(
      try command.names(in: "g/captures") == ["am-0.cu8"] + others.prefix(1)
        + ["fsk-1.cu8"] + others.suffix(1) + ["rrc-2.cu8"])
    // An example's class changes with the classes, its files with the format.
    try generate("--count", "2", "--captures", "cu8", "--classes", "fsk,am")
    #expect(
      try command.names(in: "g/captures") == ["am-1.cu8", "am-4.cs8", "fsk-0.cu8", "mine-7.cu8"])
    try generate("--count", "1", "--captures", "ci8", "--sigmf")
    #expect(
      try command.names(in: "g/captures")
        == ["am-0.sigmf-data", "am-0.sigmf-meta", "am-4.cs8", "mine-7.cu8"])
    try generate("--count", "1")
    #expect(try command.names(in: "g/captures") == others)
  }

  @Test("no manifest makes a dataset remove files elsewhere")
  func captureNames() throws {
    var manifest = DatasetManifest(
      count: 2, spectrum: .default, classes: ["a", "../b"], captures: ["x", "/y"], provenance: "")
    #expect(manifest.captureNames(of: 0) == ["a-0.x"])
    #expect(manifest.captureNames(of: 1).isEmpty)
    manifest.captures = nil
    #expect(manifest.captureNames(of: 0).isEmpty)
  }

  @Test("a training has the same model on any number of threads, and it can be used")
  func train() throws {
    let command = try Command()
    try command.dataset()
    let first = try command.train(
      "1.safetensors", "--threads", "1", "--log", "log.jsonl", "--curves", "curves.svg")
    #expect(first.status == 0 && first.errors.isEmpty, "\(first.errors)")
    #expect(first.text.contains("accuracy") && first.text.contains("ofdm"))
    #expect(try command.train("2.safetensors", "--threads", "2").status == 0)
    #expect(try command.data("1.safetensors") == command.data("2.safetensors"))
    #expect(!command.exists("1.safetensors.checkpoint"))
    #expect(try command.data("log.jsonl").split(separator: UInt8(ascii: "\n")).count == 2)
    let curves = try command.data("curves.svg")
    #expect(XMLParser(data: curves).parse())
    let drawing = String(decoding: curves, as: UTF8.self)
    for part in ["Loss [nats]", "Accuracy", "Epoch", "training", "validation", "best epoch"] {
      #expect(drawing.contains(part), "\(part)")
    }
    // Two epochs, and no ticks between them.
    #expect(drawing.contains(">2</text>") && !drawing.contains(">1.5</text>"))

    let inspected = try command.run("model", "inspect", "1.safetensors", "--rate", "1M")
    #expect(inspected.status == 0)
    for part in ["am, fsk, rrc, ofdm", "256 bins", "conv1d", "kHz", "trainable parameters"] {
      #expect(inspected.text.contains(part), "\(part)")
    }
    #expect(inspected.text.contains("train data --network network.json"))

    let evaluated = try command.run(
      "evaluate", "1.safetensors", "data", "--out", "report", "--against", "2.safetensors")
    #expect(evaluated.status == 0 && evaluated.errors.isEmpty, "\(evaluated.errors)")
    #expect(evaluated.text.contains("recall") && evaluated.text.contains("2.safetensors"))
    #expect(
      try command.names(in: "report") == [
        "accuracy-bandwidth.svg", "accuracy-offset.svg", "accuracy-snr.svg", "confusion.svg",
        "evaluation.json", "reliability.svg",
      ])
    for name in try command.names(in: "report") where name.hasSuffix("svg") {
      #expect(XMLParser(data: try command.data("report/\(name)")).parse(), "\(name)")
    }
    #expect(
      try JSONSerialization.jsonObject(with: command.data("report/evaluation.json"))
        is [String: Any])

    try command.noise("a.cu8", samples: 65_536)
    #expect(try command.run("classify", "a.cu8", "-m", "1.safetensors").status == 0)
    let cut = try command.data("1.safetensors").dropLast(100)
    try command.file("cut.safetensors", cut)
    try command.expectFailure(
      ["classify", "a.cu8", "-m", "cut.safetensors"], status: 65, "cut.safetensors", "tensor")
    // The same length of header, but another shape than the network's.
    let text = String(decoding: try command.data("1.safetensors"), as: Unicode.ASCII.self)
    let bytes = [UInt8](try command.data("1.safetensors"))
    let shape = try #require(text.range(of: "[4,1,8]"))
    let place = text.distance(from: text.startIndex, to: shape.lowerBound)
    try command.file(
      "shape.safetensors", bytes[..<place] + Array("[8,1,4]".utf8) + bytes[(place + 7)...])
    try command.expectFailure(
      ["model", "inspect", "shape.safetensors"], status: 65, "tensor 0.weight", "[8, 1, 4]")
  }

  @Test(
    "each optimiser and schedule gives one model on any number of threads, and tells its recipe",
    arguments: [
      "--optimizer adam --schedule cosine --warm-up 0.1 --label-smoothing 0.1",
      "--optimizer sgd --momentum 0.8 --nesterov --schedule step --step-epochs 1 --clip-norm 0.5",
      "--optimizer sgd --constant-rate --class-weights 1.0,2.0,0.5,1.0",
      "--schedule constant --class-weights balanced",
      "--augment-noise 12.0 --augment-noise-share 0.5 --augment-mask 0.1",
      "--normalization fixedDecibels --augment-gain 6.0",
    ])
  func recipes(options: String) throws {
    let command = try Command()
    try command.dataset()
    let words = options.split(separator: " ").map(String.init)
    for threads in ["1", "2"] {
      let line = ["train", "data", "--out", threads, "--threads", threads, "--epochs", "2"]
      let trained = try command.run(line + words + command.network())
      #expect(trained.status == 0 && trained.errors.isEmpty, "\(trained.errors)")
    }
    #expect(try command.data("1") == command.data("2"))
    let inspected = try command.run("model", "inspect", "1").text
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for part in options.components(separatedBy: " --") {
      #expect(inspected.contains(part), "\(inspected)")
    }
  }

  @Test("augmentations that can do nothing, or not what they say, are told before the training")
  func augmentations() throws {
    let command = try Command()
    try command.dataset("all", "--channels", "mean,max,kurtosis")
    func expect(_ options: String, status: Int32 = 64, _ parts: String...) throws {
      let words = options.split(separator: " ").map(String.init)
      let line = ["train", "all", "--out", "m", "--bins-per-feature", "1"]
      let result = try command.run(line + words)
      #expect(result.status == status, "\(result.errors)")
      for part in parts { #expect(result.errors.contains(part), "\(result.errors)") }
    }
    try expect("--augment-gain 3", "--augment-gain is 3.0 dB", "fixedDecibels")
    try expect("--augment-noise 3", "--augment-noise is 3.0 dB", "channel max")
    try expect("--augment-noise -1", "--augment-noise is -1.0 dB; it must be from 0 to 60")
    try expect("--augment-noise-share 0.5", "--augment-noise-share 0.5 is for --augment-noise")
    try expect(
      "--augment-noise 3 --augment-noise-share 2", "--augment-noise-share is 2.0; it must be above")
    try expect("--augment-mask 1", "--augment-mask is 1.0; it must be at least 0 and below 1")
    // A dataset of the user's own that does not tell how many samples made a spectrum.
    try command.dataset()
    let manifest = String(decoding: try command.data("data/manifest.json"), as: UTF8.self)
    try command.file(
      "data/manifest.json",
      manifest.split(separator: "\n").filter { !$0.contains("\"window\" : 16384") }
        .joined(separator: "\n"))
    try command.expectFailure(
      ["train", "data", "--out", "m", "--augment-mask", "0.1"] + command.network(), status: 65,
      "data: the dataset does not tell its window")
    #expect(try command.train("m").status == 0)
  }

  @Test("a terminal sees one line of progress, redrawn in place and gone at the end")
  func progress() throws {
    let command = try Command()
    try command.dataset("data", "--count", "400")
    // Glibc's module leaves posix_openpt and its like out; these are Linux's ioctls behind them.
    let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var (unlocked, number) = (Int32(0), Int32(-1))
    try #require(terminal >= 0 && ioctl(terminal, 0x4004_5431, &unlocked) == 0)
    try #require(ioctl(terminal, 0x8004_5430, &number) == 0)
    let path = "/dev/pts/\(number)"
    let program = try #require(Command.program)
    let line = ["train", "data", "--out", "m", "--epochs", "3"] + (try command.network())
    let running = try command.start(
      ["-c", "exec '\(program)' \"$@\" 2>'\(path)'", "sh"] + line, program: "/bin/sh")
    var text: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 4096)
    var descriptor = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    repeat {
      guard poll(&descriptor, 1, 50) > 0, descriptor.revents & Int16(POLLIN) != 0 else {
        usleep(1000)
        continue
      }
      text += part[..<max(0, read(terminal, &part, part.count))]
      // What is written last still waits when the program has gone.
    } while running.process.isRunning || descriptor.revents & Int16(POLLIN) != 0
    close(terminal)
    running.process.waitUntilExit()
    #expect(try running.result().status == 0)
    let drawn = String(decoding: text, as: UTF8.self).components(separatedBy: "\r\u{1B}[K")
    let progress = drawn.filter { $0.contains("examples/s") }
    #expect(progress.count >= 3)
    for line in progress {
      let told = line.replacing(/\d+/, with: "0")
      #expect(told.contains("epoch 0/0, loss 0.0, accuracy 0.0, 0 examples/s, 0 s left"), "\(line)")
      #expect(line.count < 80 && !line.contains("\n"))
    }
    #expect(drawn.last?.contains("trained 3 epochs") == true)
  }

  @Test("class weights that are not the dataset's are told before the training")
  func classWeights() throws {
    let command = try Command()
    try command.dataset()
    try command.expectFailure(
      ["train", "data", "--out", "m", "--class-weights", "1,2"] + command.network(), status: 64,
      "--class-weights has 2 weights; the dataset has 4 classes (am, fsk, rrc, ofdm)")
  }

  @Test("channels that a dataset holds are trained on, told, evaluated and resumed with")
  func channels() throws {
    let command = try Command()
    for threads in ["1", "2"] {
      try command.dataset(
        threads, "--channels", "mean,max,kurtosis", "--normalized", "linearMinMax", "--threads",
        threads)
    }
    for name in try command.names(in: "1") {
      #expect(try command.data("1/\(name)") == command.data("2/\(name)"), "\(name)")
    }
    // As NumPy tells the shape.
    let header = String(decoding: try command.data("1/psd.npy").prefix(128), as: UTF8.self)
    #expect(header.contains("'shape': (40, 3, 256)"))
    let line = ["train", "1", "--epochs", "2", "--network", "wide.json", "--bins-per-feature", "1"]
    _ = try command.network("wide.json", channels: 3)
    for threads in ["1", "2"] {
      let trained = try command.run(line + ["--out", "m\(threads)", "--threads", threads])
      #expect(trained.status == 0, "\(trained.errors)")
    }
    #expect(try command.data("m1") == command.data("m2"))
    let inspected = try command.run("model", "inspect", "m1").text
    #expect(inspected.contains("channels    mean, max, kurtosis\n"))
    #expect(inspected.contains("(4, 3, 8)"))
    #expect(try command.run("evaluate", "m1", "2").status == 0)
    try command.noise("a.cu8", samples: 65_536)
    #expect(try command.run("classify", "a.cu8", "-m", "m1").status == 0)

    try command.expectFailure(
      ["classify", "a.cu8", "-m", "m1", "--bands"], status: 65, "m1: key features.channels",
      "mean,max,kurtosis", "mean alone")

    // The mean of it is what a dataset of the mean alone holds.
    try command.dataset()
    let mean = try command.run(
      ["train", "1", "--channels", "mean", "--out", "mean", "--epochs", "2"] + command.network())
    #expect(mean.status == 0, "\(mean.errors)")
    #expect(try command.run("model", "inspect", "mean").text.contains("channels    mean\n"))
    let evaluated = try ["1", "data"].map { try command.run("evaluate", "mean", $0).text }
    #expect(evaluated[0].contains("accuracy") && evaluated[0] == evaluated[1])

    try command.expectFailure(
      ["evaluate", "m1", "data"], status: 65,
      "data: its spectra have mean; m1 takes "
        + "mean,max,kurtosis", "--channels")
    try command.expectFailure(
      ["train", "data", "--channels", "mean,max", "--out", "m"], status: 65,
      "data: its spectra have mean; --channels asks for mean,max")
    try command.expectFailure(
      line + ["--out", "m", "--channels", "mean,max"], status: 65, "wide.json", "(3, 256)",
      "(2, 256)", "--channels mean,max")
    let running = try command.start(line + ["--out", "m", "--epochs", "100000"])
    while running.process.isRunning, !command.exists("m.checkpoint") { usleep(500) }
    kill(running.process.processIdentifier, SIGTERM)
    running.process.waitUntilExit()
    let other = try command.run(
      ["train", "1", "--channels", "mean", "--out", "m", "--epochs", "100000", "--resume"]
        + command.network())
    #expect(
      other.status == 65
        && other.errors.contains("options: network.inputShape, features.channels;"))
  }

  @Test("a killed training goes on to the model that it would have come to")
  func resume() throws {
    let command = try Command()
    try command.dataset("data", "--count", "400")
    // Long enough that no machine ends before the signal comes; the rest is run after it.
    let epochs = ["--epochs", "300"]
    let line = try ["train", "data"] + command.network() + epochs
    let whole = try command.run(line + ["--out", "whole"])
    #expect(whole.status == 0, "\(whole.errors)")
    // Not SIGINT: who runs the tests in the background has it ignored.
    for signal in [SIGKILL, SIGTERM] {
      let running = try command.start(line + ["--out", "part"])
      while running.process.isRunning, !command.exists("part.checkpoint") { usleep(500) }
      kill(running.process.processIdentifier, signal)
      running.process.waitUntilExit()
      let result = try running.result()
      #expect(result.status == 128 + signal, "\(result.errors)")
      #expect(!command.exists("part") && command.exists("part.checkpoint"))
      if signal == SIGTERM {
        #expect(result.errors.contains("--resume"), "\(result.errors)")
        // The killed run before may have left one: only a file of this process counts.
        let own = ".\(running.process.processIdentifier)."
        #expect(try !command.names().contains { $0.hasSuffix(".tmp") && $0.contains(own) })
      }
      let other = try command.run(line + ["--out", "part", "--resume", "--seed", "7"])
      #expect(other.status == 65 && other.errors.contains("options: training.seed;"))
      let resumed = try command.run(line + ["--out", "part", "--resume", "--threads", "1"])
      #expect(resumed.status == 0, "\(resumed.errors)")
      #expect(try command.data("part") == command.data("whole"))
      try FileManager.default.removeItem(atPath: command("part"))
    }
  }

  @Test("an interrupted generation leaves the old dataset, and its own part in a folder")
  func interruptedGeneration() throws {
    let command = try Command()
    try command.dataset()
    let before = try GenerateOutputTests.contents(command, "data")
    let running = try command.start(
      ["generate", "data", "--count", "100000", "--overwrite"] + Command.small)
    while running.process.isRunning, try command.names(in: "data").count < 5 { usleep(500) }
    kill(running.process.processIdentifier, SIGTERM)
    running.process.waitUntilExit()
    #expect(try running.result().status == 128 + SIGTERM)
    let after = try GenerateOutputTests.contents(command, "data")
    #expect(after.filter { !$0.key.hasPrefix(".unfinished") } == before)
    #expect(!after.keys.contains { $0.hasSuffix(".tmp") })
  }

  @Test("what a training cannot write is told before it begins")
  func outputs() throws {
    let command = try Command()
    try command.dataset()
    let line = try ["train", "data"] + command.network() + ["--out"]
    try command.expectFailure(line + ["none/m"], status: 74, "none/m", "No such file")
    try command.expectFailure(line + ["data"], status: 74, "data", "folder")
    try command.expectFailure(
      line + ["m", "--log", "none/log"], status: 74, "none/log", "No such file")
    try command.expectFailure(
      line + ["m", "--curves", "none/c.svg"], status: 74, "none/c.svg", "No such file")
    try command.expectFailure(
      line + ["m", "--resume"], status: 66, "m.checkpoint", "no checkpoint", "--resume")
    try command.file("m.checkpoint", "PSDTRAIN, but no more than that")
    for name in [command("data/psd.npy"), command("data") + "/../data/labels.npy"] {
      try command.expectFailure(line + [name], status: 64, "\(name) is an input")
    }
    try command.expectFailure(
      line + ["m", "--log", command("m")], status: 64, "written twice")
    try command.expectFailure(line + ["m", "--curves", ""], status: 74, "'': cannot write")
    try command.expectFailure(line + ["m", "--resume"], status: 65, "m.checkpoint", "version")
    try command.file("file", "")
    try command.expectFailure(
      ["evaluate", "builtin", "data", "--out", "file"], status: 65, "data", "256 bins")
  }

  @Test("a dataset that cannot be trained on is named")
  func datasets() throws {
    let command = try Command()
    try command.dataset()
    try command.dataset("one", "--classes", "am")
    let few = try command.run(["generate", "few", "--count", "4"] + Command.small)
    #expect(few.status == 0)
    let network = try command.network()
    func line(_ dataset: String) -> [String] { ["train", dataset, "--out", "m"] + network }
    try command.expectFailure(line("none"), status: 66, "none/manifest.json", "No such file")
    try command.expectFailure(line("one"), status: 65, "one", "class am", "two")
    try command.expectFailure(line("few"), status: 65, "few", "am", "training")
    try command.expectFailure(
      ["evaluate", "builtin", "data"], status: 65, "data", "256 bins", "8192 bins")
    try command.expectFailure(
      ["evaluate", "builtin", "one"], status: 65, "one", "classes are am;", "ofdm")

    /// Trains and evaluates on a dataset one of whose files was changed.
    func expect(
      _ file: String, _ change: (inout Data) -> Void, naming: String? = nil, _ part: String,
      sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      let old = try command.data("data/\(file)")
      var new = old
      change(&new)
      try command.file("data/\(file)", new)
      for arguments in [line("data"), ["evaluate", "builtin", "data"]] {
        try command.expectFailure(
          arguments, status: 65, "data/\(naming ?? file)", part, sourceLocation: sourceLocation)
      }
      try command.file("data/\(file)", old)
    }
    func replace(_ old: String, _ new: String) -> (inout Data) -> Void {
      { data in data = Data(String(decoding: data, as: UTF8.self).replacing(old, with: new).utf8) }
    }
    try expect("manifest.json", replace("\"version\" : 1", "\"version\" : 9"), "version: 9")
    try expect(
      "manifest.json", replace("\"count\" : 40", "\"count\" : 41"), naming: "labels.npy",
      "the manifest says [41]")
    try expect("manifest.json", { $0 = $0.dropLast(9) }, "line")
    try expect("psd.npy", { $0[$0.count - 4..<$0.count] = Data([0, 0, 192, 127]) }, "row 39")
    try expect("psd.npy", { $0 = $0.dropLast(4) }, "byte")
    try expect("labels.npy", { $0[$0.count - 8] = 4 }, "row 39: label 4")
    try expect("conditions.jsonl", replace("\"snr\":", "\"SNR\":"), "line 1")
    for file in ["psd.npy", "labels.npy"] {
      let old = try command.data("data/\(file)")
      try FileManager.default.removeItem(atPath: command("data/\(file)"))
      try command.expectFailure(line("data"), status: 66, "data/\(file)", "No such file")
      try command.file("data/\(file)", old)
    }
  }

  @Test("a network's description is inspected, and where its class hangs on positions is told")
  func inspectNetworks() throws {
    let command = try Command()
    _ = try command.network("small.json")
    let small = try command.run("model", "inspect", "small.json").text
    #expect(small.contains("(4, 64)") && !small.contains("tied"))
    let founding = try command.run("model", "inspect", "founding").text
    #expect(founding.contains("layer 2 lays 4026 positions in one row"))
    #expect(try !command.run("model", "inspect", "founding-gap").text.contains("tied"))
    _ = try command.file(
      "bad.json",
      """
      {"inputShape":{"channels":1,"length":8},"layers":[
        {"layer":"conv1d","outputChannels":4,"kernelSize":9}]}
      """)
    try command.expectFailure(
      ["model", "inspect", "bad.json"], status: 65, "bad.json", "conv1d", "spans 9 positions")
    try command.expectFailure(["model", "inspect", "none.json"], status: 66, "none.json")
  }

  @Test("a network that does not fit is told with what it should have been")
  func networks() throws {
    let command = try Command()
    try command.dataset()
    let line = ["train", "data", "--out", "m"]
    func file(_ text: String) throws -> [String] {
      try command.file("bad.json", text)
      return line + ["--network", "bad.json", "--bins-per-feature", "1"]
    }
    try command.expectFailure(
      line + ["--network", "nope"], status: 66, "nope", "no such preset", "founding-gap")
    try command.expectFailure(
      line, status: 64, "--network default", "(1, 2048)", "256 bins", "--bins-per-feature 4",
      "generate --bins 8192")
    try command.expectFailure(
      line + ["--bins-per-feature", "3"], status: 64, "--bins-per-feature is 3", "256")
    try command.expectFailure(
      line + command.network("wide.json", length: 128), status: 65, "wide.json", "(1, 128)",
      "(1, 256)")
    try command.expectFailure(
      line + command.network("three.json", outputs: 3), status: 65, "three.json", "(3, 1)",
      "4 classes")
    try command.expectFailure(
      file("{\"inputShape\":{\"channels\":1,\n\"length\":256},\n\"layers\":[}"), status: 65,
      "bad.json", "line 3, column 11", "a value")
    try command.expectFailure(
      file("{\"inputShape\":{\"channels\":1,\"length\":256}}"), status: 65, "bad.json",
      "key layers", "missing")
    try command.expectFailure(
      file("{\"inputShape\":{\"channels\":1,\"length\":256},\"layers\":[{\"layer\":\"lstm\"}]}"),
      status: 65, "bad.json", "lstm", "conv1d")
    try command.expectFailure(
      file(
        "{\"inputShape\":{\"channels\":1,\"length\":256},\"layers\":[{\"layer\":\"conv1d\","
          + "\"outputChannels\":4,\"kernelSize\":8,\"stride\":3,\"padding\":\"circular\"}]}"),
      status: 65, "bad.json", "layer 0", "stride")
    try command.expectFailure(
      file("{\"inputShape\":{\"channels\":1,\"length\":256},\"layers\":[],\"layers\":[]}"),
      status: 65, "bad.json", "'layers' stands here for the second time")
    try command.expectFailure(file("[]"), status: 65, "bad.json", "an object but found an array")
    try command.expectFailure(line + ["--network", "data"], status: 74, "data", "directory")
  }
}
