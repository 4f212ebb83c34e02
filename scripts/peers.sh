#!/usr/bin/env bash
# Measures our eligibility check beside other rule engines and writes docs/eligibility-peers.md; every figure comes
# from this one run, and only once all engines agree. Best on a machine that does nothing else meanwhile.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

STEPS=5
peers=end2end/peers
# numpy as requirements.txt names it wants this.
python_version=3.11

step "Looking for the tools"
scripts/setup.sh
# What setup.sh has just chosen.
. scripts/lib.sh
missing=()
{ have node && at_least "$(node --version | tr -d v)" 18.20; } || missing+=("Node.js 18.20 or newer (Debian: nodejs)")
have npm || missing+=("npm (Debian: npm)")
{ have python3 && at_least "$(python3 --version | cut -d' ' -f2)" "$python_version"; } ||
  missing+=("Python $python_version or newer (Debian: python3)")
! have python3 || python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=("Python's venv module (Debian: python3-venv)")
[ ${#missing[@]} = 0 ] || die "The peers cannot be measured here. Missing:
$(printf '    %s\n' "${missing[@]}")"

step "Installing the peers, once"
folder=$cache/peers-$({ cat "$peers/package-lock.json" "$peers/requirements.txt" && python3 --version; } | sha256sum | cut -c1-12)
if [ ! -e "$folder/complete" ]; then
  rm -rf "$folder"
  mkdir -p "$folder"
  cp "$peers/package.json" "$peers/package-lock.json" "$peers/.npmrc" "$folder"
  # Not `npm ci`: it asks that the lock file name the native parts for every system, even those that are not to be had.
  (cd "$folder" && npm install --no-save --ignore-scripts --loglevel=error) ||
    die "The peers in JavaScript could not be fetched; this needs the network once."
  python3 -m venv "$folder/venv"
  "$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$peers/requirements.txt" ||
    die "OpenFisca could not be fetched; this needs the network once."
  touch "$folder/complete"
fi
# Run from a copy: the packages must stand beside the sources, and nothing installed belongs into the tree.
work=$target/peers
rm -rf "$work"
cp -r "$peers" "$work"
ln -s "$folder/node_modules" "$work/node_modules"
mkdir "$work/results"

step "Building what measures us"
cargo build --locked --release -p bench

step "Measuring (about four minutes)"
# One thread each.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 NUMEXPR_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE=1
households=$work/households.json
"$target/release/bench" peers --households "$households" --result "$work/results/huimin.json"
for peer in zen json_rules publicodes; do
  say "$peer"
  node "$work/$peer.mjs" "$households" "$work/results/$peer.json"
done
say openfisca
"$folder/venv/bin/python" "$work/openfisca/run.py" "$households" "$work/results/openfisca.json"

step "Writing the report"
commit=$(git rev-parse --short HEAD 2>/dev/null || echo unknown)
[ -z "$(git status --porcelain --untracked-files=no -- . ":!docs/eligibility-peers.md" 2>/dev/null)" ] || commit="$commit and changes not committed"
node "$work/report.mjs" "$work" "$commit" >"$work/report.md"
cp "$work/report.md" docs/eligibility-peers.md
cat docs/eligibility-peers.md
say "docs/eligibility-peers.md is written"
