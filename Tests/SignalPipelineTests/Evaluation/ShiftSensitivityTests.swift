import Foundation
import SignalPipeline
import Testing

@Suite struct ShiftSensitivityTests {
  private static func sensitivity(
    of layers: String, roll: FeatureConfiguration.Roll, workers: Int = 2
  ) throws -> ShiftSensitivity {
    let network = try Network(
      describing: #"{"inputShape":{"channels":1,"length":64},"layers":[\#(layers)]}"#)
    var generator = SeededGenerator(seed: 4)
    var features = TrainingProblem.features
    features.roll = roll
    return try ShiftSensitivity(
      of: network, parameters: network.initialParameters(using: &generator),
      features: FeatureTransform(features), on: TrainingProblem.dataset(),
      examples: Array(0..<30), shifts: [1, 17, 40], workers: workers)
  }

  static let flat =
    #"{"layer":"flatten"},{"layer":"linear","outputs":3}"#
  static let pooled =
    #"{"layer":"conv1d","outputChannels":6,"kernelSize":5,"padding":"circular"},"#
    + #"{"layer":"globalPool1d","reduction":"maximum"},{"layer":"linear","outputs":3}"#

  @Test("weights tied to positions answer otherwise elsewhere")
  func tied() throws {
    let found = try Self.sensitivity(of: Self.flat, roll: .none)
    #expect(found.consistent.count == 90)
    #expect(found.consistent.value < 1)
    #expect(found.greatestChange > 0.01)
  }

  @Test("the canonical roll makes any network answer the same, to the last bit")
  func canonical() throws {
    let found = try Self.sensitivity(of: Self.flat, roll: .canonical)
    #expect(found.consistent.value == 1)
    #expect(found.greatestChange == 0)
  }

  @Test("global maxima on a circle answer the same, to the last bit")
  func pooled() throws {
    let found = try Self.sensitivity(of: Self.pooled, roll: .none)
    #expect(found.consistent.value == 1)
    // A value is summed in one order wherever it stands; rounding is the same.
    #expect(found.greatestChange < 1e-6)
  }

  @Test("the number of threads does not matter")
  func threads() throws {
    let one = try Self.sensitivity(of: Self.flat, roll: .none, workers: 1)
    #expect(try Self.sensitivity(of: Self.flat, roll: .none, workers: 3) == one)
  }

  @Test("a shift moves bins up, round the circle, in every channel")
  func shift() throws {
    let dataset = Dataset(
      spectrum: SpectrumConfiguration(bins: 4, overlap: 0, window: .hann), classes: ["a"],
      channels: [.mean, .maximum], density: [1, 2, 3, 4, 5, 6, 7, 8], labels: [0])
    #expect(try dataset.shifted([0], by: 1).spectra.values(of: 0) == [4, 1, 2, 3, 8, 5, 6, 7])
    #expect(try dataset.shifted([0], by: -1).spectra.values(of: 0) == [2, 3, 4, 1, 6, 7, 8, 5])
    #expect(try dataset.shifted([0, 0], by: 8).spectra.values(of: 1) == [1, 2, 3, 4, 5, 6, 7, 8])
  }
}
