# Each exit status of the manual, and the three lines that go with it.
. "$NK_ROOT/tests/support/cli.sh"
letter=surat-rujukan-kesehatan
record=$cases/tanjungpinang-diakritik.xml

exits 10 'no archive named' naskah doc list
hears 'NASKAH_ARCHIVE'
exits 10 'no archive there' naskah doc list --archive tidak-ada --key-file k
new_archive
exits 0 'case add' naskah case add $unlock "$record"
silent_or_warnings() { ! grep -q 'galat' err; }
check 'only warnings' silent_or_warnings

exits 25 'would ask for the password' naskah doc list --no-input < /dev/null
printf 'salah' > salah.txt
exits 12 'wrong password' naskah doc list --password-file salah.txt
naskah -q init --archive lain --key-file lain.key
exits 12 'another key file' naskah doc list --key-file lain.key
exits 22 'no such key file' naskah doc list --key-file tidak-ada.key
exits 24 'an archive is there' naskah init $unlock
printf 'kata sandi yang panjang' > sandi.txt
exits 0 'an archive with a password' naskah init --archive sandi \
    --password-file sandi.txt
exits 0 'opened by it' naskah doc list --archive sandi --password-file sandi.txt
exits 0 'from standard input' sh -c \
    'naskah doc list --archive sandi --password-file - < sandi.txt'

exits 22 'no such case' naskah case show KASUS-1999-0001 $unlock
hears 'KASUS-1999-0001'
exits 22 'no such paper' naskah doc show 77 -o x.pdf $unlock
exits 22 'no such template' naskah doc blank tidak-ada --office sekadau
exits 22 'no such office' naskah doc blank $letter --office tidak-ada
exits 22 'no such record' naskah doc fill $letter --case tidak-ada.xml
exits 22 'no such file to verify' naskah doc verify tidak-ada.pdf
check 'three lines' test "$(wc -l < err)" = 3
exits 2 'no office' naskah doc blank $letter
exits 2 'no case' naskah doc fill $letter
exits 2 'a day that is none' naskah archive search --from 2026-02-30 $unlock
exits 2 'a key without issuing' naskah doc fill $letter --case "$record" $key
exits 2 'issuing half a paper' naskah doc fill $letter --half --issue \
    --case KASUS-2026-0042 $unlock
exits 2 'issuing from a file' naskah doc fill $letter --issue \
    --case "$record" $unlock
exits 0 'stored again, a new version' naskah case add "$record" $unlock

# What an option may be.
exits 2 'a language unknown' naskah doc list --lang jv
hears 'salah satu dari id|en'
exits 2 'a stage unknown' naskah doc fill $letter --case "$record" --dump apa
exits 2 'a way to sign unknown' naskah doc fill $letter --case "$record" \
    --signing=cap
exits 2 'ink and a key' naskah doc fill $letter --case KASUS-2026-0042 --issue \
    --signing wet $unlock $key
exits 2 'a month is no day' naskah doc fill $letter --case "$record" \
    --date 2026-11
exits 0 'but a time to search' naskah archive search --from 2026-11 $unlock
exits 2 'a number out of range' naskah doc list --limit 0 $unlock
exits 2 'a short option without its value' naskah doc list -o
hears 'Pilihan -o memerlukan nilai'
exits 2 'a word too many' naskah doc list semua $unlock
hears 'tidak memerlukan semua'
exits 2 'a case without a name' naskah doc fill $letter --case ''

# A new archive is made whole or not at all.
exits 0 'init, dry' naskah init --archive baru --key-file baru.key --dry-run
exits 24 'init where one is' naskah init --key-file baru.key
printf 'pendek' > pendek.txt
exits 20 'a short password' naskah init --archive baru --key-file baru.key \
    --password-file pendek.txt
check 'no key, no folder' test ! -e baru.key -a ! -e baru
exits 0 'key and password' naskah init --archive baru --key-file baru.key \
    --password-file sandi.txt
exits 0 'opened by one' naskah doc list --archive baru --key-file baru.key
exits 0 'and by the other' naskah doc list --archive baru \
    --password-file sandi.txt

# Keys that cannot serve. No number is taken by any of them.
sign() { # STATUS WHAT KEY [PASSWORD FILE]
    exits "$1" "$2" naskah doc fill $letter --case KASUS-2026-0042 --issue \
        -o x.pdf $unlock --key "$pki/$3.p12" \
        --key-password-file "${4:-$pki/password.txt}"
}
sign 12 'wrong passphrase' rsa2048 salah.txt
hears 'kata sandi'
sign 12 'expired' expired
hears '2022'
sign 12 'not yet valid' early
sign 20 'certificate of another key' mismatch
sign 12 'too short' rsa1024
sign 20 'no certificate' nocert
sign 12 'a server certificate' wrongeku
sign 23 'another person' p384
hears 'Sungkai Contoh'
exits 22 'no such key' naskah doc fill $letter --case KASUS-2026-0042 --issue \
    $unlock --key tidak-ada.p12 --key-password-file "$pki/password.txt"
exits 23 'a signer without the right' naskah doc fill $letter --issue \
    --case KASUS-2026-0042 --signer bakau $unlock
exits 22 'a signer unknown' naskah doc fill $letter --issue \
    --case KASUS-2026-0042 --signer tidak-ada $unlock
exits 0 'nothing was filed' naskah doc list --json $unlock
check 'an empty list' test "$(json out data.length)" = 0

# Papers to sign that are not ours.
exits 0 'doc fill' naskah doc fill $letter --case "$record" -o draf.pdf \
    --signing electronic
qpdf --encrypt a b 256 -- draf.pdf sandi.pdf
exits 20 'an encrypted paper' naskah doc sign sandi.pdf $key -o x.pdf
qpdf --object-streams=generate draf.pdf asing.pdf
exits 20 'a paper written anew' naskah doc sign asing.pdf $key -o x.pdf
exits 20 'no PDF at all' naskah doc sign "$record" $key -o x.pdf
exits 0 'doc sign' naskah doc sign draf.pdf $key -o tanda.pdf
exits 22 'no place left' naskah doc sign tanda.pdf $key -o x.pdf
exits 22 'no such place' naskah doc sign draf.pdf $key -o x.pdf --field saksi
check 'nothing was written' test ! -e x.pdf

# One case of an office.
exits 22 'a case of another office' naskah batch run $letter $unlock $key \
    --office sekadau --case KASUS-2026-0042
exits 0 'one case' naskah batch run $letter $unlock $key \
    --office tanjungpinang --case KASUS-2026-0042
says '1 dari 1 surat selesai'

# Two pages of the archive overwritten.
exits 0 'issue' naskah doc fill $letter --case KASUS-2026-0042 --issue \
    $unlock $key -o a.pdf
pages=$(($(wc -c < arsip/naskah.db) / 16384))
dd if=/dev/zero of=arsip/naskah.db bs=16384 seek=$((pages - 2)) count=2 \
    conv=notrunc 2> /dev/null
exits 21 'a damaged archive' naskah archive verify $unlock
done_testing
