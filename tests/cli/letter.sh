# The main job, end to end: case, letter, signature, archive, dossier.
. "$NK_ROOT/tests/support/cli.sh"
new_archive

exits 0 'case add' naskah case add $unlock "$cases/tanjungpinang-diakritik.xml"
says 'KASUS-2026-0042 tersimpan'
exits 0 'case list' naskah case list --plain $unlock
check 'one line' test "$(wc -l < out)" = 1
exits 0 'case show' naskah case show KASUS-2026-0042 $unlock
check 'is what was stored' cmp out "$cases/tanjungpinang-diakritik.xml"

# A draft leaves no trace in the archive.
exits 0 'doc fill' naskah doc fill surat-rujukan-kesehatan \
    --case KASUS-2026-0042 -o draf.pdf $unlock
exits 0 'doc list' naskah doc list $unlock --plain
says 'Tidak ada naskah yang cocok'
exits 0 'issue, dry' naskah doc fill surat-rujukan-kesehatan \
    --case KASUS-2026-0042 --issue --dry-run -o a.pdf $key $unlock
says '/1/5.6.04/2026'
check 'nothing was written' test ! -e a.pdf
exits 0 'doc list' naskah doc list $unlock --plain
says 'Tidak ada naskah yang cocok'

exits 0 'issue' naskah doc fill surat-rujukan-kesehatan \
    --case KASUS-2026-0042 --issue -o surat.pdf $key $unlock
exits 0 'issue, json' naskah doc fill surat-rujukan-kesehatan --json \
    --case KASUS-2026-0042 --issue -o surat-2.pdf $key $unlock
check 'the second id' test "$(json out data.id)" = 2
case $(json out data.number) in
*/2/5.6.04/2026) check 'the second number' true ;;
*) check 'the second number' false ;;
esac
exits 0 'doc list' naskah doc list $unlock --plain
check 'two lines' test "$(wc -l < out)" = 2

exits 0 'doc show' naskah doc show 1 -o kembali.pdf $unlock
check 'byte for byte' cmp surat.pdf kembali.pdf
exits 0 'doc show to standard output' naskah doc show 1 -o - $unlock
check 'byte for byte' cmp surat.pdf out
exits 0 'doc text' naskah doc text surat-rujukan-kesehatan \
    --case KASUS-2026-0042 $unlock
says 'Dengan ini kami merujuk'
exits 0 'doc text as HTML' naskah doc text surat-rujukan-kesehatan --html \
    --case KASUS-2026-0042 $unlock
says '<!doctype html>'

exits 0 'doc verify' naskah doc verify surat.pdf --ca "$pki/ca.pem"
says 'SAH'
exits 0 'doc verify of the archive' naskah doc verify 2 --ca "$pki/ca.pem" \
    $unlock
exits 21 'a signer nobody vouches for' naskah doc verify surat.pdf
says 'penanda tangan dikenal: tidak'

# One byte turned over, one appended, one cut off.
middle=$(($(wc -c < surat.pdf) / 2))
head -c $middle surat.pdf > balik.pdf
head -c $((middle + 1)) surat.pdf | tail -c 1 |
    LC_ALL=C tr '\000-\177\200-\377' '\200-\377\000-\177' >> balik.pdf
tail -c +$((middle + 2)) surat.pdf >> balik.pdf
check 'one byte differs' test "$(cmp -l surat.pdf balik.pdf | wc -l)" = 1
exits 21 'a flipped byte' naskah doc verify balik.pdf --ca "$pki/ca.pem"
{ cat surat.pdf; echo; } > tambah.pdf
exits 21 'an appended byte' naskah doc verify tambah.pdf --ca "$pki/ca.pem"
head -c -1 surat.pdf > potong.pdf
exits 21 'a byte cut off' naskah doc verify potong.pdf --ca "$pki/ca.pem"

exits 0 'search by number' naskah archive search --plain $unlock \
    --number "$(naskah doc list --json $unlock > l; json l data.0.number)"
check 'one line' test "$(wc -l < out)" = 1
exits 0 'search by case' naskah archive search --plain $unlock \
    --case KASUS-2026-0042
check 'two lines' test "$(wc -l < out)" = 2
exits 0 'search by what is not there' naskah archive search --plain $unlock \
    --from 2027-01-01
says 'Tidak ada naskah yang cocok'

exits 0 'archive verify' naskah archive verify $unlock
exits 0 'archive stats' naskah archive stats --json $unlock
check 'two papers' test "$(json out data.papers)" = 2

exits 0 'dossier export' naskah dossier export KASUS-2026-0042 -o berkas $unlock
check 'sums of the bag' sh -c 'cd berkas && sha256sum -c --quiet manifest-sha256.txt'
check 'sums of the tags' sh -c 'cd berkas && sha256sum -c --quiet tagmanifest-sha256.txt'
check 'the letter is in it' sh -c 'cmp surat.pdf berkas/data/papers/0001-*.pdf'
check 'the record is in it' cmp berkas/data/record.xml \
    "$cases/tanjungpinang-diakritik.xml"
exits 24 'not over one that is there' naskah dossier export KASUS-2026-0042 \
    -o berkas $unlock
done_testing
