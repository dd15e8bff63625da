import SignalPipeline
import Testing

@Suite struct RasterTests {
  @Test("runs of every length come back from a PNG, and so do the colours")
  func runs() throws {
    var pixels: [UInt8] = []
    for length in 1...600 { pixels += repeatElement(UInt8(length % 243), count: length) }
    let picture = Raster(width: 601, height: 300, pixels: pixels)
    let file = picture.png
    let reading = try PNGReading(file)
    #expect(reading.width == 601 && reading.height == 300)
    #expect(reading.pixels == pixels)
    #expect(reading.palette == Raster.palette.map { [$0.red, $0.green, $0.blue] })
    // A run costs 2 bytes and no more.
    #expect(file.count < 8000)
  }

  @Test("pictures of noise, of one pixel and of rows like those above come back")
  func pictures() throws {
    var generator = SeededGenerator(seed: 5)
    for (width, height) in [(1, 1), (1, 50), (50, 1), (257, 31), (64, 200)] {
      var pixels: [UInt8] = []
      for row in 0..<height {
        // Each third row repeats but for a few pixels.
        for column in 0..<width {
          let isNew = row % 3 == 0 || generator.index(below: 8) == 0
          pixels.append(
            isNew
              ? UInt8(generator.index(below: Raster.palette.count))
              : pixels[(row - 1) * width + column])
        }
      }
      let reading = try PNGReading(Raster(width: width, height: height, pixels: pixels).png)
      #expect(reading.pixels == pixels, "\(width) × \(height)")
    }
  }

  @Test("a row like the one above costs next to nothing")
  func repeats() {
    var generator = SeededGenerator(seed: 6)
    let row = (0..<1000).map { _ in UInt8(generator.index(below: 240)) }
    let one = Raster(width: 1000, height: 1, pixels: row).png.count
    let many = Raster(
      width: 1000, height: 500, pixels: Array(repeating: row, count: 500).flatMap(\.self))
    #expect(many.png.count < one + 500 * 12)
  }

  @Test("colours are ones that screens have, grow lighter all the way, by even steps")
  func colors() {
    let places = ColorMap.places(240)
    for place in places {
      let linear = ColorMap.linear(place)
      #expect(linear.min() >= 0 && linear.max() <= 1, "\(place)")
    }
    let steps = zip(places, places.dropFirst()).map { $1 - $0 }
    #expect(steps.allSatisfy { $0.x > 0 })
    let lengths = steps.map { ($0 * $0).sum().squareRoot() }
    let (least, greatest) = (lengths.min() ?? 0, lengths.max() ?? 0)
    #expect(least > 0.003 && greatest < 1.01 * least, "\(least) to \(greatest)")
    #expect(ColorMap.linear([1, 0, 0]).min() > 0.999 && ColorMap.linear([1, 0, 0]).max() < 1.001)
    let colors = ColorMap.colors(240)
    #expect(colors[0].blue < 60 && colors[239].red > 240 && colors[239].green > 240)
  }

  @Test("every character that titles and units have is drawn, unlike any other")
  func font() {
    func drawn(_ text: String, angle: Double = 0) -> Raster {
      var picture = Raster(width: 40, height: 40)
      picture.text(text, x: 20, y: 20, anchor: .start, class: "", angle: angle)
      return picture
    }
    var seen: [Raster: Character] = [:]
    let characters = (0x21...0x7E).compactMap { Unicode.Scalar($0) }.map { Character($0) }
    for character in characters + ["²", "µ", "−", "·", "…", "ü"] {
      let picture = drawn(String(character))
      #expect(picture.pixels.contains(Raster.ink), "\(character)")
      #expect(seen[picture] == nil, "\(character) looks like \(seen[picture] ?? " ")")
      seen[picture] = character
    }
    #expect(!drawn(" ").pixels.contains(Raster.ink))
    // What is not known is a box, and a text that leaves the picture is cut.
    #expect(drawn("ü") == drawn("語"))
    _ = drawn(String(repeating: "W", count: 1000), angle: -90)
    // Turned, a glyph's columns are rows from below.
    let (level, upright) = (drawn("L"), drawn("L", angle: -90))
    for y in 0..<40 {
      for x in 0..<40 {
        let (right, down) = (x - 20, y - 20)
        guard (0..<40).contains(20 + down), (0..<40).contains(20 - right) else { continue }
        #expect(level.pixels[y * 40 + x] == upright.pixels[(20 - right) * 40 + 20 + down])
      }
    }
  }
}
