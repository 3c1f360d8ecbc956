#!/bin/sh
# Ставит «Куратор НКО» для одного человека, без прав администратора и без сети.
#   sh install.sh                    в ~/.local/opt/kurator-nko, с меню, значком и командой kurator-nko
#   sh install.sh ПАПКА              то же в ПАПКА/kurator-nko
#   sh install.sh --portable ПАПКА   на носитель: в ПАПКА/kurator-nko, файл учёта рядом с программой
#   sh install.sh [--portable] --at ПАПКА   ровно в эту папку, как бы она ни называлась: так зовёт «Обновить» в окне
# Повторный запуск обновляет. Данные не трогаются. Более старая версия поверх новой не ставится.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)

say() { printf '%s\n' "$*"; }
refuse() { printf '%s\n' "$*" >&2; exit 1; }

portable=
if [ "${1:-}" = --portable ]; then
    portable=yes
    shift
    [ -n "${1:-}" ] || refuse "Укажите папку на носителе: sh install.sh --portable ПАПКА"
fi
if [ "${1:-}" = --at ]; then
    target=${2:?}
else
    target=${1:-$HOME/.local/opt}/kurator-nko
fi
case $target in /*) ;; *) target=$PWD/$target ;; esac
# Путь без ссылок: так его называет система, когда спрашивают, открыта ли программа.
present=${target%/} beyond=
while [ ! -d "${present:=/}" ]; do
    beyond=/${present##*/}$beyond
    present=${present%/*}
done
present=$(cd "$present" && pwd -P)
target=${present%/}$beyond
parent=${target%/*}
# В строке Exec ярлыка эти знаки значат другое.
case $target in *[\"\\\`\$%]* | *"
"*) refuse "В пути «$target» есть знак, который не понимают ярлыки. Укажите другую папку: sh install.sh ПАПКА" ;; esac
[ -f "$here/program/kurator-nko" ] || refuse "Рядом нет папки program: распакуйте архив целиком и повторите."

# Носители портят файлы молча; без sha256sum пакет ставится без сверки.
if command -v sha256sum >/dev/null 2>&1 && ! (cd "$here" && sha256sum --quiet -c SHA256SUMS >/dev/null 2>&1); then
    refuse "Пакет повреждён или скопирован не целиком. Скопируйте архив ещё раз и распакуйте его заново. Ничего не изменено."
fi
version=$(cat "$here/program/VERSION")

# Прерванное (сигнал, отказ диска, выключенный компьютер) кончается прежней программой с её данными.
put_back() {
    if [ ! -e "$target" ] && [ -e "$target.old" ]; then
        if [ -d "$target.new/data" ] && [ ! -e "$target.old/data" ]; then mv "$target.new/data" "$target.old/data"; fi
        mv "$target.old" "$target"
    fi
    for leftover in "$target.new" "$target.old"; do
        if [ -e "$leftover/data" ]; then
            say "Файл учёта лежит в «$leftover/data»: перенесите его и уберите эту папку." >&2
            return 1
        fi
        rm -rf "$leftover"
    done
}
put_back || exit 1
trap put_back EXIT
trap 'exit 1' HUP INT TERM
if [ -e "$target" ]; then
    [ -f "$target/VERSION" ] || refuse "«$target» уже есть, и это не «Куратор НКО». Укажите другую папку: sh install.sh ПАПКА"
    before=$(cat "$target/VERSION")
    newer=$(printf '%s\n%s\n' "$before" "$version" | sort -V | tail -n 1)
    [ "$newer" = "$version" ] ||
        refuse "Установлена версия $before, она новее этой ($version): старая программа не прочтёт её файл. Ничего не изменено."
    for exe in /proc/[0-9]*/exe; do
        if [ "$(readlink "$exe" 2>/dev/null)" = "$target/kurator-nko" ]; then
            refuse "Программа открыта. Закройте её и повторите: sh install.sh"
        fi
    done
    # Распаковано для обновления из окна, которое прервали.
    case $here/ in "$target.update"/*) ;; *) rm -rf "$target.update" ;; esac
fi

# Носитель может не знать ссылок: туда кладётся то, на что они ведут.
if ! said=$(mkdir -p "$parent" 2>&1 && cp -R${portable:+L} "$here/program" "$target.new" 2>&1 &&
    cp "$here/uninstall.sh" "$target.new/uninstall.sh" 2>&1); then
    refuse "Программа не скопирована в «$parent»: там нет места (нужно 250 МБ) или туда нельзя записывать. Ничего не изменено.
Система говорит: ${said%%
*}"
fi
# С носителя программа приходит без права запуска, а на иной носитель с ним и не ложится.
chmod +x "$target.new/kurator-nko" 2>/dev/null || true
[ -x "$target.new/kurator-nko" ] || refuse "В «$parent» система не даёт запускать программы: так подключён этот диск или носитель \
(у флешек с FAT32 это обычно, exFAT и NTFS подходят). Укажите другую папку. Ничего не изменено."
if ! "$target.new/kurator-nko" --help >/dev/null 2>&1; then
    "$target.new/kurator-nko" --help >/dev/null || true
    refuse "Программа здесь не запускается (сообщение выше): скорее всего, система старее нужной, см. ПРОЧТИ.txt. Ничего не изменено."
fi
[ -z "$portable" ] || : >"$target.new/portable.txt" || refuse "На «$parent» нет места. Ничего не изменено."
# До замены новое должно быть на самом диске, а не в памяти.
if command -v sync >/dev/null 2>&1; then sync -f "$target.new" 2>/dev/null || sync; fi
if [ -e "$target" ]; then
    # Где система умеет, имена меняются одним действием: в какой миг ни прервать, программа на месте.
    if [ ! -e "$target/data" ] && [ ! -e "$target/portable.txt" ] &&
        [ "$("$target.new/kurator-nko" --exchange "$target" "$target.new" 2>/dev/null)" = exchanged ]; then
        rm -rf "$target.new"
    else
        # Файл учёта на носителе лежит внутри папки программы: он переходит в новую.
        if [ -f "$target/portable.txt" ]; then cp "$target/portable.txt" "$target.new/portable.txt"; fi
        mv "$target" "$target.old"
        if [ -d "$target.old/data" ]; then mv "$target.old/data" "$target.new/data"; fi
        mv "$target.new" "$target"
        rm -rf "$target.old"
    fi
    say "«Куратор НКО» обновлён: $before → $version, $target"
else
    mv "$target.new" "$target"
    say "«Куратор НКО» $version установлен: $target"
fi

if [ -n "$portable" ]; then
    say "Запуск с носителя: $target/kurator-nko. Файл учёта: $target/data"
    exit 0
fi

data=${XDG_DATA_HOME:-$HOME/.local/share}
lay() { # что, в какую папку: целиком или никак
    mkdir -p "$2" && cp "$1" "$2/${1##*/}.part" && mv "$2/${1##*/}.part" "$2/${1##*/}"
}
entry() {
    # В кавычках путь не понимает xdg-open: они лишь там, где без них нельзя.
    exec=$target/kurator-nko
    case $exec in *[!A-Za-z0-9/._+,:=@%-]*) exec="\"$exec\"" ;; esac
    while IFS= read -r line; do
        case $line in Exec=*) line="Exec=$exec %f" ;; esac
        printf '%s\n' "$line" || return 1
    done <"$here/share/kurator-nko.desktop"
}
menu() {
    mkdir -p "$data/applications" "$HOME/.local/bin" &&
        entry >"$data/applications/kurator-nko.desktop.part" &&
        mv "$data/applications/kurator-nko.desktop.part" "$data/applications/kurator-nko.desktop" &&
        lay "$here/share/kurator-nko.xml" "$data/mime/packages" &&
        lay "$here/share/kurator-nko.1" "$data/man/man1" &&
        lay "$here/share/kurator-nko.svg" "$data/icons/hicolor/scalable/apps" &&
        ln -sf "$target/kurator-nko" "$HOME/.local/bin/kurator-nko" || return 1
    for size in 48 128; do
        icons=$data/icons/hicolor/${size}x$size/apps
        mkdir -p "$icons" && cp "$here/share/kurator-nko-$size.png" "$icons/kurator-nko.png" || return 1
    done
}
if ! said=$(menu 2>&1); then
    refuse "Программа установлена и запускается ($target/kurator-nko), но в меню её нет: в «$data» нет места или туда нельзя \
записывать. Исправьте это и повторите: sh install.sh
Система говорит: ${said%%
*}"
fi
command -v update-desktop-database >/dev/null 2>&1 && update-desktop-database -q "$data/applications" || true
command -v update-mime-database >/dev/null 2>&1 && update-mime-database "$data/mime" >/dev/null 2>&1 || true
say "В меню: «Куратор НКО». Команда: ~/.local/bin/kurator-nko. Удалить: sh $target/uninstall.sh"
