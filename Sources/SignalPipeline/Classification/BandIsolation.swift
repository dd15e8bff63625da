/// Takes the other signals out of the spectrum of one band's channel.
///
/// Their bins get powers of noise bins of the same spectrum, in turn, so that neither the floor
/// nor its roughness shows where they stood.
struct BandIsolation {
  private let band: OccupiedBand
  private let ratio: Double
  private let bins: Int

  /// Prepares the channel of a band, brought to DC and to `ratio` times the rate.
  init(_ band: OccupiedBand, ratio: Double, bins: Int) {
    self.band = band
    self.ratio = ratio
    self.bins = bins
  }

  /// Replaces the bins of other bands; without noise bins to take from, nothing changes.
  func remove(_ others: [OccupiedBand], from density: inout [Float]) {
    guard !others.isEmpty else { return }
    var isForeign = [Bool](repeating: false, count: bins)
    for other in others { mark(other, in: &isForeign) }
    let own = band.width / ratio
    var isNoise = isForeign.map { !$0 }
    for bin in isNoise.indices {
      let distance = abs(PowerSpectrum.frequency(ofBin: bin, of: bins))
      // Signals overlap where they are too close; the one asked for stays whole.
      if distance <= own / 2 { isForeign[bin] = false }
      // A signal's skirt, and where the channel's filter falls.
      if distance <= own || (ratio < 1 && distance > 0.42) { isNoise[bin] = false }
    }
    let noise = isNoise.indices.filter { isNoise[$0] }.map { density[$0] }
    guard noise.count >= bins / 64 else { return }
    var next = 0
    for bin in isForeign.indices where isForeign[bin] {
      density[bin] = noise[next % noise.count]
      next += 1
    }
  }

  /// Marks the bins of the channel that another band reaches, a window's main lobe included.
  private func mark(_ other: OccupiedBand, in marks: inout [Bool]) {
    let distance = OccupiedBand.wrapped(other.centre - band.centre) / ratio
    let half = other.width / ratio / 2 + 4 / Double(bins)
    // Beyond the stopband's edge nothing is left; what lies before it folds.
    let most = ratio < 1 ? 0.58 : 1
    let (lower, upper) = (max(-most, distance - half), min(most, distance + half))
    guard lower < upper else { return }
    let (first, last) = (lower * Double(bins), upper * Double(bins))
    for bin in Int(first.rounded(.down))...Int(last.rounded(.up)) {
      marks[Circle.place(bin + bins / 2, of: bins)] = true
    }
  }
}
