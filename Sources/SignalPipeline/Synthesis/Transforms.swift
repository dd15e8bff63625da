/// The DFT plans that synthesis uses, made when first needed and kept.
///
/// One a thread; what a plan computes depends on its length alone.
package final class Transforms {
  private struct Key: Hashable {
    var count: Int
    var direction: FFTPlan.Direction
  }

  /// Lets a dictionary hold a plan, which cannot be copied.
  private final class Box {
    var plan: FFTPlan
    init(_ key: Key) { plan = FFTPlan(count: key.count, direction: key.direction) }
  }

  private var plans: [Key: Box] = [:]

  /// Creates an empty store.
  package init() {}

  /// Replaces `X` by `Σ_k X[k]·exp(+2πi·nk/N)`, not divided by `N`.
  package func inverse(_ values: inout [IQSample]) {
    box(Key(count: values.count, direction: .inverse)).plan.transform(&values)
  }

  /// Replaces `x` by `Σ_n x[n]·exp(−2πi·nk/N)`.
  package func forward(_ values: inout [IQSample]) {
    box(Key(count: values.count, direction: .forward)).plan.transform(&values)
  }

  private func box(_ key: Key) -> Box {
    if let known = plans[key] { return known }
    let made = Box(key)
    plans[key] = made
    return made
  }
}
