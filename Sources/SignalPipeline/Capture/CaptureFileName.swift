/// What the names of capture files tell.
///
/// Recorders write rate and centre into names, each in its own way; ``RecorderFileName`` knows
/// those of the common ones. Every other name is taken apart at `_`, blanks, `=`, `@`, brackets
/// and hyphens, and its quantities are read as rtl_433 reads them:
///
/// | spelling | meaning |
/// |---|---|
/// | `250ksps`, `1.92Msps`, `250000sps` | rate |
/// | `433.92MHz`, `433920kHz`, `433920000Hz` | centre |
/// | `433.92M` and `250k` in one name | centre and rate |
///
/// What can be meant in two ways is not told: two different values of one kind, a range such as
/// `1880-1900MHz`, a lone `433.92M` or `250k`, and a frequency below 24 MHz (a tuner's lower end,
/// above which hardly any rate lies) without a rate beside it. After `fs`, `sr`, `rate` and
/// `samplerate` a frequency is the rate; after `bw`, `bandwidth` and `span` it is neither.
///
/// Source: rtl_433, the comment of `parse_file_info` in `src/fileformat.c`.
package enum CaptureFileName {
  /// Returns what a file's name tells, without the folders before it.
  package static func facts(of name: String) -> CaptureFacts {
    let (stem, ending) = split(name)
    let parts = stem.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
    var facts = RecorderFileName.facts(of: parts, ending: ending) ?? quantities(in: stem)
    if facts.format == nil { facts.format = ending.flatMap(SampleFormat.init(fileExtension:)) }
    return facts
  }

  /// The name without its extension; the decimals of `433.92M` are none.
  private static func split(_ name: String) -> (stem: Substring, ending: String?) {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return (name[...], nil) }
    let ending = name[name.index(after: dot)...]
    guard let first = ending.first, !first.isNumber else { return (name[...], nil) }
    return (name[..<dot], String(ending))
  }

  /// The lowest frequency that stands alone for a centre [Hz].
  private static let lowestCenter = 24e6

  private static func quantities(in stem: Substring) -> CaptureFacts {
    var rates: Set<Double> = []
    var frequencies: Set<Double> = []
    var letters: (mega: Set<Double>, kilo: Set<Double>) = ([], [])
    var previous: Substring = ""
    for word in stem.split(whereSeparator: { " _=@()[]{}".contains($0) }) {
      for (index, piece) in word.split(separator: "-").enumerated() {
        defer { previous = piece }
        // What follows a bare number and a hyphen is the end of a range.
        guard let quantity = NamedQuantity(piece), index == 0 || Double(previous) == nil
        else { continue }
        let key = previous.lowercased()
        switch quantity.unit {
        case .samplesPerSecond: rates.insert(quantity.value)
        case .hertz where ["fs", "sr", "rate", "samplerate"].contains(key):
          rates.insert(quantity.value)
        case .hertz where ["bw", "bandwidth", "span"].contains(key): break
        case .hertz: frequencies.insert(quantity.value)
        case .mega: letters.mega.insert(quantity.value)
        case .kilo: letters.kilo.insert(quantity.value)
        }
      }
    }
    if !letters.mega.isEmpty, !letters.kilo.isEmpty {
      frequencies.formUnion(letters.mega)
      rates.formUnion(letters.kilo)
    }
    var facts = CaptureFacts()
    if rates.count == 1 { facts.sampleRate = rates.first }
    if frequencies.count == 1, let frequency = frequencies.first,
      frequency >= lowestCenter || facts.sampleRate != nil
    {
      facts.centerFrequency = frequency
    }
    return facts
  }
}
