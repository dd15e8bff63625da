/// A piece of a page that is also well-formed XML: every element is closed and every text escaped.
///
/// Text comes in as literals with interpolations; what is interpolated as a name, such as a class
/// or a path, also keeps its direction of writing to itself:
///
///     .element("p", "Most mistakes take \(name: "am") for \(name: "fsk").")
package struct HTML: Hashable, Sendable {
  /// The piece's text, UTF-8.
  package private(set) var markup: String

  /// Creates a piece of plain text.
  package init(_ text: String) { markup = SVGDocument.escape(text) }

  private init(markup: String) { self.markup = markup }

  /// The elements after which a line's end would show.
  private static let inline: Set = ["a", "bdi", "code", "span"]

  /// Nothing.
  package static let empty = HTML(markup: "")

  /// An element with content.
  package static func element(_ tag: StaticString, _ content: HTML...) -> HTML {
    element(tag, [:], content)
  }

  /// An element with attributes and content.
  package static func element(
    _ tag: StaticString, _ attributes: KeyValuePairs<StaticString, String>, _ content: HTML...
  ) -> HTML {
    element(tag, attributes, content)
  }

  /// An element that never has content, such as `meta`.
  package static func void(
    _ tag: StaticString, _ attributes: KeyValuePairs<StaticString, String>
  ) -> HTML {
    HTML(markup: "<\(tag)\(text(of: attributes))/>")
  }

  /// A style sheet.
  package static func style(_ sheet: String) -> HTML {
    precondition(!sheet.contains("<") && !sheet.contains("&"), "a sheet without markup")
    return HTML(markup: "<style>\n\(sheet)</style>")
  }

  /// An element with attributes and the pieces of its content.
  package static func element(
    _ tag: StaticString, _ attributes: KeyValuePairs<StaticString, String>, _ content: [HTML]
  ) -> HTML {
    let inner = content.map(\.markup).joined()
    let end = inline.contains("\(tag)") ? "" : "\n"
    return HTML(markup: "<\(tag)\(text(of: attributes))>\(inner)</\(tag)>\(end)")
  }

  /// Text whose lines stay as they are.
  package static func lines(_ text: String) -> HTML {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return element(
      "pre", HTML(markup: lines.map { SVGDocument.escape(String($0)) }.joined(separator: "\n")))
  }

  /// A command line, which breaks between its words.
  package static func command(_ line: String) -> HTML {
    let words = line.split(separator: " ").map { element("span", HTML(String($0))).markup }
    return element("code", ["class": "command"], HTML(markup: words.joined(separator: " ")))
  }

  /// A drawing that takes colours from the page; what is too wide for a phone can be scrolled.
  package static func drawing(_ svg: SVGDocument) -> HTML {
    let drawing = HTML(markup: svg.markup)
    guard svg.width > 440 else { return drawing }
    return scrolled(drawing, name: svg.title)
  }

  /// What scrolls sideways where it is too wide, by keyboard too.
  package static func scrolled(_ content: HTML, name: String) -> HTML {
    element(
      "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": name], content)
  }

  private static func text(of attributes: KeyValuePairs<StaticString, String>) -> String {
    attributes.map { " \($0.key)=\"\(SVGDocument.escape($0.value))\"" }.joined()
  }

  /// Pieces, one after the other.
  package static func joined(_ pieces: [HTML]) -> HTML {
    HTML(markup: pieces.map(\.markup).joined())
  }
}

extension HTML: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { self.init(value) }

  package init(stringInterpolation: Interpolation) { markup = stringInterpolation.markup }

  /// Collects literals and what stands between them.
  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var markup = ""

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: String) { markup += SVGDocument.escape(literal) }

    package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      markup += SVGDocument.escape(value.description)
    }

    package mutating func appendInterpolation(_ piece: HTML) { markup += piece.markup }

    /// Something that others named, in whichever script.
    package mutating func appendInterpolation(name: String) {
      markup += HTML.element("bdi", HTML(name)).markup
    }
  }
}
