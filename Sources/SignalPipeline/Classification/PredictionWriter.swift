/// Renders what was found as text, one event at a time.
public struct PredictionWriter: Sendable {
  /// The forms of the text.
  public enum Form: String, Hashable, Sendable, CaseIterable {
    /// One JSON object a line; every window, then a summary an input.
    case json
    /// Comma-separated values with a header line; the same records as `json`.
    case csv
    /// Aligned columns for people; one line an input, after one line a window where those are
    /// listed.
    case table
  }

  private let form: Form
  let classes: [String]
  private let listsWindows: Bool
  private let listsBands: Bool

  /// Prepares to write about a model's classes.
  ///
  /// - Parameters:
  ///   - form: The form of the text.
  ///   - classes: The names of the model's classes.
  ///   - listsWindows: Whether a table has a line a window, too.
  ///   - listsBands: Whether each window's record is followed by one a band.
  public init(
    form: Form, classes: [String], listsWindows: Bool = false, listsBands: Bool = false
  ) {
    self.form = form
    self.classes = classes
    self.listsWindows = listsWindows
    self.listsBands = listsBands
  }

  /// The text before the first event.
  public var header: String {
    switch form {
    case .json: ""
    case .csv:
      (columns + classes.map { RecordField.cell("p_\($0)") } + ["error"]).joined(
        separator: ",") + "\n"
    case .table: listsWindows ? "" : Self.summaryHeader
    }
  }

  private static let summaryHeader = row(
    "CLASS", "CONFIDENCE", "WINDOWS", "NOISE", "SKIPPED", "SOURCE")

  /// Returns an event's text, which ends with a line feed or is empty.
  public func text(of event: BatchClassifier.Event) -> String {
    switch form {
    case .json: records(of: event).map { RecordField.group($0).json + "\n" }.joined()
    case .csv: records(of: event).map(csv).joined()
    case .table: table(of: event)
    }
  }

  /// The columns of CSV before those of the classes.
  private var columns: [String] { Self.columns + (listsBands ? Self.bandColumns : []) }

  /// An event's record, and those of its bands.
  private func records(of event: BatchClassifier.Event) -> [Record] {
    guard listsBands, case .window(let window, let capture) = event else {
      return [fields(of: event)]
    }
    return [fields(of: event)]
      + window.bands.indices.map { fields(ofBand: $0, of: window, capture) }
  }

  /// The named values of one record.
  typealias Record = [(name: String, value: RecordField)]

  private static let columns = [
    "type", "source", "window", "start_sample", "start_s", "start_time", "samples", "class",
    "confidence",
    "peak_frequency", "peak_frequency_hz", "noise_floor_db", "peak_over_floor_db",
    "band_over_floor_db", "windows", "noise_windows", "skipped_samples",
    "replaced_samples", "processing", "format", "sample_rate_hz", "center_hz",
    "fft_plan",
  ]

  private func fields(of event: BatchClassifier.Event) -> Record {
    switch event {
    case .window(let window, let capture):
      let rate = capture.sampleRate
      let center = capture.centerFrequency(at: window.start)
      let origin = capture.frequencyOrigin(at: window.start)
      return place(of: window, capture, type: "window") + fields(of: window.prediction) + [
        ("peak_frequency", .number(window.presence.peakFrequency)),
        (
          "peak_frequency_hz",
          .optional(rate.map { window.presence.peakFrequency * $0 + origin })
        ),
        ("center_hz", .optional(center)),
        ("noise_floor_db", .number(window.presence.floor)),
        ("peak_over_floor_db", .number(window.presence.peakOverFloor)),
        ("band_over_floor_db", .number(window.presence.bandOverFloor)),
      ]
    case .summary(let summary):
      return [("type", .text("summary")), ("source", .text(summary.capture.path))]
        + fields(of: summary.prediction) + [
          ("windows", .integer(summary.windows)),
          ("noise_windows", .integer(summary.noiseWindows)),
          ("samples", .integer(summary.samples)),
          ("skipped_samples", .integer(summary.skippedSamples)),
          ("replaced_samples", .integer(summary.replacedSamples)),
          (
            "processing",
            summary.capture.processing.isEmpty
              ? .nothing : .text(summary.capture.processing.joined(separator: " "))
          ),
          ("format", .text(summary.capture.format.rawValue)),
          ("sample_rate_hz", .optional(summary.capture.sampleRate)),
          ("center_hz", .optional(summary.capture.centerFrequency)),
          ("fft_plan", .text(summary.plan.rawValue)),
        ]
    case .failure(let error):
      return [
        ("type", .text("error")), ("source", .text(error.path)), ("error", .text("\(error)")),
      ]
    }
  }

  /// What a window's record begins with, and those of its bands.
  func place(of window: WindowResult, _ capture: CaptureInfo, type: String) -> Record {
    [
      ("type", .text(type)), ("source", .text(capture.path)), ("window", .integer(window.index)),
      ("start_sample", .integer(window.start)),
      ("start_s", .optional(capture.sampleRate.map { Double(window.start) / $0 })),
      ("start_time", capture.time(at: window.start).map(RecordField.text) ?? .nothing),
      ("samples", .integer(window.samples)),
    ]
  }

  func fields(of prediction: Prediction) -> Record {
    let probabilities = zip(classes, prediction.probabilities).map {
      (name: $0, value: RecordField.number(Double($1)))
    }
    return [
      ("class", .text(prediction.label(classes: classes))),
      ("confidence", .optional(prediction.confidence.map(Double.init))),
      ("probabilities", probabilities.isEmpty ? .nothing : .group(probabilities)),
    ]
  }

  private func csv(_ fields: Record) -> String {
    func cell(_ name: String) -> String { fields.first { $0.name == name }?.value.csv ?? "" }
    var probabilities = [String](repeating: "", count: classes.count)
    if case .group(let values)? = fields.first(where: { $0.name == "probabilities" })?.value {
      probabilities = values.map(\.value.csv)
    }
    return (columns.map(cell) + probabilities + [cell("error")]).joined(separator: ",") + "\n"
  }

  private func table(of event: BatchClassifier.Event) -> String {
    switch event {
    case .window(let window, let capture): listsWindows ? line(of: window, capture) : ""
    case .failure(let error): Self.row("error", "", "", "", "", error.path)
    case .summary(let summary):
      (listsWindows ? Self.summaryHeader : "")
        + Self.row(
          summary.prediction.label(classes: classes), Self.confidence(of: summary.prediction),
          String(summary.windows), String(summary.noiseWindows), String(summary.skippedSamples),
          summary.capture.path)
    }
  }

  /// A window as a line for people who watch a stream.
  private func line(of window: WindowResult, _ capture: CaptureInfo) -> String {
    let peak = window.presence.peakFrequency
    let place =
      capture.sampleRate.map { rate in
        "\(NumberText.fixed(Double(window.start) / rate, decimals: 2)) s, peak at "
          + NumberText.withPrefix(
            peak * rate + capture.frequencyOrigin(at: window.start), unit: "Hz")
      } ?? "sample \(window.start), peak at \(NumberText.fixed(peak, decimals: 4)) cycles/sample"
    let name = window.prediction.label(classes: classes)
    return "\(Self.left(name, 10))\(Self.right(Self.confidence(of: window.prediction), 11))  "
      + place + "\n" + (listsBands ? bandLines(of: window, capture) : "")
  }

  static func confidence(of prediction: Prediction) -> String {
    prediction.confidence.map { NumberText.fixed(Double($0), decimals: 3) } ?? ""
  }

  static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static func row(
    _ name: String, _ confidence: String, _ windows: String, _ noise: String, _ skipped: String,
    _ source: String
  ) -> String {
    // A file's name may hold line feeds and what moves a terminal's cursor.
    let source = String(
      String.UnicodeScalarView(
        source.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
    return "\(left(name, 10))\(right(confidence, 11))\(right(windows, 9))\(right(noise, 7))"
      + "\(right(skipped, 9))  \(source)\n"
  }
}
