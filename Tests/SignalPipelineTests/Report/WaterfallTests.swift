import Foundation
import SignalPipeline
import Testing

@Suite struct WaterfallTests {
  /// Samples in pieces of any length.
  private func add(_ samples: [IQSample], to waterfall: inout Waterfall, pieces: Int) {
    var start = 0
    while start < samples.count {
      let end = min(start + pieces, samples.count)
      waterfall.add(samples[start..<end].span)
      start = end
    }
  }

  @Test("rows are the segments of the estimate, however the samples come")
  func segments() throws {
    var generator = SeededGenerator(seed: 1)
    let samples = gaussian(64 * 20 + 31, &generator)
    let configuration = SpectrumConfiguration(bins: 64, overlap: 32, window: .hann)
    var expected: [Float] = []
    var spectrogram = try Spectrogram(configuration)
    spectrogram.add(samples.span) { expected += $0.spectrum.density }
    for pieces in [1, 100, 10_000] {
      var averaged = configuration
      averaged.averaging = .maximum
      var waterfall = try Waterfall(averaged)
      add(samples, to: &waterfall, pieces: pieces)
      #expect(waterfall.rows == 39 && waterfall.columns == 64)
      #expect(waterfall.powers == expected)
      #expect(waterfall.samplesPerRow == 32 && waterfall.binsPerColumn == 1)
    }
  }

  @Test("any number of segments stays within the rows, and each row is a mean of its time")
  func merging() throws {
    let configuration = SpectrumConfiguration(bins: 8, overlap: 0, window: .rectangular)
    for segments in [639, 640, 641, 1281, 5000, 20_481] {
      // A constant whose power is the segment's number: bin 0 Hz has 8 times that.
      var waterfall = try Waterfall(configuration)
      for segment in 0..<segments {
        let amplitude = Float(Double(segment).squareRoot())
        waterfall.add([IQSample](repeating: IQSample(amplitude, 0), count: 8).span)
      }
      let length = waterfall.segmentsPerRow
      #expect(waterfall.rows <= Waterfall.rowLimit)
      #expect(waterfall.rows == (segments + length - 1) / length)
      #expect(length == 1 || waterfall.rows >= Waterfall.rowLimit / 2)
      for row in 0..<waterfall.rows {
        let last = min((row + 1) * length, segments) - 1
        let mean = 8 * Double(row * length + last) / 2
        let power = Double(waterfall.powers[row * 8 + 4])
        // Square roots and sums in single precision.
        #expect(abs(power - mean) <= 1e-5 * mean, "row \(row) of \(segments) segments")
      }
    }
  }

  @Test("a column of several bins shows the highest, so that a carrier is not lost")
  func columns() throws {
    let bins = 5000
    var waterfall = try Waterfall(.bartlett(bins: bins))
    #expect(waterfall.columns == 1024 && waterfall.binsPerColumn == 5)
    // A whole number of turns: all power in one bin.
    let turns = 1234
    let samples = (0..<bins).map { n in
      let angle = 2 * Double.pi * Double(turns * n % bins) / Double(bins)
      return IQSample(Float(cos(angle)), Float(sin(angle)))
    }
    waterfall.add(samples.span)
    let powers = waterfall.powers
    let column = try #require(powers.indices.max { powers[$0] < powers[$1] })
    let bin = bins / 2 + turns
    #expect((column * bins / 1024..<(column + 1) * bins / 1024).contains(bin))
    #expect(abs(powers[column] - Float(bins)) < 1e-3 * Float(bins))
    #expect(powers.count { $0 > 1 } == 1)
  }

  private func plot(_ unit: SpectrumUnit, bins: Int = 64, segments: Int = 39) throws
    -> WaterfallPlot
  {
    var generator = SeededGenerator(seed: 3)
    var waterfall = try Waterfall(.bartlett(bins: bins))
    waterfall.add(gaussian(bins * segments, &generator).span)
    return WaterfallPlot(waterfall, title: "a<b", unit: unit, centre: 1e8)
  }

  @Test("axes tell MHz, ms and dB with their units, and the colours follow the levels")
  func axes() throws {
    let plot = try plot(SpectrumUnit(sampleRate: 2e6))
    let reading = try SVGReading(plot.svg())
    for text in ["a<b", "Frequency [MHz]", "Time [ms]", "Density [dB(FS²/Hz)]", "100.0"] {
      #expect(reading.texts.contains(text), "\(text) in \(reading.texts)")
    }
    #expect(reading.elements["image"] == 2)
    // White noise of power 1 has −63 dB(FS²/Hz) here; single segments spread far below.
    #expect(plot.levels.upperBound > -63 && plot.levels.lowerBound < -63)
    #expect(plot.levels.upperBound < -50 && plot.levels.lowerBound > -90)
    #expect(plot.cells.pixels.allSatisfy { Int($0) < Raster.colors })
    #expect(Set(plot.cells.pixels).count > 100)
    let relative = try SVGReading(try self.plot(SpectrumUnit(.spectrum, fullScale: 2)).svg())
    for text in ["Frequency [cycles/sample]", "Time [samples]", "Power [dBV]"] {
      #expect(relative.texts.contains(text), "\(text) in \(relative.texts)")
    }
  }

  @Test("a PNG shows every cell in whole pixels inside its axes", arguments: [64, 600, 4096])
  func pixels(bins: Int) throws {
    let plot = try plot(SpectrumUnit(sampleRate: 2e6), bins: bins)
    let reading = try PNGReading(plot.png())
    let columns = plot.cells.width
    let (width, height) = (1024 / columns, 640 / plot.cells.height)
    // The frame lies around the cells: its upper edge, a tick before it, is the first long line.
    let line = [UInt8](repeating: Raster.line, count: columns * width)
    let frame = try #require(reading.pixels.firstRange(of: line)).lowerBound
    let end = try #require(reading.pixels[frame...].firstIndex { $0 != Raster.line })
    let (left, top) = ((end - 1) % reading.width - columns * width, frame / reading.width)
    let shown = (0..<plot.cells.height).flatMap { row in
      (1..<columns).map { column in
        reading.pixels[(top + row * height + 1) * reading.width + left + column * width]
      }
    }
    let cells = (0..<plot.cells.height).flatMap { row in
      plot.cells.pixels[row * columns + 1..<(row + 1) * columns]
    }
    #expect(shown == cells)
    // Nothing touches the picture's edges.
    let last = reading.width - 1
    for y in 0..<reading.height {
      #expect(reading.pixels[y * reading.width] == Raster.ground)
      #expect(reading.pixels[y * reading.width + last] == Raster.ground)
    }
    #expect(reading.pixels.prefix(reading.width).allSatisfy { $0 == Raster.ground })
    #expect(reading.pixels.suffix(reading.width).allSatisfy { $0 == Raster.ground })
  }

  @Test("silence and a single tone still give a picture")
  func extremes() throws {
    var waterfall = try Waterfall(.bartlett(bins: 16))
    waterfall.add([IQSample](repeating: .zero, count: 16 * 5).span)
    let silence = WaterfallPlot(waterfall, title: "", unit: SpectrumUnit())
    #expect(silence.cells.pixels.allSatisfy { $0 == 0 })
    _ = try PNGReading(silence.png())
    var tone = try Waterfall(.bartlett(bins: 16))
    tone.add([IQSample](repeating: IQSample(1, 0), count: 16 * 2000).span)
    let plot = WaterfallPlot(tone, title: "tone", unit: SpectrumUnit())
    _ = try SVGReading(plot.svg())
    #expect(plot.cells.height == 500)
    for row in 0..<plot.cells.height {
      let cells = plot.cells.pixels[row * 16..<(row + 1) * 16]
      #expect(cells.max() == cells[row * 16 + 8])
    }
  }
}
