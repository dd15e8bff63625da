internal import CKernels
internal import Glibc

/// How much the noise of one spectrum varies from bin to bin and in means of neighbouring bins.
///
/// The number of averaged segments tells it, unless some of them hold much more power than the
/// others: after a step of the gain the loud segments alone decide. So the spread is measured,
/// too, on the lower half of the values, which no signal widens, and the greater of the two
/// counts. A cube root of a power is nearly normal, so two percentiles tell the shape of the
/// ``GammaDistribution``.
///
/// Source: E. B. Wilson and M. M. Hilferty, "The distribution of chi-square", PNAS 17, 1931.
struct NoiseSpread {
  /// The widths that are measured [bins].
  private static let widths = [1, 4, 16]

  /// The shape of the distribution of one bin.
  let bin: Double

  private let wide: Double

  /// Measures a spectrum.
  ///
  /// - Parameters:
  ///   - density: The powers, each over the median of its block.
  ///   - averages: The number of independent segments.
  ///   - correlation: ``Window/binCorrelation``.
  init(of density: [Double], averages: Double, correlation: Double) {
    let sums = CircularSums(density)
    var share = 1.0
    var narrow = averages
    for width in Self.widths {
      let told = max(averages, averages * Double(width) / correlation)
      let means = density.indices.map { Float(sums.mean(from: $0, width: width)) }
      // Some three standard errors of the measure.
      let error = 6 / (Double(density.count) / Double(width)).squareRoot()
      share = min(share, (1 + error) * Self.shape(of: means) / told)
      if width == 1 { narrow = max(0.3, averages * share) }
    }
    bin = narrow
    wide = max(0.01, averages * share / correlation)
  }

  /// The shape of the distribution of a mean of `width` bins.
  func shape(width: Int) -> Double { max(bin, wide * Double(width)) }

  /// The standard deviation of the level of a median of `width` bins [dB].
  func medianDeviation(width: Int) -> Double {
    // dB of a small relative error; a median has 1.25 of a mean's.
    Self.decibels * 1.25 / shape(width: width).squareRoot()
  }

  /// The standard deviation of the level of a mean of `width` bins [dB].
  func meanDeviation(width: Int) -> Double { Self.decibels / shape(width: width).squareRoot() }

  /// What a relative error of 1 is in dB, for small ones: 10/ln 10.
  private static let decibels = 4.342944819

  private static func shape(of means: [Float]) -> Double {
    var keys = [Int32](repeating: 0, count: means.count)
    return shape(of: means, means.count, &keys)
  }

  /// The shape of the distribution of the first `count` values, mostly noise, by their lower half;
  /// `keys` is scratch memory for as many.
  static func shape(of values: [Float], _ count: Int, _ keys: inout [Int32]) -> Double {
    let (low, middle) = percentiles(0.16, of: values, count, &keys)
    guard middle > 0, low < middle else { return .infinity }
    // A cube root has a standard deviation of s below a middle of 1 − s²: s = 1/(3·√shape).
    let fall = 1 - cbrt(low / middle)
    let deviation = ((1 + 4 * fall * fall).squareRoot() - 1) / (2 * fall)
    return 1 / (9 * deviation * deviation)
  }

  /// The same by how far two standard deviations reach upwards, where signals may lie, too.
  static func upperShape(of values: [Float], _ count: Int, _ keys: inout [Int32]) -> Double {
    let (high, middle) = percentiles(0.977, of: values, count, &keys)
    guard middle > 0, high > middle else { return .infinity }
    let rise = cbrt(high / middle) - 1
    let deviation = ((1 + rise * rise).squareRoot() - 1) / rise
    return 1 / (9 * deviation * deviation)
  }

  /// A percentile and the median of some values.
  private static func percentiles(
    _ share: Double, of values: [Float], _ count: Int, _ keys: inout [Int32]
  ) -> (Double, Double) {
    func value(_ share: Double) -> Double {
      Double(
        unsafe spectrum_order_statistics(values, &keys, count, Int(share * Double(count - 1))).at)
    }
    return (value(share), value(0.5))
  }
}
