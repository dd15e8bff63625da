/// A moment in UTC to a millisecond, as recorders note it.
package struct CaptureTime: Sendable {
  private let date: (year: Int, month: Int, day: Int)
  private let milliseconds: Int

  /// Creates a time from its parts; `nil` unless they are a date from 1970 on and a time of day.
  package init?(
    year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, millisecond: Int = 0
  ) {
    guard (1970...9999).contains(year), (1...12).contains(month),
      (1...Self.days(in: month, of: year)).contains(day), (0..<24).contains(hour),
      (0..<60).contains(minute), (0..<60).contains(second), (0..<1000).contains(millisecond)
    else { return nil }
    date = (year, month, day)
    milliseconds = ((hour * 60 + minute) * 60 + second) * 1000 + millisecond
  }

  /// Creates the time that lies whole seconds after the beginning of 1970, up to the year 9999.
  package init?(secondsSince1970 seconds: Int) {
    guard (0..<253_402_300_800).contains(seconds) else { return nil }
    var days = seconds / 86_400
    var (year, month) = (1970, 1)
    while true {
      let length = Self.isLeap(year) ? 366 : 365
      if days < length { break }
      days -= length
      year += 1
    }
    while days >= Self.days(in: month, of: year) {
      days -= Self.days(in: month, of: year)
      month += 1
    }
    date = (year, month, days + 1)
    milliseconds = seconds % 86_400 * 1000
  }

  /// The time as ISO 8601, such as `2023-12-31T12:00:00Z`, with milliseconds unless they are 0.
  package var text: String {
    func padded(_ value: Int, _ width: Int = 2) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let seconds = milliseconds / 1000
    let fraction = milliseconds % 1000
    return "\(padded(date.year, 4))-\(padded(date.month))-\(padded(date.day))T"
      + "\(padded(seconds / 3600)):\(padded(seconds / 60 % 60)):\(padded(seconds % 60))"
      + (fraction == 0 ? "" : ".\(padded(fraction, 3))") + "Z"
  }

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
}
