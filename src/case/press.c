/*
 * The press: what is needed to make papers, opened when first asked for.
 */
#include "case/case_int.h"

#include <stdlib.h>
#include <string.h>

struct kept {
    struct kept *next;
    nk_str name;
    nk_template *template;
    nk_office *office;
};

struct nk_press {
    nk_arena arena;
    nk_str data, fonts_dir, hyphens;
    nk_model *model;
    nk_xml_schema *template_schema, *office_schema, *procedure_schema;
    nk_fonts *fonts;
    nk_pdf *pdf;
    struct kept *kept;
};

nk_err nk_press_open(nk_ctx *ctx, const nk_press_paths *paths, nk_press **out)
{
    nk_press *d = calloc(1, sizeof(*d));

    if (!d)
        return nk_nomem(ctx);
    nk_arena_init(&d->arena);
    d->data = nk_str_copy(&d->arena, paths->data);
    d->fonts_dir = nk_str_copy(&d->arena, paths->fonts);
    d->hyphens = nk_str_copy(&d->arena, paths->hyphens);
    if (!d->data.ptr || !d->fonts_dir.ptr || !d->hyphens.ptr) {
        nk_press_close(d);
        return nk_nomem(ctx);
    }
    *out = d;
    return NK_OK;
}

void nk_press_close(nk_press *d)
{
    struct kept *k;

    if (!d)
        return;
    for (k = d->kept; k; k = k->next) {
        nk_template_close(k->template);
        nk_office_close(k->office);
    }
    nk_pdf_close(d->pdf);
    nk_fonts_close(d->fonts);
    nk_xml_schema_close(d->template_schema);
    nk_xml_schema_close(d->office_schema);
    nk_xml_schema_close(d->procedure_schema);
    nk_model_close(d->model);
    nk_arena_release(&d->arena);
    free(d);
}

/* data/a/b/c; parts may be empty. */
static nk_str path_of(nk_arena *a, const nk_press *d, nk_str folder, nk_str id,
                      nk_str file)
{
    nk_str p = nk_path_join(a, d->data, folder);

    if (p.ptr && id.len)
        p = nk_path_join(a, p, id);
    if (p.ptr && file.len)
        p = nk_path_join(a, p, file);
    return p;
}

static nk_err read_data(nk_ctx *ctx, nk_arena *a, const nk_press *d,
                        nk_str folder, nk_str id, nk_str file, nk_str *bytes)
{
    nk_str path = path_of(a, d, folder, id, file);

    if (!path.ptr)
        return nk_nomem(ctx);
    return nk_file_read(ctx, a, path, NK_MAX_FILE, bytes);
}

nk_err nk_press_model(nk_ctx *ctx, nk_press *d, nk_model **out)
{
    nk_model_files files;
    nk_arena a;
    nk_err rc = NK_OK;

    if (!d->model) {
        nk_arena_init(&a);
        if ((rc = read_data(ctx, &a, d, NK_STR("schemas"), NK_EMPTY,
                            NK_STR("case.xsd"), &files.case_xsd)) == NK_OK &&
            (rc = read_data(ctx, &a, d, NK_STR("schemas"), NK_EMPTY,
                            NK_STR("policy.xml"), &files.policy)) == NK_OK)
            rc = nk_model_open(ctx, &files, &d->model);
        nk_arena_release(&a);
    }
    if (rc == NK_OK)
        *out = d->model;
    return rc;
}

static nk_err open_schema(nk_ctx *ctx, nk_press *d, nk_str file,
                          nk_xml_schema **schema)
{
    nk_str bytes;
    nk_arena a;
    nk_err rc;

    if (*schema)
        return NK_OK;
    nk_arena_init(&a);
    rc = read_data(ctx, &a, d, NK_STR("schemas"), NK_EMPTY, file, &bytes);
    if (rc == NK_OK)
        rc = nk_xml_schema_open(ctx, bytes, file, schema);
    nk_arena_release(&a);
    return rc;
}

/* ---- Templates and offices --------------------------------------------- */

static struct kept *find_kept(const nk_press *d, nk_str name, bool template)
{
    struct kept *k;

    for (k = d->kept; k; k = k->next)
        if (nk_str_eq(k->name, name) && (k->template != NULL) == template)
            break;
    return k;
}

static nk_err keep(nk_ctx *ctx, nk_press *d, nk_str name, nk_template *t,
                   nk_office *o)
{
    struct kept *k = NK_NEW(&d->arena, struct kept);

    if (!k || !(k->name = nk_str_copy(&d->arena, name)).ptr) {
        nk_template_close(t);
        nk_office_close(o);
        return nk_nomem(ctx);
    }
    k->template = t;
    k->office = o;
    k->next = d->kept;
    d->kept = k;
    return NK_OK;
}

static nk_err load_part(void *data, nk_ctx *ctx, nk_arena *a, nk_str name,
                        nk_str *bytes, nk_str *file)
{
    nk_press *d = data;
    nk_buf b;
    nk_err rc;

    nk_buf_init(&b, a);
    nk_buf_puts(&b, name);
    nk_buf_lit(&b, ".xml");
    if ((rc = nk_buf_end(ctx, &b, file)) < 0)
        return rc;
    *file = path_of(a, d, NK_STR("templates"), NK_STR("parts"), *file);
    if (!file->ptr)
        return nk_nomem(ctx);
    return nk_file_read(ctx, a, *file, NK_MAX_XML, bytes);
}

bool nk_press_is_file(nk_str name)
{
    return nk_str_find(name, '/') < name.len ||
           nk_str_ends(name, NK_STR(".xml"));
}

/* The nearest template id, for a message. */
static nk_err unknown_template(nk_ctx *ctx, nk_arena *a, nk_press *d,
                               nk_str name)
{
    nk_str *ids, near = NK_EMPTY;
    size_t n;

    if (nk_press_templates(ctx, a, d, &ids, &n) == NK_OK)
        near = nk_str_nearest(name, ids, n);
    return nk_fail(ctx, NK_E_NOTFOUND,
                   near.len ? NK_M_TEMPLATE_MEANT : NK_M_TEMPLATE_NONE,
                   NK_NOWHERE, NK_ARGS(name, near));
}

static nk_err open_template(nk_ctx *ctx, nk_arena *a, nk_press *d, nk_str name,
                            nk_problems *problems, nk_template **out)
{
    nk_template_world world = { .parts = { load_part, d } };
    nk_str path = name, bytes;
    nk_err rc;

    if (!nk_press_is_file(name)) {
        if (!nk_path_is_plain(name))
            return unknown_template(ctx, a, d, name);
        path = path_of(a, d, NK_STR("templates/documents"), name,
                       NK_STR("template.xml"));
        if (!path.ptr)
            return nk_nomem(ctx);
        if (!nk_file_exists(path))
            return unknown_template(ctx, a, d, name);
    }
    if ((rc = nk_file_read(ctx, a, path, NK_MAX_XML, &bytes)) < 0 ||
        (rc = nk_press_model(ctx, d, &world.model)) < 0 ||
        (rc = open_schema(ctx, d, NK_STR("template.xsd"),
                          &d->template_schema)) < 0 ||
        (rc = open_schema(ctx, d, NK_STR("office.xsd"), &d->office_schema)) <
            0 ||
        (rc = open_schema(ctx, d, NK_STR("procedure.xsd"),
                          &d->procedure_schema)) < 0)
        return rc;
    world.schema = d->template_schema;
    world.office_schema = d->office_schema;
    world.procedure_schema = d->procedure_schema;
    return nk_template_open(ctx, &world, bytes, path, problems, out);
}

nk_err nk_press_template(nk_ctx *ctx, nk_press *d, nk_str name,
                         nk_problems *problems, nk_template **out)
{
    struct kept *k = find_kept(d, name, true);
    nk_template *t = NULL;
    nk_arena a;
    nk_err rc;

    if (k) {
        *out = k->template;
        return NK_OK;
    }
    nk_arena_init(&a);
    rc = open_template(ctx, &a, d, name, problems, &t);
    nk_arena_release(&a);
    if (rc < 0 || (rc = keep(ctx, d, name, t, NULL)) < 0)
        return rc;
    *out = t;
    return NK_OK;
}

nk_err nk_press_office(nk_ctx *ctx, nk_press *d, nk_str id,
                       nk_problems *problems, nk_office **out)
{
    struct kept *k = find_kept(d, id, false);
    nk_office *o = NULL;
    nk_str path, bytes;
    nk_arena a;
    nk_err rc;

    if (k) {
        *out = k->office;
        return NK_OK;
    }
    nk_arena_init(&a);
    path =
        path_of(&a, d, NK_STR("templates/offices"), id, NK_STR("office.xml"));
    if (!path.ptr)
        rc = nk_nomem(ctx);
    else if (!nk_path_is_plain(id) || !nk_file_exists(path))
        rc = nk_fail(ctx, NK_E_NOTFOUND, NK_M_OFFICE_NONE, NK_NOWHERE,
                     NK_ARGS(id));
    else if ((rc = nk_file_read(ctx, &a, path, NK_MAX_XML, &bytes)) == NK_OK &&
             (rc = open_schema(ctx, d, NK_STR("office.xsd"),
                               &d->office_schema)) == NK_OK)
        rc = nk_office_open(ctx, d->office_schema, bytes, path, problems, &o);
    nk_arena_release(&a);
    if (rc < 0 || (rc = keep(ctx, d, id, NULL, o)) < 0)
        return rc;
    *out = o;
    return NK_OK;
}

static nk_err read_procedure(nk_ctx *ctx, nk_arena *a, nk_press *d,
                             nk_office *o, nk_problems *problems)
{
    nk_str bytes, path = path_of(a, d, NK_STR("templates/offices"),
                                 nk_office_id(o), NK_STR("procedure.xml"));
    nk_err rc;

    if (!path.ptr)
        return nk_nomem(ctx);
    if (!nk_file_exists(path))
        return NK_OK;
    if ((rc = nk_file_read(ctx, a, path, NK_MAX_XML, &bytes)) < 0 ||
        (rc = open_schema(ctx, d, NK_STR("procedure.xsd"),
                          &d->procedure_schema)) < 0)
        return rc;
    return nk_office_read_procedure(ctx, o, d->procedure_schema, bytes, path,
                                    problems);
}

nk_err nk_case__procedure(nk_ctx *ctx, nk_press *d, nk_office *o,
                          nk_problems *problems)
{
    nk_arena a;
    nk_err rc;

    if (nk_office_procedure(o))
        return NK_OK;
    nk_arena_init(&a);
    rc = read_procedure(ctx, &a, d, o, problems);
    nk_arena_release(&a);
    return rc;
}

nk_err nk_press_check_office(nk_ctx *ctx, nk_press *d, nk_str id,
                             nk_problems *problems)
{
    nk_office *o;
    nk_err rc = nk_press_office(ctx, d, id, problems, &o);

    if (rc == NK_OK)
        rc = nk_case__procedure(ctx, d, o, problems);
    if (rc < 0)
        return rc;
    nk_office_check(o, problems);
    return NK_OK;
}

static nk_err list_folders(nk_ctx *ctx, nk_arena *a, const nk_press *d,
                           nk_str folder, nk_str file, nk_str **ids, size_t *n)
{
    nk_str path = path_of(a, d, folder, NK_EMPTY, NK_EMPTY), *all;
    size_t all_n, i;
    nk_err rc;

    if (!path.ptr)
        return nk_nomem(ctx);
    if ((rc = nk_dir_list(ctx, a, path, &all, &all_n)) < 0)
        return rc;
    *n = 0;
    for (i = 0; i < all_n; i++) {
        nk_str p = path_of(a, d, folder, all[i], file);

        if (!p.ptr)
            return nk_nomem(ctx);
        if (nk_file_exists(p))
            all[(*n)++] = all[i];
    }
    *ids = all;
    return NK_OK;
}

nk_err nk_press_templates(nk_ctx *ctx, nk_arena *a, nk_press *d, nk_str **ids,
                          size_t *n)
{
    return list_folders(ctx, a, d, NK_STR("templates/documents"),
                        NK_STR("template.xml"), ids, n);
}

nk_err nk_press_offices(nk_ctx *ctx, nk_arena *a, nk_press *d, nk_str **ids,
                        size_t *n)
{
    return list_folders(ctx, a, d, NK_STR("templates/offices"),
                        NK_STR("office.xml"), ids, n);
}

/* The last of n becomes the first. */
static void to_front(nk_str *list, size_t n)
{
    nk_str last = list[n - 1];

    memmove(list + 1, list, (n - 1) * sizeof(*list));
    list[0] = last;
}

nk_err nk_press_samples(nk_ctx *ctx, nk_arena *a, nk_press *d, nk_str name,
                        nk_str **records, nk_str **files, size_t *n)
{
    nk_str folder =
        nk_press_is_file(name)
            ? nk_path_dir(name)
            : path_of(a, d, NK_STR("templates/documents"), name, NK_EMPTY);
    nk_str *names;
    size_t all, i;
    nk_err rc;

    if (!folder.ptr)
        return nk_nomem(ctx);
    if ((rc = nk_dir_list(ctx, a, folder, &names, &all)) < 0)
        return rc;
    *records = NK_NEWN(a, all, nk_str);
    *files = NK_NEWN(a, all, nk_str);
    if (!*records || !*files)
        return nk_nomem(ctx);
    *n = 0;
    for (i = 0; i < all; i++) {
        nk_str path;

        if (!nk_str_starts(names[i], NK_STR("sample")))
            continue;
        path = nk_path_join(a, folder, names[i]);
        if (!path.ptr)
            return nk_nomem(ctx);
        if ((rc = nk_file_read(ctx, a, path, NK_MAX_XML, &(*records)[*n])) < 0)
            return rc;
        (*files)[(*n)++] = path;
        /* By its bytes it comes after sample-2.xml. */
        if (nk_str_eq(names[i], NK_STR("sample.xml"))) {
            to_front(*records, *n);
            to_front(*files, *n);
        }
    }
    return NK_OK;
}

/* ---- Fonts and pictures ------------------------------------------------ */

nk_err nk_case__pdf(nk_ctx *ctx, nk_press *d, nk_pdf **out)
{
    nk_err rc;

    if (!d->fonts &&
        (rc = nk_fonts_open(ctx, d->fonts_dir, d->hyphens, &d->fonts)) < 0)
        return rc;
    if (!d->pdf && (rc = nk_pdf_open(ctx, d->fonts, &d->pdf)) < 0)
        return rc;
    *out = d->pdf;
    return NK_OK;
}

nk_err nk_case__arms(nk_ctx *ctx, nk_press *d, const nk_office *o)
{
    nk_xml_node *e = nk_xml_child(nk_office_node(o), NK_STR("arms"));
    nk_str file = e ? nk_xml_attr_or(e, NK_STR("file"), NK_EMPTY) : NK_EMPTY;
    nk_str path, bytes;
    nk_arena a;
    nk_err rc;

    nk_arena_init(&a);
    path = file.len ? path_of(&a, d, NK_STR("templates/offices"),
                              nk_office_id(o), file)
                    : path_of(&a, d, NK_STR("templates/parts"), NK_EMPTY,
                              NK_STR("arms.png"));
    if (!path.ptr)
        rc = nk_nomem(ctx);
    else if (nk_pdf_use_image(d->pdf, NK_STR("arms"), path))
        rc = NK_OK;
    else if (file.len && !nk_path_is_plain(file))
        rc = nk_fail(ctx, NK_E_INVALID, NK_M_IMAGE_NONE, nk_xml_place(e),
                     NK_ARGS(file));
    else if ((rc = nk_file_read(ctx, &a, path, NK_MAX_FILE, &bytes)) == NK_OK)
        rc = nk_pdf_add_image(ctx, d->pdf, NK_STR("arms"), bytes, path);
    nk_arena_release(&a);
    return rc;
}
