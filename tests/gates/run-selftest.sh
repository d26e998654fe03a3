#!/bin/sh
# Tests of tests/run, with tiny programs that behave in every wrong way. Run
# from the root of the tree, or by tests/run itself; prints TAP.
set -u

root=${NK_ROOT:-$(pwd)}
here=$(mktemp -d) || exit 1
trap 'rm -rf "$here"' EXIT
cd "$here" || exit 1
number=0

# make NAME: a program from standard input.
make() {
    cat >"$1"
    chmod +x "$1"
}

# expect NAME SUM STATUS ARGUMENT...: tests/run ends with SUM and STATUS.
expect() {
    name=$1 sum=$2 status=$3
    shift 3
    number=$((number + 1))
    "$root/tests/run" -b "$here" "$@" >log 2>&1
    got=$?
    if [ "$got" -eq "$status" ] && [ "$(tail -n 1 log)" = "$sum" ]; then
        echo "ok $number - $name"
    else
        echo "not ok $number - $name"
        echo "# want \"$sum\", status $status; have status $got and"
        sed 's/^/# /' log
    fi
}

# says TEXT: the last run printed it.
says() {
    number=$((number + 1))
    if grep -qF -- "$1" log; then
        echo "ok $number - says \"$1\""
    else
        echo "not ok $number - does not say \"$1\""
        sed 's/^/# /' log
    fi
}

make good <<'X'
#!/bin/sh
echo 1..2
echo ok 1 - one
echo ok 2 - two
X
make bad <<'X'
#!/bin/sh
printf '1..3\nok 1 - one\nnot ok 2 - two\n# because\nok 3 - three\n'
echo 'seen on standard error' >&2
exit 1
X
make skips <<'X'
#!/bin/sh
printf '1..3\nok 1 # SKIP no network\nnot ok 2 # SKIP as cmocka\nok 3\n'
X
make skips_all <<'X'
#!/bin/sh
echo '1..0 # SKIP nothing to do here'
X
make silent <<'X'
#!/bin/sh
echo hello
X
make crash <<'X'
#!/bin/sh
printf '1..2\nok 1 - one\n'
kill -SEGV $$
X
make slow <<'X'
#!/bin/sh
printf '1..2\nok 1 - one\n'
sleep 60
echo ok 2
X
make stubborn <<'X'
#!/bin/sh
trap '' TERM
printf '1..1\nok 1\n'
while :; do sleep 1; done
X
make short <<'X'
#!/bin/sh
printf '1..3\nok 1\nok 2\n'
X
make long <<'X'
#!/bin/sh
printf '1..1\nok 1\nok 1\n'
X
make liar <<'X'
#!/bin/sh
printf '1..1\nok 1\n'
exit 3
X
make hides <<'X'
#!/bin/sh
printf '1..2\nnot ok 1\nok 2\n'
X
make bails <<'X'
#!/bin/sh
echo 'Bail out! no disk'
X
make world <<'X'
#!/bin/sh
echo 1..4
[ -d "$TMPDIR" ] && [ -z "$(ls -A "$TMPDIR")" ] && echo ok 1
mkdir -p "$TMPDIR/a/b" && touch "$TMPDIR/a/b/c" && chmod 0 "$TMPDIR/a"
[ "$CMOCKA_MESSAGE_OUTPUT" = TAP ] && echo ok 2
[ "$NK_BUILD" = "$PWD" ] && [ "$NK_ROOT" = "$PWD" ] && echo ok 3
[ "$(cat)" = '' ] && echo ok 4
echo "$TMPDIR" >"$NK_ROOT/tmpdir"
X

expect 'a good program' '2 passed, 0 failed, 0 skipped' 0 ./good
expect 'a name without a slash' '2 passed, 0 failed, 0 skipped' 0 good
expect 'a failing test' '2 passed, 1 failed, 0 skipped' 1 ./bad
says 'not ok 2 - two'
says '# because'
says 'seen on standard error'
expect 'skipped tests' '1 passed, 0 failed, 2 skipped' 0 ./skips
expect 'a program skipped whole' '0 passed, 0 failed, 1 skipped' 0 ./skips_all
expect 'no test line' '0 passed, 1 failed, 0 skipped' 1 ./silent
expect 'a crash' '1 passed, 1 failed, 0 skipped' 1 ./crash
says 'killed by signal 11'
expect 'no end' '1 passed, 1 failed, 0 skipped' 1 -t 1 ./slow
expect 'no end, deaf to TERM' '1 passed, 1 failed, 0 skipped' 1 -t 1 ./stubborn
expect 'fewer tests than planned' '2 passed, 1 failed, 0 skipped' 1 ./short
expect 'more tests than planned' '2 passed, 1 failed, 0 skipped' 1 ./long
expect 'a bad exit status alone' '1 passed, 1 failed, 0 skipped' 1 ./liar
expect 'a good exit status alone' '1 passed, 1 failed, 0 skipped' 1 ./hides
expect 'bailing out' '0 passed, 1 failed, 0 skipped' 1 ./bails
expect 'no such program' '0 passed, 1 failed, 0 skipped' 1 ./none
expect 'all together' '8 passed, 5 failed, 3 skipped' 1 -j 3 \
    ./good ./bad ./skips ./skips_all ./silent ./crash ./short ./none
expect 'what a program is given' '4 passed, 0 failed, 0 skipped' 0 ./world
number=$((number + 1))
if [ -s tmpdir ] && [ ! -e "$(cat tmpdir)" ]; then
    echo "ok $number - removes the temporary folder"
else
    echo "not ok $number - removes the temporary folder"
fi

# Two that wait for each other end only when they run at the same time.
for me in ping pong; do
    make "$me" <<'X'
#!/bin/sh
: >"$NK_ROOT/here.${0##*/}"
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    [ -e "$NK_ROOT/here.ping" ] && [ -e "$NK_ROOT/here.pong" ] &&
        echo 'ok 1' && exit
    sleep 0.1
done
echo 'not ok 1'
X
done
expect 'two at a time' '2 passed, 0 failed, 0 skipped' 0 -j 2 ./ping ./pong
rm here.*
expect 'one at a time' '1 passed, 1 failed, 0 skipped' 1 -j 1 ./ping ./pong

# Scripts: TAP, or compared with files.
mkdir cli
make cli/tap.sh <<'X'
[ -z "$(ls -A)" ] && echo ok 1
X
make cli/same.sh <<'X'
good | head -n 1
echo fault >&2
exit 22
X
echo 1..2 >cli/same.out
echo fault >cli/same.err
echo 22 >cli/same.exit
expect 'a script with TAP' '1 passed, 0 failed, 0 skipped' 0 cli/tap.sh
expect 'a script as expected' '1 passed, 0 failed, 0 skipped' 0 cli/same.sh
echo other >cli/same.out
expect 'other output' '0 passed, 1 failed, 0 skipped' 1 cli/same.sh
says '-other'
echo 1..2 >cli/same.out
rm cli/same.err
expect 'other errors' '0 passed, 1 failed, 0 skipped' 1 cli/same.sh
says '+fault'
echo fault >cli/same.err
rm cli/same.exit
expect 'other exit status' '0 passed, 1 failed, 0 skipped' 1 cli/same.sh
says 'exit status 22, not 0'

for args in '' '-j' '-j 0 ./good' '-j x ./good' '-t 0 ./good' '-z ./good'; do
    number=$((number + 1))
    # shellcheck disable=SC2086 # several arguments are meant
    "$root/tests/run" $args >log 2>&1
    if [ $? -eq 2 ] && grep -q '^usage:' log; then
        echo "ok $number - usage of \"$args\""
    else
        echo "not ok $number - usage of \"$args\""
    fi
done
echo "1..$number"
