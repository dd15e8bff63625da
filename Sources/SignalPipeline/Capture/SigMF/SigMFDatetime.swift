/// SigMF's form of a moment: RFC 3339 in UTC, with any number of digits after the second.
///
/// Source: SigMF 1.2, `core:datetime`; RFC 3339, section 5.6.
enum SigMFDatetime {
  /// Whether a text is a moment of the calendar: `YYYY-MM-DDTHH:MM:SS[.S…]Z`.
  static func isValid(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    func take(_ separator: Character) -> Bool {
      guard let byte = rest.popFirst() else { return false }
      // The grammar's letters stand for either case.
      return byte == separator.asciiValue || byte == separator.lowercased().utf8.first
    }
    func take(digits: Int) -> Int? {
      guard rest.count >= digits else { return nil }
      var number = 0
      for byte in rest.prefix(digits) {
        guard (0x30...0x39).contains(byte) else { return nil }
        number = 10 * number + Int(byte - 0x30)
      }
      rest = rest.dropFirst(digits)
      return number
    }
    guard let year = take(digits: 4), take("-"), let month = take(digits: 2), take("-"),
      let day = take(digits: 2), take("T"), let hour = take(digits: 2), take(":"),
      let minute = take(digits: 2), take(":"), let second = take(digits: 2)
    else { return false }
    if rest.first == 0x2E {
      rest = rest.dropFirst()
      let digits = rest.prefix { (0x30...0x39).contains($0) }.count
      guard digits > 0 else { return false }
      rest = rest.dropFirst(digits)
    }
    guard take("Z"), rest.isEmpty, (1...12).contains(month) else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    // A minute with a leap second has 61.
    return (1...days).contains(day) && hour <= 23 && minute <= 59 && second <= 60
  }
}
