extension WAVHeader {
  /// How many bytes of samples there are, whatever the header says.
  struct DataSize {
    /// The 32-bit size of the `data` chunk.
    let told: Int

    /// The 64-bit size of RF64 and BW64; `nil` for RIFF or where it is missing.
    let long: Int?

    /// Whether the size of the whole form fits the file, so that its writer came to an end.
    let isFinished: Bool

    private static let unknown = 0xFFFF_FFFF

    /// What programs write before they know the size; a pipe keeps it.
    ///
    /// SoX 0x7FFFF000, arecord 0x80000000, others the largest signed or unsigned number.
    private static let placeholders = [0, 0x7FFF_F000, 0x7FFF_FFFF, 0x8000_0000, unknown]

    /// Returns the bytes of samples.
    ///
    /// - Parameters:
    ///   - remaining: The bytes from the first sample to the file's end; `nil` for a pipe.
    ///   - frame: The bytes of one sample of all channels.
    /// - Returns: The bytes; `nil` for a pipe that is to be read to its end.
    func bytes(of remaining: Int?, frame: Int) -> Int? {
      let size = told == Self.unknown ? long ?? told : told
      guard let remaining else {
        return Self.placeholders.contains(size) || size == .max ? nil : size
      }
      if size == 0, isFinished { return 0 }
      if size == 0 || size > remaining || size == Self.unknown && long == nil {
        // The writer was stopped; so was, perhaps, its last sample.
        return remaining - remaining % frame
      }
      // A RIFF file has no 4 GB after its samples: the size's upper bits were lost.
      return long == nil ? size + (remaining - size) & ~Self.unknown : size
    }
  }
}
