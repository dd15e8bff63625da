import SignalPipeline
import Testing

/// How variants are chosen, and what is told of them.
@Suite struct VariantChoiceTests {
  static func configuration(
    _ classes: [SignalClass], _ variants: [SignalClass: [String]]? = nil, samples: Int = 1100
  ) -> SynthesisConfiguration {
    SynthesisConfiguration(
      classes: classes, variants: variants, samples: samples, seed: 3, snr: 10...20,
      bandwidth: 0.06...0.2, offset: .any, impairments: .clean)
  }

  /// The fields of a value's JSON form.
  static func fields(of value: some Encodable) throws -> [String: JSONValue] {
    guard case .object(let fields) = try JSONValue(encoding: value) else {
      throw ConfigurationError("JSON", "is no object")
    }
    return fields
  }

  /// The value of a parameter that is a number.
  static func number(_ parameter: SignalParameter?) throws -> Double {
    guard case .number(let value) = try #require(parameter) else {
      throw ConfigurationError("parameter", "is no number")
    }
    return value
  }

  @Test("examples are of the named variants, each as often as the others; labels stay")
  func even() throws {
    let chosen: [SignalClass: [String]] = [
      .am: ["voice", "tone", "noise"], .fsk: ["msk", "wide"],
    ]
    var generator = try SignalGenerator(Self.configuration([.am, .fsk, .rrc], chosen))
    var plain = try SignalGenerator(Self.configuration([.am, .fsk, .rrc]))
    var counts: [String: Int] = [:]
    for index in 0..<900 {
      let example = generator.example(index)
      let (drawn, name) = (example.conditions, example.conditions.variant)
      #expect(example.label == index % 3)
      #expect(drawn.signalClass == [.am, .fsk, .rrc][index % 3])
      guard let name else {
        #expect(index % 3 == 2)
        #expect(example == plain.example(index))
        continue
      }
      #expect(chosen[drawn.signalClass]?.contains(name) == true)
      counts[name, default: 0] += 1
      let told = try #require(drawn.parameters)
      if index % 3 == 0 { #expect(told["message"] == .text(name)) }
      if name == "msk" { #expect(told["modulationIndex"] == 0.5) }
      // The choice has a generator of its own: all else is as without one.
      let without = plain.example(index).conditions
      #expect(drawn.bandwidth == without.bandwidth && drawn.offset == without.offset)
      #expect(drawn.snr == without.snr && drawn.phase == without.phase)
      #expect(without.variant == nil)
    }
    // Five standard deviations of binomial counts: √(300·2/9), √(300/4).
    for name in ["voice", "tone", "noise"] { #expect(abs((counts[name] ?? 0) - 100) < 41) }
    for name in ["msk", "wide"] { #expect(abs((counts[name] ?? 0) - 150) < 44) }
  }

  @Test(
    "what a variant has in common with what is drawn without a choice is the same example",
    arguments: SignalClass.withVariants)
  func common(signalClass: SignalClass) throws {
    var plain = try SignalGenerator(Self.configuration([signalClass], samples: 4096))
    let without = (0..<12).map { plain.example($0) }
    var matches = 0
    for variant in signalClass.variants {
      var generator = try SignalGenerator(
        Self.configuration([signalClass], [signalClass: [variant.name]], samples: 4096))
      for (index, expected) in without.enumerated() {
        var example = generator.example(index)
        #expect(example.conditions.variant == variant.name)
        guard example.conditions.parameters == expected.conditions.parameters else { continue }
        example.conditions.variant = nil
        #expect(example == expected)
        matches += 1
      }
    }
    // Variants of these have one value where it is drawn from a range without a choice.
    let apart: Set<SignalClass> = [.pi4dqpsk, .gmsk, .fsk4, .ppm]
    #expect(matches > 0 || apart.contains(signalClass))
  }

  @Test("further signals of an example are of the named variants too, and tell them")
  func scenes() throws {
    let names: [SignalClass: String] = [.am: "tone", .fsk: "msk"]
    var configuration = Self.configuration(
      [.am, .fsk, .rrc], names.mapValues { [$0] }, samples: 8192)
    configuration.others = .default
    configuration.others?.probability = 1
    var generator = try SignalGenerator(configuration)
    var further = 0
    for index in 0..<30 {
      let drawn = generator.example(index).conditions
      let metadata = try SyntheticRecording.metadata(
        of: drawn, samples: 8192, format: .cu8, sampleRate: nil)
      #expect(metadata.annotations.count == drawn.signals.count)
      for (signal, annotation) in zip(drawn.signals, metadata.annotations) {
        let name = names[signal.signalClass]
        #expect(signal.variant == name)
        #expect(annotation.extra["psdpipe:variant"] == name.map(JSONValue.string))
        #expect(
          try annotation.extra["psdpipe:parameters"] == JSONValue(encoding: signal.parameters))
        let told = try #require(signal.parameters)
        if signal.signalClass == .am { #expect(told["message"] == "tone") }
        if signal.signalClass == .fsk { #expect(told["modulationIndex"] == 0.5) }
      }
      further += drawn.others?.count ?? 0
      #expect(try JSONValue(encoding: drawn).decode(as: SynthesisConditions.self) == drawn)
    }
    #expect(further > 30)
  }

  @Test("names are unique within a class, all described, and noise alone has none")
  func names() {
    for signalClass in SignalClass.allCases {
      let variants = signalClass.variants
      #expect(variants.isEmpty == (signalClass == .noise))
      #expect(Set(variants.map(\.name)).count == variants.count)
      #expect(variants.allSatisfy { !$0.summary.isEmpty })
    }
  }

  /// Faulty choices among `am` and `noise`, and what their errors say.
  static let faults: [([SignalClass: [String]], String, String)] = [
    ([.am: ["tune"]], "variants.am", "has no \"tune\"; there are voice, tone, noise"),
    ([.am: ["tone", "voice", "tone"]], "variants.am", "has \"tone\" twice"),
    ([.am: []], "variants.am", "names none; there are voice"),
    ([.fsk: ["msk"]], "variants.fsk", "is none of the classes am, noise"),
    ([.noise: ["white"]], "variants.noise", "has no variants; am, fsk"),
  ]

  @Test("variants that cannot be are named, with those that there are")
  func errors() throws {
    for (variants, field, reason) in Self.faults {
      do {
        try Self.configuration([.am, .noise], variants).validate()
        Issue.record("\(variants) are accepted")
      } catch {
        #expect(error.field == field)
        #expect(error.reason.hasPrefix(reason), "\(error.reason)")
      }
    }
    try Self.configuration([.am], [.am: ["tone"]]).validate()
  }

  @Test("what was written before there were variants and parameters is read, and stays the same")
  func older() throws {
    let plain = Self.configuration([.am])
    let keys = try Self.fields(of: plain)
    #expect(keys["variants"] == nil)
    #expect(try JSONValue.object(keys).decode(as: SynthesisConfiguration.self) == plain)

    var generator = try SignalGenerator(plain)
    let drawn = generator.example(0).conditions
    var fields = try Self.fields(of: drawn)
    fields["variant"] = nil
    fields["parameters"] = nil
    var older = drawn
    older.parameters = nil
    #expect(try JSONValue.object(fields).decode(as: SynthesisConditions.self) == older)
  }

  @Test("conditions, details and annotations tell variant and parameters, of noise neither")
  func told() throws {
    let classes = SignalClass.allCases
    let variants = Dictionary(
      uniqueKeysWithValues: SignalClass.withVariants.map { ($0, $0.variants.map(\.name)) })
    var generator = try SignalGenerator(Self.configuration(classes, variants))
    for index in 0..<2 * classes.count {
      let drawn = generator.example(index).conditions
      let details = try Self.fields(of: drawn.details)
      #expect(
        try JSONValue.object(details).decode(as: Impairments.self) == drawn.impairments)
      let metadata = try SyntheticRecording.metadata(
        of: drawn, samples: 1100, format: .cu8, sampleRate: nil)
      let text = try SigMFWriter.text(of: metadata, path: "x")
      let extra = try SigMFMetadata(json: text, path: "x").annotations[0].extra
      #expect(extra["psdpipe:variant"] == details["variant"])
      #expect(extra["psdpipe:parameters"] == details["parameters"])
      guard drawn.signalClass != .noise else {
        #expect(details.isEmpty && drawn.variant == nil && drawn.parameters == nil)
        continue
      }
      #expect(details["variant"] == drawn.variant.map(JSONValue.string))
      let told = try #require(details["parameters"])
      #expect(try told.decode(as: [String: SignalParameter].self) == drawn.parameters)
      #expect(try JSONValue(encoding: drawn).decode(as: SynthesisConditions.self) == drawn)
    }
  }

  @Test("the told symbol rate and roll-off are those of the samples, not those that were drawn")
  func fitted() throws {
    for signalClass in [SignalClass.rrc, .psk, .pi4dqpsk, .fsk4] {
      let variants: [SignalClass: [String]]? = signalClass == .psk ? [.psk: ["rrc"]] : nil
      var generator = try SignalGenerator(
        Self.configuration([signalClass], variants, samples: 5000))
      for index in 0..<8 {
        let drawn = generator.example(index).conditions
        let told = try #require(drawn.parameters)
        let rate = try Self.number(told["symbolRate"])
        // A whole number of symbols fits the samples.
        #expect(abs(rate * 5000 - (rate * 5000).rounded()) < 1e-9)
        guard signalClass != .fsk4 else { continue }
        let rollOff = try Self.number(told["rollOff"])
        #expect(abs(rate * (1 + rollOff) - drawn.bandwidth) < 1e-12)
      }
    }
  }
}
