#!/usr/bin/env bash
# Where the instructions of a certificate go, counted by valgrind, so that the
# same program gives the same numbers on a busy machine. Needs Rust, Python and
# valgrind.
#
#   bench/profile.sh [--update]
set -euo pipefail
cd "$(dirname "$0")/.."

mkdir -p "${BENCH_WORK:-${CARGO_TARGET_DIR:-target}/bench}"
command -v valgrind >/dev/null || { echo "valgrind is missing: install it"; exit 2; }
cargo build --release --locked --bin accolade --example tool
exec python3 bench/profile.py "$@"
