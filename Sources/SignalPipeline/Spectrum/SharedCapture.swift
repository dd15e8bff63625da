/// A capture that threads take claims of, in turns.
struct SharedCapture: ~Copyable, Sendable {
  /// How the samples of claims are stored: as in the capture if they are integers.
  let format: SampleFormat

  private var reader: IQReader?
  private var tail: [UInt8] = []
  private var claims = 0
  private var isAtEnd = false

  init(reader: consuming IQReader) {
    let plain = reader.isPlainIntegers ? reader.info.format : .cf32
    format = plain.isWindowed ? plain : .cf32
    self.reader = consume reader
  }

  /// Fills a claim, which begins with the end of the one before.
  ///
  /// - Parameters:
  ///   - samples: How many are wanted.
  ///   - claim: Room for so many in the ``format``.
  ///   - overlap: How many of them begin the next claim too.
  /// - Returns: The claim's number and how many bytes it has; `nil` after the last.
  mutating func read(
    _ samples: Int, into claim: inout [IQSample], overlap: Int
  ) -> (index: Int, bytes: Int)? {
    guard !isAtEnd else { return nil }
    let wanted = samples * format.bytesPerSample
    let (old, tail) = (tail.count, tail)
    let count = unsafe claim.withUnsafeMutableBytes { claim in
      unsafe claim.copyBytes(from: tail)
      return unsafe old + fill(UnsafeMutableRawBufferPointer(rebasing: claim[old..<wanted]))
    }
    guard count > old else { return nil }
    isAtEnd = count < wanted
    defer { claims += 1 }
    if !isAtEnd {
      self.tail = unsafe claim.withUnsafeBytes { claim in
        unsafe Array(claim[(count - overlap * format.bytesPerSample)..<count])
      }
    }
    return (claims, count)
  }

  /// Reads on.
  ///
  /// - Returns: How many bytes were read: fewer than there is room for only at the end.
  private mutating func fill(_ bytes: UnsafeMutableRawBufferPointer) -> Int {
    // The reader keeps its fault, and tells it again to who asks.
    let count =
      if format.number.isInteger {
        unsafe reader?.read(stored: bytes)
      } else {
        unsafe bytes.withMemoryRebound(to: IQSample.self) { try? unsafe reader?.read(into: $0) }
      }
    return (count ?? 0) * format.bytesPerSample
  }

  /// Gives the reader back; there are no claims afterwards.
  mutating func takeReader() -> IQReader {
    guard let reader = reader.take() else { preconditionFailure("the reader is given back once") }
    return reader
  }
}
