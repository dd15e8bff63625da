/// A training at the end of an epoch, with all that it takes to go on.
///
/// The file, all numbers little-endian:
///
/// | bytes | content |
/// |---|---|
/// | 8 | `PSDTRAIN` |
/// | 4 | version, 3 |
/// | 4 | length of the header, `H` |
/// | `H` | JSON: network, features, configuration, epoch, history, … and `parameterCount`, `P` |
/// | `A` × `4·P` | parameters, the optimiser's moments (Adam two, SGD one), best parameters |
/// | 4 | CRC-32 (IEEE 802.3) of all bytes before |
///
/// The header's `arrays` names the `A` arrays of 32-bit floats. Version 2 is read too: it knew
/// AdamW alone.
public struct Checkpoint: Hashable, Sendable {
  /// What is trained.
  public var network: NetworkDescription

  /// How spectra become the network's input.
  public var features: FeatureConfiguration

  /// How the network is trained; a caller may raise `epochs` to train longer.
  public var configuration: TrainingConfiguration

  /// What has been reached.
  public var state: TrainingState

  private static let magic = Array("PSDTRAIN".utf8)
  private static let version: UInt32 = 3

  /// The arrays that follow the header.
  private static func arrayNames(of method: Optimizer.Method) -> [String] {
    let moments = ["firstMoment", "secondMoment"].prefix(method.momentCount)
    return ["parameters"] + moments + ["bestParameters"]
  }

  /// What the file's JSON holds.
  private struct Header: Codable {
    var network: NetworkDescription
    var features: FeatureConfiguration
    var configuration: TrainingConfiguration
    var epoch: Int
    var optimizerStep: Int
    var history: [EpochReport]
    /// In hexadecimal: not every reader of JSON keeps 64-bit integers.
    var dataFingerprint: String?
    var parameterCount: Int
    var arrays: [String]
  }

  /// Creates a checkpoint from its parts.
  init(
    network: NetworkDescription, features: FeatureConfiguration,
    configuration: TrainingConfiguration, state: TrainingState
  ) {
    self.network = network
    self.features = features
    self.configuration = configuration
    self.state = state
  }

  /// Returns the content of the checkpoint's file.
  ///
  /// - Parameter path: The file that errors name.
  /// - Returns: The bytes of the file.
  /// - Throws: ``FileError`` of kind `unsupported` if JSON can't hold a value, or when the
  ///   configuration has been given another optimiser than the state's.
  public func encoded(path: String) throws(FileError) -> [UInt8] {
    guard state.optimizer.goesOn(with: configuration.optimizer) else {
      throw FileError(
        .unsupported, path: path,
        reason: "the configuration's optimizer is not the one that the state was reached with")
    }
    let header = try JSON.encode(
      Header(
        network: network, features: features, configuration: configuration, epoch: state.epoch,
        optimizerStep: state.optimizer.step, history: state.history,
        dataFingerprint: state.dataFingerprint.map { String($0, radix: 16) },
        parameterCount: state.parameters.count, arrays: Self.arrayNames(of: state.optimizer.method)),
      path: path)
    var bytes = Self.magic
    bytes.reserveCapacity(header.count + 16 * state.parameters.count + 20)
    bytes.append(littleEndian: Self.version)
    bytes.append(littleEndian: UInt32(header.count))
    bytes += header
    // SGD has no second moment: an empty array.
    let arrays = [
      state.parameters, state.optimizer.firstMoment, state.optimizer.secondMoment,
      state.bestParameters,
    ]
    for value in arrays.joined() { bytes.append(littleEndian: value.bitPattern) }
    bytes.append(littleEndian: CRC32.checksum(bytes[...]))
    return bytes
  }

  /// Reads the content of a checkpoint's file.
  ///
  /// - Parameters:
  ///   - bytes: The whole content.
  ///   - path: The file that errors name.
  /// - Throws: ``FileError``: `malformed` for content that is cut off, changed or inconsistent,
  ///   `unsupported` for another version.
  public init(_ bytes: [UInt8], path: String) throws(FileError) {
    guard bytes.starts(with: Self.magic), bytes.count >= 20 else {
      throw FileError(.malformed, path: path, reason: "not a checkpoint of a training")
    }
    let version = bytes.littleEndian(at: 8)
    guard (2...Self.version).contains(version) else {
      throw FileError(
        .unsupported, path: path, place: "byte 8",
        reason: "version \(version); this program reads versions 2 to \(Self.version)")
    }
    let end = bytes.count - 4
    guard CRC32.checksum(bytes[..<end]) == bytes.littleEndian(at: end) else {
      throw FileError(
        .malformed, path: path, place: "byte \(end)",
        reason: "the checksum does not match; the file is damaged or cut off")
    }
    let start = 16 + Int(bytes.littleEndian(at: 12))
    guard start <= end else {
      throw FileError(
        .malformed, path: path, place: "byte 12", reason: "the header is longer than the file")
    }
    let header = try JSON.decode(
      Header.self, from: Array(bytes[16..<start]), path: path, place: "header")
    let count = header.parameterCount
    let method = header.configuration.optimizer
    let names = Self.arrayNames(of: method)
    guard header.arrays == names, count >= 0, count <= bytes.count,
      end - start == 4 * names.count * count
    else {
      throw FileError(
        .malformed, path: path, place: "header",
        reason: "\(end - start) bytes of values do not fit \(count) parameters")
    }
    guard header.epoch >= 0, (0...1 << 60).contains(header.optimizerStep),
      header.history.map(\.epoch) == Array(1..<header.history.count + 1),
      header.history.count == header.epoch
    else {
      throw FileError(
        .malformed, path: path, place: "header, key history",
        reason: "it does not tell of epochs 1 to \(header.epoch)")
    }
    func array(_ index: Int) -> [Float] {
      (0..<count).map {
        Float(bitPattern: bytes.littleEndian(at: start + 4 * (index * count + $0)))
      }
    }
    network = header.network
    features = header.features
    configuration = header.configuration
    state = TrainingState(parameters: array(0), optimizer: method)
    state.optimizer = Optimizer(
      method, step: header.optimizerStep, firstMoment: array(1),
      secondMoment: method.momentCount == 2 ? array(2) : [])
    state.bestParameters = array(names.count - 1)
    state.epoch = header.epoch
    state.history = header.history
    state.dataFingerprint = header.dataFingerprint.flatMap { UInt64($0, radix: 16) }
  }

  /// Writes the checkpoint's file, which appears whole or not at all.
  ///
  /// - Throws: ``FileError``; the old file is then still there.
  public func write(to path: String) throws(FileError) {
    try OutputFile.write(encoded(path: path), to: path)
  }

  /// Reads a checkpoint's file.
  ///
  /// - Throws: ``FileError`` as ``init(_:path:)``, or when the file can't be read.
  public init(reading path: String) throws(FileError) {
    // Larger than any network that this library can train in a lifetime.
    try self.init(InputFile.read(path, limit: 1 << 32), path: path)
  }
}

extension [UInt8] {
  fileprivate mutating func append(littleEndian value: UInt32) {
    for shift in stride(from: 0, to: 32, by: 8) {
      append(UInt8(truncatingIfNeeded: value >> UInt32(shift)))
    }
  }

  fileprivate func littleEndian(at offset: Int) -> UInt32 {
    UInt32(self[offset]) | UInt32(self[offset + 1]) << 8 | UInt32(self[offset + 2]) << 16
      | UInt32(self[offset + 3]) << 24
  }
}
