#!/usr/bin/env bash
# Measures the release and writes BENCHMARKS.md; every figure comes from this one run. Best on a machine that does
# nothing else meanwhile. `bench.sh rehearsal` does everything once and shortly, `bench.sh load` (or start, weights,
# speed, lighthouse, hall, places, procedures) one part; both only print.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
. scripts/postgres.sh

STEPS=7
# For the databases a disk that is one: /tmp may be memory, and a durable write there would mean nothing.
export TMPDIR=/var/tmp
scratch=$(mktemp -d)
trap 'stop_postgres; rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

step "Looking for the tools"
scripts/setup.sh bench
# What setup.sh has just chosen.
. scripts/lib.sh
step "Building the browser half"
scripts/wasm.sh
step "Building the release"
cargo build --locked --release -p app --bin huimin
step "Building what measures it"
cargo build --locked --release -p bench
step "Building the rules for the browser"
cases=$target/cases/browser
mkdir -p "$cases"
# As small as the module that residents load (scripts/wasm.sh), so that its speed is theirs.
CARGO_PROFILE_RELEASE_OPT_LEVEL=z CARGO_PROFILE_RELEASE_STRIP=none cargo build --locked --release -p cases --lib --target wasm32-unknown-unknown
"$target/debug/bindgen" "$target/wasm32-unknown-unknown/release/cases.wasm" "$cases" cases
step "Starting a private PostgreSQL with durable settings"
start_postgres durable

commit=$(git rev-parse --short HEAD 2>/dev/null || echo unknown)
[ -z "$(git status --porcelain --untracked-files=no -- . ":!BENCHMARKS.md" 2>/dev/null)" ] || commit="$commit and changes not committed"
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome-stable || command -v google-chrome) || true

options=(--huimin "$target/release/huimin" --scratch "$scratch" --postgres "$postgres_socket_url" --commit "$commit" --cases "$cases")
[ -z "$chromium" ] || options+=(--chromium "$chromium")
case ${1:-} in
  "") options+=(--report BENCHMARKS.md) ;;
  rehearsal) options+=(--quick) ;;
  *) options+=(--only "$1") ;;
esac
step "Measuring (about forty minutes)"
"$target/release/bench" run "${options[@]}"
[ -n "${1:-}" ] || say "BENCHMARKS.md is written"
