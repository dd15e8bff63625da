import Foundation
import SignalPipeline
import Testing

@Suite struct SampleFormatTests {
  @Test(
    "names of other tools are resolved, whatever their case",
    arguments: [
      ("cu8", SampleFormat.cu8), ("rtl", .cu8), ("RTL-SDR", .cu8), ("ci8", .ci8), ("cs8", .ci8),
      ("HackRF", .ci8), ("ci16_le", .ci16), ("ci16", .ci16), ("cs16", .ci16), ("sc16", .ci16),
      ("cf32_le", .cf32), ("cf32", .cf32), ("fc32", .cf32), ("Complex64", .cf32),
      ("cfile", .cf32), ("usrp", .ci16), ("cs16le", .ci16), ("complex16s", .ci8),
      ("complex32s", .ci16), ("fc32_le", .cf32),
    ])
  func names(name: String, format: SampleFormat) throws {
    #expect(try SampleFormat(named: name) == format)
  }

  @Test(
    "formats of any type and order of bytes have names",
    arguments: [
      ("cu16", "cu16_le"), ("complex32u", "cu16_le"), ("cs16be", "ci16_be"),
      ("sc16_be", "ci16_be"), ("cs32", "ci32_le"), ("cf64", "cf64_le"),
      ("complex128", "cf64_le"), ("fc32be", "cf32_be"), ("cs24", "ci24_le"), ("f32", "rf32_le"),
      ("rf32", "rf32_le"), ("F64_BE", "rf64_be"), ("s16", "ri16_le"), ("i16be", "ri16_be"),
      ("u8", "ru8"), ("ru8", "ru8"), ("s8", "ri8"), ("s24", "ri24_le"), ("u32", "ru32_le"),
    ])
  func regular(name: String, datatype: String) throws {
    #expect(try SampleFormat(named: name).rawValue == datatype)
  }

  @Test("the formats are SigMF's datatypes and 24-bit PCM, each known by its datatype")
  func datatypes() throws {
    let wide = ["f32", "f64", "i32", "i16", "u32", "u16"].flatMap { ["\($0)_le", "\($0)_be"] }
    let sigMF = (wide + ["i8", "u8"]).flatMap { ["c\($0)", "r\($0)"] }
    #expect(sigMF.count == 28)
    #expect(Set(SampleFormat.allCases.map(\.rawValue)) == Set(sigMF + ["ci24_le", "ri24_le"]))
    #expect(SampleFormat.allCases.count == 30)
    for format in SampleFormat.allCases {
      #expect(SampleFormat(rawValue: format.rawValue) == format)
      #expect(try SampleFormat(named: format.rawValue) == format)
      let json = try JSONEncoder().encode([format])
      #expect(String(decoding: json, as: UTF8.self) == "[\"\(format.rawValue)\"]")
      #expect(try JSONDecoder().decode([SampleFormat].self, from: json) == [format])
      let width = Int(format.rawValue.drop { !$0.isNumber }.prefix { $0.isNumber }) ?? 0
      #expect(format.bytesPerSample == width / 8 * (format.rawValue.hasPrefix("c") ? 2 : 1))
    }
    #expect(SampleFormat(rawValue: "ci24_be") == nil)
    #expect(SampleFormat(rawValue: "ci16") == nil)
    #expect(SampleFormat(isComplex: true, number: .i24, byteOrder: .bigEndian) == nil)
    let byte = SampleFormat(isComplex: true, number: .u8, byteOrder: .bigEndian)
    #expect(byte == .cu8)
  }

  @Test("every name belongs to one format, and so does every extension")
  func unique() {
    let names = SampleFormat.allCases.flatMap(\.names)
    #expect(Set(names).count == names.count)
    let extensions =
      SampleFormat.allCases.flatMap(\.fileExtensions) + SampleFormat.formatlessExtensions
    #expect(Set(extensions).count == extensions.count)
    for format in SampleFormat.allCases { #expect(format.names.first == format.rawValue) }
  }

  @Test("an unknown name is answered with all formats and the names of the usual ones")
  func unknown() {
    let error = #expect(throws: ConfigurationError.self) { try SampleFormat(named: "cu12") }
    #expect(error?.field == "format")
    let names = SampleFormat.allCases.map(\.rawValue) + SampleFormat.usual.flatMap(\.names)
    for name in ["'cu12'"] + names {
      #expect(error?.reason.contains(name) == true, "\(name)")
    }
  }

  @Test(
    "extensions tell the format, Universal Radio Hacker's by the bits of I and Q together",
    arguments: [
      ("cu8", SampleFormat.cu8), ("CU8", .cu8), ("ci8", .ci8), ("cs8", .ci8),
      ("complex16s", .ci8), ("complex16u", .cu8), ("ci16", .ci16), ("cs16", .ci16),
      ("sc16", .ci16), ("complex32s", .ci16), ("cf32", .cf32), ("fc32", .cf32),
      ("cfile", .cf32), ("complex64", .cf32), ("complex", .cf32), ("c16", .ci16),
      ("sc8", .ci8), ("uc8", .cu8),
    ])
  func extensions(name: String, format: SampleFormat) {
    #expect(SampleFormat(fileExtension: name) == format)
  }

  @Test(
    "extensions of other types tell the format too",
    arguments: [
      ("cs32", "ci32_le"), ("complex32u", "cu16_le"), ("fc64", "cf64_le"), ("f32", "rf32_le"),
      ("S16", "ri16_le"), ("u8", "ru8"), ("cs16be", "ci16_be"), ("ci16_be", "ci16_be"),
    ])
  func regularExtensions(name: String, datatype: String) {
    #expect(SampleFormat(fileExtension: name)?.rawValue == datatype)
  }

  @Test("extensions that mean many formats tell none", arguments: ["bin", "iq", "dat", "", "txt"])
  func formatless(name: String) {
    #expect(SampleFormat(fileExtension: name) == nil)
    #expect(SampleFormat.isCapture(fileExtension: name) == !["", "txt"].contains(name))
  }
}
