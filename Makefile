# The commands of the house; `make` alone lists them. What they do is in scripts/.

.PHONY: help run build test soak bench bench-peers dev fmt lint wasm setup-test clean

help: ## List these commands
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

run: ## Install what is missing, build, and serve the demo on http://127.0.0.1:3000
	@scripts/build.sh run

build: ## Build the release: target/release/huimin, one file with everything inside
	@scripts/build.sh

test: ## Format, lints, all tests on SQLite and PostgreSQL, the browser half, every journey in Chromium
	@scripts/test.sh

soak: ## For some twenty minutes: all that residents do at once, while servers are killed and the database is away
	@scripts/soak.sh

bench: ## Measure, and write BENCHMARKS.md
	@scripts/bench.sh

bench-peers: ## Measure the benefit check beside other rule engines, and write docs/eligibility-peers.md
	@scripts/peers.sh

dev: ## Build and serve again whenever a file changes
	@scripts/dev.sh

fmt: ## Format the Rust sources
	@cargo fmt --all

lint: ## Lints of both halves
	@cargo clippy --workspace --all-targets
	@cargo clippy -p app --lib --no-default-features --features hydrate --target wasm32-unknown-unknown
	@cargo clippy -p app --bin check --no-default-features --features check --target wasm32-unknown-unknown
	@cargo clippy -p near --target wasm32-unknown-unknown

wasm: ## Build only the browser half
	@scripts/wasm.sh

setup-test: ## Install what the tests need, and nothing else
	@scripts/setup.sh test

clean: ## Remove what was built; the demo's data and the downloaded tools stay
	@rm -rf target end2end/node_modules end2end/test-results
