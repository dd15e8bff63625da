#!/usr/bin/env bash
# Runs the benchmarks, each beside its peer or its limit; `bench.sh reading` only those of reading.
set -euo pipefail
cd "$(dirname "$0")/.."

# These settings make OpenBLAS pick kernels for another machine than this one.
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
swift build -c release --product psdpipe >&2
.build/release/psdpipe tune >&2
swift build --package-path Benchmarks -c release >&2
export WISDOM=${XDG_CACHE_HOME:-$HOME/.cache}/psdpipe/fft-wisdom
exec Benchmarks/.build/release/PipelineBenchmarks "$@"
