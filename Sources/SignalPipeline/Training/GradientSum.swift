internal import CKernels

/// The sum of a batch's gradients over a piece of the parameters, in memory that is used again.
///
/// They are added in a fixed pairwise tree: neighbours, then neighbours of neighbours.
struct GradientSum: Sendable {
  /// The values of the piece.
  private var count = 0

  /// The sum in the first values, and behind it those of the tree's branches.
  private(set) var values: [Float] = []

  /// Sets the sum to that of some gradients over a piece; at least one.
  mutating func add(_ gradients: [Network.Gradient], in piece: GradientPiece) {
    count = piece.count
    var levels = 1
    while 1 << levels < gradients.count { levels += 1 }
    if values.count < levels * count {
      values = [Float](repeating: 0, count: levels * count)
    }
    add(gradients[...], in: piece, level: 0)
  }

  /// Sets the values of one level to the sum of some neighbours; deeper levels are free to use.
  private mutating func add(
    _ gradients: ArraySlice<Network.Gradient>, in piece: GradientPiece, level: Int
  ) {
    let first = gradients[gradients.startIndex]
    guard gradients.count > 1 else {
      return piece.take(first, into: &values, at: level * count, adding: false)
    }
    var half = 1
    while 2 * half < gradients.count { half *= 2 }
    let middle = gradients.startIndex + half
    add(gradients[..<middle], in: piece, level: level)
    if middle + 1 == gradients.endIndex {
      piece.take(gradients[middle], into: &values, at: level * count, adding: true)
    } else {
      add(gradients[middle...], in: piece, level: level + 1)
      accumulateNext(level: level)
    }
  }

  /// Adds the next level to a level.
  private mutating func accumulateNext(level: Int) {
    precondition((level + 2) * count <= values.count, "there is such a level")
    unsafe values.withUnsafeMutableBufferPointer { values in
      let own = unsafe values.baseAddress! + level * count
      unsafe gradient_add(own, own + count, count)
    }
  }

  /// Returns the sum of squares of some values.
  func squares(in part: Range<Int>) -> Double {
    precondition(part.lowerBound >= 0 && part.upperBound <= count, "a part of the piece")
    return unsafe gradient_square_sum(values, part.lowerBound, part.upperBound)
  }

  /// Multiplies some values.
  mutating func scale(by factor: Float, _ part: Range<Int>) {
    precondition(part.lowerBound >= 0 && part.upperBound <= count, "a part of the piece")
    unsafe gradient_scale(&values, part.lowerBound, part.upperBound, factor)
  }
}
