internal import FoundationEssentials

/// The one way that this library's values become JSON text and come back.
///
/// Keys are sorted, so equal values give equal bytes. JSON has no infinities and no NaN: they are
/// written as the strings `inf`, `-inf` and `nan`.
package enum JSON {
  /// How the text is laid out.
  package enum Layout { case line, indented }

  /// Returns a value as UTF-8 text without a final newline.
  ///
  /// - Throws: ``FileError`` of kind `unsupported` if JSON can't hold the value.
  package static func encode(
    _ value: some Encodable, layout: Layout = .line, path: String
  ) throws(FileError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if layout == .indented { encoder.outputFormatting.insert(.prettyPrinted) }
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      return Array(try encoder.encode(value))
    } catch let error as EncodingError {
      throw FileError(.unsupported, path: path, reason: "JSON cannot hold it: \(error)")
    } catch {
      throw FileError(.unsupported, path: path, reason: "\(error)")
    }
  }

  /// Returns the value that UTF-8 text holds.
  ///
  /// - Parameters:
  ///   - type: What is expected.
  ///   - text: The whole text.
  ///   - path: The file that errors name.
  ///   - place: Where in the file the text stands.
  /// - Returns: The value.
  /// - Throws: ``FileError`` of kind `malformed` or, for a key that is not there, `missing`.
  package static func decode<Value: Decodable>(
    _ type: Value.Type, from text: [UInt8], path: String, place: String? = nil
  ) throws(FileError) -> Value {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      return try decoder.decode(type, from: Data(text))
    } catch let error as DecodingError {
      // The decoder does not tell where a text stops being JSON.
      do throws(FileError) {
        _ = try JSONParser.value(of: text, path: path)
      } catch let fault {
        throw FileError(
          .malformed, path: path, place: place,
          reason: "not JSON: \(fault.place ?? ""): \(fault.reason)")
      }
      throw FileError(error, path: path, place: place)
    } catch {
      throw FileError(.malformed, path: path, place: place, reason: "\(error)")
    }
  }
}

extension FileError {
  /// Names the key that a value could not be read from.
  fileprivate init(_ error: DecodingError, path: String, place: String?) {
    var kind = Kind.malformed
    var keys: [any CodingKey]
    let reason: String
    switch error {
    case .keyNotFound(let key, let context):
      kind = .missing
      keys = context.codingPath + [key]
      reason = "this key is missing"
    case .valueNotFound(_, let context):
      keys = context.codingPath
      reason = "null or missing where a value is needed"
    case .typeMismatch(_, let context):
      keys = context.codingPath
      reason = context.debugDescription.asReason
        .replacing("Dictionary<String, Any>", with: "an object")
        .replacing("Array<Any>", with: "an array")
    case .dataCorrupted(let context):
      keys = context.codingPath
      let detail = context.underlyingError.map { " (\($0))" } ?? ""
      // It is JSON; what the decoder says this of are its numbers.
      reason =
        context.debugDescription.hasPrefix("The given data was not valid JSON")
        ? "a number is too large, or a fraction where a whole one is needed"
        : (context.debugDescription + detail).asReason
    @unknown default:
      keys = []
      reason = "\(error)"
    }
    let key = keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    let places = [place, key.isEmpty ? nil : "key \(key)"].compactMap { $0 }
    self.init(
      kind, path: path, place: places.isEmpty ? nil : places.joined(separator: ", "),
      reason: reason)
  }
}

extension String {
  /// One sentence's text without its full stop.
  fileprivate var asReason: String { hasSuffix(".") ? String(dropLast()) : self }
}
