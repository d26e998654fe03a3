/*
 * Who may sign for a post, and the lines above the name.
 *
 *   own    Kepala Dinas Sosial,
 *   Plt.   Plt. Kepala Dinas Sosial,
 *   a.n.   a.n. Kepala Dinas Sosial / Sekretaris,
 *   u.b.   a.n. Kepala Dinas Sosial / Sekretaris / u.b. / Kepala Bidang ...,
 */
#include "office/office_int.h"

static nk_str child_text(const nk_xml_node *e, nk_str name)
{
    nk_xml_node *c = nk_xml_child(e, name);

    return c ? nk_str_trim(nk_xml_text(c)) : NK_EMPTY;
}

/* Does what `e` says hold on that day? Ends are included. */
static bool holds_on(const nk_xml_node *e, nk_date on)
{
    nk_str from = nk_xml_attr_or(e, NK_STR("from"), NK_EMPTY);
    nk_str until = nk_xml_attr_or(e, NK_STR("until"), NK_EMPTY);
    nk_date d;

    if (nk_date_parse(from, &d) && nk_date_cmp(on, d) < 0)
        return false;
    return !nk_date_parse(until, &d) || nk_date_cmp(on, d) <= 0;
}

static nk_xml_node *holder_of(const nk_office *o, nk_str post, nk_date on)
{
    nk_xml_node *e;

    for (e = nk_xml_first(nk_office_node(o)); e; e = nk_xml_next(e))
        if (nk_str_eq(nk_xml_name(e), NK_STR("person")) &&
            nk_str_eq(nk_xml_attr_or(e, NK_STR("post"), NK_EMPTY), post) &&
            holds_on(e, on))
            break;
    return e;
}

static bool is_acting(nk_str as)
{
    return nk_str_eq(as, NK_STR("Plt.")) || nk_str_eq(as, NK_STR("Plh."));
}

/* The delegation by which `person` signs for `post`; empty: an acting one. */
static nk_xml_node *delegation_of(const nk_office *o, nk_str post,
                                  nk_str person, nk_date on)
{
    nk_xml_node *e;

    for (e = nk_xml_first(nk_office_node(o)); e; e = nk_xml_next(e)) {
        nk_str as = nk_xml_attr_or(e, NK_STR("as"), NK_EMPTY);
        nk_str to = nk_xml_attr_or(e, NK_STR("to"), NK_EMPTY);

        if (!nk_str_eq(nk_xml_name(e), NK_STR("delegation")) ||
            !nk_str_eq(nk_xml_attr_or(e, NK_STR("post"), NK_EMPTY), post) ||
            !holds_on(e, on))
            continue;
        if (person.len ? nk_str_eq(to, person) : is_acting(as))
            break;
    }
    return e;
}

/* The title of a post: of whoever holds or last held it. */
static nk_str title_of_post(const nk_office *o, nk_str post)
{
    nk_xml_node *e = nk_office__find(o, NK_STR("person"), NK_STR("post"), post);

    return e ? child_text(e, NK_STR("title")) : NK_EMPTY;
}

static nk_str joined(nk_arena *a, nk_str before, nk_str s, nk_str after)
{
    nk_buf b;

    nk_buf_init(&b, a);
    nk_buf_puts(&b, before);
    nk_buf_puts(&b, s);
    nk_buf_puts(&b, after);
    return nk_buf_str(&b);
}

static nk_err describe(nk_ctx *ctx, nk_arena *a, const nk_xml_node *person,
                       nk_signer *out)
{
    nk_str before = child_text(person, NK_STR("before"));
    nk_str after = child_text(person, NK_STR("after"));
    nk_buf b;

    nk_buf_init(&b, a);
    nk_buf_puts(&b, before);
    nk_buf_puts(&b, before.len ? NK_STR(" ") : NK_EMPTY);
    nk_buf_puts(&b, child_text(person, NK_STR("name")));
    nk_buf_puts(&b, after.len ? NK_STR(", ") : NK_EMPTY);
    nk_buf_puts(&b, after);
    out->name = nk_buf_str(&b);
    out->person = nk_xml_attr_or(person, NK_STR("id"), NK_EMPTY);
    out->title = child_text(person, NK_STR("title"));
    out->rank = child_text(person, NK_STR("rank"));
    out->nip = NK_EMPTY;
    if (nk_xml_child(person, NK_STR("nip"))) {
        nk_buf n;

        nk_buf_init(&n, a);
        nk_groups_put(&n, child_text(person, NK_STR("nip")), "8613");
        out->nip = nk_buf_str(&n);
        if (n.err < 0)
            return nk_nomem(ctx);
    }
    return b.err < 0 ? nk_nomem(ctx) : NK_OK;
}

/* The lines for somebody who signs for `post` by delegation d. */
static void delegated_lines(nk_arena *a, const nk_office *o, nk_str post,
                            const nk_xml_node *d, nk_signer *s)
{
    nk_str as = nk_xml_attr_or(d, NK_STR("as"), NK_EMPTY);
    nk_str through = nk_xml_attr_or(d, NK_STR("through"), NK_EMPTY);
    nk_str of = title_of_post(o, post);
    nk_xml_node *between;

    s->lines_n = 0;
    if (is_acting(as)) {
        s->lines[s->lines_n++] =
            joined(a, as, joined(a, NK_STR(" "), of, NK_STR(",")), NK_EMPTY);
        return;
    }
    s->lines[s->lines_n++] = joined(a, NK_STR("a.n. "), of, NK_EMPTY);
    if (nk_str_eq(as, NK_STR("u.b."))) {
        between = nk_office__find(o, NK_STR("person"), NK_STR("id"), through);
        s->lines[s->lines_n++] =
            between ? child_text(between, NK_STR("title")) : NK_EMPTY;
        s->lines[s->lines_n++] = NK_STR("u.b.");
    }
    s->lines[s->lines_n++] = joined(a, NK_EMPTY, s->title, NK_STR(","));
}

static nk_err refuse(nk_ctx *ctx, const nk_office *o, nk_str post,
                     nk_str person)
{
    nk_str title = title_of_post(o, post);

    if (!title.len)
        title = post;
    if (!person.len)
        return nk_fail(ctx, NK_E_NOTFOUND, NK_M_SIGNER_NONE, NK_NOWHERE,
                       NK_ARGS(title));
    if (!nk_office__find(o, NK_STR("person"), NK_STR("id"), person))
        return nk_fail(ctx, NK_E_NOTFOUND, NK_M_SIGNER_UNKNOWN, NK_NOWHERE,
                       NK_ARGS(person));
    return nk_fail(ctx, NK_E_DENIED, NK_M_SIGNER_DENIED, NK_NOWHERE,
                   NK_ARGS(person, title));
}

nk_err nk_office_signer(nk_ctx *ctx, nk_arena *a, const nk_office *o,
                        nk_str post, nk_str person, nk_date on, nk_signer *out)
{
    nk_xml_node *holder = holder_of(o, post, on), *who = holder, *d = NULL;
    nk_err rc;

    if (person.len && holder &&
        !nk_str_eq(nk_xml_attr_or(holder, NK_STR("id"), NK_EMPTY), person))
        who = NULL;
    if (!who) {
        if (!(d = delegation_of(o, post, person, on)))
            return refuse(ctx, o, post, person);
        who = nk_office__find(o, NK_STR("person"), NK_STR("id"),
                              nk_xml_attr_or(d, NK_STR("to"), NK_EMPTY));
        if (!who || !holds_on(who, on))
            return refuse(ctx, o, post,
                          nk_xml_attr_or(d, NK_STR("to"), NK_EMPTY));
    }
    if ((rc = describe(ctx, a, who, out)) < 0)
        return rc;
    if (d) {
        delegated_lines(a, o, post, d, out);
    } else {
        out->lines[0] = joined(a, NK_EMPTY, out->title, NK_STR(","));
        out->lines_n = 1;
    }
    return NK_OK;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (unsigned char)c >= 0x80;
}

static bool same_letters(nk_str a, nk_str b)
{
    size_t i;

    for (i = 0; i < a.len && i < b.len; i++)
        if (nk_lower(a.ptr[i]) != nk_lower(b.ptr[i]))
            return false;
    return a.len == b.len;
}

/* Does `name` stand in `text`, as whole words? */
static bool names(nk_str text, nk_str name)
{
    size_t i;

    for (i = 0; name.len && i + name.len <= text.len; i++) {
        size_t end = i + name.len;

        if (same_letters(nk_str_head(nk_str_skip(text, i), name.len), name) &&
            (i == 0 || !is_letter(text.ptr[i - 1])) &&
            (end == text.len || !is_letter(text.ptr[end])))
            return true;
    }
    return false;
}

bool nk_office_is_holder(const nk_office *o, nk_str person, nk_str holder)
{
    nk_xml_node *e = nk_office__find(o, NK_STR("person"), NK_STR("id"), person);

    return e && (names(holder, child_text(e, NK_STR("name"))) ||
                 (nk_xml_child(e, NK_STR("certificate")) &&
                  nk_str_eq(holder, child_text(e, NK_STR("certificate")))));
}
