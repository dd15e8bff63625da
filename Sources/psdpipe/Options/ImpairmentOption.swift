import ArgumentParser
import SignalPipeline

/// An impairment that is asked for, as `NAME` or `NAME=LOW:HIGH`.
struct ImpairmentOption {
  let part: ImpairmentRanges.Part
  let range: ClosedRange<Double>?

  init(argument: String) throws {
    let pieces = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    part = try Self.part(named: String(pieces[0]))
    guard pieces.count > 1 else {
      range = nil
      return
    }
    guard let numbers = NumberRange(argument: String(pieces[1])) else {
      throw ValidationError(
        "'\(pieces[1])' is no range; \(part.rawValue) takes LOW:HIGH or one number, "
          + "\(ImpairmentRanges.quantity(of: part))")
    }
    range = numbers.range
  }

  /// Returns the part of a name.
  static func part(named name: String) throws -> ImpairmentRanges.Part {
    guard let part = ImpairmentRanges.Part(rawValue: name) else {
      throw ValidationError("there is no impairment '\(name)'; there are \(names)")
    }
    return part
  }

  /// All names, with commas between them.
  static let names = ImpairmentRanges.Part.allCases.map(\.rawValue).joined(separator: ", ")
}
