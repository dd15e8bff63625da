extension LinePlot {
  /// A power spectrum against frequency, with what was measured.
  ///
  /// With a sample rate the frequency is in Hz, without one in cycles/sample. Bins without a level
  /// are left out, and a few bins far below all others run out of the plot rather than flatten it.
  ///
  /// - Parameters:
  ///   - spectrum: The spectrum, DC-centred.
  ///   - title: What stands above the plot.
  ///   - unit: What powers are told in, with the sample rate where it is known.
  ///   - centre: The frequency of bin 0 Hz [Hz]; needs a sample rate.
  ///   - isLinear: Whether powers are drawn, and not their levels.
  ///   - interval: Whether the 95 % interval of each bin is shaded.
  ///   - measures: A dashed line marks the floor, a shade the occupied band, numbers the peaks.
  package init(
    _ spectrum: PowerSpectrum, title: String, unit: SpectrumUnit = SpectrumUnit(),
    centre: Double = 0, isLinear: Bool = false, interval: Bool = false,
    measures: SpectrumMeasures? = nil
  ) {
    let bins = spectrum.density.count
    let frequencies = FrequencyScale(sampleRate: unit.sampleRate, centre: centre)
    let factor = unit.factor(noiseBandwidth: spectrum.noiseBandwidth)
    let unitText = isLinear ? unit.description : unit.levelDescription
    /// A density as it is drawn.
    func value(_ density: Double) -> Double {
      isLinear ? density * factor : Decibels.level(density * factor)
    }
    let x = (0..<bins).map { frequencies.value(PowerSpectrum.frequency(ofBin: $0, of: bins)) }
    let y = spectrum.density.map { value(Double($0)) }
    var series = [PlotSeries(x: x, y: y)]
    let bounds = interval ? spectrum.confidenceInterval() : nil
    if let bounds {
      series[0].interval = (
        spectrum.density.map { value(Double($0) * bounds.lowerBound) },
        spectrum.density.map { value(Double($0) * bounds.upperBound) }
      )
    }
    let peaks = measures?.peaks ?? []
    if !peaks.isEmpty {
      series.append(
        PlotSeries(
          x: peaks.map { frequencies.value($0.frequency) }, y: peaks.map { value($0.density) },
          style: .numbered))
    }
    let axis = PlotAxis(unit.scale == .density ? "Density" : "Power", unit: unitText)
    var limits = Self.limits(of: y, isLinear: isLinear, on: axis)
    // Room for the numbers and for the interval's upper end.
    let top = (series.count > 1 ? series[1].y : []) + (series[0].interval?.upper ?? [])
    if let highest = top.filter(\.isFinite).max(), highest > limits.upperBound {
      limits = axis.limits(low: limits.lowerBound, high: highest)
    }
    self.init(
      title: title,
      summary: "Power spectrum of \(bins) bins, from \(spectrum.segments) segments."
        + Self.peak(of: y, at: x, frequencies, unitText, isLinear: isLinear),
      xAxis: PlotAxis(frequenciesAt: unit.sampleRate, centre: centre),
      yAxis: PlotAxis(axis.label, unit: unitText, range: limits), series: series)

    var facts: [String] = []
    func told(_ density: Double) -> String {
      let value = value(density)
      return isLinear
        ? "\(Float(value)) \(unitText)"
        : "\(PlotAxis.minus(NumberText.fixed(value, decimals: 1))) \(unitText)"
    }
    if let floor = measures?.noiseFloor {
      guides = [value(floor)].filter(\.isFinite)
      facts.append("noise floor \(told(floor))")
    }
    if let band = measures?.occupied {
      bands = [frequencies.value(band.lower)...frequencies.value(band.upper)]
      facts.append(
        "\(NumberText.percent(band.share)) of the power in \(frequencies.text(width: band.width))")
    }
    if bounds != nil { facts.append("95 % interval of each bin shaded") }
    caption = facts.joined(separator: " · ")
  }

  /// The ends of the vertical axis.
  private static func limits(
    of y: [Double], isLinear: Bool, on axis: PlotAxis
  ) -> ClosedRange<Double> {
    let values = y.filter(\.isFinite).sorted()
    guard let lowest = values.first, let highest = values.last else {
      return axis.limits(low: .nan, high: .nan)
    }
    let low = isLinear ? 0 : max(lowest, values[values.count / 50] - 15)
    return axis.limits(low: low, high: highest)
  }

  /// A sentence about the highest bin, if there is one.
  private static func peak(
    of y: [Double], at x: [Double], _ frequencies: FrequencyScale, _ unit: String, isLinear: Bool
  ) -> String {
    guard let peak = y.indices.filter({ y[$0].isFinite }).max(by: { y[$0] < y[$1] }) else {
      return ""
    }
    let value = isLinear ? "\(Float(y[peak]))" : NumberText.fixed(y[peak], decimals: 1)
    return " The highest is \(value) \(unit) at \(frequencies.text(x[peak]))."
  }
}
