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
    return [
      ("type", .text("band")), ("source", .text(capture.path)),
      ("window", .integer(window.index)), ("start_sample", .integer(window.start)),
      ("start_s", .optional(rate.map { Double(window.start) / $0 })),
      ("samples", .integer(window.samples)),
    ] + fields(of: result.prediction) + [
      ("band", .integer(index)), ("frequency", .number(band.centre)),
      (
        "frequency_hz", .optional(rate.map { band.centre * $0 + (capture.centerFrequency ?? 0) })
      ),
      ("bandwidth", .number(band.width)), ("bandwidth_hz", .optional(rate.map { band.width * $0 })),
      ("snr_db", .number(band.snr)), ("active_share", .number(result.activeShare)),
      ("band_kind", .text(band.kind.rawValue)),
      ("reason", result.reason.map { .text("\($0)") } ?? .nothing),
    ]
  }

  /// One band as a line for people, beneath its window's.
  func line(of result: BandResult, _ capture: CaptureInfo) -> String {
    let (band, name) = (result.band, result.prediction.label(classes: classes))
    func text(_ frequency: Double, offset: Double) -> String {
      guard let rate = capture.sampleRate else {
        return "\(NumberText.fixed(frequency, decimals: 4)) cycles/sample"
      }
      return NumberText.withPrefix(frequency * rate + offset, unit: "Hz")
    }
    let reason = result.reason.map { ": \($0)" } ?? ""
    return "  \(Self.left(name, 10))\(Self.right(Self.confidence(of: result.prediction), 9))  at "
      + text(band.centre, offset: capture.centerFrequency ?? 0) + ", "
      + text(band.width, offset: 0) + " wide, SNR \(NumberText.fixed(band.snr, decimals: 1)) dB"
      + reason + "\n"
  }
}
