import ArgumentParser

/// Raw IQ samples in, signal classes out.
@main
struct PSDPipe: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "psdpipe",
    abstract: "Turn raw IQ samples into signal classes, at any frequency offset.",
    version: "0.1.0")
}
