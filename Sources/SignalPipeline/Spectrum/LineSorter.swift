/// Tells lines from modulated bands, and spurs from carriers.
struct LineSorter {
  private let configuration: BandConfiguration
  private let bins: Double
  private let lineWidth: Double

  /// Prepares to sort, lines being up to `width` [cycles/sample].
  init(_ configuration: BandConfiguration, width: Double, bins: Int) {
    self.configuration = configuration
    self.bins = Double(bins)
    lineWidth = width
  }

  /// Sorts what was found.
  ///
  /// - Parameters:
  ///   - found: Bands, with the level of their highest bin over the floor [dB].
  ///   - spike: The highest power at DC [FS²/(cycle/sample)].
  /// - Returns: The bands in order of their lower edges, each with its kind.
  func sorted(_ found: [(band: OccupiedBand, peak: Double)], spike: Double) -> [OccupiedBand] {
    let strongest = found.map(\.band.power).max() ?? 0
    let lines = found.indices.filter { found[$0].band.width <= lineWidth }
    let comb = comb(lines.map { found[$0].band.centre })
    var bands = found.map(\.band)
    for (place, index) in lines.enumerated() {
      let isSpur =
        found[index].peak < configuration.carrierLevel || comb[place]
        || bands[index].power < strongest * Decibels.power(-configuration.spurDepth)
      bands[index].kind = isSpur ? .spur : .carrier
    }
    for index in bands.indices where isSkirt(bands[index], of: spike) { bands[index].kind = .spur }
    if !configuration.keepsSpurs { bands.removeAll { $0.kind == .spur } }
    return bands.sorted { $0.lower < $1.lower }
  }

  /// Whether a band is what a spike at DC leaks to the bins about it, as it does when a gain step
  /// cuts it.
  private func isSkirt(_ band: OccupiedBand, of spike: Double) -> Bool {
    guard band.width < 1.0 / 128, abs(band.centre) < band.width / 4 else { return false }
    return spike > 100 * band.power / band.width
  }

  /// Which of some frequencies are three or more at one distance, to a bin and a half.
  private func comb(_ lines: [Double]) -> [Bool] {
    var isTooth = [Bool](repeating: false, count: lines.count)
    let order = lines.indices.sorted { lines[$0] < lines[$1] }
    guard order.count > 2 else { return isTooth }
    for place in 0..<order.count - 2 {
      let teeth = order[place...place + 2]
      let gaps = zip(teeth.dropFirst(), teeth).map { lines[$0] - lines[$1] }
      if abs(gaps[0] - gaps[1]) * bins <= 1.5 { for tooth in teeth { isTooth[tooth] = true } }
    }
    return isTooth
  }
}
