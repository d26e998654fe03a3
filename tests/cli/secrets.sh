# What must not get out: no core file, no look from outside into a running
# naskah, keys that only their owner reads, and no secret in what is said.
. "$NK_ROOT/tests/support/cli.sh"
record=$cases/tanjungpinang-diakritik.xml
new_archive
mkfifo pipa

# It waits for the password when nothing was read yet.
ulimit -c unlimited 2> /dev/null
naskah doc list --password-file pipa > out 2> err &
naskah=$!
tries=0
while [ $tries -lt 100000 ]; do
    grep -q '^Max core file size *0 *0 ' /proc/$naskah/limits 2> /dev/null && break
    tries=$((tries + 1))
done
check 'no core file, before a key is read' \
    grep -q '^Max core file size *0 *0 ' /proc/$naskah/limits
echo 'kata sandi yang salah' > pipa
wait $naskah
check 'a wrong password' test $? = 12

# The kernel gives the files of such a process to root, as another user sees.
if [ "$(id -u)" = 0 ]; then
    bare='setpriv --reuid=65534 --regid=65534 --clear-groups'
else
    bare=
fi
# The program where that user may run it.
public=$(unset TMPDIR; mktemp -d)
trap 'rm -rf "$public"' EXIT
mkdir -p "$public/build/x"
cp "$(command -v naskah)" "$public/build/x/naskah"
mkfifo "$public/pipa"
mkdir "$public/arsip"
chmod -R a+rX "$public"
chmod a+rw "$public/pipa"
# shellcheck disable=SC2086
$bare "$public/build/x/naskah" doc list --archive "$public/arsip" \
    --password-file "$public/pipa" > out 2> err &
naskah=$!
exec 9> "$public/pipa"
tries=0
while [ $tries -lt 1000 ]; do
    [ "$(stat -c %U /proc/$naskah/fd 2> /dev/null)" = root ] &&
        grep -q naskah /proc/$naskah/cmdline && break
    tries=$((tries + 1))
done
check 'not to be looked into' test "$(stat -c %u /proc/$naskah/environ)" = 0
check 'though it runs as another' grep -qE '^Uid:.[1-9]' /proc/$naskah/status
echo salah >&9
exec 9>&-
wait $naskah

# Files hold what is secret: nobody else reads them.
exits 0 'case add' naskah case add $unlock "$record"
exits 0 'issue' naskah doc fill surat-rujukan-kesehatan --issue $unlock $key \
    --case KASUS-2026-0042 -o surat.pdf
exits 0 'dossier' naskah dossier export KASUS-2026-0042 -o berkas $unlock
exits 0 'batch' naskah batch run surat-rujukan-kesehatan $unlock $key \
    --office tanjungpinang -o hasil
find kunci.key surat.pdf arsip berkas hasil -perm /077 > open
check 'all for the owner alone' test ! -s open

# Neither archive nor log nor list holds a name.
naskah -v case add $unlock "$record" > said 2>&1
naskah -v case list $unlock >> said 2>&1
naskah -v doc list $unlock >> said 2>&1
naskah -v batch status 1 $unlock >> said 2>&1
naskah -v archive verify $unlock >> said 2>&1
for word in Renée Citrawati 9901015507950102 081200000103 "$(cat "$pki/password.txt")"; do
    check "not said: $word" sh -c "! grep -q '$word' said"
    check "not in the archive: $word" sh -c "! grep -rqa '$word' arsip"
done
done_testing
