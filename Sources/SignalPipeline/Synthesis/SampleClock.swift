/// A sampling clock that runs fast or slow and trembles.
///
///     t[n] = n + error·10⁻⁶·(n − N/2) + jitter[n]
///
/// so the middle of an example stays in place. The jitter is white and Gaussian. The signal is
/// read at `t[n]` before it is mixed to its offset, and the carrier turns by `f·t[n]`, as if the
/// whole had been sampled so.
///
/// Source: R. H. Walden, "Analog-to-digital converter survey and analysis", IEEE Journal on
/// Selected Areas in Communications 17(4), 1999: a tone at `f` gets noise of the power
/// `(2πf·rms)²` relative to its own.
public struct SampleClock: Hashable, Codable, Sendable {
  /// By how much the samples are further apart than they claim [ppm]; a tone at `f` shows at
  /// `f·(1 + error·10⁻⁶)`.
  public var error: Double

  /// The rms jitter [samples].
  public var jitter: Double

  /// What the jitter comes from.
  public var seed: UInt32

  /// Creates a clock from its parts.
  public init(error: Double = 0, jitter: Double = 0, seed: UInt32 = 0) {
    self.error = error
    self.jitter = jitter
    self.seed = seed
  }

  /// Returns `t[n] − n` of each sample [2⁻³² samples].
  package func shifts(count: Int) -> [Int64] {
    let slope = error * 1e-6 * 0x1p32
    var shifts = (0..<count).map { Int64((slope * (Double($0) - Double(count) / 2)).rounded()) }
    guard jitter > 0 else { return shifts }
    var generator = SeededGenerator(seed: UInt64(seed))
    var source = GaussianSource(using: &generator)
    var noise = [IQSample](repeating: .zero, count: (count + 1) / 2)
    source.fill(&noise)
    let scale = jitter * 0x1p32
    for n in shifts.indices {
      let value = n % 2 == 0 ? noise[n / 2].i : noise[n / 2].q
      shifts[n] += Int64((Double(value) * scale).rounded())
    }
    return shifts
  }
}
