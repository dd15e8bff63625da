internal import Glibc

/// Applies a ``SampleAdjustment`` to a capture's samples, block after block.
struct SampleAdjuster: Sendable {
  /// How many samples the running mean remembers [samples].
  static let memory = 32_768

  private let adjustment: SampleAdjustment
  private let gain: Float
  private var count = 0
  private var means = SIMD2<Double>.zero

  /// Creates what adjusts samples from the first one on.
  init(_ adjustment: SampleAdjustment) {
    self.adjustment = adjustment
    gain = Float(pow(10, adjustment.gain / 20))
  }

  /// Takes off the mean and amplifies samples as they are stored.
  ///
  /// - Parameters:
  ///   - numbers: I and Q in turn, or real samples.
  ///   - count: How many samples there are.
  ///   - isComplex: Whether they are I and Q.
  mutating func adjust(
    stored numbers: inout MutableSpan<Float>, count: Int, isComplex: Bool
  ) {
    if adjustment.removeDC {
      if isComplex {
        for index in 0..<count {
          let value = SIMD2(numbers[2 * index], numbers[2 * index + 1])
          let rest = gain * offMean(value)
          numbers[2 * index] = rest.x
          numbers[2 * index + 1] = rest.y
        }
      } else {
        for index in 0..<count {
          numbers[index] = gain * offMean(SIMD2(numbers[index], 0)).x
        }
      }
    } else if gain != 1 {
      for index in 0..<(isComplex ? 2 * count : count) { numbers[index] *= gain }
    }
  }

  /// Swaps and conjugates complex samples.
  ///
  /// - Parameters:
  ///   - numbers: I and Q in turn.
  ///   - count: How many samples there are.
  func adjust(complex numbers: inout MutableSpan<Float>, count: Int) {
    guard adjustment.swapIQ || adjustment.conjugate else { return }
    let sign: Float = adjustment.conjugate ? -1 : 1
    for index in 0..<count {
      let i = numbers[2 * index]
      let q = numbers[2 * index + 1]
      numbers[2 * index] = adjustment.swapIQ ? q : i
      numbers[2 * index + 1] = sign * (adjustment.swapIQ ? i : q)
    }
  }

  /// Counts a sample in, and returns what it has above the mean.
  private mutating func offMean(_ value: SIMD2<Float>) -> SIMD2<Float> {
    let wide = SIMD2<Double>(value)
    // A constant factor, once there is one, spares the division.
    if count < Self.memory {
      count += 1
      means += (wide - means) / Double(count)
    } else {
      means += (wide - means) * (1 / Double(Self.memory))
    }
    return SIMD2<Float>(wide - means)
  }
}
