extension SVGDocument: Canvas {
  static let capitals = 9.0

  static func width(of text: String) -> Double { width(of: text, size: 12) }

  mutating func fill(_ cells: Raster, x: Double, y: Double, width: Double, height: Double) {
    image(cells, x: x, y: y, width: width, height: height)
  }
}
