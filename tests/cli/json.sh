# Every command with --json: parsed, with the members and types of the manual.
. "$NK_ROOT/tests/support/cli.sh"
letter=surat-rujukan-kesehatan
record=$cases/tanjungpinang-diakritik.xml
page=$NK_ROOT/docs/naskah.1
sed -n '/^\.Sh JSON/,/^\.Sh ENVIRONMENT/p' "$page" > manual
new_archive

# The object of a command that did its work, alone on one line of out.
answers() { # STATUS WHAT COMMAND...
    exits "$@"
    check '... one line' test "$(wc -l < out)" = 1
    shape out '' 'v# ok? data* problems[]'
}

# shellcheck disable=SC2086,SC2116 # one line of what may stand on two
shape() { # FILE PATH MEMBERS
    mutool run "$root/tests/support/shape.js" "$@" > differs 2>&1
    echo "$3" | tr -d '#?*[]{}' | tr ' ' '\n' | while read -r name; do
        grep -qw -- "$name" manual || echo "$name is not in the manual"
    done >> differs
    check "members of ${2:-the answer}: $(echo $3)" test ! -s differs
    sed 's/^/# /' differs
}

data() { # PATH MEMBERS
    shape out "data${1:+.$1}" "$2"
}

j='naskah --json'
rm -rf arsip kunci.key
answers 0 'init, dry' $j init $unlock --dry-run
data '' 'archive keyFile'
check 'nothing was made' test ! -e arsip -a ! -e kunci.key
answers 0 init $j init $unlock
data '' 'archive keyFile'

answers 0 'template list' $j template list
data 0 'id title'
answers 0 'template check' $j template check
data '' 'checked# good#'
shape out problems.0 'code severity file field message line# column#'
answers 0 'office list' $j office list
data 0 'id title'
answers 0 'office check' $j office check
data '' 'checked# good#'

answers 0 'case add, dry' $j case add $unlock "$record" --dry-run
data 0 ''
answers 0 'case add' $j case add $unlock "$record"
data 0 ''
check 'its number' test "$(json out data.0)" = KASUS-2026-0042
answers 0 'case list' $j case list $unlock
data 0 'number office status opened versions# papers#'
answers 0 'case show' $j case show KASUS-2026-0042 $unlock
data '' 'text'
mutool run "$root/tests/support/json.js" out data.text > text
check 'word for word' sh -c "{ cat '$record'; echo; } | cmp - text"
answers 0 'case show to a file' $j case show KASUS-2026-0042 $unlock -o k.xml
data '' 'file'
printf 'kind,victim/name,victim/sex\nkdrt,Melati Contoh,P\nx,y,z\n' > t.csv
answers 3 'case import, dry' $j case import t.csv --office sekadau $unlock \
    --dry-run
data '' 'right# faults#'
answers 3 'case import' $j case import t.csv --office sekadau $unlock
data '' 'imported# faults#'
answers 0 'doc form' $j doc form formulir-pengaduan --office sekadau -o f.pdf
data '' 'file title pages# code'
mutool run "$root/tests/support/fill.js" f.pdf g.pdf victim.name='Melati Contoh'
answers 0 'case import of a form' $j case import g.pdf $unlock --incomplete
data '' 'number fields#'

answers 0 'doc fill' $j doc fill $letter --case "$record" -o a.pdf \
    --signing electronic
data '' 'file title pages# code'
answers 0 'doc fill, dry' $j doc fill $letter --case "$record" --dry-run
data '' 'file title pages# code'
check 'no file' test "$(json out data.file)" = ''
answers 0 'doc fill, stages' $j doc fill $letter --case "$record" --dump doc
data '' 'text'
answers 0 'doc blank' $j doc blank formulir-pengaduan --office sekadau -o b.pdf
data '' 'file title pages# code'
answers 0 'issue, dry' $j doc fill $letter --case KASUS-2026-0042 --issue \
    --dry-run $unlock
data '' 'id# number signer signerName file title pages# code'
answers 0 'issue' $j doc fill $letter --case KASUS-2026-0042 --issue \
    -o c.pdf $unlock --signing electronic
data '' 'id# number signer signerName file title pages# code'
exits 0 'doc fill to standard output' $j doc fill $letter --case "$record" -o -
check 'is a PDF' sh -c 'head -c 5 out | grep -q "%PDF-"'
shape err data 'file title pages# code'

answers 0 'doc sign, dry' $j doc sign a.pdf -o d.pdf $key --dry-run
data '' 'file id# replaces#'
check 'nothing was written' test ! -e d.pdf
answers 0 'doc sign' $j doc sign a.pdf -o d.pdf $key
data '' 'file id# replaces#'
answers 0 'doc sign, filed' $j doc sign 1 $key $unlock
data '' 'file id# replaces#'
check 'replaces the first' test "$(json out data.replaces)" = 1
answers 0 'doc verify' $j doc verify d.pdf 2 --ca "$pki/ca.pem" $unlock
data 1 'file verdict why code signatures[] free[]'
data 0.signatures.0 'field signer issuer serial algorithm claimed level
revision# covers# whole? trusted? last? verdict why'
check 'level' test "$(json out data.0.signatures.0.level)" = B-B
sed 's/ETSI\.CAdES\.detached/adbe.pkcs7.detached/' d.pdf > kind.pdf
answers 21 'doc verify, of another kind' $j doc verify kind.pdf
check 'no level of what is not read' \
    test -z "$(json out data.0.signatures.0.level)"
answers 21 'doc verify, not signed' $j doc verify a.pdf
check 'says so' test "$(json out data.0.verdict)" = unsigned
data 0.free.0 ''

answers 0 'doc text' $j doc text $letter --case "$record"
data '' 'text'
answers 0 'doc text to a file' $j doc text $letter --case "$record" -o t.txt
data '' 'file'
paper='id# case kind title number date office signer state replaces# size#'
answers 0 'doc list' $j doc list $unlock
data 0 "$paper"
check 'signed' test "$(json out data.0.state)" = signed
check 'prepared' test "$(json out data.1.state)" = prepared
answers 0 'archive search' $j archive search --kind $letter $unlock
data 0 "$paper"
answers 0 'archive search, nothing' $j archive search --from 2030 $unlock
data '' '[]'
answers 0 'doc show' $j doc show 2 $unlock
data '' "$paper"
answers 0 'archive stats' $j archive stats $unlock
data '' 'cases# versions# papers# dictionaries# resources# paperBytes#
sealedBytes# fileBytes#'
answers 0 'archive verify' $j archive verify $unlock
data '' 'papers# versions# damaged#'

batch="$letter --office tanjungpinang $unlock $key"
# shellcheck disable=SC2086
{
    answers 0 'batch run, dry' $j batch run $batch --dry-run
    data '' 'rows#'
    answers 0 'batch run' $j batch run $batch
    data '' 'job# rows# done# failed# failures[]'
    exits 0 'batch run, progress' $j batch run $batch --progress json
    head -n 1 out > first
    shape first '' 'type row# case id# why field'
    check 'a row' grep -q '^{"type":"item","row":1,"case":"KASUS-2026-0042","id":[1-9]' first
    sed -n 2p out > second
    shape second '' 'type done# failed# all# ms#'
    tail -n 1 out > last
    shape last '' 'v# type ok? data* problems[]'
    shape last data 'job# rows# done# failed# failures[]'
    check 'the summary comes last' test "$(json last type)" = summary
    check 'three lines' test "$(wc -l < out)" = 3
}
answers 0 'batch resume' $j batch resume 1 $unlock $key
data '' 'job# rows# done# failed# failures[]'
sed 's/number="[^"]*"/number="auto"/; /<given>/d' "$record" > kurang.xml
naskah -q case add --incomplete $unlock kurang.xml
answers 3 'a batch with failures' $j batch run $letter $unlock \
    --office tanjungpinang
data failures.0 'row# case why field'
answers 0 'batch status' $j batch status $unlock
data 0 'job# template rows# done# failed#'
answers 0 'batch status of one' $j batch status 1 $unlock
data '' 'job# rows# done# failed# failures[]'
answers 0 'dossier export, dry' $j dossier export KASUS-2026-0042 $unlock \
    -o berkas --dry-run
data '' 'folder papers#'
check 'no folder' test ! -e berkas
answers 0 'dossier export' $j dossier export KASUS-2026-0042 -o berkas $unlock
data '' 'folder papers#'
for words in 'completion bash' 'help' 'help doc fill' 'doc fill --help' \
    '--version'; do
    # shellcheck disable=SC2086
    answers 0 "$words" $j $words
    data '' ''
done

# ---- Failures ---------------------------------------------------------------

fails() { # STATUS WHAT COMMAND...
    exits "$@"
    shape out '' 'v# ok? error{} problems[]'
    shape out error 'code exit# message hint'
    check 'the same status' test "$(json out error.exit)" = "$1"
    silent
}
fails 2 'a mistyped option' naskah doc list --ofice x --json
fails 2 'a mistyped command' naskah arciv stats --json
fails 2 'an argument missing' $j doc fill
fails 2 'what is not to be chosen' $j doc list --lang jv
fails 10 'no archive' $j doc list --archive tidak-ada
fails 12 'another key' $j doc list --key-file t.csv
fails 20 'a broken record' $j case add t.csv $unlock
check 'with its place' test "$(json out problems.0.line)" = 1
fails 22 'no such paper' $j doc show 99 $unlock
fails 23 'a signer without the right' $j doc fill $letter --issue \
    --case KASUS-2026-0042 --signer bakau $unlock
fails 24 'a folder that is there' $j dossier export KASUS-2026-0042 $unlock \
    -o berkas
fails 25 'would ask' $j doc list --no-input
fails 26 'a full disk' $j doc fill $letter --case "$record" -o /dev/full
done_testing
