import Foundation
import SignalPipeline
import Testing

@Suite struct SignalClassTests {
  @Test("--list-classes tells every class and its variants, with tabs between them on a pipe")
  func list() throws {
    let command = try Command()
    let list = try command.run("generate", "--list-classes")
    #expect(list.status == 0)
    #expect(list.errors.isEmpty)
    #expect(
      list.lines
        == SignalClass.allCases.map {
          let variants = $0.variants.map(\.name).joined(separator: ",")
          return "\($0.rawValue)\t\($0.summary)\t\(variants)"
        })
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
    for signalClass in SignalClass.withVariants {
      let name = signalClass.rawValue
      let section = try #require(page.components(separatedBy: "\n## \(name)\n").last)
      let own = try #require(section.components(separatedBy: "\n## ").first)
      for variant in signalClass.variants {
        #expect(own.contains("| `\(variant.name)` |"), "\(name): \(variant.name) is not explained")
      }
      #expect(own.contains("(signals/\(name)-variants.svg)"))
      #expect(
        FileManager.default.fileExists(atPath: "\(docs)/signals/\(name)-variants.svg"))
    }
  }

  @Test("docs/signals.md tells every parameter that examples have")
  func parameters() throws {
    let docs = Command.samples + "/../docs"
    let page = try String(contentsOfFile: docs + "/signals.md", encoding: .utf8)
    var configuration = SynthesisConfiguration.default
    configuration.classes = SignalClass.allCases
    configuration.samples = 4096
    configuration.variants = [.psk: ["gaussian", "rrc"]]
    var generator = try SignalGenerator(configuration)
    for index in 0..<17 * 8 {
      for name in (generator.example(index).conditions.parameters ?? [:]).keys {
        #expect(page.contains("| `\(name)` |"), "\(name) is not explained")
      }
    }
  }

  @Test("variants that cannot be are told with those that there are, and nothing is written")
  func variantErrors() throws {
    let command = try Command()
    func refuse(_ line: String, _ part: String, _ other: String) throws {
      let arguments = ["generate", "g"] + line.split(separator: " ").map(String.init)
      try command.expectFailure(arguments, status: 64, part, other)
      #expect(try command.names().isEmpty)
    }
    try refuse("--variants xm=tone", "there is no class 'xm'", "am, fsk")
    try refuse("--variants am", "'am' names no variant", "voice, tone, noise")
    try refuse("--variants am=tune", "--variants am has no \"tune\"", "voice, tone, noise")
    try refuse("--variants am=", "--variants am has no \"\"", "voice, tone, noise")
    try refuse("--variants am=tone,tone", "--variants am has \"tone\" twice", "once")
    try refuse("--variants am=tone --variants am=noise", "tells am twice", "commas")
    try refuse("--variants psk=rrc", "--variants psk is none of the classes", "am, fsk, rrc")
    try refuse(
      "--classes noise --variants noise=white", "--variants noise has no variants", "am, fsk")
  }

  @Test("variants of options and of a scenario make the same bytes; options go first")
  func variants() throws {
    let command = try Command()
    let line = ["--classes", "am,fsk", "--count", "12", "--snr", "20:30"] + Command.small
    let asked = ["--variants", "am=tone,noise", "--variants", "fsk=msk"]
    let made = try command.run(["generate", "a"] + line + asked)
    #expect(made.status == 0, "\(made.errors)")
    try command.file(
      "s.json",
      #"{"classes": ["am", "fsk"], "variants": {"am": ["tone", "noise"], "fsk": ["wide"]}}"#)
    let filed = try command.run(
      ["generate", "b", "--scenario", "s.json", "--variants", "fsk=msk"] + line)
    #expect(filed.status == 0, "\(filed.errors)")
    for name in ["psd.npy", "conditions.jsonl", "manifest.json"] {
      #expect(try command.data("a/\(name)") == command.data("b/\(name)"))
    }
    let conditions = String(decoding: try command.data("a/conditions.jsonl"), as: UTF8.self)
    for (index, text) in conditions.split(separator: "\n").enumerated() {
      let isTold = ["tone", "noise", "msk"].contains { text.contains("\"variant\":\"\($0)\"") }
      #expect(isTold && text.contains("msk") == (index % 2 == 1), "\(text)")
    }
    // What the file tells of a class that is not chosen is left alone.
    let other = try command.run(
      "generate", "--print-scenario", "--scenario", "s.json", "--classes", "rrc")
    #expect(other.status == 0 && !other.text.contains("variants"), "\(other.errors)")
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
