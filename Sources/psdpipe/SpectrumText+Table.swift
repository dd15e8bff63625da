import SignalPipeline

extension SpectrumText {
  /// Lines for people: what the spectrum is, and what was measured on it.
  func table(of record: Record) -> String {
    let spectrum = record.spectrum
    let measures = record.measures
    let factor = unit.factor(noiseBandwidth: spectrum.noiseBandwidth)
    func level(_ density: Double) -> String {
      let level = Decibels.level(density * factor)
      return level.isFinite
        ? "\(NumberText.fixed(level, decimals: 1)) \(unit.levelDescription)" : "no power"
    }
    var lines: [(name: String, text: String)] = []
    let start = isSeries ? "from \(time(ofSample: record.row.start)), " : ""
    let width = frequencies.text(width: 1 / Double(spectrum.density.count))
    lines.append(
      (
        "spectrum",
        "\(start)\(record.row.samples) samples, \(spectrum.segments) segments, "
          + "\(spectrum.density.count) bins of \(width)"
      ))
    let square = presentation.voltsPerFs.map { $0 * $0 } ?? 1
    let power = Decibels.level(spectrum.power * square)
    lines.append(
      (
        "power",
        power.isFinite
          ? "\(NumberText.fixed(power, decimals: 1)) \(presentation.voltsPerFs == nil ? "dBFS" : "dBV")"
          : "none"
      ))
    if let averages = spectrum.averages, let interval = spectrum.confidenceInterval() {
      func step(_ factor: Double) -> String {
        NumberText.fixed(Decibels.level(factor), decimals: 1)
      }
      lines.append(
        (
          "averages",
          "\(NumberText.fixed(averages, decimals: 1)), each bin within \(step(interval.lowerBound)) "
            + "to +\(step(interval.upperBound)) dB by 95 %"
        ))
    }
    if presentation.noiseFloor { lines.append(("noise floor", level(measures.noiseFloor ?? 0))) }
    if presentation.occupiedBandwidth != nil {
      lines.append(("occupied", measures.occupied.map(text) ?? "nothing above the noise"))
    }
    for (place, peak) in measures.peaks.enumerated() {
      lines.append(
        (
          "peak \(place + 1)",
          "\(frequencies.text(frequencies.value(peak.frequency))), \(level(peak.density)), "
            + "prominence \(NumberText.fixed(peak.prominence, decimals: 1)) dB"
        ))
    }
    return lines.map {
      $0.name + String(repeating: " ", count: 13 - $0.name.count) + $0.text + "\n"
    }
    .joined()
  }

  private func text(_ band: OccupiedBandwidth) -> String {
    "\(frequencies.text(width: band.width)) with \(NumberText.percent(band.share)) of the power, "
      + "\(frequencies.text(frequencies.value(band.lower))) to "
      + frequencies.text(frequencies.value(band.upper))
  }
}
