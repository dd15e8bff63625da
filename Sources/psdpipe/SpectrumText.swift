import SignalPipeline

/// Spectra of one capture as text and pictures.
struct SpectrumText {
  /// The files that `psd` writes, by extension.
  enum Form: String, CaseIterable { case csv, json, npy, svg }

  let capture: CaptureInfo
  let presentation: SpectrumPresentation
  /// Whether there is a spectrum for each stretch of the capture.
  let isSeries: Bool

  /// One spectrum, and what was measured on it.
  struct Record {
    let row: Spectrogram.Row
    let measures: SpectrumMeasures
    /// The power of each bin in the unit.
    let powers: [Double]

    var spectrum: PowerSpectrum { row.spectrum }
  }

  var unit: SpectrumUnit { presentation.unit(sampleRate: capture.sampleRate) }

  var frequencies: FrequencyScale {
    FrequencyScale(sampleRate: capture.sampleRate, centre: capture.frequencyOrigin)
  }

  /// What stands above pictures.
  var title: String { capture.path == "-" ? "Standard input" : capture.path }

  func record(of row: Spectrogram.Row) -> Record {
    Record(
      row: row, measures: SpectrumMeasures(presentation.measures, of: row.spectrum),
      powers: row.spectrum.values(in: unit))
  }

  /// The numbers of `.npy`: powers, or with `--db` levels.
  func values(of record: Record) -> [Float] {
    record.powers.map { Float(presentation.kind == .db ? Decibels.level($0) : $0) }
  }

  /// A picture.
  func svg(of record: Record) -> String {
    LinePlot(
      record.spectrum, title: title, unit: unit, centre: frequencies.centre,
      isLinear: presentation.kind == .linear, interval: presentation.confidence,
      measures: record.measures
    ).svg().text
  }

  /// When a stretch begins, for people.
  func time(ofSample sample: Int) -> String {
    guard let rate = capture.sampleRate else { return "sample \(sample)" }
    return "\(NumberText.fixed(Double(sample) / rate, decimals: 3)) s"
  }
}
