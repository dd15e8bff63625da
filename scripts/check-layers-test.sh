#!/bin/sh
# Plants one violation at a time in a small tree and sees that check-layers.sh names its place.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
library=$tree/Sources/SignalPipeline

# Everything in here is allowed, and much of it looks as if it were not.
fresh() {
  rm -rf "$tree/Sources"
  mkdir -p "$library/Numerics" "$library/Spectrum" "$library/Network" "$tree/Sources/psdpipe" \
    "$tree/Sources/CFFTW"
  echo "module CFFTW {}" >"$tree/Sources/CFFTW/module.modulemap"
  cat >"$library/Numerics/Early.swift" <<'SWIFT'
internal import FoundationEssentials

/// Serves ``Late`` and the Network; never use try! or Late here.
public struct Early {
  // Late, fatalError("no")
  /* Late /* nested Late */ as! Late */
  enum Kind { case late }
  let text = "Late \"Late\" try! \(1 + 2) Late"
  let raw = #"Late "quoted" \(Late)"#
  let several = """
    Late as! "Late" value!
    \(text.isEmpty ? "Late" : "no") fatalError(
    """
  let other = Kind.Late
  var flag: Bool { !text.isEmpty != (1!=2) }
  func map<Deep, Result>(_ deep: Deep) -> Result? { nil }
  func first(_ p: UnsafeBufferPointer<Int>) -> Int { p.baseAddress!.pointee }
}
SWIFT
  cat >"$library/Spectrum/Middle.swift" <<'SWIFT'
internal import CFFTW
private struct Hidden { var early: Early }
struct Middle {
  struct Cell {}
  private var hidden: Hidden?
  var cell = Cell()
}
SWIFT
  cat >"$library/Network/Late.swift" <<'SWIFT'
struct Late { var early: Early; var middle: Middle }
struct Cell {}
struct Deep {}
struct Hidden2 {}
SWIFT
  printf 'import SignalPipeline\nlet late: Late? = nil\n' >"$tree/Sources/psdpipe/Main.swift"
}

check() { sh "$here/check-layers.sh" "$tree" 2>&1; }

wrong() {
  printf 'check-layers self-test: %s\n' "$@" >&2
  exit 1
}

# expect FILE LINE PART: the check must fail, with that file, line and part of the message.
expect() {
  if told=$(check); then wrong "nothing said about $1, expected: $3"; fi
  printf '%s\n' "$told" | grep -F "$1:$2: " | grep -qF "$3" \
    || wrong "expected $1:$2: … $3" "$told"
  [ "$(printf '%s\n' "$told" | wc -l)" -eq 1 ] || wrong "more than one fault told" "$told"
  fresh
}

# plant FILE LINE PART SWIFT: adds a file and expects a fault in it.
plant() {
  printf '%s\n' "$4" >"$tree/Sources/$1"
  expect "Sources/$1" "$2" "$3"
}

fresh
told=$(check) || wrong "a clean tree was refused" "$told"

plant SignalPipeline/Spectrum/A.swift 2 'Spectrum names Late of Network' '
func f(_ late: Late?) {}'
plant SignalPipeline/Spectrum/A.swift 1 'names Late' 'let a = "\(Late.self)"'
plant SignalPipeline/Spectrum/A.swift 1 'names Late' 'let a = "x" /* y */ + Late.name // z'
plant SignalPipeline/Spectrum/A.swift 1 'names Late' 'let a: SignalPipeline.Late?'
plant SignalPipeline/Spectrum/A.swift 4 'names Late' '
let text = """
  a "quote" and \("nested \(1)")
  """ + Late.name'
plant SignalPipeline/Numerics/A.swift 1 'Numerics names Middle of Spectrum' 'extension Middle {}'
plant SignalPipeline/Numerics/A.swift 1 'names Hidden2' 'let a = [Hidden2]()'
plant SignalPipeline/A.swift 1 'lies in no folder' 'let a = 1'
plant SignalPipeline/Numerics/A.swift 1 'imports Foundation' 'public import Foundation'
plant psdpipe/A.swift 1 'imports Foundation' 'import struct Foundation.Date'
plant SignalPipeline/Spectrum/A.swift 1 'try! traps' 'let a = try! f()'
plant SignalPipeline/Spectrum/A.swift 1 'as! traps' 'let a = b as! Int'
plant psdpipe/A.swift 1 'fatalError traps' 'func f() -> Never { fatalError("no") }'
plant psdpipe/A.swift 1 'only baseAddress' 'let a = b!'
plant psdpipe/A.swift 1 'only baseAddress' 'let a = f(b)!.c'
plant SignalPipeline/Spectrum/A.swift 1 'only baseAddress' 'let a = myBaseAddress! + p.baseAddress!'
plant SignalPipeline/Spectrum/Z.swift 1 'imports CFFTW' 'internal import CFFTW'
sed 1d "$library/Spectrum/Middle.swift" >"$tree/rest"
mv "$tree/rest" "$library/Spectrum/Middle.swift"
expect Sources/CFFTW/module.modulemap 1 'no file imports CFFTW'
# A library that is gone needs no import.
rm -r "$tree/Sources/CFFTW"
sed 1d "$library/Spectrum/Middle.swift" >"$tree/rest"
mv "$tree/rest" "$library/Spectrum/Middle.swift"
told=$(check) || wrong "a tree without CFFTW was refused" "$told"
