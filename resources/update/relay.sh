# What goes on when the program has made ready for an update and closes: run by `sh -c`, from memory.
#   $1 waits: «да» if a word is to be waited for on the input, and then its end: that of the program
#   $2 the unpacked package   $3 the folder where the outcome is told   $4 what to start afterwards, '' for nothing
#   $5 what to print when it is done, '' for what install.sh says   the rest: how install.sh is called
# A program that dies without the word changes nothing.  The code is written last: without one it was cut short.
waits=$1 package=$2 told=$3 start=$4 done=$5
shift 5
if [ "$waits" = да ]; then
    word=
    read -r word || true
    if [ "$word" != closed ]; then
        rm -rf "$package" "$told/update.json"
        exit 0
    fi
    cat >/dev/null
fi
# What it says is kept in memory until it ends: a disk that is full by then would swallow it.
said=$(sh "$package/install.sh" "$@" 2>&1 </dev/null)
code=$?
rm -rf "$package"
printf '%s\n' "$said" >"$told/update.log"
printf '%s\n' "$code" >"$told/update.code.part" && mv "$told/update.code.part" "$told/update.code"
if [ -n "$start" ]; then
    exec "$start" </dev/null >/dev/null 2>&1
fi
if [ "$code" != 0 ]; then
    rm -f "$told/update.json"
    printf '%s\n' "$said" >&2
    exit 2
fi
if [ -n "$done" ]; then printf '%s\n' "$done"; else printf '%s\n' "$said"; fi
