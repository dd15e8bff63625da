import ArgumentParser
import SignalPipeline

/// Variants that are asked for, as `CLASS=NAME,NAME`.
struct VariantOption {
  let signalClass: SignalClass
  let names: [String]

  init(argument: String) throws {
    let pieces = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let signalClass = SignalClass(rawValue: String(pieces[0])) else {
      let all = SignalClass.withVariants.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("there is no class '\(pieces[0])'; there are \(all)")
    }
    self.signalClass = signalClass
    guard pieces.count > 1 else {
      let all = signalClass.variants.map(\.name).joined(separator: ", ")
      throw ValidationError(
        "'\(argument)' names no variant; as in fsk=msk,wide, and \(argument) has "
          + (all.isEmpty ? "none" : all))
    }
    names = pieces[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }
}
