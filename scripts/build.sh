#!/usr/bin/env bash
# Builds the release, target/release/huimin: one file with everything inside. `build.sh run` serves the demo instead,
# from the quick build that `make dev` and `make test` use too: optimising the release takes longer than a first look should.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

STEPS=3
profile=release
options=(--release)
if [ "${1:-}" = run ]; then
  STEPS=4
  profile=debug
  options=()
fi

step "Looking for the tools"
scripts/setup.sh
# What setup.sh has just chosen.
. scripts/lib.sh
step "Building the browser half"
scripts/wasm.sh
step "Building the server (the first time this takes some minutes)"
cargo build --locked -p app --bin huimin "${options[@]}"

if [ "${1:-}" != run ]; then
  say "$target/$profile/huimin"
  exit
fi
step "Starting the demo; stop it with Ctrl-C"
export HUIMIN_DEMO=${HUIMIN_DEMO:-1}
export HUIMIN_BUREAU=${HUIMIN_BUREAU:-演示民政局 Demo}
exec "$target/$profile/huimin" serve
