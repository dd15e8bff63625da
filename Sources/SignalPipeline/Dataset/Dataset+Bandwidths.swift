extension Dataset {
  /// The occupied bandwidths of the examples, least to greatest, over the sample rate; `nil` unless
  /// each example has one.
  package var bandwidths: ClosedRange<Double>? {
    let widths = conditions.map(\.bandwidth)
    guard let least = widths.min(), let most = widths.max(), least > 0, most <= 1 else {
      return nil
    }
    return least...most
  }
}
