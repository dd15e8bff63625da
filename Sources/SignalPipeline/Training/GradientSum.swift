internal import CKernels

/// The sum of a batch's gradients over a range of the parameters, in memory that is used again.
///
/// They are added in a fixed pairwise tree: neighbours, then neighbours of neighbours.
struct GradientSum: Sendable {
  /// The parameters that it holds.
  private(set) var range = 0..<0

  /// The sum in the first `range.count` values, and behind it those of the tree's branches.
  private(set) var values: [Float] = []

  /// Sets the sum to that of some gradients, each of all parameters; at least one.
  mutating func add(_ gradients: [[Float]], in range: Range<Int>) {
    var levels = 1
    while 1 << levels < gradients.count { levels += 1 }
    if values.count < levels * range.count {
      values = [Float](repeating: 0, count: levels * range.count)
    }
    self.range = range
    add(gradients[...], level: 0)
  }

  /// Sets the values of one level to the sum of some neighbours; deeper levels are free to use.
  private mutating func add(_ gradients: ArraySlice<[Float]>, level: Int) {
    guard gradients.count > 1 else {
      let gradient = gradients[gradients.startIndex]
      Kernels.copy(
        gradient.span, from: range.lowerBound, into: &values, at: level * range.count,
        count: range.count)
      return
    }
    var half = 1
    while 2 * half < gradients.count { half *= 2 }
    let middle = gradients.startIndex + half
    add(gradients[..<middle], level: level)
    if middle + 1 == gradients.endIndex {
      accumulate(gradients[middle], level: level)
    } else {
      add(gradients[middle...], level: level + 1)
      accumulateNext(level: level)
    }
  }

  /// Adds a gradient to a level.
  private mutating func accumulate(_ term: [Float], level: Int) {
    precondition(range.upperBound <= term.count, "a gradient has every parameter")
    let (begin, count) = (range.lowerBound, range.count)
    unsafe values.withUnsafeMutableBufferPointer { values in
      unsafe term.withUnsafeBufferPointer { term in
        unsafe gradient_add(
          values.baseAddress! + level * count, term.baseAddress! + begin, count)
      }
    }
  }

  /// Adds the next level to a level.
  private mutating func accumulateNext(level: Int) {
    let count = range.count
    precondition((level + 2) * count <= values.count, "there is such a level")
    unsafe values.withUnsafeMutableBufferPointer { values in
      let own = unsafe values.baseAddress! + level * count
      unsafe gradient_add(own, own + count, count)
    }
  }

  /// Returns the sum of squares over some of the parameters.
  func squares(in part: Range<Int>) -> Double {
    precondition(range.contains(part.lowerBound) && part.upperBound <= range.upperBound)
    return unsafe gradient_square_sum(
      values, part.lowerBound - range.lowerBound, part.upperBound - range.lowerBound)
  }

  /// Multiplies some of the parameters' values.
  mutating func scale(by factor: Float, _ part: Range<Int>) {
    precondition(range.contains(part.lowerBound) && part.upperBound <= range.upperBound)
    unsafe gradient_scale(
      &values, part.lowerBound - range.lowerBound, part.upperBound - range.lowerBound, factor)
  }
}
