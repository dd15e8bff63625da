#!/usr/bin/env bash
# What each augmentation buys: the default network, trained on strong signals over three seeds, then
# tested on weaker ones, beside interferers and with a notch. Prints the table of docs/training.md.
# Takes some 20 minutes on one core; Python with NumPy makes the notches.
set -euo pipefail
cd "$(dirname "$0")/.."

psdpipe=$PWD/.build/release/psdpipe
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

"$psdpipe" generate train --snr 15:20 --count 6000 --seed 1
make_test() { "$psdpipe" generate "$@" --count 2000 --seed 1001; }
make_test strong --snr 15:20
make_test medium --snr 5:10
make_test weak --snr 0:5
make_test spur --snr 15:20 --impairment spur=-5:5
make_test neighbour --snr 15:20 --impairment adjacentChannel=-10:0
cp -r strong notch
python3 - <<'NOTCH'
# A notch of 2 % of the band, 20 dB deep, somewhere in each signal.
import json, numpy
density = numpy.load("notch/psd.npy")
generator = numpy.random.default_rng(1)
bins = density.shape[1]
for row, line in zip(density, open("notch/conditions.jsonl")):
    signal = json.loads(line)
    frequency = signal["offset"] + signal["bandwidth"] * (generator.random() - 0.5)
    centre, half = round((frequency + 0.5) * bins), int(0.02 * bins) // 2
    row[numpy.arange(centre - half, centre + half) % bins] *= 0.01
numpy.save("notch/psd.npy", density)
NOTCH

row() {
  local name=$1 seed test
  shift
  for seed in 1 2 3; do
    "$psdpipe" train train --seed "$seed" --out model "$@" > /dev/null
    for test in strong medium weak spur neighbour notch; do
      "$psdpipe" evaluate model "$test" | awk -v test="$test" '/^accuracy/ { print test, $2 }'
    done
  done | awk -v name="$name" '
    { sum[$1] += $2; squares[$1] += $2 * $2; count[$1]++ }
    END {
      line = "| " name
      split("strong medium weak spur neighbour notch", tests, " ")
      for (i = 1; i <= 6; i++) {
        mean = sum[tests[i]] / count[tests[i]]
        spread = squares[tests[i]] / count[tests[i]] - mean * mean
        line = line sprintf(" | %.3f ± %.3f", mean, sqrt(1.5 * (spread > 0 ? spread : 0)))
      }
      print line " |"
    }'
}

echo "| | strong | medium | weak | spur | neighbour | notch |"
echo "|---|---|---|---|---|---|---|"
row none
row "\`--augment-noise 20\`" --augment-noise 20
row "the same, \`--augment-noise-share 1\`" --augment-noise 20 --augment-noise-share 1
row "\`--augment-mask 0.1\`" --augment-mask 0.1
row "\`--augment-mask 0.3\`" --augment-mask 0.3
row "\`--augment-noise 20 --augment-mask 0.1\`" --augment-noise 20 --augment-mask 0.1

# The same without gains, for a normalisation that lets them through.
"$psdpipe" generate train --snr 15:20 --count 6000 --seed 1 --without gain --overwrite
row "\`fixedDecibels\`" --normalization fixedDecibels
row "the same, \`--augment-gain 40\`" --normalization fixedDecibels --augment-gain 40
