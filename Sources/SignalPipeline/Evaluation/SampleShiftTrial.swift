/// Tries shifts of samples, each with a spectrum of its own.
struct SampleShiftTrial: Sendable {
  /// The number of shifts of a kind.
  private static let count = 32

  /// The probability from which on another class is worse than a change of mind.
  private static let confident: Float = 0.9

  /// The number of shifts of an example, of both kinds.
  var shifts: Int { 2 * Self.count }

  private let model: Model
  private let samples: DatasetSamples
  private let wholeBins: [Double]
  private let betweenBins: [Double]

  init(_ model: Model, _ samples: DatasetSamples) {
    self.model = model
    self.samples = samples
    let bins = model.spectrum.bins
    wholeBins = Invariance.spread(min(Self.count, bins), over: bins).map(Double.init)
    betweenBins = (0..<Self.count).map { (Double($0) + 0.5) / Double(Self.count) }
  }

  /// What became of an example at one shift.
  private struct Change: Sendable {
    var logit: Float
    var probability: Float
    var isFlip: Bool
    var isConfidentFlip: Bool
  }

  private struct Finding: Sendable {
    var isNearTie: Bool
    var wholeBins: [Change]
    var betweenBins: [Change]
  }

  /// One thread's memory.
  private struct Station: ~Copyable {
    var trial: ModelTrial
    var estimator: WelchEstimator
    var samples: [IQSample]
    var shifted: [IQSample]
  }

  /// Tries all examples.
  func run(
    _ examples: Int, workers: Int, report: (_ done: Int) -> Void
  ) throws -> (wholeBins: Invariance.SampleShifts, betweenBins: Invariance.SampleShifts) {
    let channels = SpectrumChannel.withMean(model.features.channels)
    var whole = Tally(shifts: wholeBins)
    var between = Tally(shifts: betweenBins)
    try Parallel.stream(
      examples, workers: workers, ahead: 4 * workers,
      state: {
        let silence = [IQSample](repeating: .zero, count: samples.window)
        return Station(
          trial: try ModelTrial(model, channels: channels),
          estimator: try WelchEstimator(model.spectrum, channels: channels), samples: silence,
          shifted: silence)
      }
    ) { station, example -> Finding in
      try find(example, channels, &station)
    } take: { finding, example in
      whole.add(finding.wholeBins, example: example, isNearTie: finding.isNearTie)
      between.add(finding.betweenBins, example: example, isNearTie: false)
      report((example + 1) * shifts)
    }
    return (whole.result, between.result)
  }

  private func find(
    _ example: Int, _ channels: [SpectrumChannel], _ station: inout Station
  ) throws -> Finding {
    try samples.read(example, into: &station.samples)
    func logits(_ shift: Double, _ station: inout Station) throws -> (near: Bool, logits: [Float]) {
      var shifted: [IQSample] = []
      swap(&shifted, &station.shifted)
      Self.shift(station.samples, by: shift / Double(model.spectrum.bins), into: &shifted)
      station.estimator.add(shifted.span)
      swap(&shifted, &station.shifted)
      guard let spectrum = station.estimator.finish(),
        let values = spectrum.values(of: channels)
      else { preconditionFailure("\(samples.window) samples are too few") }
      try spectrum.checkFinite(of: samples.path(of: example), samples: 0..<samples.window)
      station.trial.computeFeatures(of: values)
      return (isNearTie(spectrum.density), station.trial.logits())
    }
    let before = try logits(0, &station)
    let probabilities = station.trial.probabilities(before.logits)
    let best = ModelTrial.best(of: before.logits)
    func change(_ shift: Double, _ station: inout Station) throws -> Change {
      let after = try logits(shift, &station).logits
      let found = station.trial.probabilities(after)
      let now = ModelTrial.best(of: after)
      return Change(
        logit: ModelTrial.largestDifference(after, before.logits),
        probability: ModelTrial.largestDifference(found, probabilities), isFlip: now != best,
        isConfidentFlip: now != best && max(found[now], probabilities[best]) >= Self.confident)
    }
    var finding = Finding(isNearTie: before.near, wholeBins: [], betweenBins: [])
    for shift in wholeBins { finding.wholeBins.append(try change(shift, &station)) }
    for shift in betweenBins { finding.betweenBins.append(try change(shift, &station)) }
    return finding
  }

  /// Whether rounding may decide which bin is the highest, where that matters.
  private func isNearTie(_ density: [Float]) -> Bool {
    guard model.features.roll == .canonical else { return false }
    let (first, second) = density.reduce((Float(0), Float(0))) { highest, value in
      value > highest.0 ? (value, highest.0) : (highest.0, max(highest.1, value))
    }
    return second >= first * (1 - Invariance.NearTies.margin)
  }

  /// Moves the frequency of samples.
  ///
  /// - Parameters:
  ///   - samples: As they are.
  ///   - frequency: How far [cycles/sample].
  ///   - shifted: Where as many samples go.
  private static func shift(
    _ samples: [IQSample], by frequency: Double, into shifted: inout [IQSample]
  ) {
    guard frequency != 0 else { return shifted = samples }
    var ramp = PhaseRamp(start: 0, step: frequency)
    for index in samples.indices {
      let (cosine, sine) = ramp.next()
      let (i, q) = (Double(samples[index].i), Double(samples[index].q))
      shifted[index] = IQSample(
        Float(i * cosine - q * sine), Float(i * sine + q * cosine))
    }
  }

  /// Collects changes.
  private struct Tally {
    let shifts: [Double]
    private var logits: [Float] = []
    private var probabilities: [Float] = []
    private var worst: [Float] = []
    private var worstPlace: (change: Float, place: Invariance.Place)?
    private var flips = 0
    private var confidentFlips = 0
    private var nearTies = Invariance.NearTies(examples: 0, largestLogitDifference: 0)

    init(shifts: [Double]) { self.shifts = shifts }

    mutating func add(_ changes: [Change], example: Int, isNearTie: Bool) {
      if isNearTie {
        nearTies.examples += 1
        nearTies.largestLogitDifference = changes.reduce(nearTies.largestLogitDifference) {
          max($0, Double($1.logit))
        }
        return
      }
      logits += changes.map(\.logit)
      probabilities += changes.map(\.probability)
      worst.append(changes.map(\.probability).max() ?? 0)
      flips += changes.count(where: \.isFlip)
      confidentFlips += changes.count(where: \.isConfidentFlip)
      for (change, shift) in zip(changes, shifts)
      where change.probability > worstPlace?.change ?? -1 {
        worstPlace = (change.probability, Invariance.Place(example: example, shift: shift))
      }
    }

    var result: Invariance.SampleShifts {
      Invariance.SampleShifts(
        examples: worst.count, shifts: shifts.count, logits: Invariance.Spread(logits),
        probabilities: Invariance.Spread(probabilities),
        worstProbabilities: Invariance.Spread(worst), flips: flips, confidentFlips: confidentFlips,
        worst: worstPlace?.place, nearTies: nearTies)
    }
  }
}
