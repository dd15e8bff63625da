#!/usr/bin/env bash
# Feeds the parsers with mutated inputs, one after the other, and tells what that came to.
#
#   fuzz.sh [--short | --runs N] [--keep] [TARGET…]
#
# Without TARGET all of them. --runs is the number of inputs each, 2,000,000 by default; --short
# is 20,000 from a fixed seed. Targets that end in -long repeat a part of each input up to
# 256 KiB and get a 200th of the inputs. --keep adds to Fuzz/Corpus the few inputs that reach most
# of what the corpus did not. Seconds are processor time. Inputs that are findings, and logs,
# are in Fuzz/work. The exit status is 1 after a finding.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
  printf 'fuzz: %s\n' "$1" >&2
  exit "$2"
}

# The largest input that --keep takes [bytes], and how many a target may have of them.
kept_size=1024
kept_count=8

runs=2000000
seed=0
keep=
targets=()
while [[ $# -gt 0 ]]; do
  case $1 in
    --short)
      runs=20000 seed=1
      # The order of dictionaries decides which inputs reach something new.
      export SWIFT_DETERMINISTIC_HASHING=1
      ;;
    --runs)
      [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || fail "--runs takes a number of inputs" 64
      runs=$2 && shift
      ;;
    --keep) keep=1 ;;
    -*) fail "there is no option $1; there are --short, --runs N and --keep" 64 ;;
    *)
      [[ -d Fuzz/Corpus/$1 ]] \
        || fail "there is no target $1; there are $(echo Fuzz/Corpus/* | sed 's|Fuzz/Corpus/||g')" 64
      targets+=("$1")
      ;;
  esac
  shift
done
[[ ${#targets[@]} -gt 0 ]] || mapfile -t targets < <(ls Fuzz/Corpus)

# In memory, since some targets write what they read.
scratch=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Of several -sanitize options the Swift compiler takes the last: that one must name both.
sanitize=-sanitize=fuzzer,address
printf '%s\n' '@_cdecl("LLVMFuzzerTestOneInput") public func test(_: UnsafeRawPointer, _: Int) -> Int32 { 0 }' \
  >"$scratch/probe.swift"
swiftc -parse-as-library $sanitize "$scratch/probe.swift" -o "$scratch/probe" 2>"$scratch/probe.log" \
  || fail "this Swift toolchain lacks libFuzzer: swiftc $sanitize says
$(grep -m 3 -E 'error|cannot find' "$scratch/probe.log" || cat "$scratch/probe.log")" 69
swift build --package-path Fuzz -c release --product Fuzz \
  --sanitize=fuzzer --sanitize=address -Xswiftc $sanitize >"$scratch/build.log" 2>&1 \
  || { cat "$scratch/build.log" >&2 && exit 1; }
fuzz=Fuzz/.build/release/Fuzz

# The build must not see it: it finds other builds by locks in the usual folder.
export TMPDIR=$scratch
# Crashes are libFuzzer's to handle.
export SWIFT_BACKTRACE=enable=no
# Freed blocks are kept for a while to catch their use; more of them, and more of the stack with
# each, costs speed.
export ASAN_OPTIONS=quarantine_size_mb=16:malloc_context_size=4:${ASAN_OPTIONS:-}

# Adds to a target's corpus what reaches edges that it does not.
keep_found() {
  local merged=$scratch/merged file
  local room=$((kept_count - $(find "Fuzz/Corpus/$1" -name 'found-*' | wc -l)))
  [[ $room -gt 0 ]] || return 0
  rm -rf "$merged"
  cp -r "Fuzz/Corpus/$1" "$merged"
  find "$work/corpus" -type f -size "+${kept_size}c" -delete
  "$fuzz" "${options[@]}" -set_cover_merge=1 -use_counters=0 -max_len=$kept_size \
    "$merged" "$work/corpus" >"$work/merge-log" 2>&1
  # They come in the order of how many edges each adds.
  find "$merged" -type f ! -name 'seed-*' ! -name 'found-*' -printf '%T@ %f\n' | sort -n \
    | head -n $room | while read -r _ file; do
      cp "$merged/$file" "Fuzz/Corpus/$1/found-${file:0:12}"
    done
}

status=0
printf '%-16s %10s %8s %9s %6s  %s\n' target inputs seconds inputs/s edges findings
for target in "${targets[@]}"; do
  work=Fuzz/work/$target
  mkdir -p "$work/corpus" "$work/findings"
  grown=$work/corpus
  # A short run shall not depend on what earlier ones found.
  [[ $seed -eq 0 ]] || grown=$(mktemp -d -p "$scratch")
  parser=${target%-long}
  count=$runs
  options=(--target="$parser")
  if [[ $parser != "$target" ]]; then
    options+=(--long)
    count=$(((runs + 199) / 200))
  fi
  words=(Fuzz/Dictionaries/"$parser".dict)
  case $parser in
    npy | wav | names | samples | json) ;;
    *) words+=(Fuzz/Dictionaries/json.dict) ;;
  esac
  cat "${words[@]}" >"$scratch/dict"
  case $target in
    names) longest=300 ;;
    archive) longest=8192 ;;
    *-long) longest=1024 ;;
    *) longest=4096 ;;
  esac
  findings=0
  # -timeout is for what does not return at all; the harness itself limits processor time.
  TIMEFORMAT='%U %S'
  { time "$fuzz" "${options[@]}" -runs="$count" -seed="$seed" -max_len=$longest \
    -dict="$scratch/dict" -timeout=60 -rss_limit_mb=2048 -malloc_limit_mb=256 \
    -print_final_stats=1 -print_funcs=0 \
    -artifact_prefix="$work/findings/" \
    "$grown" Fuzz/Corpus/"$target" >"$work/log" 2>&1; } 2>"$scratch/time" || findings=1 status=1
  inputs=$(awk '/stat::number_of_executed_units/ { print $2 }' "$work/log")
  edges=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$work/log" | tail -n 1)
  awk -v target="$target" -v inputs="${inputs:-0}" -v edges="${edges:-0}" -v found=$findings '{
    seconds = $1 + $2
    printf "%-16s %10d %8.0f %9.0f %6d  %d\n", target, inputs, seconds,
      (seconds > 0 ? inputs / seconds : 0), edges, found
  }' "$scratch/time"
  if [[ $findings -ne 0 ]]; then
    grep -aE '^finding:|ERROR:|SUMMARY:|Fatal error|written to' "$work/log" | cut -c 1-400 \
      | head -n 8 >&2 || true
  elif [[ -n $keep ]]; then
    keep_found "$target"
  fi
done
exit $status
