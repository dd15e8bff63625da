internal import Glibc

/// Where along frequency a network looks when it tells a class.
///
/// A stretch of an example's features is faded to the noise floor and the network asked again. What
/// the log-odds of the right class lose is what that stretch told it:
///
///     fall(j) = log-odds(x) − log-odds(x + w_j·(floor − x)),   log-odds = log(p / (1 − p))
///
/// `w_j` is a Hann window over 1/32 of the band around cell `j`; the floor is the 20th percentile of
/// the example's features, for each channel its own. The log-odds do not saturate as probabilities
/// do. It takes no gradients, and so serves any network. The falls of a class's examples are
/// averaged with each signal moved to 0 Hz.
///
/// Source: M. D. Zeiler and R. Fergus, "Visualizing and understanding convolutional networks",
/// ECCV 2014, section 4.2, with stretches of frequency instead of squares of an image.
package struct OcclusionProfile: Hashable, Sendable {
  /// The class that was told, an index into the model's.
  package let label: Int

  /// How many examples are averaged.
  package let examples: Int

  /// What the log-odds lose [nats], from −½ to ½ of the band around the signal.
  package let falls: [Double]

  /// The mean feature at the same frequencies, of the first channel, in [0,1].
  package let features: [Double]

  /// The most cells that the band is cut into.
  package static let mostCells = 128

  /// The most examples that a class is averaged over.
  package static let mostExamples = 8

  /// The work that is spent on all classes together, where fewer examples stay within it [FLOP].
  private static let work = 2e11

  /// The frequency of a cell's middle in relation to the signal's [cycles/sample].
  package static func frequency(of cell: Int, of cells: Int) -> Double {
    Double(cell - cells / 2) / Double(cells)
  }

  /// Occludes examples that were told rightly, some of each class, evenly from the first to the
  /// last.
  ///
  /// A signal is where its conditions say; without them it is at its spectrum's highest bin.
  ///
  /// - Parameters:
  ///   - scored: What the model said.
  ///   - workers: The largest number of threads; the result never depends on it.
  /// - Returns: A profile for each class of which an example was told rightly; none for a model
  ///   of one class, which has no odds.
  /// - Throws: ``FileError`` when a spectrum can't be read.
  package static func profiles(of scored: ScoredDataset, workers: Int) throws -> [Self] {
    let classes = scored.model.classes.count
    guard classes >= 2 else { return [] }
    let occlusion = try Occlusion(scored)
    let flops = Double(max(occlusion.network.summary.reduce(0) { $0 + $1.flops }, 1))
    let afforded = work / (flops * Double(classes * occlusion.cells))
    let wanted = min(mostExamples, max(2, Int(min(afforded, 1e6))))
    let scores = scored.scores
    let predictions = scores.predictions
    var rows = [[Int]](repeating: [], count: classes)
    for (place, label) in scores.labels.enumerated() where predictions[place] == label {
      rows[label].append(scored.examples[place])
    }
    let picked = rows.map { rows in
      rows.count <= wanted ? rows : (0..<wanted).map { rows[$0 * rows.count / wanted] }
    }
    let asked = picked.enumerated().flatMap { label, rows in rows.map { (row: $0, label: label) } }
    let parts = try Parallel.map(asked.count, workers: workers) {
      occlusion.network.makeWorkspace(count: occlusion.network.inferenceBatch)
    } _: { workspace, index in
      try occlusion.profile(of: asked[index].row, label: asked[index].label, &workspace)
    }
    return picked.indices.compactMap { label in
      let own = asked.indices.filter { asked[$0].label == label }.map { parts[$0] }
      return own.isEmpty ? nil : Self(label: label, of: own, cells: occlusion.cells)
    }
  }

  private init(label: Int, of parts: [Part], cells: Int) {
    func mean(_ values: (Part) -> [Double]) -> [Double] {
      (0..<cells).map { cell in
        parts.reduce(0) { $0 + values($1)[cell] } / Double(parts.count)
      }
    }
    self.label = label
    examples = parts.count
    falls = mean(\.falls)
    features = mean(\.features)
  }

  /// The falls of one example.
  private struct Part: Sendable {
    var falls: [Double]
    var features: [Double]
  }

  /// What all examples share.
  private struct Occlusion: Sendable {
    let scored: ScoredDataset
    let network: Network
    let transform: FeatureTransform
    let cells: Int
    /// The positions of the network's input.
    let length: Int

    init(_ scored: ScoredDataset) throws {
      self.scored = scored
      network = try scored.model.makeNetwork()
      transform = try FeatureTransform(scored.model.features)
      length = transform.configuration.shape.length
      cells = min(length, OcclusionProfile.mostCells)
    }

    func profile(
      of row: Int, label: Int, _ workspace: inout Network.Workspace
    ) throws(FileError) -> Part {
      let configuration = transform.configuration
      let channels = configuration.channels.count
      let spectrum = try scored.dataset.spectra.values(of: row)
      let rotation = transform.rotation(of: spectrum.span, channels: scored.dataset.channels)
      var features = [Float](repeating: 0, count: transform.count)
      var span = features.mutableSpan
      transform.apply(
        spectrum.span, of: scored.dataset.channels, rotation: rotation, to: &span)
      let floors = (0..<channels).map { channel in
        features[channel * length..<(channel + 1) * length].sorted()[length / 5]
      }
      // The first is not occluded.
      var odds: [Double] = []
      for part in Batching.parts(of: 0..<cells + 1, atMost: network.inferenceBatch) {
        var input = Batch(count: part.count, shape: configuration.shape)
        for (place, occluded) in part.enumerated() {
          let values =
            occluded == 0 ? features : hidden(features, cell: occluded - 1, floors: floors)
          input.store(values, at: place)
        }
        network.forward(
          input, parameters: scored.model.parameters, mode: .inference, workspace: &workspace)
        let width = network.outputShape.count
        for place in 0..<part.count {
          odds.append(logOdds(workspace.logits[place * width..<(place + 1) * width], of: label))
        }
      }
      let shift = shift(of: row, spectrum, rotation: rotation)
      func aligned(_ values: (_ cell: Int) -> Double) -> [Double] {
        (0..<cells).map { values(((($0 - shift) % cells) + cells) % cells) }
      }
      return Part(
        falls: aligned { odds[0] - odds[$0 + 1] },
        features: aligned { cell in
          let positions = cell * length / cells..<(cell + 1) * length / cells
          return positions.reduce(0) { $0 + Double(features[$1]) } / Double(positions.count)
        })
    }

    /// The features with a stretch around a cell faded to the floor.
    private func hidden(_ features: [Float], cell: Int, floors: [Float]) -> [Float] {
      var features = features
      let reach = max(1, length / 64)
      let middle = (2 * cell + 1) * length / (2 * cells)
      for distance in -reach...reach {
        let share = cos(Double.pi / 2 * Double(distance) / Double(reach + 1))
        let weight = Float(share * share)
        let position = ((middle + distance) % length + length) % length
        for (channel, floor) in floors.enumerated() {
          let place = channel * length + position
          features[place] += weight * (floor - features[place])
        }
      }
      return features
    }

    /// `log(p / (1 − p))` of a class at the model's temperature [nats].
    private func logOdds(_ logits: ArraySlice<Float>, of label: Int) -> Double {
      let temperature = Double(scored.model.temperature)
      let own = logits.startIndex + label
      let others = logits[..<own] + logits[(own + 1)...]
      return Double(logits[own]) / temperature
        - Probability.logSum(of: others, temperature: temperature)
    }

    /// How many cells bring the features of an example to where its signal is at 0 Hz, which is
    /// the cell in the middle.
    private func shift(of row: Int, _ spectrum: [Float], rotation: Int) -> Int {
      let bins = transform.configuration.bins
      let place: Double
      if scored.dataset.conditions.isEmpty {
        let density = spectrum[..<bins]
        place = Double(density.indices.max { density[$0] < density[$1] } ?? 0)
      } else {
        // The bin of a frequency, which may be told beyond the band.
        let offset = scored.dataset.conditions[row].offset
        place = offset.remainder(dividingBy: 1) * Double(bins) + Double(bins / 2)
      }
      let cell = ((place - Double(rotation)) * Double(cells) / Double(bins)).rounded(.down)
      return cell.isFinite ? cells / 2 - Int(cell) : 0
    }
  }
}
