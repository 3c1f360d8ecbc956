#!/bin/sh
# Freezes the program into build/linux/kurator-nko by the environment of build-environment.sh.  linux.sh packs it;
# old-linux.sh runs this inside an old system.
set -eu
cd "$(dirname "$0")/.."

sh installer/build-environment.sh
PYTHONPATH=. build/venv/bin/python -m PyInstaller --noconfirm --log-level ERROR \
    --distpath build/linux --workpath build/pyinstaller installer/kurator-nko.spec
program=build/linux/kurator-nko
# What a debugger reads: 20 MB of Python's own libraries.  Those of wheels are left as they were published.
! command -v strip >/dev/null 2>&1 ||
    strip --strip-debug "$program"/_internal/libpython3*.so* "$program"/_internal/python3*/lib-dynload/*.so
