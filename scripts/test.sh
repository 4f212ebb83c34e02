#!/usr/bin/env bash
# Everything that must hold before a change is taken: form, dependencies, lints, all tests on SQLite and on a private
# PostgreSQL, the browser half, and every journey in Chromium. Goes on after a failure and counts.
set -uo pipefail
. "$(dirname "$0")/lib.sh"
. scripts/postgres.sh
. scripts/parts.sh

STEPS=8
trap '[ -z "$aside" ] || kill "$aside" 2>/dev/null; stop_postgres; rm -rf "$logs"' EXIT
trap 'exit 130' INT TERM

main() {
  local kind=warm
  [ -d "$target/debug/deps" ] || kind=clean
  step "Looking for the tools"
  part tools scripts/setup.sh test || die "0 passed, 1 failed"
  . scripts/lib.sh
  # Lints are asked for while everything is built for the tests: asked for apart, all would be compiled twice.
  RUSTC_WORKSPACE_WRAPPER=$(clippy_driver)
  export RUSTC_WORKSPACE_WRAPPER

  step "Form and dependencies"
  part form form
  step "Browser half, with its lints"
  part "browser half" linted scripts/wasm.sh
  step "Everything else, with its lints"
  part "server half" linted cargo build --locked --workspace --exclude bindgen --all-targets
  step "Journeys in the browser begin, and go on beside the next two steps"
  beside "browser tests" browser_tests
  step "The eligibility engine in WebAssembly beside the native one"
  part "engine in WebAssembly" check scripts/same.sh built
  step "Tests of all crates, on SQLite and on a private PostgreSQL"
  part "Rust tests" cargo_tests
  step "Journeys in the browser"
  part "waiting for the browser" meet

  times "$kind"
  failures
  echo
  echo "$passed passed, $failed failed"
  [ "$failed" = 0 ]
}

form() {
  check cargo fmt --all --check
  if have cargo-shear && have cargo-deny; then
    # They judge what has been fetched; a new machine has nothing yet.
    check cargo fetch --locked --quiet
    check cargo-shear shear --locked --offline
    check cargo-deny --offline --locked check --hide-inclusion-graph bans licenses sources
  else
    say "Nothing here judges the dependencies: cargo install --locked cargo-shear cargo-deny"
  fi
}

# linted COMMAND...: a build that must succeed and give no reason for a remark. A compiler newer than the one the
# project names has lints of its own: they are shown, not enforced.
linted() {
  "$@" 2>&1 | tee "$logs/build"
  verdict "${PIPESTATUS[0]}" "$*"
  [[ $(rustc --version) == "rustc $rust_version."* ]] || return
  ! grep -q 'generated [0-9]* warning' "$logs/build"
  verdict $? "no lints in $*"
}

cargo_tests() {
  local status
  start_postgres
  HUIMIN_TEST_POSTGRES=$postgres_url cargo test --locked --workspace --exclude bindgen --no-fail-fast 2>&1 | tee "$logs/cargo"
  status=${PIPESTATUS[0]}
  count "$(sum 's/^test result: .* \([0-9]*\) passed.*/\1/p')" "$(sum 's/^test result: .* \([0-9]*\) failed.*/\1/p')" "$status"
  # Each failed test's name and its own words, as far as the harness repeats them after its run.
  sed -n '/^---- .* stdout ----$/,/^failures:$/p' "$logs/cargo" | grep -v -e '^failures:$' -e '^$' | cut -c 1-400 | head -n 120 >>"$logs/failures"
}

sum() { sed -n "$1" "$logs/cargo" | awk '{ n += $1 } END { print n + 0 }'; }

browser_tests() {
  local status numbers=(0 0)
  (cd end2end && HUIMIN_BIN=$target/debug/huimin PLAYWRIGHT_JSON_OUTPUT_FILE=$logs/browser.json npx playwright test)
  status=$?
  if [ -s "$logs/browser.json" ]; then
    read -ra numbers < <(node -p 'const { stats } = JSON.parse(fs.readFileSync(process.argv[1])); `${stats.expected} ${stats.unexpected + stats.flaky}`' "$logs/browser.json")
  fi
  count "${numbers[@]}" "$status"
  sed -n 's/^ *\([0-9]*) \[.*\)$/\1/p' "$logs/beside" | sort -u >>"$logs/failures"
}

main
