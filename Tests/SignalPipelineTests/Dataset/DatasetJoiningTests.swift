import Foundation
import SignalPipeline
import Testing

/// Several datasets that are used as one.
@Suite struct DatasetJoiningTests {
  let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private static let spectrum = SpectrumConfiguration(bins: 4, overlap: 2, window: .hann)

  /// Writes a dataset whose examples the first value of their spectra tells.
  private func write(
    _ name: String, _ classes: [String], from first: Int, labels: [Int], conditions: Bool = true,
    change: (inout DatasetManifest) -> Void = { _ in }
  ) throws -> String {
    var manifest = DatasetManifest(
      count: labels.count, spectrum: Self.spectrum, classes: classes, provenance: "a test")
    change(&manifest)
    var writer = try DatasetWriter(folder(name), manifest: manifest)
    let rest = [Float](
      repeating: 1, count: manifest.channels.count * manifest.spectrum.bins - 1)
    for (row, label) in labels.enumerated() {
      try writer.append(
        density: [Float(first + row)] + rest, label: label,
        conditions: conditions
          ? ExampleConditions(offset: 0, snr: Double(first + row), bandwidth: 0.1) : nil)
    }
    try writer.commit()
    return folder(name)
  }

  @Test("classes are joined by name as they first appear, examples in the order of folders")
  func joined() throws {
    let one = try write("1", ["am", "fsk"], from: 0, labels: [0, 1, 1])
    let two = try write("2", ["ofdm", "fsk", "rrc"], from: 10, labels: [2, 1, 0])
    let dataset = try DatasetDirectory.read([one, two])
    #expect(dataset.classes == ["am", "fsk", "ofdm", "rrc"])
    #expect(dataset.labels == [0, 1, 1, 3, 1, 2])
    for (example, first) in ([0, 1, 2, 10, 11, 12] as [Float]).enumerated() {
      #expect(try dataset.spectra.values(of: example) == [first, 1, 1, 1])
      #expect(dataset.conditions[example].snr == Double(first))
    }
    let ordered = dataset.ordered(by: ["rrc", "ofdm", "fsk", "am"])
    #expect(ordered.labels == [3, 2, 2, 0, 2, 1])
    for (label, old) in zip(ordered.labels, dataset.labels) {
      #expect(ordered.classes[label] == dataset.classes[old])
    }
    let alone = try DatasetDirectory.read([two])
    #expect(alone.classes == ["ofdm", "fsk", "rrc"] && alone.labels == [2, 1, 0])
  }

  @Test("conditions are known where every dataset has them")
  func conditions() throws {
    let one = try write("1", ["am"], from: 0, labels: [0, 0])
    let two = try write("2", ["am"], from: 2, labels: [0], conditions: false)
    #expect(try DatasetDirectory.read([one, two]).conditions.isEmpty)
    #expect(try DatasetDirectory.read([one]).conditions.count == 2)
  }

  @Test("each of several datasets is split as it would be by itself, in whatever order")
  func split() throws {
    let one = try write("1", ["am", "fsk"], from: 0, labels: (0..<30).map { $0 % 2 })
    let two = try write("2", ["ofdm", "fsk", "am"], from: 100, labels: (0..<40).map { $0 % 3 })
    let alone = try [one, two].map { try Split(of: DatasetDirectory.read($0), seed: 5) }
    func shifted(_ examples: [Int], _ shift: Int) -> [Int] { examples.map { $0 + shift } }
    let both = try Split(of: DatasetDirectory.read([one, two]), seed: 5)
    #expect(both.training == alone[0].training + shifted(alone[1].training, 30))
    #expect(both.validation == alone[0].validation + shifted(alone[1].validation, 30))
    #expect(both.test == alone[0].test + shifted(alone[1].test, 30))
    let data = try DatasetDirectory.read([two, one])
    let turned = try Split(of: data, seed: 5)
    #expect(turned.test == alone[1].test + shifted(alone[0].test, 40))
    let ordered = try Split(of: data.ordered(by: ["am", "fsk", "ofdm"]), seed: 5)
    #expect(ordered == turned)
  }

  @Test("a class too small in one of several datasets names it, and one that is in none its name")
  func smallClasses() throws {
    let one = try write("1", ["am", "fsk"], from: 0, labels: (0..<30).map { $0 % 2 })
    let two = try write("2", ["rrc", "am"], from: 100, labels: [1, 1])
    let three = try write("3", ["rrc", "am"], from: 200, labels: [1, 1, 1])
    func message(_ paths: [String]) -> String {
      #expect(throws: ConfigurationError.self) {
        try Split(of: DatasetDirectory.read(paths), seed: 1)
      }?.reason ?? ""
    }
    #expect(message([one, two]).contains("of the 2 of `am` in \(two) 1 are for validation"))
    #expect(message([one, three]).contains("none of `rrc`"))
    let four = try write("4", ["rrc"], from: 300, labels: [0, 0, 0])
    #expect(throws: Never.self) { try Split(of: DatasetDirectory.read([three, four]), seed: 1) }
  }

  @Test("the same folder twice is refused, however it is spelled")
  func twice() throws {
    let one = try write("1", ["am"], from: 0, labels: [0])
    try FileManager.default.createSymbolicLink(
      atPath: folder("link"), withDestinationPath: one)
    for other in [one, one + "/", folder("2/../1"), folder("link")] {
      try FileManager.default.createDirectory(
        atPath: folder("2"), withIntermediateDirectories: true)
      let error = #expect(throws: FileError.self) { try DatasetDirectory.read([one, other]) }
      #expect(error?.kind == .unsupported && error?.path == other)
      #expect(error?.reason.contains("the same folder as \(one)") == true)
    }
  }

  @Test("an example that is in two datasets is refused with its rows")
  func overlap() throws {
    let one = try write("1", ["am"], from: 0, labels: [0, 0, 0])
    let two = try write("2", ["am"], from: 2, labels: [0, 0])
    let three = try write("3", ["am"], from: 10, labels: [0])
    let error = #expect(throws: FileError.self) { try DatasetDirectory.read([three, one, two]) }
    #expect(error?.path == two && error?.place == "row 0")
    #expect(error?.reason.contains("row 2 of \(one)") == true)
  }

  @Test("spectra that were estimated in different ways are refused by their key")
  func misfits() throws {
    let one = try write("1", ["am"], from: 0, labels: [0])
    func expect(
      _ key: String, _ found: String, _ expected: String, change: (inout DatasetManifest) -> Void
    ) throws {
      let two = try write(key, ["am"], from: 1, labels: [0], change: change)
      let error = #expect(throws: FileError.self) { try DatasetDirectory.read([one, two]) }
      #expect(error?.kind == .unsupported && error?.path == "\(two)/manifest.json")
      #expect(error?.place == "key \(key)")
      #expect(
        error?.reason.hasPrefix("\(found), that of \(one) is \(expected);") == true,
        "\(error?.reason ?? "")")
    }
    try expect("spectrum.bins", "8", "4") {
      $0.spectrum = SpectrumConfiguration(bins: 8, overlap: 2, window: .hann)
    }
    try expect("spectrum.segmentLength", "3 samples", "4 samples") {
      $0.spectrum.segmentLength = 3
    }
    try expect("spectrum.overlap", "1 samples", "2 samples") { $0.spectrum.overlap = 1 }
    try expect("spectrum.window", "kaiser:8.5", "hann") { $0.spectrum.window = .kaiser(beta: 8.5) }
    try expect("spectrum.detrend", "constant", "none") { $0.spectrum.detrend = .constant }
    try expect("spectrum.averaging", "median", "mean") { $0.spectrum.averaging = .median }
    try expect("window", "64 samples", "not given") { $0.window = 64 }
    try expect("channels", "mean,max", "mean") { $0.channels = [.mean, .maximum] }
  }

  @Test("a dataset without examples is refused")
  func empty() throws {
    let one = try write("1", ["am"], from: 0, labels: [0])
    let none = try write("2", ["am"], from: 1, labels: [], conditions: false)
    for paths in [[none], [one, none]] {
      let error = #expect(throws: FileError.self) { try DatasetDirectory.read(paths) }
      #expect(error?.kind == .malformed && error?.path == none)
      #expect(error?.reason.contains("no examples") == true)
    }
    #expect(try DatasetDirectory.read(none).count == 0)
  }
}
