# The spare road, sourced by setup.sh where rustup's downloads are refused: Debian's newest compiler
# (the packages its browsers are built with) and a browser target built once from its sources.
# shellcheck shell=bash

apt_names=(rustc-web cargo-web rust-web-clippy rustfmt-web rust-web-src lld-22)
in_distribution rustc-web || die "Rust $rust_version could not be downloaded, and this system's packages have none new enough.
Install it from https://rustup.rs and run make again."
say "Taking the compiler from Debian's packages instead"
install_packages "to build" "${apt_names[@]}"
rm -f "$cache/compiler.sh"
remember "export HUIMIN_SPARE_RUST=1"
remember "export PATH=/usr/bin:\$PATH"
remember "export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-22"
hash -r

if ! has_wasm; then
  say "Building the browser target's standard library (about a minute, once)"
  library=$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib
  scratch=$(mktemp -d)
  mkdir "$scratch/src"
  printf '[package]\nname = "empty"\nversion = "0.1.0"\nedition = "2024"\n' >"$scratch/Cargo.toml"
  : >"$scratch/src/lib.rs"
  # With its bitcode, which the browser half's link-time optimisation needs and cargo leaves out otherwise.
  (cd "$scratch" && CARGO_TARGET_DIR=target RUSTC_BOOTSTRAP=1 RUSTFLAGS="-C embed-bitcode=yes" cargo build --quiet --release \
    -Zbuild-std=std,panic_abort,proc_macro,test --target wasm32-unknown-unknown)
  rm -f "$scratch"/target/wasm32-unknown-unknown/release/deps/libempty*
  as_root mkdir -p "$library"
  as_root cp "$scratch"/target/wasm32-unknown-unknown/release/deps/*.rlib "$library"
  rm -rf "$scratch"
fi
