import SignalPipeline

/// A network's layers as a table for people.
struct NetworkText {
  private let network: Network
  private let features: FeatureConfiguration
  private let sampleRate: Double?
  private let bandwidths: ClosedRange<Double>?

  /// - Parameters:
  ///   - network: The network.
  ///   - features: How spectra become its input.
  ///   - sampleRate: What frequencies are told in [Hz]; `nil` for cycles/sample.
  ///   - bandwidths: Those of the signals that it is to see, over the sample rate.
  init(
    _ network: Network, features: FeatureConfiguration, sampleRate: Double? = nil,
    bandwidths: ClosedRange<Double>? = nil
  ) {
    self.network = network
    self.features = features
    self.sampleRate = sampleRate
    self.bandwidths = bandwidths
  }

  /// One line a layer: output shape, weight shapes, parameters, FLOPs, receptive field; then what
  /// to know of the whole.
  var table: String {
    var rows = [["LAYER", "OUTPUT", "WEIGHTS", "PARAMETERS", "MFLOP", "RECEPTIVE FIELD"]]
    rows.append(["input", "\(network.inputShape)", "", "", "", ""])
    for layer in network.summary {
      rows.append([
        "\(layer.place) \(layer.name)", "\(layer.outputShape)",
        layer.parameters.filter(\.isTrainable)
          .map { "(\($0.shape.map(String.init).joined(separator: ", ")))" }
          .joined(separator: " "),
        layer.parameterCount == 0 ? "" : "\(layer.parameterCount)",
        layer.flops == 0 ? "" : NumberText.fixed(Double(layer.flops) / 1e6, decimals: 3),
        field(layer.receptiveField),
      ])
    }
    let flops = network.summary.reduce(0) { $0 + $1.flops }
    let trainable = network.parameters.filter(\.isTrainable).reduce(0) { $0 + $1.range.count }
    return Self.aligned(rows) + """
      \(trainable) trainable parameters, \
      \(NumberText.fixed(Double(flops) / 1e6, decimals: 3)) MFLOP an example

      """ + positions + (narrowness.map { $0 + "\n" } ?? "")
  }

  /// That no value sees the widest signal whole, where what values see is pooled.
  var narrowness: String? {
    guard let (pool, positions) = network.pooledField, let widest = bandwidths?.upperBound
    else { return nil }
    let width = (widest * Double(features.bins)).rounded(.up)
    let seen = positions * features.binsPerFeature
    guard Double(seen) < width else { return nil }
    return "layer \(pool.place) pools values that see \(seen) bins each; the signals are up to "
      + "\(Int(width)) bins wide, and no value sees such a one whole"
  }

  /// What a reader of the layers may miss: that the class hangs on where the signal is.
  private var positions: String {
    let lengths = [network.inputShape.length] + network.summary.map(\.outputShape.length)
    guard
      let flatten = zip(network.summary, lengths).first(where: { layer, length in
        layer.name == Flatten.name && length > 1
      }), ![.canonical, .centroid].contains(features.roll)
    else { return "" }
    return """
      layer \(flatten.0.place) lays \(flatten.1) positions in one row: the weights behind it are tied \
      to them, and what was trained at one offset fails at others, unless --roll canonical moves \
      every signal to the same place

      """
  }

  /// Positions of the input, as bins of the spectrum and a bandwidth.
  private func field(_ positions: Int) -> String {
    let bins = positions * features.binsPerFeature
    let width = Double(bins) / Double(features.bins)
    let unit =
      sampleRate.map { NumberText.withPrefix(width * $0, unit: "Hz", decimals: 1) }
      ?? "\(NumberText.fixed(width, decimals: 4)) cycles/sample"
    return "\(bins) bins, \(unit)"
  }

  private static func aligned(_ rows: [[String]]) -> String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = zip(row, widths)
        .map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}
