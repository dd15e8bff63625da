/// One training of the study.
package struct StudyRun: Hashable, Codable, Sendable {
  /// What is trained.
  package var network: Architecture

  /// What is done about signals elsewhere in the band.
  package var treatment: StudyTreatment

  /// What is changed about the training; `nil` outside of the sweep.
  package var variation: StudyVariation?

  /// What data, split, weights and order follow from.
  package var seed: UInt64

  /// The name of its files.
  package var name: String {
    let what =
      variation.map { variation in
        variation.quantity == .reference
          ? "sweep.reference" : "sweep.\(variation.quantity.rawValue)-\(variation.value)"
      } ?? "\(network.rawValue).\(treatment.rawValue)"
    return "\(what).seed-\(seed)"
  }

  /// What it is called on a terminal.
  package var title: String {
    let what =
      variation.map { variation in
        variation.quantity == .reference
          ? "sweep" : "sweep, \(variation.quantity.name) \(variation.value)"
      } ?? "\(network.rawValue), \(treatment.name)"
    return "\(what), seed \(seed)"
  }
}
