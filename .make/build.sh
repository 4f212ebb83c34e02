#!/usr/bin/env bash
# Builds the release, target/release/huimin: one file with everything inside. `build.sh run` then starts it.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

STEPS=3
[ "${1:-}" != run ] || STEPS=4

step "Looking for the tools"
.make/setup.sh
# What setup.sh has just chosen.
. .make/lib.sh
step "Building the browser half"
.make/wasm.sh
step "Building the server (the first time this takes some minutes)"
cargo build --locked --release -p app --bin huimin

if [ "${1:-}" = run ]; then
  step "Starting the demo; stop it with Ctrl-C"
  export HUIMIN_DEMO=${HUIMIN_DEMO:-1}
  export HUIMIN_BUREAU=${HUIMIN_BUREAU:-演示民政局 Demo}
  exec "$target/release/huimin" serve
fi
say "$target/release/huimin"
