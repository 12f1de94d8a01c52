#!/usr/bin/env bash
# Time and peak memory for more and more certificates, and for whole packages.
# Needs Rust and Python.
#
#   bench/growth.sh [--counts 300,1000,10000,100000] [--whole 300,1000,10000] [--update]
set -euo pipefail
cd "$(dirname "$0")/.."

mkdir -p "${BENCH_WORK:-${CARGO_TARGET_DIR:-target}/bench}"
cargo build --profile dist --locked --bin accolade
cargo build --release --locked --example tool
exec python3 bench/growth.py "$@"
