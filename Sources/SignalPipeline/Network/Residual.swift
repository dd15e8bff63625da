/// Adds to the input what a chain of layers makes of it.
///
///     y = x + body(x)
///
/// - Input and output: `(N, C, L)`; the body must keep the shape.
/// - Parameters: those of the body, named by its layers' places: `4.0.weight`.
///
/// Source: He, Zhang, Ren and Sun, "Deep residual learning for image recognition", 2016.
public struct Residual: Hashable, Sendable {
  /// The chain of layers.
  public var body: [NetworkDescription.Stage]

  /// Creates a residual connection around a chain of layers.
  public init(_ body: [NetworkDescription.Stage]) { self.body = body }

  /// The name in a description.
  public static let name = "residual"
}

extension Residual: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case body }

  public init(from decoder: any Decoder) throws {
    try decoder.checkKeys(CodingKeys.self)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    body = try container.decode([NetworkDescription.Stage].self, forKey: .body)
  }
}
