# docs/gallery.md shows every paper there is, and no other; make gallery
# writes it. The pictures together stay small.
. "$NK_ROOT/tests/support/cli.sh"
gallery=$root/docs/gallery.md

ls "$root/templates/documents" > papers
sed -n 's/^`\([a-z-]*\)`: .*/\1/p' "$gallery" > shown
check 'every paper is shown' diff papers shown
ls "$root/docs/gallery" | sed 's/\.png$//' > pictures
check 'every paper has its picture' diff papers pictures
sed -n 's/.*(gallery\/\([a-z-]*\)\.png)$/\1/p' "$gallery" > linked
check 'and it is linked' diff papers linked
naskah template list --plain | cut -f2 | sort > titles
sed -n 's/^## //p' "$gallery" | sort > headings
check 'under its title' diff titles headings
check 'at most 2 MB' test "$(cat "$root"/docs/gallery/*.png | wc -c)" -le 2000000
done_testing
