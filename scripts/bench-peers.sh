#!/usr/bin/env bash
# Times psdpipe beside its peers, in one run.
#
#   bench-peers.sh welch [ROUNDS]                 (default: 7)
#   bench-peers.sh network [ROUNDS [OPTION...]]   (default: 5)
#
# welch: beside C over FFTW, SciPy, pyFFTW and liquid-dsp.
# network: training and inference beside PyTorch, TensorFlow and ONNX Runtime, in Markdown; an hour.
#   --only NETWORK... for some of them, --seconds S for shorter turns, --json FILE for every turn.
#
# Needs gcc, python3 with venv, and for liquid-dsp libliquid-dev; what is missing is skipped by
# name. Python's packages go into an environment of their own under Benchmarks/.build. Where pip has
# no PyTorch for processors alone, which PIP_EXTRA_INDEX_URL can add, it takes the large one.
set -euo pipefail
cd "$(dirname "$0")/.."

subject=${1:-}
rounds=${2:-}
if [[ ! $subject =~ ^(welch|network)$ || ! $rounds =~ ^[0-9]*$ ]]; then
  sed -n '2,/^$/s/^# \{0,1\}//p' "$0" >&2
  exit 64
fi
shift $(($# < 2 ? $# : 2))

unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
folder=Benchmarks/.build/peers
python=$folder/python/bin/python
ours=Benchmarks/.build/release/PipelineBenchmarks
mkdir -p "$folder"
sh scripts/setup.sh benchmarks
swift build --package-path Benchmarks -c release >&2
[[ -x $python ]] || python3 -m venv "$folder/python"

# Installs a package unless it is there: the first that can be had of some versions.
want() {
  "$python" -c "import $1" 2>/dev/null && return
  for version in "${@:2}"; do
    "$python" -m pip install --quiet "$version" >&2 && return
  done
  echo "bench-peers: no $1" >&2
}

# Compiles a contender with its libraries.
compile() {
  gcc -O3 -march=native Benchmarks/Peers/"$1".c -o "$folder/$1" "${@:2}" \
    || echo "bench-peers: no $1" >&2
}

case $subject in
  welch)
    for package in numpy scipy pyfftw; do want "$package" "$package"; done
    compile welch -ffast-math -lfftw3f -lpthread -lm
    compile welch_liquid -ffast-math -lliquid -lm
    exec "$python" Benchmarks/Peers/welch.py "$folder" "$ours" --rounds "${rounds:-7}"
    ;;
  network)
    want numpy numpy
    want torch torch==2.13.0+cpu torch
    want onnx onnx
    want onnxruntime onnxruntime
    want tensorflow tensorflow-cpu
    compile fma -lpthread
    exec "$python" Benchmarks/Peers/network.py "$folder" "$ours" --rounds "${rounds:-5}" "$@"
    ;;
esac
