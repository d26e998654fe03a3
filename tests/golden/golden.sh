#!/bin/sh
# Every stage of a paper as text, compared with what is kept in this folder:
# CASE.doc, CASE.pages and CASE.text of each case below, CASE.pdf.txt as
# pdftotext reads the PDF, and RECORD.record of each record.
#
#   [NK_BUILD=BUILD] tests/golden/golden.sh [--rewrite]
#
# --rewrite keeps what comes out now, and names the files that changed. Run
# from the root of the tree, or by tests/run; prints TAP.
set -u

root=${NK_ROOT:-$(pwd)}
build=${NK_BUILD:-build/release}
case $build in /*) ;; *) build=$root/$build ;; esac
golden=$root/tests/golden
here=$(mktemp -d) || exit 1
trap 'rm -rf "$here"' EXIT
trap 'exit 130' INT TERM HUP
export LANG=id_ID.UTF-8 LC_ALL=C.UTF-8 HOME="$here"
export NASKAH_DATA="$root" SOURCE_DATE_EPOCH=1795410000 # 2026-11-23, 12.00 WIB
unset NASKAH_ARCHIVE XDG_CONFIG_HOME
rewrite=
failed=0
[ "${1:-}" != --rewrite ] || rewrite=1
number=0
mkdir "$here/new"
cd "$golden" || exit 1

# CASE TEMPLATE RECORD MODE OPTIONS. A template or record with a slash lies
# in the tree, one without it here; a blank names the office instead.
cases() {
    for name in paragraph words list table table-pages keep boxes fields \
        choice functions furniture landscape figures form letter; do
        echo "$name $name.xml case filled"
    done
    for name in fields form; do
        echo "$name-form $name.xml case form"
    done
    for name in table boxes fields choice form letter; do
        echo "$name-half $name.xml case half"
        echo "$name-blank $name.xml tanjungpinang blank"
    done
    echo 'sop-ap-blank sop-ap manggarai-barat blank'
    echo 'letter-electronic letter.xml case filled --signing electronic'
    while read -r template record office; do
        echo "$template $template $record filled"
        echo "$template-half $template sekadau-tanpa-identitas half"
        echo "$template-blank $template $office blank"
    done <<'END'
formulir-pengaduan mojokerto-nama-panjang manggarai-barat
naskah-kesepakatan-layanan sekadau-pendampingan sekadau
surat-pengantar-rujukan-krisis barito-utara-krisis-1 barito-utara
surat-rujukan-kesehatan tanjungpinang-diakritik mojokerto
END
}

record_file() {
    if [ -f "$1.xml" ]; then
        echo "$1.xml"
    else
        echo "$root/tests/cases/$1.xml"
    fi
}

# say PASSED WHAT: one TAP line; what went wrong is in $here/log.
say() {
    number=$((number + 1))
    if [ "$1" = 0 ]; then
        echo "ok $number - $2"
    else
        echo "not ok $number - $2"
        sed 's/^/# /' "$here/log" | head -40
    fi
}

# stage FILE COMMAND...: what COMMAND prints is what FILE holds.
stage() {
    file=$1
    shift
    if ! "$@" > "$here/new/$file" 2> "$here/log"; then
        say 1 "$file"
        failed=1
    elif [ -n "$rewrite" ]; then
        cmp -s "$here/new/$file" "$file" || echo "$file"
        cp "$here/new/$file" "$file"
    else
        diff -u "$file" "$here/new/$file" > "$here/log" 2>&1
        say $? "$file"
    fi
}

read_pdf() {
    "$@" -o "$here/pdf" && pdftotext -layout -nopgbrk "$here/pdf" -
}

# one NAME TEMPLATE RECORD MODE OPTIONS...
one() {
    name=$1 template=$2 record=$3 mode=$4
    shift 4
    case $mode in
    blank) set -- doc blank "$template" --office "$record" "$@" ;;
    half) set -- doc fill "$template" --half \
        --case "$(record_file "$record")" "$@" ;;
    form) set -- doc form "$template" \
        --case "$(record_file "$record")" "$@" ;;
    *) set -- doc fill "$template" --case "$(record_file "$record")" "$@" ;;
    esac
    for dump in doc pages; do
        stage "$name.$dump" "$build/naskah" -q "$@" --dump $dump
    done
    stage "$name.pdf.txt" read_pdf "$build/naskah" -q "$@"
    [ $# -le 6 ] && [ "$mode" != form ] || return 0 # doc text has none such
    shift 2
    stage "$name.text" "$build/naskah" -q doc text "$@"
}

# shellcheck disable=SC2046,SC2086 # a line is words
while read -r line; do
    one $line
done <<END
$(cases)
END
for record in case.xml "$root"/tests/cases/*.xml; do
    name=${record##*/}
    stage "${name%.xml}.record" "$build/naskah" -q doc fill paragraph.xml \
        --case "$record" --half --dump record
done

# What no case makes any more.
: > "$here/log"
for file in *.record *.doc *.pages *.text *.pdf.txt; do
    [ ! -f "$here/new/$file" ] || continue
    echo "$file: no case makes it" >> "$here/log"
    [ -z "$rewrite" ] || rm -f "$file"
done
if [ -n "$rewrite" ]; then
    cat "$here/log"
    exit $failed
fi
[ ! -s "$here/log" ]
say $? 'every file has its case'
echo "1..$number"
