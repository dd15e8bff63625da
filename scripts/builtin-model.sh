#!/usr/bin/env bash
# Trains the built-in model anew and writes it into the sources; the same seeds give the same
# model. Takes some minutes.
set -euo pipefail
cd "$(dirname "$0")/.."

psdpipe=.build/release/psdpipe
work=.build/builtin-model
rm -rf "$work"
mkdir -p "$work"
"$psdpipe" generate "$work/train" --preset sdr --offset any --count 20000 --seed 1
"$psdpipe" train "$work/train" --seed 1 --out "$work/model.safetensors"
sh scripts/embed-model.sh "$work/model.safetensors" >"$work/BuiltInModel+Data.swift"
"$psdpipe" generate "$work/test" --preset sdr --offset any --count 4000 --seed 1001
"$psdpipe" evaluate "$work/model.safetensors" "$work/test"
# Last, so that a run that fails leaves the sources as they were.
mv "$work/BuiltInModel+Data.swift" Sources/SignalPipeline/Model/BuiltInModel+Data.swift
