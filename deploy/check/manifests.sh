#!/usr/bin/env bash
# Holds the files for Kubernetes and Nomad against their schemas. Neither cluster
# is started; what the schemas cannot see is told in deploy/README.md.
set -euo pipefail
cd "$(dirname "$0")/.."
venv=$(mktemp -d)
trap 'rm -rf "$venv"' EXIT
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check --requirement check/requirements.txt
# The oldest version the file is for, and the newest that has a schema here.
for version in 1.33 1.36; do
    "$venv/bin/kubernetes-validate" --strict --kubernetes-version "$version" kubernetes.yaml
done
"$venv/bin/python" check/nomad.py nomad.nomad.hcl
