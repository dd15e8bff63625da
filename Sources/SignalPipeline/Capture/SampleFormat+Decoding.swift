internal import CKernels

extension SampleFormat {
  /// Decodes whole samples to a full scale of 1.
  ///
  /// - Parameters:
  ///   - bytes: `samples.count` stored samples, at any alignment.
  ///   - samples: Overwritten by the decoded samples.
  /// - Returns: Whether every number is finite; integers always are.
  package func decode(_ bytes: RawSpan, into samples: inout MutableSpan<IQSample>) -> Bool {
    precondition(
      bytes.byteCount == samples.count * bytesPerSample,
      "\(bytes.byteCount) bytes for \(samples.count) samples")
    guard !samples.isEmpty else { return true }
    return unsafe bytes.withUnsafeBytes { bytes in
      unsafe samples.withUnsafeMutableBytes { samples in
        let from = bytes.baseAddress!
        let values = unsafe samples.assumingMemoryBound(to: Float.self)
        let to = values.baseAddress!
        switch number {
        case .u8: unsafe decode_u8(from, to, values.count)
        case .i8: unsafe decode_i8(from, to, values.count)
        case .i16: unsafe decode_i16le(from, to, values.count)
        case .f32: return unsafe decode_f32le(from, to, values.count)
        }
        return true
      }
    }
  }
}
