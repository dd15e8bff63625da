import Foundation
import Testing

/// What NumPy and SciPy made of the same bytes; see `Tests/Reference/formats_goldens.py`.
enum FormatGoldens {
  /// Stored numbers and their values, by SigMF datatype.
  static func datatypes() throws -> [String: (bytes: [UInt8], values: [Float])] {
    var goldens: [String: (bytes: [UInt8], values: [Float])] = [:]
    for line in try lines("datatypes") {
      let words = line.split(separator: " ")
      let hex = Array(words[1])
      let bytes = try stride(from: 0, to: hex.count, by: 2).map {
        try #require(UInt8(String(hex[$0...$0 + 1]), radix: 16))
      }
      goldens[String(words[0])] = (bytes, try words[2...].map { try #require(Float($0)) })
    }
    return goldens
  }

  /// I and Q of what SciPy makes of the real noise of `ReferenceGenerator(state: 7)`.
  static func baseband() throws -> [[Double]] {
    try lines("real_to_baseband").map { line in
      try line.split(separator: " ").map { try #require(Double($0)) }
    }
  }

  private static func lines(_ name: String) throws -> [Substring] {
    let url = try #require(
      Bundle.module.url(forResource: "Goldens/formats/\(name)", withExtension: "txt"))
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
  }
}
