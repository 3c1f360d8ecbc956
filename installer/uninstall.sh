#!/bin/sh
# Удаляет «Куратор НКО», поставленный install.sh. Данные остаются; где они, сказано в конце.
set -eu
target=$(cd "$(dirname "$0")" && pwd -P)
[ -f "$target/VERSION" ] && [ -x "$target/kurator-nko" ] || { echo "Здесь нет программы: $target" >&2; exit 1; }
for exe in /proc/[0-9]*/exe; do
    if [ "$(readlink "$exe" 2>/dev/null)" = "$target/kurator-nko" ]; then
        echo "Программа открыта. Закройте её и повторите." >&2
        exit 1
    fi
done
if [ ! -w "$target" ]; then
    echo "Из «$target» нельзя удалять: нет прав или носитель доступен только для чтения. Ничего не изменено." >&2
    exit 1
fi

data=${XDG_DATA_HOME:-$HOME/.local/share}
if grep -qsxF -e "Exec=$target/kurator-nko %f" -e "Exec=\"$target/kurator-nko\" %f" \
    "$data/applications/kurator-nko.desktop"; then
    rm -f "$data/applications/kurator-nko.desktop" "$data/mime/packages/kurator-nko.xml" \
        "$data/man/man1/kurator-nko.1" "$data/icons/hicolor/scalable/apps/kurator-nko.svg"
    for size in 48 128; do rm -f "$data/icons/hicolor/${size}x$size/apps/kurator-nko.png"; done
    if [ "$(readlink "$HOME/.local/bin/kurator-nko" 2>/dev/null)" = "$target/kurator-nko" ]; then
        rm -f "$HOME/.local/bin/kurator-nko"
    fi
    command -v update-desktop-database >/dev/null 2>&1 && update-desktop-database -q "$data/applications" || true
    command -v update-mime-database >/dev/null 2>&1 && update-mime-database "$data/mime" >/dev/null 2>&1 || true
fi

# Остатки прерванного обновления; файл учёта в них бывает на носителе, и он не трогается.
for leftover in "$target.update" "$target.new" "$target.old"; do
    [ -e "$leftover/data" ] || rm -rf "$leftover"
done
if ! said=$(rm -rf "$target/_internal" 2>&1 &&
    rm -f "$target/kurator-nko" "$target/VERSION" "$target/uninstall.sh" 2>&1); then
    echo "Удалено не всё: повторите или уберите папку «$target» сами, но не папку data в ней. Система говорит: ${said%%
*}" >&2
    exit 1
fi
if [ -d "$target/data" ]; then
    echo "«Куратор НКО» удалён. Файл учёта и его копии остались: $target/data"
else
    rm -f "$target/portable.txt"
    rmdir "$target" 2>/dev/null || true
    echo "«Куратор НКО» удалён."
fi
if [ -d "$data/kurator-nko" ]; then
    echo "Файл учёта и его копии остались: $data/kurator-nko"
fi
echo "Файлы, которые вы сохраняли в других папках, тоже на месте."
