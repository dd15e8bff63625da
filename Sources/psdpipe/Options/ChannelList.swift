import ArgumentParser
import SignalPipeline

/// Channels as one option's value, for example `mean,max,kurtosis`.
struct ChannelList: ExpressibleByArgument {
  let channels: [SpectrumChannel]

  init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false)
    let channels = names.compactMap { SpectrumChannel(rawValue: String($0)) }
    guard channels.count == names.count else { return nil }
    self.channels = channels
  }
}
