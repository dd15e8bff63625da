// What synthesized coding calls for a list of channels. The mean alone is left out, so that what
// takes or holds nothing else is told in the bytes that it was before there were channels.

extension KeyedDecodingContainer {
  func decode(
    _ type: [SpectrumChannel].Type, forKey key: Key
  ) throws -> [SpectrumChannel] {
    try decodeIfPresent(type, forKey: key) ?? [.mean]
  }
}

extension KeyedEncodingContainer {
  mutating func encode(_ channels: [SpectrumChannel], forKey key: Key) throws {
    try encodeIfPresent(channels == [.mean] ? nil : channels, forKey: key)
  }
}
