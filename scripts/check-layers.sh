#!/bin/sh
# Checks the rules of the sources that no compiler knows:
# - a folder of Sources/SignalPipeline names only types of itself and of folders before it;
# - one file imports CFFTW, where the package has it; none Foundation;
# - neither try! nor as! nor fatalError, and ! unwraps nothing but baseAddress.
# Comments and the text of string literals do not count; what a literal interpolates does.
#
#   check-layers.sh              checks the repository
#   check-layers.sh DIRECTORY    checks DIRECTORY/Sources
#   check-layers.sh --self-test  checks that violations are found, and nothing else
set -eu
LC_ALL=C
export LC_ALL

here=$(cd "$(dirname "$0")" && pwd)
if [ "${1:-}" = --self-test ]; then
  exec sh "$here/check-layers-test.sh"
fi
cd "${1:-$here/..}"
files=$(find Sources -name '*.swift' | sort)
if [ -z "$files" ]; then
  echo "check-layers: no Swift file under $(pwd)/Sources" >&2
  exit 1
fi
# shellcheck disable=SC2086 # the names of Swift files hold no spaces
exec awk -f "$here/check-layers.awk" $files
