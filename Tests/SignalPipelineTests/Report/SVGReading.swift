import Foundation
import SignalPipeline
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Counts elements and collects texts of a document that must be well-formed XML.
final class SVGReading: NSObject, XMLParserDelegate {
  var elements: [String: Int] = [:]
  var texts: [String] = []
  var paths: [String] = []
  private var inside = ""

  init(_ svg: SVGDocument) throws {
    super.init()
    let parser = XMLParser(data: Data(svg.text.utf8))
    parser.delegate = self
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements[name, default: 0] += 1
    inside = name
    if name == "text" || name == "title" || name == "desc" { texts.append("") }
    if let data = attributes["d"] { paths.append(data) }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    guard inside == "text" || inside == "title" || inside == "desc" else { return }
    texts[texts.count - 1] += string
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
    qualifiedName: String?
  ) {
    inside = ""
  }
}
