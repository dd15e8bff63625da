/// A hash of words, which tells different ones apart and is no protection against forgery.
///
/// Source: the 64-bit FNV-1a hash, over whole words.
struct WordHash {
  /// The hash of the words so far.
  private(set) var value: UInt64

  /// Begins with no word, or with the hash of earlier ones.
  init(value: UInt64 = 0xCBF2_9CE4_8422_2325) { self.value = value }

  /// Takes one more word.
  mutating func mix(_ word: UInt64) { value = (value ^ word) &* 0x100_0000_01B3 }
}
