extension CaptureInfo {
  /// What a capture, told as it is stored, is as an ``IQReader`` delivers it.
  ///
  /// A real capture whose rate is not known keeps no centre: it moves by a quarter of the rate.
  func delivered(with adjustment: SampleAdjustment) -> CaptureInfo {
    var info = self
    info.adjustment = adjustment
    guard !format.isComplex else { return info }
    let shift = sampleRate.map { $0 / 4 }
    func moved(_ center: Double?) -> Double? {
      guard let center, let shift else { return nil }
      return center + shift
    }
    info.centerShift = shift
    info.sampleRate = sampleRate.map { $0 / 2 }
    info.centerFrequency = moved(centerFrequency)
    if info.centerFrequency == nil { info.origins.centerFrequency = nil }
    info.sampleCount = sampleCount.map(Self.half)
    info.segments = segments.map { stored in
      var segment = stored
      segment.start = Self.half(stored.start)
      segment.count = stored.count.map { Self.half(stored.start + $0) - segment.start }
      segment.centerFrequency = moved(stored.centerFrequency)
      return segment
    }
    return info
  }

  /// How many complex samples stand at or before the first `count` real ones: every other one.
  private static func half(_ count: Int) -> Int { count / 2 + count % 2 }
}
