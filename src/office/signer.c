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

/* Does what `e` says hold on that day? Ends are included; one that cannot be
   read ends it. */
static bool holds_on(const nk_xml_node *e, nk_date on)
{
    nk_str from, until;
    nk_date d;

    if (nk_xml_attr(e, NK_STR("from"), &from) &&
        (!nk_date_parse(from, &d) || nk_date_cmp(on, d) < 0))
        return false;
    return !nk_xml_attr(e, NK_STR("until"), &until) ||
           (nk_date_parse(until, &d) && nk_date_cmp(on, d) <= 0);
}

/* Who holds the post on that day; `person`, when not empty, if they do. */
static nk_xml_node *holder_of(const nk_office *o, nk_str post, nk_str person,
                              nk_date on)
{
    nk_xml_node *e;

    for (e = nk_xml_first(nk_office_node(o)); e; e = nk_xml_next(e)) {
        nk_str id = nk_xml_attr_or(e, NK_STR("id"), NK_EMPTY);

        if (nk_str_eq(nk_xml_name(e), NK_STR("person")) &&
            nk_str_eq(nk_xml_attr_or(e, NK_STR("post"), NK_EMPTY), post) &&
            (!person.len || nk_str_eq(id, person)) && holds_on(e, on))
            break;
    }
    return e;
}

/* The person as they stand in the profile on that day. */
static nk_xml_node *person_on(const nk_office *o, nk_str id, nk_date on)
{
    nk_xml_node *e;

    for (e = nk_xml_first(nk_office_node(o)); e; e = nk_xml_next(e))
        if (nk_str_eq(nk_xml_name(e), NK_STR("person")) &&
            nk_str_eq(nk_xml_attr_or(e, NK_STR("id"), NK_EMPTY), id) &&
            holds_on(e, on))
            break;
    return e;
}

/* Does somebody sign a.n. for the post on that day, to pass it on? */
static bool signs_for(const nk_office *o, nk_str post, nk_str person,
                      nk_date on)
{
    nk_xml_node *e;

    for (e = nk_xml_first(nk_office_node(o)); e; e = nk_xml_next(e))
        if (nk_str_eq(nk_xml_name(e), NK_STR("delegation")) &&
            nk_str_eq(nk_xml_attr_or(e, NK_STR("post"), NK_EMPTY), post) &&
            nk_str_eq(nk_xml_attr_or(e, NK_STR("to"), NK_EMPTY), person) &&
            nk_str_eq(nk_xml_attr_or(e, NK_STR("as"), NK_EMPTY),
                      NK_STR("a.n.")) &&
            holds_on(e, on))
            return person_on(o, person, on) != NULL;
    return false;
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
        /* u.b. needs somebody in between who signs a.n. */
        if (nk_str_eq(as, NK_STR("u.b.")) &&
            !signs_for(o, post, nk_xml_attr_or(e, NK_STR("through"), NK_EMPTY),
                       on))
            continue;
        if (person.len ? nk_str_eq(to, person) : is_acting(as))
            break;
    }
    return e;
}

/* The title of a post: of whoever holds or once held it. */
static nk_str title_of_post(const nk_office *o, nk_str post, nk_date on)
{
    nk_xml_node *e = holder_of(o, post, NK_EMPTY, on);

    if (!e)
        e = nk_office__find(o, NK_STR("person"), NK_STR("post"), post);
    return e ? child_text(e, NK_STR("title")) : NK_EMPTY;
}

/* One line more above the name. */
static void add_line(nk_arena *a, nk_signer *s, nk_str before, nk_str title,
                     nk_str after)
{
    nk_buf b;

    nk_buf_init(&b, a);
    nk_buf_puts(&b, before);
    nk_buf_puts(&b, before.len ? NK_STR(" ") : NK_EMPTY);
    nk_buf_puts(&b, title);
    nk_buf_puts(&b, after);
    s->lines[s->lines_n++] = b.err < 0 ? NK_EMPTY : nk_buf_str(&b);
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
    out->lines_n = 0;
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
                            const nk_xml_node *d, nk_date on, nk_signer *s)
{
    nk_str as = nk_xml_attr_or(d, NK_STR("as"), NK_EMPTY);
    nk_str through = nk_xml_attr_or(d, NK_STR("through"), NK_EMPTY);
    nk_str of = title_of_post(o, post, on);

    if (is_acting(as)) {
        add_line(a, s, as, of, NK_STR(","));
        return;
    }
    add_line(a, s, NK_STR("a.n."), of, NK_EMPTY);
    if (nk_str_eq(as, NK_STR("u.b."))) {
        add_line(a, s, NK_EMPTY,
                 child_text(person_on(o, through, on), NK_STR("title")),
                 NK_EMPTY);
        add_line(a, s, NK_EMPTY, NK_STR("u.b."), NK_EMPTY);
    }
    add_line(a, s, NK_EMPTY, s->title, NK_STR(","));
}

static nk_err refuse(nk_ctx *ctx, const nk_office *o, nk_str post,
                     nk_str person, nk_date on)
{
    nk_str title = title_of_post(o, post, on);

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
    /* Who acts for an absent holder signs, unless somebody is asked for. */
    nk_xml_node *d = person.len ? NULL : delegation_of(o, post, person, on);
    nk_xml_node *who = d ? NULL : holder_of(o, post, person, on);
    nk_err rc;
    size_t i;

    if (!who) {
        if (!d && !(d = delegation_of(o, post, person, on)))
            return refuse(ctx, o, post, person, on);
        who = person_on(o, nk_xml_attr_or(d, NK_STR("to"), NK_EMPTY), on);
        if (!who || !title_of_post(o, post, on).len)
            return refuse(ctx, o, post,
                          nk_xml_attr_or(d, NK_STR("to"), NK_EMPTY), on);
    }
    if ((rc = describe(ctx, a, who, out)) < 0)
        return rc;
    if (d)
        delegated_lines(a, o, post, d, on, out);
    else
        add_line(a, out, NK_EMPTY, out->title, NK_STR(","));
    for (i = 0; i < out->lines_n; i++)
        if (!out->lines[i].ptr)
            return nk_nomem(ctx);
    return NK_OK;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (unsigned char)c >= 0x80;
}

/* Bytes of `text` that begin with `name`, whatever the case; 0: none do. */
static size_t begins(nk_str text, nk_str name)
{
    nk_str rest = text;

    while (name.len && rest.len)
        if (nk_utf8_upper(nk_utf8_next(&rest)) !=
            nk_utf8_upper(nk_utf8_next(&name)))
            return 0;
    return name.len ? 0 : text.len - rest.len;
}

/* Are the letters of `token` those of `word`, dots left out? */
static bool is_spelled(nk_str token, nk_str word)
{
    size_t i, n = 0;

    for (i = 0; i < token.len; i++) {
        if (!is_letter(token.ptr[i]))
            continue;
        if (n == word.len || nk_lower(token.ptr[i]) != nk_lower(word.ptr[n]))
            return false;
        n++;
    }
    return n == word.len;
}

/* Is it a title the profile gives the person: "SH" of "S.H., M.M."? */
static bool is_own_title(const nk_xml_node *person, nk_str word)
{
    nk_str lists[] = { child_text(person, NK_STR("before")),
                       child_text(person, NK_STR("after")) };
    nk_str token;
    size_t i;

    for (i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        while (nk_str_word(&lists[i], &token))
            if (is_spelled(token, word))
                return true;
    return false;
}

/* Does text[from .. to-1] hold no word but titles? */
static bool are_titles(const nk_xml_node *person, nk_str text, size_t from,
                       size_t to)
{
    while (from < to) {
        size_t end = from;

        while (end < to && is_letter(text.ptr[end]))
            end++;
        if (end == from) {
            from++;
            continue;
        }
        if (!(end < text.len && text.ptr[end] == '.') &&
            !(from > 0 && text.ptr[from - 1] == '.') &&
            !is_own_title(person,
                          nk_str_head(nk_str_skip(text, from), end - from)))
            return false;
        from = end;
    }
    return true;
}

/* Is `text` the person's name as whole words, with titles or without? */
static bool is_name_of(const nk_xml_node *person, nk_str text)
{
    nk_str name = child_text(person, NK_STR("name")), rest = text;

    while (rest.len) {
        size_t at = text.len - rest.len, n = begins(rest, name);

        if (n && (n == rest.len || !is_letter(rest.ptr[n])) &&
            (at == 0 || !is_letter(text.ptr[at - 1])) &&
            are_titles(person, text, 0, at) &&
            are_titles(person, text, at + n, text.len))
            return true;
        nk_utf8_next(&rest);
    }
    return false;
}

/* The same digits, however a fingerprint is written: "AB:CD:..", "abcd..". */
static bool is_fingerprint(nk_str written, nk_str hex)
{
    size_t i, n = 0;

    for (i = 0; i < written.len; i++) {
        if (written.ptr[i] == ':')
            continue;
        if (n == hex.len || nk_lower(written.ptr[i]) != hex.ptr[n])
            return false;
        n++;
    }
    return n == hex.len;
}

nk_proof nk_office_holder(const nk_office *o, nk_str person, nk_str name,
                          nk_str fingerprint)
{
    nk_xml_node *e;
    bool given = false, named = false;
    size_t bad;

    for (e = nk_xml_first(nk_office_node(o)); e; e = nk_xml_next(e)) {
        nk_str print = child_text(e, NK_STR("certificate"));

        if (!nk_str_eq(nk_xml_name(e), NK_STR("person")) ||
            !nk_str_eq(nk_xml_attr_or(e, NK_STR("id"), NK_EMPTY), person))
            continue;
        if (print.len && is_fingerprint(print, fingerprint))
            return NK_PROOF_CERTIFICATE;
        given = given || print.len;
        named = named || (nk_utf8_check(name, &bad) && is_name_of(e, name));
    }
    return named && !given ? NK_PROOF_NAME : NK_PROOF_NONE;
}

bool nk_office_heads(const nk_office *o, nk_str person, nk_date on)
{
    static const nk_str posts[] = { NK_STR_INIT("head-of-office"),
                                    NK_STR_INIT("p2tp2a-chair") };
    size_t i;

    for (i = 0; person.len && i < sizeof(posts) / sizeof(posts[0]); i++) {
        nk_xml_node *d = delegation_of(o, posts[i], person, on);

        if (holder_of(o, posts[i], person, on) ||
            (d && is_acting(nk_xml_attr_or(d, NK_STR("as"), NK_EMPTY))))
            return true;
    }
    return false;
}

bool nk_office_has_post(const nk_office *o, nk_str post)
{
    return nk_office__find(o, NK_STR("person"), NK_STR("post"), post) ||
           nk_office__find(o, NK_STR("delegation"), NK_STR("post"), post);
}
