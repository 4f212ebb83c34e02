# Shared by the build scripts: where things are, how to say what happens. Sourced, never run.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${HUIMIN_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/huimin}
target=${CARGO_TARGET_DIR:-$root/target}
site=${HUIMIN_SITE:-$root/target/site}
cd "$root" || exit

# What Cargo.toml asks of the compiler.
rust_version=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
lighthouse_version=12.8.2
lighthouse_folder=$cache/tools/lighthouse-$lighthouse_version
judges_folder=$cache/tools/judges-$(sha256sum scripts/judges.txt | cut -c1-12)

# Programs that an earlier run put beside the system's own.
PATH=$lighthouse_folder/node_modules/.bin:$judges_folder/bin:$PATH
[ ! -d "${CARGO_HOME:-$HOME/.cargo}/bin" ] || PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
# A compiler that setup.sh had to choose itself.
# shellcheck source=/dev/null
[ ! -f "$cache/compiler.sh" ] || . "$cache/compiler.sh"
export PATH

# step TEXT: one line of progress; $STEPS says how many there are.
step() {
  STEP=$((${STEP:-0} + 1))
  printf '\033[1m[%d/%d]\033[0m %s\n' "$STEP" "${STEPS:-1}" "$*"
}

say() { printf '      %s\n' "$*"; }

# die TEXT: stops with a sentence that says what to do.
die() {
  printf '\n%s\n' "$*" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# at_least HAVE WANT: compares version numbers.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# A loopback port on which nobody listens at this moment.
free_port() {
  local port
  while port=$((20000 + RANDOM % 12000)); (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}

# The compiler that lints while it compiles; `cargo clippy` calls the same one.
clippy_driver() {
  local driver
  driver=$(rustc --print sysroot)/bin/clippy-driver
  [ -x "$driver" ] || driver=$(command -v clippy-driver) || die "clippy is missing: rustup component add clippy"
  echo "$driver"
}
