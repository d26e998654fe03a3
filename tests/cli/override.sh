# A letter without the consent it needs: refused, and issued all the same by
# who heads the office, with a reason that the office's copy tells.
. "$NK_ROOT/tests/support/cli.sh"
new_archive
sample=$root/templates/documents/surat-rujukan-hukum/sample.xml
reason='Klien dirawat tidak sadar dan harus segera didampingi advokat'

# The consent ran out the day before.
sed 's/<until>[0-9-]*</<until>2026-11-22</; s/number="[^"]*"/number="KASUS-2026-6001"/' \
    "$sample" > habis.xml
sed 's/number="[^"]*"/number="KASUS-2026-6002"/' "$sample" > berlaku.xml
naskah -q case add $unlock habis.xml berlaku.xml 2> /dev/null
fill="naskah doc fill surat-rujukan-hukum --case KASUS-2026-6001 $unlock"

says_nothing_filed() {
    naskah doc list --plain $unlock > list
    check 'nothing was filed' grep -q 'Tidak ada naskah' list
    check 'nothing was written' test ! -e surat.pdf
}

# ---- Refused ---------------------------------------------------------------

exits 20 'without consent' $fill --issue -o surat.pdf
hears 'Tidak ada persetujuan klien untuk'
hears 'persetujuan-berbagi-informasi'
for word in '' ' ' darurat 'darurat darurat darurat darurat' 'a b c d e f g h i j k l m n' \
    '.....................' "$(printf 'alasan yang panjang %0600d' 1)"; do
    exits 20 "no reason: $(printf %.30s "$word")" $fill --issue -o surat.pdf --override "$word"
    hears 'belum berupa kata-kata'
done
exits 2 'a draft' $fill -o surat.pdf --override "$reason"
hears 'hanya dipakai saat terbit'
exits 20 'where there is a consent' naskah doc fill surat-rujukan-hukum \
    --case KASUS-2026-6002 $unlock --issue -o surat.pdf --override "$reason"
hears 'dapat terbit dengan persetujuan yang ada'
exits 23 'by somebody who signs a.n.' $fill --issue -o surat.pdf \
    --signer lontar --override "$reason"
hears 'tidak berwenang menerbitkan tanpa persetujuan'
hears 'kepala kantor'
exits 0 'dry' $fill --issue -o surat.pdf --override "$reason" --dry-run
says_nothing_filed

# ---- Issued ------------------------------------------------------------------

exits 0 'issued' $fill --issue -o surat.pdf --override "$reason"
says 'alasannya di salinan arsip nomor 2'
naskah doc list --plain $unlock > list
check 'the letter and the copy' test "$(wc -l < list)" = 2
check 'the copy is called so' grep -q 'salinan arsip' list
naskah -q doc show 1 -o kembali.pdf $unlock
check 'the letter is the first' cmp surat.pdf kembali.pdf
naskah -q doc show 2 -o arsip.pdf $unlock
for file in surat arsip; do
    pdftotext -layout $file.pdf - | tr -s ' \n' '  ' > $file.txt
    check "$file: whole" qpdf --check $file.pdf
    check "$file: judged" "$NK_BUILD/tests/conform/conform" $file.pdf
    check "$file: the name" grep -q 'Mawar Contoh' $file.txt
    check "$file: no row without a value" sh -c "! grep -q 'Persetujuan klien' $file.txt"
    qpdf --qdf --object-streams=disable $file.pdf $file.qdf
done
check 'the copy tells why' grep -qF "Alasan: $reason" arsip.txt
check 'and who' grep -q 'Diputuskan oleh .*Kesambi Contoh.* 23 November 2026' arsip.txt
check 'the same number' test "$(grep -o 'Nomor : [^ ]*' surat.txt)" = \
    "$(grep -o 'Nomor : [^ ]*' arsip.txt)"
check 'two files' sh -c "[ \"\$(grep -a /ID surat.pdf)\" != \"\$(grep -a /ID arsip.pdf)\" ]"
for word in 'tidak sadar' 'UNTUK PENERIMA' 'Diputuskan oleh'; do
    check "nowhere in the letter: $word" sh -c "! grep -qai '$word' surat.qdf surat.txt"
done
exits 0 'the archive is whole' naskah archive verify $unlock

# Signed in the file, with the next number; and as JSON.
sed 's/<until>[0-9-]*</<until>2026-11-22</; s/number="[^"]*"/number="KASUS-2026-6004"/' \
    "$root/templates/documents/surat-rujukan-psikologi/sample.xml" > sah.xml
naskah -q case add $unlock sah.xml 2> /dev/null
exits 0 'signed' naskah doc fill surat-rujukan-psikologi --case KASUS-2026-6004 \
    $unlock --issue -o sah.pdf --override "$reason" $key --json
check 'the third' test "$(json out data.id)" = 3
check 'its copy' test "$(json out data.officeCopy)" = 4
exits 0 'and whole' naskah doc verify sah.pdf --ca "$pki/ca.pem"
naskah -q doc show 4 -o arsip.pdf $unlock
check 'the copy is not signed' sh -c "! pdfsig arsip.pdf | grep -q 'Signature #1'"
exits 0 'a dossier has both' naskah dossier export KASUS-2026-6001 -o berkas $unlock
check 'two papers' test "$(ls berkas/data/papers/*.pdf | wc -l)" = 2
exits 0 'with consent nothing is told' naskah doc fill surat-rujukan-hukum \
    --case KASUS-2026-6002 $unlock --issue -o biasa.pdf --json
check 'no copy' test "$(json out data.officeCopy)" = undefined

# Acting heads may as well.
sed 's/<until>[0-9-]*</<until>2026-11-22</; s/number="[^"]*"/number="KASUS-2026-6003"/' \
    "$root/templates/documents/surat-rujukan-sosial/sample.xml" > plt.xml
naskah -q case add $unlock plt.xml 2> /dev/null
exits 0 'Plt.' naskah doc fill surat-rujukan-sosial --case KASUS-2026-6003 $unlock \
    --issue -o plt.pdf --override "$reason"
done_testing
