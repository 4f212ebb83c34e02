#!/usr/bin/env bash
# Everything that must hold before a change is taken: form, lints, all tests on SQLite and on a private
# PostgreSQL, the browser half, and every journey in Chromium. Goes on after a failure and counts.
set -uo pipefail
. "$(dirname "$0")/lib.sh"
. scripts/postgres.sh

STEPS=9
passed=0
failed=0
logs=$(mktemp -d)
trap 'stop_postgres; rm -rf "$logs"' EXIT
trap 'exit 130' INT TERM

main() {
  step "Looking for the tools"
  scripts/setup.sh test || die "0 passed, 1 failed"
  . scripts/lib.sh
  # A compiler newer than the one the project names has lints of its own: they are shown, not enforced.
  local deny=(-D warnings)
  [[ $(rustc --version) == "rustc $rust_version."* ]] || deny=()

  step "Format"
  check cargo fmt --all --check
  step "Lints, server side"
  check cargo clippy --locked --workspace --all-targets -- "${deny[@]}"
  step "Lints, browser half"
  check cargo clippy --locked -p app --lib --no-default-features --features hydrate --target wasm32-unknown-unknown \
    -- "${deny[@]}"
  check cargo clippy --locked -p app --bin check --no-default-features --features check \
    --target wasm32-unknown-unknown -- "${deny[@]}"

  step "Browser half"
  check scripts/wasm.sh
  step "The eligibility engine in WebAssembly beside the native one"
  check scripts/same.sh
  step "Tests of all crates, on SQLite and on a private PostgreSQL"
  start_postgres
  export HUIMIN_TEST_POSTGRES=$postgres_url
  cargo_tests
  step "Server for the browser tests"
  check cargo build --locked -p app --bin huimin
  step "Journeys in the browser"
  browser_tests

  echo
  echo "$passed passed, $failed failed"
  [ "$failed" = 0 ]
}

# check COMMAND...: counts as one test.
check() {
  if "$@"; then passed=$((passed + 1)); else
    failed=$((failed + 1))
    say "failed: $*"
  fi
}

cargo_tests() {
  local status
  cargo test --locked --workspace --no-fail-fast 2>&1 | tee "$logs/cargo"
  status=${PIPESTATUS[0]}
  count "$(sum 's/^test result: .* \([0-9]*\) passed.*/\1/p')" "$(sum 's/^test result: .* \([0-9]*\) failed.*/\1/p')" "$status"
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
}

# count PASSED FAILED STATUS: a run that broke without a failed test is a failure, and so is one without any test.
count() {
  passed=$((passed + $1))
  failed=$((failed + $2))
  if [ "$2" = 0 ] && { [ "$3" != 0 ] || [ "$1" = 0 ]; }; then failed=$((failed + 1)); fi
}

main
