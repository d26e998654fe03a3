# What a batch says: before it begins, when it stops, and of its rows.
. "$NK_ROOT/tests/support/cli.sh"
letter=surat-rujukan-kesehatan
record=$cases/tanjungpinang-diakritik.xml
run="naskah batch run $letter --office tanjungpinang"
new_archive
naskah -q case add $unlock "$record"

# Nothing is begun that cannot be done.
exits 2 'threads without number' $run $unlock $key --threads nol
exits 2 'too many threads' $run $unlock $key --threads 17
echo x > berkas
exits 26 'a folder that is a file' $run $unlock $key -o berkas/hasil
exits 12 'a wrong password' $run $unlock --key "$pki/rsa2048.p12" \
    --key-password-file berkas
exits 0 'no job' naskah --json batch status $unlock
check 'none was begun' test "$(json out data.length)" = 0

# One that was begun and could not go on says how.
mkdir hasil
mkdir hasil/00001-KASUS-2026-0042.pdf
exits 26 'a copy that cannot be written' $run $unlock $key -o hasil
hears 'naskah batch resume 1'
rmdir hasil/00001-KASUS-2026-0042.pdf
exits 0 'resumed' naskah batch resume 1 $unlock $key -o hasil
check 'the copy' test -s hasil/00001-KASUS-2026-0042.pdf

# Reasons are whole sentences, without names.
exits 3 'the key of another' $run $unlock --ca "$pki/ca.pem" \
    --key "$pki/p384.p12" --key-password-file "$pki/password.txt"
says 'Sertifikat ini milik …, padahal naskah ditandatangani ….'
says "naskah doc fill $letter --issue --dry-run --case NOMOR"
exits 3 'later too' naskah batch status 2 $unlock
says 'Sertifikat ini milik …, padahal'

# What -v logs: stages, counts and ids.
exits 0 'issued with -v' naskah -v doc fill $letter --issue -o a.pdf \
    --case KASUS-2026-0042 $unlock $key
hears 'info archive opened'
hears 'info case made pages=1'
hears 'info case filed id=2'

# A name that is no text.
archive=$(printf 'arsip\377')
exits 10 'an archive of such a name' env NASKAH_ARCHIVE="$archive" \
    naskah --json doc list $unlock
check 'is JSON' sh -c 'iconv -f UTF-8 -t UTF-8 out > /dev/null'
exits 0 'init of such a name' env NASKAH_ARCHIVE="$archive" \
    naskah --json init --key-file lain.key --dry-run
check 'is JSON' sh -c 'iconv -f UTF-8 -t UTF-8 out > /dev/null'
check 'and says where' test "$(json out data.archive)" = "$(printf 'arsip\357\277\275')"
done_testing
