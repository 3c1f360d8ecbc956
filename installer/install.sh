#!/bin/sh
# Ставит «Куратор НКО» для одного человека, без прав администратора и без сети.
#   sh install.sh                    в ~/.local/opt/kurator-nko, с меню, значком и командой kurator-nko
#   sh install.sh ПАПКА              то же в ПАПКА/kurator-nko
#   sh install.sh --portable ПАПКА   на носитель: в ПАПКА/kurator-nko, файл учёта рядом с программой
#   sh install.sh [--portable] --at ПАПКА   ровно в эту папку, как бы она ни называлась: так зовёт «Обновить» в окне
# Повторный запуск обновляет. Данные не трогаются. Более старая версия поверх новой не ставится.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

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
    case $target in /*) ;; *) target=$PWD/$target ;; esac
    parent=$(dirname "$target")
else
    parent=${1:-$HOME/.local/opt}
    case $parent in /*) ;; *) parent=$PWD/$parent ;; esac
    target=$parent/kurator-nko
fi
# В строке Exec ярлыка эти знаки значат другое.
case $target in *[\"\\\`\$%]* | *"
"*) refuse "В пути «$target» есть знак, который не понимают ярлыки. Укажите другую папку: sh install.sh ПАПКА" ;; esac
[ -x "$here/program/kurator-nko" ] || refuse "Рядом нет папки program: распакуйте архив целиком и повторите."

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
fi

mkdir -p "$parent"
# Носитель может не знать ссылок: туда кладётся то, на что они ведут.
cp -R${portable:+L} "$here/program" "$target.new"
cp "$here/uninstall.sh" "$target.new/uninstall.sh"
if ! "$target.new/kurator-nko" --help >/dev/null 2>&1; then
    "$target.new/kurator-nko" --help >/dev/null || true
    refuse "Программа здесь не запускается (сообщение выше): скорее всего, система старее нужной, см. ПРОЧТИ.txt. Ничего не изменено."
fi
[ -z "$portable" ] || : >"$target.new/portable.txt"
# До замены новое должно быть на самом диске, а не в памяти.
if command -v sync >/dev/null 2>&1; then sync -f "$target.new" 2>/dev/null || sync; fi
if [ -e "$target" ]; then
    # Файл учёта на носителе лежит внутри папки программы: он переходит в новую.
    if [ -f "$target/portable.txt" ]; then cp "$target/portable.txt" "$target.new/portable.txt"; fi
    mv "$target" "$target.old"
    if [ -d "$target.old/data" ]; then mv "$target.old/data" "$target.new/data"; fi
    mv "$target.new" "$target"
    rm -rf "$target.old"
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
mkdir -p "$data/applications" "$data/mime/packages" "$data/man/man1" "$HOME/.local/bin"
while IFS= read -r line; do
    case $line in
    Exec=*) printf 'Exec="%s" %%f\n' "$target/kurator-nko" ;;
    *) printf '%s\n' "$line" ;;
    esac
done <"$here/share/kurator-nko.desktop" >"$data/applications/kurator-nko.desktop"
cp "$here/share/kurator-nko.xml" "$data/mime/packages/kurator-nko.xml"
cp "$here/share/kurator-nko.1" "$data/man/man1/kurator-nko.1"
for size in 48 128; do
    mkdir -p "$data/icons/hicolor/${size}x$size/apps"
    cp "$here/share/kurator-nko-$size.png" "$data/icons/hicolor/${size}x$size/apps/kurator-nko.png"
done
mkdir -p "$data/icons/hicolor/scalable/apps"
cp "$here/share/kurator-nko.svg" "$data/icons/hicolor/scalable/apps/kurator-nko.svg"
ln -sf "$target/kurator-nko" "$HOME/.local/bin/kurator-nko"
command -v update-desktop-database >/dev/null 2>&1 && update-desktop-database -q "$data/applications" || true
command -v update-mime-database >/dev/null 2>&1 && update-mime-database "$data/mime" >/dev/null 2>&1 || true
say "В меню: «Куратор НКО». Команда: ~/.local/bin/kurator-nko. Удалить: sh $target/uninstall.sh"
