# A template from its beginning to its place among the others: new, check,
# preview, diff, and installed.
. "$NK_ROOT/tests/support/cli.sh"

# ---- Beginning ---------------------------------------------------------------

exits 0 'new' naskah template new surat-keterangan
says 'surat-keterangan dibuat'
silent
check 'it has its name' grep -q ' id="surat-keterangan" version="1"' \
    surat-keterangan/template.xml
check 'and a sample' test -s surat-keterangan/sample.xml
exits 24 'not over one that is there' naskah template new surat-keterangan
hears 'Folder surat-keterangan sudah ada'
for id in Surat 'surat keterangan' ../surat -surat surat.xml \
    a234567890123456789012345678901234567890123456789012345678901; do
    exits 20 "no id: $id" naskah template new -- "$id"
    hears 'tidak dapat menjadi kode templat'
done
exits 0 'new, elsewhere' naskah template new surat-lain -o tempat/dalam --json
check 'there' test "$(json out data.folder)" = tempat/dalam/surat-lain
check 'is a template' test -s tempat/dalam/surat-lain/template.xml
exits 0 'new, dry' naskah template new surat-kering --dry-run
check 'nothing was made' test ! -e surat-kering

exits 0 'new, like another' naskah template new tugas-saya \
    --kind surat-tugas-pendamping
check 'all of its samples' test "$(ls tugas-saya | wc -l)" = 4
check 'version 1 of its own' grep -q ' id="tugas-saya" version="1"' \
    tugas-saya/template.xml
exits 0 'new, like a file' naskah template new tugas-kami \
    --kind tugas-saya/template.xml
exits 22 'like nothing there is' naskah template new x --kind surat-tugas-pendampin
hears 'surat-tugas-pendamping'
check 'nothing was made' test ! -e x

# ---- Checking ------------------------------------------------------------------

exits 0 'check' naskah template check surat-keterangan/template.xml
says '1 diperiksa, 1 benar.'
check 'with its sample' grep -q 'surat-keterangan/sample.xml:[0-9]*:[0-9]*: ' err
sed 's/victim\/name/victim\/nam/; s/<p>Dengan/<p sise="3pt">Dengan/' \
    surat-keterangan/template.xml > surat-keterangan/salah.xml
exits 20 'every mistake' naskah template check surat-keterangan/salah.xml
hears 'salah.xml:15:6: Atribut sise'
hears 'salah.xml:17:12: Isian nam tidak ada; maksud Anda name?'
sed 's/Mawar/\&/' surat-keterangan/sample.xml > tempat/sample.xml
cp surat-keterangan/template.xml tempat
exits 20 'a broken sample' naskah template check tempat/template.xml
hears 'tempat/sample.xml:'

# ---- Looking at it ---------------------------------------------------------------

exits 0 'preview' naskah template preview tugas-saya/template.xml -o lihat
says 'lihat/tugas-saya-blangko.pdf: 1 halaman.'
ls lihat > made
check 'a blank, and each sample twice' diff made - << 'END'
tugas-saya-blangko.pdf
tugas-saya-setengah-2.pdf
tugas-saya-setengah-3.pdf
tugas-saya-setengah.pdf
tugas-saya-terisi-2.pdf
tugas-saya-terisi-3.pdf
tugas-saya-terisi.pdf
END
check 'each remark is told once' sh -c 'sort err | uniq -d | { ! grep .; }'
for file in lihat/*.pdf; do
    check "$file" qpdf --check "$file"
done
pdftotext lihat/tugas-saya-blangko.pdf blangko
check 'a blank of the office of the sample' grep -q TANJUNGPINANG blangko
exits 0 'preview of one that is installed' naskah template preview \
    surat-tugas-pendamping -o lihat-2 --office sekadau --json
check 'seven' test "$(json out data.6)" = lihat-2/surat-tugas-pendamping-terisi-3.pdf
pdftotext lihat-2/surat-tugas-pendamping-blangko.pdf blangko
check 'a blank of that office' grep -q SEKADAU blangko
mkdir sendiri
cp tugas-saya/template.xml sendiri
exits 22 'without a sample' naskah template preview sendiri/template.xml
hears 'belum punya contoh'

# ---- What is printed otherwise ----------------------------------------------------

exits 0 'no difference' naskah template diff tugas-saya/template.xml \
    tugas-kami/template.xml
says 'Cetakannya sama.'
sed -i 's/<!--.*-->/<!-- Another comment. -->/' tugas-kami/template.xml
exits 0 'nobody sees a comment' naskah template diff tugas-saya/template.xml \
    tugas-kami/template.xml
says 'Cetakannya sama.'
sed -i 's/MENUGASKAN/MEMERINTAHKAN/; s/<p after="3pt" keep[^/]*Kepada:<\/p>//
    s/penuh tanggung jawab/tanggung jawab/' tugas-kami/template.xml
exits 0 'diff' naskah template diff tugas-saya/template.xml tugas-kami/template.xml
sed -n '1,/^= sample-2/p' out > first
check 'line by line' diff first - << 'END'
= sample.xml
- MENUGASKAN
- Kepada:
+ MEMERINTAHKAN
- Surat tugas ini dibuat untuk dilaksanakan dengan penuh tanggung jawab.
+ Surat tugas ini dibuat untuk dilaksanakan dengan tanggung jawab.
= sample-2.xml
END
says '= blangko'
silent
exits 0 'diff, to a file' naskah template diff tugas-saya/template.xml \
    tugas-kami/template.xml -o beda --json
check 'the file has it' grep -q '^+ MEMERINTAHKAN' beda
exits 22 'nothing to compare with' naskah template diff surat-tugas-pendamping tidak.xml

# ---- Installed -----------------------------------------------------------------------

mkdir -p data
cp -r "$root/schemas" "$root/templates" data
cp -r surat-keterangan data/templates/documents
rm data/templates/documents/surat-keterangan/salah.xml
NASKAH_DATA=$PWD/data
export NASKAH_DATA
exits 0 'check by its id' naskah template check surat-keterangan
naskah template list --plain > list
check 'it is one of them' grep -q '^surat-keterangan	Surat Keterangan Pendampingan$' list
exits 0 'used' naskah doc fill surat-keterangan --case surat-keterangan/sample.xml -o s.pdf
check 'made' qpdf --check s.pdf
done_testing
