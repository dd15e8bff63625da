/// A number with its unit as one word of a file's name, such as `433.92M` or `1.92Msps`.
struct NamedQuantity {
  /// What the letters after the number mean.
  enum Unit { case hertz, samplesPerSecond, mega, kilo }

  /// The value [Hz, or samples a second], above 0.
  let value: Double

  let unit: Unit

  /// Reads a word that is a number and a unit and nothing else; case does not matter.
  init?(_ word: Substring) {
    let digits = word.prefix { $0.isASCII && $0.isNumber || $0 == "." }
    guard let number = Self.number(digits) else { return nil }
    let scale: Double
    switch word[digits.endIndex...].lowercased() {
    case "hz": (unit, scale) = (.hertz, 1)
    case "khz": (unit, scale) = (.hertz, 1e3)
    case "mhz": (unit, scale) = (.hertz, 1e6)
    case "ghz": (unit, scale) = (.hertz, 1e9)
    case "sps": (unit, scale) = (.samplesPerSecond, 1)
    case "ksps": (unit, scale) = (.samplesPerSecond, 1e3)
    case "msps": (unit, scale) = (.samplesPerSecond, 1e6)
    case "gsps": (unit, scale) = (.samplesPerSecond, 1e9)
    case "m": (unit, scale) = (.mega, 1e6)
    case "k": (unit, scale) = (.kilo, 1e3)
    default: return nil
    }
    value = Self.scaled(number, by: scale)
  }

  /// The positive number that plain digits with at most one point between them are.
  static func number(_ digits: some StringProtocol) -> Double? {
    guard (1...18).contains(digits.utf8.count), digits.first != ".", digits.last != ".",
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }),
      let value = Double(String(digits)), value > 0
    else { return nil }
    return value
  }

  /// The product; whole where the name's decimals make it so, since 433.92 has no exact binary.
  static func scaled(_ number: Double, by scale: Double) -> Double {
    let product = number * scale
    return abs(product - product.rounded()) < 1e-3 ? product.rounded() : product
  }
}
