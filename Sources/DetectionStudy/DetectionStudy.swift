import SignalPipeline

/// Measures the detector: what it finds, what it finds in noise, and where it puts the edges.
@main
enum DetectionStudy {
  private static let snrs = [-10.0, -5, -3, 0, 3, 5, 10, 15, 20]
  private static let widths = [256.0, 128, 64, 32, 16, 8, 4, 2]
  private static let seed: UInt64 = 2026
  private static let workers = 2

  static func main() throws {
    let folder = CommandLine.arguments.dropFirst().first
    print("seed \(seed); windows of 65,536 samples, 15 segments of 8192")
    try widthsAgainstSNR(folder)
    try durations(folder)
    try receivers()
  }

  /// A continuous signal of each width at each SNR.
  private static func widthsAgainstSNR(_ folder: String?) throws {
    let windows = 40
    var lines: [PlotSeries] = []
    var edges: [PlotSeries] = []
    print("\nfound, of \(windows) windows; in brackets median and 95th percentile of edges [bins]")
    row("SNR [dB]", snrs.map { NumberText.fixed($0, decimals: 0) })
    for part in widths {
      let trials = try snrs.map { snr in
        try Trial.run(
          Scene(width: 1 / part, snr: snr), windows: windows, seed: seed &+ UInt64(part),
          workers: workers)
      }
      row(
        "1/\(Int(part))",
        trials.map { trial in
          guard trial.found > 0 else { return "0" }
          let percentiles = [0.5, 0.95].map {
            NumberText.fixed(Trial.percentile(trial.edges, $0), decimals: 1)
          }
          return "\(trial.found) (\(percentiles[0]) \(percentiles[1]))"
        })
      // Six lines can be told apart.
      guard part != 128, part != 32 else { continue }
      let name = "1/\(Int(part)) of the band"
      lines.append(
        PlotSeries(
          name, x: snrs, y: trials.map { Double($0.found) / Double($0.windows) }))
      edges.append(
        PlotSeries(
          name, x: snrs,
          y: trials.map {
            2 * $0.found < $0.windows ? .nan : min(50, Trial.percentile($0.edges, 0.95))
          }))
    }
    try draw(
      lines, title: "Bands found", y: PlotAxis("probability of detection", range: 0...1),
      to: folder, "detection-probability.svg")
    try draw(
      edges, title: "Edges, 95th percentile", y: PlotAxis("error [bins], 50 and more as 50"),
      to: folder, "detection-edges.svg")
  }

  /// A burst of 1/16 of the band, of each duration.
  private static func durations(_ folder: String?) throws {
    let windows = 40
    let shares = [0.05, 0.1, 0.2, 0.5, 1]
    print("\na burst in 1/16 of the band: found, of \(windows) windows; in brackets the frames")
    print("rightly told active or not [%]; SNR while it is there")
    row("SNR [dB]", snrs.map { NumberText.fixed($0, decimals: 0) })
    var series: [PlotSeries] = []
    for share in shares {
      let trials = try snrs.map { snr in
        try Trial.run(
          Scene(width: 1.0 / 16, snr: snr, duration: share), windows: windows,
          seed: seed &+ UInt64(1000 * share), workers: workers)
      }
      let name = "\(NumberText.fixed(100 * share, decimals: 0)) %"
      row(
        name,
        trials.map { trial in
          guard trial.found > 0 else { return "0" }
          let mean = trial.frames.reduce(0, +) / Double(trial.frames.count)
          return "\(trial.found) (\(NumberText.fixed(100 * mean, decimals: 0)))"
        })
      series.append(
        PlotSeries(
          name, x: snrs, y: trials.map { Double($0.found) / Double($0.windows) }))
    }
    try draw(
      series, title: "Bursts found, by their share of the window",
      y: PlotAxis("probability of detection", range: 0...1), to: folder,
      "detection-duration.svg")
  }

  /// Noise, and a signal of 1/16 at 5 dB, as different receivers give them.
  private static func receivers() throws {
    let windows = 300
    let signals = 60
    print(
      "\nnoise alone, of \(windows) windows: anything found by detect, any band; then a signal of")
    print("1/16 at 5 dB, of \(signals): found, edges' median and 95th percentile [bins], strays")
    row("", ["detect", "bands", "found", "edges", "strays"])
    for receiver in [
      Scene.Receiver(name: "white"), Scene.Receiver(name: "roll-off 12 dB", rollOff: 12),
      Scene.Receiver(name: "tilt 6 dB", tilt: 6), Scene.Receiver(name: "tilt 10 dB", tilt: -10),
      Scene.Receiver(name: "hump 2 dB", hump: 2), Scene.Receiver(name: "hump 4 dB", hump: 4),
      Scene.Receiver(name: "dip 3 dB", hump: -3),
      Scene.Receiver(name: "gain step 6 dB", step: 6),
      Scene.Receiver(name: "gain step 20 dB", step: 20),
      Scene.Receiver(name: "gain step -40 dB", step: -40),
      Scene.Receiver(name: "DC spike 0 dB", spike: 0),
      Scene.Receiver(name: "3 spurs 12 dB", spurs: 12),
      Scene.Receiver(name: "3 spurs 30 dB", spurs: 30),
      Scene.Receiver(
        name: "all of it", rollOff: 12, tilt: 4, hump: 1, step: 6, spike: -8, spurs: 12),
    ] {
      let noise = try Trial.run(
        Scene(receiver: receiver), windows: windows, seed: seed, workers: workers)
      let signal = try Trial.run(
        Scene(width: 1.0 / 16, snr: 5, receiver: receiver), windows: signals, seed: seed,
        workers: workers)
      let percentiles = [0.5, 0.95].map {
        NumberText.fixed(Trial.percentile(signal.edges, $0), decimals: 1)
      }
      row(
        receiver.name,
        [
          "\(noise.present)", "\(noise.strays)", "\(signal.found)",
          percentiles.joined(separator: " "), "\(signal.strays)",
        ])
    }
  }

  private static func row(_ name: String, _ cells: [String]) {
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(1, width - text.count))
    }
    print(padded(name, 18) + cells.map { padded($0, 16) }.joined())
  }

  private static func draw(
    _ series: [PlotSeries], title: String, y: PlotAxis, to folder: String?, _ name: String
  ) throws {
    guard let folder else { return }
    let plot = LinePlot(
      title: title, summary: "\(title), against the SNR.", xAxis: PlotAxis("SNR in the band [dB]"),
      yAxis: y, series: series)
    try OutputFile.write(plot.svg().text, to: "\(folder)/\(name)")
  }
}
