import SignalPipeline
import Testing

@Suite struct InvarianceTests {
  private func dataset(_ model: Model, channels: [SpectrumChannel] = [.mean]) throws -> Dataset {
    let count = 5
    var density: [Float] = []
    for index in 0..<count {
      let samples = ClassificationScene.samples(
        2048, tone: index == 0 ? nil : Double(index) / 12, seed: UInt64(index))
      density += try estimate(samples, model.spectrum, channels: channels)
    }
    return Dataset(
      spectrum: model.spectrum, classes: model.classes, channels: channels, density: density,
      labels: (0..<count).map { $0 % 3 })
  }

  @Test(
    "a roll to a place of its own leaves features and logits as they are at every shift",
    arguments: [FeatureConfiguration.Roll.canonical, .centroid],
    [[SpectrumChannel.mean], [.mean, .maximum]])
  func exact(roll: FeatureConfiguration.Roll, channels: [SpectrumChannel]) throws {
    var model = try ClassificationScene.model(channels: channels)
    model.features.roll = roll
    let found = try Invariance(
      of: model, on: dataset(model, channels: channels), workers: 2)
    #expect(found.spectra.featureShifts == 256 && found.spectra.logitShifts == 64)
    #expect(found.spectra.differing == 0 && found.spectra.firstDifference == nil)
    #expect(found.spectra.largestLogitDifference == 0)
    #expect(found.spectra.consistent == Proportion(5, of: 5))
    #expect(found.wholeBins == nil && found.betweenBins == nil)
  }

  @Test("without a roll the logits at all shifts are told, as one computes them")
  func unrolled() throws {
    var model = try ClassificationScene.model()
    model.features.roll = .none
    let data = try dataset(model)
    var largest: Float = 0
    var consistent = 0
    for example in 0..<data.count {
      let density = try data.spectra.values(of: example)
      let logits = try (0..<256).map { shift in
        try ClassificationScene.logits(of: Array(density[shift...] + density[..<shift]), model)
      }
      for found in logits {
        largest = max(largest, zip(found, logits[0]).map { abs($0 - $1) }.max() ?? 0)
      }
      let classes = Set(logits.map { found in found.firstIndex(of: found.max() ?? 0) })
      if classes.count == 1 { consistent += 1 }
    }
    var last = (0, 0)
    let found = try Invariance(of: model, on: data, workers: 1) { last = ($0, $1) }
    #expect(found.spectra.featureShifts == 0 && found.spectra.logitShifts == 256)
    #expect(largest > 0 && found.spectra.largestLogitDifference == Double(largest))
    #expect(found.spectra.consistent == Proportion(consistent, of: 5))
    #expect(last == (5 * 256, 5 * 256))
    #expect(try Invariance(of: model, on: data, workers: 3) == found)
    let some = try Invariance(of: model, on: data, logitShifts: 7, workers: 1)
    #expect(some.spectra.logitShifts == 7)
    #expect(some.spectra.largestLogitDifference <= found.spectra.largestLogitDifference)
  }

  @Test("features that must be the same and are not are told by example and shift")
  func differing() throws {
    var model = try ClassificationScene.model()
    model.features.roll = .none
    let data = try dataset(model)
    let found = try SpectrumShiftTrial(model, data, comparesFeatures: true).run(workers: 2)
    #expect(found.differing == 5)
    #expect(found.firstDifference?.example == 0 && found.firstDifference?.shift == 1)
    // A flat spectrum is the same at all shifts; the next is not.
    let flat = try Dataset(
      spectrum: data.spectrum, classes: data.classes,
      density: [Float](repeating: 1, count: 256) + data.spectra.values(of: 1), labels: [0, 1])
    let second = try SpectrumShiftTrial(model, flat, comparesFeatures: true).run(workers: 1)
    #expect(second.differing == 1 && second.firstDifference?.example == 1)
  }

  @Test("shifts are spread over the band, none twice, with every residue of a stride")
  func spread() {
    for (count, bins) in [(64, 8192), (32, 8000), (8192, 8192), (1, 2), (7, 256), (256, 256)] {
      let shifts = Invariance.spread(count, over: bins)
      #expect(shifts.count == count && Set(shifts).count == count)
      #expect(shifts.allSatisfy { (0..<bins).contains($0) })
      guard count >= 32 else { continue }
      #expect(Set(shifts.map { $0 % 32 }).count == 32)
    }
  }

  @Test("a spread tells the least change that a share of all does not exceed")
  func percentiles() {
    let spread = Invariance.Spread((1...2000).map(Float.init).reversed())
    #expect(spread.median == 1000 && spread.percentile99 == 1980)
    #expect(spread.percentile999 == 1998 && spread.largest == 2000)
    #expect(Invariance.Spread([]).largest == 0)
    #expect(Invariance.Spread([3]).median == 3)
  }

  @Test("other spectra, and shifts that there are not, are refused")
  func refused() throws {
    let model = try ClassificationScene.model()
    var data = try dataset(model)
    for count in [0, 257] {
      let error = #expect(throws: ConfigurationError.self) {
        try Invariance(of: model, on: data, logitShifts: count, workers: 1)
      }
      #expect(error?.description == "shifts are \(count); spectra of 256 bins have 1 to 256")
    }
    data.spectrum.overlap = 0
    #expect(throws: ConfigurationError.self) { try Invariance(of: model, on: data, workers: 1) }
  }
}
