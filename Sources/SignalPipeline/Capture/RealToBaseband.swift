internal import CKernels

/// Makes complex baseband of real samples, at half their rate.
///
/// The real samples `x` of rate `fs` are mixed by −fs/4, low-pass filtered by a half-band filter
/// `h` without delay and decimated by 2:
///
///     y[m] = Σ_k h[k] · (−j)^(2m−k) · x[2m − k],  m = 0 … ⌈count/2⌉ − 1
///
/// What stood at `f`, 0 < f < fs/2, stands at `f − fs/4`; 0 Hz of the result is fs/4 of the
/// input. The filter passes one of the two halves of a real signal's spectrum at gain 1: a tone
/// of amplitude 1 comes out with amplitude ½, and the density of the result is the two-sided one
/// of the input, so that white noise keeps its floor. Since `h` is a half-band filter,
/// `(−1)^m · y[m]` has `x[2m]/2` for I and 64 differences of odd samples for Q.
///
/// `h` has 255 taps, a sinc under Kaiser's window (β = 8.5): flat within 0.001 dB to ±.239 fs
/// about fs/4, 85 dB down from ±.261 fs; in the outer 2.2 % at each end of the new band the gain
/// falls to ½. Before the first and after the last sample zeros are taken.
///
/// Source: harris, Multirate Signal Processing, chapter 8; Kaiser, 1974.
package struct RealToBaseband: Sendable {
  /// How many of the filter's taps on one side are not 0; each reaches one odd sample further.
  package static let pairs = 64

  /// `taps[i]` = `|h[2i + 1]|`; the signs of `h` cancel those of the mixer.
  package static let taps: [Float] = {
    let beta = 8.5
    let raw = (0..<pairs).map { index in
      let k = Double(2 * index + 1)
      return KaiserWindow.value(k / Double(2 * pairs), beta: beta) / k
    }
    // The taps of both sides, with their signs, sum to a half: gain 1 at fs/4.
    let sum = raw.enumerated().reduce(0) { $0 + ($1.offset % 2 == 0 ? 2 : -2) * $1.element }
    return raw.map { Float(0.5 * $0 / sum) }
  }()

  /// From `2·pairs` samples before the next output's on; zeros before the first.
  private var values = [Float](repeating: 0, count: 2 * pairs)
  private var head = 0
  private var isOdd = false
  private(set) var isFinished = false

  /// Creates a converter that stands before the first sample.
  package init() {}

  /// Adds the next real samples.
  package mutating func append(_ samples: ArraySlice<Float>) {
    precondition(!isFinished, "samples after the last one")
    values.removeFirst(head)
    head = 0
    values.append(contentsOf: samples)
  }

  /// Tells that no more samples come, so that the last ones can be converted.
  package mutating func finish() {
    guard !isFinished else { return }
    isFinished = true
    // An odd count's last output needs as many more, one of them in place of a sample.
    values.append(contentsOf: repeatElement(0, count: 2 * Self.pairs - 1))
  }

  /// Converts as many samples as there are, or as fit.
  ///
  /// - Parameter numbers: Room for I and Q in turn.
  /// - Returns: How many complex samples were written.
  package mutating func read(into numbers: inout MutableSpan<Float>) -> Int {
    // The output at `values[head + 2·pairs]` needs 2·pairs − 1 further ones.
    let ready = max(0, values.count - head - 4 * Self.pairs + 2) / 2
    let count = min(ready, numbers.count / 2)
    guard count > 0 else { return 0 }
    unsafe values.withUnsafeBufferPointer { values in
      unsafe Self.taps.withUnsafeBufferPointer { taps in
        unsafe numbers.withUnsafeMutableBufferPointer { numbers in
          unsafe real_to_baseband(
            values.baseAddress! + head + 2 * Self.pairs, taps.baseAddress!, Self.pairs, isOdd,
            numbers.baseAddress!, count)
        }
      }
    }
    head += 2 * count
    if count % 2 == 1 { isOdd.toggle() }
    return count
  }
}
