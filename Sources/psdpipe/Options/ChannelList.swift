import ArgumentParser
import SignalPipeline

/// Channels with commas between them, such as `mean,max,kurtosis`.
struct ChannelList: ExpressibleByArgument {
  let channels: [SpectrumChannel]

  init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false)
    let channels = names.compactMap { SpectrumChannel(rawValue: String($0)) }
    guard channels.count == names.count else { return nil }
    self.channels = channels
  }

  static var allValueStrings: [String] { SpectrumChannel.allCases.map(\.rawValue) }
}
