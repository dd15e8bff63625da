/// What axes, titles and cells are drawn on: lines or pixels.
///
/// Positions are in pixels from the top left corner; texts stand on their `y`.
protocol Canvas {
  /// The height of a capital letter [px].
  static var capitals: Double { get }

  /// The width that a text takes [px].
  static func width(of text: String) -> Double

  /// Writes text, turned by 0 or −90 degrees about its position.
  mutating func text(
    _ text: String, x: Double, y: Double, anchor: SVGDocument.Anchor, class name: String,
    angle: Double)

  /// Draws a straight line, level or upright.
  mutating func line(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), class name: String)

  /// Fills a rectangle with cells of even size.
  mutating func fill(_ cells: Raster, x: Double, y: Double, width: Double, height: Double)
}

extension Canvas {
  /// Draws the four sides of a rectangle.
  mutating func frame(x: Double, y: Double, width: Double, height: Double) {
    let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
    for (start, end) in zip(corners, corners.dropFirst()) {
      line(from: start, to: end, class: "frame")
    }
  }
}
