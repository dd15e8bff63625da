extension Split {
  /// A number that differs when classes, labels or parts of the split do.
  ///
  /// It guards against going on with a split whose validation examples were trained on; it is
  /// no protection against forgery.
  func fingerprint(in dataset: Dataset) -> UInt64 {
    var hash = WordHash()
    for name in dataset.classes {
      for byte in name.utf8 { hash.mix(UInt64(byte)) }
      hash.mix(.max)
    }
    for part in [training, validation] {
      for example in part {
        hash.mix(UInt64(example))
        hash.mix(UInt64(dataset.labels[example]))
      }
      hash.mix(.max)
    }
    return hash.value
  }

  /// A fingerprint that differs when spectra do, too, told by some of each part: generated datasets
  /// of different seeds have the same labels.
  ///
  /// - Throws: ``FileError`` when a spectrum can't be read.
  func fingerprint(
    _ labels: UInt64, withSpectraOf dataset: Dataset
  ) throws(FileError) -> UInt64 {
    var hash = WordHash(value: labels)
    var spectrum = [Float](repeating: 0, count: dataset.spectra.shape.count)
    for part in [training, validation] {
      for place in stride(from: 0, to: part.count, by: max(1, part.count / 64)) {
        try dataset.spectra.read(part[place], into: &spectrum)
        for value in spectrum { hash.mix(UInt64(value.bitPattern)) }
      }
    }
    return hash.value
  }
}
