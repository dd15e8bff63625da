internal import CKernels

/// Varies the spectra of examples as an ``Augmentation`` says.
///
/// What is drawn follows from a key, and what is done from that alone.
///
/// Noise of density `D` that is added to a bin of power `P`, the mean of `K` independent segments,
/// makes it a non-central χ² value of `2K` degrees of freedom:
///
///     mean      m = P + D
///     variance  (D² + 2·P·D)/K
///
/// of which the second part is what signal and noise do to each other. A gamma distribution of that
/// mean and variance takes its place, by the cube of a normal number, and neighbouring bins are as
/// alike as the window makes them. What was noise has the distribution of stronger noise then.
/// Spectral kurtosis becomes `1 + (SK − 1)·(P/m)²`, and fluctuates as of noise.
///
/// `D = N₀·(10^(drop/10) − 1)`. The floor `N₀` is the 20th percentile of means of neighbouring bins,
/// over what it is of noise alone: right while signals fill less than some two thirds of the band,
/// and for noise of one level.
///
/// Source: P. B. Patnaik, "The non-central χ²- and F-distributions and their applications",
/// Biometrika 36, 1949; E. B. Wilson and M. M. Hilferty, as for ``NoiseSpread``.
package struct SpectrumAugmenter: Sendable {
  /// What is done to one spectrum.
  package struct Draw: Hashable, Sendable {
    /// The gain [dB].
    package var gain = 0.0
    /// By how much the SNR falls [dB].
    package var drop = 0.0
    /// The first bin of the mask.
    package var maskStart = 0
    /// The number of bins of the mask, which goes on at bin 0 after the last.
    package var maskLength = 0
    /// What the noise follows from.
    package var noise = SeededGenerator(seed: 0)

    /// Does nothing.
    package init() {}
  }

  /// A row of a spectrum that a network sees.
  private struct Row: Sendable {
    let channel: SpectrumChannel
    let start: Int
    let variance: Float
    /// The 20th percentile of means of noise of power 1.
    let bias: Float
  }

  private let augmentation: Augmentation
  private let bins: Int
  private let rows: [Row]
  private let taps: [Float]
  /// How many neighbouring bins a mean is taken of for the floor.
  private let width: Int
  private var values: [Float] = []
  private var state = [UInt64](repeating: 0, count: Int(SYNTHESIS_GAUSSIAN_WORDS))
  private var normal: [Float] = []
  private var means: [Float]
  private var keys: [Int32]

  /// Creates an augmenter.
  ///
  /// - Parameters:
  ///   - augmentation: What is drawn.
  ///   - spectrum: How the spectra were estimated.
  ///   - window: The number of samples that each was estimated from; needed for noise and mask
  ///     [samples].
  ///   - held: The channels of the spectra.
  ///   - used: Those that a network sees, `nil` for all; the others but the mean stay as they are.
  package init(
    _ augmentation: Augmentation, spectrum: SpectrumConfiguration, window: Int?,
    channels held: [SpectrumChannel] = [.mean], used: [SpectrumChannel]? = nil
  ) {
    precondition(window != nil || !augmentation.drawsNoise, "noise needs the number of segments")
    self.augmentation = augmentation
    let bins = spectrum.bins
    let width = (1...max(1, min(16, bins / 16))).last { bins % $0 == 0 } ?? 1
    let noise = window.map { WelchNoise(spectrum, window: $0) }
    self.bins = bins
    self.width = width
    taps = noise?.taps ?? [1]
    means = [Float](repeating: 0, count: bins / width)
    keys = [Int32](repeating: 0, count: bins / width)
    rows = held.enumerated().compactMap { place, channel in
      guard channel == .mean || used?.contains(channel) ?? true else { return nil }
      guard let noise else {
        return Row(channel: channel, start: place * bins, variance: 0, bias: 1)
      }
      let variance = noise.variance(of: channel)
      let gathered = noise.shape(width: width) / noise.averages
      let bias = GammaDistribution(shape: gathered / variance).value(lowerTail: 0.2)
      return Row(
        channel: channel, start: place * bins, variance: Float(variance), bias: Float(bias))
    }
  }

  /// Draws what is done to an example.
  ///
  /// Everything is drawn whatever the augmentation, so that one part does not move another.
  ///
  /// - Parameter key: What the draw follows from.
  /// - Returns: The draw.
  package func draw(key: UInt64) -> Draw {
    // Dropout has the streams that count layers.
    var generator = SeededGenerator(seed: key, stream: .max)
    var draw = Draw()
    draw.gain = augmentation.gain * generator.uniform(-1...1)
    let isNoisier = generator.uniform() < augmentation.noiseShare
    let drop = augmentation.noise * generator.uniform()
    draw.drop = isNoisier ? drop : 0
    draw.maskLength = Int((augmentation.mask * Double(bins) * generator.uniform()).rounded())
    draw.maskStart = generator.index(below: bins)
    draw.noise = generator
    return draw
  }

  /// Varies a spectrum by what a key draws; see ``apply(_:to:)``.
  package mutating func vary(_ spectrum: Span<Float>, key: UInt64) -> [Float] {
    apply(draw(key: key), to: spectrum)
  }

  /// Varies a spectrum: the gain, then the mask, then the noise.
  ///
  /// - Parameters:
  ///   - draw: What is done.
  ///   - spectrum: `(C, bins)` row-major, linear, with the channels of the augmenter.
  /// - Returns: The varied values, of the same shape.
  package mutating func apply(_ draw: Draw, to spectrum: Span<Float>) -> [Float] {
    if values.count != spectrum.count { values = [Float](repeating: 0, count: spectrum.count) }
    for place in values.indices { values[place] = spectrum[place] }
    if draw.gain != 0 { scale(by: Float(Decibels.power(draw.gain))) }
    guard draw.maskLength > 0 || draw.drop > 0 else { return values }
    var generator = draw.noise
    for word in state.indices { state[word] = generator.next() }
    let floors = rows.map { $0.channel == .kurtosis ? 1 : floor(of: $0) }
    if draw.maskLength > 0 { mask(draw, floors) }
    if draw.drop > 0 { addNoise(floors[0] * Float(Decibels.power(draw.drop) - 1)) }
    return values
  }

  private mutating func scale(by factor: Float) {
    for row in rows where row.channel != .kurtosis {
      for bin in row.start..<row.start + bins { values[bin] *= factor }
    }
  }

  /// The level of the noise in a row.
  private mutating func floor(of row: Row) -> Float {
    let count = means.count
    unsafe values.withUnsafeBufferPointer {
      unsafe spectrum_rolled_means(&means, $0.baseAddress! + row.start, bins, width, 0)
    }
    let low = unsafe spectrum_order_statistics(means, &keys, count, (count - 1) / 5).at
    let floor = low / row.bias
    return floor > 0 && floor.isFinite ? floor : 0
  }

  /// Makes a stretch hold what noise at the floor would.
  private mutating func mask(_ draw: Draw, _ floors: [Float]) {
    let end = draw.maskStart + draw.maskLength
    for part in [draw.maskStart..<min(end, bins), 0..<max(end - bins, 0)] where !part.isEmpty {
      for row in rows {
        for bin in part { values[row.start + bin] = row.channel == .kurtosis ? 1 : 0 }
      }
      for (row, floor) in zip(rows, floors).reversed() { add(floor, to: row, part) }
    }
  }

  /// Adds noise of a density to all bins.
  private mutating func addNoise(_ density: Float) {
    for row in rows.reversed() where row.channel != .maximum { add(density, to: row, 0..<bins) }
  }

  /// Adds noise of a density to a part of a row; the mean's comes last, as it tells the others
  /// what was there.
  private mutating func add(_ density: Float, to row: Row, _ part: Range<Int>) {
    guard density >= .leastNormalMagnitude else { return }
    let count = part.count
    fillNormal(count)
    unsafe values.withUnsafeMutableBufferPointer { values in
      unsafe normal.withUnsafeBufferPointer { normal in
        unsafe taps.withUnsafeBufferPointer { taps in
          let normal = unsafe augmentation_normal(
            values: normal.baseAddress!, taps: taps.baseAddress!, half: taps.count - 1)
          let power = unsafe values.baseAddress! + part.lowerBound
          if row.channel == .kurtosis {
            unsafe augmentation_fade_kurtosis(
              power + row.start, power, normal, density, row.variance, count)
          } else {
            unsafe augmentation_add_noise(power + row.start, normal, density, row.variance, count)
          }
        }
      }
    }
  }

  /// Draws as many normal numbers as bins, and those that the filter takes beside them.
  private mutating func fillNormal(_ count: Int) {
    let half = taps.count - 1
    let needed = count + 2 * half
    // The kernel makes pairs.
    let room = needed + needed % 2
    if normal.count < room { normal = [Float](repeating: 0, count: room) }
    unsafe synthesis_gaussian(&state, &normal, room / 2)
    guard count == bins else { return }
    // The last bin is the first one's neighbour.
    for place in 0..<half {
      normal[place] = normal[count + place]
      normal[half + count + place] = normal[half + place]
    }
  }
}
