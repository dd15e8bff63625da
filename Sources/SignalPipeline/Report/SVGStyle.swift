/// The style sheet of all drawings, in files of their own and in pages.
enum SVGStyle {
  /// The number of series that can be told apart, by hue, lightness and dashes.
  static let seriesCount = 6

  /// The colours of the series on light and on dark ground, and their dashes.
  ///
  /// The hues are those of Okabe and Ito, "Color universal design", 2008, darkened or
  /// lightened until they stand out from the ground by 3:1.
  private static let series = [
    ("#0060a8", "#56b4e9", ""), ("#b84a00", "#ff9a4d", "7 3"), ("#00765a", "#2fc79b", "2 3"),
    ("#a34580", "#e59ac5", "9 3 2 3"), ("#7a6400", "#f0d84a", "4 2"), ("#444444", "#c8c8c8", "1 2"),
  ]

  /// The sheet of a drawing in a file of its own, for the `style` element.
  static let sheet = "\(light)@media (prefers-color-scheme:dark){\n\(dark)}\n"

  /// The rules for light ground.
  static var light: String { rules.light }

  /// What differs on dark ground.
  static var dark: String { rules.dark }

  private static let rules: (light: String, dark: String) = {
    var light = """
      text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;\
      fill:#222}
      .title{font-size:14px;font-weight:600}
      .small{font-size:11px}
      .ground{fill:#fff}
      .grid{stroke:#ddd;stroke-width:1}
      .frame{stroke:#666;stroke-width:1;fill:none}
      .guide{stroke:#777;stroke-width:1;stroke-dasharray:4 4;fill:none}
      .heat{fill:#0060a8}
      .onheat{fill:#fff}
      .midheat{fill:#000}
      .line{fill:none;stroke-width:1.4;stroke-linejoin:round}
      .band{fill:#00765a;fill-opacity:.12}
      .area{stroke:none;fill-opacity:.18}

      """
    var dark = """
      text{fill:#ddd}
      .ground{fill:#16181c}
      .grid{stroke:#33373d}
      .frame{stroke:#9a9a9a}
      .guide{stroke:#999}
      .heat{fill:#56b4e9}
      .band{fill:#2fc79b}
      .onheat{fill:#000}

      """
    for (index, (onLight, onDark, dashes)) in series.enumerated() {
      let dash = dashes.isEmpty ? "" : ";stroke-dasharray:\(dashes)"
      light += ".s\(index){stroke:\(onLight)\(dash)}\n.f\(index){fill:\(onLight)}\n"
      dark += ".s\(index){stroke:\(onDark)}\n.f\(index){fill:\(onDark)}\n"
    }
    return (light, dark)
  }()
}
