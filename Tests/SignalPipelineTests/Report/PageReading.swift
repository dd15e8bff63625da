import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What a page that must be well-formed XML holds.
final class PageReading: NSObject, XMLParserDelegate {
  var ids: [String] = []
  var links: [String] = []
  var elements: [String: Int] = [:]
  /// All text, whatever element it is in.
  var words = ""
  /// The texts of each table row's cells.
  var rows: [[String]] = []
  /// The attributes that may name something elsewhere.
  var addresses: [String] = []
  private var isInCell = false

  init(_ text: String) throws {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements[name, default: 0] += 1
    if let id = attributes["id"] { ids.append(id) }
    if name == "a" { links.append(attributes["href"] ?? "") }
    addresses += ["src", "href", "srcset", "data", "action"].compactMap { attributes[$0] }
    if name == "tr" { rows.append([]) }
    if name == "td" || name == "th", !rows.isEmpty {
      rows[rows.count - 1].append("")
      isInCell = true
    }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
    qualifiedName: String?
  ) {
    if name == "td" || name == "th" { isInCell = false }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    words += string
    guard isInCell, let row = rows.indices.last, let cell = rows[row].indices.last else { return }
    rows[row][cell] += string
  }

  /// The cells of the rows that begin with a text.
  func cells(_ first: String) -> [[String]] {
    rows.map { row in row.map { $0.trimmingCharacters(in: .newlines) } }
      .filter { $0.first == first }.map { Array($0.dropFirst()) }
  }
}
