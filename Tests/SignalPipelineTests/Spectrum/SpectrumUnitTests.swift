import SignalPipeline
import Testing

@Suite struct SpectrumUnitTests {
  private let spectrum = PowerSpectrum(
    density: [1, 2, 0.5, 4], segments: 1, noiseBandwidth: 0.375)

  @Test("values in a unit are those of the spectrum's own")
  func values() {
    #expect(spectrum.values(in: SpectrumUnit()) == [1, 2, 0.5, 4])
    let hertz = SpectrumUnit(sampleRate: 2e6, fullScale: 0.5)
    for (value, expected) in zip(
      spectrum.values(in: hertz), spectrum.density(rate: 2e6, fullScale: 0.5))
    {
      #expect(abs(value - expected) <= 1e-15 * expected)
    }
    let tones = SpectrumUnit(.spectrum, sampleRate: 2e6, fullScale: 0.5)
    #expect(spectrum.values(in: tones) == spectrum.powers(fullScale: 0.5))
  }

  @Test(
    "units are named",
    arguments: [
      (SpectrumUnit(), "FS²/(cycle/sample)", "dB(FS²/(cycle/sample))"),
      (SpectrumUnit(sampleRate: 1), "FS²/Hz", "dB(FS²/Hz)"),
      (SpectrumUnit(sampleRate: 1, fullScale: 2), "V²/Hz", "dB(V²/Hz)"),
      (SpectrumUnit(.spectrum, sampleRate: 1), "FS²", "dBFS"),
      (SpectrumUnit(.spectrum, fullScale: 2), "V²", "dBV"),
    ])
  func names(unit: SpectrumUnit, powers: String, levels: String) {
    #expect(unit.description == powers && unit.levelDescription == levels)
  }

  @Test("frequencies are told as finely as the rate asks for")
  func frequencies() {
    let hertz = FrequencyScale(sampleRate: 2.4e6, centre: 433.92e6)
    #expect(hertz.unit == "Hz" && hertz.value(0.25) == 434.52e6 && hertz.width(0.5) == 1.2e6)
    #expect(hertz.text(434.52e6) == "434.52000 MHz")
    #expect(hertz.text(width: 0.001) == "2.400 kHz")
    #expect(hertz.text(width: 0) == "0 Hz")
    let relative = FrequencyScale(sampleRate: nil, centre: 5)
    #expect(relative.value(0.25) == 0.25 && relative.unit == "cycles/sample")
    #expect(relative.text(0.25) == "0.250000 cycles/sample")
  }
}
