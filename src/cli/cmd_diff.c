/*
 * naskah template diff: what two templates print otherwise, line by line, as
 * a blank and with the samples of the second. What nobody would see on paper,
 * such as a comment, is no difference.
 */
#include "cli/cli.h"

/* Lines of one paper. */
struct lines {
    nk_str *line;
    size_t n;
};

static nk_err split(struct nk_cli *c, nk_str text, struct lines *out)
{
    nk_str rest = text, line;
    size_t n = 1, i;

    for (i = 0; i < text.len; i++)
        n += text.ptr[i] == '\n';
    if (!(out->line = NK_NEWN(&c->arena, n, nk_str)))
        return nk_nomem(&c->ctx);
    for (out->n = 0; nk_str_cut(&rest, '\n', &line);)
        if (line.len)
            out->line[out->n++] = line;
    return NK_OK;
}

/* What is the same at both ends is neither lost nor new. */
static void trim(struct lines *a, struct lines *b)
{
    while (a->n && b->n && nk_str_eq(a->line[0], b->line[0])) {
        a->line++;
        b->line++;
        a->n--;
        b->n--;
    }
    while (a->n && b->n && nk_str_eq(a->line[a->n - 1], b->line[b->n - 1])) {
        a->n--;
        b->n--;
    }
}

/* How many lines the rests from i and j on have in common, at
   [i * (b->n + 1) + j]. */
static nk_err count_common(struct nk_cli *c, const struct lines *a,
                           const struct lines *b, uint16_t **out)
{
    size_t w = b->n + 1, i, j;
    uint16_t *t = NK_NEWN(&c->arena, (a->n + 1) * w, uint16_t);

    if (!t)
        return nk_nomem(&c->ctx);
    for (i = a->n; i-- > 0;)
        for (j = b->n; j-- > 0;) {
            uint16_t down = t[(i + 1) * w + j], right = t[i * w + j + 1];

            t[i * w + j] = nk_str_eq(a->line[i], b->line[j])
                               ? (uint16_t)(t[(i + 1) * w + j + 1] + 1)
                               : (down > right ? down : right);
        }
    *out = t;
    return NK_OK;
}

static void put_line(nk_buf *b, char sign, nk_str line)
{
    nk_buf_putc(b, sign);
    nk_buf_putc(b, ' ');
    nk_buf_puts(b, line);
    nk_buf_putc(b, '\n');
}

static nk_err put_changes(struct nk_cli *c, nk_buf *out, struct lines *a,
                          struct lines *b)
{
    size_t i = 0, j = 0, w = b->n + 1;
    uint16_t *t;
    nk_err rc;

    if (a->n > NK_MAX_DIFF_LINES || b->n > NK_MAX_DIFF_LINES)
        return nk_fail(&c->ctx, NK_E_LIMIT, NK_M_DIFF_LONG, NK_NOWHERE,
                       NK_ARGS(NK_NUM(NK_MAX_DIFF_LINES)));
    if ((rc = count_common(c, a, b, &t)) < 0)
        return rc;
    while (i < a->n || j < b->n) {
        if (i < a->n && j < b->n && nk_str_eq(a->line[i], b->line[j])) {
            i++;
            j++;
        } else if (i < a->n &&
                   (j == b->n || t[(i + 1) * w + j] >= t[i * w + j + 1])) {
            put_line(out, '-', a->line[i++]);
        } else {
            put_line(out, '+', b->line[j++]);
        }
    }
    return NK_OK;
}

/* A template's paper as text. */
static nk_err paper_text(struct nk_cli *c, nk_press *d, nk_str name,
                         const nk_order *order, struct lines *out)
{
    nk_order o = *order;
    const nk_doc *doc;
    nk_problems found;
    nk_str text;
    nk_err rc;

    o.template_name = name;
    nk_problems_init(&found, &c->arena);
    rc = nk_make_doc(&c->ctx, &c->arena, d, &o, &found, &doc);
    if (rc < 0)
        nk_cli_tell(c, &found); /* else it is for template check to tell */
    if (rc < 0 || (rc = nk_doc_text(&c->ctx, &c->arena, doc, &text)) < 0)
        return rc;
    return split(c, text, out);
}

/* One paper of both templates, under a line that says which. */
static nk_err compare(struct nk_cli *c, nk_press *d, const nk_order *o,
                      nk_str what, nk_buf *out)
{
    struct lines a, b;
    nk_err rc;

    if ((rc = paper_text(c, d, c->args[0], o, &a)) < 0 ||
        (rc = paper_text(c, d, c->args[1], o, &b)) < 0)
        return rc;
    trim(&a, &b);
    if (a.n == 0 && b.n == 0)
        return NK_OK;
    put_line(out, '=', what);
    return put_changes(c, out, &a, &b);
}

nk_err nk_cmd_template_diff(struct nk_cli *c)
{
    nk_order o = { .office = c->options[NK_OPT_OFFICE] };
    nk_str *records, *files, *offices, text;
    size_t n, i, offices_n;
    nk_press *d;
    nk_buf out;
    nk_err rc;

    if ((rc = nk_cli_press(c, &d)) < 0 ||
        (rc = nk_press_samples(&c->ctx, &c->arena, d, c->args[1], &records,
                               &files, &n)) < 0)
        return rc;
    nk_buf_init(&out, &c->arena);
    for (i = 0; i < n; i++) {
        o.record = records[i];
        o.file = files[i];
        if ((rc = compare(c, d, &o, nk_path_base(files[i]), &out)) < 0)
            return rc;
    }
    if (!o.office.len) {
        if ((rc = nk_press_offices(&c->ctx, &c->arena, d, &offices,
                                   &offices_n)) < 0)
            return rc;
        o.office = offices_n ? offices[0] : NK_EMPTY;
    }
    o = (nk_order){ .office = o.office, .mode = NK_MODE_BLANK };
    if ((rc = compare(c, d, &o, nk_msg_text(NK_T_BLANK_PAPER, c->ctx.lang),
                      &out)) < 0 ||
        (rc = nk_buf_end(&c->ctx, &out, &text)) < 0)
        return rc;
    if (!text.len && !c->json) {
        nk_say(c, NK_T_NO_DIFFERENCE, NK_NOARGS);
        return NK_OK;
    }
    return nk_cli_text(c, text);
}
