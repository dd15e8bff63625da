import Foundation
import Testing

/// Named networks on datasets that fit them, and on others.
@Suite struct PresetTests {
  @Test("a network whose pooled values see less than the widest signal is told so")
  func narrow() throws {
    let command = try Command()
    try command.dataset()
    // The convolution sees 8 of 256 bins; the narrowest signals have 15.
    #expect(try command.train("narrow.safetensors").errors.isEmpty)
    let told = "layer 3 pools values that see 8 bins each; the signals are up to"
    #expect(try command.run("model", "inspect", "narrow.safetensors").text.contains(told))
    let inspect = ["model", "inspect", "network.json"]
    #expect(try !command.run(inspect).text.contains("pools values"))
    #expect(try command.run(inspect + ["--dataset", "data"]).text.contains(told))
    // Wide enough, or with a weight for each position.
    for network in ["default", "founding"] {
      let text = try command.run("model", "inspect", network, "--dataset", "data").text
      #expect(text.contains("MFLOP an example") && !text.contains("pools values"))
    }
    let conditions = String(decoding: try command.data("data/conditions.jsonl"), as: UTF8.self)
    let none = conditions.replacing(/"bandwidth":[0-9.]+/, with: "\"bandwidth\":0")
    try command.file("data/conditions.jsonl", none)
    try command.expectFailure(
      inspect + ["--dataset", "data"], status: 65, "data/conditions.jsonl", "bandwidth",
      "leave out --dataset")
    try command.expectFailure(inspect + ["--dataset", "none"], status: 66, "none/manifest.json")
  }

  @Test("the presets of 20, 100 and three times 50 steps train on bins that they divide")
  func steps() throws {
    let command = try Command()
    let more = ["--count", "40", "--samples", "16384"]
    let channels = ["--channels", "mean,max,kurtosis"]
    let made = try command.run(["generate", "steps", "--bins", "8000"] + channels + more)
    #expect(made.status == 0, "\(made.errors)")
    let bins = try command.run(["generate", "bins"] + more)
    let mean = try command.run(["generate", "mean", "--bins", "8000"] + more)
    #expect(bins.status == 0 && mean.status == 0)
    func line(_ dataset: String, _ network: String) -> [String] {
      ["train", dataset, "--network", network, "--epochs", "1", "--out", network]
    }
    for (network, shape) in [("keras-20", "(3, 20)"), ("keras-50x3", "(3, 50)")] {
      let trained = try command.run(line("steps", network))
      #expect(trained.status == 0 && trained.errors.isEmpty, "\(trained.errors)")
      #expect(try command.run("evaluate", network, "steps").status == 0)
      #expect(try command.run("model", "inspect", "./\(network)").text.contains(shape))
    }
    #expect(try command.run(line("steps", "keras-100") + ["--channels", "mean"]).status == 0)
    try command.expectFailure(
      line("bins", "keras-50x3"), status: 64, "keras-50x3 takes 50 means of 160 bins", "8192",
      "generate --bins 8000 --channels mean,max,kurtosis")
    try command.expectFailure(
      line("mean", "keras-50x3"), status: 65, "mean: its spectra have mean",
      "--network keras-50x3 takes mean,max,kurtosis", "generate --channels mean,max,kurtosis")
    try command.expectFailure(
      line("mean", "keras-64"), status: 64, "keras-64 takes 64", "--bins-per-feature 125")
    try command.expectFailure(
      line("mean", "keras-256"), status: 64, "(1, 256)", "generate --bins 8192")
  }
}
