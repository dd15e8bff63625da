#!/usr/bin/env bash
# Whether models that know our generator alone know the signals of others: makes test sets with GNU
# Radio and liquid-dsp, trains four recipes over three seeds, and writes the tables of
# docs/other-generators.md and its picture. About 2 minutes a model on two cores. What stands in the
# work folder is used as it is: a run that was ended goes on, and WORK=FOLDER keeps it elsewhere.
set -euo pipefail
cd "$(dirname "$0")/.."

psdpipe=$PWD/.build/release/psdpipe
work=${WORK:-.build/study-generators}
mkdir -p "$work"
work=$(cd "$work" && pwd)

# once FOLDER COMMAND...: runs the command unless what it makes is there.
once() {
  local made=$1
  shift
  [ -e "$made" ] || "$@" >&2
}

once "$work/other" sh -c \
  "/usr/bin/python3 Tests/Reference/other_generators.py '$psdpipe' '$work/unfinished' 120 2 \
    && mv '$work/unfinished' '$work/other'"
once "$work/own/manifest.json" "$psdpipe" generate "$work/own" --count 4000 --seed 1001 --overwrite
once "$work/narrow/manifest.json" "$psdpipe" generate "$work/narrow" --count 1000 --seed 1002 \
  --bandwidth .03:.06 --overwrite
once "$work/wide/manifest.json" "$psdpipe" generate "$work/wide" --count 1000 --seed 1003 \
  --bandwidth .2:.4 --overwrite

# model NAME SEED OPTIONS...: trains on the examples that the options ask for.
model() {
  local name=$1 seed=$2
  shift 2
  [ -e "$work/$name-$seed.safetensors" ] && return
  "$psdpipe" generate "$work/train" --preset sdr --offset any --seed "$seed" --overwrite \
    "$@" >&2
  "$psdpipe" train "$work/train" --seed "$seed" --out "$work/unfinished.safetensors" >&2
  mv "$work/unfinished.safetensors" "$work/$name-$seed.safetensors"
  rm -rf "$work/train" "$work/unfinished.safetensors"*
}

families=(--variants am=voice,tone,noise --variants fsk=bare,gaussian,broad)
for seed in 1 2 3; do
  model plain "$seed" --count 20000
  model families "$seed" --count 20000 "${families[@]}"
  model bandwidths "$seed" --count 30000 "${families[@]}" --bandwidth .03:.45
  model msk "$seed" --count 30000 --variants am=voice,tone,noise \
    --variants fsk=bare,gaussian,msk,broad --bandwidth .03:.45
done
/usr/bin/python3 Tests/Reference/generators_table.py "$psdpipe" "$work"
