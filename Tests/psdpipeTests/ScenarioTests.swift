import Foundation
import Testing

/// Scenario files, and impairments by name.
@Suite struct ScenarioCommandTests {
  @Test("what --print-scenario prints generates the same bytes as the options did")
  func printed() throws {
    let command = try Command()
    let options =
      Command.small + ["--preset", "harsh", "--without", "fading", "--snr", "3:9", "--seed", "4"]
      + ["--offset", "-0.2:0.3", "--impairment", "spur=-12:-10", "--count", "5"]
    let printed = try command.run(["generate", "--print-scenario"] + options)
    #expect(printed.status == 0 && printed.errors.isEmpty, "\(printed.errors)")
    #expect(try command.names().isEmpty)
    try command.file("s.json", printed.text)
    let plain = try command.run(["generate", "plain"] + options)
    #expect(plain.status == 0, "\(plain.errors)")
    let bins = ["--bins", "256"]
    let filed = try command.run(["generate", "filed", "--scenario", "s.json"] + bins)
    #expect(filed.status == 0, "\(filed.errors)")
    for name in ["psd.npy", "labels.npy", "conditions.jsonl", "manifest.json"] {
      #expect(try command.data("plain/\(name)") == command.data("filed/\(name)"))
    }
    let conditions = String(decoding: try command.data("filed/conditions.jsonl"), as: UTF8.self)
    #expect(!conditions.contains("fading") && conditions.contains("spur"))
    let again = try command.run("generate", "--print-scenario", "--scenario", "s.json")
    #expect(again.text == printed.text)
  }

  @Test("options override the file")
  func overridden() throws {
    let command = try Command()
    try command.file(
      "s.json",
      #"{"snr": [1, 2], "seed": 9, "count": 3, "sampleRate": 48000, "impairments": "clean"}"#)
    let printed = try command.run(
      "generate", "--print-scenario", "--scenario", "s.json", "--seed", "10", "--count", "4",
      "--impairment", "drift=0.001")
    #expect(printed.text.contains("\"seed\": 10"))
    #expect(printed.text.contains("\"snr\": [1, 2]"))
    #expect(printed.text.contains("\"count\": 4"))
    #expect(printed.text.contains("\"drift\": {\"probability\": 1, \"range\": [0.001, 0.001]}"))
    let made = try command.run(
      ["generate", "g", "--scenario", "s.json", "--captures", "ci8", "--sigmf"] + Command.small)
    #expect(made.status == 0, "\(made.errors)")
    #expect(try command.names(in: "g/captures").count == 6)
    let meta = String(decoding: try command.data("g/captures/am-0.sigmf-meta"), as: UTF8.self)
    #expect(meta.contains("48000"))
  }

  @Test("a faulty file is told with its name and its key, and nothing is written")
  func faults() throws {
    let command = try Command()
    try command.file("s.json", #"{"impairments": {"spurs": {}}}"#)
    let line = ["generate", "g", "--scenario"]
    try command.expectFailure(
      line + ["s.json"], status: 65, "s.json: key impairments.spurs: there is no such key",
      "spur")
    try command.expectFailure(line + ["none.json"], status: 66, "none.json")
    try command.expectFailure(
      ["generate", "--print-scenario", "--scenario", "s.json"], status: 65, "spurs")
    try command.file("low.json", #"{"samples": 4096}"#)
    try command.expectFailure(line + ["low.json"], status: 64, "--samples is 4096", "8192")
  }

  @Test("unknown impairments and ranges that cannot be are refused by name")
  func impairments() throws {
    let command = try Command()
    func refuse(_ line: String, _ part: String, _ other: String) throws {
      let arguments = ["generate", "g"] + line.split(separator: " ").map(String.init)
      try command.expectFailure(arguments, status: 64, part, other)
    }
    try refuse("--impairment dust", "there is no impairment 'dust'", "amplifier, multipath")
    try refuse("--without dust", "there is no impairment 'dust'", "agc, converter, gain")
    try refuse("--impairment spur=5:1", "'5:1' is no range", "level in dBc")
    try refuse("--impairment spur=", "'' is no range", "LOW:HIGH")
    try refuse("--impairment spur=0:999", "--impairment spur.range has 999", "200")
    try refuse("--impairment jitter=-1:1", "--impairment jitter.range has -1", "0.0...1.0")
    try refuse("--impairment agc --without agc", "agc", "contradict")
    try refuse("--preset dirty", "dirty", "harsh")
  }

  @Test("each impairment is asked for alone", arguments: ["fading", "agc", "jitter", "floor"])
  func alone(name: String) throws {
    let command = try Command()
    let made = try command.run(
      ["generate", "g", "--count", "4", "--preset", "clean", "--impairment", name]
        + Command.small)
    #expect(made.status == 0, "\(made.errors)")
    let conditions = String(decoding: try command.data("g/conditions.jsonl"), as: UTF8.self)
    let key = name == "jitter" ? "clock" : name
    #expect(
      conditions.split(separator: "\n").allSatisfy { $0.contains("\"details\":{\"\(key)\":") })
  }

  static func article(_ name: String) throws -> String {
    try String(contentsOfFile: Command.samples + "/../docs/\(name)", encoding: .utf8)
  }

  @Test("the example and the commands of docs/scenarios.md do what they say")
  func scenarios() throws {
    let command = try Command()
    let text = try Self.article("scenarios.md")
    let examples = text.components(separatedBy: "```json\n").dropFirst()
    #expect(examples.count == 2)
    for (name, example) in zip(["scenario.json", "scene.json"], examples) {
      try command.file(name, String(example.prefix { $0 != "`" }))
    }
    let commands = text.split(separator: "\n").filter { $0.hasPrefix("psdpipe generate") }
    #expect(commands.count >= 3)
    for line in commands {
      let result = try command.shell("\(line)")
      #expect(result.status == 0 && result.errors.isEmpty, "\(line): \(result.errors)")
    }
  }

  @Test("docs/impairments.md tells every impairment and shows it, in less than a megabyte")
  func pictures() throws {
    let text = try Self.article("impairments.md")
    let command = try Command()
    let help = try command.run("generate", "g", "--impairment", "dust").errors
    let list = try #require(help.split(separator: "\n").first?.components(separatedBy: "are ").last)
    let names = list.components(separatedBy: ", ")
    #expect(names.count == 17)
    var size = 0
    for name in names {
      #expect(text.contains("`\(name)`"), "\(name) is not explained")
      let picture = Command.samples + "/../docs/impairments/\(name).svg"
      #expect(text.contains("](impairments/\(name).svg)"), "\(name) is not shown")
      size += try Data(contentsOf: URL(filePath: picture)).count
    }
    #expect(size < 1_000_000)
  }
}
