#!/usr/bin/env bash
# What it takes to make certificates in parts: to freeze the plan, make each
# part, and assemble them; and to make them in one run, to compare. With
# --sample only some of the parts are made, and no package.
# Needs Rust and Python.
#
#   bench/parts.sh [--count 10000] [--parts 10] [--update]
#   bench/parts.sh --count 100000 --parts 10 --sample 2 [--update]
set -euo pipefail
cd "$(dirname "$0")/.."

mkdir -p "${BENCH_WORK:-${CARGO_TARGET_DIR:-target}/bench}"
cargo build --profile dist --locked --bin accolade
cargo build --release --locked --example tool
exec python3 bench/parts.py "$@"
