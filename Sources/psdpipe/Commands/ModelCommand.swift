import ArgumentParser
import SignalPipeline

extension PSDPipe {
  /// What concerns model files.
  struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "model", abstract: "Look into a model.", subcommands: [Inspect.self])

    /// Tells what a model is made of.
    struct Inspect: ParsableCommand {
      static let configuration = CommandConfiguration(
        abstract: "Tell a model's layers, shapes, receptive field, parameters and FLOPs.",
        discussion: """
          EXAMPLES
            psdpipe model inspect
            psdpipe model inspect model.safetensors --rate 2.4M
            psdpipe model inspect founding-gap --dataset train/
            psdpipe model inspect network.json
          """)

      @Argument(
        help: """
          A model file, 'builtin', a network's description that ends in .json, or a preset: \
          \(Architecture.allCases.map(\.rawValue).joined(separator: ", ")).
          """)
      var model = "builtin"

      @Option(
        parsing: .unconditional, help: "A sample rate, to tell the receptive field in Hz.")
      var rate: Quantity?

      @Option(
        help: """
          A dataset: the table ends with a note where its widest signal is wider than what the \
          network sees (default: the one that a model was trained on).
          """)
      var dataset: String?

      func validate() throws {
        if let rate, rate.hertz <= 0 {
          throw ValidationError("--rate is \(rate.hertz) Hz; it must be above 0")
        }
      }

      func run() throws {
        let data = try dataset.map { try widths(of: $0) }
        if let preset = Architecture(rawValue: model) {
          let network = try Network(preset.description(classes: 4))
          try tell(network, preset.features, bandwidths: data)
        } else if model.hasSuffix(".json") {
          let description = try NetworkOptions.read(model)
          let network = try NetworkOptions.network(description, path: model)
          let features = FeatureConfiguration(
            bins: network.inputShape.length, roll: .none, binsPerFeature: 1,
            normalization: .decibelMinMax)
          try tell(network, features, bandwidths: data)
        } else {
          let model = try ModelOption.load(model)
          let network = try model.makeNetwork()
          try Console.output(ModelText(model).summary)
          try tell(network, model.features, bandwidths: data ?? model.bandwidths)
        }
      }

      private func tell(
        _ network: Network, _ features: FeatureConfiguration, bandwidths: ClosedRange<Double>?
      ) throws {
        let text = NetworkText(
          network, features: features, sampleRate: rate?.hertz, bandwidths: bandwidths)
        try Console.output(text.table)
      }

      /// The bandwidths of a dataset's examples.
      private func widths(of dataset: String) throws -> ClosedRange<Double> {
        if let bandwidths = try DatasetDirectory.read(dataset).bandwidths { return bandwidths }
        throw FileError(
          .unsupported, path: DatasetDirectory.File.conditions.path(in: dataset),
          reason: "does not tell a bandwidth above 0 for every example; leave out --dataset")
      }
    }
  }
}
