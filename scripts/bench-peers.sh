#!/usr/bin/env bash
# Times Welch's method beside C over FFTW, SciPy, pyFFTW and liquid-dsp, in one run.
#
#   bench-peers.sh [ROUNDS]      (default: 7)
#
# Needs gcc, python3 with venv, and for liquid-dsp libliquid-dev; what is missing is skipped by
# name. SciPy and pyFFTW come from PyPI into an environment of their own.
set -euo pipefail
cd "$(dirname "$0")/.."

unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
folder=Benchmarks/.build/peers
mkdir -p "$folder"
swift build --package-path Benchmarks -c release >&2
if [[ ! -x $folder/python/bin/python ]]; then
  python3 -m venv "$folder/python"
  "$folder/python/bin/pip" install --quiet numpy scipy pyfftw
fi
for peer in welch:"-lfftw3f -lpthread" welch_liquid:-lliquid; do
  # shellcheck disable=SC2086 # the libraries are words
  gcc -O3 -march=native -ffast-math Benchmarks/Peers/"${peer%%:*}".c \
    -o "$folder/${peer%%:*}" ${peer#*:} -lm || echo "bench-peers: no ${peer%%:*}" >&2
done
"$folder/python/bin/python" Benchmarks/Peers/welch.py "$folder" \
  Benchmarks/.build/release/PipelineBenchmarks --rounds "${1:-7}"
