#!/usr/bin/env bash
# The pictures of docs/impairments.md: a clean signal, and the same one with a single impairment.
# A minute at most.
set -euo pipefail
cd "$(dirname "$0")/.."

psdpipe=$PWD/.build/release/psdpipe
pictures=docs/impairments
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$pictures"

# generate FOLDER OPTIONS...: one example.
generate() {
  "$psdpipe" generate "$work/$1" --preset clean --count 1 --overwrite --seed 3 "${@:2}"
}

# densities FOLDER: the lines `frequency decibels` of its spectrum.
densities() {
  local file=$work/$1/psd.npy bins=$2
  tail -c $((4 * bins)) "$file" | od -A n -v -t f4 -w4 | awk -v bins="$bins" '
    { print (NR - 1 - int(bins / 2)) / bins, ($1 > 0 ? 10 * log($1) / log(10) : -200) }'
}

# spectra NAME RANGE BINS LOW HIGH OPTIONS...: two spectra between two frequencies.
spectra() {
  local name=$1 range=$2 bins=$3 low=$4 high=$5
  shift 5
  generate clean --bins "$bins" "$@"
  generate impaired --bins "$bins" "$@" --impairment "$name$range"
  densities clean "$bins" > "$work/clean.txt"
  densities impaired "$bins" > "$work/impaired.txt"
  awk -v name="$name$range" -v low="$low" -v high="$high" -f scripts/impairment-picture.awk \
    "$work/clean.txt" "$work/impaired.txt" > "$pictures/$name.svg"
}

# waterfall NAME RANGE OPTIONS...: the clean signal, then the impaired one.
waterfall() {
  local name=$1 range=$2
  shift 2
  generate clean --samples 32768 --captures cf32 "$@"
  generate impaired --samples 32768 --captures cf32 "$@" --impairment "$name$range"
  cat "$work"/clean/captures/*.cf32 "$work"/impaired/captures/*.cf32 > "$work/$name$range.cf32"
  # The picture's title is the path.
  (cd "$work" && "$psdpipe" psd "$name$range.cf32" --bins 128 --waterfall "$name.svg")
  mv "$work/$name.svg" "$pictures/$name.svg"
}

ofdm=(--classes ofdm --offset 0.1 --bandwidth 0.15 --snr 40)
carrier=(--classes am --offset 0.3 --bandwidth 0.06 --snr 40)

spectra amplifier =0 512 -0.5 0.5 "${ofdm[@]}"
spectra multipath =0.6 512 -0.5 0.5 "${ofdm[@]}"
waterfall fading =0.0002 "${ofdm[@]}"
spectra clockError =1000 8192 0.296 0.304 "${carrier[@]}"
spectra jitter =0.05 512 -0.5 0.5 "${carrier[@]}"
waterfall drift =0.1 "${carrier[@]}"
spectra phaseNoise =0.0002 8192 0.285 0.315 "${carrier[@]}"
spectra floor =6 512 -0.5 0.5 "${ofdm[@]}" --snr 10
spectra adjacentChannel =-6 512 -0.5 0.5 "${ofdm[@]}"
waterfall impulses =0.0003 "${ofdm[@]}"
spectra spur =-15 512 -0.5 0.5 "${ofdm[@]}"
spectra rollOff =12 512 -0.5 0.5 "${ofdm[@]}" --snr 10
spectra imbalance =1 512 -0.5 0.5 "${ofdm[@]}"
spectra dcSpike =-12 512 -0.5 0.5 "${ofdm[@]}"
waterfall agc =6 "${ofdm[@]}"
spectra converter =-6 512 -0.5 0.5 "${ofdm[@]}"
spectra gain =1 512 -0.5 0.5 "${ofdm[@]}"
du -cb "$pictures" | tail -n 1
