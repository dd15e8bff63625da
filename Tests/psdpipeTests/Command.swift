import Foundation
import Testing

/// Runs of the built `psdpipe` in a folder of their own, removed with the test.
final class Command {
  /// What a run left behind.
  struct Result {
    /// The exit status, or 128 and the number of the signal that ended it, as a shell tells it.
    let status: Int32
    let output: Data
    let errors: String

    var text: String { String(decoding: output, as: UTF8.self) }
    var lines: [String] { text.split(separator: "\n").map(String.init) }

    /// The output as one JSON object a line.
    var records: [[String: Any]] {
      get throws {
        try lines.map {
          try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
      }
    }
  }

  /// Where standard input comes from.
  enum Stream {
    case nothing
    case path(String)
  }

  /// Where the program runs; nothing is there but what it or a test wrote.
  let folder: String

  /// The user's cache folder.
  let cache: String

  /// Where its outputs go.
  private let streams: URL

  init() throws {
    let home = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    streams = home.appending(path: "streams")
    folder = home.appending(path: "folder").path
    cache = home.appending(path: "cache").path
    for path in [streams.path, folder] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
  }

  deinit { try? FileManager.default.removeItem(at: streams.deletingLastPathComponent()) }

  /// The program beside the program of the tests.
  static let program =
    try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    .split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    + "/psdpipe"

  /// The captures of the repository.
  static let samples =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    .joined(separator: "/") + "/samples"

  /// The path of a file in the folder.
  func callAsFunction(_ name: String) -> String { "\(folder)/\(name)" }

  /// Runs the program to its end.
  func run(_ arguments: String..., input: Stream = .nothing) throws -> Result {
    try run(arguments, input: input)
  }

  func run(_ arguments: [String], input: Stream = .nothing) throws -> Result {
    let run = try start(arguments, input: input)
    run.process.waitUntilExit()
    return try run.result()
  }

  /// Runs a line of shell in the folder, in which `psdpipe` is the program.
  func shell(_ line: String) throws -> Result {
    let program = try #require(Self.program)
    let text = "psdpipe() { '\(program)' \"$@\"; }\n\(line)"
    let run = try start(["-c", text], program: "/bin/bash")
    run.process.waitUntilExit()
    return try run.result()
  }

  /// A run under way.
  struct Running {
    let process: Process
    let output: URL
    let errors: URL

    /// What the run left, after its end.
    func result() throws -> Result {
      Result(
        status: process.terminationReason == .exit
          ? process.terminationStatus : 128 + process.terminationStatus,
        output: try Data(contentsOf: output),
        errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }
  }

  /// Starts the program in the folder.
  func start(
    _ arguments: [String], program: String? = nil, input: Stream = .nothing
  ) throws -> Running {
    let process = Process()
    process.executableURL = URL(filePath: try program ?? #require(Self.program))
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    // What the user keeps, such as FFT plans, is not there and stays untouched.
    process.environment = ProcessInfo.processInfo.environment
      .merging(["XDG_CACHE_HOME": cache]) { $1 }
    // Files, not pipes: nothing has to be read while the program runs.
    let id = UUID().uuidString
    let output = streams.appending(path: "\(id).out")
    let errors = streams.appending(path: "\(id).err")
    try Data().write(to: output)
    try Data().write(to: errors)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    switch input {
    case .nothing: process.standardInput = FileHandle.nullDevice
    case .path(let path):
      process.standardInput = try FileHandle(forReadingFrom: URL(filePath: path))
    }
    try process.run()
    return Running(process: process, output: output, errors: errors)
  }

  /// Writes a file and returns its name.
  @discardableResult
  func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    try Data(bytes).write(to: URL(filePath: self(name)))
    return name
  }

  @discardableResult
  func file(_ name: String, _ text: String) throws -> String { try file(name, text.utf8) }

  func data(_ name: String) throws -> Data { try Data(contentsOf: URL(filePath: self(name))) }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: self(name)) }

  /// The names in a folder, hidden files too.
  func names(in name: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: self(name)).sorted()
  }
}

extension Command {
  /// The options of a spectrum so small that a network trains on it in no time.
  static let small = ["--samples", "16384", "--bins", "256"]

  /// Makes a dataset of 40 examples of 256 bins in the folder.
  func dataset(_ name: String = "data", _ more: String...) throws {
    let made = try run(["generate", name, "--count", "40"] + Self.small + more)
    #expect(made.status == 0, "\(made.errors)")
  }

  /// Writes a network for features of 256 bins and four classes, and returns its options.
  func network(
    _ name: String = "network.json", outputs: Int = 4, length: Int = 256, channels: Int = 1
  ) throws -> [String] {
    try file(
      name,
      """
      {"inputShape":{"channels":\(channels),"length":\(length)},"layers":[
        {"layer":"conv1d","outputChannels":4,"kernelSize":8,"stride":4,"padding":"circular"},
        {"layer":"batchNorm1d"},{"layer":"relu"},
        {"layer":"globalPool1d","reduction":"both"},{"layer":"linear","outputs":\(outputs)}]}
      """)
    return ["--network", name, "--bins-per-feature", "1"]
  }

  /// Trains the small network on `data`.
  func train(_ model: String, _ more: String...) throws -> Result {
    try run(["train", "data", "--out", model, "--epochs", "2"] + network() + more)
  }

  /// Writes a capture of white noise, the same every time.
  @discardableResult
  func noise(_ name: String, samples: Int) throws -> String {
    var state: UInt64 = 1
    return try file(
      name,
      (0..<2 * samples).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 56)
      })
  }

  /// Expects a run to fail as told: one line on standard error, no crash, no output.
  func expectFailure(
    _ arguments: [String], status: Int32, _ parts: String..., input: Stream = .nothing,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try names()
    let result = try run(arguments, input: input)
    let line = result.errors.split(separator: "\n").first.map(String.init) ?? ""
    #expect(
      result.status == status, "\(arguments): \(result.errors)", sourceLocation: sourceLocation)
    #expect(line.hasPrefix("psdpipe: "), "\(result.errors)", sourceLocation: sourceLocation)
    for part in parts {
      #expect(line.contains(part), "\(result.errors)", sourceLocation: sourceLocation)
    }
    // A usage error adds the option's help and where to read on; nothing else takes a line.
    if status != 64 {
      #expect(
        result.errors == line + "\n", "\(result.errors)", sourceLocation: sourceLocation)
    }
    #expect(try names() == before, "something was left", sourceLocation: sourceLocation)
  }
}
