internal import CKernels

/// The rotation that brings a circular sequence's maximum to place 0.
///
/// Where the maximum stands at several places, the one is taken whose rotation is
/// lexicographically least. All circular shifts of a sequence thus come to the same sequence,
/// bit for bit: whatever is computed from it is exactly invariant to integer-bin shifts.
///
/// The cost is linear in the length, whatever the ties. Values are ordered by their bits, which
/// for powers is the numeric order; NaN does no harm.
package enum CanonicalRotation {
  /// Returns the rotation `r`, in `0..<density.count`, such that `density[(k + r) mod N]` comes
  /// to place `k`; 0 for an empty sequence.
  package static func rotation(of density: Span<Float>) -> Int {
    guard density.count > 0 else { return 0 }
    let peak = unsafe density.withUnsafeBufferPointer { density in
      unsafe spectrum_find_peak(density.baseAddress!, density.count)
    }
    return peak.ties == 1
      ? peak.first : leastRotation(of: density, maximum: peak.bits, first: peak.first)
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
    of density: Span<Float>, maximum: Int32, first: Int
  ) -> Int {
    let count = density.count
    func bits(_ place: Int) -> Int32 {
      Int32(bitPattern: density[place < count ? place : place - count].bitPattern)
    }
    func tie(from place: Int) -> Int {
      var place = place
      while place < count, bits(place) != maximum { place += 1 }
      return place
    }
    var a = first
    var b = tie(from: a + 1)
    while a < count, b < count {
      var k = 1
      while k < count, bits(a + k) == bits(b + k) { k += 1 }
      guard k < count else { return min(a, b) }
      // A tied place at the very end of the agreement has not lost to a tied one.
      if bits(a + k) > bits(b + k) { a = tie(from: a + k) } else { b = tie(from: b + k) }
      if a == b { b = tie(from: b + 1) }
    }
    return min(a, b)
  }
}
