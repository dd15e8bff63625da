import SignalPipeline

/// The classes that can be generated, one a line.
struct ClassText {
  /// Whether the lines are columns for people; else name and description have a tab between them.
  var isTable: Bool

  /// The lines.
  var text: String {
    let classes = SignalClass.allCases
    let width = classes.map(\.rawValue.count).max() ?? 0
    return classes.map { signalClass in
      let name = signalClass.rawValue
      let space = isTable ? String(repeating: " ", count: width + 2 - name.count) : "\t"
      return "\(name)\(space)\(signalClass.summary)\n"
    }.joined()
  }
}
