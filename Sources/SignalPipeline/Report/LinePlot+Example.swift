extension LinePlot {
  /// The most points that an example's spectrum is drawn with.
  private static let points = 256

  /// The spectrum of an example with its signal in the middle, in dB below the highest point.
  ///
  /// - Parameters:
  ///   - density: The densities, DC-centred, any unit.
  ///   - centre: The frequency of the signal's middle [cycles/sample]; `nil` for the highest bin's.
  ///   - title: What stands above the plot.
  ///   - caption: What stands under the title.
  ///   - summary: What the plot shows, in words.
  package init(
    example density: some Collection<Float>, centre: Double?, title: String, caption: String,
    summary: String
  ) {
    let density = Array(density)
    let bins = density.count
    let highest = density.indices.max { density[$0] < density[$1] } ?? 0
    let middle =
      centre.map { Int(($0.remainder(dividingBy: 1) * Double(bins)).rounded()) + bins / 2 }
      ?? highest
    let count = min(bins, Self.points)
    let means = (0..<count).map { point in
      let own = point * bins / count..<(point + 1) * bins / count
      let sum = own.reduce(0.0) { sum, bin in
        sum + Double(density[((bin + middle - bins / 2) % bins + bins) % bins])
      }
      return sum / Double(own.count)
    }
    let top = means.max() ?? 0
    let levels = means.map { Decibels.level($0) - Decibels.level(top) }
    let finite = levels.filter(\.isFinite).sorted()
    // A few points far below all others run out of the plot.
    let least = finite.isEmpty ? -1 : max(finite[0], finite[finite.count / 50] - 10)
    let axis = PlotAxis("Level", unit: "dB")
    self.init(
      title: title, summary: summary,
      xAxis: PlotAxis(
        "Frequency from the middle", unit: "cycles/sample", range: -0.5...0.5),
      yAxis: PlotAxis("Level", unit: "dB", range: axis.limits(low: least, high: 0)),
      series: [
        PlotSeries(
          x: (0..<count).map { (Double($0) + 0.5) / Double(max(count, 1)) - 0.5 }, y: levels)
      ])
    self.caption = caption
    size = (360, 230)
  }
}
