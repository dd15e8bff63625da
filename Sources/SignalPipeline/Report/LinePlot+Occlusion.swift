extension LinePlot {
  /// Where a network looks when it tells a class, over what it sees there on average.
  ///
  /// - Parameters:
  ///   - profile: The falls of the log-odds.
  ///   - name: The class.
  package init(_ profile: OcclusionProfile, of name: String) {
    let cells = profile.falls.count
    let x = (0..<cells).map { OcclusionProfile.frequency(of: $0, of: cells) }
    let largest = profile.falls.max() ?? 0
    let scale = profile.falls.map(abs).max() ?? 0
    let place = profile.falls.firstIndex(of: largest).map { x[$0] } ?? 0
    let told = NumberText.fixed(largest, decimals: largest < 1 ? 4 : 1)
    let shares = profile.falls.map { scale > 0 ? $0 / scale : 0 }
    let low = min(0, ((shares.min() ?? 0) * 4).rounded(.down) / 4)
    self.init(
      title: name,
      summary: "Where the network looks for \(name), mean of \(profile.examples) examples: hiding "
        + "\(PlotAxis.minus(NumberText.fixed(place, decimals: 3))) cycles/sample from the signal's "
        + "middle costs the most, \(told) nats of the log-odds.",
      xAxis: PlotAxis(
        "Frequency from the signal's middle", unit: "cycles/sample", range: -0.5...0.5),
      yAxis: PlotAxis("Share of the largest", range: low...1),
      series: [
        PlotSeries(
          "fall of the log-odds", x: x, y: shares,
          interval: (shares.map { min($0, 0) }, shares.map { max($0, 0) })),
        PlotSeries("mean spectrum (feature)", x: x, y: profile.features),
      ])
    caption = "largest fall \(told) nats · mean of \(profile.examples) examples"
    guides = low < 0 ? [0] : []
    size = (400, 320)
  }
}
