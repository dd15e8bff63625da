internal import CKernels

/// A complex DFT of one length whose bits are the same on every machine, with its own buffers.
///
///     forward   X[k] = Σ_n x[n]·exp(−2πi·nk/N)
///     inverse   x[n] = Σ_k X[k]·exp(+2πi·nk/N)      (not divided by N)
///
/// FFTW's plans, and so its bits, depend on the machine. A length of prime factors up to 7 is split
/// in two nearly equal ones, `N = N₁·N₂`: DFTs of the columns, a turn of each result, DFTs of the
/// rows. Any other length is a convolution by a chirp, made by a power of 2 at least twice as long.
///
/// Sources: W. M. Gentleman and G. Sande, "Fast Fourier transforms: for fun and profit", AFIPS
/// 1966; L. I. Bluestein, "A linear filtering approach to the computation of discrete Fourier
/// transform", IEEE Trans. Audio Electroacoust. 18(4), 1970.
@safe final class FourierTransform {
  private let count: Int
  private let way: Way

  private enum Way {
    case split(Split)
    case chirp(Chirp)
  }

  /// Prepares DFTs of `count` values, at least 1.
  init(count: Int) {
    precondition(count > 0, "a DFT has at least one point")
    self.count = count
    way = Self.isSmooth(count) ? .split(Split(count)) : .chirp(Chirp(count))
  }

  /// Replaces `values`, of which there are `count`.
  func transform(_ values: inout [IQSample], inverse: Bool) {
    precondition(values.count == count, "\(values.count) values for a DFT of \(count)")
    switch way {
    case .split(let split): split.transform(&values, inverse: inverse)
    case .chirp(let chirp): chirp.transform(&values, inverse: inverse)
    }
  }

  /// Whether a number has no prime factors but 2, 3, 5 and 7.
  static func isSmooth(_ number: Int) -> Bool {
    var rest = number
    for prime in [2, 3, 5, 7] { while rest % prime == 0 { rest /= prime } }
    return rest == 1
  }
}

extension FourierTransform {
  /// The two steps.
  @safe private final class Split {
    private let columns: Axis
    private let rows: Axis
    /// How the result `k` of a column turns, for the columns of a group: `exp(−2πi·k·lane/N)`.
    private var lanes: [Float]
    /// How it turns for a group of columns: `exp(−2πi·k·first/N)`, group after group.
    private var groups: [Float] = []
    private var turned: [IQSample]
    private let work: UnsafeMutableRawBufferPointer

    private static let width = Int(FOURIER_LANES)

    init(_ count: Int) {
      let smaller = (1...count).prefix { $0 * $0 <= count }.last { count % $0 == 0 } ?? 1
      columns = Axis(smaller)
      rows = Axis(count / smaller)
      turned = [IQSample](repeating: .zero, count: count)
      let work = UnsafeMutableRawBufferPointer.allocate(
        byteCount: 16 * Self.width * rows.count, alignment: 64)
      unsafe self.work = work
      func root(_ product: Int) -> (Float, Float) {
        let (cos, sin) = PortableMath.phasor(turns: Double(product % count) / Double(count))
        return (Float(cos), Float(-sin))
      }
      lanes = (0..<smaller).flatMap { k in
        let turns = (0..<Self.width).map { root(k * $0) }
        return turns.map(\.0) + turns.map(\.1)
      }
      for first in stride(from: 0, to: rows.count, by: Self.width) {
        for k in 0..<smaller {
          let (re, im) = root(k * first)
          groups += [re, im]
        }
      }
    }

    deinit { unsafe work.deallocate() }

    func transform(_ values: inout [IQSample], inverse: Bool) {
      let (n1, n2) = (columns.count, rows.count)
      unsafe values.withUnsafeMutableBytes { values in
        unsafe turned.withUnsafeMutableBytes { turned in
          let values = unsafe values.assumingMemoryBound(to: Float.self).baseAddress!
          let turned = unsafe turned.assumingMemoryBound(to: Float.self).baseAddress!
          let work = unsafe work.assumingMemoryBound(to: Float.self).baseAddress!
          unsafe groups.withUnsafeBufferPointer { groups in
            for first in stride(from: 0, to: n2, by: Self.width) {
              unsafe fourier_columns(
                values + 2 * first, n2, turned + 2 * first * n1, n1, n1,
                min(Self.width, n2 - first), columns.radices, columns.roots,
                groups.baseAddress! + first / Self.width * 2 * n1, lanes, inverse, true, work)
            }
          }
          for first in stride(from: 0, to: n1, by: Self.width) {
            unsafe fourier_columns(
              turned + 2 * first, n1, values + 2 * first, n1, n2, min(Self.width, n1 - first),
              rows.radices, rows.roots, nil, nil, inverse, false, work)
          }
        }
      }
    }
  }

  /// The DFT along one of the two.
  private struct Axis {
    let count: Int
    /// The factors, ended by 0.
    let radices: [UInt8]
    /// `exp(−2πi·t/count)`, real and imaginary parts in turn.
    let roots: [Float]

    init(_ count: Int) {
      self.count = count
      var rest = count
      var radices: [UInt8] = []
      for radix in [4, 2, 3, 5, 7] {
        while rest % radix == 0 {
          radices.append(UInt8(radix))
          rest /= radix
        }
      }
      self.radices = radices + [0]
      roots = (0..<count).flatMap { t -> [Float] in
        let (cos, sin) = PortableMath.phasor(turns: Double(t) / Double(count))
        return [Float(cos), Float(-sin)]
      }
    }
  }

  /// A DFT as a convolution: `nk = (n² + k² − (k − n)²)/2`.
  private final class Chirp {
    private let inner: Split
    /// `exp(−πi·n²/N)`.
    private let chirp: [IQSample]
    /// The DFT of the conjugate chirp about 0, over its length.
    private let filter: [IQSample]
    private var padded: [IQSample]

    init(_ count: Int) {
      var length = 1
      while length < 2 * count - 1 { length *= 2 }
      inner = Split(length)
      chirp = (0..<count).map { n in
        let rest = UInt(n) * UInt(n) % UInt(2 * count)
        let (cos, sin) = PortableMath.phasor(turns: Double(rest) / Double(2 * count))
        return IQSample(Float(cos), Float(-sin))
      }
      var filter = [IQSample](repeating: .zero, count: length)
      for n in 0..<count {
        let value = IQSample(chirp[n].i / Float(length), -chirp[n].q / Float(length))
        filter[n] = value
        filter[n == 0 ? 0 : length - n] = value
      }
      inner.transform(&filter, inverse: false)
      self.filter = filter
      padded = [IQSample](repeating: .zero, count: length)
    }

    func transform(_ values: inout [IQSample], inverse: Bool) {
      func swapped(_ value: IQSample) -> IQSample {
        inverse ? IQSample(value.q, value.i) : value
      }
      for n in padded.indices { padded[n] = .zero }
      for n in values.indices { padded[n] = swapped(values[n]) * chirp[n] }
      inner.transform(&padded, inverse: false)
      for k in padded.indices { padded[k] = padded[k] * filter[k] }
      inner.transform(&padded, inverse: true)
      for k in values.indices { values[k] = swapped(padded[k] * chirp[k]) }
    }
  }
}
