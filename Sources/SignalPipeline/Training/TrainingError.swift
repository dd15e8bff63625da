/// A training that cannot start or go on.
public enum TrainingError: Error, Hashable, Sendable {
  /// Network, features, data and state do not fit each other.
  case mismatch(String)
  /// A training batch (from 1) has a loss that is not a finite number.
  case divergedInTraining(epoch: Int, batch: Int, loss: Double)
  /// The validation loss after an epoch (from 1) is not a finite number.
  case divergedInValidation(epoch: Int, loss: Double)
}

extension TrainingError: CustomStringConvertible {
  /// For example `the loss of batch 17 in epoch 3 is nan; …`.
  public var description: String {
    let advice = "a lower learning rate may help, or the spectra hold values that are not finite"
    return switch self {
    case .mismatch(let reason): reason
    case .divergedInTraining(let epoch, let batch, let loss):
      "the loss of batch \(batch) in epoch \(epoch) is \(Self.text(loss)); \(advice)"
    case .divergedInValidation(let epoch, let loss):
      "the validation loss after epoch \(epoch) is \(Self.text(loss)); \(advice)"
    }
  }

  /// A NaN's sign says nothing.
  private static func text(_ loss: Double) -> String { loss.isNaN ? "nan" : "\(loss)" }
}
