/// An element type of `.npy` files whose memory layout is that of the file, little-endian.
///
/// Every machine this package builds for is little-endian.
package protocol NPYElement: BitwiseCopyable, Sendable {
  /// NumPy's name of the type, such as `<f4`.
  static var npyDescriptor: String { get }
}

extension Float: NPYElement {
  package static var npyDescriptor: String { "<f4" }
}

extension Double: NPYElement {
  package static var npyDescriptor: String { "<f8" }
}

extension Int32: NPYElement {
  package static var npyDescriptor: String { "<i4" }
}

extension Int64: NPYElement {
  package static var npyDescriptor: String { "<i8" }
}

extension UInt8: NPYElement {
  package static var npyDescriptor: String { "|u1" }
}

extension IQSample: NPYElement {
  package static var npyDescriptor: String { "<c8" }
}
