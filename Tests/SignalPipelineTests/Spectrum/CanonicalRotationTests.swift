import SignalPipeline
import Testing

@Suite struct CanonicalRotationTests {
  /// The definition: of all rotations that begin with the maximum, the least.
  private func least(_ values: [Float]) -> [Float] {
    let maximum = values.max() ?? 0
    return values.indices.filter { values[$0] == maximum }
      .map { Array(values[$0...] + values[..<$0]) }
      .min { $0.lexicographicallyPrecedes($1) } ?? []
  }

  private func canonical(_ values: [Float]) -> [Float] {
    let rotation = CanonicalRotation.rotation(of: values.span)
    return Array(values[rotation...] + values[..<rotation])
  }

  @Test("the rotation is the least of those that begin with the maximum, for every short sequence")
  func everyShortSequence() {
    for length in 1...9 {
      for code in 0..<Int(pow3(length)) {
        var rest = code
        let values = (0..<length).map { _ in
          defer { rest /= 3 }
          return Float(rest % 3)
        }
        #expect(canonical(values) == least(values))
      }
    }
  }

  @Test("long sequences with many ties agree with the definition")
  func random() {
    var generator = SeededGenerator(seed: 6)
    for trial in 0..<300 {
      let period = 1 + generator.index(below: 40)
      let motif = (0..<period).map { _ in Float(generator.index(below: 2 + trial % 3)) }
      var values = (0..<200).map { motif[$0 % period] }
      if trial % 2 == 0 { values[generator.index(below: 200)] = 1 }
      #expect(canonical(values) == least(values))
    }
  }

  @Test("of several sequences, all decide between rotations that begin with the first's maximum")
  func rows() {
    var generator = SeededGenerator(seed: 7)
    for trial in 0..<2000 {
      let bins = 1 + generator.index(below: 12)
      let period = 1 + generator.index(below: bins)
      let first = (0..<bins).map { _ in Float(generator.index(below: 2)) }
      let rows = [
        (0..<bins).map { first[$0 % period] },
        (0..<bins).map { _ in Float(generator.index(below: 1 + trial % 3)) },
        (0..<bins).map { _ in Float(generator.index(below: 2)) },
      ]
      let rotation = CanonicalRotation.rotation(
        of: Array(rows.joined()).span, bins: bins, rows: [0, 1, 2])
      /// The values place by place, as they compare.
      func places(_ rotation: Int) -> [Float] {
        (0..<bins).flatMap { place in rows.map { $0[(place + rotation) % bins] } }
      }
      let maximum = rows[0].max()
      let least = (0..<bins).filter { rows[0][$0] == maximum }.map(places)
        .min { $0.lexicographicallyPrecedes($1) }
      #expect(places(rotation) == least)
    }
  }

  @Test("a million equal or nearly equal values take linear time")
  func linear() {
    var values = [Float](repeating: 1, count: 1 << 20)
    #expect(CanonicalRotation.rotation(of: values.span) == 0)
    // Quadratic work would be 10¹² comparisons, hours instead of milliseconds.
    values[700_000] = 0.5
    #expect(CanonicalRotation.rotation(of: values.span) == 699_999)
    values[100_000] = 0.5
    #expect([99_999, 699_999].contains(CanonicalRotation.rotation(of: values.span)))
  }

  @Test("nothing that a spectrum can hold is refused")
  func extremes() {
    #expect(CanonicalRotation.rotation(of: [Float]().span) == 0)
    #expect(CanonicalRotation.rotation(of: [Float](repeating: .nan, count: 7).span) == 0)
    #expect(CanonicalRotation.rotation(of: [Float]([0, -0.0, 0, -1]).span) == 0)
    #expect(CanonicalRotation.rotation(of: [Float]([1, .infinity, 2]).span) == 1)
  }

  private func pow3(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { power, _ in power * 3 } }
}
