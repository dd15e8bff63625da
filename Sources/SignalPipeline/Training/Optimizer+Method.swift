extension Optimizer {
  /// How a gradient becomes an update, with the method's constants.
  public enum Method: Hashable, Sendable {
    /// Adam and AdamW.
    case adam(Adam)
    /// Stochastic gradient descent with momentum.
    case sgd(SGD)

    /// The learning rate; a ``LearningRateSchedule`` takes it as its peak.
    public var learningRate: Double {
      get {
        switch self {
        case .adam(let adam): adam.learningRate
        case .sgd(let sgd): sgd.learningRate
        }
      }
      set {
        switch self {
        case .adam(var adam):
          adam.learningRate = newValue
          self = .adam(adam)
        case .sgd(var sgd):
          sgd.learningRate = newValue
          self = .sgd(sgd)
        }
      }
    }

    /// The weight decay.
    public var weightDecay: Double {
      get {
        switch self {
        case .adam(let adam): adam.weightDecay
        case .sgd(let sgd): sgd.weightDecay
        }
      }
      set {
        switch self {
        case .adam(var adam):
          adam.weightDecay = newValue
          self = .adam(adam)
        case .sgd(var sgd):
          sgd.weightDecay = newValue
          self = .sgd(sgd)
        }
      }
    }

    /// How many values a parameter the optimiser remembers.
    var momentCount: Int {
      switch self {
      case .adam: 2
      case .sgd: 1
      }
    }

    /// Checks the constants.
    ///
    /// - Throws: ``ConfigurationError`` about the first that is out of range.
    public func validate() throws(ConfigurationError) {
      switch self {
      case .adam(let adam): try adam.validate()
      case .sgd(let sgd): try sgd.validate()
      }
    }
  }
}

extension Optimizer.Method: Codable {
  private enum Name: String, Codable { case adam, sgd }
  private enum CodingKeys: String, CodingKey { case method }

  /// Decodes the constants beside the key `method`; without it they are Adam's.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    switch try values.decodeIfPresent(Name.self, forKey: .method) ?? .adam {
    case .adam: self = .adam(try Adam(from: decoder))
    case .sgd: self = .sgd(try SGD(from: decoder))
    }
  }

  /// Encodes the constants beside the key `method`.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .adam(let adam):
      try values.encode(Name.adam, forKey: .method)
      try adam.encode(to: encoder)
    case .sgd(let sgd):
      try values.encode(Name.sgd, forKey: .method)
      try sgd.encode(to: encoder)
    }
  }
}
