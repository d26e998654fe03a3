/*
 * What the bytes and objects of a file may be and must not be (ISO 19005-2,
 * 6.1), and what must be nowhere in it: other files, layers, scripts,
 * presentations, transparency.
 */
#include "conform.h"

/* ---- Bytes -------------------------------------------------------------- */

static void check_header(cf_judge *j)
{
    const unsigned char *p = (const unsigned char *)j->bytes.ptr;
    size_t i;

    if (j->bytes.len < 16 || !nk_str_starts(j->bytes, NK_STR("%PDF-1.")) ||
        p[7] < '0' || p[7] > '7' || p[8] != '\n' || p[9] != '%') {
        cf_tell(j, CF_HEADER, 0, "no %%PDF-1.0 to 1.7 and a comment");
        return;
    }
    for (i = 10; i < 14; i++)
        if (p[i] < 128)
            cf_tell(j, CF_HEADER, 0, "byte %zu is %u", i, p[i]);
}

static void check_end(cf_judge *j)
{
    if (!nk_str_ends(j->bytes, NK_STR("%%EOF\n")) &&
        !nk_str_ends(j->bytes, NK_STR("%%EOF")))
        cf_tell(j, CF_END, 0, "the file goes on after %%%%EOF");
}

static void check_trailer(cf_judge *j)
{
    const cf_value *id = cf_get(j, j->trailer, "ID"), *v;

    if (id->n != 2)
        cf_tell(j, CF_ID, 0, "%zu strings", id->n);
    for (v = id->first; v; v = v->next)
        if (v->kind != CF_STRING || v->text.len == 0)
            cf_tell(j, CF_ID, 0, "an empty string");
    if (cf_raw(j->trailer, "Encrypt")->kind != CF_NONE)
        cf_tell(j, CF_ENCRYPT, 0, "Encrypt");
}

/* ---- Values ------------------------------------------------------------- */

/* Keys that have no place in our papers, wherever they stand. */
static const struct {
    const char *key;
    cf_rule rule;
} banned[] = {
    { "EF", CF_FILES },
    { "EmbeddedFiles", CF_FILES },
    { "AF", CF_FILES },
    { "OCProperties", CF_LAYERS },
    { "OC", CF_LAYERS },
    { "AlternatePresentations", CF_SHOW },
    { "PresSteps", CF_SHOW },
    { "Requirements", CF_REQUIREMENTS },
    { "OpenAction", CF_TRIGGER },
    { "AA", CF_TRIGGER },
    { "JavaScript", CF_ACTION },
    { "JS", CF_ACTION },
    { "A", CF_ACTION }, /* an action; an attribute is looked at there */
    { "XFA", CF_XFA },
    { "NeedsRendering", CF_XFA },
    { "SMask", CF_TRANSPARENT },
    { "Group", CF_TRANSPARENT },
    { "CA", CF_TRANSPARENT },
    { "ca", CF_TRANSPARENT },
    { "BM", CF_TRANSPARENT },
    { "TR", CF_GSTATE },
    { "TR2", CF_GSTATE },
    { "HT", CF_GSTATE },
    { "Alternates", CF_IMAGE },
    { "OPI", CF_IMAGE },
    { "PS", CF_XOBJECT },
    { "Ref", CF_XOBJECT },
    { "CIDSet", CF_SUBSET },
    { "CharSet", CF_SUBSET },
};

static void check_key(cf_judge *j, const cf_value *key, const cf_value *value,
                      uint32_t object)
{
    const cf_value *v = cf_follow(j, value);
    size_t i;

    for (i = 0; i < sizeof(banned) / sizeof(banned[0]); i++) {
        if (!cf_is(key, banned[i].key))
            continue;
        /* /A of a structure element is its attributes (14.7.5). */
        if (cf_is(key, "A") && cf_raw(v, "O")->kind == CF_NAME)
            continue;
        cf_tell(j, banned[i].rule, object, "/%s", banned[i].key);
    }
    if (cf_is(key, "Interpolate") && cf_true(v))
        cf_tell(j, CF_IMAGE, object, "/Interpolate true");
}

static void check_limits(cf_judge *j, const cf_value *v, uint32_t object)
{
    if (v->kind == CF_STRING && v->text.len > 32767)
        cf_tell(j, CF_LIMIT, object, "a string of %zu bytes", v->text.len);
    if (v->kind == CF_NAME && v->text.len > 127)
        cf_tell(j, CF_LIMIT, object, "a name of %zu bytes", v->text.len);
    if (v->kind == CF_NUMBER && (v->number / CF_MILLION > INT32_MAX ||
                                 v->number / CF_MILLION < INT32_MIN))
        cf_tell(j, CF_LIMIT, object, "a number of %lld",
                (long long)(v->number / CF_MILLION));
}

static void check_value(cf_judge *j, const cf_value *v, uint32_t object)
{
    const cf_value *k;

    check_limits(j, v, object);
    if (v->kind == CF_ARRAY)
        for (k = v->first; k; k = k->next)
            check_value(j, k, object);
    if (v->kind != CF_DICT)
        return;
    for (k = v->first; k && k->next; k = k->next->next) {
        if (k->kind != CF_NAME)
            cf_tell(j, CF_SYNTAX, object, "a key is no name");
        check_key(j, k, k->next, object);
        check_value(j, k->next, object);
    }
}

/* ---- Objects ------------------------------------------------------------ */

static void check_filter(cf_judge *j, const cf_object *o, const cf_value *f)
{
    static const char *const known[] = { "FlateDecode", "DCTDecode",
                                         "ASCIIHexDecode", "ASCII85Decode",
                                         "RunLengthDecode" };
    size_t i;

    for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (cf_is(f, known[i]))
            return;
    cf_tell(j, CF_FILTER, o->number, "/%.*s", (int)f->text.len, f->text.ptr);
}

static void check_stream(cf_judge *j, cf_object *o)
{
    static const char *const outside[] = { "F", "FFilter", "FDecodeParms" };
    const cf_value *f = cf_get(j, o->value, "Filter");
    size_t i;

    for (i = 0; i < 3; i++)
        if (cf_raw(o->value, outside[i])->kind != CF_NONE)
            cf_tell(j, CF_EXTERNAL, o->number, "/%s", outside[i]);
    if (f->kind == CF_NAME)
        check_filter(j, o, f);
    for (f = f->kind == CF_ARRAY ? f->first : NULL; f; f = f->next)
        check_filter(j, o, f);
    cf_data(j, o);
    if (cf_is(cf_get(j, o->value, "Subtype"), "PS"))
        cf_tell(j, CF_XOBJECT, o->number, "PostScript");
}

/* 3 to 14400 points either way. */
static void check_page(cf_judge *j, const cf_page *p)
{
    const cf_value *v = cf_get(j, p->object->value, "MediaBox")->first;
    int64_t side[4] = { 0 };
    size_t i;

    for (i = 0; i < 4 && v; i++, v = v->next)
        side[i] = v->number;
    for (i = 0; i < 2; i++)
        if (side[i + 2] - side[i] < 3 * CF_MILLION ||
            side[i + 2] - side[i] > 14400 * CF_MILLION)
            cf_tell(j, CF_LIMIT, p->object->number, "a page of %lld points",
                    (long long)((side[i + 2] - side[i]) / CF_MILLION));
}

void cf_check_file(cf_judge *j)
{
    size_t i;

    check_header(j);
    check_end(j);
    check_trailer(j);
    for (i = 0; i < j->objects_n; i++) {
        cf_object *o = &j->objects[i];

        if (!o->value)
            continue;
        check_value(j, o->value, o->number);
        if (o->is_stream)
            check_stream(j, o);
    }
    for (i = 0; i < j->pages_n; i++)
        check_page(j, &j->pages[i]);
}
