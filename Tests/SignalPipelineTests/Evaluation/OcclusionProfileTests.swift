import Foundation
import SignalPipeline
import Testing

@Suite struct OcclusionProfileTests {
  private static let bins = 256

  /// A model of two classes, the logit of the second one feature times 5.
  private func model(
    lookingAt position: Int, roll: FeatureConfiguration.Roll = .none, temperature: Float = 2
  ) throws -> Model {
    var model = try ClassificationScene.model(temperature: temperature)
    let length = Self.bins / 4
    model.features.roll = roll
    model.classes = ["quiet", "loud"]
    model.network = NetworkDescription(
      inputShape: Shape(channels: 1, length: length),
      layers: [.flatten(Flatten()), .linear(Linear(outputs: 2))])
    let network = try model.makeNetworkWithZeros()
    for parameter in network.parameters where parameter.name.hasSuffix("weight") {
      var weights = [Float](repeating: 0, count: parameter.range.count)
      weights[length + position] = 5
      model.parameters.replaceSubrange(parameter.range, with: parameter.stored(weights))
    }
    for parameter in network.parameters where parameter.name.hasSuffix("bias") {
      model.parameters.replaceSubrange(parameter.range, with: [0, -2])
    }
    return model
  }

  /// One spectrum of noise that holds a tone.
  private func dataset(_ model: Model, tone: Double, offset: Double?) throws -> Dataset {
    let samples = ClassificationScene.samples(4096, tone: tone, seed: 9)
    return Dataset(
      spectrum: model.spectrum, classes: model.classes,
      density: try estimate(samples, model.spectrum), labels: [1],
      conditions: offset.map { [ExampleConditions(offset: $0, snr: 10, bandwidth: 0.1)] } ?? [])
  }

  @Test("a network that looks at one frequency is found out, and by how much")
  func oneFrequency() throws {
    // The tone at −0.25 fills bin 64 of 256, feature 16 of 64.
    let position = 16
    let model = try model(lookingAt: position)
    let dataset = try dataset(model, tone: -0.25, offset: -0.125)
    let scored = try ScoredDataset(of: model, on: dataset, workers: 1)
    let profile = try #require(OcclusionProfile.profiles(of: scored, workers: 1).first)
    #expect(profile.label == 1 && profile.examples == 1 && profile.falls.count == 64)

    let features = try ClassificationScene.features(of: dataset.spectra.values(of: 0), model)
    let floor = features.sorted()[64 / 5]
    // The tone lies an eighth of the band below what the conditions call the signal's middle.
    let place = 32 - 8
    #expect(abs(OcclusionProfile.frequency(of: place, of: 64) - -0.125) < 1e-12)
    // With two classes the log-odds are the difference of the logits over the temperature; windows
    // of three features weigh ½, 1, ½.
    let whole = 5 * Double(features[position] - floor) / 2
    #expect(whole > 1)
    for (cell, fall) in profile.falls.enumerated() {
      let expected = cell == place ? whole : abs(cell - place) == 1 ? whole / 2 : 0
      #expect(abs(fall - expected) < 1e-5, "cell \(cell): \(fall), \(expected)")
    }
    #expect(abs(profile.features[place] - Double(features[position])) < 1e-6)
  }

  @Test("the roll is undone, and a signal without conditions is where its spectrum is highest")
  func alignment() throws {
    // The canonical roll brings the tone to feature 0, wherever it was.
    let model = try model(lookingAt: 0, roll: .canonical)
    for tone in [-0.25, 0.125, 0.375] {
      for offset in [nil, tone] {
        let dataset = try dataset(model, tone: tone, offset: offset)
        let scored = try ScoredDataset(of: model, on: dataset, workers: 1)
        let profile = try #require(OcclusionProfile.profiles(of: scored, workers: 1).first)
        let largest = try #require(profile.falls.max())
        #expect(largest > 0.5)
        #expect(profile.falls.firstIndex(of: largest) == 32, "\(tone) \(offset ?? .nan)")
      }
    }
  }

  @Test("one class has no odds, and what is never told rightly no profile")
  func none() throws {
    var model = try model(lookingAt: 0)
    let loud = try dataset(model, tone: 0.1, offset: 1e300)
    // The logit of the other class is larger for a feature that is 0.
    let position = 40
    let deaf = try self.model(lookingAt: position)
    let scored = try ScoredDataset(of: deaf, on: loud, workers: 1)
    #expect(scored.scores.predictions == [0])
    #expect(try OcclusionProfile.profiles(of: scored, workers: 1).isEmpty)
    model.classes = ["only"]
    model.network.layers[1] = .linear(Linear(outputs: 1))
    model.parameters = [Float](repeating: 0, count: try Network(model.network).parameterCount)
    var dataset = loud
    dataset.classes = ["only"]
    dataset.labels = [0]
    let one = try ScoredDataset(of: model, on: dataset, workers: 1)
    #expect(try OcclusionProfile.profiles(of: one, workers: 1).isEmpty)
  }
}

extension Model {
  /// The network, and all parameters 0.
  fileprivate mutating func makeNetworkWithZeros() throws -> Network {
    let network = try Network(network)
    parameters = [Float](repeating: 0, count: network.parameterCount)
    return network
  }
}
