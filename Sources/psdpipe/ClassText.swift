import SignalPipeline

/// The classes that can be generated, with their variants.
struct ClassText {
  /// Whether it is for people, a line a class and a line a variant; else a line a class has name,
  /// description and the variants' names, tabs between them.
  var isTable: Bool

  /// The lines.
  var text: String {
    let classes = SignalClass.allCases
    guard isTable else {
      return classes.map { signalClass in
        let names = signalClass.variants.map(\.name).joined(separator: ",")
        return "\(signalClass.rawValue)\t\(signalClass.summary)\t\(names)\n"
      }.joined()
    }
    let width = (classes.map(\.rawValue.count).max() ?? 0) + 2
    return classes.map { signalClass in
      let variants = signalClass.variants.map {
        Self.column("", width) + Self.column($0.name, 14) + $0.summary + "\n"
      }
      return Self.column(signalClass.rawValue, width) + signalClass.summary + "\n"
        + variants.joined()
    }.joined()
  }

  private static func column(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
