extension LinePlot {
  /// A power spectral density in decibels against frequency.
  ///
  /// With a sample rate the axis is in Hz and the density in dB(FS²/Hz); without one, in
  /// cycles/sample and dB(FS²/(cycle/sample)). Bins without power are left out, and a few bins
  /// far below all others run out of the plot rather than flatten it.
  ///
  /// - Parameters:
  ///   - spectrum: The density, DC-centred.
  ///   - title: What stands above the plot.
  ///   - sampleRate: The sample rate [Hz], positive; `nil` if it is not known.
  ///   - centre: The frequency of bin 0 Hz [Hz]; needs a sample rate.
  package init(
    _ spectrum: PowerSpectrum, title: String, sampleRate: Double? = nil, centre: Double = 0
  ) {
    let rate = sampleRate.flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
    let middle = rate != nil && centre.isFinite ? centre : 0
    let scale = rate ?? 1
    let bins = spectrum.density.count
    let x = (0..<bins).map { middle + PowerSpectrum.frequency(ofBin: $0, of: bins) * scale }
    let y = spectrum.density.map { Decibels.level(Double($0) / scale) }
    let peak = y.indices.filter { y[$0].isFinite }.max { y[$0] < y[$1] }
    let unit = rate == nil ? "dB(FS²/(cycle/sample))" : "dB(FS²/Hz)"
    let place = peak.map { index in
      let frequency =
        rate == nil
        ? "\(NumberText.fixed(x[index], decimals: 4)) cycles/sample"
        : NumberText.withPrefix(x[index], unit: "Hz")
      return " The largest density is \(NumberText.fixed(y[index], decimals: 1)) \(unit) "
        + "at \(frequency)."
    }
    let axis = PlotAxis("Density", unit: unit)
    let levels = y.filter(\.isFinite).sorted()
    let floor = levels.isEmpty ? .nan : max(levels[0], levels[levels.count / 50] - 15)
    self.init(
      title: title,
      summary: "Power spectral density of \(bins) bins, from \(spectrum.segments) "
        + "segments.\(place ?? "")",
      xAxis: PlotAxis(
        "Frequency", unit: rate == nil ? "cycles/sample" : "Hz",
        range: middle - scale / 2...middle + scale / 2, takesPrefix: rate != nil),
      yAxis: PlotAxis(
        axis.label, unit: unit, range: axis.limits(low: floor, high: levels.last ?? .nan)),
      series: [PlotSeries(x: x, y: y)])
  }
}
