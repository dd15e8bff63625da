import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The page that `evaluate --report` writes.
@Suite struct ReportTests {
  /// A folder with a trained model, examples that it knows and examples that it does not.
  private func scene() throws -> Command {
    let command = try Command()
    try command.dataset("data", "--seed", "1")
    try command.dataset("test", "--seed", "2")
    try command.dataset("others", "--seed", "3", "--classes", "css,ssb")
    #expect(try command.train("model.safetensors").status == 0)
    return command
  }

  @Test("a report holds what evaluation.json tells, the training, and the command to make it again")
  func report() throws {
    let command = try scene()
    let run = try command.run(
      "evaluate", "model.safetensors", "test", "--out", "out", "--report", "r.html", "--threads",
      "1")
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    let page = try command.data("r.html")
    #expect(XMLParser(data: page).parse())
    let text = String(decoding: page, as: UTF8.self)
    let json = try #require(
      JSONSerialization.jsonObject(with: command.data("out/evaluation.json")) as? [String: Any])
    let accuracy = try #require(json["accuracy"] as? [String: Any])
    let share = try #require(accuracy["value"] as? Double)
    #expect(text.contains(String(format: ">%.1f\u{A0}%%<", share * 100)))
    let reliability = try #require(json["reliability"] as? [String: Any])
    let error = try #require(reliability["expectedCalibrationError"] as? Double)
    #expect(text.contains(String(format: ">%.4f<", error)))
    // Two epochs were trained.
    #expect(text.contains("Loss of 2 epochs; best epoch"))
    let words = text.replacing("<span>", with: "").replacing("</span>", with: "")
    #expect(
      words.contains("psdpipe evaluate model.safetensors test --report report.html</code>"))
    #expect(words.contains("psdpipe train data --network network.json"))

    // Neither threads nor the name of the file are in it.
    #expect(
      try command.run(
        "evaluate", "model.safetensors", "test", "--report", "again.html", "--threads", "2"
      ).status == 0)
    #expect(try command.data("again.html") == page)
    #expect(try command.names().allSatisfy { !$0.hasSuffix(".tmp") })
  }

  @Test("classes that a model does not know are named, and told apart with --unknown")
  func unknown() throws {
    let command = try scene()
    let line = ["evaluate", "model.safetensors", "test", "others"]
    try command.expectFailure(
      line, status: 65, "test, others: its classes are am, fsk, rrc, ofdm, css, ssb",
      "or say --unknown css,ssb")
    try command.expectFailure(
      line + ["--unknown", "css"], status: 65, "or say --unknown css,ssb")
    try command.expectFailure(
      line + ["--unknown", "css,ssb,lora"], status: 65, "--unknown names the class lora")
    try command.expectFailure(
      line + ["--unknown", "css,ssb,am"], status: 65, "the class am, which model.safetensors knows")
    let plain = try command.run("evaluate", "model.safetensors", "test").text
    let mixed = try command.run(
      line + [
        "--unknown", "ssb,css", "--report", "r.html", "--against", "model.safetensors", "--out",
        "out",
      ])
    #expect(mixed.status == 0 && mixed.errors.isEmpty, "\(mixed.errors)")
    let known = mixed.text.split(separator: "\n").filter { !$0.hasPrefix("unknown to the model") }
    let alone = plain.split(separator: "\n")
    #expect(Array(known.prefix(alone.count)) == alone)
    let told = mixed.text.matches(
      of: /unknown to the model: (css|ssb), AUROC ([01]\.\d+), ([01]\.\d+) of 20 called unknown/)
    #expect(told.map { String($0.1) } == ["ssb", "css", "ssb", "css"])
    let json = try JSONSerialization.jsonObject(with: command.data("out/evaluation.json"))
    let unknowns = try #require((json as? [String: Any])?["unknowns"] as? [[String: Any]])
    #expect(unknowns.compactMap { $0["name"] as? String } == ["ssb", "css"])
    let page = String(decoding: try command.data("r.html"), as: UTF8.self)
    for match in told.prefix(2) { #expect(page.contains(">\(match.2)<")) }
    #expect(page.contains("<span>--unknown</span> <span>ssb,css</span>"))
  }

  @Test("what a report cannot be written to is told before the work, and a read file stays")
  func outputs() throws {
    let command = try scene()
    let line = ["evaluate", "model.safetensors", "test", "--report"]
    try command.expectFailure(line + ["none/r.html"], status: 74, "none/r.html", "No such file")
    try command.expectFailure(line + ["test"], status: 74, "test", "folder")
    let model = try command.data("model.safetensors")
    try command.expectFailure(
      line + ["./model.safetensors"], status: 64, "./model.safetensors is an input")
    #expect(try command.data("model.safetensors") == model)
    let spectra = try command.data("test/psd.npy")
    try FileManager.default.createSymbolicLink(
      atPath: command("link"), withDestinationPath: "test")
    for other in [command("test/psd.npy"), "link/psd.npy"] {
      try command.expectFailure(line + [other], status: 64, other, "is an input")
    }
    #expect(try command.data("test/psd.npy") == spectra)
  }

  @Test("the commands of docs/report.md run")
  func article() throws {
    let command = try scene()
    let text = try ScenarioCommandTests.article("report.md")
    let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { $0.hasPrefix("psdpipe evaluate ") }
    #expect(lines.count >= 3)
    for line in lines {
      let result = try command.shell(line)
      #expect(result.status == 0 && result.errors.isEmpty, "\(line): \(result.errors)")
    }
    let page = String(decoding: try command.data("report.html"), as: UTF8.self)
    // Each section is explained under its own heading.
    for heading in page.matches(of: /<h2 [^>]*>([^<]*)<\/h2>/) {
      #expect(text.contains("\n## \(heading.1)\n"), "\(heading.1)")
    }
  }
}

/// What a browser makes of the page.
@Suite struct ReportRenderingTests {
  /// Where Chromium and Python are; `nil` without either.
  private static let tools: (browser: String, python: String)? = {
    let environment = ProcessInfo.processInfo.environment
    let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    func find(_ names: String...) -> String? {
      names.flatMap { name in folders.map { "\($0)/\(name)" } }
        .first(where: FileManager.default.isExecutableFile)
    }
    guard
      let browser = environment["CHROMIUM"]
        ?? find("chromium", "chromium-browser", "google-chrome"), let python = find("python3")
    else { return nil }
    return (browser, python)
  }()

  @Test(
    "a browser shows the report on phone, desktop and paper, light and dark, without a fault",
    .enabled(if: tools != nil, "neither Chromium nor Python 3 is there, or one of them is not"))
  func renders() throws {
    let tools = try #require(Self.tools)
    let command = try Command()
    let names = "rrc,ofdm,am,fsk,psk,nbfm,gmsk,ook,ssb,css,wbfm,chirp"
    for (folder, seed) in [("data", "1"), ("test", "2")] {
      let made = try command.run(
        ["generate", folder, "--count", "96", "--seed", seed, "--classes", names + ",noise,lte"]
          + Command.small)
      #expect(made.status == 0, "\(made.errors)")
    }
    let trained = try command.run(
      ["train", "data", "--out", "m", "--epochs", "2"] + command.network(outputs: 14))
    #expect(trained.status == 0, "\(trained.errors)")
    let made = try command.run(
      "evaluate", "m", "test", "--report", "r.html", "--against", "m", "--offset-cells", "16")
    #expect(made.status == 0, "\(made.errors)")
    let script = Command.samples + "/../Tests/Reference/render_report.py"
    let run = try command.start(
      ["CHROMIUM=\(tools.browser)", tools.python, script, "r.html"], program: "/usr/bin/env")
    run.process.waitUntilExit()
    let result = try run.result()
    #expect(result.status == 0, "\(result.text)\(result.errors)")
    // The same script sees a page that asks for something, errs, overflows and says nothing.
    try command.file(
      "bad.html",
      """
      <!DOCTYPE html><html><body><img src="http://127.0.0.1:9/x.png"/>
      <script>nothing()</script><p style="width:3000px">wide</p>
      <svg viewBox="0 0 400 100" width="400"><text x="10" y="50">one</text>
      <text x="12" y="50">two</text><text x="390" y="90">leaves</text></svg></body></html>
      """)
    let bad = try command.start(
      ["CHROMIUM=\(tools.browser)", tools.python, script, "bad.html"], program: "/usr/bin/env")
    bad.process.waitUntilExit()
    let faults = try bad.result()
    #expect(faults.status == 1)
    for part in [
      "a request for http", "an exception", "px wide on", "says nothing in words",
      "\"one\" lies on \"two\"", "\"leaves\" leaves the drawing", "share a colour",
    ] {
      #expect(faults.text.contains(part), "\(part): \(faults.text)\(faults.errors)")
    }
  }
}
