#!/usr/bin/env bash
# Lets many clients do all that residents do for minutes, while servers are killed and the database is away, and sends the
# API what nobody should; nothing may be lost, contradicted or answered otherwise than the document says. Then a day of an
# office from its opening to its end. Loopback only.
# HUIMIN_SOAK_SEED=n draws again what a run that failed has drawn.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
. scripts/postgres.sh

STEPS=7
trap stop_postgres EXIT
trap 'exit 130' INT TERM

step "Looking for the tools"
scripts/setup.sh test
# What setup.sh has just chosen.
. scripts/lib.sh
start_postgres
export HUIMIN_TEST_POSTGRES=$postgres_url

step "Building"
# As `make test` builds, so that neither builds anew what the other has built.
RUSTC_WORKSPACE_WRAPPER=$(clippy_driver)
export RUSTC_WORKSPACE_WRAPPER
cargo test --locked --no-run -p app --test app -p server --test server

step "Requests that nobody should send (about a minute)"
HUIMIN_FUZZ_REQUESTS=${HUIMIN_FUZZ_REQUESTS:-1200} cargo test --locked --quiet -p server --test server -- --nocapture fuzz::

step "Deadlines of 100,000 cases over three calendar years, half of them on SQLite, half on PostgreSQL"
HUIMIN_CLOCK_CASES=${HUIMIN_CLOCK_CASES:-50000} cargo test --locked --quiet -p server --test server -- --nocapture procedures::years

step "10,000 applications that break off anywhere, on SQLite, then on PostgreSQL"
HUIMIN_FAULTS=${HUIMIN_FAULTS:-10000} cargo test --locked --quiet -p server --test server -- --nocapture procedures::faults

step "Mixed acts on SQLite, then on PostgreSQL (about eight minutes)"
HUIMIN_SOAK_SECONDS=${HUIMIN_SOAK_SECONDS:-190} \
  cargo test --locked --quiet -p app --test app -- --nocapture --test-threads=1 processes::soak

step "A whole day of an office with 120 couples, on SQLite, then on PostgreSQL (about two minutes)"
HUIMIN_DAY_COUPLES=${HUIMIN_DAY_COUPLES:-120} \
  cargo test --locked --quiet -p app --test app -- --nocapture processes::day
