#!/bin/sh
# Makes .venv from the lock: every package by its hash, then this project itself.
# Rerun cheaply: what is already there in the right version is left alone.
# PYTHON=... names another interpreter; without it the newest tried one is taken.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (4, 0))' 2>/dev/null; }
has_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

find_python() {
    if [ -n "${PYTHON:-}" ]; then set -- "$PYTHON"; else set -- python3.13 python3.12 python3.11 python3; fi
    for name in "$@"; do
        if command -v "$name" >/dev/null 2>&1 && fits "$name"; then
            first=${first:-$name}
            if has_venv "$name"; then
                printf '%s' "$name"
                return
            fi
        fi
    done
    if [ -n "${first:-}" ]; then
        # Debian keeps venv in a package of its own.
        package="$("$first" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
        sh installer/system-packages.sh install "$package" || true
        if has_venv "$first"; then
            printf '%s' "$first"
            return
        fi
        say "Не хватает пакета $package. Установите его от имени администратора и повторите команду."
        exit 1
    fi
    say "Нужен Python 3.11 или новее. Установите его или укажите путь: make demo PYTHON=/путь/к/python3.11"
    exit 1
}

if ! { [ -x .venv/bin/python ] && fits .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; }; then
    python="$(find_python)"
    say "Создаётся окружение .venv ($("$python" --version))…"
    rm -rf .venv
    "$python" -m venv .venv
fi

pip() { .venv/bin/python -m pip --disable-pip-version-check --no-input "$@"; }

say "Ставятся библиотеки по requirements/dev.txt…"
pip install --quiet --require-hashes -r requirements/dev.txt </dev/null
pip install --quiet --no-deps --no-build-isolation --editable . </dev/null
