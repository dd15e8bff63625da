#!/usr/bin/env bash
# Makes the pictures of docs/report.md anew: those of a report of the README's model on fresh
# examples, among them some of classes that it does not know. A few minutes on two cores.
set -euo pipefail
cd "$(dirname "$0")/.."

psdpipe=$PWD/.build/release/psdpipe
draw=$PWD/scripts/report-pictures.awk
pictures=$PWD/docs/report
work=${1:-.build/report-pictures}
mkdir -p "$work" "$pictures"
cd "$work"

generate() { "$psdpipe" generate "$@" --preset sdr --offset any --resume; }
generate train --count 20000 --seed 1
generate test --count 4000 --seed 1001
generate others --count 1000 --seed 1002 --classes css,ssb,nbfm,fsk4
[[ -e model.safetensors ]] || "$psdpipe" train train --seed 1 --out model.safetensors
"$psdpipe" evaluate model.safetensors test others --unknown css,ssb,nbfm,fsk4 --offset-cells 32 \
  --report report.html --out report
rm -f "$pictures"/*.svg
sed -n '/<style>/,/<\/style>/p' report/confusion.svg > style
awk -v style=style -v folder="$pictures" -f "$draw" report.html
ls "$pictures"
