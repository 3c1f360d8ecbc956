#!/bin/sh
# Makes build/venv, where the program is frozen: only what it runs with and what packs it, every package by its hash.
# REQUIREMENTS=... names another list (old-linux.sh does).
set -eu
cd "$(dirname "$0")/.."

requirements=${REQUIREMENTS:-requirements/installer.txt}
if [ build/venv/.ready -nt "$requirements" ]; then exit 0; fi
python=${PYTHON:-.venv/bin/python}
[ -x "$python" ] || python=python3
rm -rf build/venv
mkdir -p build
"$python" -m venv build/venv
build/venv/bin/python -m pip install --disable-pip-version-check --no-input --quiet --require-hashes \
    -r "$requirements" </dev/null
touch build/venv/.ready
