import SignalPipeline
import Testing

@Suite struct SampleFormatTests {
  @Test(
    "names of other tools are resolved, whatever their case",
    arguments: [
      ("cu8", SampleFormat.cu8), ("rtl", .cu8), ("RTL-SDR", .cu8), ("ci8", .ci8), ("cs8", .ci8),
      ("HackRF", .ci8), ("ci16_le", .ci16), ("ci16", .ci16), ("cs16", .ci16), ("sc16", .ci16),
      ("cf32_le", .cf32), ("cf32", .cf32), ("fc32", .cf32), ("Complex64", .cf32),
      ("cfile", .cf32),
    ])
  func names(name: String, format: SampleFormat) throws {
    #expect(try SampleFormat(named: name) == format)
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

  @Test("an unknown name is answered with all the names")
  func unknown() {
    let error = #expect(throws: ConfigurationError.self) { try SampleFormat(named: "cu12") }
    #expect(error?.field == "format")
    for name in ["'cu12'"] + SampleFormat.allCases.flatMap(\.names) {
      #expect(error?.reason.contains(name) == true, "\(name)")
    }
  }

  @Test(
    "extensions tell the format, Universal Radio Hacker's by the bits of I and Q together",
    arguments: [
      ("cu8", SampleFormat.cu8), ("CU8", .cu8), ("ci8", .ci8), ("cs8", .ci8),
      ("complex16s", .ci8), ("complex16u", .cu8), ("ci16", .ci16), ("cs16", .ci16),
      ("sc16", .ci16), ("complex32s", .ci16), ("cf32", .cf32), ("fc32", .cf32),
      ("cfile", .cf32), ("complex64", .cf32), ("complex", .cf32),
    ])
  func extensions(name: String, format: SampleFormat) {
    #expect(SampleFormat(fileExtension: name) == format)
  }

  @Test("extensions that mean many formats tell none", arguments: ["bin", "iq", "dat", "", "txt"])
  func formatless(name: String) {
    #expect(SampleFormat(fileExtension: name) == nil)
    #expect(SampleFormat.isCapture(fileExtension: name) == !["", "txt"].contains(name))
  }
}
