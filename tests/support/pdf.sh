# Sourced by scripts of tests/cli: what other programs say of a PDF of ours.
#
#   pdf_is_sound FILE   some tests: qpdf and mutool have no complaint, its
#                       fonts are whole, it is tagged, its properties are
#                       clean; its text is left in the file words

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

pdf_is_sound() {
    check "qpdf: $1" qpdf --check --warning-exit-0 "$1"
    check 'qpdf has no warning' sh -c '! grep -q WARNING checked'
    check 'mutool' sh -c "mutool info '$1' 2>&1 >/dev/null | { ! grep .; }"
    check 'fonts' fonts_are_whole "$1"
    check 'structure' structure_is_there "$1"
    check 'properties' is_metadata_clean "$1"
    pdftotext -nopgbrk -layout "$1" words
}
