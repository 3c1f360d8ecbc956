#!/bin/sh
# After .deb or .rpm is installed or removed: menus and file types are read anew where that is not done by itself.
command -v update-desktop-database >/dev/null 2>&1 && update-desktop-database -q /usr/share/applications || true
command -v update-mime-database >/dev/null 2>&1 && update-mime-database /usr/share/mime >/dev/null 2>&1 || true
if [ -d /usr/share/icons/hicolor ] && command -v gtk-update-icon-cache >/dev/null 2>&1; then
    gtk-update-icon-cache -q -t -f /usr/share/icons/hicolor >/dev/null 2>&1 || true
fi
# Debian says «remove» or «purge», rpm how many versions are left; both at the end of a removal and not of an update.
case ${1:-} in
remove | purge | 0) echo "Файлы учёта и копии остались у каждого, кто с ними работал: ~/.local/share/kurator-nko и где их сохраняли." ;;
esac
exit 0
