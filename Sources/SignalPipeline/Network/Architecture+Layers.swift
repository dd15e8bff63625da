extension Architecture {
  private typealias Stage = NetworkDescription.Stage

  /// The layers, first to last.
  func layers(classes: Int) -> [NetworkDescription.Stage] {
    switch self {
    case .standard: Self.standardStack + Self.dense(classes)
    case .founding: Self.founding() + Self.flat(classes)
    case .foundingRectified: Self.founding([.relu(ReLU())]) + Self.flat(classes)
    case .foundingAveraged: Self.founding() + Self.pooled(.average, classes)
    case .foundingMaximum: Self.founding() + Self.pooled(.maximum, classes)
    case .strided32: Self.strided(32) + Self.flat(classes)
    case .strided64: Self.strided(64) + Self.flat(classes)
    case .strided96: Self.strided(96) + Self.flat(classes)
    case .strided32Averaged: Self.strided(32, isCircular: true) + Self.pooled(.average, classes)
    case .strided64Averaged: Self.strided(64, isCircular: true) + Self.pooled(.average, classes)
    case .strided96Averaged: Self.strided(96) + Self.pooled(.average, classes)
    case .dilated: Self.dilatedStack + Self.pooled(.average, classes)
    case .blurPool:
      Self.antialiased { .blurPool1d(BlurPool1d(kernelSize: $0 == 4 ? 7 : 5, stride: $0)) }
        + Self.pooled(.average, classes)
    case .polyphase:
      Self.antialiased { .adaptivePolyphaseSampling1d(AdaptivePolyphaseSampling1d(stride: $0)) }
        + Self.pooled(.average, classes)
    case .keras20, .keras50x3, .keras64: Self.keras([(32, 3, 2)]) + Self.dense(128, classes)
    case .keras100, .keras256:
      Self.keras([(64, 5, 2), (128, 3, 2)]) + Self.dense(256, classes)
    case .keras1024:
      Self.keras([(128, 7, 4), (256, 5, 2), (512, 3, 2)]) + Self.dense(512, classes)
    }
  }

  /// Dense layers with ReLUs between them.
  private static func dense(_ outputs: Int...) -> [Stage] {
    outputs.enumerated().flatMap { index, count in
      (index == 0 ? [] : [Stage.relu(ReLU())]) + [.linear(Linear(outputs: count))]
    }
  }

  private static func flat(_ classes: Int) -> [Stage] {
    [.flatten(Flatten())] + dense(classes)
  }

  private static func pooled(_ reduction: GlobalPool1d.Reduction, _ classes: Int) -> [Stage] {
    [.globalPool1d(GlobalPool1d(reduction))] + dense(classes)
  }

  private static func founding(_ behind: [Stage] = []) -> [Stage] {
    [.conv1d(Conv1d(outputChannels: 64, kernelSize: 128, padding: .zeros(1)))] + behind
      + [.maxPool1d(MaxPool1d(kernelSize: 16, stride: 2))]
  }

  /// A convolution, its batch norm and a ReLU.
  private static func block(_ convolution: Conv1d) -> [Stage] {
    [.conv1d(convolution), .batchNorm1d(BatchNorm1d()), .relu(ReLU())]
  }

  private static func block(
    _ channels: Int, _ kernelSize: Int, stride: Int = 1, dilation: Int = 1
  ) -> [Stage] {
    block(
      Conv1d(
        outputChannels: channels, kernelSize: kernelSize, stride: stride, dilation: dilation,
        padding: .circular))
  }

  private static var standardStack: [Stage] {
    block(12, 16, stride: 4) + block(20, 5, stride: 2)
      + [1, 2, 4, 8, 16].map { .residual(Residual(block(20, 3, dilation: $0))) }
      + [.globalPool1d(GlobalPool1d(.both))]
  }

  private static func strided(_ stride: Int, isCircular: Bool = false) -> [Stage] {
    [(32, 128, stride), (64, 9, 2), (64, 9, 2)].flatMap { channels, kernelSize, stride in
      isCircular
        ? block(channels, kernelSize, stride: stride)
        : block(
          Conv1d(
            outputChannels: channels, kernelSize: kernelSize, stride: stride,
            padding: .zeros((kernelSize - stride) / 2)))
    }
  }

  private static var dilatedStack: [Stage] {
    block(16, 32, stride: 16) + [1, 2, 4, 8, 16].flatMap { block(16, 5, dilation: $0) }
  }

  /// Three convolutions, each behind what drops positions: 3 of 4, 3 of 4, 1 of 2.
  private static func antialiased(_ down: (_ stride: Int) -> Stage) -> [Stage] {
    [(4, 16, 33), (4, 24, 7), (2, 32, 7)].flatMap { stride, channels, kernelSize in
      [down(stride)] + block(channels, kernelSize)
    }
  }

  /// Convolutions without padding, each with a ReLU and a max-pool, flattened.
  private static func keras(_ blocks: [(kernels: Int, size: Int, pool: Int)]) -> [Stage] {
    blocks.flatMap { kernels, size, pool -> [Stage] in
      [
        .conv1d(Conv1d(outputChannels: kernels, kernelSize: size)), .relu(ReLU()),
        .maxPool1d(MaxPool1d(kernelSize: pool, stride: pool)),
      ]
    } + [.flatten(Flatten())]
  }
}
