/// The library's semantic version.
public enum SignalPipelineVersion {
  /// For example `0.1.0`.
  public static let current = "0.1.0"
}
