#!/usr/bin/env bash
# Makes docs/signals/ anew: a spectrum and a waterfall a class, and a picture of its variants; the
# same seed gives the same pictures.
set -euo pipefail
cd "$(dirname "$0")/.."

psdpipe=$PWD/.build/release/psdpipe
pictures=$PWD/docs/signals
work=.build/gallery
rm -rf "$work" "$pictures"
mkdir -p "$work" "$pictures"
# A picture's title is the name of its capture.
draw=$PWD/scripts/variant-picture.awk
cd "$work"

# variant CLASS NAME OPTIONS...: one example, in folder CLASS-NAME.
variant() {
  "$psdpipe" generate "$1-$2" --classes "$1" --variants "$1=$2" --count 1 --seed 5 --preset clean \
    --bandwidth 0.12 --offset 0 "${@:3}"
}

# spectra CLASS NAMES: a spectrum a variant.
spectra() {
  local name files=()
  for name in $2; do
    variant "$1" "$name" --snr 25 --bins 512
    tail -c 2048 "$1-$name/psd.npy" | od -A n -v -t f4 -w4 | awk '
      { print (NR - 1 - 256) / 512, ($1 > 0 ? 10 * log($1) / log(10) : -200) }' > "$1-$name/$name.txt"
    files+=("$1-$name/$name.txt")
  done
  awk -v title="variants of $1" -v across="frequency [cycles/sample]" \
    -v up="density [dB(FS²/(cycle/sample))]" -v low=-0.2 -v high=0.2 -v least=-20 -v most=30 \
    -f "$draw" "${files[@]}" > "$pictures/$1-variants.svg"
}

# times CLASS NAMES COUNT envelope|frequency: a course of time a variant, from the first signal
# after 400 samples without one, if there are any, otherwise from the first sample.
times() {
  local name files=() quantity=$4
  for name in $2; do
    variant "$1" "$name" --snr 60 --captures cf32
    od -A n -v -t f4 -w8 "$1-$name/captures/$1-0.cf32" | awk \
      -v count="$3" -v quantity="$quantity" '
      {
        # The rms level is −12 dBFS; where there is no signal there is no frequency.
        size[NR] = sqrt($1 * $1 + $2 * $2) / 0.2512
        turn[NR] = atan2($2 * i - $1 * q, $1 * i + $2 * q) / 6.283185307
        i = $1
        q = $2
        if (size[NR] < 0.5) silence++
        else {
          if (silence > 400 && !start) start = NR
          silence = 0
        }
      }
      END {
        for (n = 0; n < count; n++) {
          if (n % int(count / 600 + 1) > 0) continue
          k = n + (start ? start : 2)
          if (quantity == "envelope") print n, size[k]
          else print (size[k] > 0.5 && size[k - 1] > 0.5 ? n " " turn[k] : "")
        }
      }' > "$1-$name/$name.txt"
    files+=("$1-$name/$name.txt")
  done
  local up="magnitude over rms" least=0 most=3
  if [ "$quantity" = frequency ]; then
    up="frequency [cycles/sample]" least=-0.08 most=0.08
  fi
  awk -v title="variants of $1" -v across="time [samples]" -v up="$up" -v low=0 -v high="$3" \
    -v least="$least" -v most="$most" -f "$draw" "${files[@]}" > "$pictures/$1-variants.svg"
}

"$psdpipe" generate --list-classes | while IFS=$'\t' read -r class _ variants; do
  "$psdpipe" generate "$class" --classes "$class" --count 1 --seed 5 --preset clean \
    --snr 25 --bandwidth 0.12 --offset 0 --captures cf32
  mv "$class/captures/$class-0.cf32" "$class.cf32"
  "$psdpipe" psd "$class.cf32" --bins 512 --out "$pictures/$class-psd.svg"
  # The first quarter: each of its 16,384 samples is 8 bytes.
  head -c 131072 "$class.cf32" > "$class/$class.cf32"
  (cd "$class" && "$psdpipe" psd "$class.cf32" --bins 128 \
    --waterfall "$pictures/$class-waterfall.svg")
  variants=${variants//,/ }
  case $class in
    noise) ;;
    css) times "$class" "$variants" 8192 frequency ;;
    chirp) times "$class" "$variants" 8192 frequency ;;
    ook) times "$class" "$variants" 1500 envelope ;;
    ppm) times "$class" "$variants" 5000 envelope ;;
    *) spectra "$class" "$variants" ;;
  esac
done
