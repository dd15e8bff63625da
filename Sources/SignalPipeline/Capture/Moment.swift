/// A moment in UTC to a nanosecond, as RFC 3339 writes it.
///
/// Written without an offset it is taken as UTC; with a blank for the `T` it is read, too. A leap
/// second is the first second after it.
///
/// Source: RFC 3339, section 5.6; SigMF 1.2, `core:datetime`.
struct Moment: Hashable, Sendable {
  /// Whole seconds since the beginning of 1970, below 0 before [s].
  private let seconds: Int

  /// What follows them, from 0 to 999,999,999 [ns].
  private let nanoseconds: Int

  /// How many digits after the second were written.
  private let digits: Int

  /// Whether the text was one in UTC with a `T` and a `Z`, as SigMF wants it.
  let isUTCText: Bool

  /// Reads a text; `nil` for what is no moment of the calendar.
  init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    func take(_ separators: String) -> UInt8? {
      guard let byte = rest.first, separators.utf8.contains(byte) else { return nil }
      rest = rest.dropFirst()
      return byte
    }
    func take(digits: Int) -> Int? {
      let field = rest.prefix(digits)
      guard field.count == digits, field.allSatisfy({ (0x30...0x39).contains($0) }) else {
        return nil
      }
      rest = rest.dropFirst(digits)
      return field.reduce(0) { 10 * $0 + Int($1 - 0x30) }
    }
    guard let year = take(digits: 4), take("-") != nil, let month = take(digits: 2),
      take("-") != nil, let day = take(digits: 2), let separator = take("Tt "),
      let hour = take(digits: 2), take(":") != nil, let minute = take(digits: 2), take(":") != nil,
      let second = take(digits: 2)
    else { return nil }
    var fraction = ""
    if take(".") != nil {
      fraction = String(decoding: rest.prefix { (0x30...0x39).contains($0) }, as: UTF8.self)
      guard !fraction.isEmpty else { return nil }
      rest = rest.dropFirst(fraction.utf8.count)
    }
    var offset = 0
    let zone = take("Zz+-")
    if let zone, zone == UInt8(ascii: "+") || zone == UInt8(ascii: "-") {
      guard let hours = take(digits: 2), take(":") != nil, let minutes = take(digits: 2),
        hours <= 23, minutes <= 59
      else { return nil }
      offset = (zone == UInt8(ascii: "+") ? 60 : -60) * (60 * hours + minutes)
    }
    // A minute with a leap second has 61.
    guard rest.isEmpty, (1...12).contains(month),
      (1...Self.days(in: month, of: year)).contains(day), hour <= 23, minute <= 59, second <= 60
    else { return nil }
    seconds =
      86_400 * Self.days(before: (year, month, day)) + 3600 * hour + 60 * minute + second - offset
    digits = fraction.utf8.count
    nanoseconds = Int(fraction.prefix(9) + String(repeating: "0", count: max(0, 9 - digits))) ?? 0
    isUTCText = separator != UInt8(ascii: " ") && zone.map { "Zz".utf8.contains($0) } == true
    // What is to be written anew must have four digits for its year.
    guard isUTCText || Self.isWritable(seconds) else { return nil }
  }

  private init(seconds: Int, nanoseconds: Int, digits: Int) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
    self.digits = digits
    isUTCText = true
  }

  /// How exactly the moment was written: a unit of its last digit [s].
  var resolution: Double { (0..<min(digits, 9)).reduce(1) { value, _ in value / 10 } }

  /// The time that passed since another moment [s].
  func seconds(since other: Moment) -> Double {
    Double(seconds - other.seconds) + Double(nanoseconds - other.nanoseconds) * 1e-9
  }

  /// The moment some seconds later, told to a microsecond or as exactly as this one.
  ///
  /// - Parameter elapsed: 0 to 10⁹ [s].
  /// - Returns: `nil` for another number of seconds.
  func adding(_ elapsed: Double) -> Moment? {
    guard (0...1e9).contains(elapsed) else { return nil }
    let whole = elapsed.rounded(.down)
    let sum = nanoseconds + Int(((elapsed - whole) * 1e9).rounded())
    guard Self.isWritable(seconds + Int(whole) + 1) else { return nil }
    return Moment(
      seconds: seconds + Int(whole) + sum / 1_000_000_000, nanoseconds: sum % 1_000_000_000,
      digits: max(6, min(digits, 9)))
  }

  /// The moment as ISO 8601 in UTC, such as `2024-12-31T23:59:59.5Z`.
  var text: String {
    func padded(_ value: Int, _ width: Int = 2) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let day = (seconds - (seconds % 86_400 + 86_400) % 86_400) / 86_400
    let time = seconds - 86_400 * day
    let date = Self.date(after: day)
    return "\(padded(date.year, 4))-\(padded(date.month))-\(padded(date.day))T"
      + "\(padded(time / 3600)):\(padded(time / 60 % 60)):\(padded(time % 60))"
      + (digits == 0 ? "" : "." + padded(nanoseconds, 9).prefix(digits)) + "Z"
  }
}

extension Moment {
  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days from the beginning of the year 0 to that of another one.
  private static func days(beforeYear year: Int) -> Int {
    let last = year - 1
    return year == 0 ? 0 : 365 * year + last / 4 - last / 100 + last / 400 + 1
  }

  /// Whether a number of seconds since the beginning of 1970 lies in the years 0 to 9999.
  private static func isWritable(_ seconds: Int) -> Bool {
    let first = 86_400 * days(before: (0, 1, 1))
    return seconds >= first && seconds < first + 86_400 * days(beforeYear: 10_000)
  }

  private static let daysBefore1970 = days(beforeYear: 1970)

  /// Days from the beginning of 1970 to a date of the years 0 to 9999.
  private static func days(before date: (year: Int, month: Int, day: Int)) -> Int {
    (1..<date.month).reduce(days(beforeYear: date.year) - daysBefore1970 + date.day - 1) {
      $0 + days(in: $1, of: date.year)
    }
  }

  /// The date so many days after the beginning of 1970.
  private static func date(after day: Int) -> (year: Int, month: Int, day: Int) {
    // A year has at most 366 days, so that the estimate is never too late.
    var year = max(0, (day + daysBefore1970) / 366)
    while days(beforeYear: year + 1) <= day + daysBefore1970 { year += 1 }
    var left = day + daysBefore1970 - days(beforeYear: year)
    var month = 1
    while left >= days(in: month, of: year) {
      left -= days(in: month, of: year)
      month += 1
    }
    return (year, month, left + 1)
  }
}
