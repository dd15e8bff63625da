import Foundation
import SignalPipeline
import Testing

/// The built-in model's features and logits under shifts of the frequency.
@Suite struct ShiftInvarianceTests {
  private func examples(_ count: Int, _ model: Model) throws -> [[IQSample]] {
    var configuration = SynthesisConfiguration.default
    configuration.samples = model.window
    var generator = try SignalGenerator(configuration)
    return (0..<count).map { generator.example($0).samples }
  }

  @Test("circular shifts of a spectrum leave every bit of features and logits as it is")
  func spectra() throws {
    let model = try BuiltInModel.load()
    for samples in try examples(4, model) {
      let density = try estimate(samples, model.spectrum)
      let features = try ClassificationScene.features(of: density, model)
      let logits = try ClassificationScene.logits(of: density, model)
      // Shifts of every residue of the bins' means and of the network's strides.
      for shift in [1, 2, 3, 4, 7, 31, 64, 1000, 4096, 8191] {
        let moved = Array(density[shift...] + density[..<shift])
        #expect(
          try ClassificationScene.features(of: moved, model).map(\.bitPattern)
            == features.map(\.bitPattern))
        #expect(
          try ClassificationScene.logits(of: moved, model).map(\.bitPattern)
            == logits.map(\.bitPattern))
      }
    }
  }

  @Test("mixing the samples by whole bins moves no logit by more than 1e-4")
  func samples() throws {
    let model = try BuiltInModel.load()
    let bins = model.spectrum.bins
    var compared = 0
    for samples in try examples(8, model) {
      let density = try estimate(samples, model.spectrum)
      // Where two maxima agree to the rounding of the spectrum, either may come to bin 0.
      let sorted = density.sorted(by: >)
      guard sorted[1] < sorted[0] * (1 - 2e-5) else { continue }
      let logits = try ClassificationScene.logits(of: density, model)
      for shift in [1, 513, 4096, 8190] {
        let mixed = samples.enumerated().map { n, x in
          let angle = 2 * Double.pi * Double(shift * n % bins) / Double(bins)
          let (c, s) = (cos(angle), sin(angle))
          let (i, q) = (Double(x.i), Double(x.q))
          return IQSample(Float(i * c - q * s), Float(i * s + q * c))
        }
        let moved = try ClassificationScene.logits(of: estimate(mixed, model.spectrum), model)
        for (found, expected) in zip(moved, logits) {
          // The project's promise.
          #expect(abs(found - expected) <= 1e-4)
        }
        compared += 1
      }
    }
    // Near-ties are the exception.
    #expect(compared >= 24)
  }
}
