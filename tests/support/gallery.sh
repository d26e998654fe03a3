#!/bin/sh
# Every paper blank and filled in, and pictures of them:
#
#     gallery.sh NASKAH FOLDER DOCS
#
# FOLDER is emptied and gets ID-blangko.pdf, ID-terisi.pdf and the contact
# sheet ID.png of every paper of templates/. DOCS gets gallery.md and, in
# gallery/, the sheets shrunk to few greys. The same papers give the same
# bytes: look at the diff before you commit it.
set -eu
naskah=$(realpath "$1")
out=$2 docs=$3
root=$(cd "$(dirname "$0")/../.." && pwd)
unset NASKAH_ARCHIVE NASKAH_DATA
export LANG=id_ID.UTF-8 SOURCE_DATE_EPOCH=1795410000 # 2026-11-23, 12:00 WIB
trap 'status=$?; [ $status = 0 ] || cat "$out/log" >&2' EXIT

rm -rf "$out" "$docs/gallery"
mkdir -p "$out/pages" "$docs/gallery"
archive="--archive $out/arsip --key-file $out/kunci.key"
# shellcheck disable=SC2086 # the options are words
"$naskah" -q init $archive

# One paper from its sample, with a number, to be signed by hand.
fill() { # ID
    sample=$root/templates/documents/$1/sample.xml
    number=KASUS-2026-$((7000 + n))
    sed "s/number=\"KASUS-2026-[0-9]*\"/number=\"$number\"/" "$sample" \
        > "$out/case.xml"
    # shellcheck disable=SC2086
    "$naskah" -q case add $archive "$out/case.xml" 2> "$out/log"
    # shellcheck disable=SC2086
    "$naskah" -q doc fill "$1" --case $number --issue --signing wet \
        -o "$out/$1-terisi.pdf" $archive 2> "$out/log"
}

# The first pages of a file beside each other in a frame: row FILE DPI PAGES
row() {
    rm -f "$out"/pages/*
    pdftoppm -gray -r "$2" -l "$3" "$1" "$out/pages/p"
    for page in "$out"/pages/*.pgm; do
        pnmpad -black -left 1 -right 1 -top 1 -bottom 1 "$page" |
            pnmpad -white -left 6 -right 6 -top 6 -bottom 6 > "$page.framed"
    done
    pnmcat -white -jtop -leftright "$out"/pages/*.framed
}

# The blank above, the filled paper below.
sheet() { # ID DPI PAGES HOW
    row "$out/$1-blangko.pdf" "$2" "$3" > "$out/blank.pgm"
    if [ -e "$out/$1-terisi.pdf" ]; then
        row "$out/$1-terisi.pdf" "$2" "$3" > "$out/filled.pgm"
        # shellcheck disable=SC2086
        pnmcat -white $4 "$out/blank.pgm" "$out/filled.pgm"
    else
        cat "$out/blank.pgm"
    fi
}

title() { # ID
    "$naskah" template list --json | tr '{' '\n' |
        sed -n "s/.*\"id\":\"$1\".*\"title\":\"\\([^\"]*\\)\".*/\\1/p"
}

pages() { # FILE
    pdfinfo "$1" | sed -n 's/^Pages: *//p'
}

cat > "$docs/gallery.md" << 'END'
# The papers

Every paper of `templates/documents`, blank and filled in from its invented sample record: `make gallery` makes them
under `build/gallery`, as PDF and as larger pictures, and writes this page. Everyone in them is invented.
END
n=0
for folder in "$root"/templates/documents/*/; do
    id=$(basename "$folder")
    n=$((n + 1))
    office=mojokerto
    if [ -e "$folder/sample.xml" ]; then
        office=$(sed -n 's/.*<case .*office="\([^"]*\)".*/\1/p' \
            "$folder/sample.xml")
        fill "$id"
    fi
    "$naskah" -q doc blank "$id" --office "$office" \
        -o "$out/$id-blangko.pdf" 2> "$out/log"
    sheet "$id" 60 20 "-jleft -topbottom" | pnmtopng -compression 9 2>> "$out/log" \
        > "$out/$id.png"
    sheet "$id" 40 2 "-jtop -leftright" | pamdepth 7 2>> "$out/log" |
        pnmtopng -compression 9 > "$docs/gallery/$id.png" 2>> "$out/log"
    {
        printf '\n## %s\n\n' "$(title "$id")"
        printf '`%s`: blank %s pages' "$id" "$(pages "$out/$id-blangko.pdf")"
        [ ! -e "$out/$id-terisi.pdf" ] ||
            printf ', filled in %s' "$(pages "$out/$id-terisi.pdf")"
        printf '.\n\n![%s, blank and filled in](gallery/%s.png)\n' "$id" "$id"
    } >> "$docs/gallery.md"
done
rm -rf "$out/pages" "$out/case.xml" "$out"/*.pgm "$out/log"
echo "$n papers: $out, $docs/gallery.md"
