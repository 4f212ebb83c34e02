#!/usr/bin/env bash
# Builds the browser half into target/site: the islands, and as modules of their own the benefit check and what finds the
# nearest places. Cargo knows whether anything they are made of has changed (app/src, near, shared, the lock file); if not,
# this takes a moment.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

# Built before the size is asked for below: it only has to do its work once.
cargo build --locked -p bindgen

# The size before speed; set here and not as a profile of its own, so that macros and build scripts are compiled once
# for both halves.
export CARGO_PROFILE_DEV_OPT_LEVEL=z CARGO_PROFILE_DEV_LTO=true CARGO_PROFILE_DEV_CODEGEN_UNITS=1
export CARGO_PROFILE_DEV_PANIC=abort CARGO_PROFILE_DEV_DEBUG=false CARGO_PROFILE_DEV_DEBUG_ASSERTIONS=false
export CARGO_PROFILE_DEV_OVERFLOW_CHECKS=false CARGO_PROFILE_DEV_INCREMENTAL=false
built=$target/wasm32-unknown-unknown/debug
options=(--locked -p app --no-default-features --target wasm32-unknown-unknown)

# Only this half is a library to be loaded; saying so here spares the server the making of one.
cargo rustc "${options[@]}" --features hydrate --lib --crate-type cdylib
# Views of every component as one type instead of a type for each: smaller where there are many of them.
CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=--cfg=erase_components \
  cargo build "${options[@]}" --features check --bin check
# It is nearly all of `shared`, which is built for speed elsewhere. Once to find the nearest alone, and once with what is typed.
for part in near typed; do
  features=(); [ "$part" = typed ] || features=(--no-default-features)
  cargo rustc --locked -p near "${features[@]}" --lib --crate-type cdylib --target wasm32-unknown-unknown \
    --config 'profile.dev.package.shared.opt-level="z"'
  cp "$built/near.wasm" "$built/part-$part.wasm"
done

mark=$(cat "$built/app.wasm" "$built/check.wasm" "$built/part-near.wasm" "$built/part-typed.wasm" scripts/wasm.sh Cargo.lock | sha256sum)
[ "$mark" != "$(cat "$site/.stamp" 2>/dev/null)" ] || exit 0

fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
"$target/debug/bindgen" "$built/app.wasm" "$fresh" huimin
"$target/debug/bindgen" "$built/check.wasm" "$fresh" check
# They take and give numbers alone, so that their script needs nothing that is written here for texts and objects.
for part in near typed; do
  "$target/debug/bindgen" "$built/part-$part.wasm" "$fresh" "$part"
  rm "$fresh/$part.js"
done
mkdir -p "$site"
find "$site" -mindepth 1 -delete
cp -r "$fresh"/. "$site"
echo "$mark" >"$site/.stamp"
