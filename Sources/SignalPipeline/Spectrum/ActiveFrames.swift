/// Which frames of a window hold a band's signal.
public struct ActiveFrames: Hashable, Sendable {
  /// The length of a frame [samples].
  public var length: Int

  /// Whether each frame holds the signal.
  public var isActive: [Bool]

  /// Creates frames from their parts.
  public init(length: Int, isActive: [Bool]) {
    self.length = length
    self.isActive = isActive
  }

  /// The share of the frames that hold the signal, 0 to 1.
  public var share: Double {
    isActive.isEmpty ? 0 : Double(isActive.count { $0 }) / Double(isActive.count)
  }

  /// The stretches that hold the signal [samples from the window's start].
  public var stretches: [Range<Int>] {
    var stretches: [Range<Int>] = []
    for (frame, active) in isActive.enumerated() where active {
      let first = frame * length
      if let last = stretches.last, last.upperBound == first {
        stretches[stretches.count - 1] = last.lowerBound..<first + length
      } else {
        stretches.append(first..<first + length)
      }
    }
    return stretches
  }
}
