#!/usr/bin/env bash
# Makes docs/scene.svg anew: a waterfall of the first example of the scene that docs/scenarios.md
# tells. The same scene gives the same picture.
set -euo pipefail
cd "$(dirname "$0")/.."

psdpipe=$PWD/.build/release/psdpipe
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

awk '/^```/ { block += /json/; inside = /json/ && block == 2; next } inside' docs/scenarios.md \
  > "$work/scene.json"
"$psdpipe" generate "$work/scene" --scenario "$work/scene.json" --only 0 --captures ci16 --sigmf
# The picture's title is the path.
cd "$work"
for end in meta data; do mv scene/captures/*-0.sigmf-"$end" "scene.sigmf-$end"; done
"$psdpipe" psd scene.sigmf-meta --bins 128 --waterfall "$OLDPWD/docs/scene.svg"
