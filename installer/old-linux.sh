#!/bin/sh
# `make installer-linux-old`: the same as installer/linux.sh, for systems with glibc 2.28 and newer (Astra 1.7, РЕД ОС 7.3,
# ALT p10 and everything after them).  Frozen inside Debian 11, kept in build/old/system: its libraries, a Python
# built there (old-python.sh) and the last Qt whose wheels run on 2.28 (requirements/installer-old.txt).
# Wants root, debootstrap, unshare and a mirror of Debian; MIRROR=... names one if this system is not Debian.
set -eu
cd "$(dirname "$0")/.."
FLOOR=2.28
SUITE=bullseye
SOURCES=bookworm

say() { printf '%s\n' "$*" >&2; }
refuse() { say "$*"; exit 1; }

[ "$(id -u)" = 0 ] || refuse "Нужны права root: программа собирается внутри Debian 11 (debootstrap, chroot)."
command -v debootstrap >/dev/null 2>&1 || sh installer/system-packages.sh install debootstrap || true
command -v debootstrap >/dev/null 2>&1 || refuse "Нужен debootstrap: apt install debootstrap"
MIRROR=${MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | grep '/debian/*$' | head -n 1)}
[ -n "$MIRROR" ] || refuse "Не найдено зеркало Debian: make installer-linux-old MIRROR=http://…/debian"

system=$PWD/build/old/system
inside() {
    chroot "$system" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}

quietly() { "$@" >build/old/log 2>&1 || { tail -n 30 build/old/log >&2; exit 1; }; }

if [ ! -f "$system/ready" ]; then
    say "Ставится Debian 11 в build/old/system…"
    rm -rf "$system"
    mkdir -p "$system"
    # Its own security updates have ended, so that their list may be past its day; it is signed all the same.
    quietly debootstrap --variant=minbase "$SUITE" "$system" "$MIRROR"
    cat >"$system/etc/apt/sources.list" <<LIST
deb $MIRROR $SUITE main
deb-src $MIRROR $SOURCES main
LIST
    security=$(printf '%s' "$MIRROR" | sed 's,/debian/*$,/debian-security,')
    printf 'deb %s %s-security main\n' "$security" "$SUITE" >"$system/etc/apt/sources.list.d/security.list"
    printf 'Acquire::Check-Valid-Until "false";\n' >"$system/etc/apt/apt.conf.d/past"
    cp /etc/resolv.conf "$system/etc/resolv.conf"
    quietly inside apt-get -qq update
    quietly inside apt-get -qq -y dist-upgrade
    # shellcheck disable=SC2046  # names of packages
    quietly inside apt-get -qq -y install --no-install-recommends build-essential pkg-config tcl xz-utils \
        libffi-dev zlib1g-dev liblzma-dev libbz2-dev libexpat1-dev libssl-dev uuid-dev autoconf automake libtool \
        $(sh installer/system-packages.sh list window) libwayland-client0 libwayland-cursor0 libwayland-egl1
    touch "$system/ready"
fi
if [ ! "$system/opt/python/ready" -nt installer/old-python.sh ]; then
    say "Собирается Python для glibc $FLOOR…"
    rm -rf "$system/opt/python" "$system/src"
    mkdir -p "$system/tmp/installer"
    cp installer/old-python.sh installer/old-symbols.h "$system/tmp/installer/"
    inside sh /tmp/installer/old-python.sh
    touch "$system/opt/python/ready"
fi

say "Загружаются библиотеки…"
mkdir -p build/old/work
if [ ! build/old/work/wheels/ready -nt requirements/installer-old.txt ]; then
    python=${PYTHON:-.venv/bin/python}
    [ -x "$python" ] || python=python3
    rm -rf build/old/work/wheels
    for minor in 5 12 17 24 26 27 28; do set -- "$@" --platform "manylinux_2_${minor}_x86_64"; done
    "$python" -m pip download --disable-pip-version-check --no-input --quiet --require-hashes --no-deps \
        --python-version 3.11 --implementation cp --abi cp311 --abi abi3 --abi none "$@" \
        --platform manylinux1_x86_64 --platform manylinux2010_x86_64 --platform manylinux2014_x86_64 \
        --dest build/old/work/wheels -r requirements/installer-old.txt </dev/null
    touch build/old/work/wheels/ready
fi

say "Собирается программа…"
# Mounts that end with the command: the project as it is, but with a build folder of its own.
mkdir -p "$system/project"
unshare --mount sh -euc '
    mount --bind "$2" "$1/project"
    mount --bind "$2/build/old/work" "$1/project/build"
    mount -t proc proc "$1/proc"
    shift 2
    exec "$@"
' sh "$system" "$PWD" chroot "$system" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
    PYTHON=/opt/python/bin/python3 REQUIREMENTS=requirements/installer-old.txt \
    PIP_NO_INDEX=1 PIP_FIND_LINKS=/project/build/wheels sh /project/installer/freeze.sh
FROZEN=build/old/work/linux/kurator-nko FLOOR=$FLOOR sh installer/linux.sh
