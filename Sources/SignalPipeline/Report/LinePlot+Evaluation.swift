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

  private static func name(of quantity: AccuracyCurve.Quantity) -> String {
    switch quantity {
    case .offset: "Frequency offset"
    case .snr: "Signal-to-noise ratio"
    case .bandwidth: "Occupied bandwidth"
    }
  }
}
