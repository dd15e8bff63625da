import SignalPipeline
import Testing

@Suite struct CaptureFileNameTests {
  /// A name and what it tells.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var rate: Double?
    var center: Double?
    var format: String?
    var time: String?
    var testDescription: String { name }

    init(
      _ name: String, rate: Double? = nil, center: Double? = nil, format: String? = nil,
      time: String? = nil
    ) {
      (self.name, self.rate, self.center, self.format, self.time) = (
        name, rate, center, format, time
      )
    }
  }

  private func check(_ told: Case) {
    let facts = CaptureFileName.facts(of: told.name)
    #expect(facts.sampleRate == told.rate)
    #expect(facts.centerFrequency == told.center)
    #expect(facts.format?.rawValue == told.format)
    #expect(facts.startTime == told.time)
    #expect(facts.dataOffset == 0 && facts.dataBytes == nil)
  }

  @Test(
    "quantities in names are read as rtl_433 reads them",
    arguments: [
      Case("g001_433.92M_250k.cu8", rate: 250e3, center: 433_920_000, format: "cu8"),
      Case("g001_433.92m_250K.CU8", rate: 250e3, center: 433_920_000, format: "cu8"),
      Case("Acme 01_868.3M_1000k.cs16", rate: 1e6, center: 868_300_000, format: "ci16_le"),
      Case("a_433.92MHz_1024ksps.cs8", rate: 1_024_000, center: 433_920_000, format: "ci8"),
      Case("a_433920kHz_1.024Msps.cf32", rate: 1_024_000, center: 433_920_000, format: "cf32_le"),
      Case("a 433920000Hz 250000sps.cu8", rate: 250e3, center: 433_920_000, format: "cu8"),
      Case("lte_2585.1MHz_1.92Msps.cu8", rate: 1.92e6, center: 2_585_100_000, format: "cu8"),
      Case("a_1.09GHz_0.002Gsps", rate: 2e6, center: 1_090_000_000),
      Case("fc=100.1MHz@fs=2.4MHz.iq", rate: 2.4e6, center: 100_100_000),
      Case("car-2475MHz-2Msps.bin", rate: 2e6, center: 2_475_000_000),
      Case("hf_7100kHz_48ksps.raw", rate: 48e3, center: 7_100_000),
      Case("07-Aug-2023 181711.798 401.774MHz.wav", center: 401_774_000),
      Case("span 20MHz 2400MHz.iq", center: 2_400_000_000),
      // Digits that a point follows are no extension.
      Case("g001_250k_433.92M", rate: 250e3, center: 433_920_000),
    ])
  func quantities(_ told: Case) { check(told) }

  @Test(
    "recorders' names are read by their positions",
    arguments: [
      Case(
        "gqrx_20231231_120000_100000000_1800000_fc.raw", rate: 1.8e6, center: 100e6,
        format: "cf32_le", time: "2023-12-31T12:00:00Z"),
      Case(
        "SDRSharp_20201231_120000Z_100000000Hz_IQ.wav", center: 100e6,
        time: "2020-12-31T12:00:00Z"),
      Case("SDRSharp_20201231_120000Z_100000000Hz_AF.wav", time: "2020-12-31T12:00:00Z"),
      Case("HDSDR_20201231_120000Z_7100kHz_RF.wav", center: 7.1e6, time: "2020-12-31T12:00:00Z"),
      Case("HDSDR_20201231_120000Z_7100kHz_AF.wav", time: "2020-12-31T12:00:00Z"),
      Case("SDRuno_20200912_151112Z_7100kHz.wav", center: 7.1e6, time: "2020-09-12T15:11:12Z"),
      // SDR++ writes local time, whose zone the name does not tell.
      Case("baseband_100000000Hz_12-00-00_31-12-2023.wav", center: 100e6),
      Case("baseband_137100000Hz_12-00-00_31-12-2023.cs16", center: 137.1e6, format: "ci16_le"),
      Case("audio_100000000Hz_12-00-00_31-12-2023.wav"),
      Case(
        "sigdigger_20220308_165547Z_2560000_433500000_float32_iq.raw", rate: 2.56e6,
        center: 433.5e6, format: "cf32_le", time: "2022-03-08T16:55:47Z"),
      Case(
        "sigdigger_2560000_433500000_float32_iq.raw", rate: 2.56e6, center: 433.5e6,
        format: "cf32_le"),
      Case(
        "2023-08-05_18-02-45-534_16000000SPS_2284000000Hz.s16", rate: 16e6, center: 2_284e6,
        format: "ci16_le"),
      Case("1880-1900MHz__f1889.9_s1.92_g0_1s.bin", rate: 1.92e6, center: 1_889_900_000),
      Case("f2565_s1.92_g0_0.8s.bin", rate: 1.92e6, center: 2_565e6),
      Case("f433920000_s250000.cu8", rate: 250e3, center: 433_920_000, format: "cu8"),
    ])
  func recorders(_ told: Case) { check(told) }

  @Test(
    "what can be meant in two ways is not told",
    arguments: [
      // A symbol rate, a channel's width, a rate, a band, a wrong unit.
      Case("smog_p_5k.wav"), Case("lte_20MHz.bin"), Case("noise_2M.cu8", format: "cu8"),
      Case("1880-1900MHz.bin"), Case("5925Hz.iq"), Case("audio48kHz.raw"), Case("a_48kHz.raw"),
      Case("433MHz_868MHz.iq"), Case("433MHz_2MHz.iq"), Case("a_250k_1000k_433M.iq", center: 433e6),
      Case("433,92M_250k.iq", rate: nil, center: nil), Case("bw_200MHz.iq"), Case("9k6.iq"),
      Case("gqrx_20231231_120000_145500000.wav"), Case("gqrx_x_y_0_nan_fc.raw", format: "cf32_le"),
      Case("gqrx_20231331_250000_1e8_-5_fc.raw", format: "cf32_le"), Case("f2565_s1.92e3.bin"),
      Case("f2565.bin"), Case("fm_stereo.bin"), Case("0Hz_0sps.iq"), Case("1.2.3MHz.iq"),
      Case("modes1.bin"), Case("left back.complex16s", format: "ci8"), Case("gfile001.data"),
      Case(".cu8"), Case("."), Case(""), Case("_"), Case("__"), Case("---"), Case("Hz"),
      Case(String(repeating: "9", count: 400) + "Hz"), Case("𝟘MHz_٣٣٣MHz.iq"),
    ])
  func ambiguous(_ told: Case) { check(told) }
}
