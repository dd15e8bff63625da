import SignalPipeline
import Testing

@Suite struct DrawingTests {
  private func plot(_ series: [PlotSeries]) -> LinePlot {
    LinePlot(
      title: "Loss", summary: "The loss of each epoch.", xAxis: PlotAxis("Epoch"),
      yAxis: PlotAxis("Loss", unit: "nats"), series: series)
  }

  @Test("names from files cannot break the markup, and are shown as they are")
  func escaping() throws {
    let name = "a<b> & \"c\" 'd'\u{1}"
    let reading = try SVGReading(plot([PlotSeries(name, x: [0, 1], y: [0, 1])]).svg())
    #expect(reading.texts.contains("a<b> & \"c\" 'd'"))
    let matrix = try ConfusionMatrix(classes: [name, "]]>"], labels: [0, 1], predictions: [1, 1])
    _ = try SVGReading(HeatMap(matrix, title: name).svg())
  }

  @Test("a drawing says in words what it shows, and follows the reader's light or dark ground")
  func alternatives() throws {
    let svg = plot([]).svg()
    let reading = try SVGReading(svg)
    #expect(reading.texts.prefix(2) == ["Loss", "The loss of each epoch."])
    #expect(svg.text.contains("prefers-color-scheme:dark"))
  }

  @Test("a spectrum of 8192 bins stays small and keeps its one high bin")
  func thinning() throws {
    var density = [Float](repeating: 1e-6, count: 8192)
    var generator = SeededGenerator(seed: 2)
    for bin in density.indices { density[bin] *= Float(0.5 + generator.uniform()) }
    density[5000] = 1
    let plot = LinePlot(
      PowerSpectrum(density: density, segments: 1), title: "one tone",
      unit: SpectrumUnit(sampleRate: 2.4e6))
    let text = plot.svg().text
    #expect(text.utf8.count < 200_000)
    let reading = try SVGReading(plot.svg())
    let path = try #require(reading.paths.first)
    let points = path.split(whereSeparator: { "ML ".contains($0) }).map { point in
      point.split(separator: ",").compactMap { Double($0) }
    }
    let highest = try #require(points.min { $0[1] < $1[1] })
    // The plot's frame starts at 40 px and 0 dB is its upper end.
    let full = try #require(points.map { $0[1] }.min())
    #expect(full < 60)
    // The tone's bin is at 5000/8192 of the width.
    let left = try #require(points.first)[0]
    let right = try #require(points.last)[0]
    let share = (highest[0] - left) / (right - left)
    #expect(abs(share - 5000.0 / 8191) < 0.001)
  }

  @Test("the frequency axis has an SI prefix, and is in cycles/sample without a rate")
  func units() throws {
    let spectrum = PowerSpectrum(density: [1e-3, 1, 1e-3, 1e-4], segments: 3)
    let hertz = try SVGReading(
      LinePlot(spectrum, title: "a", unit: SpectrumUnit(sampleRate: 2e6), centre: 1e8).svg())
    #expect(hertz.texts.contains("Frequency [MHz]"))
    #expect(hertz.texts.contains("Density [dB(FS²/Hz)]"))
    #expect(hertz.texts.contains("100.0"))
    #expect(hertz.texts[1].contains("at 99.50000 MHz"))
    let cycles = try SVGReading(LinePlot(spectrum, title: "a").svg())
    #expect(cycles.texts.contains("Frequency [cycles/sample]"))
    #expect(cycles.texts.contains("−0.4"))
  }

  @Test("values without a level break the line instead of bending it")
  func gaps() throws {
    let x = (0..<9).map(Double.init)
    let y: [Double] = [1, 2, .nan, 3, 4, -.infinity, 5, 6, 7]
    #expect(try SVGReading(plot([PlotSeries(x: x, y: y)]).svg()).paths.count == 3)
  }

  private static let extremeValues: [[Double]] = [
    [5, 5], [1e-300], [], [-1e300, 1e300], [-1.7e308, 1.7e308], [.nan, .infinity], [1, 1 + 1e-15],
    [.leastNonzeroMagnitude, 0],
  ]

  @Test("constant, single, empty and extreme data still give a drawing", arguments: extremeValues)
  func extremes(values: [Double]) throws {
    for shift in [0, 1e18] {
      let x = values.indices.map { Double($0) * 4096 + shift }
      let svg = plot([PlotSeries("a", x: x, y: values, style: .markers)]).svg()
      _ = try SVGReading(svg)
      #expect(!svg.text.contains("\"nan") && !svg.text.contains("inf"))
    }
    _ = try SVGReading(plot([PlotSeries("a", x: values, y: values, style: .markers)]).svg())
  }

  @Test("a spectrum without any power is an empty plot")
  func silence() throws {
    for bins in [0, 1, 16] {
      let spectrum = PowerSpectrum(density: [Float](repeating: 0, count: bins), segments: 1)
      #expect(try SVGReading(LinePlot(spectrum, title: "zeros").svg()).paths.isEmpty)
    }
  }

  @Test("a confusion matrix shows every count, and the share of what is not 0")
  func confusion() throws {
    let matrix = try ConfusionMatrix(
      classes: ["am", "fsk"], labels: [0, 0, 0, 1], predictions: [0, 0, 1, 1])
    let reading = try SVGReading(HeatMap(matrix).svg())
    for text in ["2", "66.7 %", "1", "33.3 %", "0", "100.0 %", "true class", "predicted class"] {
      #expect(reading.texts.contains(text), "\(text)")
    }
  }

  @Test("a curve leaves out empty cells and names its worst one in words")
  func curve() throws {
    let conditions = [-4.0, 1, 6].map { ExampleConditions(offset: 0, snr: $0, bandwidth: 0.1) }
    let curve = try AccuracyCurve(
      .snr, edges: [-5, -2.5, 0, 2.5, 5, 7.5], conditions: conditions,
      correct: [false, true, true])
    let reading = try SVGReading(LinePlot(curve).svg())
    #expect(reading.elements["circle"] == 3)
    #expect(reading.texts[1].contains("0.0 % of 1 examples from -5.000 to -2.500 dB"))
    #expect(reading.texts.contains("Signal-to-noise ratio [dB]"))
  }

  @Test("the same plot gives the same bytes")
  func deterministic() {
    let plot = plot([PlotSeries("a", x: [0, 1], y: [0, 1])])
    #expect(plot.svg().text == plot.svg().text)
  }

  @Test("ticks with long texts are few enough to stand apart")
  func longTicks() throws {
    let spectrum = PowerSpectrum(density: [1, 2, 3, 4], segments: 1)
    let plot = LinePlot(
      spectrum, title: "narrow", unit: SpectrumUnit(sampleRate: 2000), centre: 2.4e9)
    let texts = try SVGReading(plot.svg()).texts
    let ticks = texts.filter { $0.hasPrefix("2.4000") || $0.hasPrefix("2.3999") }
    #expect((2...8).contains(ticks.count))
    #expect(Set(ticks).count == ticks.count)
  }
}
