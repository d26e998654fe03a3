/*
 * One paper, stage by stage, top to bottom: record, doc, pages, PDF, signed
 * PDF. Each stage is one call.
 */
#include "case/case_int.h"

#include "crypto/crypto.h"
#include "layout/layout.h"

/* What the stages hand on. */
struct making {
    nk_ctx *ctx;
    nk_arena *a;
    nk_press *press;
    const nk_order *order;
    nk_problems *problems;
    nk_model *model;
    nk_template *t;
    nk_office *office;
    nk_record *record; /* NULL in a blank */
    nk_xml *reg;       /* made of the record; NULL: none was */
    nk_doc *doc;
    nk_pages *pages;
    nk_pdf *pdf;
    nk_bind how;
};

nk_date nk_case__date(const nk_ctx *ctx, const nk_order *order,
                      const nk_office *o)
{
    return order->date.year ? order->date
                            : nk_date_at(ctx->now, nk_office_zone(o));
}

static nk_err load(struct making *m)
{
    const nk_order *o = m->order;
    nk_str office = o->office;
    nk_err rc;

    if ((rc = nk_press_model(m->ctx, m->press, &m->model)) < 0 ||
        (rc = nk_press_template(m->ctx, m->press, o->template_name, m->problems,
                                &m->t)) < 0)
        return rc;
    if (o->reg) {
        if ((rc = nk_record_new(m->ctx, m->model, &m->record)) < 0)
            return rc;
    } else if (o->mode != NK_MODE_BLANK) {
        rc = o->checked ? nk_record_open_checked(m->ctx, m->model, o->record,
                                                 o->file, &m->record)
                        : nk_record_open(m->ctx, m->model, o->record, o->file,
                                         m->problems, &m->record);
        if (rc < 0)
            return rc;
        if (!office.len)
            office = nk_record_office(m->record);
    }
    rc = nk_press_office(m->ctx, m->press, office, m->problems, &m->office);
    if (rc == NK_OK && m->t->wants_procedure)
        rc = nk_case__procedure(m->ctx, m->press, m->office, m->problems);
    if (rc == NK_OK && m->t->wants_register && m->record && !o->reg)
        rc = nk_case__register_of_one(
            m->ctx, m->model, m->t, m->office, o->record, o->file,
            nk_case__date(m->ctx, o, m->office), &m->reg);
    return rc;
}

static nk_err bind(struct making *m)
{
    const nk_order *o = m->order;

    m->how = (nk_bind){ .mode = o->mode,
                        .fillable = o->fillable,
                        .signing = o->signing,
                        .number = o->number,
                        .date = nk_case__date(m->ctx, o, m->office),
                        .about = o->about,
                        .signer = o->signer,
                        .reg = o->reg ? o->reg : m->reg,
                        .override = o->override.len > 0,
                        .reason = o->decided_by.len ? o->override : NK_EMPTY,
                        .decided_by = o->decided_by };
    return nk_doc_bind(m->ctx, m->a, m->t, m->record, m->model, m->office,
                       &m->how, m->problems, &m->doc);
}

static void let_go(struct making *m)
{
    nk_xml_close(m->reg);
    nk_record_close(m->record);
}

static nk_err lay_out(struct making *m)
{
    nk_metrics metrics;
    nk_err rc;

    if ((rc = nk_case__pdf(m->ctx, m->press, &m->pdf)) < 0 ||
        (rc = nk_case__arms(m->ctx, m->press, m->office)) < 0)
        return rc;
    nk_pdf_metrics(m->pdf, &metrics);
    return nk_layout_pages(m->ctx, m->a, m->doc, &metrics, m->problems,
                           &m->pages);
}

/*
 * A name no other paper has: office, template and number, which a register
 * gives once; a paper without a number is named by case and moment.
 */
static nk_err name_paper(struct making *m, nk_str *out)
{
    nk_buf b;

    nk_buf_init(&b, m->a);
    nk_buf_lit(&b, "naskah:");
    nk_buf_puts(&b, nk_office_id(m->office));
    nk_buf_putc(&b, ':');
    nk_buf_puts(&b, m->t->id);
    nk_buf_putc(&b, ':');
    if (m->order->number.len) {
        nk_buf_puts(&b, m->order->number);
    } else {
        nk_buf_puts(&b,
                    m->record ? nk_record_number(m->record) : NK_STR("blank"));
        nk_buf_putc(&b, ':');
        nk_moment_put_utc(&b, m->ctx->now);
    }
    if (m->order->decided_by.len)
        nk_buf_lit(&b, ":arsip");
    return nk_buf_end(m->ctx, &b, out);
}

static nk_err write(struct making *m, nk_str *out)
{
    nk_pdf_words words = { .subject = m->order->number, .made = m->ctx->now };
    nk_err rc;

    if (m->order->fillable)
        words.office = nk_office_id(m->office);
    if (m->order->fillable && m->record)
        words.record = nk_record_number(m->record);
    words.about = m->doc->about;
    if ((rc = name_paper(m, &words.id)) < 0)
        return rc;
    return nk_pdf_write(m->ctx, m->a, m->pdf, m->pages, &words, out);
}

/* What follows the record's end must not point into it: copy what does. */
static nk_err describe(struct making *m, nk_made *out)
{
    out->title = nk_str_copy(m->a, m->t->title);
    out->version = nk_str_copy(m->a, m->t->version);
    out->office = nk_str_copy(m->a, nk_office_id(m->office));
    out->signer = nk_str_copy(m->a, m->doc->signer);
    out->signer_name = nk_str_copy(m->a, m->doc->signer_name);
    out->date = m->how.date;
    out->pages = m->pages->n;
    if (!out->title.ptr || !out->version.ptr || !out->office.ptr ||
        !out->signer.ptr || !out->signer_name.ptr)
        return nk_nomem(m->ctx);
    return NK_OK;
}

nk_err nk_make(nk_ctx *ctx, nk_arena *a, nk_press *d, const nk_order *order,
               nk_problems *problems, nk_made *out)
{
    struct making m = {
        .ctx = ctx, .a = a, .press = d, .order = order, .problems = problems
    };
    nk_err rc;

    *out = (nk_made){ 0 };
    if ((rc = load(&m)) == NK_OK && (rc = bind(&m)) == NK_OK &&
        (rc = lay_out(&m)) == NK_OK && (rc = write(&m, &out->pdf)) == NK_OK)
        rc = describe(&m, out);
    let_go(&m);
    if (rc == NK_OK)
        nk_log(ctx, NK_LOG_INFO, NK_STR("case"), NK_STR("made"),
               NK_ARGS(NK_STR("pages"), NK_NUM(out->pages)));
    return rc;
}

nk_err nk_make_doc(nk_ctx *ctx, nk_arena *a, nk_press *d, const nk_order *order,
                   nk_problems *problems, const nk_doc **out)
{
    struct making m = {
        .ctx = ctx, .a = a, .press = d, .order = order, .problems = problems
    };
    nk_err rc;

    if ((rc = load(&m)) == NK_OK && (rc = bind(&m)) == NK_OK)
        *out = m.doc;
    let_go(&m);
    return rc;
}

nk_err nk_make_dump(nk_ctx *ctx, nk_arena *a, nk_press *d,
                    const nk_order *order, nk_str stage, nk_problems *problems,
                    nk_str *out)
{
    struct making m = {
        .ctx = ctx, .a = a, .press = d, .order = order, .problems = problems
    };
    nk_err rc = load(&m);

    if (rc == NK_OK && nk_str_eq(stage, NK_STR("record"))) {
        rc = m.record ? nk_record_dump(ctx, a, m.record, out) : NK_OK;
    } else if (rc == NK_OK && (rc = bind(&m)) == NK_OK) {
        if (nk_str_eq(stage, NK_STR("doc")))
            rc = nk_doc_dump(ctx, a, m.doc, out);
        else if ((rc = lay_out(&m)) == NK_OK)
            rc = nk_pages_dump(ctx, a, m.pages, out);
    }
    let_go(&m);
    return rc;
}

/* ---- Signing ----------------------------------------------------------- */

#define CODE_CHARS 12 /* of base 32: 60 bits */

/* The end of the first revision: what was there before any signature. */
static size_t unsigned_length(nk_str pdf)
{
    size_t at = nk_str_search(pdf, NK_STR("\n%%EOF\n"));

    return at < pdf.len ? at + 7 : pdf.len;
}

/* The code of a paper from the SHA-256 of its first revision. */
static nk_err code_of(nk_ctx *ctx, nk_arena *a,
                      const uint8_t hash[NK_SHA256_SIZE], nk_str *out)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    unsigned bit = 0;
    nk_buf b;
    int i;

    nk_buf_init(&b, a);
    for (i = 0; i < CODE_CHARS; i++, bit += 5) {
        unsigned v = (unsigned)hash[bit / 8] << 8 | hash[bit / 8 + 1];

        if (i && i % 4 == 0)
            nk_buf_putc(&b, '-');
        nk_buf_putc(&b, letters[v >> (11 - bit % 8) & 31]);
    }
    return nk_buf_end(ctx, &b, out);
}

nk_err nk_paper_code(nk_ctx *ctx, nk_arena *a, nk_str pdf, nk_str *out)
{
    uint8_t hash[NK_SHA256_SIZE];

    nk_sha256(nk_str_head(pdf, unsigned_length(pdf)), hash);
    return code_of(ctx, a, hash, out);
}

/* What the QR says: where to check, if the office has such a place. */
static nk_err qr_text(nk_ctx *ctx, nk_arena *a, const nk_office *office,
                      nk_str code, nk_str *out)
{
    nk_xml_node *e =
        office ? nk_xml_child(nk_office_node(office), NK_STR("verification"))
               : NULL;
    nk_buf b;
    size_t i;

    nk_buf_init(&b, a);
    nk_buf_puts(&b, e ? nk_xml_attr_or(e, NK_STR("url"), NK_EMPTY)
                      : NK_STR("NASKAH:"));
    for (i = 0; i < code.len; i++)
        if (code.ptr[i] != '-')
            nk_buf_putc(&b, code.ptr[i]);
    return nk_buf_end(ctx, &b, out);
}

nk_err nk_case__field(nk_ctx *ctx, nk_arena *a, nk_str pdf, nk_str name,
                      nk_sign_field *out)
{
    nk_sign_field *fields;
    size_t n, i;
    nk_err rc;

    if ((rc = nk_sign_fields(ctx, a, pdf, &fields, &n)) < 0)
        return rc;
    for (i = 0; i < n; i++)
        if (name.len ? nk_str_eq(fields[i].name, name) : !fields[i].is_signed)
            break;
    if (i == n)
        return name.len ? nk_fail(ctx, NK_E_NOTFOUND, NK_M_NO_PLACE_NAMED,
                                  NK_NOWHERE, NK_ARGS(name))
                        : nk_fail(ctx, NK_E_NOTFOUND, NK_M_NO_PLACE_TO_SIGN,
                                  NK_NOWHERE, NK_NOARGS);
    *out = fields[i];
    return NK_OK;
}

static nk_err draw_qr(nk_ctx *ctx, nk_arena *a, void *data, int32_t width,
                      int32_t height, const uint8_t paper[NK_SHA256_SIZE],
                      nk_str *out)
{
    const nk_office *const *office = data;
    nk_str code, text;
    nk_err rc;

    if ((rc = code_of(ctx, a, paper, &code)) < 0 ||
        (rc = qr_text(ctx, a, *office, code, &text)) < 0)
        return rc;
    return nk_pdf_qr(ctx, a, text, width < height ? width : height, out);
}

nk_err nk_make_signed(nk_ctx *ctx, nk_arena *a, const nk_office *office,
                      const nk_key *key, nk_str pdf, nk_str field,
                      bool rehearse, nk_str *out)
{
    const nk_sign_request request = {
        .field = field, .draw = draw_qr, .data = &office, .rehearse = rehearse
    };

    return nk_sign_pdf(ctx, a, key, pdf, &request, out);
}
