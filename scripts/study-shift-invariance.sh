#!/usr/bin/env bash
# The measurements of docs/shift-invariance.md: two networks trained near 0 Hz, tested near 0 Hz
# and anywhere, over three seeds. Some fifteen minutes on two cores.
set -euo pipefail
cd "$(dirname "$0")/.."

psdpipe=.build/release/psdpipe
work=${1:-.build/shift-invariance}
mkdir -p "$work"
"$psdpipe" generate "$work/in-range" --preset clean --offset centred --count 2000 --seed 1002 \
  --overwrite
"$psdpipe" generate "$work/anywhere" --preset clean --offset any --count 4096 --seed 1003 \
  --overwrite
for seed in 1 2 3; do
  "$psdpipe" generate "$work/centred" --preset clean --offset centred --count 6000 \
    --seed "$seed" --overwrite
  "$psdpipe" train "$work/centred" --network founding --seed "$seed" --epochs 12 \
    --learning-rate 1e-3 --weight-decay 0 --out "$work/founding.safetensors" >/dev/null
  "$psdpipe" train "$work/centred" --seed "$seed" --out "$work/default.safetensors" >/dev/null
  for network in founding default; do
    for test in in-range anywhere; do
      echo "seed $seed, $network, $test:"
      "$psdpipe" evaluate "$work/$network.safetensors" "$work/$test" \
        | grep -E "^accuracy|^worst offset"
    done
  done
done
"$psdpipe" evaluate "$work/founding.safetensors" "$work/anywhere" \
  --against "$work/default.safetensors" --out "$work/report" >/dev/null
echo "$work/report/accuracy-offset.svg"
