import Foundation
import SignalPipeline
import Testing

@Suite struct NetworkArticleTests {
  @Test("the network of docs/networks.md trains to the same bytes on two threads, and is inspected")
  func example() throws {
    let text = try ScenarioCommandTests.article("networks.md")
    let example = try #require(text.components(separatedBy: "```json\n").dropFirst().first)
    let network = String(example.prefix { $0 != "`" })
    let command = try Command()
    try command.dataset()
    // The article's features are the default ones, which take eight times as many bins.
    let small = network.replacingOccurrences(of: "2048", with: "256")
    #expect(small != network)
    try command.file("network.json", small)
    let options = ["--network", "network.json", "--bins-per-feature", "1", "--epochs", "2"]
    for (model, threads) in [("one.safetensors", "1"), ("two.safetensors", "2")] {
      let result = try command.run(
        ["train", "data", "--out", model, "--threads", threads] + options)
      #expect(result.status == 0, "\(result.errors)")
    }
    #expect(try command.data("one.safetensors") == command.data("two.safetensors"))
    let table = try command.run("model", "inspect", "one.safetensors").text
    for line in text.split(separator: "\n") where line.contains("\"layer\": ") {
      let name = try #require(line.components(separatedBy: "\"layer\": \"").last)
      #expect(table.contains(name.prefix { $0 != "\"" }), "\(name) in \(table)")
    }
  }

  @Test("docs/networks.md tells every named network's sizes", arguments: Architecture.allCases)
  func sizes(architecture: Architecture) throws {
    let article = try ScenarioCommandTests.article("networks.md")
    let row = try #require(
      article.split(separator: "\n").first { $0.hasPrefix("| `\(architecture.rawValue)` |") })
    let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    let features = architecture.features
    let network = try Network(architecture.description(classes: 4))
    let input = network.inputShape
    #expect(cells[2] == (input.channels == 1 ? "" : "\(input.channels) × ") + "\(input.length)")
    let end = try #require(
      network.summary.firstIndex { [GlobalPool1d.name, Flatten.name].contains($0.name) })
    let seen = network.summary[end - 1].receptiveField * features.binsPerFeature
    #expect(cells[3] == "\(seen)" + (features.bins == 8192 ? "" : " of \(features.bins)"))
    let trainable = network.parameters.filter(\.isTrainable).reduce(0) { $0 + $1.range.count }
    #expect(cells[4].replacing(",", with: "") == "\(trainable)")
    let flops = network.summary.reduce(0) { $0 + $1.flops }
    #expect(cells[5] == String(format: "%.1f", Double(flops) / 1e6))
  }

  @Test("docs/networks.md tells every layer")
  func layers() throws {
    let article = try ScenarioCommandTests.article("networks.md")
    let text = try #require(article.components(separatedBy: "\n## Layers\n").last)
    let command = try Command()
    try command.dataset()
    try command.file(
      "bad.json", #"{"inputShape":{"channels":1,"length":256},"layers":[{"layer":"lstm"}]}"#)
    let errors = try command.run(
      ["train", "data", "--out", "m", "--network", "bad.json", "--bins-per-feature", "1"]
    ).errors
    let list = try #require(errors.components(separatedBy: "there are ").last)
    let names = list.split { !$0.isLetter && !$0.isNumber }.map { String($0) }
    let known = names.prefix { text.contains("| `\($0)` |") }
    #expect(known.count == 13, "\(errors)")
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
    #expect(rows.count == known.count)
  }
}
