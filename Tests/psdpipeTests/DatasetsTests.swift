import Foundation
import SignalPipeline
import Testing

/// One dataset and several, as `train` and `evaluate` take them.
@Suite struct DatasetsTests {
  @Test("several datasets train one model of all their classes, on any number of threads")
  func several() throws {
    let command = try Command()
    try command.dataset("a")
    try command.dataset("b", "--seed", "2", "--classes", "chirp,ofdm,am", "--count", "30")
    let line = try ["train", "a", "b/", "--epochs", "2"] + command.network(outputs: 5)
    for threads in ["1", "2"] {
      let trained = try command.run(line + ["--out", threads, "--threads", threads])
      #expect(trained.status == 0 && trained.errors.isEmpty, "\(trained.errors)")
      // Of ten of each class two are for the test, seven classes in both together.
      #expect(trained.text.hasPrefix("test split of a, b/\n") && trained.text.contains("of 14,"))
    }
    #expect(try command.data("1") == command.data("2"))
    let inspected = try command.run("model", "inspect", "1").text
    for part in ["am, fsk, rrc, ofdm, chirp", "train a b/ --network"] {
      #expect(inspected.contains(part), "\(inspected)")
    }
    #expect(try ModelFile.read(command("1")).provenance.dataset == "a, b/")
    // The order of the folders is no matter of the model's, and its report has its own.
    let evaluated = try ["a b", "b a"].map {
      try command.run(["evaluate", "1"] + $0.split(separator: " ").map(String.init))
    }
    #expect(evaluated.map(\.status) == [0, 0] && evaluated[0].text.contains("of 70,"))
    let names = ["am", "fsk", "rrc", "ofdm", "chirp"]
    for run in evaluated {
      #expect(run.lines.compactMap { line in names.first { line.hasPrefix($0 + " ") } } == names)
    }
    try command.expectFailure(
      ["evaluate", "1", "a"], status: 65, "a: its classes are am, fsk, rrc, ofdm; 1 knows", "chirp",
      "together")
    try command.expectFailure(
      ["evaluate", "1", "a", "b", "--trained-on", "b"], status: 65,
      "b: row 0: 30 examples are in b")
  }

  @Test("datasets that cannot be used together are named, with what they differ in")
  func misfits() throws {
    let command = try Command()
    try command.dataset("a")
    try command.dataset("copy", "--count", "20")
    try command.dataset("other", "--seed", "2", "--overlap", "0")
    try command.dataset("short", "--seed", "2", "--samples", "8192")
    try command.dataset("more", "--seed", "2", "--channels", "mean,max")
    try FileManager.default.createSymbolicLink(
      atPath: command("link"), withDestinationPath: command("a"))
    let network = try command.network()
    #expect(
      try command.run(["train", "a", "--out", "m", "--epochs", "1"] + network).status == 0)
    func expect(_ other: String, _ parts: String...) throws {
      for line in [["train", "a", other, "--out", "n"] + network, ["evaluate", "m", "a", other]] {
        let result = try command.run(line)
        #expect(result.status == 65)
        for part in parts { #expect(result.errors.contains(part), "\(result.errors)") }
      }
      #expect(!command.exists("n"))
    }
    try expect("a", "a: is the same folder as a")
    try expect("./link/", "./link/: is the same folder as a")
    try expect("copy", "copy: row 0: this example is in row 0 of a", "20 in all", "--seed")
    try expect(
      "other", "other/manifest.json: key spectrum.overlap: 0 samples, that of a is 128 samples")
    try expect("short", "short/manifest.json: key window: 8192 samples, that of a is 16384")
    try expect("more", "more/manifest.json: key channels: mean,max, that of a is mean")
    try command.expectFailure(
      ["train", "a", "none", "--out", "n"] + network, status: 66, "none/manifest.json")
  }

  @Test("a dataset that lacks a class in a part of the split, or any example, is named")
  func lacking() throws {
    let command = try Command()
    try command.dataset("a")
    try command.dataset("few", "--seed", "2", "--count", "6")
    let made = try command.run(
      ["generate", "am", "--only", "0,4,8,12", "--seed", "3"] + Command.small)
    #expect(made.status == 0, "\(made.errors)")
    let network = try command.network() + ["--epochs", "1", "--out", "m"]
    try command.expectFailure(
      ["train", "few"] + network, status: 65, "few: classes", "of the 2 of `am` 1 are for",
      "none is left for training")
    try command.expectFailure(
      ["train", "a", "few"] + network, status: 65, "of the 2 of `am` in few 1 are for")
    try command.expectFailure(
      ["train", "am"] + network, status: 65, "am: classes", "none of `fsk`", "add some")
    // Examples of some of the classes are fine beside others.
    #expect(try command.run(["train", "a", "am"] + network).status == 0)

    let writer = try DatasetWriter(
      command("empty"), manifest: DatasetDirectory.readManifest(command("a")), overwrite: true)
    try writer.commit()
    for line in [["train", "empty"] + network, ["train", "a", "empty"] + network] {
      try command.expectFailure(line, status: 65, "empty: the dataset has no examples", "--count")
    }
    try command.expectFailure(
      ["evaluate", "m", "empty"], status: 65, "empty: the dataset has no examples")
  }

  @Test("networks and checkpoints that a dataset does not fit are told with its name")
  func networks() throws {
    let command = try Command()
    try command.dataset("a")
    try command.dataset("b", "--seed", "2")
    try command.dataset("three", "--seed", "3", "--classes", "am,fsk,rrc")
    try command.dataset("narrow", "--seed", "4", "--bins", "128")
    let network = try command.network()
    try command.expectFailure(
      ["train", "three", "--out", "m"] + network, status: 65, "network.json", "(4, 1)",
      "3 classes of three need (3, 1)")
    try command.expectFailure(
      ["train", "narrow", "--out", "m"] + network, status: 65, "network.json", "(1, 256)",
      "128 bins of narrow make (1, 128)")

    let long = ["--epochs", "100000", "--patience", "0", "--out", "m"]
    let running = try command.start(["train", "a"] + network + long)
    while running.process.isRunning, !command.exists("m.checkpoint") { usleep(500) }
    kill(running.process.processIdentifier, SIGTERM)
    running.process.waitUntilExit()
    func expect(_ datasets: [String], _ options: [String], _ part: String) throws {
      try command.expectFailure(
        ["train"] + datasets + options + long + ["--resume"], status: 65,
        "m.checkpoint: does not go with \(datasets.joined(separator: ", "))", part,
        "leave out --resume")
    }
    // Of the same labels, as every dataset of the generator with these options.
    try expect(["b"], network, "other examples")
    try expect(["a", "b"], network, "other examples")
    try expect(["three"], command.network("3.json", outputs: 3), "tells 4 classes apart")
    try expect(
      ["narrow"], command.network("128.json", length: 128), "256 bins, the dataset's have 128")
  }

  @Test("a dataset that is cut off during a training ends it with the file's name")
  func cut() throws {
    let command = try Command()
    try command.dataset("a")
    let running = try command.start(
      ["train", "a", "--epochs", "100000", "--patience", "0", "--out", "m"] + command.network())
    while running.process.isRunning, !command.exists("m.checkpoint") { usleep(500) }
    let file = try FileHandle(forUpdating: URL(filePath: command("a/psd.npy")))
    try file.truncate(atOffset: 5000)
    try file.close()
    running.process.waitUntilExit()
    let result = try running.result()
    #expect(result.status == 65 && result.errors.contains("a/psd.npy: byte "), "\(result.errors)")
    #expect(command.exists("m.checkpoint") && !command.exists("m"))
  }
}
