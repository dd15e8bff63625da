internal import Glibc

/// Accuracy against a quantity of the examples, over cells of that quantity.
public struct AccuracyCurve: Hashable, Codable, Sendable {
  /// What accuracy is told against.
  public enum Quantity: String, Hashable, Codable, Sendable, CaseIterable {
    /// The frequency of the signal's centre [cycles/sample].
    case offset
    /// The signal-to-noise ratio in the occupied bandwidth [dB].
    case snr
    /// The occupied bandwidth [cycles/sample].
    case bandwidth

    /// The quantity of one example.
    public func value(of conditions: ExampleConditions) -> Double {
      switch self {
      case .offset: conditions.offset
      case .snr: conditions.snr
      case .bandwidth: conditions.bandwidth
      }
    }
  }

  /// The examples whose quantity lies in `[lower, upper)`; the last cell holds its upper end too.
  public struct Cell: Hashable, Codable, Sendable {
    /// The lower edge, in the quantity's unit.
    public var lower: Double

    /// The upper edge, in the quantity's unit.
    public var upper: Double

    /// The share of the cell's examples whose class was found.
    public var accuracy: Proportion

    /// The middle of the cell.
    public var middle: Double { (lower + upper) / 2 }
  }

  /// What accuracy is told against.
  public let quantity: Quantity

  /// The cells, in ascending order.
  public let cells: [Cell]

  /// How many examples lie in no cell.
  public let outside: Int

  /// The cell with the lowest accuracy, the first of equals; `nil` if all are empty.
  public var worst: Cell? {
    cells.filter { $0.accuracy.count > 0 }.min { $0.accuracy.value < $1.accuracy.value }
  }

  /// Counts the examples of each cell.
  ///
  /// - Parameters:
  ///   - quantity: What accuracy is told against.
  ///   - edges: The `cells + 1` edges, strictly ascending.
  ///   - conditions: The conditions of each example.
  ///   - correct: Whether each example's class was found.
  /// - Throws: ``ConfigurationError`` if the edges do not ascend or the counts differ.
  public init(
    _ quantity: Quantity, edges: [Double], conditions: [ExampleConditions], correct: [Bool]
  ) throws(ConfigurationError) {
    guard edges.count >= 2, edges.allSatisfy(\.isFinite),
      zip(edges, edges.dropFirst()).allSatisfy({ $0 < $1 })
    else {
      throw ConfigurationError("edges", "of \(quantity) must be two or more, strictly ascending")
    }
    guard conditions.count == correct.count else {
      throw ConfigurationError(
        "conditions", "are \(conditions.count) for \(correct.count) predictions")
    }
    var counts = [Int](repeating: 0, count: edges.count - 1)
    var hits = counts
    var outside = 0
    for (conditions, correct) in zip(conditions, correct) {
      guard let cell = Self.cell(of: quantity.value(of: conditions), edges: edges) else {
        outside += 1
        continue
      }
      counts[cell] += 1
      if correct { hits[cell] += 1 }
    }
    self.quantity = quantity
    self.outside = outside
    cells = counts.indices.map { index in
      Cell(
        lower: edges[index], upper: edges[index + 1],
        accuracy: Proportion(hits[index], of: counts[index]))
    }
  }

  /// Edges that hold all examples of the default tasks and fall on round numbers.
  ///
  /// - Offset: `offsetCells` equal cells over the whole band, `[−½, ½]`.
  /// - SNR: cells of 2.5 dB, from the lowest to the highest that occurs.
  /// - Bandwidth: half octaves around 0.06, from the lowest to the highest that occurs.
  ///
  /// - Returns: The edges; none if no example has a usable value or `offsetCells` is below 1.
  public static func defaultEdges(
    of quantity: Quantity, over conditions: [ExampleConditions], offsetCells: Int = 64
  ) -> [Double] {
    switch quantity {
    case .offset:
      guard offsetCells >= 1, !conditions.isEmpty else { return [] }
      return (0...offsetCells).map { Double($0) / Double(offsetCells) - 0.5 }
    case .snr:
      return steps(over: conditions.map { $0.snr / 2.5 }).map { $0 * 2.5 }
    case .bandwidth:
      let halfOctaves = conditions.map(\.bandwidth).filter { $0 > 0 }.map { 2 * log2($0 / 0.06) }
      return steps(over: halfOctaves).map { 0.06 * exp2($0 / 2) }
    }
  }

  /// The whole numbers around the finite `values`, at most 200 of them.
  private static func steps(over values: [Double]) -> [Double] {
    let finite = values.filter { abs($0) < 100 }
    guard let low = finite.min(), let high = finite.max() else { return [] }
    // A rounding error above a whole number must not open one more cell.
    let first = (low + 1e-9).rounded(.down)
    let last = max((high - 1e-9).rounded(.up), first + 1)
    return Array(stride(from: first, through: last, by: 1))
  }

  /// The cell of a value, or `nil` if no cell holds it.
  static func cell(of value: Double, edges: [Double]) -> Int? {
    let last = edges.count - 1
    guard value >= edges[0], value <= edges[last] else { return nil }
    var low = 0
    var high = last
    while high - low > 1 {
      let middle = (low + high) / 2
      if value >= edges[middle] { low = middle } else { high = middle }
    }
    return low
  }
}
