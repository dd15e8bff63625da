#!/bin/sh
# Checks for what the build needs, and installs the missing Debian or Ubuntu packages.
# Silent when everything is there.
#
#   setup.sh               what the library and the command need
#   setup.sh benchmarks    what the benchmarks need, too
set -eu

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# Swift 6.2 or later.
command -v swift >/dev/null 2>&1 || fail \
  "setup: Swift is missing; psdpipe needs Swift 6.2 or later." \
  "       Get it from https://www.swift.org/install and put it on the PATH."
told=$(swift --version 2>&1) || fail "setup: swift --version failed:" "$told"
version=$(printf '%s\n' "$told" | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1)
major=${version%%.*}
rest=${version#*.}
minor=${rest%%.*}
case "$major.$minor" in
  [0-9]*.[0-9]*) ;;
  *) fail "setup: cannot tell the version of Swift from: $told" ;;
esac
if [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 2 ]; }; then
  fail "setup: Swift $version is too old; psdpipe needs Swift 6.2 or later." \
    "       Get it from https://www.swift.org/install and put it first on the PATH."
fi

# Libraries, as pkg-config names them, and their Debian and Ubuntu packages.
wanted=fftw3f:libfftw3-dev
[ "${1:-}" != benchmarks ] || wanted="$wanted openblas:libopenblas-dev"

# The packages that are missing.
missing() {
  command -v pkg-config >/dev/null 2>&1 || printf ' pkg-config'
  for pair in $wanted; do
    pkg-config --exists "${pair%%:*}" 2>/dev/null || printf ' %s' "${pair#*:}"
  done
}

packages=$(missing)
[ -n "$packages" ] || exit 0

by_hand="       Install with your system's package manager:$packages"
command -v apt-get >/dev/null 2>&1 || fail \
  "setup: missing packages, and no apt-get to install them." "$by_hand"
if [ "$(id -u)" -eq 0 ]; then
  root=
elif command -v sudo >/dev/null 2>&1; then
  root=sudo
else
  fail "setup: missing packages, and neither root nor sudo to install them." \
    "       Run as root: apt-get install$packages"
fi

printf 'setup: installing%s\n' "$packages" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# The lists of a fresh system are empty, those of an old one outdated: read them first, but
# go on without, since the packages may be known already.
# shellcheck disable=SC2086 # a list of names
{
  $root apt-get update || true
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages
} >"$log" 2>&1 || {
  cat "$log" >&2
  fail "setup: apt-get could not install$packages; its messages stand above."
}
packages=$(missing)
[ -z "$packages" ] || fail "setup: pkg-config still finds no$packages after the installation."
