#!/bin/sh
# Run by old-linux.sh as root inside the old system: Python 3.11 and SQLite from Debian 12's sources into /opt/python, and
# expat, which reads files from outside, in the place of the old one.  installer/glibc.py looks at it all in the end.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
jobs=$(nproc)
mkdir -p /src
cd /src
# apt gives up root for this, and root's folder is not its own.
apt-get -qq -o APT::Sandbox::User=root source --only-source python3.11 sqlite3 expat >/dev/null

old="-include $here/old-symbols.h"
log() { "$@" >>/src/build.log 2>&1 || { tail -n 30 /src/build.log >&2; exit 1; }; }

cd /src/sqlite3-*/
# shellcheck disable=SC2046  # as Debian builds it, flag by flag
log env CFLAGS="-O2 $old $(printf '%s ' $(grep -o -- '-DSQLITE_[A-Z0-9_=]*' debian/rules | sort -u))" \
    ./configure --prefix=/opt/python --disable-static --disable-readline --disable-tcl --enable-fts5
log make -j"$jobs"
log make install

cd /src/expat-*/expat/
log ./buildconf.sh
log ./configure --disable-static --without-docbook --without-examples --without-tests --without-xmlwf CFLAGS="-O2 $old"
log make -j"$jobs"
# Over the packaged file: the licence that comes along is found by it.
install -m 644 "$(realpath lib/.libs/libexpat.so)" "$(realpath /usr/lib/x86_64-linux-gnu/libexpat.so.1)"

cd /src/python3.11-*/
# As in Debian, expat is built in: the patch of Debian 12 for pyexpat compiles no other way.
printf '*static*\npyexpat pyexpat.c -lexpat\n' >Modules/Setup.local
# sem_clockwait is glibc 2.30; the other way of waiting is in the source.
log env ac_cv_func_sem_clockwait=no ./configure --prefix=/opt/python --enable-shared --with-system-expat \
    --without-ensurepip --disable-test-modules CPPFLAGS=-I/opt/python/include \
    LDFLAGS="-L/opt/python/lib -Wl,-rpath,/opt/python/lib" CFLAGS="-fno-semantic-interposition $old"
log make -j"$jobs"
log make install
/opt/python/bin/python3 -c 'import bz2, ctypes, decimal, lzma, sqlite3, ssl, uuid, venv, xml.etree.ElementTree, zlib'
