# What make install puts down works from where it lies, and make uninstall
# leaves nothing.
. "$NK_ROOT/tests/support/cli.sh"

in_tree() {
    make -C "$root" --no-print-directory B="$NK_BUILD" DESTDIR="$PWD/here" \
        PREFIX=/opt/naskah "$@"
}

exits 0 'make install' in_tree install
installed=$PWD/here/opt/naskah
check 'the program' test -x "$installed/bin/naskah"
check 'its manual page' test -f "$installed/share/man/man1/naskah.1"
unset NASKAH_DATA
mkdir else
cd else || exit 1
exits 0 'finds its templates beside it' "$installed/bin/naskah" template list
says surat-rujukan-kesehatan
exits 0 'makes a form' \
    "$installed/bin/naskah" doc blank formulir-pengaduan --office sekadau
check 'it is a PDF' qpdf --check sekadau-formulir-pengaduan.pdf
cd ..
exits 0 'make uninstall' in_tree uninstall
check 'nothing is left' test -z "$(find here -type f)"
done_testing
