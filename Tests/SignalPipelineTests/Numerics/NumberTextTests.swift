import SignalPipeline
import Testing

@Suite struct NumberTextTests {
  @Test("numbers have as many decimals as asked for, whatever their size and sign")
  func fixed() {
    #expect(NumberText.fixed(3.14159, decimals: 2) == "3.14")
    #expect(NumberText.fixed(-0.05, decimals: 1) == "-0.1")
    #expect(NumberText.fixed(-0.001, decimals: 2) == "0.00")
    #expect(NumberText.fixed(0.0625, decimals: 4) == "0.0625")
    #expect(NumberText.fixed(9.996, decimals: 2) == "10.00")
    #expect(NumberText.fixed(1e9, decimals: 0) == "1000000000")
    #expect(NumberText.fixed(1e300, decimals: 3) == "1e+300")
    #expect(NumberText.fixed(.nan, decimals: 3) == "nan")
    #expect(NumberText.fixed(-.infinity, decimals: 3) == "-inf")
  }

  @Test("SI prefixes bring values between 1 and 1000")
  func prefixes() {
    #expect(NumberText.withPrefix(2.4e6, unit: "Hz", decimals: 1) == "2.4 MHz")
    #expect(NumberText.withPrefix(1000, unit: "Hz", decimals: 0) == "1 kHz")
    #expect(NumberText.withPrefix(999, unit: "Hz", decimals: 0) == "999 Hz")
    #expect(NumberText.withPrefix(-5e-5, unit: "s", decimals: 0) == "-50 µs")
    #expect(NumberText.withPrefix(0, unit: "Hz", decimals: 0) == "0 Hz")
    #expect(NumberText.withPrefix(1e-12, unit: "s", decimals: 3) == "0.001 ns")
    #expect(NumberText.percent(0.9983, decimals: 2) == "99.83 %")
  }
}
