import SignalPipeline

/// A file that spectra go to; nothing is seen at its path before ``commit()``.
final class SpectrumFile {
  private let path: String
  private let form: SpectrumText.Form
  private let text: SpectrumText
  private var file: OutputFile?
  private var rows: NPYWriter<Float>?
  private var values: [Float] = []

  /// Opens a file, so that what cannot be written is told before a stream is read.
  init(_ output: OutputPath<SpectrumText.Form>, text: SpectrumText, bins: Int) throws {
    path = output.path
    form = output.format
    self.text = text
    if form != .npy {
      file = try OutputFile(path)
      if form == .csv { try file?.append(text.csvHeader) }
    } else if text.isSeries {
      rows = try NPYWriter(path, rowShape: [bins])
    } else {
      try OutputFile.check(path)
    }
  }

  func add(_ record: SpectrumText.Record) throws {
    switch form {
    case .csv: try file?.append(text.csv(of: record))
    case .json: try file?.append(text.json(of: record))
    case .svg: try file?.append(text.svg(of: record))
    case .npy where text.isSeries: try rows?.append(text.values(of: record))
    case .npy: values = text.values(of: record)
    }
  }

  func commit() throws {
    if let file = file.take() { try file.commit() }
    if let rows = rows.take() { try rows.commit() }
    if form == .npy, !text.isSeries {
      try NPYFile.write(values, shape: [values.count], to: path)
    }
  }
}
