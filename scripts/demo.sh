#!/usr/bin/env bash
# Shows psdpipe from raw samples to a trained and evaluated model, in a few minutes.
# Everything it writes lies in demo/.
set -euo pipefail
cd "$(dirname "$0")/.."

psdpipe=.build/release/psdpipe
if [[ ! -x $psdpipe ]]; then
  echo "demo: $psdpipe is missing; run make build" >&2
  exit 1
fi
mkdir -p demo
rm -rf demo/train demo/test demo/evaluation

# Prints a command, then runs it.
step() {
  printf '\n$ psdpipe %s\n' "$*"
  "$psdpipe" "$@"
}

say() { printf '\n== %s\n' "$1"; }

say "The fastest FFTs of this machine, found once for all later runs"
step tune

say "Which signals are in the sample captures? (built-in model)"
step classify samples/ --as table

say "The power spectral density of one of them, also over time"
step psd samples/adsb_1090MHz_2Msps.cu8 --out demo/psd.svg --waterfall demo/waterfall.png

say "Train a network on synthetic signals at any frequency offset"
step generate demo/train --preset sdr --offset any --count 4000 --seed 1
step train demo/train --out demo/model.safetensors --epochs 12 \
  --curves demo/curves.svg

say "Evaluate it on signals it has never seen"
step generate demo/test --preset sdr --offset any --count 1600 --seed 2
step evaluate demo/model.safetensors demo/test --out demo/evaluation --offset-cells 16 \
  --report demo/report.html

say "Which signals are in the sample captures? (the model just trained)"
step classify samples/ --model demo/model.safetensors --as table

say "Where the results are"
for result in demo/psd.svg demo/waterfall.png demo/model.safetensors demo/curves.svg \
  demo/report.html; do
  [[ ! -e $result ]] || echo "$result"
done
find demo/evaluation* -type f 2>/dev/null | LC_ALL=C sort
