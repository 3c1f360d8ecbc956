#!/bin/sh
# The few system libraries that Qt needs.
#   system-packages.sh                 looks whether Qt starts, installs what is missing, says what it did
#   system-packages.sh list [window]   prints the names of the packages
#   system-packages.sh install NAME…   installs these (Debian, Ubuntu, Astra; root or sudo)
#   system-packages.sh desktop         installs what the test needs that works the window from outside
#   system-packages.sh installer       installs what `make test-installer` needs; fails where that is missing
#   system-packages.sh windows         installs what the program for Windows is built with; fails where that is missing
#   system-packages.sh wine            installs what it is tried with; fails where that is missing
# But for the last three none fails the caller: where it cannot install, it says in one line what is missing.
set -u
cd "$(dirname "$0")/.."

OFFSCREEN="libgl1 libegl1 libxkbcommon0 libglib2.0-0 libfontconfig1 libdbus-1-3"
WINDOW="libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-image0 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxkbcommon-x11-0"
DESKTOP="xvfb openbox dbus-x11 at-spi2-core python3-pyatspi xdotool x11-xkb-utils"

# Programs, each with its package in Debian: what the installer's test needs, the build for Windows, its trial.
WINDOWS="makensis=nsis x86_64-w64-mingw32-gcc=gcc-mingw-w64-x86-64 osslsigncode=osslsigncode"
WINE="wine=wine wineserver=wine wineboot=wine openbox=openbox setxkbmap=x11-xkb-utils x86_64-w64-mingw32-gcc=gcc-mingw-w64-x86-64 Xvfb=xvfb xdotool=xdotool unshare=util-linux"
INSTALLER="Xvfb=xvfb xdotool=xdotool unshare=util-linux debootstrap=debootstrap xz=xz-utils objdump=binutils rpm=rpm"

say() { printf '%s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif ! command -v sudo >/dev/null 2>&1; then
        return 1
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

install() {
    # ALT has an apt-get too, over other names: dpkg tells Debian and its kin.
    command -v apt-get >/dev/null 2>&1 && command -v dpkg >/dev/null 2>&1 || return 1
    say "Ставятся системные пакеты: $*"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null 2>&1 || true
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >/dev/null 2>&1
}

# A QApplication is what fails without the libraries; on xcb it aborts rather than raises.
qt_starts() {
    [ -x .venv/bin/python ] || return 0
    env "$@" .venv/bin/python -c 'from PySide6.QtWidgets import QApplication; QApplication(["probe"])' >/dev/null 2>&1
}

ensure() { # platform setting, then packages
    setting=$1
    shift
    if qt_starts "$setting"; then
        return
    fi
    install "$@" || true
    if ! qt_starts "$setting"; then
        say "Qt не запускается: не хватает системных библиотек. Установите от имени администратора: $*"
    fi
}

lacking() { # of programs named as «программа=пакет» those that are not there
    for pair in "$@"; do
        PATH=$PATH:/usr/sbin:/sbin command -v "${pair%%=*}" >/dev/null 2>&1 || printf '%s ' "$pair"
    done
}

packages() { for pair in "$@"; do printf '%s ' "${pair#*=}"; done; }

require() { # what for, then programs as «программа=пакет»; fails where some cannot be had, and leaves them in `left`
    purpose=$1
    shift
    left=$(lacking "$@")
    [ -n "$left" ] || return 0
    # shellcheck disable=SC2046,SC2086  # lists
    install $(packages $left) || true
    left=$(lacking "$@")
    [ -n "$left" ] || return 0
    # shellcheck disable=SC2086
    say "$purpose не хватает пакетов: $(packages $left)— установите их от имени администратора."
    return 1
}

case "${1:-ensure}" in
ensure)
    # shellcheck disable=SC2086  # the lists are meant to be split
    ensure QT_QPA_PLATFORM=offscreen $OFFSCREEN
    if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        # shellcheck disable=SC2086
        ensure KURATOR_PROBE=window $OFFSCREEN $WINDOW
    fi
    ;;
list)
    if [ "${2:-}" = window ]; then echo "$OFFSCREEN $WINDOW"; else echo "$OFFSCREEN"; fi
    ;;
desktop)
    if ! dpkg -s $DESKTOP >/dev/null 2>&1; then
        # shellcheck disable=SC2086
        install $DESKTOP $OFFSCREEN $WINDOW || say "Проверка окна снаружи будет пропущена: нет пакетов $DESKTOP"
    fi
    ;;
installer)
    # Without a system to install the .deb into the rest can still be tried.
    # shellcheck disable=SC2086
    require "Для проверки установки" $INSTALLER || [ "$left" = "debootstrap=debootstrap " ] || exit 1
    ;;
windows)
    # shellcheck disable=SC2086
    require "Для сборки под Windows" $WINDOWS || exit 1
    ;;
wine)
    # shellcheck disable=SC2086
    require "Для проверки программы под wine" $WINE || exit 1
    ;;
install)
    shift
    install "$@"
    ;;
*)
    say "Неизвестная команда: $1"
    exit 2
    ;;
esac
