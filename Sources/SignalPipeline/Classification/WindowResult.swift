/// What was found in one window of an input.
public struct WindowResult: Hashable, Sendable {
  /// The window's number, from 0.
  public var index: Int

  /// Where the window begins in the input [samples].
  public var start: Int

  /// The window's length [samples].
  public var samples: Int

  /// The answer.
  public var prediction: Prediction

  /// What stands above the noise floor, and where.
  public var presence: SignalPresence

  /// What was found of each band; empty where bands were not asked for.
  public var bands: [BandResult] = []
}

/// What was found in a whole input.
public struct InputSummary: Hashable, Sendable {
  /// Where the samples came from.
  public var capture: CaptureInfo

  /// The answer: the mean log-probability over the windows that hold a signal, or noise when
  /// none does.
  public var prediction: Prediction

  /// The number of windows.
  public var windows: Int

  /// How many of them hold nothing above the noise floor.
  public var noiseWindows: Int

  /// The samples that were classified.
  public var samples: Int

  /// The samples after the last whole window, and before each change of centre or gap in time
  /// [samples].
  public var skippedSamples: Int

  /// The samples that were NaN or infinite and were replaced by zero.
  public var replacedSamples: Int

  /// Which plan its FFTs had; the last bits depend on it.
  public var plan: FFTWisdom.Plan
}
