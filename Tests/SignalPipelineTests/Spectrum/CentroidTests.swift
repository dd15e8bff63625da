import Foundation
import SignalPipeline
import Testing

/// The centre of a spectrum's power, and the means that can stand between bins.
@Suite struct CentroidTests {
  private func random(_ bins: Int, seed: UInt64) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    return (0..<bins).map { Float(generator.uniform() * exp2(Double(-$0 % 7))) }
  }

  private func means(
    _ density: [Float], width: Int, start: Int = 0, origin: Double
  ) -> [Float] {
    var means = [Float](repeating: -1, count: density.count / width)
    var span = means.mutableSpan
    SplineMeans(width: width).compute(density.span, start: start, origin: origin, into: &span)
    return means
  }

  /// Samples of a synthetic signal, moved by parts of a bin of 8192.
  private func moved(_ samples: [IQSample], by bins: Double) -> [IQSample] {
    samples.enumerated().map { n, x in
      let turns = (bins / 8192 * Double(n)).truncatingRemainder(dividingBy: 1)
      let (c, s) = (cos(2 * Double.pi * turns), sin(2 * Double.pi * turns))
      let (i, q) = (Double(x.i), Double(x.q))
      return IQSample(Float(i * c - q * s), Float(i * s + q * c))
    }
  }

  @Test("the centre is the angle of the first harmonic", arguments: [1, 2, 5, 8, 9, 100, 8192])
  func harmonic(bins: Int) {
    let density = random(bins, seed: 4)
    let centroid = CircularCentroid(bins: bins)
    var (re, im) = (0.0, 0.0)
    for (bin, value) in density.enumerated() {
      let angle = 2 * Double.pi * Double(bin) / Double(bins)
      re += Double(value) * cos(angle)
      im += Double(value) * sin(angle)
    }
    var expected = atan2(im, re) / (2 * Double.pi) * Double(bins)
    if expected < 0 { expected += Double(bins) }
    // Double precision in another order.
    #expect(abs(centroid.place(of: density.span) - expected) < 1e-9 * Double(bins))
  }

  @Test("a line is its own centre, and what has no centre has it at 0")
  func lines() {
    let centroid = CircularCentroid(bins: 64)
    for bin in [0, 1, 31, 33, 63] {
      var density = [Float](repeating: 0, count: 64)
      density[bin] = 3
      #expect(abs(centroid.place(of: density.span) - Double(bin)) < 1e-12)
    }
    for value in [0, Float.nan, .infinity] {
      #expect(centroid.place(of: [Float](repeating: value, count: 64).span) == 0)
    }
  }

  @Test("a mean is that of its cubic B-spline, wherever it stands", arguments: [1, 2, 3, 4, 8])
  func spline(width: Int) {
    let bins = 48
    let density = random(bins, seed: 5)
    for (start, origin) in [(0, 0.0), (5, 0.25), (47, 47.99), (1, 11.5), (0, 48)] {
      let found = means(density, width: width, start: start, origin: origin)
      for (place, mean) in found.enumerated() {
        let middle = origin + Double(place * width) + Double(width - 1) / 2
        var expected = 0.0
        // The spline as the fourth difference of cubes, over all bins that it can reach.
        for bin in -200...200 {
          let x = (Double(bin) - middle) / Double(width)
          let weight = zip([1.0, -4, 6, -4, 1], [-2.0, -1, 0, 1, 2]).reduce(0) { sum, term in
            let distance = x - term.1
            return sum + (distance > 0 ? term.0 * distance * distance * distance / 6 : 0)
          }
          guard abs(x) < 2 else { continue }
          let index = ((bin + start) % bins + bins) % bins
          expected += weight / Double(width) * Double(density[index])
        }
        // Sixteen products in single precision.
        #expect(abs(Double(mean) - expected) < 2e-6)
      }
    }
  }

  @Test("means of a constant are the constant, and an origin of whole bins is a roll")
  func constant() {
    for origin in [0, 0.1, 0.5, 3.75, 95.999] {
      for mean in means([Float](repeating: 3, count: 96), width: 4, origin: origin) {
        // Sixteen weights in single precision.
        #expect(abs(mean - 3) < 2e-6)
      }
    }
    let density = random(96, seed: 6)
    #expect(means(density, width: 4, origin: 7) == means(density, width: 4, start: 7, origin: 0))
    let whole = means(density, width: 4, start: 90, origin: 10)
    #expect(whole == means(density, width: 4, origin: 100))
  }

  @Test("samples moved by parts of a bin move the centre as far, and hardly a feature")
  func betweenBins() throws {
    var configuration = SynthesisConfiguration.default
    configuration.samples = Model.defaultWindow
    var generator = try SignalGenerator(configuration)
    var features = FeatureConfiguration.default
    features.roll = .centroid
    let transform = try FeatureTransform(features)
    let centroid = CircularCentroid(bins: 8192)
    for example in 0..<4 {
      let samples = generator.example(example).samples
      var before: (place: Double, features: [Float])?
      for shift in [0, 0.21, 0.5, 0.9] {
        let density = try estimate(moved(samples, by: shift), .default)
        var found = [Float](repeating: 0, count: transform.count)
        var span = found.mutableSpan
        transform.apply(density.span, rotation: nil, to: &span)
        let place = centroid.place(of: density.span)
        guard let before else {
          before = (place, found)
          continue
        }
        let distance = (place - before.place - shift).remainder(dividingBy: 8192)
        // Samples in single precision: 1e-7 of the power, spread over 8192 bins.
        #expect(abs(distance) < 5e-3)
        // A feature is 40 dB wide: a few hundredths of a dB.
        let largest = zip(found, before.features).map { abs($0 - $1) }.max() ?? 1
        #expect(largest < 2e-3)
      }
    }
  }
}
