#!/usr/bin/env bash
# Certificates made by accolade and by other programs from the same template,
# fonts and data, side by side. Needs Rust, Python, and on Debian poppler-utils
# and libpango-1.0-0; what else it needs, it installs into target/bench.
#
#   bench/compare.sh [--count 1000] [--rounds 5] [--seed 1] [--update]
set -euo pipefail
cd "$(dirname "$0")/.."

work=${BENCH_WORK:-${CARGO_TARGET_DIR:-target}/bench}
mkdir -p "$work"
command -v pdftotext >/dev/null || { echo "pdftotext is missing: install poppler-utils"; exit 2; }

cargo build --profile dist --locked --bin accolade
cargo build --release --locked --example tool
# The version that accolade is built with.
version=$(sed -n '/^name = "typst"$/{n;s/^version = "\(.*\)"$/\1/p}' Cargo.lock)
# Built as its makers build what they hand out, and what we hand out is built.
test -x "$work/bin/typst" ||
    CARGO_PROFILE_RELEASE_LTO=thin CARGO_PROFILE_RELEASE_CODEGEN_UNITS=1 \
        cargo install typst-cli --locked --version "$version" --root "$work"
if ! test -x "$work/venv/bin/python"; then
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet 'typst==0.15.*' weasyprint reportlab
fi
exec "$work/venv/bin/python" bench/compare.py "$@"
