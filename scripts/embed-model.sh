#!/bin/sh
# Prints the Swift source that holds a model file, for Model/BuiltInModel+Data.swift:
#
#     scripts/embed-model.sh model.safetensors > Sources/SignalPipeline/Model/BuiltInModel+Data.swift
#
# A text literal, since the compiler takes it as it is; an array literal of as many numbers it
# checks one by one.
set -eu

if [ $# -ne 1 ] || [ ! -f "$1" ]; then
  echo "usage: $0 MODEL" >&2
  exit 64
fi

printf '%s\n' \
  '// Made by scripts/embed-model.sh from a trained model; not to be edited.' \
  '' \
  'extension BuiltInModel {' \
  '  /// The model file as base64.' \
  '  static let base64 = """'
base64 < "$1" | tr -d '\n' | fold -w 92 | sed 's/^/    /'
printf '\n%s\n%s\n' '    """' '}'
