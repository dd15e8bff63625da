extension CaptureInfo {
  /// What becomes of the stored samples before they are delivered, in that order; empty for
  /// samples as they are stored.
  ///
  /// The words are those of the command's options, such as `remove-dc` and `gain=3dB`, and
  /// `real-to-complex`.
  public var processing: [String] {
    var steps: [String] = []
    if adjustment.removeDC { steps.append("remove-dc") }
    if adjustment.gain != 0 {
      let gain = adjustment.gain
      steps.append("gain=\(Int(exactly: gain).map(String.init) ?? "\(gain)")dB")
    }
    if !format.isComplex { steps.append("real-to-complex") }
    if adjustment.swapIQ { steps.append("iq-swap") }
    if adjustment.conjugate { steps.append("conjugate") }
    return steps
  }
}
