import FuzzLimits
import Glibc

/// What is fuzzed, chosen by `--target=NAME` on the command line.
nonisolated(unsafe) private var target = Target.json

/// The heap that a parser may take whatever its input: the blocks that files are read in.
private let heapConstant = 2 << 20

/// The heap that it may take for each byte of its input.
private let heapFactor = 20

/// The longest that one input may take [s of processor time].
private let timeLimit = 1.0

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
  // What is made once must not count as an input's cost.
  chosen.run([])
  chosen.run([UInt8](repeating: 0, count: 64))
  return 0
}

/// Parses one input: it is read or refused, at a bounded cost.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  fuzz_begin()
  target.run(bytes)
  let cost = fuzz_end()
  if cost.peak_heap > heapConstant + heapFactor * count {
    fuzz_finding("\(cost.peak_heap) bytes of heap for \(count) bytes of input")
  }
  if cost.seconds > timeLimit {
    fuzz_finding("\(cost.seconds) s for \(count) bytes of input")
  }
  if cost.open_files != 0 { fuzz_finding("\(cost.open_files) files left open") }
  return 0
}
