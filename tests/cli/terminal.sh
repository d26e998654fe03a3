# Passwords typed at a terminal: unseen, and whatever ends the program gives
# the terminal its echo back. Secrets do not outlive their use.
. "$NK_ROOT/tests/support/cli.sh"
record=$cases/tanjungpinang-diakritik.xml
echo 'kata sandi rekaan yang panjang' > sandi
naskah -q init --archive arsip --password-file sandi
export NASKAH_ARCHIVE=arsip

# Run a line in a terminal of its own and show how the terminal is afterwards.
typed() { # LINE
    script -qec "trap : INT; $1; echo status \$?;
        stty -a | grep -o -- '-*\<echo\>'" /dev/null > seen 2>&1
    tr -d '\r' < seen > after
}

# Do something once the password is asked for, and keep the terminal until it
# has said how it is.
then_do() {
    appears sandi
    "$@"
    appears status
}

appears() { # WORD
    tries=0
    until grep -q "$1" seen || [ $tries -ge 1000 ]; do
        tries=$((tries + 1))
        sleep 0.01
    done
}

if command -v script > /dev/null; then
    : > seen
    then_do echo 'kata sandi rekaan yang panjang' | typed 'naskah doc list'
    check 'a typed password opens' grep -q 'Tidak ada naskah' after
    check 'and is not seen' sh -c '! grep -q rekaan after'
    # shellcheck disable=SC2016 # the other shell's
    told="sh -c 'echo \$\$ > pid; exec naskah doc list'"
    for signal in TERM HUP QUIT; do
        : > seen
        # shellcheck disable=SC2016
        then_do sh -c "kill -s $signal \$(cat pid)" | typed "$told"
        check "$signal: the echo is back" grep -qx echo after
        check "$signal: it ended by it" grep -q '^status 1[2-4]' after
    done
    : > seen
    then_do printf '\003' | typed 'naskah doc list'
    check 'Ctrl-C: the echo is back' grep -qx echo after
    check 'Ctrl-C: it ended by it' grep -q 'status 130' after
else
    echo "ok 1 - a typed password # SKIP there is no script(1)"
    test_n=1
fi

# The signing password was used when the archive's is waited for: no copy of
# it is left in memory.
if [ "$(id -u)" = 0 ]; then
    naskah -q case add --password-file sandi "$record"
    mkfifo pipa
    naskah doc fill surat-rujukan-kesehatan --issue --case KASUS-2026-0042 \
        -o a.pdf $key --password-file pipa > out 2> err &
    pid=$!
    exec 9> pipa
    tries=0
    until [ "$(cut -d ' ' -f 1 /proc/$pid/syscall 2> /dev/null)" = 0 ] &&
        ls -l /proc/$pid/fd | grep -q pipa; do
        tries=$((tries + 1))
        [ $tries -lt 1000 ] || break
        sleep 0.01
    done
    grep -E ' rw-p ' /proc/$pid/maps | cut -d ' ' -f 1 | tr - ' ' |
        while read -r from to; do
            dd if=/proc/$pid/mem bs=4096 skip=$((0x$from / 4096)) \
                count=$(((0x$to - 0x$from) / 4096)) 2> /dev/null
        done > memory
    check 'its memory was read' grep -qa "$pki/password.txt" memory
    check 'the password is gone' sh -c \
        "! grep -qaF '$(cat "$pki/password.txt")' memory"
    echo 'kata sandi rekaan yang panjang' >&9
    exec 9>&-
    wait $pid
    check 'and the paper is issued' test -s a.pdf
else
    test_n=$((test_n + 1))
    echo "ok $test_n - no secret in memory # SKIP only root may look"
fi
done_testing
