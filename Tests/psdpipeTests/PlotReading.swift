import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What a reader takes from a spectrum's picture: the axes and the line in the frame.
final class PlotReading: NSObject, XMLParserDelegate {
  /// A mark of an axis: its value and its position [px].
  typealias Mark = (value: Double, position: Double)

  private(set) var texts: [String] = []
  private(set) var horizontal: [Mark] = []
  private(set) var vertical: [Mark] = []
  private(set) var frame = (left: 0.0, top: 0.0, right: 0.0, bottom: 0.0)
  private(set) var line: [(x: Double, y: Double)] = []
  private var attributes: [String: String] = [:]
  private var text: String?

  /// Reads a picture, which must be well-formed XML.
  init(_ svg: Data) throws {
    super.init()
    let parser = XMLParser(data: svg)
    parser.delegate = self
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
  }

  /// The frequencies at the frame's edges, as the marks tell them [Hz].
  var band: ClosedRange<Double> {
    get throws {
      let name = try #require(texts.first { $0.hasPrefix("Frequency [") })
      let unit = name.dropFirst("Frequency [".count).dropLast()
      let scale = try #require(["Hz": 1.0, "kHz": 1e3, "MHz": 1e6, "GHz": 1e9][unit])
      let first = try #require(horizontal.first)
      let last = try #require(horizontal.last)
      let slope = scale * (last.value - first.value) / (last.position - first.position)
      func value(_ x: Double) -> Double { scale * first.value + (x - first.position) * slope }
      return value(frame.left)...value(frame.right)
    }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    self.attributes = attributes
    text = name == "text" ? "" : nil
    func number(_ key: String) -> Double { attributes[key].flatMap { Double($0) } ?? .nan }
    switch (name, attributes["class"]) {
    case ("rect", "frame"):
      frame = (number("x"), number("y"), number("x") + number("width"), 0)
      frame.bottom = frame.top + number("height")
    case ("path", _):
      let numbers = (attributes["d"] ?? "").split { "ML, ".contains($0) }.map {
        Double($0) ?? .nan
      }
      line += stride(from: 0, to: numbers.count, by: 2).map { (numbers[$0], numbers[$0 + 1]) }
    default: break
    }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text? += string }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
    qualifiedName: String?
  ) {
    guard let text else { return }
    texts.append(text)
    self.text = nil
    guard let value = Double(text.replacing("−", with: "-")),
      let x = attributes["x"].flatMap({ Double($0) }),
      let y = attributes["y"].flatMap({ Double($0) })
    else { return }
    if attributes["text-anchor"] == "end" {
      vertical.append((value, y))
    } else {
      horizontal.append((value, x))
    }
  }
}
