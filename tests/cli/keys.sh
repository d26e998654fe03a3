# Whose key signs: the CA speaks for it, or the profile, or there is a warning;
# and a name in a certificate cannot write to the terminal.
. "$NK_ROOT/tests/support/cli.sh"
letter=surat-rujukan-kesehatan
record=$cases/tanjungpinang-diakritik.xml
bare="--key $pki/rsa2048.p12 --key-password-file $pki/password.txt"
issue="naskah doc fill $letter --issue --case KASUS-2026-0042 -o surat.pdf"
new_archive
naskah -q case add $unlock "$record"

# own FILE SUBJECT: a certificate anybody can make, in FILE.p12
own() {
    openssl req -x509 -newkey rsa:2048 -nodes -keyout own.pem -out own.crt \
        -utf8 -subj "$2" -days 10000 -not_before 20200101000000Z 2> /dev/null ||
        openssl req -x509 -newkey rsa:2048 -nodes -keyout own.pem \
            -out own.crt -utf8 -subj "$2" -days 10000 \
            -addext 'keyUsage=critical,digitalSignature,nonRepudiation' \
            2> /dev/null
    openssl pkcs12 -export -inkey own.pem -in own.crt -out "$1.p12" \
        -passout "file:$pki/password.txt"
}

own tiruan '/CN=Cendana Contoh'
fake="--key tiruan.p12 --key-password-file $pki/password.txt"
# shellcheck disable=SC2086
{
    # The certificate is of this day: so must be the clock.
    SOURCE_DATE_EPOCH=$(($(date +%s) + 60))
    exits 12 'a self-made certificate, with a CA' $issue $unlock $fake \
        --ca "$pki/ca.pem"
    hears 'NSK-6011'
    check 'nothing was filed' sh -c "naskah --json doc list $unlock |
        grep -q '\"data\":\\[\\]'"
    exits 12 'a batch with it' naskah batch run $letter --office tanjungpinang \
        $unlock $fake --ca "$pki/ca.pem"
    mkdir -p konfig/naskah
    echo "ca = $pki/ca.pem" > konfig/naskah/config.ini
    exits 12 'the CA of the configuration' env XDG_CONFIG_HOME=konfig $issue \
        $unlock $fake
    exits 0 'the right key' env XDG_CONFIG_HOME=konfig $issue $unlock $bare
    silent
    exits 0 'without a CA' $issue $unlock $bare --dry-run
    hears 'perhatian: Sertifikat kunci ini belum diperiksa'
    exits 0 'a batch without a CA' naskah batch run $letter $unlock $bare \
        --office tanjungpinang
    hears 'perhatian: Sertifikat kunci ini belum diperiksa'
    exits 0 'a draft' naskah doc fill $letter --case "$record" -o draf.pdf \
        --signing electronic
    exits 0 'a file, without a CA' naskah doc sign draf.pdf $bare -o a.pdf
    hears 'perhatian: Sertifikat kunci ini belum diperiksa'
    exits 12 'a file, with a CA' naskah doc sign draf.pdf $fake -o b.pdf \
        --ca "$pki/ca.pem"
    check 'no file' test ! -e b.pdf
}

# Filed is filed, also when its copy cannot be written.
exits 0 'one to be signed' $issue $unlock --signing electronic
id=$(naskah --plain doc list --limit 1 $unlock | cut -f 1)
exits 22 'signed, to no folder' naskah doc sign "$id" $key $unlock \
    -o tidak/ada.pdf
hears "naskah doc show $((id + 1)) -o"
exits 0 'there it is' naskah doc show $((id + 1)) -o c.pdf $unlock
exits 24 'signed twice' naskah doc sign "$id" $key $unlock

# A name with a line of its own and words for the terminal.
own jahat "/CN=A$(printf '\n  UTUH \033[2J\342\200\256')"
exits 0 'a file' naskah doc sign draf.pdf --key jahat.p12 -o d.pdf \
    --key-password-file "$pki/password.txt"
exits 21 'verified' naskah doc verify d.pdf
check 'its name is there' grep -q 'A  *UTUH' out
check 'but no control character' sh -c "! grep -q '$(printf '\033')' out"
check 'nor one that turns the line' sh -c "! grep -q '$(printf '\342\200\256')' out"
check 'nor a line' sh -c "! grep -q '^  UTUH' out"
done_testing
