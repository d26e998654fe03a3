/*
 * Cases from a table (CSV, RFC 4180): each row becomes a record, checked as
 * any other. Columns are named by field paths, or led to them by a map.
 *
 * Fields are written in the order of the model, whatever the order of the
 * columns; several columns may feed one field that repeats.
 */
#include "case/case_int.h"

#define CASE_NS NK_STR("urn:naskah:case:1")

struct column {
    nk_str name; /* as the head row has it */
    nk_str path; /* "victim/name", "@number"; empty: not used */
};

struct importing {
    nk_ctx *ctx;
    nk_arena *a;  /* of the head row; then `row` */
    nk_arena row; /* of the row at hand */
    nk_press *press;
    nk_archive *ar;
    nk_model *model;
    nk_problems *problems;
    nk_str file;
    nk_str office;
    char separator;
    uint32_t line; /* the row at hand, from 1 */
    struct column columns[NK_MAX_CSV_COLUMNS];
    size_t columns_n;
};

/* ---- Reading CSV ------------------------------------------------------- */

/* Take the end of a field off *rest: a separator, or the end of a row. */
static bool ends_row(nk_str *rest, char separator)
{
    bool end = !rest->len || rest->ptr[0] != separator;

    if (rest->len && rest->ptr[0] == '\r')
        *rest = nk_str_skip(*rest, 1);
    if (rest->len)
        *rest = nk_str_skip(*rest, 1);
    return end;
}

/* What stands between quotes, two of them for one; the first is taken.
   False: they are never closed. */
static bool put_quoted(nk_buf *b, nk_str *rest)
{
    while (rest->len) {
        char c = rest->ptr[0];

        *rest = nk_str_skip(*rest, 1);
        if (c == '"') {
            if (!rest->len || rest->ptr[0] != '"')
                return true;
            *rest = nk_str_skip(*rest, 1);
        }
        nk_buf_putc(b, c);
    }
    return false;
}

static bool ends_field(const struct importing *m, nk_str rest)
{
    return !rest.len || rest.ptr[0] == m->separator || rest.ptr[0] == '\n' ||
           rest.ptr[0] == '\r';
}

/* A quoted field off *rest. With a quote too few or too many nobody knows
   where the rows end: nothing of such a table can be taken. */
static nk_err quoted_field(struct importing *m, nk_str *rest, nk_buf *b)
{
    nk_place at = { .file = m->file, .line = m->line };

    *rest = nk_str_skip(*rest, 1);
    if (!put_quoted(b, rest))
        return nk_fail(m->ctx, NK_E_SYNTAX, NK_M_CSV_QUOTE_OPEN, at, NK_NOARGS);
    while (rest->len && rest->ptr[0] == ' ')
        *rest = nk_str_skip(*rest, 1);
    if (!ends_field(m, *rest))
        return nk_fail(m->ctx, NK_E_SYNTAX, NK_M_CSV_AFTER_QUOTE, at,
                       NK_NOARGS);
    return NK_OK;
}

/* One field off *rest; *end says it was the last of its row. */
static nk_err next_field(struct importing *m, nk_str *rest, nk_str *field,
                         bool *end)
{
    nk_buf b;
    nk_err rc;

    nk_buf_init(&b, m->a);
    if (rest->len && rest->ptr[0] == '"' &&
        (rc = quoted_field(m, rest, &b)) < 0)
        return rc;
    while (!ends_field(m, *rest)) {
        nk_buf_putc(&b, rest->ptr[0]);
        *rest = nk_str_skip(*rest, 1);
    }
    *end = ends_row(rest, m->separator);
    return nk_buf_end(m->ctx, &b, field);
}

/* The fields of a row, all counted in *n, NK_MAX_CSV_COLUMNS of them kept. */
static nk_err next_row(struct importing *m, nk_str *rest, nk_str *fields,
                       size_t *n)
{
    bool end = false;
    nk_err rc;

    m->line++;
    for (*n = 0; !end; ++*n) {
        nk_str field;

        if ((rc = next_field(m, rest, &field, &end)) < 0)
            return rc;
        if (*n < NK_MAX_CSV_COLUMNS)
            fields[*n] = field;
    }
    return NK_OK;
}

/* Windows-1252 to UTF-8; its unused codes become U+FFFD. */
static nk_err from_windows(nk_ctx *ctx, nk_arena *a, nk_str *s)
{
    size_t i;
    nk_buf b;

    nk_buf_init(&b, a);
    for (i = 0; i < s->len; i++) {
        unsigned char c = (unsigned char)s->ptr[i];
        uint32_t u = c < 0x80 ? c : nk_fonts_base_char(c);

        nk_utf8_put(&b, u ? u : 0xFFFD);
    }
    return nk_buf_end(ctx, &b, s);
}

/* A comma or a semicolon, whichever the head row has more of. */
static char separator_of(nk_str csv)
{
    nk_str head = nk_str_head(csv, nk_str_find(csv, '\n'));
    size_t commas = 0, semicolons = 0, i;

    for (i = 0; i < head.len; i++) {
        commas += head.ptr[i] == ',';
        semicolons += head.ptr[i] == ';';
    }
    return semicolons > commas ? ';' : ',';
}

/* ---- Columns to fields ------------------------------------------------- */

/* The path the map gives a column; the column's own name without a map. */
static nk_str mapped(nk_str map, nk_str column)
{
    nk_str line, path;

    if (!map.ptr)
        return column;
    while (nk_str_cut(&map, '\n', &line)) {
        if (nk_str_starts(nk_str_trim(line), NK_STR("#")) ||
            !nk_str_cut(&line, '=', &path) || !line.ptr)
            continue;
        if (nk_str_eq_nocase(nk_str_trim(line), nk_str_trim(column)))
            return nk_str_trim(path);
    }
    return NK_EMPTY;
}

static nk_err read_head(struct importing *m, nk_str *rest, nk_str map)
{
    nk_str fields[NK_MAX_CSV_COLUMNS];
    size_t i;
    nk_err rc;

    if ((rc = next_row(m, rest, fields, &m->columns_n)) < 0)
        return rc;
    if (m->columns_n > NK_MAX_CSV_COLUMNS)
        return nk_fail(m->ctx, NK_E_LIMIT, NK_M_CSV_COLUMNS,
                       NK_IN_FILE(m->file),
                       NK_ARGS(NK_NUM(NK_MAX_CSV_COLUMNS)));
    for (i = 0; i < m->columns_n; i++) {
        struct column *c = &m->columns[i];

        c->name = nk_str_trim(fields[i]);
        c->path = mapped(map, c->name);
        if (!c->path.len) {
            nk_problem_add(m->problems, NK_WARNING, NK_M_CSV_UNUSED,
                           (nk_place){ .file = m->file, .line = 1 },
                           NK_ARGS(c->name));
        } else if (!nk_field_find(nk_model_root(m->model), c->path)) {
            nk_problem_add(m->problems, NK_ERROR, NK_M_CSV_PATH,
                           (nk_place){ .file = m->file, .line = 1 },
                           NK_ARGS(c->name, c->path));
            c->path = NK_EMPTY;
        }
    }
    return NK_OK;
}

/* ---- Rows to records --------------------------------------------------- */

static bool is_below(nk_str path, nk_str prefix)
{
    return nk_str_starts(path, prefix) && path.len > prefix.len &&
           (prefix.len == 0 || path.ptr[prefix.len] == '/');
}

static bool has_values(const struct importing *m, const nk_str *values,
                       nk_str prefix)
{
    size_t i;

    for (i = 0; i < m->columns_n; i++)
        if (values[i].len && (is_below(m->columns[i].path, prefix) ||
                              nk_str_eq(m->columns[i].path, prefix)))
            return true;
    return false;
}

static nk_err join_path(struct importing *m, nk_str prefix, const nk_field *f,
                        nk_str *out)
{
    nk_buf b;

    nk_buf_init(&b, m->a);
    nk_buf_puts(&b, prefix);
    if (prefix.len)
        nk_buf_putc(&b, '/');
    if (f->is_attr)
        nk_buf_putc(&b, '@');
    nk_buf_puts(&b, f->name);
    return nk_buf_end(m->ctx, &b, out);
}

/* Add what the row has for the fields below `group`, in their order. */
static nk_err add_fields(struct importing *m, const nk_str *values,
                         const nk_field *group, nk_str prefix, nk_xml_node *e)
{
    const nk_field *f;
    size_t i;
    nk_err rc;

    for (f = group->first; f; f = f->next) {
        nk_xml_node *inner;
        nk_str path;

        if ((rc = join_path(m, prefix, f, &path)) < 0)
            return rc;
        if (!has_values(m, values, path))
            continue;
        if (f->kind == NK_KIND_GROUP) {
            if (!(inner = nk_xml_add(e, f->name, NK_EMPTY)))
                return nk_nomem(m->ctx);
            if ((rc = add_fields(m, values, f, path, inner)) < 0)
                return rc;
            continue;
        }
        for (i = 0; i < m->columns_n; i++) {
            if (!values[i].len || !nk_str_eq(m->columns[i].path, path))
                continue;
            if (f->is_attr ? !nk_xml_set_attr(e, f->name, values[i])
                           : !nk_xml_add(e, f->name, values[i]))
                return nk_nomem(m->ctx);
        }
    }
    return NK_OK;
}

/* A new case gets a number, the office asked for, and the moment it came. */
static nk_err add_defaults(struct importing *m, nk_xml_node *root)
{
    nk_str v;
    nk_buf b;

    nk_buf_init(&b, m->a);
    nk_moment_put_utc(&b, m->ctx->now);
    if ((!nk_xml_attr(root, NK_STR("number"), &v) &&
         !nk_xml_set_attr(root, NK_STR("number"), NK_STR("auto"))) ||
        (!nk_xml_attr(root, NK_STR("office"), &v) && m->office.len &&
         !nk_xml_set_attr(root, NK_STR("office"), m->office)) ||
        (!nk_xml_attr(root, NK_STR("opened"), &v) &&
         !nk_xml_set_attr(root, NK_STR("opened"), nk_buf_str(&b))))
        return nk_nomem(m->ctx);
    return NK_OK;
}

static nk_err row_to_xml(struct importing *m, const nk_str *values, nk_str *xml)
{
    const nk_field *root = nk_model_root(m->model);
    nk_xml *x;
    nk_err rc;

    if ((rc = nk_xml_new(m->ctx, root->name, &x)) < 0)
        return rc;
    if ((rc = add_fields(m, values, root, NK_EMPTY, nk_xml_root(x))) == NK_OK &&
        (rc = add_defaults(m, nk_xml_root(x))) == NK_OK)
        rc = nk_xml_write(m->ctx, m->a, x, CASE_NS, xml);
    nk_xml_close(x);
    return rc;
}

/* Problems of a made-up document are told by row, not by its lines. */
static void tell(struct importing *m, const nk_problems *found)
{
    const nk_problem *p;

    for (p = found->first; p; p = p->next) {
        nk_place at = { .file = m->file,
                        .line = m->line,
                        .field = p->place.field };

        nk_problem_add(m->problems, p->severity, p->msg, at, p->args);
    }
}

static nk_err import_row(struct importing *m, const nk_str *values, bool *good)
{
    nk_problems found;
    nk_str xml = NK_EMPTY, number;
    nk_err rc;

    *good = false;
    nk_problems_init(&found, m->a);
    if ((rc = row_to_xml(m, values, &xml)) < 0)
        return rc;
    rc = nk_case_store(m->ctx, m->a, m->press, m->ar, xml, m->file, false,
                       &found, &number);
    tell(m, &found);
    if (nk_case__is_of_row(rc)) {
        if (!found.errors)
            nk_problem_add(m->problems, NK_ERROR, m->ctx->fault.msg,
                           (nk_place){ .file = m->file, .line = m->line },
                           m->ctx->fault.args);
        return NK_OK;
    }
    *good = rc == NK_OK;
    return rc;
}

static nk_err import_rows(struct importing *m, nk_str rest, uint32_t *made)
{
    nk_str values[NK_MAX_CSV_COLUMNS];
    size_t n, i;
    nk_err rc;
    bool good;

    *made = 0;
    while (rest.len) {
        bool any = false;

        nk_arena_reset(m->a);
        if ((rc = next_row(m, &rest, values, &n)) < 0)
            return rc;
        for (i = 0; i < m->columns_n; i++) {
            values[i] = i < n ? nk_str_trim(values[i]) : NK_EMPTY;
            any = any || values[i].len;
        }
        if (!any)
            continue; /* an empty line */
        if (n > m->columns_n) {
            nk_problem_add(m->problems, NK_ERROR, NK_M_CSV_TOO_MANY,
                           (nk_place){ .file = m->file, .line = m->line },
                           NK_ARGS(NK_NUM(m->columns_n), NK_NUM(n)));
            continue;
        }
        if ((rc = import_row(m, values, &good)) < 0)
            return rc;
        *made += good;
    }
    return NK_OK;
}

static nk_err import_all(struct importing *m, nk_str csv, nk_str map, bool dry,
                         uint32_t *made)
{
    uint32_t errors = m->problems->errors;
    nk_err rc;

    if ((rc = read_head(m, &csv, map)) < 0 || m->problems->errors > errors ||
        (rc = nk_archive_begin(m->ctx, m->ar)) < 0)
        return rc;
    nk_arena_init(&m->row);
    m->a = &m->row;
    rc = nk_archive_end(m->ctx, m->ar, import_rows(m, csv, made), !dry);
    nk_arena_release(&m->row);
    return rc;
}

nk_err nk_case_import(nk_ctx *ctx, nk_arena *a, nk_press *d, nk_archive *ar,
                      nk_str csv, nk_str file, nk_str map, nk_str map_file,
                      nk_str office, bool dry, nk_problems *problems,
                      uint32_t *made)
{
    struct importing *m = NK_NEW(a, struct importing);
    size_t bad;
    nk_err rc;

    *made = 0;
    if (!m)
        return nk_nomem(ctx);
    *m = (struct importing){ .ctx = ctx,
                             .a = a,
                             .press = d,
                             .ar = ar,
                             .problems = problems,
                             .file = file,
                             .office = office };
    if (nk_str_starts(csv, NK_STR("\xEF\xBB\xBF")))
        csv = nk_str_skip(csv, 3);
    if (map.ptr && !nk_utf8_check(map, &bad))
        return nk_fail(ctx, NK_E_SYNTAX, NK_M_NOT_UTF8, NK_IN_FILE(map_file),
                       NK_NOARGS);
    if (!nk_utf8_check(csv, &bad)) {
        nk_problem_add(problems, NK_WARNING, NK_M_CSV_WINDOWS, NK_IN_FILE(file),
                       NK_ARGS(file));
        if ((rc = from_windows(ctx, a, &csv)) < 0)
            return rc;
    }
    m->separator = separator_of(csv);
    if ((rc = nk_press_model(ctx, d, &m->model)) < 0)
        return rc;
    return import_all(m, csv, map, dry, made);
}
