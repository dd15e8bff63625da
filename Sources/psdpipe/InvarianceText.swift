import SignalPipeline

/// What shifts of the frequency change, as lines for people.
struct InvarianceText {
  let invariance: Invariance

  init(_ invariance: Invariance) { self.invariance = invariance }

  /// Circular shifts of the spectra, then those of the samples if there were any.
  var summary: String {
    let spectra = invariance.spectra
    var text = "circular shifts of \(spectra.examples) spectra\n"
    if spectra.featureShifts > 0 {
      text += "  features: \(spectra.examples - spectra.differing) of \(spectra.examples) the same "
      text += "bytes at all \(spectra.featureShifts) shifts\n"
    }
    text += "  logits: change by \(figure(spectra.largestLogitDifference)) at most at "
    text += "\(spectra.logitShifts) shifts; one class for \(spectra.consistent.successes) of "
    text += "\(spectra.consistent.count)\n"
    if let found = invariance.wholeBins { text += lines("whole bins", found) }
    if let found = invariance.betweenBins { text += lines("parts of a bin", found) }
    return text
  }

  private func lines(_ kind: String, _ found: Invariance.SampleShifts) -> String {
    var text = "samples of \(found.examples) examples shifted by \(found.shifts) \(kind)\n"
    text += row("", ["median", "99 %", "99.9 %", "largest"])
    text += row("  |Δ logit|", found.logits)
    text += row("  |Δ p|", found.probabilities)
    text += row("  |Δ p|, worst shift", found.worstProbabilities)
    text += "  another class: \(found.flips) of \(found.examples * found.shifts), "
    text += "\(found.confidentFlips) of them with p of 0.9 or above\n"
    if let worst = found.worst {
      text += "  largest |Δ p|: example \(worst.example) by "
      text += "\(NumberText.fixed(worst.shift, decimals: 3)) bins\n"
    }
    if found.nearTies.examples > 0 {
      text += "  apart: \(found.nearTies.examples) near-ties of the highest bin, |Δ logit| up to "
      text += "\(figure(found.nearTies.largestLogitDifference))\n"
    }
    return text
  }

  private func row(_ name: String, _ spread: Invariance.Spread) -> String {
    let values = [spread.median, spread.percentile99, spread.percentile999, spread.largest]
    return row(name, values.map(figure))
  }

  private func row(_ name: String, _ values: [String]) -> String {
    name + String(repeating: " ", count: max(0, 20 - name.count))
      + values.map { right($0, 10) }.joined() + "\n"
  }

  /// Two digits, such as `0.042` or `3.1e-7`.
  private func figure(_ value: Double) -> String {
    guard value > 0, value.isFinite else { return value == 0 ? "0" : "\(value)" }
    if value >= 0.001 { return NumberText.fixed(value, decimals: 4) }
    var exponent = 0
    var digits = value
    while digits < 0.995, exponent < 60 {
      digits *= 10
      exponent += 1
    }
    return "\(NumberText.fixed(digits, decimals: 1))e-\(exponent)"
  }

  private func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
