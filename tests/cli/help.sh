# Every command explains itself, in both languages, and completion knows it.
. "$NK_ROOT/tests/support/cli.sh"

exits 0 'help' naskah help
silent
sed -n 's/^  \([a-z]*\) \([a-z]*\)  .*/\1 \2/p; s/^  \([a-z]*\)   *[A-Z].*/\1/p' \
    out | sort -u > commands
check 'at least 20 commands' test "$(wc -l < commands)" -ge 20

while read -r command; do
    for lang in id en; do
        # shellcheck disable=SC2086
        exits 0 "help of $command, $lang" naskah $command --help --lang $lang
        check 'fewer than 60 lines' test "$(wc -l < out)" -lt 60
        check 'an example first' sh -c \
            'head -1 out | grep -qE "^(Contoh|Example): naskah '"$command"'"'
    done
done < commands

exits 0 'help of exit codes' naskah help exit-codes
for code in 0 1 2 3 10 11 12 20 21 22 23 24 25 26 130; do
    check "tells $code" grep -qE "(^| )$code [a-z]" out
done

for shell in bash zsh fish; do
    exits 0 "completion for $shell" naskah completion $shell
    cp out "completion.$shell"
    while read -r noun verb; do
        check "$shell: $noun $verb" grep -qw -- "${verb:-$noun}" out
    done < commands
done
check 'bash reads it' bash -n completion.bash
cat > complete.bash <<'END'
. ./completion.bash
COMP_WORDS=(naskah doc si) COMP_CWORD=2
_naskah
echo "${COMPREPLY[@]}"
END
exits 0 'bash completes' bash complete.bash
says 'sign'

# The manual knows every command and every option, and builds.
page=$NK_ROOT/docs/naskah.1
while read -r noun verb; do
    check "manual: $noun $verb" grep -qE \
        "^\.It Cm $noun${verb:+ $verb}( |\$)" "$page"
done < commands
naskah help options > options
while read -r noun verb; do
    # shellcheck disable=SC2086
    naskah $noun $verb --help >> options
done < commands
grep -oE -- '--[a-z][a-z-]*' options | sort -u | while read -r option; do
    grep -qF -- "-${option#--}" "$page" || echo "$option"
done > missing
check 'manual: every option' test ! -s missing
if command -v man > /dev/null; then
    check 'manual: builds' sh -c "LC_ALL=C man --warnings -l '$page' 2>&1 >/dev/null |
        { ! grep .; }"
fi

exits 0 'version' naskah --version
check 'is that of the tree' grep -qxF "naskah $(cat "$NK_ROOT/VERSION")" out

exits 2 'a mistyped command' naskah arciv stats
hears 'maksud Anda archive?'
exits 2 'a mistyped verb' naskah doc sigm
hears 'maksud Anda sign?'
exits 2 'a mistyped option' naskah doc list --ofice x
hears 'maksud Anda --office?'
exits 2 'an abbreviation is not taken' naskah doc fi
exits 2 'an option without its value' naskah doc list --office
exits 2 'an option of another command' naskah doc list --threads 2
exits 2 'an argument missing' naskah doc fill
exits 2 'an argument too many' naskah doc fill a b
exits 22 'an unknown topic' naskah help tidak-ada
exits 0 'no command shows help' naskah
done_testing
