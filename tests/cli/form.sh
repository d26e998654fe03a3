# A fillable form there and back: made by naskah, filled in by other programs
# (MuPDF, qpdf, pdftk), and into a case.
. "$NK_ROOT/tests/support/cli.sh"
. "$NK_ROOT/tests/support/pdf.sh"
unlock='--archive arsip --key-file kunci.key'
form=formulir-pengaduan

fill() {
    mutool run "$root/tests/support/fill.js" "$@"
}

# IN OUT TOOLTIP VALUE...: give the fields of these tooltips values.
fill_by_qpdf() {
    from=$1 to=$2
    shift 2
    qpdf --json-output --json-stream-data=inline "$from" all.json || return
    while [ $# -gt 1 ]; do
        sed "s|^\( *\)\"/TU\": \"u:$1\",\$|&\\n\1\"/V\": \"$2\",|" all.json \
            > some.json && mv some.json all.json
        shift 2
    done
    qpdf --json-input all.json "$to"
}

# Every widget has its look, its tooltip and its element, and none a script.
is_whole_form() {
    qpdf --qdf --object-streams=disable "$1" flat.pdf
    widgets=$(grep -ac '/Subtype /Widget' flat.pdf)
    [ "$widgets" -gt 10 ] &&
        [ "$(grep -ac '/StructParent ' flat.pdf)" = "$widgets" ] &&
        [ "$(grep -ac '/Type /OBJR' flat.pdf)" = "$widgets" ] &&
        [ "$(grep -ac '/AP ' flat.pdf)" = "$widgets" ] &&
        [ "$(grep -ac '/TU ' flat.pdf)" -ge "$widgets" ] &&
        ! grep -aq '/NeedAppearances\|/JavaScript\|/JS \|/AA ' flat.pdf
}

case_says() { # NUMBER TEXT
    naskah case show "$1" $unlock > case.xml && grep -qF -- "$2" case.xml
}

naskah init $unlock > /dev/null

# Empty, of every kind of paper.
for paper in $form informed-consent kronologi-kejadian laporan-pemantauan \
    surat-rujukan-kesehatan; do
    exits 0 "$paper" naskah doc form $paper --office mojokerto -o f.pdf
    pdf_is_sound f.pdf
    check "$paper: a whole form" is_whole_form f.pdf
done
for paper in "$root"/templates/documents/*; do
    exits 0 "a form of ${paper##*/}" \
        naskah doc form "${paper##*/}" --office sekadau -o f.pdf
done
exits 0 'half-filled' naskah doc form $form \
    --case "$root/templates/documents/$form/sample.xml" -o f.pdf
pdf_is_sound f.pdf
check 'shows what is known' grep -q 'Kenanga Contoh' words
exits 2 'neither case nor office' naskah doc form $form

# A new case, filled in with MuPDF.
naskah -q doc form $form --office sekadau -o f.pdf
exits 0 'filled in by MuPDF' fill f.pdf mupdf.pdf \
    victim.name='Cempaka Contoh' victim.nik=9901015412900001 \
    victim.birth-date=14/12/1990 source=telepon incident.form.psikis=psikis \
    incident.form.fisik=fisik @opened.date=21-11-2026 @opened.time=8.15 \
    'incident.summary=Kejadian di rumah.
Tidak ada saksi.' 'incident.evidence=Foto; Surat' \
    complaint.statement-true=yes incident.time=16.30
exits 20 'not complete' naskah case import mupdf.pdf $unlock
hears 'Peristiwa: Kategori tempat kejadian wajib diisi.'
hears 'mupdf.pdf, halaman 2:'
exits 0 'into a new case' naskah case import mupdf.pdf $unlock --incomplete
says 'KASUS-2026-0001'
for line in 'opened="2026-11-21T08:15:00+07:00"' '<name>Cempaka Contoh</name>' \
    '<birth-date>1990-12-14</birth-date>' '<source>telepon</source>' \
    '<form>fisik</form>' '<form>psikis</form>' '<time>16:30:00</time>' \
    '<summary>Kejadian di rumah.' 'Tidak ada saksi.</summary>' \
    '<evidence>Foto</evidence>' '<evidence>Surat</evidence>' \
    '<statement-true>yes</statement-true>' 'office="sekadau"'; do
    check "the case has $line" case_says KASUS-2026-0001 "$line"
done

# The form of that case, changed with qpdf; then the case has changed.
naskah -q doc form $form --case KASUS-2026-0001 $unlock -o known.pdf
exits 20 'nobody touched it' naskah case import known.pdf $unlock
hears NSK-8033
exits 0 'filled in by qpdf' fill_by_qpdf known.pdf qpdf.pdf \
    'Korban: Agama/kepercayaan' 'u:Islam' \
    'Wali: Nama lengkap' 'u:Anggrek Contoh'
exits 0 'into its case' naskah case import qpdf.pdf $unlock --incomplete
says '2 isian'
check 'religion' case_says KASUS-2026-0001 '<religion>Islam</religion>'
check 'guardian' case_says KASUS-2026-0001 '<name>Anggrek Contoh</name>'
check 'the rest stays' case_says KASUS-2026-0001 '<form>psikis</form>'
fill_by_qpdf known.pdf late.pdf 'Korban: Agama/kepercayaan' 'u:Katolik'
exits 20 'changed meanwhile' naskah case import late.pdf $unlock --incomplete
hears 'Korban: Agama/kepercayaan sudah diubah'
exits 20 'of another case' naskah case import late.pdf $unlock --case KASUS-9
hears NSK-8032

# What cannot be taken is told by field and page, and nothing is stored.
fill f.pdf wrong.pdf victim.name=Contoh victim.birth-date=14-15-1990 \
    incident.date=kemarin
exits 20 'no dates' naskah case import wrong.pdf $unlock --incomplete
hears 'wrong.pdf, halaman 1: Korban: Tanggal lahir'
hears 'wrong.pdf, halaman 2: Peristiwa: Tanggal kejadian'
fill f.pdf wrong.pdf victim.name=Contoh victim.nik=12345
exits 20 'no NIK' naskah case import wrong.pdf $unlock --incomplete
hears 'wrong.pdf, halaman 1: '
hears 'Korban: NIK'
exits 0 'dry' naskah case import mupdf.pdf $unlock --incomplete --dry-run
exits 22 'no second case' naskah case show KASUS-2026-0002 $unlock

# A blank about one thing of a case adds one to it.
naskah -q doc form laporan-pemantauan --office sekadau -o m.pdf
fill m.pdf visit.pdf monitoring.new.date=22-11-2026 monitoring.new.safe=yes
for n in 1 2; do
    exits 0 'a visit' naskah case import visit.pdf $unlock \
        --case KASUS-2026-0001 --incomplete
    check 'has an id' case_says KASUS-2026-0001 "<monitoring id=\"monitoring-$n\""
done
check 'has a day' case_says KASUS-2026-0001 '<date>2026-11-22</date>'

# Refused, with the reason.
naskah -q doc blank $form --office sekadau -o blank.pdf
exits 20 'a paper, no form' naskah case import blank.pdf $unlock
hears NSK-8030
mutool create -o stranger.pdf /dev/null
exits 20 "a stranger's" naskah case import stranger.pdf $unlock
hears NSK-8030
sed 's|/Version(1)|/Version(0)|' mupdf.pdf > old.pdf
exits 24 'of another version' naskah case import old.pdf $unlock
hears NSK-8031
qpdf --encrypt a b 256 -- mupdf.pdf secret.pdf
exits 20 'encrypted' naskah case import secret.pdf $unlock
hears dienkripsi
qpdf --object-streams=generate mupdf.pdf streams.pdf
exits 20 'with object streams' naskah case import streams.pdf $unlock
hears NSK-6021
fill f.pdf g.pdf victim.religion=yes
sed 's|/T(religion)|/T(is-child)|' g.pdf > more.pdf
exits 20 'a field that is none of it' naskah case import more.pdf $unlock
hears 'bukan isian formulir ini'

cat > values.fdf << 'END'
%FDF-1.2
1 0 obj
<</FDF<</Fields[<</T(victim.name)/V(Teratai Contoh)>><</T(source)/V/surat>>
<</T(victim.disability.netra)/V/netra>>]>>>>
endobj
trailer
<</Root 1 0 R>>
%%EOF
END
pdftk f.pdf fill_form values.fdf output pdftk.pdf
exits 0 'filled in by pdftk' naskah case import pdftk.pdf $unlock \
    --incomplete
check 'name' case_says KASUS-2026-0002 '<name>Teratai Contoh</name>'
check 'choice' case_says KASUS-2026-0002 '<source>surat</source>'
check 'box' case_says KASUS-2026-0002 '<disability>netra</disability>'
done_testing
