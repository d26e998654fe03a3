# The gate of the guides for authors: it passes, and it can fail.
. "$NK_ROOT/tests/support/cli.sh"

mkdir -p tree/src
cp -r "$root/docs" "$root/schemas" "$root/templates" tree
cp -r "$root/src/template" tree/src
gate() { "$root/tests/gates/docs" "$NK_BUILD" tree; }
damaged() { # WHAT SCRIPT LANGUAGE MESSAGE
    cp "$root"/docs/template-guide.*.md tree/docs
    sed -i "$2" tree/docs/template-guide.$3.md
    exits 1 "$1" gate
    says "docs/template-guide.$3.md"
    says "$4"
}

exits 0 'the guides are right' gate
check 'nothing is said' test ! -s out
for lang in id en; do
    damaged 'an element missing' 's/^| `img` .*//' $lang 'element img is not'
    damaged 'an attribute missing' 's/`least`//' $lang 'attribute least is not'
    damaged 'a function missing' 's/^| `age(.*//' $lang 'function age is not'
    damaged 'a function of XPath missing' 's/`translate`//' $lang \
        'function of XPath translate is not'
    damaged 'a fact missing' 's/`$signer\/rank`//' $lang \
        'fact $signer/rank is not'
    damaged 'a misspelt path' 's/of="victim\/nik" show/of="victim\/nix" show/' \
        $lang 'nix'
    damaged 'an example not well-formed' 's/^<\/signer>$//' $lang \
        'the example does not pass'
    damaged 'a parameter of a part' 's/whom="victim\/name" //' $lang whom
    damaged 'a command' 's/^naskah template diff/naskah template difference/' \
        $lang 'no such command: naskah template difference'
done
sed -i 's/ROW("img"/ROW("image", NK_TAG_IMAGE, BLOCKS, 0),\n    ROW("img"/' \
    tree/src/template/elements.c
cp "$root"/docs/template-guide.*.md tree/docs
exits 1 'a new element' gate
says 'template-guide.id.md: element image is not explained'
says 'template-guide.en.md: element image is not explained'
done_testing
