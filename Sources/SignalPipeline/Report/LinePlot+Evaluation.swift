internal import SystemPackage

extension LinePlot {
  /// Accuracy against a quantity, with its 95 % intervals; empty cells are left out.
  ///
  /// - Parameters:
  ///   - curve: The cells.
  ///   - title: What stands above the plot; `nil` names the quantity.
  ///   - sampleRate: The sample rate [Hz] of frequencies; `nil` tells them in cycles/sample.
  package init(_ curve: AccuracyCurve, title: String? = nil, sampleRate: Double? = nil) {
    let rate = sampleRate.flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
    let isFrequency = curve.quantity != .snr
    let scale = isFrequency ? rate ?? 1 : 1
    let name = Self.name(of: curve.quantity)
    let unit = !isFrequency ? "dB" : rate == nil ? "cycles/sample" : "Hz"
    let cells = curve.cells
    func values(_ value: (Proportion) -> Double) -> [Double] {
      cells.map { $0.accuracy.count == 0 ? .nan : value($0.accuracy) }
    }
    let worst = curve.worst.map { cell in
      " The lowest is \(NumberText.percent(cell.accuracy.value)) of \(cell.accuracy.count) "
        + "examples from \(NumberText.fixed(cell.lower * scale, decimals: 3)) to "
        + "\(NumberText.fixed(cell.upper * scale, decimals: 3)) \(unit)."
    }
    let ends = (cells.first?.lower ?? 0, cells.last?.upper ?? 1)
    self.init(
      title: title ?? "Accuracy against \(name.lowercased())",
      summary: "Accuracy against \(name.lowercased()) over \(cells.count) cells, with 95 % "
        + "intervals.\(worst ?? "")",
      xAxis: PlotAxis(
        name, unit: unit, range: ends.0 * scale...ends.1 * scale,
        takesPrefix: isFrequency && rate != nil),
      yAxis: PlotAxis("Accuracy", range: 0...1),
      series: [
        PlotSeries(
          x: cells.map { $0.middle * scale }, y: values(\.value), style: .markers,
          interval: (values(\.lower), values(\.upper)))
      ])
  }

  /// Accuracy against a quantity, with the same curve of other evaluations.
  ///
  /// - Parameters:
  ///   - curve: The cells of the evaluation that it is about.
  ///   - others: Names and evaluations; those without that curve are left out.
  ///   - name: What the legend calls the first, if there are others.
  package init(
    _ curve: AccuracyCurve, against others: [(name: String, evaluation: Evaluation)],
    named name: String
  ) {
    self.init(curve)
    for other in others {
      guard let own = other.evaluation.curve(curve.quantity) else { continue }
      series += LinePlot(own).series.map { series in
        var series = series
        series.name = Self.stem(other.name)
        return series
      }
    }
    if !others.isEmpty { series[0].name = Self.stem(name) }
  }

  /// A path without folder and extension, for a legend.
  private static func stem(_ path: String) -> String { FilePath(path).stem ?? path }

  /// Accuracy against stated confidence, beside the line where both are equal.
  package init(_ reliability: Reliability, title: String = "Reliability of the confidence") {
    let bins = reliability.bins.filter { $0.accuracy.count > 0 }
    self.init(
      title: title,
      summary: "Accuracy against confidence over \(reliability.bins.count) bins; the expected "
        + "calibration error is "
        + "\(NumberText.fixed(reliability.expectedCalibrationError, decimals: 4)).",
      xAxis: PlotAxis("Mean confidence", range: 0...1),
      yAxis: PlotAxis("Accuracy", range: 0...1),
      series: [
        PlotSeries(
          x: bins.map(\.confidence), y: bins.map(\.accuracy.value), style: .markers,
          interval: (bins.map(\.accuracy.lower), bins.map(\.accuracy.upper)))
      ])
    showsIdentity = true
    size = (460, 420)
  }

  /// Accuracy against stated confidence at the temperature of an evaluation, and at 1 where that is
  /// another and known.
  package init(calibrationOf evaluation: Evaluation) {
    self.init(evaluation.reliability)
    guard let before = evaluation.uncalibrated, evaluation.temperature != 1 else { return }
    series[0].name = "temperature \(NumberText.fixed(evaluation.temperature, decimals: 3))"
    series += LinePlot(before).series.map { series in
      var series = series
      series.name = "temperature 1"
      return series
    }
    let error = NumberText.fixed(before.expectedCalibrationError, decimals: 4)
    summary += " At temperature 1 it is \(error)."
  }

  private static func name(of quantity: AccuracyCurve.Quantity) -> String {
    switch quantity {
    case .offset: "Frequency offset"
    case .snr: "Signal-to-noise ratio"
    case .bandwidth: "Occupied bandwidth"
    }
  }
}
