#!/usr/bin/env bash
# Times each stage by itself. Needs Rust and Python.
#
#   bench/stages.sh [--update]
set -euo pipefail
cd "$(dirname "$0")/.."
exec python3 bench/stages.py "$@"
