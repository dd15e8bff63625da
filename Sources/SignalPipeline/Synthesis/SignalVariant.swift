/// A kind of signal within a class, by the name that it carries in the field.
public struct SignalVariant: Hashable, Sendable {
  /// The name, such as `msk`; unique within the class.
  public var name: String

  /// What the variant is, in a few words.
  public var summary: String
}

/// The variants of one waveform: an enumeration in the waveform's file.
package protocol WaveformVariant: RawRepresentable<String>, CaseIterable, Sendable {
  /// What the variant is, in a few words.
  var summary: String { get }
}

/// The variants of a waveform that has none.
package enum NoVariant: WaveformVariant {
  package init?(rawValue: String) { return nil }

  package var rawValue: String {
    switch self {}
  }

  package var summary: String {
    switch self {}
  }
}
