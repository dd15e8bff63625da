import SignalPipeline

extension SpectrumText {
  /// The names of the columns.
  var csvHeader: String {
    var columns: [String] = []
    if isSeries { columns.append("start_sample") }
    if isSeries, capture.sampleRate != nil { columns.append("start_s") }
    columns.append(capture.sampleRate == nil ? "frequency_cycles_per_sample" : "frequency_hz")
    for name in [powerColumn, levelColumn].compactMap(\.self) {
      columns.append(name)
      if presentation.confidence { columns += ["\(name)_low95", "\(name)_high95"] }
    }
    if presentation.kurtosis { columns.append("kurtosis") }
    return columns.joined(separator: ",") + "\n"
  }

  /// One line a bin.
  func csv(of record: Record) -> String {
    var start = ""
    if isSeries {
      start = "\(record.row.start),"
      if let rate = capture.sampleRate { start += "\(Double(record.row.start) / rate)," }
    }
    // The estimate, then the ends of its interval.
    var factors = [1.0]
    if presentation.confidence, let interval = record.spectrum.confidenceInterval() {
      factors += [interval.lowerBound, interval.upperBound]
    }
    let levels = factors.map(Decibels.level)
    var text = ""
    for (bin, power) in record.powers.enumerated() {
      let place = PowerSpectrum.frequency(ofBin: bin, of: record.powers.count)
      text += "\(start)\(frequencies.value(place))"
      if powerColumn != nil { for factor in factors { text += ",\(Float(power * factor))" } }
      if levelColumn != nil {
        let level = Decibels.level(power)
        for step in levels { text += "," + NumberText.fixed(level + step, decimals: 3) }
      }
      if presentation.kurtosis {
        let value = record.spectrum.kurtosis?[bin] ?? .nan
        text += value.isFinite ? ",\(value)" : ","
      }
      text += "\n"
    }
    return text
  }

  /// The name of the powers, which tells their unit; `nil` where they are not told.
  private var powerColumn: String? { presentation.kind == .db ? nil : "\(quantity)_\(square)" }

  /// The name of the levels.
  private var levelColumn: String? {
    if presentation.kind == .linear { return nil }
    if presentation.scale == .density { return "density_db_\(square)" }
    return presentation.voltsPerFs == nil ? "power_dbfs" : "power_dbv"
  }

  private var quantity: String { presentation.scale == .density ? "density" : "power" }

  private var square: String {
    (presentation.voltsPerFs == nil ? "fs2" : "v2")
      + (presentation.scale == .density && capture.sampleRate != nil ? "_per_hz" : "")
  }
}
