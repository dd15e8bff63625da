import Foundation
import SignalPipeline
import Testing

/// Mean spectra of 2,000 draws a class against those of the prototype's, which
/// Tests/Reference/synthesis_goldens.py made and explains.
///
/// Both means have their own standard error, so that each band has an interval in which their
/// difference lies in 99 % of all cases. A draw moves many bands at once: how many lie outside
/// together, and how far the farthest lies, is not what independent bands would do, and the golden
/// file tells it from bootstrap samples of the prototype's own draws. The seed is fixed; with
/// others a limit of the eight kinds `far` and `outside` is exceeded in 1 of 1000 cases each
/// though nothing is wrong.
@Suite struct SpectrumGoldenTests {
  private struct Golden: Decodable {
    /// What chance makes of two sets of the same law in 999 of 1000 cases.
    struct Chance: Decodable {
      /// The farthest two means [standard errors of their difference].
      let far: Double
      /// The share of bands beyond the 99 % interval.
      let outside: Double
    }
    let draws: Int
    let samples: Int
    let bins: Int
    let bandwidth: [Double]
    /// What is compared, against the highest mean.
    let floor: Double
    let bands: [String: Chance]
    let shapes: [String: Chance]
  }

  /// What is kept of one draw's density.
  private struct Draw {
    let bands: [Double]
    let shape: [Double]
  }

  /// What one thread reuses.
  private struct Station: ~Copyable {
    var generator: SignalGenerator
    var estimator: WelchEstimator
  }

  private static func url(_ name: String, _ type: String) throws -> URL {
    try #require(Bundle.module.url(forResource: "Goldens/Synthesis/\(name)", withExtension: type))
  }

  @Test("the mean spectrum of each class is the prototype's", arguments: SignalClass.standard)
  func meanSpectrum(signalClass: SignalClass) throws {
    let golden = try JSONDecoder().decode(
      Golden.self, from: Data(contentsOf: Self.url("spectra", "json")))
    let configuration = SynthesisConfiguration(
      classes: [signalClass], samples: golden.samples, seed: 1, snr: 20...20,
      bandwidth: golden.bandwidth[0]...golden.bandwidth[1], offset: .fixed(frequency: 0),
      impairments: .clean)
    let welch = SpectrumConfiguration(
      bins: golden.bins, overlap: golden.bins / 2, window: .hann)
    let draws: [Draw] = try Parallel.map(
      golden.draws, workers: ProcessInfo.processInfo.activeProcessorCount
    ) {
      Station(
        generator: try SignalGenerator(configuration), estimator: try WelchEstimator(welch))
    } _: { station, index in
      // The signal alone, without the noise.
      let (signal, _, conditions) = station.generator.components(index)
      station.estimator.add(signal.span)
      let density = try #require(station.estimator.finish()?.values(of: [.mean]))
      return Draw(
        bands: Self.bands(density), shape: Self.shape(density, bandwidth: conditions.bandwidth))
    }
    let bands = try Self.compare(
      draws.map(\.bands), with: "bands", of: signalClass, floor: golden.floor,
      chance: #require(golden.bands[signalClass.rawValue]))
    // Without the 1 % that is outside by chance, none are: 99 % of the bands are in the interval.
    #expect(bands <= 0.01, "\(signalClass): \(bands) of the bands are beyond the 99 % interval")
    _ = try Self.compare(
      draws.map(\.shape), with: "shapes", of: signalClass, floor: golden.floor,
      chance: #require(golden.shapes[signalClass.rawValue]))
  }

  /// The density in bands of 8 bins.
  private static func bands(_ density: [Float]) -> [Double] {
    stride(from: 0, to: density.count, by: 8).map { first in
      density[first..<first + 8].reduce(0) { $0 + Double($1) } / 8
    }
  }

  /// The share of the power in 128 cells of B/32 around the centre; a bin's power is spread evenly
  /// over its width.
  private static func shape(_ density: [Float], bandwidth: Double) -> [Double] {
    let bins = Double(density.count)
    var total = [0.0]
    for power in density { total.append(total[total.count - 1] + Double(power) / bins) }
    let edges = (-64...64).map { edge in
      let place = min(max((Double(edge) * bandwidth / 32 + 0.5) * bins + 0.5, 0), bins)
      let bin = min(Int(place), density.count - 1)
      return total[bin] + (place - Double(bin)) * (total[bin + 1] - total[bin])
    }
    return zip(edges.dropFirst(), edges).map { $0 - $1 }
  }

  /// Compares the mean of each column with the golden one, within what chance does.
  ///
  /// - Returns: The share of columns beyond the 99 % interval.
  private static func compare(
    _ draws: [[Double]], with name: String, of signalClass: SignalClass, floor: Double,
    chance: Golden.Chance
  ) throws -> Double {
    let array = try NPYFile.read(url(name, "npy").path, as: Float.self)
    let columns = array.shape[2]
    let place = try #require(SignalClass.standard.firstIndex(of: signalClass)) * 2 * columns
    let expected = array.values[place..<place + columns].map(Double.init)
    let errors = array.values[place + columns..<place + 2 * columns].map(Double.init)
    let least = floor * (expected.max() ?? 0)
    var (compared, outside, worst) = (0, 0, (distance: 0.0, column: 0))
    let count = Double(draws.count)
    for column in 0..<columns {
      let mean = draws.reduce(0) { $0 + $1[column] } / count
      guard expected[column] > least else {
        // The window's leakage, or what single precision leaves of nothing.
        #expect(mean < 2 * least, "\(name) \(column)")
        continue
      }
      let squares = draws.reduce(0) { $0 + ($1[column] - mean) * ($1[column] - mean) }
      let variance = squares / (count - 1) / count + errors[column] * errors[column]
      let distance = abs(mean - expected[column]) / variance.squareRoot()
      compared += 1
      if distance > 2.5758 { outside += 1 }
      if distance > worst.distance { worst = (distance, column) }
    }
    let share = Double(outside) / Double(compared)
    #expect(
      worst.distance <= chance.far,
      "\(signalClass): \(name) \(worst.column) is \(worst.distance) standard errors off")
    #expect(
      share <= chance.outside, "\(signalClass): \(share) of \(name) are beyond the 99 % interval")
    return share
  }
}
