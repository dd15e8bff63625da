import Foundation
import Testing

@Suite struct StudyCommandTests {
  static let small = ["--quick", "--networks", "keras-64", "--seeds", "1", "--no-sweep"]

  @Test("a study that was killed goes on and comes to the same bytes, on any number of threads")
  func killed() throws {
    let command = try Command()
    let whole = try command.run(["study", "whole", "--threads", "1"] + Self.small)
    #expect(whole.status == 0, "\(whole.errors)")
    #expect(whole.errors.isEmpty, "a pipe hears nothing: \(whole.errors)")
    #expect(whole.lines.count == 4)

    var kills = 0
    var status: Int32 = -1
    while status != 0 {
      let run = try command.start(["study", "broken", "--threads", "2"] + Self.small)
      // Each time a training further.
      let goal = kills + 1
      if kills < 3 {
        while run.process.isRunning, try finished(in: "broken", of: command) < goal {
          usleep(2000)
        }
        kill(run.process.processIdentifier, SIGKILL)
        kills += 1
      }
      run.process.waitUntilExit()
      let result = try run.result()
      status = result.status
      try #require(status == 0 || status == 128 + SIGKILL, "\(result.errors)")
      if status != 0 { #expect(!command.exists("broken/study.md")) }
    }
    for name in try command.names(in: "whole") where name.hasPrefix("study.") {
      #expect(try command.data("broken/\(name)") == command.data("whole/\(name)"), "\(name)")
    }
    let names = try command.names(in: "broken/runs")
    #expect(try names == command.names(in: "whole/runs"))
    for name in names where !name.contains("time") {
      #expect(
        try command.data("broken/runs/\(name)") == command.data("whole/runs/\(name)"), "\(name)")
    }
    // Nothing is left to do.
    let again = try command.run(["study", "whole"] + Self.small)
    #expect(again.output == whole.output)
    try command.expectFailure(
      ["study", "whole", "--quick"], status: 65, "whole/plan.json", "networks", "seeds")
  }

  private func finished(in folder: String, of command: Command) throws -> Int {
    guard command.exists("\(folder)/runs") else { return 0 }
    return try command.names(in: "\(folder)/runs").count {
      $0.hasSuffix(".json") && !$0.hasSuffix(".time.json")
    }
  }

  @Test("a folder that is a file, or of something else, is told with status 74")
  func folders() throws {
    let command = try Command()
    try command.file("file", "text")
    try command.expectFailure(["study", "file"] + Self.small, status: 74, "file: ")
    try FileManager.default.createDirectory(
      atPath: command("other"), withIntermediateDirectories: true)
    try command.file("other/letter", "text")
    try command.expectFailure(["study", "other"] + Self.small, status: 74, "other: ", "letter")
  }

  @Test("an interrupted study ends by the signal and can go on")
  func interrupted() throws {
    let command = try Command()
    let run = try command.start(["study", "study"] + Self.small)
    while run.process.isRunning, !command.exists("study/runs") { usleep(2000) }
    kill(run.process.processIdentifier, SIGINT)
    run.process.waitUntilExit()
    #expect(try run.result().status == 128 + SIGINT)
    #expect(try run.result().output.isEmpty)
    let rest = try command.run(["study", "study"] + Self.small)
    #expect(rest.status == 0, "\(rest.errors)")
  }
}
