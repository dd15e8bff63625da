import SignalPipeline
import Testing

@Suite struct HTMLTests {
  @Test("literals, names and attributes are escaped once")
  func escaping() {
    let name = "<b>&\"'"
    let text: HTML = "1 < 2 & \(name: name), \(name), \(3)"
    let escaped = "&lt;b&gt;&amp;&quot;&#39;"
    #expect(text.markup == "1 &lt; 2 &amp; <bdi>\(escaped)</bdi>, \(escaped), 3")
    #expect(
      HTML.element("a", ["href": "#\"x"], "\(text)").markup
        == "<a href=\"#&quot;x\">\(text.markup)</a>")
    #expect(HTML.void("meta", ["charset": "utf-8"]).markup == "<meta charset=\"utf-8\"/>")
    #expect(HTML("a\u{1}\u{FFFF}b").markup == "ab")
  }

  @Test("lines stay, and a command breaks between its words only")
  func lines() {
    #expect(HTML.lines("a\n <b>\n").markup == "<pre>a\n &lt;b&gt;\n</pre>\n")
    #expect(
      HTML.command("psdpipe a '<'").markup
        == "<code class=\"command\"><span>psdpipe</span> <span>a</span> "
        + "<span>&#39;&lt;&#39;</span></code>")
  }
}
