internal import CKernels

/// The rotation that brings a circular sequence's maximum to place 0.
///
/// Where the maximum stands at several places, the one is taken whose rotation is
/// lexicographically least. All circular shifts of a sequence thus come to the same sequence,
/// bit for bit: whatever is computed from it is exactly invariant to integer-bin shifts.
///
/// Of several sequences side by side the first decides where the maximum is, and all of them, place
/// by place, which rotation is least: each then comes to the same sequence.
///
/// The cost is linear in the length, whatever the ties. Values are ordered by their bits, which
/// for powers is the numeric order; NaN does no harm.
package enum CanonicalRotation {
  /// Finds the rotation of sequences.
  ///
  /// - Parameters:
  ///   - sequences: Any number of sequences, row-major.
  ///   - bins: Their length `N`; `nil` for one sequence.
  ///   - rows: Those that count, the one with the maximum first; 0 is the first of them.
  /// - Returns: `r`, in `0..<N`, such that `sequences[(k + r) mod N]` comes to place `k`; 0 for
  ///   empty sequences.
  package static func rotation(
    of sequences: Span<Float>, bins: Int? = nil, rows: [Int] = [0]
  ) -> Int {
    let bins = bins ?? sequences.count
    guard bins > 0 else { return 0 }
    precondition(rows.first == 0 && sequences.count % bins == 0, "whole rows")
    let peak = unsafe sequences.withUnsafeBufferPointer { sequences in
      unsafe spectrum_find_peak(sequences.baseAddress!, bins)
    }
    guard peak.ties > 1 else { return peak.first }
    return leastRotation(of: sequences, bins, rows, maximum: peak.bits, first: peak.first)
  }

  /// Lets two rotations compete, the loser moving on.
  ///
  /// When the rotations from `a` and `b` agree for `k` values and `a` then has the larger, each
  /// tied place `a + t`, `t < k`, has a tied place `b + t` whose rotation is less in the same
  /// way; so `a` moves on by `k` at least, and all comparisons together are linear.
  ///
  /// Source: the two-pointer form of K. S. Booth, "Lexicographically least circular substrings",
  /// Inf. Process. Lett. 10(4), 1980, restricted to rotations that begin with the maximum.
  private static func leastRotation(
    of sequences: Span<Float>, _ count: Int, _ rows: [Int], maximum: Int32, first: Int
  ) -> Int {
    func bits(_ row: Int, _ place: Int) -> Int32 {
      let place = place < count ? place : place - count
      return Int32(bitPattern: sequences[row * count + place].bitPattern)
    }
    /// Whether place `a` comes before `b`; `nil` where they hold the same.
    func precedes(_ a: Int, _ b: Int) -> Bool? {
      for row in rows where bits(row, a) != bits(row, b) { return bits(row, a) < bits(row, b) }
      return nil
    }
    func tie(from place: Int) -> Int {
      var place = place
      while place < count, bits(0, place) != maximum { place += 1 }
      return place
    }
    var a = first
    var b = tie(from: a + 1)
    while a < count, b < count {
      var k = 0
      var isLess: Bool?
      while k < count {
        isLess = precedes(a + k, b + k)
        if isLess != nil { break }
        k += 1
      }
      guard let isLess else { return min(a, b) }
      // A tied place at the very end of the agreement has not lost to a tied one.
      if isLess { b = tie(from: b + max(1, k)) } else { a = tie(from: a + max(1, k)) }
      if a == b { b = tie(from: b + 1) }
    }
    return min(a, b)
  }
}
