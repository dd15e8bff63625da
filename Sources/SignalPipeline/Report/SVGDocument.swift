internal import FoundationEssentials

/// A drawing that any browser shows, readable on light and on dark ground.
///
/// Colours come from classes of one style sheet, so that one drawing serves both; positions are
/// in CSS pixels from the top left corner.
package struct SVGDocument: Sendable {
  /// Where a text stands in relation to its position.
  package enum Anchor: String, Sendable {
    /// The position is where the text starts.
    case start
    /// The position is the text's middle.
    case middle
    /// The position is where the text ends.
    case end
  }

  /// The width of the drawing [px].
  package let width: Double

  /// The height of the drawing [px].
  package let height: Double

  /// The drawing's name, for readers that do not see it.
  package let title: String

  /// What it shows, for readers that do not see it.
  package let summary: String
  private var body = ""
  private var clips = 0

  /// Creates an empty drawing.
  ///
  /// - Parameters:
  ///   - width: The width [px].
  ///   - height: The height [px].
  ///   - title: The drawing's name, for readers that do not see it.
  ///   - summary: What it shows, for readers that do not see it.
  package init(width: Double, height: Double, title: String, summary: String) {
    self.width = width
    self.height = height
    self.title = title
    self.summary = summary
  }

  /// The document's text, UTF-8.
  package var text: String {
    let size = "\(Self.number(width)) \(Self.number(height))"
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(Self.number(width))" \
      height="\(Self.number(height))" viewBox="0 0 \(size)" role="img" \
      aria-label="\(Self.escape(title))">
      <title>\(Self.escape(title))</title>
      <desc>\(Self.escape(summary))</desc>
      <style>\(SVGStyle.sheet)</style>
      <rect class="ground" width="\(Self.number(width))" height="\(Self.number(height))"/>
      \(body)</svg>

      """
  }

  /// The drawing as a part of a page that has the rules of ``SVGStyle``: as wide as there is room,
  /// up to a third wider than it was drawn.
  package var markup: String {
    let size = "\(Self.number(width)) \(Self.number(height))"
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size)" role="img" \
      aria-label="\(Self.escape(title))" \
      style="--width:\(Self.number(width))px">
      <title>\(Self.escape(title))</title>
      <desc>\(Self.escape(summary))</desc>
      \(body)</svg>

      """
  }

  /// Draws a rectangle, with what a pointer over it is told.
  package mutating func rect(
    x: Double, y: Double, width: Double, height: Double, class name: String,
    opacity: Double? = nil, tip: String? = nil
  ) {
    let opacity = opacity.map { " fill-opacity=\"\(NumberText.fixed($0, decimals: 3))\"" } ?? ""
    let head =
      "<rect class=\"\(Self.escape(name))\" x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" "
      + "width=\"\(Self.number(width))\" height=\"\(Self.number(height))\"\(opacity)"
    body += tip.map { "\(head)><title>\(Self.escape($0))</title></rect>\n" } ?? "\(head)/>\n"
  }

  /// Draws a straight line.
  package mutating func line(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), class name: String
  ) {
    body +=
      "<line class=\"\(Self.escape(name))\" x1=\"\(Self.number(start.x))\" "
      + "y1=\"\(Self.number(start.y))\" x2=\"\(Self.number(end.x))\" "
      + "y2=\"\(Self.number(end.y))\"/>\n"
  }

  /// Draws a disc.
  package mutating func disc(
    x: Double, y: Double, radius: Double, class name: String, tip: String? = nil
  ) {
    let head =
      "<circle class=\"\(Self.escape(name))\" cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" "
      + "r=\"\(Self.number(radius))\""
    body += tip.map { "\(head)><title>\(Self.escape($0))</title></circle>\n" } ?? "\(head)/>\n"
  }

  /// Draws a path through points, closed if it bounds an area; nothing for fewer than two.
  package mutating func path(
    _ points: [(x: Double, y: Double)], closed: Bool = false, class name: String
  ) {
    guard points.count >= 2 else { return }
    var data = ""
    data.reserveCapacity(points.count * 12)
    for (index, point) in points.enumerated() {
      data += index == 0 ? "M" : index == 1 ? "L" : " "
      data += "\(Self.number(point.x)),\(Self.number(point.y))"
    }
    body += "<path class=\"\(Self.escape(name))\" d=\"\(data)\(closed ? "Z" : "")\"/>\n"
  }

  /// Writes text, turned by `angle` degrees clockwise about its position.
  package mutating func text(
    _ text: String, x: Double, y: Double, anchor: Anchor = .start, class name: String = "",
    angle: Double = 0
  ) {
    let position = "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
    let turn =
      angle == 0
      ? ""
      : " transform=\"rotate(\(Self.number(angle)) \(Self.number(x)) \(Self.number(y)))\""
    let style = name.isEmpty ? "" : " class=\"\(Self.escape(name))\""
    body +=
      "<text\(style) \(position) text-anchor=\"\(anchor.rawValue)\"\(turn)>"
      + "\(Self.escape(text))</text>\n"
  }

  /// Fills a rectangle with a picture of pixels, whose edges stay sharp.
  package mutating func image(
    _ raster: Raster, x: Double, y: Double, width: Double, height: Double
  ) {
    body +=
      "<image x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\" "
      + "height=\"\(Self.number(height))\" preserveAspectRatio=\"none\" "
      + "style=\"image-rendering:optimizeSpeed;image-rendering:pixelated\" href=\"data:image/png;base64,"
      + "\(Data(raster.png).base64EncodedString())\"/>\n"
  }

  /// Draws what `content` adds, moved down by some pixels.
  package mutating func moved(down distance: Double, _ content: (inout SVGDocument) -> Void) {
    body += "<g transform=\"translate(0 \(Self.number(distance)))\">\n"
    content(&self)
    body += "</g>\n"
  }

  /// Draws what `content` adds, but only inside a rectangle.
  package mutating func clipped(
    x: Double, y: Double, width: Double, height: Double,
    _ content: (inout SVGDocument) -> Void
  ) {
    clips += 1
    // Drawings share one page's names, so the title takes part in this one.
    let name = "clip\(clips)-\(Self.hash(title + summary))"
    body +=
      "<clipPath id=\"\(name)\"><rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" "
      + "width=\"\(Self.number(width))\" height=\"\(Self.number(height))\"/></clipPath>\n"
      + "<g clip-path=\"url(#\(name))\">\n"
    content(&self)
    body += "</g>\n"
  }

  /// Replaces what XML reserves, and drops the control characters that it forbids.
  package static func escape(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\t", "\n", "\r": escaped += " "
      case "\u{0}"..."\u{1F}", "\u{7F}", "\u{FFFE}", "\u{FFFF}": continue
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// The width that a text of `size` pixels is given [px]: rather too wide than too narrow.
  static func width(of text: String, size: Double = 12) -> Double {
    text.reduce(0) { $0 + ("iljt.,:;'|! ".contains($1) ? 0.38 : 0.64) } * size
  }

  /// The text, or as much of its end as has room.
  ///
  /// - Parameters:
  ///   - text: Such as a path, whose end tells most.
  ///   - room: What there is [px].
  ///   - width: Measures a text [px].
  /// - Returns: The text, or `…` and its end.
  static func shortened(
    _ text: String, to room: Double, width: (String) -> Double
  ) -> String {
    guard width(text) > room else { return text }
    var rest = text.suffix(200)
    while !rest.isEmpty, width("…" + rest) > room { rest = rest.dropFirst() }
    return "…" + rest
  }

  /// A coordinate with a tenth of a pixel, without trailing zeros.
  private static func number(_ value: Double) -> String {
    let text = NumberText.fixed(value, decimals: 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// FNV-1a of a text: the same in every run, unlike Swift's own hash.
  private static func hash(_ text: String) -> String {
    let value = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    return String(value, radix: 36)
  }
}
