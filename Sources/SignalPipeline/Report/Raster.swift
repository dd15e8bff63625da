/// A picture of pixels, each of which names one of the colours that pictures have.
package struct Raster: Hashable, Sendable {
  /// The number of colours of a quantity, from index 0 on.
  package static let colors = 240

  /// The index of the ground's colour.
  package static let ground = UInt8(colors)

  /// The index of the colour of texts.
  package static let ink = UInt8(colors + 1)

  /// The index of the colour of frames and ticks.
  package static let line = UInt8(colors + 2)

  /// All colours.
  package static let palette: [ColorMap.Color] =
    ColorMap.colors(colors) + [(255, 255, 255), (34, 34, 34), (102, 102, 102)]

  /// The pixels of a row.
  package let width: Int

  /// The number of rows.
  package let height: Int

  /// The indices of the colours, row by row from the top left.
  package private(set) var pixels: [UInt8]

  /// Creates a picture of one colour.
  package init(width: Int, height: Int, filledWith color: UInt8 = Self.ground) {
    self.init(
      width: width, height: height, pixels: [UInt8](repeating: color, count: width * height))
  }

  /// Creates a picture from its pixels.
  package init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(
      pixels.count == width * height, "\(pixels.count) pixels are not \(width) × \(height)")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// The picture as a PNG file.
  package var png: [UInt8] {
    PNGEncoder.encode(pixels, width: width, palette: Self.palette)
  }

  /// Sets a pixel; nothing outside the picture.
  private mutating func set(_ x: Int, _ y: Int, to color: UInt8) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    pixels[y * width + x] = color
  }
}

extension Raster: Canvas {
  /// The pixels that a pixel of a glyph is wide and high.
  private static let scale = 2

  static let capitals = Double(scale * (BitmapFont.height - 2))

  static func width(of text: String) -> Double {
    Double(scale * (BitmapFont.advance * text.count - 1))
  }

  package mutating func text(
    _ text: String, x: Double, y: Double, anchor: SVGDocument.Anchor, class name: String,
    angle: Double
  ) {
    let share = anchor == .start ? 0.0 : anchor == .middle ? 0.5 : 1
    let start = -(share * Self.width(of: text)).rounded()
    let (x, y) = (Int(x.rounded()), Int(y.rounded()))
    for (place, character) in text.enumerated() {
      for (row, bits) in BitmapFont.rows(of: character).enumerated() {
        for column in 0..<BitmapFont.width where bits >> (BitmapFont.width - 1 - column) & 1 == 1 {
          for dot in 0..<Self.scale * Self.scale {
            let right =
              Int(start) + Self.scale * (BitmapFont.advance * place + column) + dot % Self.scale
            let down = Self.scale * row + dot / Self.scale - Int(Self.capitals)
            if angle == 0 {
              set(x + right, y + down, to: Self.ink)
            } else {
              set(x + down, y - right, to: Self.ink)
            }
          }
        }
      }
    }
  }

  package mutating func line(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), class name: String
  ) {
    let (x, y) = (Int(start.x.rounded()), Int(start.y.rounded()))
    let (lastX, lastY) = (Int(end.x.rounded()), Int(end.y.rounded()))
    for row in min(y, lastY)...max(y, lastY) {
      for column in min(x, lastX)...max(x, lastX) { set(column, row, to: Self.line) }
    }
  }

  mutating func fill(_ cells: Raster, x: Double, y: Double, width: Double, height: Double) {
    let (left, top) = (Int(x.rounded()), Int(y.rounded()))
    let (columns, rows) = (Int(width.rounded()), Int(height.rounded()))
    for row in 0..<rows {
      for column in 0..<columns {
        let cell = row * cells.height / rows * cells.width + column * cells.width / columns
        set(left + column, top + row, to: cells.pixels[cell])
      }
    }
  }
}
