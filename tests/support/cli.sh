# Sourced by the scripts of tests/cli: running naskah and saying in TAP what
# came of it. Each script runs in an empty folder; see tests/run.
#
#   exits STATUS WHAT COMMAND...   one test: COMMAND ends with STATUS; its
#                                  output is left in the files out and err
#   says TEXT / hears TEXT         one test: TEXT stands in out / in err
#   silent                         one test: err is empty
#   check WHAT COMMAND...          one test: COMMAND succeeds
#   done_testing                   the last line
set -u
export LANG=id_ID.UTF-8 SOURCE_DATE_EPOCH=1795410000 # 2026-11-23, 12:00 WIB
unset LC_ALL
root=$NK_ROOT
pki=$root/build/pki
cases=$root/tests/cases
key="--key $pki/rsa2048.p12 --key-password-file $pki/password.txt
    --ca $pki/ca.pem"
test_n=0

report() { # PASSED WHAT
    test_n=$((test_n + 1))
    if [ "$1" = 0 ]; then
        echo "ok $test_n - $2"
        return
    fi
    echo "not ok $test_n - $2"
    sed 's/^/# out: /' out 2>/dev/null | head -20
    sed 's/^/# err: /' err 2>/dev/null | head -20
}

exits() {
    want=$1 what=$2
    shift 2
    "$@" > out 2> err
    status=$?
    [ $status = "$want" ] || echo "# exit $status"
    [ $status = "$want" ]
    report $? "$what"
}

says() {
    grep -qF -- "$1" out
    report $? "says \"$1\""
}

hears() {
    grep -qF -- "$1" err
    report $? "hears \"$1\""
}

silent() {
    [ ! -s err ]
    report $? "no word on standard error"
}

check() {
    what=$1
    shift
    "$@" > checked 2>&1
    passed=$?
    [ $passed = 0 ] || sed 's/^/# /' checked | head -20
    report $passed "$what"
}

# The value at a path of the JSON in a file: json FILE data.0.number
json() {
    mutool run "$root/tests/support/json.js" "$1" "${2:-}"
}

# A new archive with a key file, in ./arsip.
new_archive() {
    export NASKAH_ARCHIVE=arsip
    unlock="--key-file kunci.key"
    naskah -q init $unlock || echo "Bail out! no archive"
}

done_testing() {
    echo "1..$test_n"
}
