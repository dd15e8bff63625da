/// Whether anything stands above the noise floor of a power spectrum, and what told so.
public struct SignalPresence: Hashable, Sendable {
  /// What was found first, in this order.
  public enum Evidence: String, Hashable, Codable, Sendable, CaseIterable {
    /// The spectrum has no flat floor: it falls more deeply than a receiver's roll-off does. A
    /// signal fills most of the band, or the noise is strongly coloured.
    case noFloor
    /// A single bin stands above the floor around it: a carrier or another narrow signal.
    case narrow
    /// A band stands above the floor.
    case wide
    /// Nothing but noise.
    case none
  }

  /// What was found.
  public var evidence: Evidence

  /// The level of the noise floor [dB relative to 1 FS²/(cycle/sample)].
  ///
  /// It is `-infinity` where most of the spectrum has no power; with ``Evidence/noFloor`` it is
  /// the level of what fills the band.
  public var floor: Double

  /// By how much the most outstanding bin exceeds the floor around it [dB].
  public var peakOverFloor: Double

  /// Where that bin stands [cycles/sample].
  public var peakFrequency: Double

  /// By how much the most outstanding band exceeds the floor [dB].
  public var bandOverFloor: Double

  /// Whether there is anything but noise.
  public var isPresent: Bool { evidence != .none }
}
