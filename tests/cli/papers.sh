# The demo, and every PDF of it in the hands of other programs.
. "$NK_ROOT/tests/support/cli.sh"
. "$NK_ROOT/tests/support/pdf.sh"

exits 0 'demo' "$NK_ROOT/tests/support/demo.sh" naskah "$pki" demo
silent
says '20 blangko, 55 naskah terisi'
sed -n '/^Cobalah:/,$s/^  //p' out > commands
check 'three commands to try' test "$(wc -l < commands)" = 3
while read -r command; do
    exits 0 "$command" sh -c "$command"
done < commands

mkdir nss
certutil -N -d sql:nss --empty-password
certutil -A -d sql:nss -n demo -t CT,C,C -i demo/ca.pem

signature_holds() {
    pdfsig -nssdir sql:nss "$1" > signature 2> errors &&
        grep -q 'Signature is Valid' signature &&
        grep -q 'Certificate is Trusted' signature &&
        grep -q 'Total document signed' signature &&
        ! grep -q 'not signed' signature
}

for file in demo/*/*.pdf demo/berkas-*/data/papers/*.pdf; do
    pdf_is_sound "$file"
    case $file in
    *blangko* | *setengah* | *formulir-pengaduan*)
        check 'not signed' sh -c "pdfsig '$file' | grep -q 'not contain any'"
        ;;
    *) check 'signed' signature_holds "$file" ;;
    esac
done

# What a page says, word for word.
pdftotext -nopgbrk -layout demo/tanjungpinang/KASUS-2026-0042-surat-rujukan-kesehatan.pdf \
    - > words
check 'the words of a letter' diff words \
    "$NK_ROOT/tests/cli/papers-letter.txt"
done_testing
