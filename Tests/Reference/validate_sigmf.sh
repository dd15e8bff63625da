#!/bin/sh
# Checks by the tool that owns the format that what psdpipe writes as SigMF is valid.
#
#   [PYTHON=python3] Tests/Reference/validate_sigmf.sh [PSDPIPE]   (default: .build/release/psdpipe)
#
# Needs a Python with the package sigmf (pip install sigmf); says that it skips where that is not
# there. Undeclared extensions, of which sigmf_validate only warns, are errors here.
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd)
psdpipe=${1:-$here/.build/release/psdpipe}
python=${PYTHON:-python3}
if ! "$python" -c 'import sigmf' 2>/dev/null; then
  echo "validate_sigmf: skipped, $python with the package sigmf is not there"
  exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

for format in cu8 ci16 cf32; do
  "$psdpipe" generate "$folder/$format" --count 4 --seed 7 --captures "$format" --sigmf \
    --rate 1M 2>/dev/null
done
"$psdpipe" generate "$folder/scenes" --count 4 --captures ci16 --sigmf --rate 1M \
  --others 1:3 --bursts 2000:12000 2>/dev/null
"$psdpipe" generate "$folder/rateless" --count 4 --captures ci8 --sigmf 2>/dev/null
"$psdpipe" generate "$folder/raw" --count 4 --captures cu8 2>/dev/null
"$psdpipe" classify "$folder"/raw/captures/*.cu8 --rate 2M --center 433.92M --annotate >/dev/null
for data in "$folder"/ci16/captures/*.sigmf-data; do
  "$psdpipe" classify "$data" --format ci16 --annotate >/dev/null
done

# A WAV file of real samples, an archive of two recordings, and a recording that deviates from the
# specification where that does no harm, with a header before each of its chunks of samples.
"$python" - "$folder" <<'END'
import json, pathlib, random, sys, tarfile, wave

folder = pathlib.Path(sys.argv[1])
random.seed(1)
with wave.open(str(folder / "real.wav"), "wb") as file:
    file.setparams((1, 2, 48000, 0, "NONE", ""))
    file.writeframes(random.randbytes(2 * 140_001))
with tarfile.open(folder / "two.sigmf", "w") as archive:
    for path in sorted((folder / "cf32/captures").glob("*-[01].sigmf-*")):
        archive.add(path, f"{path.stem}/{path.name}")
chunk = random.randbytes(2 * 66_000)
(folder / "chunks.dat").write_bytes(b"HEAD" + chunk + b"head+2" + chunk + b"end")
metadata = {
    "global": {
        "core:datatype": "cu8",
        "core:version": "1.2.0",
        "core:dataset": "chunks.dat",
        "core:trailing_bytes": 3,
        "core:hw": None,
    },
    "captures": [
        {"core:sample_start": 0, "core:header_bytes": 4, "core:datetime": "2024-01-01T00:00:00"},
        {"core:sample_start": 66_000, "core:header_bytes": 6, "core:frequency": 1e6},
    ],
    "annotations": [{"core:sample_start": 9}, {"core:sample_start": 5}],
}
(folder / "chunks.sigmf-meta").write_text(json.dumps(metadata))
END
"$psdpipe" classify "$folder/real.wav" "$folder/two.sigmf" "$folder/chunks.dat" --annotate \
  >/dev/null
rm "$folder/chunks.sigmf-meta"

find "$folder" -name '*.sigmf-meta' | sort >"$folder/list"
count=$(wc -l <"$folder/list")
# Seven runs of four files (three formats, scenes, no rate, raw captures, copies beside recordings),
# and what the last run wrote: one beside the WAV file, two beside the archive, one beside the chunks.
[ "$count" -eq 32 ] || { echo "validate_sigmf: $count files, 32 expected" >&2; exit 1; }
xargs "$python" -W error::DeprecationWarning -c '
from sigmf.validate import main
import sys
main(tuple(sys.argv[1:]))' <"$folder/list"
echo "validate_sigmf: $count files are valid"
