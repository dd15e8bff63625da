/// The DFTs that synthesis uses, prepared when first needed and kept.
///
/// One a thread; what is computed depends on the length alone, on every machine.
package final class Transforms {
  private var known: [Int: FourierTransform] = [:]

  /// Creates an empty store.
  package init() {}

  /// Replaces `X` by `Σ_k X[k]·exp(+2πi·nk/N)`, not divided by `N`.
  package func inverse(_ values: inout [IQSample]) {
    transform(of: values.count).transform(&values, inverse: true)
  }

  /// Replaces `x` by `Σ_n x[n]·exp(−2πi·nk/N)`.
  package func forward(_ values: inout [IQSample]) {
    transform(of: values.count).transform(&values, inverse: false)
  }

  private func transform(of count: Int) -> FourierTransform {
    if let known = known[count] { return known }
    let made = FourierTransform(count: count)
    known[count] = made
    return made
  }
}
