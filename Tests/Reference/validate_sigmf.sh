#!/bin/sh
# Checks by the tool that owns the format that what psdpipe writes as SigMF is valid.
#
#   Tests/Reference/validate_sigmf.sh [PSDPIPE]     (default: .build/release/psdpipe)
#
# Needs python3 with the package sigmf (pip install sigmf); says that it skips where that is not
# there. Undeclared extensions, of which sigmf_validate only warns, are errors here.
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd)
psdpipe=${1:-$here/.build/release/psdpipe}
if ! python3 -c 'import sigmf' 2>/dev/null; then
  echo "validate_sigmf: skipped, python3 with the package sigmf is not there"
  exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

for format in cu8 ci16 cf32; do
  "$psdpipe" generate "$folder/$format" --count 4 --seed 7 --captures "$format" --sigmf \
    --rate 1M 2>/dev/null
done
"$psdpipe" generate "$folder/rateless" --count 4 --captures ci8 --sigmf 2>/dev/null
"$psdpipe" generate "$folder/raw" --count 4 --captures cu8 2>/dev/null
"$psdpipe" classify "$folder"/raw/captures/*.cu8 --rate 2M --center 433.92M --annotate >/dev/null
for data in "$folder"/ci16/captures/*.sigmf-data; do
  "$psdpipe" classify "$data" --format ci16 --annotate >/dev/null
done

find "$folder" -name '*.sigmf-meta' | sort >"$folder/list"
count=$(wc -l <"$folder/list")
# Six runs of four files: three formats, no rate, raw captures, and copies beside recordings.
[ "$count" -eq 24 ] || { echo "validate_sigmf: $count files, 24 expected" >&2; exit 1; }
xargs python3 -W error::DeprecationWarning -c '
from sigmf.validate import main
import sys
main(tuple(sys.argv[1:]))' <"$folder/list"
echo "validate_sigmf: $count files are valid"
