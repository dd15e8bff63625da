import SignalPipeline

/// A model's configuration as lines for people.
struct ModelText {
  private let model: Model

  init(_ model: Model) { self.model = model }

  private var sampleRate: String {
    model.sampleRate.map { ", at \(NumberText.withPrefix($0, unit: "samples/s"))" } ?? ""
  }

  private var bandwidths: String {
    guard let range = model.bandwidths else { return "" }
    let ends = [range.lowerBound, range.upperBound].map { NumberText.fixed($0, decimals: 3) }
    return ", trained for bands of \(ends[0]) to \(ends[1]) of the sample rate"
  }

  /// Classes, window, spectrum, features, decision and provenance.
  var summary: String {
    let features = model.features
    let provenance = model.provenance
    let figures = provenance.figures.sorted { $0.key < $1.key }
      .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    return """
      classes     \(model.classes.joined(separator: ", "))
      window      \(model.window) samples\(bandwidths)\(sampleRate)
      spectrum    \(model.spectrum)
      channels    \(features.channels.map(\.rawValue).joined(separator: ", "))
      features    roll \(features.roll.rawValue), mean of \(features.binsPerFeature) bins, \
      \(features.normalization.name)
      decision    temperature \(NumberText.fixed(Double(model.temperature), decimals: 3)), \
      unknown below \(NumberText.fixed(Double(model.confidenceThreshold), decimals: 3))
      made by     psdpipe \(provenance.version) \(provenance.recipe)
      measured    \(figures)

      """
  }
}
