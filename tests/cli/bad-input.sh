# Input that cannot be used: each time a plain word, the exit status of the
# manual, nothing on standard output, no new file, and an archive as it was.
. "$NK_ROOT/tests/support/cli.sh"
letter=surat-rujukan-kesehatan
record=$cases/tanjungpinang-diakritik.xml
form=formulir-pengaduan
new_archive
exits 0 'a case to begin with' naskah case add $unlock "$record"
exits 0 'a letter to begin with' naskah doc fill $letter --issue $unlock \
    --case KASUS-2026-0042 -o surat.pdf $key
exits 0 'a draft to begin with' naskah doc fill $letter --case "$record" \
    --signing electronic -o draf.pdf
naskah archive stats --json $unlock > before
counts="$(json before data.cases) $(json before data.versions)
$(json before data.papers)"

files_here() {
    find . ! -path './arsip/*' ! -name '*.db-*' ! -name out ! -name err \
        ! -name tree | sort
}

# The end of err: what, where, what to do.
three_lines() {
    tail -n 3 err > last
    [ "$(wc -l < last)" = 3 ] && ! grep -qx ' *' last &&
        head -n 1 last | grep -qE '^naskah: galat NSK-[0-9]+: [a-z]'
}

refused() { # STATUS WHAT COMMAND...
    want=$1 why=$2
    shift 2
    : > last
    files_here > tree
    exits "$want" "$why" "$@"
    three_lines && [ ! -s out ] && files_here | cmp -s - tree
    report $? '... in three lines, and nothing left'
}

unharmed() { # WHEN
    naskah archive stats --json $unlock > after
    check "$1: the archive is whole" naskah archive verify $unlock
    check "$1: holds what it held" test "$counts" = \
        "$(json after data.cases) $(json after data.versions)
$(json after data.papers)"
}

# ---- XML that is none -------------------------------------------------------

add() { # STATUS WHAT FILE
    refused "$1" "$2" naskah case add $unlock "$3"
}

: > kosong.xml
add 20 'an empty file' kosong.xml
hears 'kosong.xml: Berkas kosong'
head -c 900 "$record" > putus.xml
add 20 'a file that breaks off' putus.xml
hears 'putus.xml:25:5: Elemen address tidak ditutup.'
echo '<case xmlns="urn:naskah:case:1"></kasus>' > tutup.xml
add 20 'tags that do not match' tutup.xml
hears 'tutup.xml:1:'
{ cat "$record"; head -c 4300000 /dev/zero | tr '\0' ' '; } > besar.xml
add 20 'a huge file' besar.xml
hears '4194304'
{
    echo '<case xmlns="urn:naskah:case:1">'
    awk 'BEGIN { for (i = 0; i < 100000; i++) printf "<a>" }'
} > dalam.xml
add 20 'elements without end inside each other' dalam.xml
hears '64 tingkat'
awk 'BEGIN { printf "<case xmlns=\"urn:naskah:case:1\">"
    for (i = 0; i < 300000; i++) printf "<a/>"; print "</case>" }' > banyak.xml
add 20 'elements without number' banyak.xml
awk 'BEGIN { print "<!DOCTYPE a [<!ENTITY e0 \"ha\">"
    for (i = 1; i < 30; i++)
        printf "<!ENTITY e%d \"&e%d;&e%d;&e%d;\">\n", i, i-1, i-1, i-1
    print "]><case xmlns=\"urn:naskah:case:1\">&e29;</case>" }' > tawa.xml
add 20 'a billion laughs' tawa.xml
hears 'DOCTYPE'
echo rahasia-setempat > rahasia.txt
printf '<!DOCTYPE a [<!ENTITY x SYSTEM "rahasia.txt">]><case>&x;</case>' > luar.xml
add 20 'an external entity' luar.xml
check 'it was not read' sh -c '! grep -q rahasia-setempat err'
printf '<!DOCTYPE a [<!ENTITY %% x SYSTEM "rahasia.txt">%%x;]><case/>' > isi.xml
add 20 'a parameter entity' isi.xml
printf '<!DOCTYPE case SYSTEM "http://127.0.0.1:9/a.dtd"><case/>' > jauh.xml
add 20 'a DTD elsewhere' jauh.xml
sed 's/&/\&amp;/; s/<source>.*</<source>\&tak-ada;</' "$record" > entitas.xml
add 20 'an entity nobody declared' entitas.xml
printf '<case xmlns="urn:naskah:case:1"><a>\377\376</a></case>' > latin.xml
add 20 'what is not UTF-8' latin.xml
hears 'UTF-8'
iconv -f UTF-8 -t UTF-16 "$record" > lebar.xml
add 20 'UTF-16' lebar.xml
sed 's/UTF-8/ISO-8859-1/' "$record" > sandi.xml
add 20 'another encoding' sandi.xml
printf '<case xmlns="urn:naskah:case:1"><a>x\000y</a></case>' > nol.xml
add 20 'a NUL' nol.xml
head -c 3000 /dev/urandom > acak.xml
add 20 'noise' acak.xml
add 26 'a folder' .
add 20 'a device without end' /dev/zero
add 20 'an empty device' /dev/null
add 22 'a file that is not there' tidak-ada.xml
check 'all or nothing' sh -c "! naskah -q case add $unlock nol.xml '$record'"
unharmed 'after broken XML'

# ---- Records that break a rule ----------------------------------------------

sed 's/<kind>/<knid>/; s/<\/kind>/<\/knid>/; s/<occupation>/<okupasi>/
    s/<\/occupation>/<\/okupasi>/' "$record" > asing.xml
add 20 'elements unknown' asing.xml
hears 'asing.xml:7:3: Isian knid tidak dikenal; maksud Anda kind?'
hears 'okupasi tidak dikenal'
sed 's/<victim>/<victim umur="3">/; s/ opened=/ opend=/' "$record" > atribut.xml
add 20 'attributes unknown' atribut.xml
hears 'umur'
hears 'opend'
sed 's/<birth-date>1995.*</<birth-date>kemarin</; s/<marital>.*</<marital>ya</
    s/<enclosures>.*</<enclosures>dua</; s/opened="[^"]*"/opened="besok"/' \
    "$record" > jenis.xml
add 20 'values of another type' jenis.xml
hears 'jenis.xml:6:81: Isian Tanggal register bukan tanggal dan jam'
hears 'jenis.xml:17:5: Isian Tanggal lahir bukan tanggal'
hears 'Pilih salah satu: belum-kawin,'
sed '/^    <name>/d; /^  <officer>/d; /^  <source>/d' "$record" > kurang.xml
add 20 'required fields missing' kurang.xml
for label in 'kurang.xml:6:1: Isian Petugas' \
    'kurang.xml:10:3: Isian Korban: Nama lengkap wajib diisi.' \
    'Pelapor: Nama lengkap wajib diisi.' \
    'Terlapor: Nama lengkap wajib diisi.'; do
    hears "$label"
done
exits 0 'stored though not complete, dry' naskah case add $unlock --dry-run \
    --incomplete kurang.xml
sed 's/office="[^"]*"/office="atlantis"/' "$record" > kantor.xml
add 22 'an office unknown' kantor.xml
hears 'atlantis'
sed 's/number="[^"]*"/number="..\/..\/etc"/' "$record" > nomor.xml
add 20 'a number that is a path' nomor.xml

# A NIK that says otherwise is a word to the clerk, never a wall.
sed '0,/<birth-date>.*</s//<birth-date>1970-05-05</' "$record" > lahir.xml
exits 0 'a NIK of another birth date' naskah case add $unlock --dry-run lahir.xml
hears 'lahir.xml:15:5: perhatian: NIK memuat tanggal lahir yang lain.'
sed '0,/<sex>P</s//<sex>L</' "$record" > kelamin.xml
exits 0 'a NIK of another sex' naskah case add $unlock --dry-run kelamin.xml
hears 'kelamin.xml:15:5: perhatian: NIK memuat jenis kelamin yang lain.'
unharmed 'after bad records'

# ---- Tables -----------------------------------------------------------------

import() { # STATUS WHAT FILE [OPTION...]
    want=$1 why=$2 file=$3
    shift 3
    refused "$want" "$why" naskah case import $unlock "$file" "$@"
}
import 22 'no table' tidak-ada.csv
import 26 'a folder for a table' .
printf 'victim/nama,kind\nMelati,kdrt\n' > kolom.csv
exits 3 'a column that leads nowhere' naskah case import $unlock kolom.csv
hears 'kolom.csv:1: Kolom victim/nama menuju isian victim/nama yang tidak ada'
awk 'BEGIN { for (i = 0; i < 300; i++) printf "a,"; print "b" }' > lebar.csv
import 20 'too many columns' lebar.csv
printf 'kind,victim/name\nkdrt,"Melati\n' > kutip.csv
import 20 'a quote without its end' kutip.csv --office tanjungpinang
hears 'kutip.csv:2: Tanda petik yang dibuka di baris ini'
printf 'kind\n\000\n' > nol.csv
exits 3 'a table with NUL' naskah case import $unlock nol.csv --office sekadau
printf 'kind\nkdrt\n' > peta.csv
printf '\377\n' > peta.map
import 20 'a map that is not UTF-8' peta.csv --map peta.map
unharmed 'after bad tables'

# ---- Templates --------------------------------------------------------------

cp -r "$root/schemas" "$root/templates" .
export NASKAH_DATA=$PWD
head='<template xmlns="urn:naskah:template:1" id="uji" version="1" lang="id"
 family="korespondensi" to="health-service"><title>Uji</title>'
echo '<part xmlns="urn:naskah:template:1" id="putar"><include part="kitar"/></part>' \
    > templates/parts/putar.xml
echo '<part xmlns="urn:naskah:template:1" id="kitar"><include part="putar"/></part>' \
    > templates/parts/kitar.xml
nested() { # TIMES SELECT
    awk -v n="$1" -v s="$2" 'BEGIN {
        for (i = 0; i < n; i++) printf "<for-each select=\"%s\">", s
        print "<p>x</p>"; while (i-- > 0) printf "</for-each>" }'
}
fill() { # STATUS WHAT TEMPLATE [OPTION...]
    want=$1 why=$2 file=$3
    shift 3
    refused "$want" "$why" naskah doc fill "$file" --case "$record" -o x.pdf "$@"
}
echo "$head<include part='putar'/></template>" > putar.xml
refused 20 'parts that include each other' naskah template check putar.xml
hears 'memuat dirinya sendiri'
echo "$head$(nested 7 '//*|//@*')</template>" > tak-selesai.xml
fill 20 'loops in loops' tak-selesai.xml
echo "$head$(nested 80 'victim')</template>" > terlalu-dalam.xml
fill 20 'loops without end inside each other' terlalu-dalam.xml
echo "$head<p><value-of select=\"count(//*[count(//*[count(//*) > 1]) > 1])\"/></p>\
</template>" > berat.xml
fill 20 'an expression that would never end' berat.xml
hears 'berat.xml:2:'
echo "$head<p><valu-of select='victim'/><value-of select='victim/nama'/>\
<value-of select='(('/></p><if><p/></if></template>" > salah.xml
fill 20 'all mistakes of a template' salah.xml
hears 'valu-of'
hears 'Isian nama tidak ada; maksud Anda name?'
hears '"(("'
hears 'salah.xml:2:'
hears 'Elemen if memerlukan atribut test.'
fill 20 'a template that is a record' "$record"
fill 22 'a template mistyped' surat-rujukan-kesehatn
hears 'maksud Anda surat-rujukan-kesehatan?'
fill 22 'a template that is a path' ../../etc/passwd
unset NASKAH_DATA
rm -r schemas templates

# What does not fit its box is named, by how much, and nothing is printed.
awk '/<victim>/ { v = 1 } v && /<occupation>/ { v = 0
    printf "    <occupation>"; for (i = 0; i < 36; i++) printf "Wiraswasta "
    print "</occupation>"; next } { print }' "$record" > penuh.xml
refused 20 'a box that is too small' naskah doc fill $form --case penuh.xml \
    -o x.pdf
hears 'Pekerjaan'
hears 'lebih panjang dari tempatnya'
hears 'Singkatkan sekitar'
sed 's/Renée/Ren\xe4\xb8\xad/' "$record" > huruf.xml
refused 20 'a letter the font lacks' naskah doc fill $letter --case huruf.xml \
    -o x.pdf
hears 'U+4E2D'
hears 'Nama lengkap'

# ---- Keys -------------------------------------------------------------------

issue() { # STATUS WHAT KEY PASSWORD-FILE
    refused "$1" "$2" naskah doc fill $letter --case KASUS-2026-0042 --issue \
        -o x.pdf $unlock --key "$3" --key-password-file "$4"
}
word=$pki/password.txt
printf 'salah' > salah.txt
issue 12 'a wrong passphrase' "$pki/rsa2048.p12" salah.txt
issue 12 'an expired certificate' "$pki/expired.p12" "$word"
issue 12 'a certificate not yet valid' "$pki/early.p12" "$word"
issue 20 'a key without its certificate' "$pki/mismatch.p12" "$word"
issue 20 'no certificate' "$pki/nocert.p12" "$word"
issue 23 'the certificate of somebody else' "$pki/p384.p12" "$word"
issue 20 'a key file that is none' "$record" "$word"
head -c 700 "$pki/rsa2048.p12" > putus.p12
issue 20 'half a key file' putus.p12 "$word"
issue 22 'no password file' "$pki/rsa2048.p12" tidak-ada.txt
refused 12 'not the archive key' naskah doc list --key-file salah.txt
refused 20 'not a key file at all' naskah doc list --key-file "$record"
refused 12 'not the archive password' naskah doc list --password-file salah.txt
unharmed 'after bad keys'

# ---- PDFs to be signed ------------------------------------------------------

sign() { # STATUS WHAT FILE
    refused "$1" "$2" naskah doc sign "$3" $key -o x.pdf
}
qpdf --encrypt '' owner 256 -- draf.pdf terkunci.pdf
sign 20 'an encrypted PDF' terkunci.pdf
qpdf --encrypt user owner 128 --use-aes=y -- draf.pdf terkunci2.pdf
sign 20 'a PDF with a password' terkunci2.pdf
qpdf --object-streams=generate draf.pdf asing.pdf
sign 20 'a PDF written anew' asing.pdf
mutool create -o lain.pdf /dev/null 2> /dev/null
sign 20 'a foreign PDF' lain.pdf
for part in 10 1000 20000 $(($(wc -c < draf.pdf) - 100)); do
    head -c "$part" draf.pdf > putus.pdf
    sign 21 "the first $part bytes of a PDF" putus.pdf
done
sign 20 'an empty PDF' kosong.xml
sign 20 'XML for a PDF' "$record"
sign 26 'a folder for a PDF' arsip
sign 20 'a device for a PDF' /dev/zero
refused 22 'a PDF without a free place' naskah doc sign surat.pdf $key -o x.pdf
exits 21 'half a PDF to verify' naskah doc verify putus.pdf --ca "$pki/ca.pem"
refused 20 'a CA file that is none' naskah doc verify surat.pdf --ca "$record"

# ---- Where nothing can be written -------------------------------------------

out() { # STATUS WHAT FILE
    refused "$1" "$2" naskah doc fill $letter --case "$record" -o "$3"
}
out 26 'a full disk' /dev/full
check 'the device is still one' test -c /dev/full
out 22 'a folder that is not there' tidak/ada/x.pdf
hears 'Folder tidak/ada tidak ada.'
out 26 'a folder for a file' arsip
out 26 'a file for a folder' draf.pdf/x.pdf
exits 26 'a full standard output' sh -c \
    "naskah doc fill $letter --case '$record' -o - > /dev/full"
exits 26 'a full standard output, a list' sh -c \
    'naskah template list > /dev/full'
exits 0 'a device that takes all' naskah -q doc fill $letter --case "$record" \
    -o /dev/null
check 'is still a device' test -c /dev/null

limited() { # STATUS WHAT BLOCKS COMMAND...
    want=$1 why=$2 blocks=$3
    shift 3
    # shellcheck disable=SC2016
    refused "$want" "$why" sh -c 'trap "" XFSZ; ulimit -f "$1"; shift; "$@"' \
        sh "$blocks" "$@"
}
limited 26 'a file larger than allowed' 20 naskah doc fill $letter \
    --case "$record" -o x.pdf
limited 26 'an archive larger than allowed' 8 naskah case add $unlock "$record"
limited 26 'a letter filed beyond the limit' 8 naskah doc fill $letter --issue \
    --case KASUS-2026-0042 -o x.pdf $unlock $key
limited 26 'a batch beyond the limit' 8 naskah batch run $letter $unlock $key \
    --office tanjungpinang
unharmed 'after the limit'

small=$PWD/kecil
mkdir kecil
room=$(($(du -sk arsip | cut -f 1) + 400))
if mount -t tmpfs -o size=${room}k tmpfs "$small" 2> /dev/null; then
    trap 'umount "$small"' EXIT
    cp -r arsip kecil/arsip
    cat /dev/zero > kecil/isi 2> /dev/null
    export NASKAH_ARCHIVE=kecil/arsip
    exits 26 'a disk that is full' naskah case add $unlock "$record"
    check 'in three lines' three_lines
    exits 26 'a letter to a full disk' naskah doc fill $letter --issue \
        --case KASUS-2026-0042 -o kecil/x.pdf $unlock $key
    check 'no half a letter' sh -c '! ls -A kecil | grep x.pdf'
    rm kecil/isi
    unharmed 'after a full disk'
    exits 0 'room again' naskah case add $unlock --dry-run "$record"
    export NASKAH_ARCHIVE=arsip
    umount "$small"
    trap - EXIT
else
    test_n=$((test_n + 1))
    echo "ok $test_n - a disk that is full # SKIP no right to mount"
fi

# Rights are for users; root goes without those that let it pass them by.
if [ "$(id -u)" = 0 ]; then
    bare='setpriv --inh-caps=-all --bounding-set=-all'
else
    bare=
fi
chmod 500 arsip
chmod 400 arsip/*
# shellcheck disable=SC2086
{
    refused 26 'an archive that can only be read' $bare naskah case add \
        $unlock "$record"
    refused 26 'no letter either' $bare naskah doc fill $letter --issue \
        --case KASUS-2026-0042 -o x.pdf $unlock $key
    chmod 000 kunci.key
    refused 26 'a key file that is shut' $bare naskah doc list $unlock
    chmod 600 kunci.key
    mkdir tertutup
    chmod 500 tertutup
    refused 26 'a folder that can only be read' $bare naskah doc fill $letter \
        --case "$record" -o tertutup/x.pdf
    refused 26 'no dossier either' $bare naskah dossier export $unlock \
        KASUS-2026-0042 -o tertutup/berkas
}
chmod 700 arsip
chmod 600 arsip/*
unharmed 'after rights'

# ---- Archives ---------------------------------------------------------------

# The writer has the archive open and waits for the record.
mkfifo pipa
naskah case add $unlock pipa > /dev/null 2> sibuk &
writer=$!
tries=0
while [ $tries -lt 100000 ]; do
    grep -q ":$(stat -c %i arsip/lock) " /proc/locks && break
    tries=$((tries + 1))
done
refused 11 'an archive another program writes' naskah case add $unlock "$record"
refused 11 'no batch either' naskah batch run $letter $unlock \
    --office tanjungpinang
exits 0 'reading goes on' naskah doc list $unlock
: > pipa
wait $writer
check 'the writer met an empty record' grep -q 'NSK-2001' sibuk
exits 0 'free again' naskah case add $unlock --dry-run "$record"

cp -r arsip baru
for file in naskah.db keys.db; do
    printf '\000\000\000\002' |
        dd of=baru/$file bs=1 seek=60 conv=notrunc 2> /dev/null
done
refused 20 'an archive of a newer naskah' naskah doc list $unlock --archive baru
hears 'versi 2'
refused 10 'a folder without an archive' naskah doc list $unlock --archive .
refused 10 'a file for an archive' naskah doc list $unlock --archive draf.pdf
cp -r arsip palsu
cp "$record" palsu/naskah.db
refused 21 'a file that is no database' naskah doc list $unlock --archive palsu
: > palsu/naskah.db
refused 21 'an empty database' naskah doc list $unlock --archive palsu
rm palsu/naskah.db
refused 10 'no database' naskah doc list $unlock --archive palsu
cp arsip/naskah.db palsu/naskah.db
rm palsu/keys.db
refused 21 'an archive without its keys' naskah doc list $unlock --archive palsu
refused 24 'a new archive over an old one' naskah init --key-file lagi.key
refused 26 'a new archive where a file is' naskah init --archive draf.pdf \
    --key-file lagi.key
unharmed 'in the end'
exits 0 'the letter is what it was' naskah doc show 1 -o lagi.pdf $unlock
check 'byte for byte' cmp surat.pdf lagi.pdf
done_testing
