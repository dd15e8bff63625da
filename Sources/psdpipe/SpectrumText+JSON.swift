import SignalPipeline

extension SpectrumText {
  /// One object on one line: where and how, the measures, then the bins.
  ///
  /// Frequencies are listed for a single spectrum; first and step tell them in a series, too.
  func json(of record: Record) throws -> String {
    let (spectrum, row) = (record.spectrum, record.row)
    let bins = spectrum.density.count
    let levels = presentation.kind == .db
    var fields = [
      (
        "source", String(decoding: try JSON.encode(capture.path, path: capture.path), as: UTF8.self)
      ),
      ("start_sample", "\(row.start)"),
      ("start_s", Self.number(capture.sampleRate.map { Double(row.start) / $0 })),
      ("samples", "\(row.samples)"),
      ("sample_rate_hz", Self.number(capture.sampleRate)),
      ("center_hz", Self.number(capture.centerFrequency)),
      ("unit", "\"\(levels ? unit.levelDescription : unit.description)\""),
      ("level_unit", "\"\(unit.levelDescription)\""),
      ("frequency_unit", "\"\(frequencies.unit)\""),
      ("segments", "\(spectrum.segments)"),
      ("fft_plan", "\"\(FFTWisdom.plan(ofLength: spectrum.density.count).rawValue)\""),
      ("averages", Self.number(spectrum.averages)),
      ("interval_95", interval(of: spectrum)),
      ("noise_bandwidth", Self.number(frequencies.width(spectrum.noiseBandwidth))),
    ]
    fields += measures(of: record)
    let axis = (0..<bins).map {
      frequencies.value(PowerSpectrum.frequency(ofBin: $0, of: bins))
    }
    fields.append(("first_frequency", Self.number(axis.first)))
    fields.append(("frequency_step", Self.number(frequencies.width(1 / Double(bins)))))
    if !isSeries { fields.append(("frequency", Self.list(axis.map(Self.number)))) }
    fields.append(
      (
        presentation.scale == .density ? "density" : "power",
        Self.list(
          record.powers.map {
            levels ? Self.level($0) : Self.number(Float($0))
          })
      ))
    if presentation.kurtosis {
      fields.append(
        ("kurtosis", spectrum.kurtosis.map { Self.list($0.map(Self.number)) } ?? "null"))
    }
    return Self.object(fields) + "\n"
  }

  /// What each value is multiplied by, or with `--db` what is added, for the interval's ends.
  private func interval(of spectrum: PowerSpectrum) -> String {
    guard let interval = spectrum.confidenceInterval() else { return "null" }
    return Self.list(
      [interval.lowerBound, interval.upperBound].map {
        presentation.kind == .db ? Self.level($0) : Self.number($0)
      })
  }

  private func measures(of record: Record) -> [(String, String)] {
    let (measures, wanted) = (record.measures, presentation.measures)
    let factor = unit.factor(noiseBandwidth: record.spectrum.noiseBandwidth)
    var fields: [(String, String)] = []
    if wanted.noiseFloor {
      fields.append(
        ("noise_floor_db", measures.noiseFloor.map { Self.level($0 * factor) } ?? "null"))
    }
    if wanted.occupiedShare != nil {
      let band = measures.occupied.map { band in
        Self.object([
          ("share", Self.number(band.share)),
          ("noise_subtracted", "\(!wanted.countsNoise)"),
          ("width", Self.number(frequencies.width(band.width))),
          ("lower", Self.number(frequencies.value(band.lower))),
          ("upper", Self.number(frequencies.value(band.upper))),
        ])
      }
      fields.append(("occupied_bandwidth", band ?? "null"))
    }
    if wanted.peaks > 0 {
      let peaks = measures.peaks.map { peak in
        Self.object([
          ("frequency", Self.number(frequencies.value(peak.frequency))),
          ("level_db", Self.level(peak.density * factor)),
          ("prominence_db", Self.rounded(peak.prominence)),
        ])
      }
      fields.append(("peaks", Self.list(peaks)))
    }
    return fields
  }

  private static func object(_ fields: [(String, String)]) -> String {
    "{" + fields.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
  }

  private static func list(_ values: [String]) -> String {
    "[" + values.joined(separator: ",") + "]"
  }

  /// The fewest digits that bring a number back; JSON has none that are not finite.
  private static func number(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "null" }
    return "\(value)"
  }

  private static func number(_ value: Float) -> String { value.isFinite ? "\(value)" : "null" }

  /// The level of a power to a thousandth of a dB.
  private static func level(_ power: Double) -> String { rounded(Decibels.level(power)) }

  private static func rounded(_ level: Double) -> String {
    level.isFinite ? NumberText.fixed(level, decimals: 3) : "null"
  }
}
