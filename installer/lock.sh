#!/bin/sh
# Writes requirements/*.txt anew from pyproject.toml: versions and hashes for every platform,
# without the addresses of where packages come from. Wants `uv` on the PATH; only for maintainers.
set -eu
cd "$(dirname "$0")/.."

lock() {
    uv pip compile pyproject.toml --universal --python-version 3.11 --upgrade --quiet \
        --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-config \
        "$@"
}

lock --output-file requirements/run.txt
lock --extra dev --constraints requirements/run.txt --output-file requirements/dev.txt
lock --extra installer --constraints requirements/run.txt --output-file requirements/installer.txt
# For systems with an old glibc: the same, but the last Qt whose wheels run there.
{
    sed -n 's/^\([a-z0-9.-]*==[^ ]*\).*/\1/p' requirements/installer.txt | grep -v '^pyside6-essentials=\|^shiboken6='
    echo 'PySide6-Essentials<6.10'
} | lock --extra installer --constraints - --output-file requirements/installer-old.txt
# For Windows: the same, but for what requirements/windows.in says.
{
    sed -n 's/^\([a-z0-9.-]*==[^ ]*\).*/\1/p' requirements/run.txt | grep -v '^pyside6-essentials=\|^shiboken6='
    cat requirements/windows.in
} | lock --constraints - --output-file requirements/windows.txt
