extension PredictionWriter {
  /// The columns of CSV that only bands have.
  static let bandColumns = [
    "band", "frequency", "frequency_hz", "bandwidth", "bandwidth_hz", "snr_db", "active_share",
    "band_kind", "reason",
  ]

  /// One band of a window as a record.
  func fields(ofBand index: Int, of window: WindowResult, _ capture: CaptureInfo) -> Record {
    let result = window.bands[index]
    let (band, rate) = (result.band, capture.sampleRate)
    let origin = capture.frequencyOrigin(at: window.start)
    return place(of: window, capture, type: "band") + fields(of: result.prediction) + [
      ("band", .integer(index)), ("frequency", .number(band.centre)),
      ("frequency_hz", .optional(rate.map { band.centre * $0 + origin })),
      ("bandwidth", .number(band.width)), ("bandwidth_hz", .optional(rate.map { band.width * $0 })),
      ("snr_db", .number(band.snr)), ("active_share", .number(result.activeShare)),
      ("band_kind", .text(band.kind.rawValue)),
      ("reason", result.reason.map { .text("\($0)") } ?? .nothing),
    ]
  }

  /// A window's bands as lines for people, beneath its own.
  func bandLines(of window: WindowResult, _ capture: CaptureInfo) -> String {
    let origin = capture.frequencyOrigin(at: window.start)
    return window.bands.map { line(of: $0, rate: capture.sampleRate, origin: origin) }.joined()
  }

  private func line(of result: BandResult, rate: Double?, origin: Double) -> String {
    let (band, name) = (result.band, result.prediction.label(classes: classes))
    func text(_ frequency: Double, offset: Double) -> String {
      guard let rate else {
        return "\(NumberText.fixed(frequency, decimals: 4)) cycles/sample"
      }
      return NumberText.withPrefix(frequency * rate + offset, unit: "Hz")
    }
    let reason = result.reason.map { ": \($0)" } ?? ""
    return "  \(Self.left(name, 10))\(Self.right(Self.confidence(of: result.prediction), 9))  at "
      + text(band.centre, offset: origin) + ", "
      + text(band.width, offset: 0) + " wide, SNR \(NumberText.fixed(band.snr, decimals: 1)) dB"
      + reason + "\n"
  }
}
