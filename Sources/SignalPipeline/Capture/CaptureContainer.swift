/// What a capture's samples lie in.
public enum CaptureContainer: String, Hashable, Codable, Sendable, CaseIterable {
  /// Samples alone, perhaps after bytes that are skipped.
  case raw
  /// A WAV file (RIFF), up to 4 GB.
  case wav
  /// A WAV file in the form of EBU Tech 3306, beyond 4 GB.
  case rf64
  /// A WAV file in the form of ITU-R BS.2088, beyond 4 GB.
  case bw64
  /// A NumPy array.
  case npy
  /// A SigMF recording or archive.
  case sigmf

  /// Whether its writer tells the size of the samples at the end of a recording, so that one that
  /// was stopped has samples, but not the size of them.
  var mayBeInterrupted: Bool { [.wav, .rf64, .bw64].contains(self) }

  /// The extensions of files that are opened by their header, whatever their samples.
  package static let fileExtensions = [
    "wav", "wave", "rf64", "bw64", "npy", "sigmf", "sigmf-meta",
  ]
}
