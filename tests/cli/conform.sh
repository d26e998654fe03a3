# Every paper of templates/, blank, half-filled, as a draft and issued, before
# the judge of tests/conform (ISO 19005-2, PDF/A-2a, and ISO 14289-1, PDF/UA-1)
# and in the hands of other programs, none of which may say a word.
. "$NK_ROOT/tests/support/cli.sh"
papers=$root/templates/documents
judge=$NK_BUILD/tests/conform/conform
new_archive
mkdir pdf

# ---- Papers ----------------------------------------------------------------

n=0
issue() { # TEMPLATE RECORD OUT: under a number of its own
    n=$((n + 1))
    number=KASUS-2026-$((5000 + n))
    sed "s/number=\"KASUS-2026-[0-9]*\"/number=\"$number\"/" "$2" > case.xml
    naskah -q case add $unlock case.xml &&
        { naskah -q doc fill "$1" --case $number --issue -o "$3" $unlock $key ||
            naskah -q doc fill "$1" --case $number --issue -o "$3" $unlock; }
}

for folder in "$papers"/*/; do
    paper=$(basename "$folder")
    # A4 and sans, F4 and serif.
    for office in mojokerto manggarai-barat; do
        exits 0 "blank: $paper" naskah -q doc blank "$paper" --office $office \
            -o "pdf/$paper-blank-$office.pdf"
    done
    for sample in "$folder"sample*.xml; do
        [ -e "$sample" ] || continue
        name=$paper-$(basename "$sample" .xml)
        exits 0 "issued: $name" issue "$paper" "$sample" "pdf/$name.pdf"
    done
    [ -e "$folder/sample.xml" ] || continue
    exits 0 "half: $paper" naskah -q doc fill "$paper" --half \
        --case "$folder/sample.xml" -o "pdf/$paper-half.pdf"
    exits 0 "draft: $paper" naskah -q doc fill "$paper" \
        --case "$folder/sample.xml" -o "pdf/$paper-draft.pdf"
    check "judged: $paper" "$judge" pdf/"$paper"-*.pdf
done

# Characters beyond the base fonts, and a picture in colours.
exits 0 'issued: diacritics' issue surat-rujukan-kesehatan \
    "$cases/tanjungpinang-diakritik.xml" diacritics.pdf
check 'judged: diacritics' "$judge" diacritics.pdf

# ---- Every rule can fail -----------------------------------------------------

"$judge" --damage pdf/surat-rujukan-kesehatan-draft.pdf \
    pdf/formulir-pengaduan-draft.pdf pdf/surat-rujukan-kesehatan-sample.pdf \
    diacritics.pdf > damaged
while read -r ok number dash what; do
    case $ok in
    ok) report 0 "noticed: $what" ;;
    not) report 1 "noticed: $what" ;;
    esac
done < damaged
check 'every rule was broken' test \
    "$(sed -n 's/^ok [0-9]* - \([a-z-]*\),.*/\1/p' damaged | sort -u | wc -l)" \
    = "$("$judge" --rules | wc -l)"

# ---- Other programs ------------------------------------------------------------

# One blank and one issued of every paper; NK_LONG: all there are.
some() {
    if [ -n "${NK_LONG:-}" ]; then
        ls pdf/*.pdf
    else
        ls pdf/*-blank-mojokerto.pdf pdf/*-sample.pdf
    fi
    echo diacritics.pdf
}

# No word on standard error, and the exit status of who is content.
quiet() {
    for file in $(some); do
        "$@" "$file" 2>&1 > rest || echo "exit $?: $file"
    done > complaints
    [ ! -s complaints ] || { sort complaints | uniq -c; false; }
}

# Debian's mutool is built without colour management, and says so.
draws() { mutool draw -q -F text -o drawn "$1" 2>&1 | { ! grep -v 'ICC support'; } >&2; }
renders() { pdftoppm -r 30 -gray "$1" rendered; }
texts() { pdftotext "$1" text.txt; }
checks() { qpdf --check "$1" && ! grep -q WARNING rest; }
for program in checks draws renders texts pdffonts 'pdfinfo -struct-text'; do
    # shellcheck disable=SC2086 # a program and its option
    check "no complaint: $program" quiet $program
done

# ---- PDFBox ------------------------------------------------------------------------

# Preflight knows PDF/A-1b alone. What PDF/A-2 allows or asks for otherwise:
#   2.1.6   an ICC profile of version 4 (ISO 19005-2, 6.2.4.2)
#   3.1.11  a subset of a composite font has a CIDSet (ISO 19005-2, 6.2.11.4.2:
#           it may)
#   7.11.2  pdfaid:part is 1 (ISO 19005-2, 6.6.4: it is 2)
jars=
for jar in preflight pdfbox2 fontbox2 xmpbox commons-logging \
    javax.activation jaxb-api; do
    jars=$jars:/usr/share/java/$jar.jar
done
ls "$PWD"/pdf/*.pdf "$PWD/diacritics.pdf" > list
check 'Preflight' java -XX:TieredStopAtLevel=1 -cp "$jars" \
    org.apache.pdfbox.preflight.Validator_A1b xml group list
check 'Preflight saw all' test "$(grep -c '<preflight name' list.preflight.xml)" \
    = "$(wc -l < list)"
grep -A1 '<code>' list.preflight.xml | grep -v '^--' | paste - - |
    sed 's/<[^>]*>/ /g' | sort | uniq -c > found
check 'Preflight found what PDF/A-1 forbids' grep -q ' 2\.1\.6 .*ICCProfile' found
check 'Preflight found nothing else' sh -c \
    '! grep -v -e " 2\.1\.6 .*Invalid version of the ICCProfile" \
        -e " 3\.1\.11 .*CIDSet entry is missing" \
        -e " 7\.11\.2 .*part must be 1" found'
done_testing
