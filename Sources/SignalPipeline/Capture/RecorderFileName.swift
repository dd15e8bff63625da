/// The file names of recorders that put rate, centre or time where only its position tells it.
///
/// | recorder | name | times |
/// |---|---|---|
/// | gqrx | `gqrx_20231231_120000_100000000_1800000_fc` (centre, rate), complex float | UTC |
/// | SigDigger | `sigdigger_20220308_165547Z_2560000_433500000_float32_iq` (rate, centre) | UTC |
/// | SDR#, HDSDR, SDRuno | `HDSDR_20201231_120000Z_7100kHz_RF` | UTC |
/// | SDR++ | `baseband_100000000Hz_12-00-00_31-12-2023` | local, so not told |
/// | SatDump | `2023-08-05_08-02-00_16000000SPS_2274000000Hz`, ending `s8`, `s16`, `f32` | not told |
/// | rtl-sdr-LTE | `f2565_s1.92_g0_1s` (MHz, Msps) | none |
///
/// Names that say `AF` or `audio` are of what a receiver demodulated: its frequency is no centre.
enum RecorderFileName {
  /// Reads a name of one of these forms.
  ///
  /// - Parameters:
  ///   - parts: The name without its extension, taken apart at `_`.
  ///   - ending: The name's extension.
  /// - Returns: What it tells; `nil` for every other name.
  static func facts(of parts: [String], ending: String?) -> CaptureFacts? {
    switch parts[0].lowercased() {
    case "gqrx": gqrx(parts)
    case "sigdigger": sigDigger(parts)
    case "hdsdr", "sdrsharp", "sdruno": dated(parts)
    case "baseband": parts.count > 1 ? CaptureFacts(centerFrequency: hertz(parts[1])) : nil
    case "audio": CaptureFacts()
    default: satDump(parts, ending: ending) ?? longTermEvolution(parts)
    }
  }

  private static func gqrx(_ parts: [String]) -> CaptureFacts? {
    guard parts.count >= 6, parts[5] == "fc" else { return nil }
    return CaptureFacts(
      format: .cf32, sampleRate: NamedQuantity.number(parts[4]),
      centerFrequency: NamedQuantity.number(parts[3]), startTime: time(parts[1], parts[2]))
  }

  private static func sigDigger(_ parts: [String]) -> CaptureFacts? {
    guard let end = parts.firstIndex(of: "float32"), end >= 3,
      parts.dropFirst(end + 1).first == "iq"
    else { return nil }
    return CaptureFacts(
      format: .cf32, sampleRate: NamedQuantity.number(parts[end - 2]),
      centerFrequency: NamedQuantity.number(parts[end - 1]),
      startTime: end == 5 ? time(parts[1], parts[2]) : nil)
  }

  private static func dated(_ parts: [String]) -> CaptureFacts? {
    guard parts.count >= 4 else { return nil }
    let isAudio = parts.dropFirst(4).contains { $0.uppercased() == "AF" }
    return CaptureFacts(
      centerFrequency: isAudio ? nil : hertz(parts[3]), startTime: time(parts[1], parts[2]))
  }

  /// SatDump's endings are those of a complex sample's numbers.
  private static func satDump(_ parts: [String], ending: String?) -> CaptureFacts? {
    guard parts.count == 4, let rate = quantity(parts[2], .samplesPerSecond),
      let center = hertz(parts[3])
    else { return nil }
    let format: SampleFormat? =
      switch ending?.lowercased() {
      case "s8": .ci8
      case "s16": .ci16
      case "f32": .cf32
      default: nil
      }
    return CaptureFacts(format: format, sampleRate: rate, centerFrequency: center)
  }

  /// `f2565` and `s1.92` side by side: MHz and Msps where they are small, Hz where large.
  private static func longTermEvolution(_ parts: [String]) -> CaptureFacts? {
    for (first, second) in zip(parts, parts.dropFirst())
    where first.hasPrefix("f") && second.hasPrefix("s") {
      guard let center = NamedQuantity.number(first.dropFirst()),
        let rate = NamedQuantity.number(second.dropFirst())
      else { continue }
      switch (center, rate) {
      case (10...100_000, 0.01...100):
        return CaptureFacts(
          sampleRate: NamedQuantity.scaled(rate, by: 1e6),
          centerFrequency: NamedQuantity.scaled(center, by: 1e6))
      case (1e6..., 1e4...): return CaptureFacts(sampleRate: rate, centerFrequency: center)
      default: continue
      }
    }
    return nil
  }

  private static func hertz(_ word: String) -> Double? { quantity(word, .hertz) }

  private static func quantity(_ word: String, _ unit: NamedQuantity.Unit) -> Double? {
    guard let quantity = NamedQuantity(word[...]), quantity.unit == unit else { return nil }
    return quantity.value
  }

  /// The time that `20231231` and `120000`, perhaps with a `Z`, are.
  private static func time(_ date: String, _ time: String) -> String? {
    let time = time.hasSuffix("Z") ? time.dropLast() : time[...]
    guard date.utf8.count == 8, time.utf8.count == 6, let day = Int(date), let second = Int(time),
      day >= 0, second >= 0
    else { return nil }
    return CaptureTime(
      year: day / 10_000, month: day / 100 % 100, day: day % 100, hour: second / 10_000,
      minute: second / 100 % 100, second: second % 100)?.text
  }
}
