import Foundation
import SignalPipeline
import Testing

/// What `evaluate --invariance` tells.
@Suite struct InvarianceCommandTests {
  private func evaluation(_ command: Command, _ folder: String) throws -> Evaluation {
    try JSON.decode(
      Evaluation.self, from: Array(command.data("\(folder)/evaluation.json")), path: folder)
  }

  @Test("shifts of spectra and samples are told and written, the same on any number of threads")
  func evaluate() throws {
    let command = try Command()
    try command.dataset("data", "--iq")
    for roll in ["canonical", "centroid"] {
      #expect(try command.train(roll, "--roll", roll).status == 0)
      let runs = try ["1", "2"].map { threads in
        try command.run(
          "evaluate", roll, "data", "--invariance", "--threads", threads, "--out", roll + threads)
      }
      #expect(runs.map(\.status) == [0, 0] && runs[0].errors.isEmpty, "\(runs[0].errors)")
      #expect(runs[0].text == runs[1].text)
      #expect(
        runs[0].text.contains("features: 40 of 40 the same bytes at all 256 shifts\n"))
      #expect(runs[0].text.contains("shifted by 32 whole bins\n"))
      #expect(runs[0].text.contains("samples of 40 examples shifted by 32 parts of a bin\n"))
      #expect(
        try command.data("\(roll)1/evaluation.json") == command.data("\(roll)2/evaluation.json"))
      let found = try #require(try evaluation(command, roll + "1").invariance)
      #expect(found.spectra.differing == 0 && found.spectra.largestLogitDifference == 0)
      let (whole, between) = try (#require(found.wholeBins), #require(found.betweenBins))
      #expect(whole.examples + whole.nearTies.examples == 40 && between.examples == 40)
      // The project's promise for shifts by whole bins.
      #expect(whole.logits.percentile999 <= 1e-4)
      #expect(between.logits.largest > 0 && between.probabilities.largest <= 1)
      #expect(between.worst?.example ?? -1 >= 0)
    }
    #expect(try command.run("model", "inspect", "centroid").text.contains("roll centroid"))
  }

  @Test("without samples, and without a roll, the spectra are shifted alone")
  func spectra() throws {
    let command = try Command()
    try command.dataset()
    #expect(try command.train("none", "--roll", "none").status == 0)
    let told = try command.run("evaluate", "none", "data", "--invariance", "--shifts", "9")
    #expect(told.status == 0 && told.errors.isEmpty, "\(told.errors)")
    #expect(told.text.contains("at most at 9 shifts") && !told.text.contains("samples of"))
    #expect(!told.text.contains("features:"))
    for shifts in ["0", "257", "-1"] {
      try command.expectFailure(
        ["evaluate", "none", "data", "--invariance", "--shifts", shifts], status: 64,
        "--shifts is \(shifts)", "256 bins")
    }
  }
}
