# The demo, and every PDF of it in the hands of other programs.
. "$NK_ROOT/tests/support/cli.sh"

exits 0 'demo' "$NK_ROOT/tests/support/demo.sh" naskah "$pki" demo
silent
says '20 blangko, 55 naskah terisi'
sed -n '/^Cobalah:/,$s/^  //p' out > commands
check 'three commands to try' test "$(wc -l < commands)" = 3
while read -r command; do
    exits 0 "$command" sh -c "$command"
done < commands

mkdir nss
certutil -N -d sql:nss --empty-password
certutil -A -d sql:nss -n demo -t CT,C,C -i demo/ca.pem

# One line a font: embedded, subset and with a Unicode map.
fonts_are_whole() {
    pdffonts "$1" > fonts &&
        [ "$(wc -l < fonts)" -gt 2 ] &&
        ! tail -n +3 fonts | grep -v ' yes yes yes '
}

structure_is_there() {
    pdfinfo -struct-text "$1" > structure 2> errors &&
        [ ! -s errors ] && head -1 structure | grep -q '^Document' &&
        [ "$(grep -c '^ *P\( \|$\)' structure)" -gt 3 ]
}

# Every word of the page is in the structure as well.
is_metadata_clean() {
    pdfinfo "$1" > info && grep -q '^Tagged: *yes' info &&
        grep -q '^JavaScript: *no' info && grep -q '^Encrypted: *no' info &&
        grep -q '^Producer: *naskah' info
}

signature_holds() {
    pdfsig -nssdir sql:nss "$1" > signature 2> errors &&
        grep -q 'Signature is Valid' signature &&
        grep -q 'Certificate is Trusted' signature &&
        grep -q 'Total document signed' signature &&
        ! grep -q 'not signed' signature
}

for file in demo/*/*.pdf demo/berkas-*/data/papers/*.pdf; do
    check "qpdf: $file" qpdf --check --warning-exit-0 "$file"
    check 'qpdf has no warning' sh -c '! grep -q WARNING checked'
    check 'mutool' sh -c "mutool info '$file' 2>&1 >/dev/null | { ! grep .; }"
    check 'fonts' fonts_are_whole "$file"
    check 'structure' structure_is_there "$file"
    check 'properties' is_metadata_clean "$file"
    case $file in
    *blangko* | *setengah* | *formulir-pengaduan*)
        check 'not signed' sh -c "pdfsig '$file' | grep -q 'not contain any'"
        ;;
    *) check 'signed' signature_holds "$file" ;;
    esac
done

# What a page says, word for word.
pdftotext -nopgbrk -layout demo/tanjungpinang/KASUS-2026-0042-surat-rujukan-kesehatan.pdf \
    - > words
check 'the words of a letter' diff words \
    "$NK_ROOT/tests/cli/papers-letter.txt"
done_testing
