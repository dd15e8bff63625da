import SignalPipeline
import Testing

@Suite struct DatasetOverlapTests {
  let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  /// Writes a dataset of one-hot-like spectra that the numbers tell apart.
  private func write(
    _ name: String, _ numbers: [Float], seed: UInt64? = nil, examples: ExampleSelection? = nil,
    bins: Int = 4
  ) throws -> String {
    var writer = try DatasetWriter(
      folder(name),
      manifest: DatasetManifest(
        count: numbers.count,
        spectrum: SpectrumConfiguration(bins: bins, overlap: 2, window: .hann),
        classes: ["am"], examples: examples, seed: seed,
        generator: seed == nil ? nil : .string("g"), provenance: "a test"))
    for number in numbers {
      try writer.append(
        density: [Float](repeating: 1, count: bins - 1) + [number], label: 0)
    }
    try writer.commit()
    return folder(name)
  }

  @Test("examples are the same where every bit of their densities is")
  func densities() throws {
    let one = try write("1", [1, 2, 3, 4])
    let two = try write("2", [5, 3, Float(3).nextUp, 1, 3])
    let overlap = try DatasetOverlap(of: one, and: two)
    #expect(overlap.count == 3)
    #expect(overlap.example?.first == 2 && overlap.example?.second == 1)
    let none = try DatasetOverlap(of: one, and: try write("3", [0, 5, Float(1).nextUp]))
    #expect(none.count == 0 && none.example == nil)
  }

  @Test("the same example of the same generator is the same, whatever its last bits")
  func generated() throws {
    let one = try write("1", [1, 2, 3], seed: 1, examples: ExampleSelection("4:6"))
    let two = try write("2", [7, 8, 9, 10, 11, 12, 13], seed: 1)
    let overlap = try DatasetOverlap(of: one, and: two)
    #expect(overlap.count == 3)
    #expect(overlap.example?.first == 0 && overlap.example?.second == 4)
    let other = try write("3", [7, 8, 9, 10, 11], seed: 2)
    #expect(try DatasetOverlap(of: one, and: other).count == 0)
  }

  @Test("spectra estimated in other ways tell nothing")
  func incomparable() throws {
    let one = try write("1", [1])
    let two = try write("2", [1], bins: 8)
    #expect { try DatasetOverlap(of: one, and: two) } throws: {
      ($0 as? FileError)?.kind == .unsupported && "\($0)".contains("cannot be told")
    }
  }
}
