#!/bin/sh
# Fills wheels/: this program and everything it runs with, for `pip install` where there is no network.
# Then installs from that folder alone into a fresh environment, to see that nothing is missing.
set -eu
cd "$(dirname "$0")/.."

python=${PYTHON:-.venv/bin/python}
[ -x "$python" ] || python=python3
pip() { "$python" -m pip --disable-pip-version-check --no-input "$@"; }

mkdir -p wheels
# Some libraries are published as source alone: what is downloaded is made into wheels.
pip wheel --quiet --require-hashes --no-deps --wheel-dir wheels -r requirements/run.txt </dev/null
rm -f wheels/kurator_nko-*.whl
pip wheel --quiet --no-deps --no-build-isolation --wheel-dir wheels . </dev/null
rm -rf build/lib build/bdist.*

echo "Проверяется установка из wheels/ без сети…" >&2
rm -rf build/from-wheels
"$python" -m venv build/from-wheels
build/from-wheels/bin/python -m pip install --disable-pip-version-check --no-input --quiet \
    --no-index --find-links wheels kurator-nko </dev/null
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
here=$PWD
(
    cd "$folder" # away from the source: the installed one answers
    HOME=$folder "$here/build/from-wheels/bin/python" -m app --db "$folder/проба.db" init --oktmo 41612000 >/dev/null
    HOME=$folder QT_QPA_PLATFORM=offscreen "$here/build/from-wheels/bin/python" -c \
        'import sys; from app.ui.pages.manual_page import manual_folder; sys.exit(manual_folder() is None)'
)
rm -rf build/from-wheels
echo "wheels/: $(ls wheels | wc -l) пакетов, $(du -sh wheels | cut -f1). Установка: pip install --no-index --find-links wheels/ kurator-nko"
