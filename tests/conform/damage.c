/*
 * Every rule broken at least once: a stretch of a good file is replaced by
 * text of the same length, so that nothing else moves, and the judge must
 * say which rule was broken. A rule without a damage fails as well.
 */
#include "conform.h"

#include <stdio.h>

/* Bytes from the beginning of a stretch to its end. */
#define MAX_STRETCH 400u

/* Entries of the catalog that are put in place of /PieceInfo. */
#define IN_CATALOG(rule, entry)                                                \
    {                                                                          \
        rule, "/PieceInfo<<", ">>>>", entry                                    \
    }

static const struct damage {
    cf_rule rule;
    const char *from; /* the stretch begins so; NULL: after the end */
    const char *to;   /* and ends so; NULL: it is no longer than `from` */
    const char *with; /* spaces follow */
} damages[] = {
    { CF_HEADER, "%PDF-1.7", NULL, "%PDF-1.8" },
    { CF_HEADER, "%\xE2\xE3\xCF\xD3", NULL, "%nask" },
    { CF_ID, "/ID", NULL, "/IX" },
    { CF_ID, "/ID[", "]", "/ID[()()]" },
    { CF_ENCRYPT, "/ID[", "]", "/Encrypt 1 0 R" },
    { CF_END, NULL, NULL, "x" },
    { CF_XREF, "startxref\n", "%", "startxref\n7 %" },
    { CF_XREF, "\n0000000015 00000 n", NULL, "\n0000000016 00000 n" },
    { CF_XREF, "\n0000000015 00000 n", NULL, "\n000000001x 00000 n" },
    { CF_HEX, "/Lang(id)", NULL, "/Lang<6>" },
    { CF_HEX, "/Lang(id)", NULL, "/Lang<6x>" },
    { CF_LENGTH, "/Resources<<>>/Length ", ">>", "/Resources<<>>/Length 7>>" },
    { CF_LENGTH, "/Resources<<>>/Length ", ">>", "/Resources<<>>/Longth 7>>" },
    { CF_FILTER, "/Filter/FlateDecode", NULL, "/Filter/LZWDecode" },
    { CF_EXTERNAL, "/Filter/FlateDecode", NULL, "/F(elsewhere)" },
    { CF_SPACING, "0 obj\n<<", NULL, "0 obj <<" },
    { CF_SPACING, ">>\nendobj", NULL, ">> endobj" },
    { CF_LIMIT, "/MediaBox [ 0 0 595.", NULL, "/MediaBox [ 0 0 2" },
    IN_CATALOG(CF_LIMIT, "/X 99999999999"),
    { CF_SYNTAX, "/Lang(id)", NULL, "/Lang(id" },
    IN_CATALOG(CF_SYNTAX, "/X[1"),
    { CF_OPERATOR, "\nEMC\n", NULL, "\nQ" },
    { CF_OPERATOR, " Tf ", NULL, " Tx" },
    { CF_OPERATOR, "BT ", NULL, "" },
    { CF_RESOURCE, "/F0 ", " Tf", "/F9 10 Tf" },
    { CF_INTENT, "/GTS_PDFA1", NULL, "/GTS_PDFX1" },
    { CF_INTENT, "/N 3/Filter", NULL, "/N 4/Filter" },
    { CF_COLOUR, "q 0.88 g 0.7071 0.7071", NULL, "q 0 0 0 1 k 1 0" },
    { CF_COLOUR, "/ColorSpace/DeviceGray", NULL, "/ColorSpace/DeviceN" },
    IN_CATALOG(CF_GSTATE, "/X<</TR 1>>"),
    IN_CATALOG(CF_IMAGE, "/X<</Interpolate true>>"),
    IN_CATALOG(CF_IMAGE, "/X<</OPI 1>>"),
    { CF_XOBJECT, "/Subtype/Image", NULL, "/Subtype/PS" },
    IN_CATALOG(CF_XOBJECT, "/X<</Ref 1>>"),
    IN_CATALOG(CF_TRANSPARENT, "/X<</SMask 1>>"),
    IN_CATALOG(CF_TRANSPARENT, "/X<</ca 0.5>>"),
    { CF_FONT_TYPE, "/Subtype/TrueType", NULL, "/Subtype/Type3" },
    { CF_FONT_TYPE, "/FirstChar 32", NULL, "/FirstChar 33" },
    { CF_CID, "/Identity-H", NULL, "/Identity-V" },
    { CF_CID, "/Ordering(Identity)", NULL, "/Ordering(Other)" },
    { CF_EMBEDDED, "/FontFile2 ", NULL, "/FontFile9 " },
    { CF_EMBEDDED, "/Length1 ", ">", "/Length1 1>" },
    IN_CATALOG(CF_SUBSET, "/X<</CIDSet 1>>"),
    { CF_WIDTH, "/Widths[", " ", "/Widths[9" },
    { CF_ENCODING, "/WinAnsiEncoding", NULL, "/PDFDocEncoding" },
    { CF_UNICODE, "/ToUnicode ", NULL, "/ToUnicorn " },
    { CF_NOTDEF, "(K", NULL, "(\001" },
    { CF_ANNOTATION, "/Subtype/Widget", NULL, "/Subtype/Movie" },
    { CF_FLAGS, "/F 132", NULL, "/F 130" },
    { CF_FLAGS, "/F 132", NULL, "/X 132" },
    { CF_APPEARANCE, "/AP<</N ", NULL, "/AX<</N " },
    { CF_APPEARANCE, "/AP<</N ", NULL, "/AP<</D " },
    { CF_FIELD, "/AcroForm<<", ">>", "/AcroForm<</NeedAppearances true>>" },
    { CF_FIELD, "/AcroForm<<", "]", "/AcroForm<</Fields[0 0 R]" },
    IN_CATALOG(CF_XFA, "/X<</XFA 1>>"),
    { CF_SIGNATURE, "/ByteRange[0 ", NULL, "/ByteRange[1 " },
    { CF_SIGNATURE, "/Contents<30", NULL, "/Contents<31" },
    IN_CATALOG(CF_ACTION, "/X<</S/JavaScript/JS()>>"),
    IN_CATALOG(CF_ACTION, "/X<</A<</S/Launch>>>>"),
    IN_CATALOG(CF_TRIGGER, "/OpenAction 1"),
    IN_CATALOG(CF_TRIGGER, "/AA<<>>"),
    { CF_METADATA, "<?xpacket begin=", NULL, "<?xpacket bytes=" },
    { CF_METADATA, "</x:xmpmeta>", NULL, "</x:xmpmeto>" },
    { CF_METADATA, "/Subtype/XML", NULL, "/Subtype/HTM" },
    { CF_EXTENSION, "pdfa/ns/extension/", NULL, "pdfa/ns/extensiox/" },
    { CF_EXTENSION, "=\"http://ns.adobe.com/pdf/1.3/\"", NULL,
      "=\"http://ns.adobe.com/pdf/1.9/\"" },
    { CF_PDFA, "<pdfaid:part>2", NULL, "<pdfaid:part>3" },
    { CF_PDFA, "<pdfaid:conformance>A", NULL, "<pdfaid:conformance>B" },
    { CF_INFO, "/Creator(naskah)", NULL, "/Creator(naskoh)" },
    { CF_INFO, "/CreationDate(D:2", NULL, "/CreationDate(D:3" },
    { CF_MARKED, "/Marked true", NULL, "/Marked null" },
    { CF_TREE, "/Type/StructElem/S/P/", NULL, "/Type/StructElum/S/P/" },
    { CF_TREE, "/S/TR/P ", " 0 R", "/S/TR/P 1 0 R" },
    { CF_TREE, "/StructTreeRoot/K ", " 0 R", "/StructTreeRoot/K 0 0 R" },
    IN_CATALOG(CF_FILES, "/X<</EF 1>>"),
    IN_CATALOG(CF_LAYERS, "/OCProperties 1"),
    IN_CATALOG(CF_SHOW, "/X<</PresSteps 1>>"),
    IN_CATALOG(CF_REQUIREMENTS, "/Requirements[]"),
    { CF_PDFUA, "<pdfuaid:part>1", NULL, "<pdfuaid:part>2" },
    { CF_TAGGED, "/Artifact BMC", NULL, "/Artifoct BMC" },
    { CF_TAGGED, "/MCID 1>>", NULL, "/MCOD 1>>" },
    { CF_NESTED, "EMC\n/P<</MCID", NULL, "   \n/P<</MCID" },
    { CF_NESTED, "EMC\n/Artifact", NULL, "   \n/Artifact" },
    { CF_MCID, "/P<</MCID 1>>", NULL, "/P<</MCID 0>>" },
    { CF_MCID, "/Nums[0[", " 0 R", "/Nums[0[1 0 R" },
    { CF_MCID, "/TD<</MCID", NULL, "/TX<</MCID" },
    { CF_ROLE, "/S/TD/P", NULL, "/S/TX/P" },
    { CF_TITLE, "/DisplayDocTitle true", NULL, "/DisplayDocTitle null" },
    { CF_TITLE, "=\"http://purl.org/dc/elements/1.1/", NULL,
      "=\"http://purl.org/dc/elements/1.2/" },
    { CF_LANGUAGE, "/Lang(id)", NULL, "/Long(id)" },
    { CF_STRUCTURE, "/S/TR/P", NULL, "/S/LI/P" },
    { CF_STRUCTURE, "/S/LBody/P", NULL, "/S/TH/P" },
    { CF_COLUMNS, "/ColSpan 2", NULL, "/ColSpan 9" },
    { CF_FIGURE, "/Layout/BBox[", NULL, "/Layout/BBux[" },
    { CF_FIGURE, "/S/Figure/P", "/Alt", "/S/Figure/X" },
    { CF_HEADING, "/S/H1/P", NULL, "/S/H3/P" },
    { CF_SCOPE, "/Scope/", NULL, "/Scape/" },
    { CF_LIST, "/ListNumbering/", NULL, "/ListNambering/" },
    { CF_TOOLTIP, "/TU(", NULL, "/TX(" },
    { CF_TABS, "/Tabs /S", NULL, "/Tabs /R" },
    { CF_WIDGET, "/StructParent ", "/", "/StructParent 0/" },
};

#define DAMAGES (sizeof(damages) / sizeof(damages[0]))

/* The last stretch of that kind; false: there is none. */
static bool find(nk_str file, const struct damage *d, size_t *at, size_t *len)
{
    nk_str from = nk_str_of(d->from), rest;
    size_t end;

    for (*at = file.len; (*at)-- > 0;) {
        rest = nk_str_skip(file, *at);
        if (!nk_str_starts(rest, from))
            continue;
        *len = from.len;
        if (!d->to)
            return true;
        rest = nk_str_skip(rest, from.len);
        rest.len = rest.len < MAX_STRETCH ? rest.len : MAX_STRETCH;
        end = nk_str_search(rest, nk_str_of(d->to));
        *len += end + strlen(d->to);
        if (end < rest.len)
            return true;
    }
    return false;
}

/* The file with the damage done; ptr NULL: it has no such place. */
static nk_str apply(nk_arena *a, nk_str file, const struct damage *d)
{
    size_t with = strlen(d->with), at, len;
    char *out;

    if (!d->from) {
        at = file.len;
        len = with;
    } else if (!find(file, d, &at, &len)) {
        return NK_EMPTY;
    }
    if (with > len) {
        printf("# longer than what it replaces: %s\n", d->with);
        return NK_EMPTY;
    }
    out = cf_need(nk_alloc(a, file.len + len));
    memcpy(out, file.ptr, file.len);
    memset(out + at, ' ', len);
    memcpy(out + at, d->with, with);
    return (nk_str){ out, d->from ? file.len : file.len + len };
}

/* Is that rule found broken after the damage, and not before? */
static bool is_noticed(nk_str file, const struct damage *d, bool *has_place)
{
    nk_arena a;
    cf_judge j;
    nk_str bad;
    bool after = false;

    nk_arena_init(&a);
    bad = apply(&a, file, d);
    *has_place = bad.ptr != NULL;
    if (bad.ptr) {
        cf_judge_open(&j, bad);
        after = j.told[d->rule] > 0;
        cf_judge_close(&j);
    }
    nk_arena_release(&a);
    return after;
}

static bool is_good(nk_str file)
{
    cf_judge j;
    bool good;

    cf_judge_open(&j, file);
    good = !j.first;
    cf_judge_close(&j);
    return good;
}

static void put_line(const char *s)
{
    for (; *s; s++)
        putchar(*s >= ' ' && *s <= '~' && *s != '#' ? *s : '.');
}

static bool report(size_t number, bool good, cf_rule rule, const char *what)
{
    printf("%sok %zu - %s, %s: ", good ? "" : "not ", number,
           cf_rule_name(rule), cf_rule_clause(rule));
    put_line(what);
    putchar('\n');
    return good;
}

int cf_damage(const nk_str *files, size_t n)
{
    bool covered[CF_RULES] = { false }, place = false, good = true, noticed;
    size_t i, k, number = 0;

    for (k = 0; k < n; k++)
        good = report(++number, is_good(files[k]), CF_HEADER,
                      "all of a good file") &&
               good;
    for (i = 0; i < DAMAGES; i++) {
        noticed = false;
        for (k = 0; k < n && !noticed; k++)
            noticed = is_noticed(files[k], &damages[i], &place);
        covered[damages[i].rule] = true;
        good =
            report(++number, noticed, damages[i].rule, damages[i].with) && good;
    }
    for (i = 0; i < CF_RULES; i++)
        if (!covered[i])
            good = report(++number, false, (cf_rule)i, "is never broken");
    printf("1..%zu\n", number);
    return good ? 0 : 1;
}
