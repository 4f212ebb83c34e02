#!/usr/bin/env bash
# Builds the browser half into target/site. Cargo knows whether anything it is made of has changed
# (app/src/islands, what they use, shared, the lock file); if not, this takes a moment.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

built=$target/wasm32-unknown-unknown/wasm-release/app.wasm
# Only this half is a library to be loaded; saying so here spares the server the making of one.
cargo rustc --locked -p app --lib --crate-type cdylib --no-default-features --features hydrate \
  --target wasm32-unknown-unknown --profile wasm-release

mark=$(cat "$built" .make/wasm.sh <(wasm-bindgen --version) | sha256sum)
[ "$mark" != "$(cat "$site/.stamp" 2>/dev/null)" ] || exit 0

fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
wasm-bindgen --target web --no-typescript --remove-name-section --remove-producers-section \
  --out-dir "$fresh" --out-name huimin "$built"
mkdir -p "$site"
find "$site" -mindepth 1 -delete
cp -r "$fresh"/. "$site"
echo "$mark" >"$site/.stamp"
