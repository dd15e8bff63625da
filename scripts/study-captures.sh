#!/usr/bin/env bash
# What psdpipe makes of real recordings: writes docs/real-captures.md and docs/real-captures.svg.
# CAPTURES names their folder; labels.csv in it lists path, class, format, rate and centre.
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ ! -f ${CAPTURES:-}/labels.csv ]]; then
  echo "study-captures: CAPTURES does not name a folder of recordings with its labels.csv" >&2
  exit 66
fi
psdpipe=.build/release/psdpipe
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One line a recording, its fields parted by tabs: group, name, format, rate and centre with their
# origins, answer, confidence, windows, noise windows, floor [dB], the file of its spectrum.
study() {
  local group=$1 name=$2 spectrum=$3 facts
  shift 3
  local -a capture=("$CAPTURES/$group/$name" "$@")
  facts=$("$psdpipe" inspect "${capture[@]}" | awk '
    function value(text, key) {
      return match(text, "\"" key "\":\"?[^,}\"]*") ? substr(text, RSTART + length(key) + 3, \
        RLENGTH - length(key) - 3) : ""
    }
    {
      origins = rest = $0
      sub(/.*"origins":\{/, "", origins)
      sub(/\}.*/, "", origins)
      sub(/"origins":\{[^}]*\},/, "", rest)
      split("format sample_rate_hz center_hz", keys, " ")
      for (i = 1; i <= 3; i++) {
        fact = value(rest, keys[i])
        origin = value(origins, keys[i])
        gsub(/"/, "", fact)
        gsub(/"/, "", origin)
        printf "%s%s\t%s", (i > 1 ? "\t" : ""), fact, origin
      }
    }')
  "$psdpipe" classify --short --as csv "${capture[@]}" 2>/dev/null >"$work/records" || true
  # A recording that is too short for the model has a picture all the same.
  "$psdpipe" psd --bins 256 "${capture[@]}" >"$spectrum"
  awk -F, -v OFS='\t' -v head="$group$(printf '\t')$name$(printf '\t')$facts" -v tail="$spectrum" '
    $1 == "type" { for (i = 1; i <= NF; i++) column[$i] = i }
    $1 == "window" && $column["noise_floor_db"] != "" {
      # In order, for the median.
      for (i = ++count; i > 1 && floors[i - 1] > $column["noise_floor_db"] + 0; i--) {
        floors[i] = floors[i - 1]
      }
      floors[i] = $column["noise_floor_db"] + 0
    }
    $1 == "summary" {
      answer = $column["class"]
      confidence = $column["confidence"]
      windows = $column["windows"]
      noise = $column["noise_windows"]
    }
    END {
      print head, answer == "" ? "too short" : answer, confidence, windows + 0, noise + 0, \
        count ? floors[int((count + 1) / 2)] : "", tail
    }' "$work/records"
}

number=0
for group in sat_fsk sat_afsk sat_bpsk1k2 sat_bpsk9k6 sat_unlabelled lte rc_car adsb; do
  while IFS=, read -r path class format rate center _; do
    [[ $class == "$group" ]] || continue
    number=$((number + 1))
    # What neither header nor name tells.
    options=()
    case $group in
      lte) options=(--format "$format") ;;
      rc_car) options=(--rate "$rate" --center "$center") ;;
      adsb) options=(--format "$format" --rate "$rate" --center "$center") ;;
    esac
    study "$group" "${path#*/}" "$work/$number.csv" ${options[@]+"${options[@]}"}
  done <"$CAPTURES/labels.csv"
done >"$work/study"

# Both whole before either takes its place.
awk -f scripts/captures-page.awk "$work/study" >"$work/page"
awk -f scripts/captures-sheet.awk "$work/study" >"$work/sheet"
mv "$work/page" docs/real-captures.md
mv "$work/sheet" docs/real-captures.svg
