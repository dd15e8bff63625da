/// The words that the tables and the page of a study have in common.
struct StudyText {
  private let findings: StudyFindings

  init(_ findings: StudyFindings) { self.findings = findings }

  private var configuration: StudyConfiguration { findings.configuration }

  /// How the figures came about, a sentence each.
  var settings: [String] {
    let own = configuration
    let training = Int((Double(own.examples) * (1 - own.validationShare)).rounded())
    let converging = own.converging.filter(own.networks.contains).map(\.rawValue)
    var sentences = [
      "\(own.signals.classes.count) classes "
        + "(\(own.signals.classes.map(\.rawValue).joined(separator: ", "))), clean, "
        + "\(Self.number(own.signals.snr.lowerBound)) to \(Self.number(own.signals.snr.upperBound)) "
        + "dB; guessing gives \(Self.share(1 / Double(own.signals.classes.count)))",
      "\(own.examples) examples within ±300 Hz at 48 kHz, \(training) for training, the rest tells "
        + "which epoch is best; data, split, weights and order of "
        + Self.count(own.seeds, "seed"),
      "in range: \(own.inRange) test examples within ±300 Hz; anywhere: \(own.anywhere) over the "
        + "whole band, told in \(own.offsetCells) cells; both of seeds that no training saw",
      "random roll: each training spectrum is rolled by any number of bins, another in every epoch; "
        + "redrawn offsets: the same signals generated with offsets over the whole band, one each",
      "consistent: the share of \(own.shiftedExamples) in-range test spectra that are called the "
        + "same after each of \(own.shifts) circular shifts over the whole band as without; "
        + "max |Δlogit|: the largest change of a logit",
      "budget: \(own.epochs) epochs of batches of 32 on one cycle of the learning rate; networks "
        + "with batch norm by AdamW with 4e-3, the others by Adam with 1e-3",
    ]
    if !converging.isEmpty {
      sentences.append(
        "to convergence: \(converging.joined(separator: ", ")) by Adam with 1e-3 throughout, until "
          + "\(own.patience) epochs brought no lower validation loss, at most "
          + "\(own.convergenceEpochs)")
    }
    return sentences
  }

  /// What the sweep is.
  var sweep: String {
    let reference = "batch 32, \(configuration.epochs) epochs, \(configuration.examples) examples, "
    return "The founding network, as measured, with one thing changed at a time from \(reference)"
      + "kernels of 128, one convolution; \(Self.count(configuration.sweepSeeds, "seed"))."
  }

  /// What the brackets hold.
  static func legend(_ findings: StudyFindings) -> String {
    findings.configuration.seeds == 1
      ? "One seed." : "The mean over the seeds, then the least and the greatest of them."
  }

  /// A share with three decimals.
  static func share(_ value: Double) -> String { NumberText.fixed(value, decimals: 3) }

  /// A share's mean, and its least and greatest where they differ.
  static func spread(_ spread: Spread) -> String {
    spread.count == 1
      ? share(spread.mean)
      : "\(share(spread.mean)) [\(share(spread.least)), \(share(spread.greatest))]"
  }

  /// A change of a logit, whose size may be that of rounding errors.
  static func change(_ value: Double) -> String {
    guard value > 0, value < 0.001 else { return value == 0 ? "0" : share(value) }
    var (mantissa, exponent) = (value, 0)
    while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    return "\(NumberText.fixed(mantissa, decimals: 1))e\(exponent)"
  }

  /// A number of things.
  static func count(_ number: Int, _ thing: String) -> String {
    "\(number) \(thing)\(number == 1 ? "" : "s")"
  }

  private static func number(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
  }
}
