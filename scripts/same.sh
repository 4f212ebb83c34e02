#!/usr/bin/env bash
# Shows that the eligibility engine answers every case alike in WebAssembly and natively. `same.sh built` takes the
# native half from a build of the whole workspace.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

folder=$target/cases
[ "${1:-}" = built ] || cargo build --locked -p bindgen -p cases
cargo build --locked -p cases --lib --target wasm32-unknown-unknown
mkdir -p "$folder"
"$target/debug/bindgen" "$target/wasm32-unknown-unknown/debug/cases.wasm" "$folder" cases node
# A module of the old kind, whatever the package around it says.
mv "$folder/cases.js" "$folder/cases.cjs"
node end2end/cases/compare.mjs shared/packs "$folder/cases.cjs" "$target/debug/cases"
