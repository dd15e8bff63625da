extension Network {
  /// The first layer that pools all positions, and how many positions of the input one of the
  /// values that it pools sees; `nil` where none does: a dense layer behind flattened positions
  /// sees them all.
  package var pooledField: (pool: LayerSummary, positions: Int)? {
    guard let place = summary.firstIndex(where: { $0.name == GlobalPool1d.name }) else {
      return nil
    }
    return (summary[place], place == 0 ? 1 : summary[place - 1].receptiveField)
  }
}
