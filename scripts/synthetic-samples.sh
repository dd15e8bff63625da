#!/usr/bin/env bash
# Makes samples/synthetic/ anew; the same seeds give the same bytes.
set -euo pipefail
cd "$(dirname "$0")/.."

psdpipe=.build/release/psdpipe
work=.build/synthetic-samples
rm -rf "$work" samples/synthetic
mkdir -p "$work" samples/synthetic
"$psdpipe" generate "$work/signals" --preset sdr --snr 8:20 --count 8 --seed 20 --captures cu8
"$psdpipe" generate "$work/wide" --preset clean --snr 20:20 --count 4 --seed 21 --captures ci16
"$psdpipe" generate "$work/noise" --preset clean --snr=-60:-60 --count 1 --seed 22 --captures cu8
mv "$work"/signals/captures/*.cu8 samples/synthetic/
mv "$work/wide/captures/ofdm-3.ci16" samples/synthetic/
mv "$work/noise/captures/am-0.cu8" samples/synthetic/noise.cu8
cp "$work/signals/conditions.jsonl" samples/synthetic/conditions.jsonl
