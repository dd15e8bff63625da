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
            psdpipe model inspect founding
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

      func validate() throws {
        if let rate, rate.hertz <= 0 {
          throw ValidationError("--rate is \(rate.hertz) Hz; it must be above 0")
        }
      }

      func run() throws {
        if let preset = Architecture(rawValue: model) {
          let features = preset.features
          let network = try Network(preset.description(classes: 4))
          try Console.output(
            NetworkText(network, features: features, sampleRate: rate?.hertz).table)
        } else if model.hasSuffix(".json") {
          let description = try NetworkOptions.read(model)
          let network = try NetworkOptions.network(description, path: model)
          let features = FeatureConfiguration(
            bins: network.inputShape.length, roll: .none, binsPerFeature: 1,
            normalization: .decibelMinMax)
          try Console.output(
            NetworkText(network, features: features, sampleRate: rate?.hertz).table)
        } else {
          let model = try ModelOption.load(model)
          let text = NetworkText(
            try model.makeNetwork(), features: model.features, sampleRate: rate?.hertz)
          try Console.output(ModelText(model).summary + text.table)
        }
      }
    }
  }
}
