/*
 * What the tests of the way in share: the schemas and the policy as the
 * program has them, and what was found wrong, as text to compare. In a
 * header, since programs that do not link these rooms must not need it.
 */
#ifndef NK_TESTS_HOUSE_H
#define NK_TESTS_HOUSE_H

#include <stdlib.h>

#include "said.h"

#include "office/office.h"
#include "record/record.h"
#include "template/template.h"

typedef struct nk_house {
    nk_ctx ctx; /* its clock stands at HOUSE_NOW */
    nk_arena arena;
    nk_model *model;
    nk_xml_schema *template_schema, *office_schema, *procedure_schema;
    nk_template_world world; /* its parts are those of templates/parts */
    nk_problems problems;
} nk_house;

#define HOUSE_NOW   INT64_C(1795398300000) /* 2026-11-23T01:45:00Z */
#define HOUSE_TODAY ((nk_date){ 2026, 11, 23 })

/* A file of the tree; fails with what nk_file_read says. */
static inline nk_err house_load(nk_ctx *ctx, nk_arena *a, const char *path,
                                nk_str *out)
{
    return nk_file_read(ctx, a, nk_str_of(path), NK_MAX_FILE, out);
}

/* nk_parts.load: templates/parts/NAME.xml */
static inline nk_err house_part(void *data, nk_ctx *ctx, nk_arena *a,
                                nk_str name, nk_str *bytes, nk_str *file)
{
    nk_buf b;
    nk_err rc;

    (void)data;
    nk_buf_init(&b, a);
    nk_buf_lit(&b, "templates/parts/");
    nk_buf_puts(&b, name);
    nk_buf_lit(&b, ".xml");
    if ((rc = nk_buf_end(ctx, &b, file)) < 0)
        return rc;
    return nk_file_read(ctx, a, *file, NK_MAX_FILE, bytes);
}

static inline nk_err house_schema(nk_house *h, const char *path,
                                  nk_xml_schema **out)
{
    nk_str xsd;
    nk_err rc = house_load(&h->ctx, &h->arena, path, &xsd);

    return rc < 0 ? rc : nk_xml_schema_open(&h->ctx, xsd, nk_str_of(path), out);
}

/* Open everything; what is open is closed by house_leave also on failure. */
static inline nk_err house_enter(nk_house *h)
{
    nk_model_files files;
    nk_err rc;

    nk_ctx_init(&h->ctx);
    h->ctx.now = HOUSE_NOW;
    nk_arena_init(&h->arena);
    nk_problems_init(&h->problems, &h->arena);
    if ((rc = house_load(&h->ctx, &h->arena, "schemas/case.xsd",
                         &files.case_xsd)) < 0 ||
        (rc = house_load(&h->ctx, &h->arena, "schemas/policy.xml",
                         &files.policy)) < 0 ||
        (rc = nk_model_open(&h->ctx, &files, &h->model)) < 0 ||
        (rc = house_schema(h, "schemas/template.xsd", &h->template_schema)) <
            0 ||
        (rc = house_schema(h, "schemas/office.xsd", &h->office_schema)) < 0 ||
        (rc = house_schema(h, "schemas/procedure.xsd", &h->procedure_schema)) <
            0)
        return rc;
    h->world = (nk_template_world){ .model = h->model,
                                    .schema = h->template_schema,
                                    .office_schema = h->office_schema,
                                    .procedure_schema = h->procedure_schema,
                                    .parts = { house_part, NULL } };
    return NK_OK;
}

static inline void house_leave(nk_house *h)
{
    nk_model_close(h->model);
    nk_xml_schema_close(h->template_schema);
    nk_xml_schema_close(h->office_schema);
    nk_xml_schema_close(h->procedure_schema);
    nk_arena_release(&h->arena);
}

static inline int house_open(void **state)
{
    nk_house *h = calloc(1, sizeof(*h));

    if (!h)
        return -1;
    *state = h;
    return house_enter(h) < 0 ? -1 : 0;
}

static inline int house_close(void **state)
{
    house_leave(*state);
    free(*state);
    return 0;
}

/* One house for all tests of a program: it takes a while to open. */
#define HOUSE_RUN(tests)                                                       \
    cmocka_run_group_tests((tests), house_open, house_close)

/* Forget the problems found so far. */
static inline void house_forget(nk_house *h)
{
    nk_problems_init(&h->problems, &h->arena);
}

static inline nk_str house_file(nk_house *h, const char *path)
{
    nk_str s = NK_EMPTY;

    if (house_load(&h->ctx, &h->arena, path, &s) < 0)
        fail_msg("%s cannot be read", path);
    return s;
}

/* Show what failed before the assertion does. */
static inline void house_ok(nk_house *h, nk_err rc, const char *file, int line)
{
    nk_buf b;
    nk_str said;

    if (rc == NK_OK)
        return;
    nk_buf_init(&b, &h->arena);
    nk_fault_put(&h->ctx, &b);
    said = said_of(&h->problems);
    print_error("%.*s\n%.*s", (int)b.len, b.len ? b.ptr : "", (int)said.len,
                said.len ? said.ptr : "");
    _fail(file, line);
}
#define assert_ok(h, call) house_ok((h), (call), __FILE__, __LINE__)

/* The profile of an office of the tree. */
static inline nk_office *house_office(nk_house *h, const char *id)
{
    nk_office *o = NULL;
    nk_buf path;

    nk_buf_init(&path, &h->arena);
    nk_buf_printf(&path, "templates/offices/%s/office.xml", id);
    nk_buf_putc(&path, '\0');
    house_forget(h);
    assert_ok(h,
              nk_office_open(&h->ctx, h->office_schema, house_file(h, path.ptr),
                             nk_str_of(path.ptr), &h->problems, &o));
    return o;
}

/* The ids of the five offices. */
static const char *const house_offices[] = { "barito-utara", "manggarai-barat",
                                             "mojokerto", "sekadau",
                                             "tanjungpinang" };

#endif
