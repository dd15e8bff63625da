extension PowerSpectrum {
  /// The frequency of each bin [Hz], `centre + rate·(k − N/2)/N`.
  ///
  /// - Parameters:
  ///   - rate: The sample rate [Hz].
  ///   - centre: The frequency that was mixed to 0 [Hz].
  /// - Returns: One frequency a bin, rising.
  public func frequencies(rate: Double, centre: Double = 0) -> [Double] {
    density.indices.map { centre + rate * Self.frequency(ofBin: $0, of: density.count) }
  }

  /// The power density of each bin, `S[k]·fullScale²/rate` [V²/Hz].
  ///
  /// It reads noise right, whatever the window and its length.
  ///
  /// - Parameters:
  ///   - rate: The sample rate [Hz].
  ///   - fullScale: The voltage of a sample of 1 [V]; 1 gives FS²/Hz.
  /// - Returns: One density a bin, whose sum times `rate/N` is the power.
  public func density(rate: Double, fullScale: Double = 1) -> [Double] {
    density.map { Double($0) * (fullScale * fullScale) / rate }
  }

  /// The level of each bin's density, `10·log₁₀(S[k]·fullScale²/rate)` [dB relative to 1 V²/Hz].
  ///
  /// - Parameters:
  ///   - rate: The sample rate [Hz]; 1 gives levels relative to 1 cycle/sample.
  ///   - fullScale: The voltage of a sample of 1 [V]; 1 gives dB relative to 1 FS²/Hz.
  /// - Returns: One level a bin, `-infinity` where there is no power.
  public func levels(rate: Double = 1, fullScale: Double = 1) -> [Double] {
    density(rate: rate, fullScale: fullScale).map(Decibels.level)
  }

  /// The power that each bin's filter lets pass, `S[k]·fullScale²·noiseBandwidth` [V²].
  ///
  /// It reads a tone's power right, in the bin where the tone stands; neighbouring bins see it
  /// too.
  ///
  /// - Parameter fullScale: The voltage of a sample of 1 [V]; 1 gives FS².
  /// - Returns: One power a bin.
  public func powers(fullScale: Double = 1) -> [Double] {
    density.map { Double($0) * (fullScale * fullScale) * noiseBandwidth }
  }

  /// The level of each bin's power, ``powers(fullScale:)`` [dB relative to 1 V²].
  ///
  /// - Parameter fullScale: The voltage of a sample of 1 [V]; 1 gives dBFS, a constant tone of
  ///   amplitude 1 having 0.
  /// - Returns: One level a bin, `-infinity` where there is no power.
  public func powerLevels(fullScale: Double = 1) -> [Double] {
    powers(fullScale: fullScale).map(Decibels.level)
  }
}
