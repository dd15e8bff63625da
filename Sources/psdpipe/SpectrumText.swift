import SignalPipeline

/// A spectrum with its capture's rate and centre, as text.
struct SpectrumText {
  /// The files that `psd` writes, by extension.
  enum Form: String, CaseIterable { case csv, json, npy, svg }

  let spectrum: PowerSpectrum
  let capture: CaptureInfo

  /// What densities are divided by: the sample rate where it is known.
  private var rate: Double { capture.sampleRate ?? 1 }

  private var frequencies: [Double] {
    spectrum.density.indices.map {
      PowerSpectrum.frequency(ofBin: $0, of: spectrum.density.count) * rate
        + (capture.sampleRate == nil ? 0 : capture.frequencyOrigin)
    }
  }

  private var densities: [Double] { spectrum.density.map { Double($0) / rate } }

  /// One line a bin: frequency, density, level in dB.
  var csv: String {
    let units =
      capture.sampleRate == nil
      ? "frequency_cycles_per_sample,density_fs2,density_db"
      : "frequency_hz,density_fs2_per_hz,density_db"
    var text = units + "\n"
    for (frequency, density) in zip(frequencies, densities) {
      text += "\(frequency),\(Float(density)),"
      text += NumberText.fixed(Decibels.level(density), decimals: 3) + "\n"
    }
    return text
  }

  /// One object: the configuration's facts, then the two arrays.
  var json: String {
    func list(_ values: [String]) -> String { "[" + values.joined(separator: ",") + "]" }
    let optional = { (value: Double?) in value.map { "\($0)" } ?? "null" }
    return """
      {"sample_rate_hz":\(optional(capture.sampleRate)),\
      "center_hz":\(optional(capture.centerFrequency)),\
      "unit":"\(capture.sampleRate == nil ? "FS²/(cycle/sample)" : "FS²/Hz")",\
      "segments":\(spectrum.segments),\
      "fft_plan":"\(FFTWisdom.plan(ofLength: spectrum.density.count).rawValue)",\
      "frequency":\(list(frequencies.map { "\($0)" })),\
      "density":\(list(densities.map { "\(Float($0))" }))}

      """
  }

  /// A picture.
  var svg: String {
    LinePlot(
      spectrum, title: capture.path == "-" ? "Standard input" : capture.path,
      sampleRate: capture.sampleRate, centre: capture.frequencyOrigin
    ).svg().text
  }
}
