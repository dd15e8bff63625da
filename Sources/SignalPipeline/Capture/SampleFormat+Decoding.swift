internal import CKernels

extension SampleFormat {
  /// Decodes whole complex samples to a full scale of 1.
  ///
  /// - Parameters:
  ///   - bytes: `samples.count` stored samples of a complex format, at any alignment.
  ///   - samples: Overwritten by the decoded samples.
  /// - Returns: Whether every number is finite; integers always are.
  package func decode(_ bytes: RawSpan, into samples: inout MutableSpan<IQSample>) -> Bool {
    precondition(isComplex, "\(rawValue) stores no complex samples")
    return unsafe samples.withUnsafeMutableBytes { samples in
      let values = unsafe samples.assumingMemoryBound(to: Float.self)
      var span = unsafe values.mutableSpan
      return decode(bytes, into: &span)
    }
  }

  /// Decodes numbers to a full scale of 1, whatever samples they make.
  ///
  /// - Parameters:
  ///   - bytes: `values.count` stored numbers, at any alignment.
  ///   - values: Overwritten by the decoded numbers, each the exact one rounded to a `Float`.
  /// - Returns: Whether every number is finite as a `Float`; integers always are.
  package func decode(_ bytes: RawSpan, into values: inout MutableSpan<Float>) -> Bool {
    precondition(
      bytes.byteCount == values.count * number.byteCount,
      "\(bytes.byteCount) bytes for \(values.count) numbers")
    guard !values.isEmpty else { return true }
    return unsafe bytes.withUnsafeBytes { bytes in
      unsafe values.withUnsafeMutableBufferPointer { values in
        let from = bytes.baseAddress!
        let to = values.baseAddress!
        let count = values.count
        switch (number, byteOrder) {
        case (.u8, _): unsafe decode_u8(from, to, count)
        case (.i8, _): unsafe decode_i8(from, to, count)
        case (.i16, .littleEndian): unsafe decode_i16le(from, to, count)
        case (.i16, .bigEndian): unsafe decode_i16be(from, to, count)
        case (.u16, .littleEndian): unsafe decode_u16le(from, to, count)
        case (.u16, .bigEndian): unsafe decode_u16be(from, to, count)
        case (.i24, _): unsafe decode_i24le(from, to, count)
        case (.i32, .littleEndian): unsafe decode_i32le(from, to, count)
        case (.i32, .bigEndian): unsafe decode_i32be(from, to, count)
        case (.u32, .littleEndian): unsafe decode_u32le(from, to, count)
        case (.u32, .bigEndian): unsafe decode_u32be(from, to, count)
        case (.f32, .littleEndian): return unsafe decode_f32le(from, to, count)
        case (.f32, .bigEndian): return unsafe decode_f32be(from, to, count)
        case (.f64, .littleEndian): return unsafe decode_f64le(from, to, count)
        case (.f64, .bigEndian): return unsafe decode_f64be(from, to, count)
        }
        return true
      }
    }
  }
}
