import SignalPipeline
import Testing

/// The digests are those of the examples to FIPS 180-2 and of sha512sum (GNU coreutils).
@Suite struct SHA512Tests {
  private static func digest(_ pieces: [[UInt8]]) -> String {
    var digest = SHA512()
    for piece in pieces { digest.update(piece) }
    return digest.hexDigest()
  }

  @Test(
    "the standard's examples have the standard's digests",
    arguments: [
      (
        "",
        "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
          + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"
      ),
      (
        "abc",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
          + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
          + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018"
          + "501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909"
      ),
    ])
  func examples(_ text: String, _ expected: String) {
    #expect(Self.digest([Array(text.utf8)]) == expected)
  }

  @Test("a million letters have the standard's digest, in pieces of any length")
  func million() {
    let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    let expected =
      "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973eb"
      + "de0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b"
    for length in [1_000_000, 65_536, 127, 129] {
      let pieces = stride(from: 0, to: letters.count, by: length).map {
        Array(letters[$0..<min(letters.count, $0 + length)])
      }
      #expect(Self.digest(pieces) == expected)
    }
  }

  @Test("where the padding begins a block of its own, the digest is the same in one piece and two")
  func padding() {
    for count in 100...260 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      let cut = count / 3
      #expect(Self.digest([bytes]) == Self.digest([Array(bytes[..<cut]), Array(bytes[cut...])]))
    }
  }
}
