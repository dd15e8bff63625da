extension HTML {
  /// A column of a table.
  package struct Column: Sendable {
    let title: String
    /// Whether it holds numbers, which stand to the right.
    let isNumber: Bool

    /// A column of words.
    static func words(_ title: String) -> Column { Column(title: title, isNumber: false) }

    /// A column of numbers.
    static func numbers(_ title: String) -> Column { Column(title: title, isNumber: true) }
  }

  /// A table whose first column names the rows; it scrolls sideways where it is too wide.
  static func table(_ caption: String, _ columns: [Column], _ rows: [[HTML]]) -> HTML {
    let head = columns.map { column in
      element("th", attributes(column, scope: "col"), HTML(column.title))
    }
    let body = rows.map { row in
      element(
        "tr", [:],
        zip(columns, row).enumerated().map { index, cell in
          index == 0
            ? element("th", attributes(cell.0, scope: "row"), cell.1)
            : element("td", cell.0.isNumber ? ["class": "number"] : [:], cell.1)
        })
    }
    return scrolled(
      element(
        "table", element("caption", HTML(caption)), element("thead", element("tr", [:], head)),
        element("tbody", [:], body)),
      name: caption)
  }

  private static func attributes(
    _ column: Column, scope: String
  ) -> KeyValuePairs<StaticString, String> {
    column.isNumber ? ["class": "number", "scope": scope] : ["scope": scope]
  }

  /// A table of names and what is known of them.
  static func facts(_ facts: [(name: String, value: HTML)]) -> HTML {
    element(
      "table", ["class": "facts"],
      element(
        "tbody", [:],
        facts.map { fact in
          element(
            "tr", element("th", ["scope": "row"], HTML(fact.name)), element("td", fact.value))
        }))
  }

  /// What is shown when the reader opens it.
  static func folded(_ title: String, _ content: HTML) -> HTML {
    element("details", element("summary", HTML(title)), content)
  }

  /// A drawing with what to see in it.
  static func figure(_ svg: SVGDocument, _ caption: HTML) -> HTML {
    element("figure", drawing(svg), element("figcaption", caption))
  }

  /// A paragraph.
  static func paragraph(_ text: HTML) -> HTML { element("p", text) }

  /// Names with commas between them.
  static func names(_ names: [String]) -> HTML {
    joined(
      names.enumerated().map { index, name in
        index == 0 ? HTML("\(name: name)") : HTML(", \(name: name)")
      })
  }
}
