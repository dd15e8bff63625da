import SignalPipeline
import Testing

@Suite struct WindowTests {
  @Test("the coefficients are SciPy's")
  func coefficients() throws {
    let goldens = try spectrumGoldens("windows")
    #expect(goldens.count == 33)
    for (title, golden) in goldens {
      let words = title.split(separator: " ").map(String.init)
      let window = try #require(Window(words[0]))
      let ours = window.coefficients(count: try #require(Int(words[1])))
      #expect(ours.count == golden.count)
      // Both round in double, SciPy's Bessel function to 1e-13 of itself.
      for (a, b) in zip(ours, golden) { #expect(abs(a - b) < 1e-13, "\(title)") }
    }
  }

  @Test("a window comes back from its text and its JSON")
  func text() throws {
    let windows: [Window] = [
      .rectangular, .hann, .hamming, .blackman, .blackmanHarris, .flatTop, .kaiser(beta: 8.6),
      .gaussian(sigma: 0.125), .kaiser(beta: 1e-9),
    ]
    for window in windows {
      #expect(Window("\(window)") == window)
      #expect(
        try JSON.decode(Window.self, from: JSON.encode(window, path: "x"), path: "x") == window)
    }
    let own = Window.coefficients([0.5, 1, 0.25])
    let json = try JSON.encode(own, path: "x")
    #expect(json == Array("[0.5,1,0.25]".utf8))
    #expect(try JSON.decode(Window.self, from: json, path: "x") == own)
    for text in ["", "Hann", "hann:1", "kaiser", "kaiser:", "kaiser:x", "kaiser:1:2", ":1"] {
      #expect(Window(text) == nil)
    }
  }

  @Test("the noise bandwidths are those in the books [bins]")
  func noiseBandwidths() throws {
    // Harris's table; the flat top's and the parametric ones' by NumPy, for long windows.
    let bandwidths: [(Window, Double)] = [
      (.rectangular, 1), (.hann, 1.5), (.hamming, 1.3628), (.blackman, 1.7268),
      (.blackmanHarris, 2.0044), (.flatTop, 3.7702), (.kaiser(beta: 8.6), 1.7214),
      (.gaussian(sigma: 0.125), 2.2570),
    ]
    for (window, bandwidth) in bandwidths {
      let configuration = SpectrumConfiguration(bins: 1024, overlap: 0, window: window)
      var estimator = try WelchEstimator(configuration)
      estimator.add([IQSample](repeating: .zero, count: 1024).span)
      let spectrum = estimator.finish()
      #expect(abs(try #require(spectrum).noiseBandwidth * 1024 - bandwidth) < 1e-4, "\(window)")
    }
  }

  @Test(
    "parameters that make no window are refused",
    arguments: [
      (Window.kaiser(beta: -1), "kaiser:-1.0"), (.kaiser(beta: 501), "0 to 500"),
      (.kaiser(beta: .nan), "nan"), (.gaussian(sigma: 0.04), "gaussian:0.04"),
      (.gaussian(sigma: .infinity), "0.05 to 10"), (.coefficients([1, 1]), "2 coefficients"),
      (.coefficients([1, 1, .nan]), "not finite"), (.coefficients([0, 0, 1e-7]), "1e-6"),
      (.coefficients([1, 1, 1e7]), "1e6"),
    ])
  func invalid(window: Window, part: String) {
    #expect {
      try SpectrumConfiguration(bins: 8, segmentLength: 3, overlap: 1, window: window).validate()
    } throws: { error in
      (error as? ConfigurationError)?.field == "window" && "\(error)".contains(part)
    }
  }

  @Test("every extreme parameter still makes a finite spectrum", arguments: [2, 3, 5, 64])
  func extremes(length: Int) throws {
    for window in [Window.kaiser(beta: 500), .gaussian(sigma: 0.05), .flatTop, .blackmanHarris] {
      let configuration = SpectrumConfiguration(
        bins: 64, segmentLength: length, overlap: 0, window: window)
      var generator = SeededGenerator(seed: 1)
      let density = try estimate(gaussian(640, &generator), configuration)
      #expect(density.allSatisfy { $0.isFinite && $0 > 0 }, "\(window)")
    }
  }
}
