#!/bin/sh
# Freezes the program and packs it for an office PC without Python: out/installer/*.deb, *.rpm, *.tar.xz, SHA256SUMS.
# Wants Python 3.11+ with a shared library, objdump (binutils) and xz; everything else comes by requirements/installer.txt.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }
# Beside a hash list its signature, where the key of the releases is at hand.
sign() { rm -f "$1.sig"; [ -z "${KURATOR_SIGN_KEY:-}" ] || "$PY" installer/sign.py "$KURATOR_SIGN_KEY" "$1"; }

sh installer/build-environment.sh
PY=$PWD/build/venv/bin/python

VERSION=$("$PY" -c 'import app; print(app.__version__)')
say "Собирается $VERSION…"
# FROZEN=... names a program that was frozen elsewhere, FLOOR=... the glibc that it must not ask beyond (old-linux.sh).
[ -n "${FROZEN:-}" ] || sh installer/freeze.sh
program=${FROZEN:-build/linux/kurator-nko}
printf '%s\n' "$VERSION" >"$program/VERSION"
GLIBC=$("$PY" installer/glibc.py "$program" ${FLOOR:+--floor "$FLOOR"})
GLIBCXX=$("$PY" installer/glibc.py "$program" --of GLIBCXX)
CXXABI=$("$PY" installer/glibc.py "$program" --of CXXABI)

name=kurator-nko-$VERSION-linux-$(uname -m)-glibc$GLIBC
stage=build/stage/$name
rm -rf build/stage out/installer/*.deb out/installer/*.rpm out/installer/*-linux-*
mkdir -p "$stage/share" build/stage/scripts out/installer
mv "$program" "$stage/program"
cp installer/install.sh installer/uninstall.sh CHANGELOG.md "$stage/"
cp installer/share/kurator-nko.* "$stage/share/"
QT_QPA_PLATFORM=offscreen "$PY" installer/icon.py installer/share/kurator-nko.svg "$stage/share"
sed "s/@VERSION@/$VERSION/; s/@GLIBC@/$GLIBC/" installer/share/ПРОЧТИ.txt >"$stage/ПРОЧТИ.txt"

cp installer/refresh.sh build/stage/scripts/refresh.sh
cat NOTICE LICENSE >build/stage/copyright
(
    cd "$stage"
    gzip -9 -n -c share/kurator-nko.1 >../kurator-nko.1.gz
    # nfpm packs what lies here under these names; links it would pack as links.
    cp ../kurator-nko.1.gz ../copyright share/
    cp -R ../scripts scripts
    export VERSION GLIBC GLIBCXX CXXABI
    for kind in deb rpm; do
        ../../venv/bin/nfpm package --config ../../../installer/nfpm.yaml --packager $kind \
            --target "../../../out/installer/kurator-nko_${VERSION}_glibc$GLIBC.$kind" >/dev/null
    done
    rm -r share/kurator-nko.1.gz share/copyright scripts
)
# Every file is listed, and a link by what it leads to: an update takes nothing that is not.
(cd "$stage" && find . ! -type d ! -name SHA256SUMS -printf '%P\0' | LC_ALL=C sort -z | xargs -0 sha256sum >../SHA256SUMS)
mv build/stage/SHA256SUMS "$stage/"
sign "$stage/SHA256SUMS"
say "Сжимается $name.tar.xz…"
tar -C build/stage --sort=name --owner=0 --group=0 --numeric-owner -cf - "$name" |
    xz -T0 "${KURATOR_XZ:--6}" >"out/installer/$name.tar.xz"
# What is new, for whoever updates from a .deb, an .rpm or a setup.exe.
cp CHANGELOG.md out/installer/
(cd out/installer && sha256sum CHANGELOG.md kurator-nko* >SHA256SUMS)
sign out/installer/SHA256SUMS
ls -l out/installer | awk 'NR > 1 { printf "%8.1f МБ  %s\n", $5 / 1048576, $9 }'
