internal import Glibc

/// Colours from dark blue over red and yellow to near white, for quantities that have no sign.
///
/// Equal steps of the quantity are equal steps of colour, and lightness rises all the way, so that
/// it also reads in shades of grey and to the colour-blind. The colours lie on a smooth curve
/// through a few points of Oklab, at equal distances along it.
///
/// Source: B. Ottosson, "A perceptual color space for image processing", 2020.
package enum ColorMap {
  /// A colour of sRGB, 8 bits a channel.
  package typealias Color = (red: UInt8, green: UInt8, blue: UInt8)

  /// A place in Oklab: lightness, green to red, blue to yellow.
  package typealias Place = SIMD3<Double>

  /// Lightness, chroma and hue [degrees] of the points on the curve.
  private static let points: [(lightness: Double, chroma: Double, hue: Double)] = [
    (0.17, 0.055, 285), (0.36, 0.13, 300), (0.54, 0.17, 0), (0.72, 0.155, 48), (0.87, 0.15, 88),
    (0.975, 0.05, 105),
  ]

  /// Returns `count` places of equal distance, at least 2, the darkest first.
  package static func places(_ count: Int) -> [Place] {
    let fine = curve(2000)
    var length = [0.0]
    for (one, next) in zip(fine, fine.dropFirst()) {
      let step = next - one
      length.append(length[length.count - 1] + (step * step).sum().squareRoot())
    }
    var index = 0
    return (0..<count).map { number in
      let wanted = length[fine.count - 1] * Double(number) / Double(count - 1)
      while index < fine.count - 2, length[index + 1] < wanted { index += 1 }
      let share = (wanted - length[index]) / (length[index + 1] - length[index])
      return fine[index] + (fine[index + 1] - fine[index]) * min(share, 1)
    }
  }

  /// Returns `count` colours, at least 2, the darkest first.
  package static func colors(_ count: Int) -> [Color] {
    places(count).map { place in
      let linear = linear(place)
      func channel(_ value: Double) -> UInt8 {
        let coded = value <= 0.0031308 ? 12.92 * value : 1.055 * pow(value, 1 / 2.4) - 0.055
        return UInt8((255 * min(max(coded, 0), 1)).rounded())
      }
      return (channel(linear.x), channel(linear.y), channel(linear.z))
    }
  }

  /// The linear red, green and blue of a place, each in [0,1] for what a screen can show.
  package static func linear(_ place: Place) -> Place {
    let (lightness, a, b) = (place.x, place.y, place.z)
    let long = cube(lightness + 0.3963377774 * a + 0.2158037573 * b)
    let middle = cube(lightness - 0.1055613458 * a - 0.0638541728 * b)
    let short = cube(lightness - 0.0894841775 * a - 1.2914855480 * b)
    return Place(
      4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
      -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
      -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short)
  }

  private static func cube(_ value: Double) -> Double { value * value * value }

  /// The curve of Catmull and Rom through the points, straight on beyond its ends.
  private static func curve(_ count: Int) -> [Place] {
    let inner = points.map { point in
      let angle = point.hue * .pi / 180
      return Place(point.lightness, point.chroma * cos(angle), point.chroma * sin(angle))
    }
    let last = inner.count - 1
    let knots = [2 * inner[0] - inner[1]] + inner + [2 * inner[last] - inner[last - 1]]
    return (0..<count).map { number in
      let position = Double(last) * Double(number) / Double(count - 1)
      let piece = min(Int(position), last - 1)
      let t = position - Double(piece)
      let (p, q, r, s) = (knots[piece], knots[piece + 1], knots[piece + 2], knots[piece + 3])
      let square = (2 * p - 5 * q + 4 * r - s) * (t * t)
      let cubic = (3 * q - p - 3 * r + s) * (t * t * t)
      return 0.5 * (2 * q + (r - p) * t + square + cubic)
    }
  }
}
