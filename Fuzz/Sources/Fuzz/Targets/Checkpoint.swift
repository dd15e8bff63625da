import SignalPipeline

/// Reads a training's checkpoint, as it is and with a checksum that fits.
func fuzzCheckpoint(_ bytes: [UInt8]) {
  readOrRefuse { try Checkpoint(bytes, path: "checkpoint") }
  guard bytes.count >= 4 else { return }
  let body = Array(bytes.dropLast(4))
  let checksum = crc32(body)
  let repaired = body + (0..<4).map { UInt8(truncatingIfNeeded: checksum >> ($0 * 8)) }
  guard let read = readOrRefuse({ try Checkpoint(repaired, path: "checkpoint") }) else { return }
  readOrRefuse {
    let text = try read.encoded(path: "checkpoint")
    let again = try Checkpoint(text, path: "checkpoint").encoded(path: "checkpoint")
    require(again == text, "a checkpoint changed when written and read")
  }
}

private let table = (0..<256).map { byte in
  (0..<8).reduce(UInt32(byte)) { value, _ in value >> 1 ^ (value & 1 == 0 ? 0 : 0xEDB8_8320) }
}

/// The checksum of IEEE 802.3, which guards every checkpoint against guessing.
private func crc32(_ bytes: [UInt8]) -> UInt32 {
  ~bytes.reduce(~0) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
}
