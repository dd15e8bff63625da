/// Orthogonal carriers behind cyclic prefixes: what the kinds of OFDM share.
///
///     s[n] = Σ_{0<|c|≤h} a_c·exp(2πi·c·n/Nu)
///
/// Each symbol is the useful part of `Nu` samples behind a copy of its end; no carrier stands at
/// 0 Hz.
struct CarrierGrid {
  /// The useful length, `Nu` [samples].
  var usefulLength: Int

  /// The number of carriers on each side of 0 Hz, `h`.
  var carriers: Int

  /// Fills samples with symbols.
  ///
  /// - Parameters:
  ///   - samples: Filled with the signal.
  ///   - passed: How many samples of the first symbol have passed.
  ///   - transforms: The DFT plans to use.
  ///   - prefix: Returns the cyclic prefix of a symbol, counted from 0 [samples].
  ///   - point: Returns the next carrier's amplitude.
  func render(
    into samples: inout [IQSample], passed: Int, using transforms: Transforms,
    prefix: (Int) -> Int, point: () -> IQSample
  ) {
    var block = [IQSample](repeating: .zero, count: usefulLength)
    var start = -passed
    var symbol = 0
    while start < samples.count {
      for n in block.indices { block[n] = .zero }
      for carrier in 1...carriers {
        block[carrier] = point()
        block[usefulLength - carrier] = point()
      }
      transforms.inverse(&block)
      let prefix = prefix(symbol)
      let end = start + prefix + usefulLength
      for n in max(0, start)..<max(0, min(end, samples.count)) {
        let place = n - start - prefix
        samples[n] = block[place < 0 ? place + usefulLength : place]
      }
      start = end
      symbol += 1
    }
  }
}
