#!/bin/sh
# The main job on the five offices, with invented people:
#
#     demo.sh NASKAH PKI FOLDER
#
# FOLDER is emptied and filled with a folder of papers for each office, the
# archive they lie in with its key, the CA to check them with, and one case
# as a dossier.
set -eu
naskah=$1 pki=$2 out=$3
root=$(cd "$(dirname "$0")/../.." && pwd)
unset NASKAH_ARCHIVE NASKAH_DATA
trap 'status=$?; [ $status = 0 ] || cat "$out/log" >&2' EXIT

# Paths of this tree are shown and used as they will be typed.
rm -rf "$out"
mkdir -p "$out/penanda-tangan"
cp "$pki/ca.pem" "$out/ca.pem"
cp "$pki/password.txt" "$out/penanda-tangan/kata-sandi.txt"
archive="--archive $out/arsip --key-file $out/kunci.key"
password="--key-password-file $out/penanda-tangan/kata-sandi.txt
    --ca $out/ca.pem"

# The value of a word in one line of JSON.
value() {
    sed -n "s/.*\"$1\":\"\\([^\"]*\\)\".*/\\1/p"
}

# The signing key of a person, made when first needed.
key_of() { # OFFICE PERSON NAME
    p12=$out/penanda-tangan/$1-$2.p12
    [ -e "$p12" ] || "$root/tests/support/person.sh" "$pki" "$3" "$p12"
    echo "$p12"
}

# shellcheck disable=SC2086 # the options are words
issue() { # OFFICE CASE TEMPLATE
    file=$out/$1/$2-$3.pdf
    answer=$("$naskah" doc fill "$3" --case "$2" --issue --dry-run --json \
        $archive)
    signer=$(echo "$answer" | value signer)
    name=$(echo "$answer" | value signerName)
    key=
    if [ -n "$signer" ]; then
        key="--key $(key_of "$1" "$signer" "$name") $password"
    fi
    "$naskah" -q doc fill "$3" --case "$2" --issue -o "$file" $archive $key \
        2> "$out/log"
}

# shellcheck disable=SC2086
"$naskah" -q init $archive
# shellcheck disable=SC2086
"$naskah" -q case add $archive "$root"/tests/cases/*.xml 2> "$out/log"

templates='formulir-pengaduan naskah-kesepakatan-layanan
    surat-rujukan-kesehatan surat-pengantar-rujukan-krisis'
first=
for office in manggarai-barat barito-utara sekadau tanjungpinang mojokerto; do
    mkdir "$out/$office"
    for template in $templates; do
        "$naskah" -q doc blank "$template" --office $office \
            -o "$out/$office/blangko-$template.pdf" 2> "$out/log"
    done
    # shellcheck disable=SC2086
    for case in $("$naskah" case list --plain --office $office $archive |
        cut -f 1); do
        [ -n "$first" ] || first=$case
        for template in $templates; do
            issue $office "$case" "$template"
        done
        "$naskah" -q doc fill formulir-pengaduan --half --case "$case" \
            -o "$out/$office/$case-setengah-terisi.pdf" $archive \
            2> "$out/log"
    done
done
# shellcheck disable=SC2086
"$naskah" -q dossier export "$first" -o "$out/berkas-$first" $archive
rm "$out/log"

count() { find "$@" | wc -l; }
cat <<END
naskah: lima kantor, $(count "$root/tests/cases" -name '*.xml') kasus rekaan.
  $out/KANTOR/    $(count "$out"/*/blangko-*.pdf) blangko, $(count "$out"/*/KASUS-*.pdf) naskah terisi
  $out/arsip      arsip tersegel; kuncinya $out/kunci.key
  $out/ca.pem     sertifikat pemeriksa tanda tangan
  $out/berkas-$first  satu kasus utuh untuk auditor
Cobalah:
  $naskah doc verify $out/tanjungpinang/KASUS-*-surat-*.pdf --ca $out/ca.pem
  $naskah archive search --kind surat-rujukan-kesehatan $archive
  $naskah archive verify $archive
END
