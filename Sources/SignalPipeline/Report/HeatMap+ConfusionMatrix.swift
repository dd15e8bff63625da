extension HeatMap {
  /// A confusion matrix: the count and the share of the true class's examples in each field.
  package init(_ confusion: ConfusionMatrix, title: String = "Confusion matrix") {
    let classes = confusion.classes
    let supports = confusion.scores.map(\.support)
    var cells: [Cell] = []
    for truth in classes.indices {
      for predicted in classes.indices {
        let count = confusion[truth: truth, predicted: predicted]
        let share = supports[truth] == 0 ? 0 : Double(count) / Double(supports[truth])
        cells.append(
          Cell(
            strength: share,
            lines: count == 0 ? ["0"] : ["\(count)", NumberText.percent(share)],
            tip: "\(classes[truth]) taken for \(classes[predicted]): \(count) of "
              + "\(supports[truth])"))
      }
    }
    self.init(
      title: title,
      summary: "\(confusion.correct) of \(confusion.total) examples of \(classes.count) classes "
        + "were told rightly, \(NumberText.percent(confusion.accuracy)).",
      rowTitle: "true class", columnTitle: "predicted class", rows: classes, columns: classes,
      cells: cells)
  }
}
