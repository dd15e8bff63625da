extension SynthesisConfiguration {
  /// Checks that the variants are those of generated classes, each told once.
  func validateVariants() throws(ConfigurationError) {
    let chosen = (variants ?? [:]).sorted { $0.key.rawValue < $1.key.rawValue }
    for (signalClass, names) in chosen {
      let name = signalClass.rawValue
      let known = signalClass.variants.map(\.name)
      func fault(_ reason: String) -> ConfigurationError { ConfigurationError("variants", reason) }
      guard classes.contains(signalClass) else {
        let all = classes.map(\.rawValue).joined(separator: ", ")
        throw fault("are told of \(name), which is none of the classes \(all)")
      }
      guard !known.isEmpty else {
        let others = SignalClass.withVariants.map(\.rawValue).joined(separator: ", ")
        throw fault("are told of \(name), which has none; \(others) have")
      }
      guard !names.isEmpty else {
        throw fault("of \(name) are none; there are \(known.joined(separator: ", "))")
      }
      for variant in names where !known.contains(variant) {
        throw fault(
          "of \(name) have \"\(variant)\"; there are \(known.joined(separator: ", "))")
      }
      var seen: Set<String> = []
      for variant in names where !seen.insert(variant).inserted {
        throw fault("of \(name) have \"\(variant)\" twice; tell each once")
      }
    }
  }
}
