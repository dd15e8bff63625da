/// Which examples of a generator's row are meant, ascending, each once: `3,7,10:19`.
public struct ExampleSelection: Hashable, Sendable {
  /// The examples, as ascending ranges that do not touch.
  public let ranges: [Range<Int>]

  /// How many examples come before each range.
  private let starts: [Int]

  /// Creates a selection of examples in any order; those named twice count once.
  public init(_ ranges: [Range<Int>]) {
    var merged: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      if let last = merged.last, range.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    self.ranges = merged
    var starts: [Int] = []
    var total = 0
    for range in merged {
      starts.append(total)
      total += range.count
    }
    self.starts = starts
    count = total
  }

  /// Reads a list of indices and of ranges that include both ends, such as `3,7,10:19`.
  ///
  /// - Returns: `nil` for any other text, and for indices of 2³² or more.
  public init?(_ text: String) {
    var ranges: [Range<Int>] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
        first >= 0, first <= last, last < 1 << 32
      else { return nil }
      ranges.append(first..<last + 1)
    }
    self.init(ranges)
  }

  /// The number of examples.
  public let count: Int

  /// The index of the example at a place of the selection.
  public subscript(place: Int) -> Int {
    precondition((0..<count).contains(place), "place \(place)")
    let part = Self.last(of: starts) { $0 <= place }
    return ranges[part].lowerBound + place - starts[part]
  }

  /// Whether an example is meant.
  public func contains(_ index: Int) -> Bool {
    guard let first = ranges.first, first.lowerBound <= index else { return false }
    return ranges[Self.last(of: ranges) { $0.lowerBound <= index }].contains(index)
  }

  /// The place of an example in the selection, the inverse of the subscript.
  public func place(of index: Int) -> Int? {
    guard contains(index) else { return nil }
    let part = Self.last(of: ranges) { $0.lowerBound <= index }
    return starts[part] + index - ranges[part].lowerBound
  }

  /// The examples that both selections mean.
  public func intersection(_ other: ExampleSelection) -> ExampleSelection {
    var shared: [Range<Int>] = []
    var (one, two) = (0, 0)
    while one < ranges.count, two < other.ranges.count {
      shared.append(ranges[one].clamped(to: other.ranges[two]))
      if ranges[one].upperBound <= other.ranges[two].upperBound { one += 1 } else { two += 1 }
    }
    return ExampleSelection(shared)
  }

  /// The place of the last element that fulfils what the first one does, and all before it.
  private static func last<Element>(
    of elements: [Element], where fulfils: (Element) -> Bool
  ) -> Int {
    var (low, high) = (0, elements.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if fulfils(elements[middle]) { low = middle } else { high = middle }
    }
    return low
  }
}

extension ExampleSelection: CustomStringConvertible {
  public var description: String {
    ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound):\($0.upperBound - 1)" }
      .joined(separator: ",")
  }
}

extension ExampleSelection: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let selection = ExampleSelection(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is no list of examples such as 3,7,10:19")
    }
    self = selection
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
