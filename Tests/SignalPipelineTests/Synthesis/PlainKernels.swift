import SignalPipeline

/// The kernels of synthesis as plain Swift, operation by operation, so that bits are equal.
enum PlainKernels {
  static func phasor(_ phase: UInt32) -> IQSample {
    let quarter = (phase &+ 0x2000_0000) >> 30
    let x = Float(Int32(bitPattern: phase &- quarter << 30)) * 0x1p-30
    let z = x * x
    let c2: Float = 0.2536695079
    let c3: Float = -0.0208634807633
    let c4: Float = 0.000919260274839
    let c = 1 + z * (-1.2337005501 + z * (c2 + z * (c3 + z * c4)))
    let s1: Float = -0.645964097506
    let s2: Float = 0.0796926262462
    let s3: Float = -0.00468175413532
    let s4: Float = 0.000160441184787
    let s = x * (1.57079632679 + z * (s1 + z * (s2 + z * (s3 + z * s4))))
    return switch quarter {
    case 0: IQSample(c, s)
    case 1: IQSample(-s, c)
    case 2: IQSample(-c, -s)
    default: IQSample(s, -c)
    }
  }

  static func radius(_ k: UInt32) -> Float {
    let u = (Float(Int32(k >> 1)) + 0.5) * 0x1p-31
    var exponent = Float(u.exponent)
    var m = u.significand
    if m.bitPattern >= 0x3fb5_04f3 {
      m /= 2
      exponent += 1
    }
    let s = (m - 1) / (m + 1)
    let z = s * s
    let third: Float = 0.333333333333
    let seventh: Float = 0.142857142857
    let ninth: Float = 0.111111111111
    let series = 1 + z * (third + z * (0.2 + z * (seventh + z * ninth)))
    let ln = exponent * 0.693147180560 + 2 * s * series
    return (-2 * ln).squareRoot()
  }

  /// Steps one of eight lanes of xoshiro256++, whose words lie eight apart.
  static func step(_ state: inout [UInt64], at lane: Int) -> UInt64 {
    func rotated(_ x: UInt64, _ k: UInt64) -> UInt64 { (x << k) | (x >> (64 - k)) }
    let (s0, s1, s2, s3) = (lane, lane + 8, lane + 16, lane + 24)
    let result = rotated(state[s0] &+ state[s3], 23) &+ state[s0]
    let shifted = state[s1] << 17
    state[s2] ^= state[s0]
    state[s3] ^= state[s1]
    state[s1] ^= state[s2]
    state[s0] ^= state[s3]
    state[s2] ^= shifted
    state[s3] = rotated(state[s3], 45)
    return result
  }

  static func gaussian(_ state: inout [UInt64], count: Int) -> [IQSample] {
    var samples: [IQSample] = []
    while samples.count < count {
      for lane in 0..<8 {
        let radii = step(&state, at: lane)
        let angles = step(&state, at: 32 + lane)
        for shift in [0, 32] as [UInt64] {
          let r = radius(UInt32(truncatingIfNeeded: radii >> shift))
          let turn = phasor(UInt32(truncatingIfNeeded: angles >> shift))
          samples.append(IQSample(r * turn.i, r * turn.q))
        }
      }
    }
    return Array(samples[..<count])
  }

  static func limited(_ x: Float, scale: Float) -> Float {
    let t = min(max(x * (scale * 2.88539008178), -60), 60)
    let whole = t.rounded(.toNearestOrEven)
    let f = t - whole
    let p: [Float] = [
      0.000154035303934, 0.00133335581464, 0.00961812910763, 0.0555041086648, 0.240226506959,
      0.693147180560,
    ]
    let power = 1 + f * p.dropFirst().reduce(p[0]) { $1 + f * $0 }
    return 1 - 2 / (power * Float(sign: .plus, exponent: Int(whole), significand: 1) + 1)
  }

  static func filtered(_ x: [IQSample], even: [Float], odd: [Float]) -> [IQSample] {
    let count = x.count
    return x.indices.map { n in
      var i = even[0] * x[n].i
      var q = even[0] * x[n].q
      let pairs = (0..<even.count).map { (x[(n - $0 + count) % count], x[(n + $0) % count]) }
      for j in 1..<even.count {
        i += even[j] * (pairs[j].0.i + pairs[j].1.i)
        q += even[j] * (pairs[j].0.q + pairs[j].1.q)
      }
      for j in 1..<even.count {
        i += odd[j] * (-pairs[j].0.q - -pairs[j].1.q)
        q += odd[j] * (pairs[j].0.i - pairs[j].1.i)
      }
      return IQSample(i, q)
    }
  }

  static func bent(_ x: IQSample, by table: [IQSample], perUnit: Float) -> IQSample {
    let u = min((x.i * x.i + x.q * x.q).squareRoot() * perUnit, Float(table.count - 1))
    let k = min(Int(u), table.count - 2)
    let share = u - Float(k)
    let re = table[k].i + share * (table[k + 1].i - table[k].i)
    let im = table[k].q + share * (table[k + 1].q - table[k].q)
    return IQSample(x.i * re - x.q * im, x.i * im + x.q * re)
  }

  static func interpolated(_ x: [IQSample], at position: UInt64, taps: [Float]) -> IQSample {
    let row = 16 * Int(UInt32(truncatingIfNeeded: position) >> 23)
    let share = Float(position & 0x7f_ffff) * 0x1p-23
    var products = (0..<16).map { tap in
      let value = x[(Int(position >> 32) + tap - 7 + x.count) % x.count]
      let weight = taps[row + tap] + share * (taps[row + 16 + tap] - taps[row + tap])
      return IQSample(weight * value.i, weight * value.q)
    }
    while products.count > 1 {
      let half = products.count / 2
      products = (0..<half).map {
        IQSample(
          products[$0].i + products[$0 + half].i, products[$0].q + products[$0 + half].q)
      }
    }
    return products[0]
  }
}
