# A batch is killed at any moment, resumed, killed again: in the end every
# letter is there once, no number is used twice or left out, and no file is
# half written. NK_KILLS says how many kills.
. "$NK_ROOT/tests/support/cli.sh"
kills=${NK_KILLS:-25}
rows=220
new_archive

mkdir kasus
i=1
while [ $i -le $rows ]; do
    sed -e "s/@number@/KASUS-2026-$(printf %04d $i)/" -e 's/@opened@/2026-11-20/' \
        -e 's/@happened@/2026-11-19/' -e 's/@birth@/1990-01-02/' \
        -e 's/@nik@/9901014201900001/' -e 's/@reply@/2026-12-01/' \
        -e 's/@kind@/kekerasan-psikis/' -e "s/@name2*@/Melati Contoh $i/" \
        -e 's/@phone[23]*@/081200000001/' -e "s/@[a-z0-9]*@/Kata Contoh/g" \
        "$root/tests/bench/case.xml" > kasus/$i.xml
    i=$((i + 1))
done
exits 0 'case add' naskah -q case add $unlock kasus/*.xml
cp -r arsip awal

# timeout kills itself too and does not wait: whom it killed may hold the
# archive for a moment longer (exit status 11).
run() { # SECONDS COMMAND...
    limit=$1
    shift
    while :; do
        timeout -s KILL "$limit" naskah -q "$@" > out 2> err
        status=$?
        [ $status = 11 ] || break
    done
    echo $status >> ends
}

batch() { # SECONDS
    job=$(naskah --plain batch status $unlock | cut -f 1)
    if [ -z "$job" ]; then
        run "$1" batch run surat-rujukan-kesehatan --office tanjungpinang \
            $unlock $key -o hasil
    else
        run "$1" batch resume "$job" $unlock $key -o hasil
    fi
}

# Whole: every row done, numbers 1 .. rows, files as filed, nothing else.
whole() {
    naskah --json batch status 1 $unlock > status
    [ "$(json status data.done)" = $rows ] || return 1
    naskah --plain archive search --limit 1000 $unlock > list
    cut -f 3 list | cut -d / -f 2 | sort -n > numbers
    seq 1 $rows | cmp - numbers || return 1
    cut -f 5 list | sort | uniq -d | grep . && return 1
    [ "$(find hasil -type f | wc -l)" = $rows ] || return 1
    [ "$(find hasil -name '*.pdf' | wc -l)" = $rows ] || return 1
    find arsip -type f | grep -v -e 'naskah\.db' -e 'keys\.db' -e lock && return 1
    naskah -q archive verify $unlock
}

same_files() {
    while read -r id _; do
        naskah -q doc show "$id" -o satu.pdf $unlock
        cmp satu.pdf "$(printf 'hasil/%05d-' "$id")"*.pdf || return 1
    done < list
}

killed=0 round=0
while [ $killed -lt "$kills" ]; do
    round=$((round + 1))
    rm -rf arsip hasil ends
    cp -r awal arsip
    tries=0
    while :; do
        # Sometimes at once, sometimes late, never longer than a whole run.
        tries=$((tries + 1))
        limit=$(awk -v s="$round$tries" 'BEGIN {
            srand(s); print 0.02 + rand() * rand() * 1.5 }')
        batch "$limit"
        [ "$(tail -n 1 ends)" = 137 ] || break
        killed=$((killed + 1))
        [ $tries -lt 200 ] || break
    done
    last=$(tail -n 1 ends)
    report "$([ "$last" = 0 ]; echo $?)" \
        "round $round: done after $((tries - 1)) kills"
    check "round $round: whole" whole
done
check 'files are what is filed' same_files
check 'some kills' test $killed -ge "$kills"

# The same letters as of a run that nobody killed.
mv hasil terbunuh
rm -rf arsip
cp -r awal arsip
exits 0 'a run in peace' naskah -q batch run surat-rujukan-kesehatan \
    --office tanjungpinang $unlock $key -o hasil
check 'the same letters' diff -rq terbunuh hasil
done_testing
