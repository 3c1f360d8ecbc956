#!/bin/sh
# compile.sh WORK PROGRAM: bytecode beside each module, by a Python of the version that will run it: one of this machine,
# else the one that is packed, under wine.  Without either Windows compiles at the first start, which takes longer.
# The bytecode is not compared with the time of its source: a stick keeps times by two seconds.
set -eu
work=$1 program=$2
version=3.13

mode="-m compileall -q -f --invalidation-mode unchecked-hash"
for python in python$version "${PYTHON:-python3}"; do
    if "$python" -c "import sys; sys.exit('%d.%d' % sys.version_info[:2] != '$version')" 2>/dev/null; then
        # shellcheck disable=SC2086
        (cd "$program" && "$python" $mode lib source)
        exit
    fi
done
if command -v wine >/dev/null 2>&1; then
    rm -rf "$work/compiler"
    mkdir -p "$work/compiler"
    python3 -m zipfile -e "$work/python.zip" "$work/compiler"
    here=$PWD
    # shellcheck disable=SC2086
    (cd "$program" && WINEPREFIX=$here/$work/wine WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml=" \
        wine "$here/$work/compiler/python.exe" -X utf8 $mode lib source </dev/null 2>&1 | cat >/dev/null)
    [ "$(find "$program" -name '*.pyc' | wc -l)" -lt "$(find "$program" -name '*.py' | wc -l)" ] || exit 0
fi
echo "Байт-код не записан: нет ни Python $version, ни wine. Первый запуск программы будет дольше." >&2
