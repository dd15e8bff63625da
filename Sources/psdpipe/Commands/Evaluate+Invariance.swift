import ArgumentParser
import SignalPipeline

extension PSDPipe.Evaluate {
  /// Tries shifts of the frequency, and tells what they change.
  func measureInvariance(of model: Model, on data: Dataset) throws -> Invariance {
    let samples = try DatasetSamples(of: datasets)
    let progress = ProgressLine()
    let found = try Invariance(
      of: model, on: data, samples: samples, logitShifts: shifts, workers: workers.count
    ) { done, total in
      progress.update(done: done, of: total, unit: "shifts")
    }
    progress.finish()
    try Console.output(InvarianceText(found).summary)
    if samples == nil {
      Console.note("no samples to shift: psdpipe generate --iq keeps them with the spectra")
    }
    return found
  }

  /// Ends with status 1 where features that must be the same are not.
  func checkExactness(_ found: Invariance) throws {
    guard let place = found.spectra.firstDifference else { return }
    Console.error(
      "psdpipe: \(datasets.joined(separator: ", ")): the features of \(found.spectra.differing) "
        + "examples change with a circular shift, those of example \(place.example) at a shift by "
        + "\(NumberText.fixed(place.shift, decimals: 0)) bins; a roll to a place of their own must "
        + "leave every byte as it is: this is a fault of psdpipe, please report it with the model")
    throw ExitCode(ExitStatus.someFailed.rawValue)
  }
}
