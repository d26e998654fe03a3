# A register of many cases: which are in it, and what of them is not.
. "$NK_ROOT/tests/support/cli.sh"
new_archive

exits 0 'case add' naskah -q case add $unlock \
    "$cases/sekadau-pendampingan.xml" "$cases/sekadau-tanpa-identitas.xml" \
    "$cases/mojokerto-anak.xml"
number() { sed -n 's/^<case .*number="\([^"]*\)".*/\1/p' "$cases/$1.xml"; }
opened() { sed -n 's/^<case .*opened="\([0-9-]*\)T.*/\1/p' "$cases/$1.xml"; }
one=$(number sekadau-pendampingan) two=$(number sekadau-tanpa-identitas)

exits 0 'doc register' naskah -q doc register agenda-pengaduan \
    --office sekadau -o agenda.pdf $unlock
exits 0 'its words' pdftotext -layout agenda.pdf -
says "$one"
says "$two"
says 'Jumlah: 2 pengaduan/kasus.'
check 'no case of another office' sh -c \
    "! grep -F '$(number mojokerto-anak)' out"

# Names are in the record, and nowhere in the paper.
name=$(sed -n '/<victim>/,/<\/victim>/s/.*<name>\(.*\)<\/name>.*/\1/p' \
    "$cases/sekadau-pendampingan.xml")
check 'the case has a name' test -n "$name"
qpdf --qdf --object-streams=disable agenda.pdf plain.pdf
check 'which is not in the paper' sh -c "! grep -aF '$name' out plain.pdf"

exits 0 'of some days' naskah -q doc register agenda-pengaduan \
    --office sekadau --from "$(opened sekadau-pendampingan)" \
    --to "$(opened sekadau-pendampingan)" -o hari.pdf $unlock
exits 0 'its words' pdftotext -layout hari.pdf -
says "$one"

exits 0 'of no case' naskah -q doc register agenda-pengaduan \
    --office sekadau --from 2001-01-01 --to 2001-12-31 -o nol.pdf $unlock
exits 0 'its words' pdftotext -layout -nopgbrk nol.pdf -
check 'no case is in it' sh -c "! grep -F '$one' out"
says 'Diteruskan kepada'

# Of one to four people no number is told.
exits 0 'a report' naskah -q doc register laporan-evaluasi-triwulan \
    --office sekadau -o laporan.pdf $unlock
exits 0 'its words' pdftotext -layout laporan.pdf -
check 'few are not told apart' grep -qE 'Seluruh kasus +< ?5' out

# A paper of the office itself needs no archive.
unset NASKAH_ARCHIVE
exits 0 'an SOP' naskah -q doc register sop-ap --office mojokerto -o sop.pdf
exits 0 'its words' pdftotext -layout sop.pdf -
says '188.4/27/417.504.1/2024'
exits 2 'no office' naskah doc register sop-ap
hears '--office'
done_testing
