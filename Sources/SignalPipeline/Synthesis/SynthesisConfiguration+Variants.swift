extension SynthesisConfiguration {
  /// Checks that the variants are those of generated classes, each told once.
  ///
  /// - Throws: ``ConfigurationError`` whose field is `variants.` and the class.
  func validateVariants() throws(ConfigurationError) {
    let chosen = (variants ?? [:]).sorted { $0.key.rawValue < $1.key.rawValue }
    for (signalClass, names) in chosen {
      func fault(_ reason: String) -> ConfigurationError {
        ConfigurationError("variants.\(signalClass.rawValue)", reason)
      }
      let known = signalClass.variants.map(\.name)
      let list = known.joined(separator: ", ")
      guard classes.contains(signalClass) else {
        let all = classes.map(\.rawValue).joined(separator: ", ")
        throw fault("is none of the classes \(all)")
      }
      guard !known.isEmpty else {
        let others = SignalClass.withVariants.map(\.rawValue).joined(separator: ", ")
        throw fault("has no variants; \(others) have")
      }
      guard !names.isEmpty else { throw fault("names none; there are \(list)") }
      for variant in names where !known.contains(variant) {
        throw fault("has no \"\(variant)\"; there are \(list)")
      }
      var seen: Set<String> = []
      for variant in names where !seen.insert(variant).inserted {
        throw fault("has \"\(variant)\" twice; tell each once")
      }
    }
  }
}
