internal import CKernels

extension SampleFormat {
  /// Decodes whole complex samples to a full scale of 1.
  ///
  /// - Parameters:
  ///   - bytes: Whole stored samples of a complex format, at any alignment.
  ///   - samples: Its first elements are overwritten by the decoded samples.
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
  ///   - bytes: Whole stored numbers, at any alignment.
  ///   - values: Its first elements are overwritten by the decoded numbers.
  /// - Returns: Whether every number is finite as a `Float`; integers always are.
  package func decode(_ bytes: RawSpan, into values: inout MutableSpan<Float>) -> Bool {
    precondition(
      bytes.byteCount % number.byteCount == 0
        && bytes.byteCount / number.byteCount <= values.count,
      "\(bytes.byteCount) bytes for \(values.count) numbers")
    guard bytes.byteCount > 0 else { return true }
    return unsafe bytes.withUnsafeBytes { bytes in
      unsafe values.withUnsafeMutableBufferPointer { values in
        let from = bytes.baseAddress!
        let to = values.baseAddress!
        let count = bytes.count / number.byteCount
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

  /// Whether samples of the format can be windowed while they are decoded.
  package var isWindowed: Bool {
    switch (number, byteOrder) {
    case (.u8, _), (.i8, _), (.i16, .littleEndian), (.f32, .littleEndian): isComplex
    default: false
    }
  }

  /// Decodes complex samples of an ``isWindowed`` format, times a window.
  ///
  /// - Parameters:
  ///   - bytes: As many stored samples as the window has coefficients, at any alignment.
  ///   - window: What each sample is multiplied by.
  ///   - values: Room for I and Q of each, in turn.
  /// - Returns: Whether every number is finite; integers always are.
  package func decode(
    _ bytes: RawSpan, window: Span<Float>, into values: UnsafeMutablePointer<Float>
  ) -> Bool {
    precondition(
      bytes.byteCount == window.count * bytesPerSample,
      "\(bytes.byteCount) bytes for a window of \(window.count)")
    guard window.count > 0 else { return true }
    return unsafe bytes.withUnsafeBytes { bytes in
      unsafe window.withUnsafeBufferPointer { window in
        let from = bytes.baseAddress!
        let weights = window.baseAddress!
        switch (number, byteOrder) {
        case (.u8, _): unsafe window_u8(from, weights, values, window.count)
        case (.i8, _): unsafe window_i8(from, weights, values, window.count)
        case (.i16, .littleEndian): unsafe window_i16le(from, weights, values, window.count)
        case (.f32, .littleEndian): return unsafe window_f32le(from, weights, values, window.count)
        default: preconditionFailure("\(rawValue) cannot be windowed while it is decoded")
        }
        return true
      }
    }
  }

  /// A number that is not finite, as it is stored: one of double precision may be beyond the
  /// range of the `Float` it became.
  func text(ofNumber index: Int, in bytes: RawSpan, as value: Float) -> String {
    guard number == .f64 else { return "\(value)" }
    let bits = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)
    return "\(Double(bitPattern: byteOrder == .littleEndian ? bits : bits.byteSwapped))"
  }
}
