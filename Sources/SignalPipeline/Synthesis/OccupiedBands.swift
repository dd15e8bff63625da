/// The bands that signals take of a band that is a circle of one cycle/sample.
struct OccupiedBands {
  private var bands: [(offset: Double, bandwidth: Double)] = []

  /// Takes a band [cycles/sample].
  mutating func take(_ offset: Double, bandwidth: Double) {
    bands.append((offset, bandwidth))
  }

  /// Draws where one more band may lie, every such place as likely as another.
  ///
  /// - Parameters:
  ///   - bandwidth: Its width [cycles/sample].
  ///   - spacing: What is kept between it and each of the others [cycles/sample].
  ///   - generator: Where the place comes from; one number is taken, whatever the result.
  /// - Returns: The centre, in `[−½, ½)`, or `nil` if there is no place.
  func place(
    bandwidth: Double, spacing: Double, using generator: inout SeededGenerator
  ) -> Double? {
    let draw = generator.uniform()
    // Where the centre may not lie, as intervals of [0, 1].
    var closed: [(low: Double, high: Double)] = []
    for band in bands {
      let reach = (band.bandwidth + bandwidth) / 2 + spacing
      guard reach < 0.5 else { return nil }
      let low = band.offset - reach - (band.offset - reach).rounded(.down)
      closed.append((low, min(low + 2 * reach, 1)))
      if low + 2 * reach > 1 { closed.append((0, low + 2 * reach - 1)) }
    }
    var open: [(low: Double, width: Double)] = []
    var end = 0.0
    for part in closed.sorted(by: { ($0.low, $0.high) < ($1.low, $1.high) }) {
      if part.low > end { open.append((end, part.low - end)) }
      end = max(end, part.high)
    }
    if end < 1 { open.append((end, 1 - end)) }
    var rest = draw * open.reduce(0) { $0 + $1.width }
    for part in open {
      if rest < part.width {
        let frequency = part.low + rest
        return frequency < 0.5 ? frequency : frequency - 1
      }
      rest -= part.width
    }
    return nil
  }
}
