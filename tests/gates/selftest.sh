#!/bin/sh
# Tests of the gates: each passes a tiny good tree and fails, for the right
# reason, when one thing in it is made bad. Run from the root of the tree, or
# by tests/run; prints TAP.
set -u

root=${NK_ROOT:-$(pwd)}
gates=$root/tests/gates
here=$(mktemp -d) || exit 1
trap 'rm -rf "$here"' EXIT
cd "$here" || exit 1
number=0
later=TOD

# A good tree in ./tree: a copy of ./good_tree, or one made from nothing.
plant() {
    rm -rf tree
    if [ -d good_tree ]; then
        cp -r good_tree tree
    else
        make_tree
    fi
}

make_tree() {
    mkdir -p tree/src/base tree/src/xml tree/src/doc tree/src/pdf \
        tree/tests/gates tree/tests/golden
    cat >tree/tests/gates/floors.txt <<'X'
# a table
room base   0   -         -          -
room xml    1   base      libxml/*   xml[A-Z]
room doc    3   base,xml  made.inc   -
room pdf    5   *         zlib.h     z_stream
room naskah 7.5 *         -          -
room cli    9   naskah    -          -

system stdio.h stdlib.h string.h time.h
X
    cat >tree/tests/gates/allow.txt <<'X'
# exceptions
X
    cat >tree/src/base/msg.def <<'X'
/* MSG(NOT, 1, 2, "a row") */
MSG(LOST, 1001, 22, "Berkas {0} tidak ada di {1}.",
    "There is no file {0} "
    "in {1}.", "Periksa.", "Look.")
TEXT(NAME, "Nama", "Name")
TEXT(LABEL_AGE, "Umur", "Age")
X
    cat >tree/src/base/base.h <<'X'
/* The door: no xmlNode, "no \" xmlDoc". */
#include <string.h>
#include "base/msg.def"
#define NK_LABEL(x) NK_T_LABEL_##x
extern const char nk_greeting[]; /* "doc/doc.h" */
int nk_add(int a, int b);
X
    cat >tree/src/base/base_int.h <<'X'
int nk_base__help(void);
X
    cat >tree/src/base/add.c <<'X'
#include "base/base_int.h"
#include "base/base.h"

const char nk_greeting[] = "Kepada Yth.";

static const struct row {
    int a, b;
} rows[] = {
    { 1, 2 },
    { 3, 4 },
};

int nk_base__help(void)
{
    return rows[0].a;
}

int nk_add(int a, int b)
{
    char c = '"'; /* not a string: { */
    if (a < b && a > 0)
        nk_fail(NK_M_LOST, NK_STR("obj"), "made %s", NK_T_NAME);
    return c == '{' ? a : b;
}
X
    echo '#include <libxml/tree.h>' >tree/src/xml/tree.c
    echo 'int nk_xml(void);' >tree/src/xml/xml.h
    cat >tree/src/doc/doc.c <<'X'
#include <stdio.h>
#include "base/base.h"
#include "xml/xml.h"
#include "made.inc"
X
    echo '#include "doc/doc.h"' >tree/src/naskah.h
    echo 'int nk_doc(void);' >tree/src/doc/doc.h
    printf 'page 1 \n' >tree/tests/golden/a.pages
    printf 'no end' >>tree/tests/golden/a.pages
}

# say OK NAME: one TAP line; what the gate printed is in log.
say() {
    number=$((number + 1))
    if [ "$1" = ok ]; then
        echo "ok $number - $2"
    else
        echo "not ok $number - $2"
        sed 's/^/# /' log
    fi
}

# good GATE NAME: the gate passes ./tree in silence.
good() {
    if "$gates/$1" $build tree >log 2>&1 && [ ! -s log ]; then
        say ok "$1: $2"
    else
        say no "$1: $2"
    fi
}

# bad GATE NAME PATTERN: the gate fails and prints a line with PATTERN.
bad() {
    "$gates/$1" $build tree >log 2>&1
    if [ $? -eq 1 ] && grep -q -- "$3" log; then
        say ok "$1: $2"
    else
        say no "$1: $2"
    fi
    plant
}

# broken GATE NAME: the gate says that it cannot judge.
broken() {
    "$gates/$1" $build tree >log 2>&1
    if [ $? -eq 2 ] && [ -s log ]; then
        say ok "$1: $2"
    else
        say no "$1: $2"
    fi
    plant
}

# lines N: N lines of code.
lines() {
    i=0
    while [ "$i" -lt "$1" ]; do
        echo '    f();'
        i=$((i + 1))
    done
}

allow() {
    echo "$*" >>tree/tests/gates/allow.txt
}

build=
plant

# ---- layers
good layers 'a good tree'
echo '#include "doc/doc.h"' >>tree/src/xml/tree.c
bad layers 'an include up' 'tree.c:2: xml may not include doc'
echo '#include "xml/xml.h"' >>tree/src/base/base.h
bad layers 'an include up from a door' 'base may not include xml'
echo '#include "pdf/pdf.h"' >tree/src/pdf/a.c
good layers 'an include in the own room'
echo '#include "cli/cli.h"' >tree/src/pdf/a.c
bad layers 'all below is not all' 'pdf may not include cli'
echo '#include "base/base_int.h"' >>tree/src/doc/doc.c
bad layers "another room's inside" 'the inside of another room'
echo '#include "base/base_int.h"' >>tree/src/base/base.h
bad layers 'the inside in the door' 'a door does not include the inside'
echo '#include "doc.h"' >>tree/src/doc/doc.c
bad layers 'an include not from src' 'written from src'
echo '#include "../base/base.h"' >>tree/src/doc/doc.c
bad layers 'an include with dots' 'no such room'
echo '#include "base/add.c"' >>tree/src/doc/doc.c
bad layers 'an included .c file' 'only headers'
echo '#include WHAT' >>tree/src/doc/doc.c
bad layers 'a computed include' 'names its file'
echo '#include <libxml/tree.h>' >>tree/src/doc/doc.c
bad layers "another room's library" 'not for the room doc'
echo '#include <zlib.h>' >>tree/src/pdf/pdf.h
bad layers 'a library in a door' 'a door does not include <zlib.h>'
echo '#include <math.h>' >>tree/src/pdf/a.c
bad layers 'an unknown system header' '<math.h> is not for'
echo 'void nk_xml_use(struct xmlNode *n);' >>tree/src/doc/doc.h
bad layers "a library's type in a door" 'shows xmlNode'
echo 'struct xmlNode;' >tree/src/xml/xml_int.h
good layers "a library's type inside its room"
echo 'int x;' >tree/src/xml/other_int.h
bad layers 'an inside under another name' 'is in xml_int.h'
mkdir tree/src/cellar
echo 'int x;' >tree/src/cellar/a.c
bad layers 'an unknown room' 'no room of floors.txt'
echo 'int x;' >tree/src/a.c
bad layers 'code outside of the rooms' 'no room of floors.txt'
echo 'room web 4 pdf - -' >>tree/tests/gates/floors.txt
bad layers 'a table that goes up' 'only include rooms of lower floors'
echo 'room web 4' >>tree/tests/gates/floors.txt
bad layers 'a short row' 'a room has a name'
rm -r tree/src
mkdir tree/src
broken layers 'an empty tree'

# ---- sizes
good sizes 'a good tree'
{
    echo 'int f(void)'
    echo '{'
    lines 57
    echo '}'
} >tree/src/doc/long.c
good sizes 'sixty lines'
{
    echo 'static int f(int a,'
    echo '             int b)'
    echo '{'
    lines 57
    echo '}'
} >tree/src/doc/long.c
bad sizes 'sixty-one lines' 'long.c:1: f: 61 lines'
{
    echo 'int f(void) {'
    lines 59
    echo '}'
} >tree/src/doc/long.c
bad sizes 'a brace on the same line' 'f: 61 lines'
{
    echo 'int f(void)'
    echo '{'
    echo '    static const int t[] = {'
    i=0
    while [ "$i" -lt 100 ]; do
        echo '        1,'
        i=$((i + 1))
    done
    echo '    };'
    lines 55
    echo '}'
} >tree/src/doc/long.c
good sizes 'a table does not count'
sed 's/t\[\] = {/t[] = {};/; s/^    };/    {}/' tree/src/doc/long.c >x
mv x tree/src/doc/long.c
bad sizes 'what is no table counts' 'f: 160 lines'
{
    echo 'int f(int a)'
    echo '{'
    echo '    if (a && a || a) while (a) for (;;) return a ? a : a;'
    echo '    switch (a) { case 1: case 2: case 3: break; }'
    echo '    /* if if if */ f("if (a) && while"); /* && ||'
    echo '       ? for */ do f(); while (a);'
    echo '#if 1 && 1'
    echo '    if (a) if (a) if (a) if (a) if (a) if (a) f();'
    echo '#endif'
    echo '}'
} >tree/src/doc/knot.c
good sizes 'complexity fifteen'
sed 's/switch/if (a) switch/' tree/src/doc/knot.c >x
mv x tree/src/doc/knot.c
bad sizes 'complexity sixteen' 'knot.c:1: f: 16 paths'
lines 800 >tree/src/doc/file.c
good sizes 'eight hundred lines'
lines 801 >tree/src/doc/file.c
bad sizes 'one line more' '801 lines in the file'
lines 801 >tree/tests/file.c
bad sizes 'one line more in tests' 'tests/file.c:1: 801'
printf '/* %s */\n' "$(printf '%074d' 0)" >tree/src/doc/wide.h
good sizes 'eighty columns'
printf '/* \303\251%s */\n' "$(printf '%073d' 0)" >tree/src/doc/wide.h
good sizes 'eighty characters in more bytes'
printf '/* \303\251%s */\n' "$(printf '%074d' 0)" >tree/src/doc/wide.h
bad sizes 'eighty-one characters' 'wide.h:1: 81 characters'
echo 'int f(void) {' >tree/src/doc/open.c
bad sizes 'a brace left open' 'do not match'
echo 'int x; }' >tree/src/doc/open.c
bad sizes 'a brace too many' 'do not match'
echo 'int x; /* ...' >tree/src/doc/open.c
bad sizes 'a comment left open' 'do not match'
lines 801 >tree/src/doc/file.c
allow 'src/doc/file.c - file a good reason'
good sizes 'an exception'
plant
allow 'src/doc/file.c - file a good reason'
bad sizes 'an exception not needed' 'no longer needed'
lines 801 >tree/src/doc/file.c
allow 'src/doc/file.c - file'
bad sizes 'an exception without a reason' 'needs a reason'
allow 'src/doc/file.c - size a good reason'
bad sizes 'an exception to nothing' 'no gate knows'
rm -r tree/src
mkdir tree/src
broken sizes 'an empty tree'

# ---- messages
good messages 'a good tree'
edit() { # edit FILE SCRIPT: sed in the tree
    sed "$2" "tree/$1" >x && mv x "tree/$1"
}
text() { # text CHARACTERS: add a row with a text of so many
    long=$(printf "%0$1d" 0)
    printf 'TEXT(LABEL_X, "%s", "\303\251%s")\n' "$long" "$long" \
        >>tree/src/base/msg.def
}
echo 'TEXT(SPARE, "Sisa", "Rest")' >>tree/src/base/msg.def
bad messages 'a text nobody uses' 'NK_T_SPARE is used nowhere'
edit src/base/add.c 's/NK_T_NAME/0/'
bad messages 'a use in a comment is none' 'NK_T_NAME is used nowhere'
edit src/base/add.c 's/NK_T_NAME/NK_T_NONE/'
bad messages 'an unknown id' 'add.c:.*NK_T_NONE is not in msg.def'
edit src/base/msg.def 's/di {1}/di {2}/'
bad messages 'other placeholders' 'LOST has 0 2 in Indonesian, but 0 1 in'
edit src/base/msg.def 's/{1}/{4}/'
bad messages 'a placeholder too high' 'more than {0} to {3}'
edit src/base/msg.def 's/LABEL_AGE/NAME/'
bad messages 'a name twice' 'NAME is there twice'
echo 'MSG(X, 1001, 22, "a", "b", "", "")' >>tree/src/base/msg.def
bad messages 'a code twice' 'code 1001 is that of LOST'
edit src/base/msg.def 's/1001/77/'
bad messages 'a short code' 'no code of four digits'
edit src/base/msg.def 's/1001, 22/1001, 27/'
bad messages 'an unknown exit status' 'unknown exit status: 27'
edit src/base/msg.def 's/"Look."/""/'
bad messages 'half a cure' 'lacks one of two languages'
edit src/base/msg.def 's/"Nama", //'
bad messages 'a text in one language' 'TEXT with 2 values'
edit src/base/msg.def 's/"Nama", "Name"/"", ""/'
bad messages 'an empty text' 'NAME says nothing'
for word in Error: invalid Galat 'tidak valid' Ilegal; do
    edit src/base/msg.def "s/Nama/$word/"
    bad messages "blame: $word" 'NAME says'
done
edit src/base/msg.def 's/Nama/Galat/'
allow 'src/base/msg.def NAME words a good reason'
good messages 'an excused word'
plant
allow 'src/base/msg.def NAME words a good reason'
bad messages 'an excuse not needed' 'no longer needed'
text 119
good messages 'a hundred and twenty characters'
plant
text 120
bad messages 'one more' 'a line of 121 characters'
echo 'PLAIN(X)' >>tree/src/base/msg.def
bad messages 'another macro' 'neither MSG nor TEXT'
for literal in 'Berkas {0}' 'The file is lost.' 'Mohon periksa lagi!\n' \
    'There is no {9} left' '%s tidak ada' 'it cannot be read'; do
    echo "char *s = \"$literal\";" >>tree/src/doc/doc.c
    bad messages "in code: $literal" 'doc.c:5: a message in C code'
done
for literal in 'select a from b where not c;' 'hari ' ' bulan ' \
    'Kepada Yth. ' '<p>You must not.</p>' '0 0 m %d' 'SHA-256.' '%PDF-1.7'; do
    echo "char *s = \"$literal\";" >>tree/src/doc/doc.c
    good messages "no message: $literal"
    plant
done
cat >>tree/src/doc/doc.c <<'X'
int f(void)
{
    return nk_fail(ctx, NK_E_IO, NK_M_LOST,
                   NK_ARGS(nk_str("two words")));
}
X
bad messages 'words given to nk_fail' 'doc.c:8: a message in C code'
echo 'int x = nk_fail(NK_STR("keys.db"), NK_STR("obj"));' >>tree/src/doc/doc.c
good messages 'a name given to nk_fail'
plant
echo 'char *s = "It is lost.";' >>tree/src/doc/doc.c
allow 'src/doc/doc.c - literals a good reason'
good messages 'an excused file'
plant
mkdir tree/src/cli
echo 'char *s = "It is lost.";' >tree/src/cli/help.c
good messages 'the help of cli'
plant
: >tree/src/base/msg.def
bad messages 'an empty table' 'no messages'

# ---- words
good words 'a good tree'
echo "/* ${later}O: all */" >>tree/src/doc/doc.c
bad words 'work for later' 'doc.c:5: work left'
echo "/* FIX""ME all */" >>tree/src/doc/doc.c
bad words 'work to mend' 'doc.c:5: work left'
echo "/* ${later}O(#12): all */" >>tree/src/doc/doc.c
echo "/* ${later}O: see issue 12 */ char t[] = \"XXXXXX\";" \
    >>tree/src/doc/doc.c
good words 'work with its issue'
for path in home/siti Users/siti tmp/x root/x work/x; do
    plant
    echo "/* see /$path */" >tree/README
    bad words "the path $path" 'README:1: a path'
done
# shellcheck disable=SC2016 # it is the text that is meant
echo 'https://example.org/home/x $dir/tmp/x ${TMPDIR:-/tmp}' >tree/README
good words 'other paths'
echo 'a ' >tree/README
bad words 'a space at the end' 'README:1: white space'
printf 'a\r\n' >tree/README
bad words 'a carriage return' 'README:1: white space'
printf 'a\nb' >tree/README
bad words 'no end of the last line' 'README: the last line'
echo 'a' >'tree/a b'
bad words 'a space in a name' 'a file name'
mkdir -p tree/build tree/archive/data tree/.git
printf 'a \nb' | tee tree/build/x tree/archive/data/x >tree/.git/x
printf '\000 ' >tree/picture
good words 'what is not looked at'
rm -rf tree/src tree/tests
rm tree/picture
broken words 'an empty tree'

# ---- symbols
build=out
compile() { # compile ROOM/FILE...: from standard input, into the library
    for file; do
        mkdir -p "tree/src/${file%/*}" "tree/out/src/${file%/*}"
        cat >"tree/src/$file.c"
        ${CC:-cc} -w -fPIC -c -o "tree/out/src/$file.o" "tree/src/$file.c"
        rm -f tree/out/libnaskah.a
        ar rc tree/out/libnaskah.a tree/out/src/*/*.o
    done
}
if ! command -v "${CC:-cc}" >/dev/null || ! command -v nm >/dev/null; then
    number=$((number + 1))
    echo "ok $number - symbols # SKIP no compiler"
    echo "1..$number"
    exit
fi
plant
rm -f tree/src/*/*.c
compile base/add <<'X'
int nk_add(int a, int b) { return a + b; }
static int local(void) { return 1; }
int nk_shared(void) { return local(); }
X
compile doc/use <<'X'
int nk_shared(void), nk_add(int, int);
int nk_doc(void) { return nk_shared() + nk_add(1, 2); }
X
cp -r tree good_tree
good symbols 'a good library'
compile base/more <<'X'
int add(int a) { return a; }
X
bad symbols 'a foreign name' 'more.c: global add does not begin'
compile base/more <<'X'
int nk_spare(void) { return 1; }
X
bad symbols 'used by nobody' 'nk_spare is in no header'
compile base/more <<'X'
int nk_table[3] = { 1, 2, 3 };
X
bad symbols 'data used by nobody' 'nk_table is in no header'
for call in 'printf("%d", 1)' 'fputs("x", stdout)' 'puts("x")' 'exit(1)' \
    'abort()' 'getenv("HOME")' 'time(0)' 'clock()' 'localtime(0)'; do
    compile base/add <<X
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
int nk_add(int a, int b) { $call; return a + b; }
int nk_shared(void) { return 1; }
X
    bad symbols "the call $call" "add.c: ${call%%[!a-z]*}\|stdout"
done
compile base/add <<'X'
void abort(void);
int nk_add(int a, int b) { abort(); }
int nk_shared(void) { return 1; }
int strange;
X
allow 'src/base/add.c abort calls a good reason'
allow 'src/base/add.c strange global a good reason'
good symbols 'excused'
plant
allow 'src/base/add.c abort calls a good reason'
bad symbols 'an excuse not needed' 'no longer needed'
compile cli/main <<'X'
#include <stdlib.h>
int main(void) { exit(1); }
X
rm tree/out/libnaskah.a
ar rc tree/out/libnaskah.a tree/out/src/base/*.o tree/out/src/doc/*.o
good symbols 'the program may'
plant
rm tree/out/libnaskah.a
broken symbols 'no library'
rm tree/out/src/doc/use.o
broken symbols 'another library'
build=
broken symbols 'no build folder'
echo "1..$number"
