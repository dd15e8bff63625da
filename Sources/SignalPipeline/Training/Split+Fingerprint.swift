extension Split {
  /// A number that differs when classes, labels or parts of the split do.
  ///
  /// It guards against going on with a split whose validation examples were trained on; it is
  /// no protection against forgery.
  ///
  /// Source: the 64-bit FNV-1a hash, over whole words.
  func fingerprint(in dataset: Dataset) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func mix(_ word: UInt64) { hash = (hash ^ word) &* 0x100_0000_01B3 }
    for name in dataset.classes {
      for byte in name.utf8 { mix(UInt64(byte)) }
      mix(.max)
    }
    for part in [training, validation] {
      for example in part {
        mix(UInt64(example))
        mix(UInt64(dataset.labels[example]))
      }
      mix(.max)
    }
    return hash
  }
}
