#!/usr/bin/env bash
# Installs what is missing: `setup.sh` for building, `setup.sh test` for the tests as well,
# `setup.sh bench` for the measurements too.
# Does nothing, quickly, when everything is there.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

main() {
  ensure_packages_to_build
  ensure_rust
  ensure_wasm_target
  case ${1:-} in
    test) ensure_tests ;;
    bench)
      ensure_tests
      ensure_measures
      ;;
  esac
}

ensure_packages_to_build() {
  local missing=()
  have cc || missing+=(gcc libc6-dev)
  [ -e /etc/ssl/certs/ca-certificates.crt ] || [ ! -e /etc/debian_version ] || missing+=(ca-certificates)
  install_packages "to build" "${missing[@]}"
}

# A compiler that is new enough: the one there is, else rustup's, else the distribution's.
ensure_rust() {
  new_enough && return
  say "No Rust $rust_version or newer here; installing it"
  rm -f "$cache/compiler.sh"
  if ! have rustup; then
    if in_distribution rustup && may_install; then
      install_packages "to build" rustup
    else
      rustup_by_its_installer || true
    fi
  fi
  if have rustup && rustup toolchain install "$rust_version" --profile minimal -c clippy -c rustfmt; then
    remember "export RUSTUP_TOOLCHAIN=$rust_version"
  else
    . scripts/spare-rust.sh
  fi
  hash -r
  new_enough || die "Rust $rust_version or newer is needed and could not be installed. \
Install it from https://rustup.rs and run make again."
}

new_enough() {
  local version
  have cargo && version=$(rustc --version 2>/dev/null) && at_least "$(cut -d' ' -f2 <<<"$version")" "$rust_version"
}

rustup_by_its_installer() {
  local installer
  have curl || { may_install && install_packages "to build" curl; } || return
  installer=$(mktemp)
  curl --proto '=https' --tlsv1.2 --connect-timeout 20 -sSf https://sh.rustup.rs -o "$installer" &&
    sh "$installer" -y --no-modify-path --profile minimal -c clippy -c rustfmt --default-toolchain "$rust_version"
  PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
}

ensure_wasm_target() {
  has_wasm && return
  say "Adding the compiler's browser target"
  if have rustup && [ -z "${HUIMIN_SPARE_RUST:-}" ] && rustup target add wasm32-unknown-unknown; then return; fi
  . scripts/spare-rust.sh
  has_wasm || die "The compiler has no wasm32-unknown-unknown target and it could not be added."
}

has_wasm() { [ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib" ]; }

ensure_tests() {
  local missing=()
  have chromium || have chromium-browser || have google-chrome-stable || missing+=(chromium)
  have initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
  have node || missing+=(nodejs)
  have npm || missing+=(npm)
  has_chinese_font || missing+=(fonts-noto-cjk fontconfig)
  # The tests start it themselves, with a database of one signature; its own service is none of theirs.
  have clamd || [ -x /usr/sbin/clamd ] || [ -x /usr/local/sbin/clamd ] || missing+=(clamav-daemon)
  install_packages "to test" "${missing[@]}"
  at_least "$(node --version | tr -d v)" 18.20 || die "The browser tests need Node.js 18.20 or newer."
  ensure_headless_shell
  ensure_node_modules
  ensure_judges
}

# Chromium without a window opens a page in a third of the time; where the distribution has none, the other one does.
ensure_headless_shell() {
  have chromium-headless-shell && return
  if may_install && in_distribution chromium-headless-shell; then
    (install_packages "to test" chromium-headless-shell) || say "The browser tests go on with the whole Chromium"
  fi
}

# cargo-deny and cargo-shear, ready-made: compiling them would take longer than all they judge. The tests go on without.
ensure_judges() {
  [ -e "$judges_folder/complete" ] && return
  say "Fetching what judges the dependencies"
  have python3 && { python3 -m pip --version >/dev/null 2>&1 || { may_install && (install_packages "to test" python3-pip); }; } &&
    python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --no-deps --require-hashes --only-binary :all: \
      --target "$judges_folder" --requirement scripts/judges.txt && touch "$judges_folder/complete" && return
  say "They could not be fetched"
}

has_chinese_font() { have fc-list && [ -n "$(fc-list :lang=zh-cn file)" ]; }

# The packages of the browser tests live in the cache, one folder for each lock file.
ensure_node_modules() {
  local folder
  folder=$cache/end2end-$(sha256sum end2end/package-lock.json | cut -c1-12)
  if [ ! -e "$folder/complete" ]; then
    say "Fetching the packages of the browser tests"
    mkdir -p "$folder"
    cp end2end/package.json end2end/package-lock.json end2end/.npmrc "$folder"
    (cd "$folder" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --ignore-scripts --loglevel=error)
    touch "$folder/complete"
  fi
  [ "$(readlink end2end/node_modules)" = "$folder/node_modules" ] && return
  rm -rf end2end/node_modules
  ln -s "$folder/node_modules" end2end/node_modules
}

# Lighthouse stands apart from the browser tests' lock file: it asks for `latest` of some packages, which no lock holds.
ensure_measures() {
  have wrk || install_packages "to measure" wrk
  [ -x "$lighthouse_folder/node_modules/.bin/lighthouse" ] && return
  say "Fetching Lighthouse"
  npm install --prefix "$lighthouse_folder" --no-save --ignore-scripts --no-fund --no-audit --loglevel=error "lighthouse@$lighthouse_version"
}

# install_packages WHY NAME...: by apt, as root or through a sudo that asks nothing; else says what an administrator must run.
install_packages() {
  local why=$1
  shift
  [ $# -gt 0 ] || return 0
  have apt-get || die "Missing $why: $*
This system has no apt-get; please install what these Debian packages hold and run make again."
  may_install || die "Missing $why: $*
An administrator must run this once:
    apt-get update && apt-get install -y $*"
  say "Installing $*"
  refresh
  as_root env DEBIAN_FRONTEND=noninteractive DEBCONF_NOWARNINGS=yes apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

in_distribution() {
  have apt-cache || return
  ! may_install || refresh
  [[ $(apt-cache policy "$1" 2>/dev/null) == *"Candidate: "[0-9]* ]]
}

refreshed=
refresh() {
  [ -n "$refreshed" ] || as_root apt-get update -qq
  refreshed=yes
}

may_install() { have apt-get && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# remember LINE: what every later script must set to use the compiler chosen here.
remember() {
  mkdir -p "$cache"
  printf '%s\n' "$1" >>"$cache/compiler.sh"
  eval "$1"
}

main "$@"
