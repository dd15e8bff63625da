/// A page in one file that needs no other: no script, no font, no picture from elsewhere.
package struct HTMLPage: Sendable {
  /// A part of the page that the list of contents names.
  package struct Section: Sendable {
    /// Its name in links.
    let anchor: String
    /// Its heading.
    let title: String
    /// What stands under the heading, one after the other.
    let content: [HTML]
  }

  /// The page's heading.
  package var title: HTML

  /// The same for the browser's window, without markup.
  package var plainTitle: String

  /// The sections, from the top.
  package var sections: [Section]

  /// The page's text, UTF-8.
  package var text: String {
    let head = HTML.element(
      "head",
      .void("meta", ["charset": "utf-8"]),
      .void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .void("meta", ["name": "color-scheme", "content": "light dark"]),
      .element("title", HTML(plainTitle)), .style(HTMLStyle.sheet))
    let links = sections.map { section in
      HTML.element("li", HTML.element("a", ["href": "#\(section.anchor)"], HTML(section.title)))
    }
    let parts = sections.map { section in
      HTML.element(
        "section", ["id": section.anchor, "aria-labelledby": "\(section.anchor)-title"],
        [.element("h2", ["id": "\(section.anchor)-title"], HTML(section.title))]
          + section.content)
    }
    let body = HTML.element(
      "body",
      .element("header", .element("h1", title)),
      .element("nav", ["aria-label": "Contents"], .element("ol", [:], links)),
      .element("main", [:], parts))
    let page = HTML.element(
      "html", ["lang": "en", "xmlns": "http://www.w3.org/1999/xhtml"], head, body)
    return "<!DOCTYPE html>\n\(page.markup)"
  }
}
