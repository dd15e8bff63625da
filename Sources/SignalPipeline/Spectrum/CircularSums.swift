/// Sums of neighbouring values on a circle, each in two subtractions.
struct CircularSums {
  /// `sums[k]` is the sum of the first `k` values.
  private var sums: [Double]

  /// How many values there are.
  let count: Int

  /// Sums up values.
  init(_ values: [Double]) {
    count = values.count
    sums = [0]
    sums.reserveCapacity(count + 1)
    var sum = 0.0
    for value in values {
      sum += value
      sums.append(sum)
    }
  }

  /// The mean of `width` values from `start` on, `width` being 1 to ``count``.
  func mean(from start: Int, width: Int) -> Double {
    let first = Circle.place(start, of: count)
    let end = first + width
    let sum = end <= count ? sums[end] - sums[first] : sums[count] - sums[first] + sums[end - count]
    // Rounding can make a sum of nothing negative.
    return max(0, sum / Double(width))
  }

  /// The mean of `width` values about `middle`.
  func mean(about middle: Int, width: Int) -> Double {
    mean(from: middle - width / 2, width: width)
  }
}

/// Places on a circle of bins.
enum Circle {
  /// The place in `0..<count` that any whole number stands for.
  static func place(_ index: Int, of count: Int) -> Int {
    let rest = index % count
    return rest < 0 ? rest + count : rest
  }

  /// The runs of true values, each as a range that may end beyond ``count`` of them.
  static func runs(_ marks: [Bool]) -> [Range<Int>] {
    guard let gap = marks.firstIndex(of: false) else { return [0..<marks.count] }
    var runs: [Range<Int>] = []
    var start: Int?
    for index in gap + 1...gap + marks.count {
      let isMarked = marks[index % marks.count]
      if isMarked, start == nil { start = index }
      if !isMarked, let first = start {
        runs.append(first..<index)
        start = nil
      }
    }
    return runs
  }
}
