#!/usr/bin/env bash
# Builds and serves, and does so again whenever a source file changes. A build that fails leaves the last good
# server running. Looks for changes once a second; the debug profile builds quickest.
set -uo pipefail
. "$(dirname "$0")/lib.sh"

scripts/setup.sh || exit
. scripts/lib.sh
export HUIMIN_DEMO=${HUIMIN_DEMO:-1}
export HUIMIN_BUREAU=${HUIMIN_BUREAU:-演示民政局 Demo}
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; wait' EXIT
trap 'exit 0' INT TERM

seen=
while true; do
  now=$(find app near server shared style public Cargo.toml Cargo.lock -type f -printf '%T@ %p\n' | sha256sum)
  if [ "$now" != "$seen" ]; then
    seen=$now
    if scripts/wasm.sh && cargo build -p app --bin huimin; then
      [ -z "$server" ] || { kill "$server" 2>/dev/null; wait "$server"; }
      "$target/debug/huimin" serve &
      server=$!
    fi
  fi
  sleep 1
done
