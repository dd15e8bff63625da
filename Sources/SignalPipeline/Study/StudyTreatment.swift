/// What a training of the study does about signals elsewhere in the band.
package enum StudyTreatment: String, Hashable, Codable, Sendable, CaseIterable {
  /// Nothing: centred spectra, seen where they were measured.
  case measured = "as-measured"
  /// Centred spectra, each rolled by any number of bins, another in every epoch.
  case rolled = "random-roll"
  /// The same signals generated with offsets over the whole band, one offset each.
  case redrawn = "redrawn-offsets"
  /// Centred spectra, rolled as ``rolled``; at inference the maximum comes to bin 0.
  case canonical = "canonical-roll"

  /// The roll of the features.
  var roll: FeatureConfiguration.Roll {
    switch self {
    case .measured, .redrawn: .none
    case .rolled: .random
    case .canonical: .canonical
    }
  }

  /// Where the training signals lie.
  var offset: SynthesisConfiguration.Offset { self == .redrawn ? .any : .centred }

  /// The name in tables.
  package var name: String { rawValue.replacing("-", with: " ") }
}
