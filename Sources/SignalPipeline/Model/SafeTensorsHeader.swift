/// The JSON header of a safetensors file.
struct SafeTensorsHeader {
  /// Where one tensor lies; named as in the file.
  struct Entry: Codable {
    var dtype: String
    var shape: [Int]
    var data_offsets: [Int]
  }

  /// The tensors by name.
  var entries: [String: Entry] = [:]

  /// Texts by key.
  var metadata: [String: String]

  init(metadata: [String: String]) { self.metadata = metadata }

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }

    static let metadata = Key(stringValue: "__metadata__")
  }
}

extension SafeTensorsHeader: Codable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    metadata = try container.decodeIfPresent([String: String].self, forKey: .metadata) ?? [:]
    for key in container.allKeys where key.stringValue != Key.metadata.stringValue {
      entries[key.stringValue] = try container.decode(Entry.self, forKey: key)
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    if !metadata.isEmpty { try container.encode(metadata, forKey: .metadata) }
    for (name, entry) in entries { try container.encode(entry, forKey: Key(stringValue: name)) }
  }
}
