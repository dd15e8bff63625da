#!/usr/bin/env bash
# Feeds the parsers with mutated inputs, one after the other, and tells what that came to.
#
#   fuzz.sh [--short | --runs N] [--keep] [TARGET…]
#
# Without TARGET all of them. --runs is the number of inputs each, 2,000,000 by default; --short
# is 20,000 from a fixed seed. Targets that end in -long repeat a part of each input up to
# 256 KiB and get a 200th of the inputs. --keep adds the smallest of what was found to Fuzz/Corpus.
# Inputs that are findings, and logs, are in Fuzz/work. The exit status is that of the worst run.
set -euo pipefail
cd "$(dirname "$0")/.."

runs=2000000
seed=0
keep=
targets=()
while [[ $# -gt 0 ]]; do
  case $1 in
    --short) runs=20000 seed=1 ;;
    --runs) runs=$2 && shift ;;
    --keep) keep=1 ;;
    *) targets+=("$1") ;;
  esac
  shift
done

# Of several -sanitize options the Swift compiler takes the last: that one must name both.
swift build --package-path Fuzz -c release --sanitize=fuzzer --sanitize=address \
  -Xswiftc -sanitize=fuzzer,address >&2
# Crashes are libFuzzer's to handle.
export SWIFT_BACKTRACE=enable=no
# Freed blocks are kept for a while to catch their use; more of them, and more of the stack with
# each, costs speed.
export ASAN_OPTIONS=quarantine_size_mb=16:malloc_context_size=4:${ASAN_OPTIONS:-}
fuzz=Fuzz/.build/release/Fuzz
[[ ${#targets[@]} -gt 0 ]] || mapfile -t targets < <(ls Fuzz/Corpus)

TMPDIR=$(mktemp -d)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT

status=0
printf '%-12s %10s %8s %8s %8s  %s\n' target inputs seconds edges corpus findings
for target in "${targets[@]}"; do
  work=Fuzz/work/$target
  mkdir -p "$work/corpus" "$work/findings"
  grown=$work/corpus
  # A short run shall not depend on what earlier ones found.
  [[ $seed -eq 0 ]] || grown=$(mktemp -d)
  parser=${target%-long}
  count=$runs
  options=(--target="$parser")
  if [[ $parser != "$target" ]]; then
    options+=(--long)
    count=$((runs / 200))
  fi
  words=(Fuzz/Dictionaries/"$parser".dict)
  case $parser in
    npy | wav | names | samples | json) ;;
    *) words+=(Fuzz/Dictionaries/json.dict) ;;
  esac
  cat "${words[@]}" >"$TMPDIR/dict"
  case $target in
    names) longest=300 ;;
    archive) longest=8192 ;;
    *-long) longest=1024 ;;
    *) longest=4096 ;;
  esac
  start=$SECONDS
  findings=0
  # -timeout is for what does not return at all; the harness itself limits processor time.
  "$fuzz" "${options[@]}" -runs="$count" -seed="$seed" -max_len=$longest -dict="$TMPDIR/dict" \
    -timeout=60 -rss_limit_mb=2048 -malloc_limit_mb=256 -print_final_stats=1 -print_funcs=0 \
    -use_value_profile=1 -artifact_prefix="$work/findings/" \
    "$grown" Fuzz/Corpus/"$target" >"$work/log" 2>&1 || findings=1 status=1
  inputs=$(awk '/stat::number_of_executed_units/ { print $2 }' "$work/log")
  edges=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$work/log" | tail -n 1)
  corpus=$(sed -n 's/.* corp: \([0-9]*\)\/.*/\1/p' "$work/log" | tail -n 1)
  printf '%-12s %10s %8s %8s %8s  %s\n' "$target" "${inputs:-?}" $((SECONDS - start)) \
    "${edges:-?}" "${corpus:-?}" "$findings"
  if [[ $findings -ne 0 ]]; then
    grep -E '^finding:|ERROR:|SUMMARY:|Fatal error|written to' "$work/log" | head -n 8 >&2 || true
  elif [[ -n $keep ]]; then
    scripts/fuzz-keep.sh "$fuzz" "$target"
  fi
done
exit $status
