import Foundation
import SignalPipeline
import SystemPackage
import Testing

/// Several signals at once and bursts, as `generate` makes and tells them.
@Suite struct SceneCommandTests {
  private static let scene =
    Command.small + ["--others", "1:3", "--bursts", "1000:4000", "--seed", "6"]

  @Test("the same bytes come of options and of their scenario, on any threads, whole or alone")
  func bytes() throws {
    let command = try Command()
    let printed = try command.run(["generate", "--print-scenario"] + Self.scene)
    #expect(printed.status == 0, "\(printed.errors)")
    #expect(printed.text.contains("\"count\": [1, 3]"))
    #expect(printed.text.contains("\"duration\": [1000, 4000]"))
    try command.file("s.json", printed.text)
    func made(_ name: String, _ options: [String]) throws -> [String: Data] {
      let result = try command.run(["generate", name, "--captures", "ci16", "--sigmf"] + options)
      #expect(result.status == 0, "\(result.errors)")
      return try GenerateOutputTests.contents(command, name)
    }
    let plain = try made("plain", Self.scene + ["--count", "6", "--threads", "1"])
    #expect(plain == (try made("two", Self.scene + ["--count", "6", "--threads", "2"])))
    let filed = ["--scenario", "s.json", "--bins", "256", "--count", "6"]
    #expect(plain == (try made("filed", filed)))
    let one = try made("one", Self.scene + ["--only", "4"])
    let names = one.keys.filter { $0.hasPrefix("captures/") }
    #expect(names.count == 2)
    for name in names { #expect(one[name] == plain[name]) }
    let lines = String(decoding: plain["conditions.jsonl"] ?? Data(), as: UTF8.self)
      .split(separator: "\n")
    #expect(one["conditions.jsonl"] == Data((lines[4] + "\n").utf8))
    // What is told of an example without others and bursts stays as it was.
    let single = try made("single", Command.small + ["--count", "2"])
    let text = String(decoding: single["conditions.jsonl"] ?? Data(), as: UTF8.self)
    #expect(!text.contains("others") && !text.contains("bursts"))
  }

  @Test("conditions and annotations tell every signal and every burst, and they agree")
  func told() throws {
    let command = try Command()
    let made = try command.run(
      ["generate", "g", "--count", "8", "--captures", "cf32", "--sigmf", "--rate", "1M"]
        + Self.scene)
    #expect(made.status == 0, "\(made.errors)")
    let lines = String(decoding: try command.data("g/conditions.jsonl"), as: UTF8.self)
      .split(separator: "\n")
    for (index, line) in lines.enumerated() {
      let record = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let details = try #require(record["details"] as? [String: Any])
      let others = try #require(details["others"] as? [[String: Any]])
      #expect((1...3).contains(others.count))
      let name = try #require(record["class"] as? String)
      let path = "g/captures/\(name)-\(index)"
      let recording = try #require(
        try SigMFRecording.locate(FilePath(command("\(path).sigmf-meta"))))
      try recording.verify()
      var told: Set<[String]> = []
      for annotation in recording.metadata.annotations {
        let count = try #require(annotation.sampleCount)
        told.insert([annotation.label ?? "", "\(annotation.sampleStart)", "\(count)"])
      }
      var drawn: Set<[String]> = []
      for signal in [record.merging(details) { $1 }] + others {
        for burst in try #require(signal["bursts"] as? [[String: Int]]) {
          let start = try #require(burst["start"])
          let count = try #require(burst["count"])
          #expect((1000...4000).contains(count) && start >= 0 && start + count <= 16_384)
          drawn.insert(["\(signal["class"] ?? "")", "\(start)", "\(count)"])
        }
      }
      #expect(told == drawn)
      for line in [["inspect"], ["classify", "--window", "16384"]] {
        let result = try command.run(line + ["\(path).sigmf-meta"])
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
      }
    }
  }

  @Test("laws that cannot be are refused with the option or the key, and nothing is written")
  func refusals() throws {
    let command = try Command()
    func refuse(_ line: String, _ part: String, _ other: String = "psdpipe: ") throws {
      let arguments = ["generate", "g"] + line.split(separator: " ").map(String.init)
      try command.expectFailure(arguments, status: 64, part, other)
    }
    try refuse("--others 0", "--others count is 0...0; it must lie within 1...16")
    try refuse("--others 3:99", "--others count is 3...99", "1...16")
    try refuse("--others 3:1", "'3:1'", "--others")
    try refuse("--others 1.5", "'1.5'", "--others")
    try refuse("--others -1", "--others count is -1")
    try refuse("--others many", "'many'", "--others")
    try refuse("--others 2 --classes noise", "--others are drawn from the classes")
    try refuse("--others 2 --samples 2048", "--others bandwidth is 0.02...0.1", "0.03125...0.5")
    try refuse("--bursts 2000:70000", "--bursts duration is 2000...70000", "64...65536")
    try refuse("--bursts 0:2000", "--bursts duration", "64...65536")
    try refuse("--bursts 2000 --classes ook,ppm", "--bursts are of no effect", "of their own")
    try refuse("--bursts 2000:", "'2000:'", "--bursts")
    let law = #""probability": 1, "snr": [0, 20], "bandwidth": [0.02, 0.1]"#
    try command.file("s.json", #"{"others": {\#(law), "count": [1, 3], "spacing": -1}}"#)
    try command.expectFailure(
      ["generate", "g", "--scenario", "s.json"], status: 65,
      "s.json: key others.spacing: has -1.0; it must lie within 0.0...0.5")
    try command.file("t.json", #"{"others": {\#(law), "count": "two", "spacing": 0}}"#)
    try command.expectFailure(
      ["generate", "g", "--scenario", "t.json"], status: 65,
      "t.json: key others.count: [low, high] is expected, the text \"two\" found")
  }
}
