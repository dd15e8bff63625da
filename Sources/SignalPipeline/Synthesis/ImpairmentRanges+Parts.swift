extension ImpairmentRanges {
  /// The parts by the names that they have in files and options, in the order in which they act.
  public enum Part: String, CaseIterable, Sendable {
    case amplifier, multipath, fading, clockError, jitter, drift, phaseNoise, floor
    case adjacentChannel, impulses, spur, rollOff, imbalance, dcSpike, agc, converter, gain
  }

  /// Makes a part always occur.
  ///
  /// Its law is the one it has here, or else that of ``harsh``.
  ///
  /// - Parameters:
  ///   - part: The part.
  ///   - range: Where its first quantity lies, the one that ``quantity(of:)`` tells; `nil` leaves
  ///     the law's.
  public mutating func require(_ part: Part, range: ClosedRange<Double>? = nil) {
    func always<Law: ImpairmentLaw>(_ path: WritableKeyPath<Self, Law?>) {
      guard var law = self[keyPath: path] ?? Self.harsh[keyPath: path] else {
        preconditionFailure("harsh has every part")
      }
      law.probability = 1
      if let range { law[keyPath: Law.first] = range }
      self[keyPath: path] = law
    }
    switch part {
    case .amplifier: always(\.amplifier)
    case .multipath: always(\.multipath)
    case .fading: always(\.fading)
    case .clockError: always(\.clockError)
    case .jitter: always(\.jitter)
    case .drift: always(\.drift)
    case .phaseNoise: always(\.phaseNoise)
    case .floor: always(\.floor)
    case .adjacentChannel: always(\.adjacentChannel)
    case .impulses: always(\.impulses)
    case .spur: always(\.spur)
    case .rollOff: always(\.rollOff)
    case .imbalance: always(\.imbalance)
    case .dcSpike: always(\.dcSpike)
    case .agc: always(\.agc)
    case .converter: always(\.converter)
    case .gain: always(\.gain)
    }
  }

  /// Makes a part never occur.
  public mutating func remove(_ part: Part) {
    switch part {
    case .amplifier: amplifier = nil
    case .multipath: multipath = nil
    case .fading: fading = nil
    case .clockError: clockError = nil
    case .jitter: jitter = nil
    case .drift: drift = nil
    case .phaseNoise: phaseNoise = nil
    case .floor: floor = nil
    case .adjacentChannel: adjacentChannel = nil
    case .impulses: impulses = nil
    case .spur: spur = nil
    case .rollOff: rollOff = nil
    case .imbalance: imbalance = nil
    case .dcSpike: dcSpike = nil
    case .agc: agc = nil
    case .converter: converter = nil
    case .gain: gain = nil
    }
  }

  /// Tells which quantity of a part ``require(_:range:)`` sets, and its unit.
  public static func quantity(of part: Part) -> String {
    switch part {
    case .amplifier: "back-off in dB"
    case .multipath: "gain of the echoes"
    case .fading: "largest Doppler shift in cycles/sample"
    case .clockError: "error in ppm"
    case .jitter: "rms in samples"
    case .drift: "change over an example in cycles/sample"
    case .phaseNoise: "linewidth in cycles/sample"
    case .floor: "tilt in dB"
    case .adjacentChannel, .spur: "level in dBc"
    case .impulses: "rate a sample"
    case .rollOff: "attenuation at the edges in dB"
    case .imbalance: "gain in dB"
    case .dcSpike: "level in dB"
    case .agc: "size of a step in dB"
    case .converter: "rms level in dB full scale"
    case .gain: "decimal logarithm"
    }
  }
}

/// The law of a part that occurs with a probability.
protocol ImpairmentLaw {
  /// How often it occurs, 0…1.
  var probability: Double { get set }
  /// Where its first quantity lies.
  static var first: WritableKeyPath<Self, ClosedRange<Double>> { get }
}

extension ImpairmentRanges.Chance: ImpairmentLaw {
  static var first: WritableKeyPath<Self, ClosedRange<Double>> { \.range }
}

extension ImpairmentRanges.Amplification: ImpairmentLaw {
  static var first: WritableKeyPath<Self, ClosedRange<Double>> { \.backOff }
}

extension ImpairmentRanges.Echoes: ImpairmentLaw {
  static var first: WritableKeyPath<Self, ClosedRange<Double>> { \.gain }
}

extension ImpairmentRanges.Fades: ImpairmentLaw {
  static var first: WritableKeyPath<Self, ClosedRange<Double>> { \.doppler }
}

extension ImpairmentRanges.Floor: ImpairmentLaw {
  static var first: WritableKeyPath<Self, ClosedRange<Double>> { \.tilt }
}

extension ImpairmentRanges.Neighbour: ImpairmentLaw {
  static var first: WritableKeyPath<Self, ClosedRange<Double>> { \.level }
}

extension ImpairmentRanges.Clicks: ImpairmentLaw {
  static var first: WritableKeyPath<Self, ClosedRange<Double>> { \.rate }
}

extension ImpairmentRanges.Imbalance: ImpairmentLaw {
  static var first: WritableKeyPath<Self, ClosedRange<Double>> { \.gain }
}

extension ImpairmentRanges.Steps: ImpairmentLaw {
  static var first: WritableKeyPath<Self, ClosedRange<Double>> { \.change }
}
