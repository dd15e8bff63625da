import FuzzLimits
import Glibc

/// What is fuzzed, chosen by `--target=NAME` on the command line.
nonisolated(unsafe) private var target = Target.json

/// Whether inputs are made long by `--long`, to find what grows faster than the input.
nonisolated(unsafe) private(set) var isLong = false

/// Whether `--costs` asks for what each input cost.
nonisolated(unsafe) private var tellsCosts = false

/// The heap that a parser may take whatever its input: the blocks that files are read in.
private let heapConstant = 2 << 20

/// The longest that one input may take [s of processor time].
private let timeLimit = 5.0

/// Chooses the target; libFuzzer leaves options that begin with `--` alone.
@_cdecl("LLVMFuzzerInitialize")
func initialize(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>>>
) -> CInt {
  let options = (1..<Int(count.pointee)).map { String(cString: arguments.pointee[$0]) }
  if options.contains("--list") {
    for target in Target.allCases { print(target.rawValue) }
    exit(0)
  }
  let name = options.first { $0.hasPrefix("--target=") }?.dropFirst("--target=".count) ?? ""
  guard let chosen = Target(rawValue: String(name)) else {
    fuzz_finding("--target=NAME is needed; --list names them")
  }
  target = chosen
  isLong = options.contains("--long")
  tellsCosts = options.contains("--costs")
  // What is made once must not count as an input's cost.
  for count in [0, 64] { chosen.run([UInt8](repeating: 1, count: count)) }
  return 0
}

/// Parses one input: it is read or refused, at a bounded cost.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  var bytes = Array(UnsafeBufferPointer(start: start, count: count))
  if isLong { bytes = lengthened(bytes) }
  fuzz_begin()
  target.run(bytes)
  let cost = fuzz_end()
  if tellsCosts {
    print("\(bytes.count) bytes, heap \(cost.peak_heap) bytes, \(Int(cost.seconds * 1e6)) µs")
  }
  if cost.peak_heap > heapConstant + target.heapFactor * bytes.count {
    fuzz_finding("\(cost.peak_heap) bytes of heap for \(bytes.count) bytes of input")
  }
  if cost.seconds > timeLimit {
    fuzz_finding("\(cost.seconds) s for \(bytes.count) bytes of input")
  }
  if cost.open_files != 0 { fuzz_finding("\(cost.open_files) files left open") }
  return 0
}

/// Repeats a part of an input until it is some 256 KiB long.
///
/// The first two bytes are the lengths of what stands before the part and of the part, of which
/// 0 means 512, a block of an archive; what is left stands behind it.
private func lengthened(_ bytes: [UInt8]) -> [UInt8] {
  guard bytes.count >= 2 else { return [] }
  let rest = bytes.dropFirst(2)
  let front = rest.prefix(Int(bytes[0]))
  let part = rest.dropFirst(front.count).prefix(bytes[1] == 0 ? 512 : Int(bytes[1]))
  let back = rest.dropFirst(front.count + part.count)
  guard !part.isEmpty else { return [] }
  let middle = repeatElement(part, count: (256 << 10) / part.count).joined()
  return front + Array(middle) + back
}
