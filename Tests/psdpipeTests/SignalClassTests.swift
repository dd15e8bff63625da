import Foundation
import SignalPipeline
import Testing

@Suite struct SignalClassTests {
  @Test("--list-classes tells name and description of every class, a tab between them on a pipe")
  func list() throws {
    let command = try Command()
    let list = try command.run("generate", "--list-classes")
    #expect(list.status == 0)
    #expect(list.errors.isEmpty)
    #expect(list.lines == SignalClass.allCases.map { "\($0.rawValue)\t\($0.summary)" })
    #expect(try command.names().isEmpty)
  }

  @Test("docs/signals.md has every class and its two pictures")
  func gallery() throws {
    let docs = Command.samples + "/../docs"
    let page = try String(contentsOfFile: docs + "/signals.md", encoding: .utf8)
    for name in SignalClass.allCases.map(\.rawValue) {
      #expect(page.contains("| [`\(name)`](#\(name)) |"))
      for picture in ["signals/\(name)-psd.svg", "signals/\(name)-waterfall.svg"] {
        #expect(page.contains("(\(picture))"))
        #expect(FileManager.default.fileExists(atPath: "\(docs)/\(picture)"))
      }
    }
  }

  @Test("docs/reference-signals.md shows every picture that its scripts make, in half a megabyte")
  func references() throws {
    let docs = Command.samples + "/../docs"
    let page = try String(contentsOfFile: docs + "/reference-signals.md", encoding: .utf8)
    let names = try FileManager.default.contentsOfDirectory(atPath: docs + "/reference-signals")
    #expect(names.count > 10)
    var size = 0
    for name in names {
      #expect(page.contains("(reference-signals/\(name))"), "\(name) is not shown")
      size += try Data(contentsOf: URL(filePath: "\(docs)/reference-signals/\(name)")).count
    }
    #expect(size < 500_000)
  }

  @Test("generate, train, evaluate and classify know any of the classes, noise among them")
  func endToEnd() throws {
    let command = try Command()
    let made = try command.run(
      ["generate", "data", "--count", "80", "--classes", "noise,gmsk,ook,wbfm", "--snr", "15:20"]
        + ["--captures", "cf32"] + Command.small)
    #expect(made.status == 0, "\(made.errors)")
    let conditions = try String(contentsOfFile: command("data/conditions.jsonl"), encoding: .utf8)
      .split(separator: "\n")
    #expect(conditions.count == 80)
    for (index, line) in conditions.enumerated() {
      // JSON has no infinite number.
      #expect(line.contains("\"snr\":\"-inf\"") == (index % 4 == 0), "\(line)")
    }
    let trained = try command.train("model.safetensors")
    #expect(trained.status == 0, "\(trained.errors)")
    let evaluated = try command.run("evaluate", "model.safetensors", "data", "--out", "report")
    #expect(evaluated.status == 0, "\(evaluated.errors)")
    for name in ["noise", "gmsk", "ook", "wbfm"] { #expect(evaluated.text.contains(name)) }
    let classified = try command.run(
      "classify", "data/captures/ook-2.cf32", "--model", "model.safetensors", "--as", "json")
    #expect(classified.status == 0, "\(classified.errors)")
    let record = try #require(try classified.records.first)
    let probabilities = try #require(record["probabilities"] as? [String: Any])
    #expect(Set(probabilities.keys) == ["noise", "gmsk", "ook", "wbfm"])
  }
}
