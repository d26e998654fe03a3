/*
 * Is a record plainly right? All that case.xsd asks of a record, asked of the
 * field model that was read from it: which elements there are, in what order
 * and how often, and what the forms of their values are.
 *
 * This is for records that are right, which is nearly all: they need no
 * compiled schema. It has no words for what is wrong; whatever it does not
 * know to be right is for the schema to judge. That the two never disagree
 * is a property test.
 */
#include "record/record_int.h"

#define MOST_COUNT 999999
#define MOST_MONEY INT64_C(999999999999)

/* A first letter or digit, then up to `longest` in all, of `more` too. */
static bool is_code(nk_str v, bool capitals, nk_str more, size_t longest)
{
    size_t i;

    for (i = 0; i < v.len; i++) {
        char c = v.ptr[i];

        if (!(c >= 'a' && c <= 'z') && !nk_is_digit(c) &&
            !(capitals && c >= 'A' && c <= 'Z') &&
            (i == 0 || nk_str_find(more, c) == more.len))
            return false;
    }
    return v.len > 0 && v.len <= longest;
}

static bool is_at_most(nk_str v, uint64_t most)
{
    uint64_t n;

    return nk_str_uint(v, most, &n);
}

/* What nk_record__check_value, which came before, leaves open. */
static bool value_is_right(const nk_field *f, nk_str value)
{
    switch (f->kind) {
    case NK_KIND_TEXT:
    case NK_KIND_LONG_TEXT:
    case NK_KIND_PERSON_NAME:
        return nk_utf8_count(value) <= f->longest;
    case NK_KIND_ID:
        return is_code(value, false, NK_STR("-"), 60);
    case NK_KIND_CASE_NUMBER:
        return is_code(value, true, NK_STR("._-"), 40);
    case NK_KIND_COUNT:
        return is_at_most(value, MOST_COUNT);
    case NK_KIND_MONEY:
        return is_at_most(value, MOST_MONEY);
    case NK_KIND_GROUP:
        return false;
    case NK_KIND_NIK:
    case NK_KIND_KK:
    case NK_KIND_PHONE:
    case NK_KIND_EMAIL:
    case NK_KIND_RT_RW:
    case NK_KIND_DATE:
    case NK_KIND_PARTIAL_DATE:
    case NK_KIND_TIME:
    case NK_KIND_MOMENT:
    case NK_KIND_CHOICE:
        break;
    }
    /* libxml2 reads white space around a date differently. */
    return nk_str_trim(value).len == value.len;
}

/* The next element from a part on; a text that says something is `stray`. */
static const nk_xml_node *element_from(const nk_xml_node *part, bool *stray)
{
    while (part && nk_xml_is_text(part)) {
        *stray = *stray || nk_str_trim(nk_xml_text(part)).len;
        part = nk_xml_next_part(part);
    }
    return part;
}

static bool attr_is_right(const nk_xml_node *e, const nk_field *f)
{
    nk_str value;

    return nk_xml_attr(e, f->name, &value) ? value_is_right(f, value)
                                           : f->least == 0;
}

static bool is_right(const nk_xml_node *e, const nk_field *f)
{
    bool stray = false;
    const nk_xml_node *k;
    const nk_field *c;

    if (!nk_str_eq(nk_xml_ns(e), NK_RECORD__NS) || nk_xml_has_attr_ns(e))
        return false;
    if (f->kind != NK_KIND_GROUP)
        return !nk_xml_first(e) && value_is_right(f, nk_xml_text(e));
    k = element_from(nk_xml_first_part(e), &stray);
    for (c = f->first; c; c = c->next) {
        uint32_t n = 0;

        if (c->is_attr) {
            if (!attr_is_right(e, c))
                return false;
            continue;
        }
        for (; k && nk_record_field(k) == c && is_right(k, c); n++)
            k = element_from(nk_xml_next_part(k), &stray);
        if (n < c->least || n > c->most)
            return false;
    }
    return !k && !stray;
}

bool nk_record__is_plain(const nk_record *r)
{
    const nk_xml_node *root = nk_xml_root(r->xml);

    return nk_str_eq(nk_xml_name(root), r->model->root->name) &&
           is_right(root, r->model->root);
}
