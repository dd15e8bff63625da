#!/usr/bin/env bash
# Makes docs/signals/ anew, one spectrum and one waterfall a class; the same seed gives the same
# pictures.
set -euo pipefail
cd "$(dirname "$0")/.."

psdpipe=$PWD/.build/release/psdpipe
pictures=$PWD/docs/signals
work=.build/gallery
rm -rf "$work" "$pictures"
mkdir -p "$work" "$pictures"
# A picture's title is the name of its capture.
cd "$work"

"$psdpipe" generate --list-classes | while IFS=$'\t' read -r class _; do
  "$psdpipe" generate "$class" --classes "$class" --count 1 --seed 5 --preset clean \
    --snr 25 --bandwidth 0.12 --offset 0 --captures cf32
  mv "$class/captures/$class-0.cf32" "$class.cf32"
  "$psdpipe" psd "$class.cf32" --bins 512 --out "$pictures/$class-psd.svg"
  # The first quarter: each of its 16,384 samples is 8 bytes.
  head -c 131072 "$class.cf32" > "$class/$class.cf32"
  (cd "$class" && "$psdpipe" psd "$class.cf32" --bins 128 \
    --waterfall "$pictures/$class-waterfall.svg")
done
