/// A kind of file that holds samples, or could, but is not read; refused by name, with a way on.
struct UnreadableContainer {
  /// What the file is, such as `a zstd archive`.
  let name: String

  private let wayOn: WayOn
  private let extensions: [String]
  private let magics: [(offset: Int, bytes: [UInt8])]

  /// How its samples are brought here.
  private enum WayOn {
    /// A command that writes the samples to standard output, after which the file's name goes.
    case unpack(String)
    /// SoX, which writes a WAV stream.
    case sox
    /// A conversion that only words can tell.
    case words(String)
  }

  private init(
    _ name: String, _ wayOn: WayOn, _ extensions: [String],
    _ magics: [(offset: Int, bytes: [UInt8])] = []
  ) {
    self.name = name
    self.wayOn = wayOn
    self.extensions = extensions
    self.magics = magics
  }

  private static func text(_ text: String, at offset: Int = 0) -> (offset: Int, bytes: [UInt8]) {
    (offset, Array(text.utf8))
  }

  /// How many of a file's first bytes tell.
  static let magicLength = 512

  private static let save = "save its samples as complex64 with numpy.save and give the .npy file"

  private static let all = [
    UnreadableContainer(
      "a .coco archive (a bzip2 tar of complex float)", .unpack("tar -xjOf"), ["coco"]),
    UnreadableContainer("gzip", .unpack("gzip -dc"), ["gz", "tgz"], [(0, [0x1F, 0x8B, 8])]),
    UnreadableContainer(
      "zstd", .unpack("zstdcat"), ["zst", "zstd"], [(0, [0x28, 0xB5, 0x2F, 0xFD])]),
    UnreadableContainer(
      "xz", .unpack("xzcat"), ["xz"], [(0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0])]),
    UnreadableContainer(
      "bzip2", .unpack("bzcat"), ["bz2"],
      (1...9).map { (0, Array("BZh\($0)".utf8) + [0x31, 0x41, 0x59, 0x26, 0x53, 0x59]) }),
    UnreadableContainer(
      "zip", .unpack("unzip -p"), ["zip"], [(0, [0x50, 0x4B, 3, 4])]),
    UnreadableContainer(
      "7z", .unpack("7z x -so"), ["7z"], [(0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C])]),
    UnreadableContainer("tar", .unpack("tar -xOf"), ["tar"], [text("ustar", at: 257)]),
    UnreadableContainer("FLAC", .sox, ["flac"], [text("fLaC")]),
    UnreadableContainer("Ogg", .sox, ["ogg", "opus"], [text("OggS\0")]),
    UnreadableContainer("MP3", .sox, ["mp3"], [text("ID3\u{3}\0"), text("ID3\u{4}\0")]),
    UnreadableContainer(
      "AIFF", .sox, ["aif", "aiff", "aifc"], [text("AIFF", at: 8), text("AIFC", at: 8)]),
    UnreadableContainer("Core Audio", .sox, ["caf"], [text("caff\0\u{1}")]),
    UnreadableContainer(
      "Sony Wave64", .sox, ["w64"], [(0, [0x72, 0x69, 0x66, 0x66, 0x2E, 0x91, 0xCF, 0x11])]),
    UnreadableContainer("big-endian WAV (RIFX)", .sox, [], [text("RIFX")]),
    UnreadableContainer(
      "VITA-49 packets", .words("strip its packets' headers and give the payload with --format"),
      ["vrt", "vita49", "v49"], [text("VRLP")]),
    UnreadableContainer("IT++", .words(save), ["it"], [text("IT++")]),
    UnreadableContainer(
      "HDF5", .words(save), ["h5", "hdf5", "hdf"],
      [(0, [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A])]),
    UnreadableContainer(
      "MATLAB", .words(save), ["mat"], [text("MATLAB 5.0 MAT-file"), text("MATLAB 7.3 MAT-file")]),
    UnreadableContainer("Midas Blue", .words(save), ["blue"], [text("BLUEEEEIEEEI")]),
    UnreadableContainer(
      "SDRangel's .sdriq", .words("16-bit recordings are read with --skip-bytes 32 --format ci16"),
      ["sdriq"]),
  ]

  /// Returns what a file is by its first ``magicLength`` bytes; `nil` for what is not refused.
  static func recognised(in start: [UInt8]) -> UnreadableContainer? {
    all.first { container in
      container.magics.contains { start.dropFirst($0.offset).starts(with: $0.bytes) }
    }
  }

  /// Returns what a file is by its name's extension; `nil` for what is not refused.
  static func named(fileExtension: String) -> UnreadableContainer? {
    let lower = fileExtension.lowercased()
    return all.first { $0.extensions.contains(lower) }
  }

  /// The refusal, with the command line that reads such a file.
  func refusal(path: String, format: SampleFormat?) -> FileError {
    FileError(
      .unsupported, path: path, reason: "this is \(name), which is not read; \(help(path, format))")
  }

  private func help(_ path: String, _ format: SampleFormat?) -> String {
    let isStream = path == "-"
    let command: String
    var options = ""
    switch wayOn {
    case .words(let words): return words
    case .sox: command = isStream ? "sox - -t wav -" : "sox \(CommandText.word(path)) -t wav -"
    case .unpack(let program):
      let inner = path.split(separator: ".").dropLast().last.flatMap {
        SampleFormat(fileExtension: String($0))
      }
      options = " --format \((format ?? inner)?.rawValue ?? "cu8") --rate 2.4M"
      command = isStream ? "\(program) -" : "\(program) \(CommandText.word(path))"
    }
    return "use a pipe: \(isStream ? "… | " : "")\(command) | psdpipe classify -\(options)"
  }
}
