import SignalPipeline

/// Reads a network's description and plans the network.
func fuzzNetwork(_ bytes: [UInt8]) {
  let description = readOrRefuse {
    try JSON.decode(NetworkDescription.self, from: bytes, path: "network")
  }
  guard let description else { return }
  checkRoundTrip(description, isSame: ==)
  guard let network = readOrRefuse({ try Network(description) }) else { return }
  require(
    network.parameters.last?.range.upperBound ?? 0 == network.parameterCount,
    "\(network.parameterCount) parameters of \(description)")
}
