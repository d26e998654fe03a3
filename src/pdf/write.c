/*
 * A paper from pages to bytes, top to bottom: content, shared objects, page
 * objects, structure, metadata, catalog.
 */
#include "pdf/pdf_int.h"

#include <stdlib.h>

/* ---- What papers share ------------------------------------------------- */

nk_err nk_pdf_open(nk_ctx *ctx, nk_fonts *fonts, nk_pdf **out)
{
    nk_pdf *p = calloc(1, sizeof(*p));
    nk_err rc;

    if (!p)
        return nk_nomem(ctx);
    nk_arena_init(&p->arena);
    p->fonts = fonts;
    if ((rc = nk_pdf__profile(ctx, p)) < 0) {
        nk_pdf_close(p);
        return rc;
    }
    *out = p;
    return NK_OK;
}

void nk_pdf_close(nk_pdf *p)
{
    if (!p)
        return;
    nk_arena_release(&p->arena);
    free(p);
}

static nk_err metric_word(void *self, nk_ctx *ctx, nk_face face, nk_str text,
                          int32_t *width, uint32_t *missing)
{
    const nk_pdf *p = self;
    const nk_word *w;
    nk_err rc = nk_fonts_word(ctx, p->fonts, face, text, &w);

    if (rc < 0)
        return rc;
    *width = w->width;
    *missing = w->missing;
    return NK_OK;
}

static nk_err metric_face(void *self, nk_ctx *ctx, nk_face face, int32_t *space,
                          int32_t *ascent, int32_t *descent)
{
    const nk_pdf *p = self;
    const nk_face_info *info;
    nk_err rc;

    if ((rc = nk_fonts_space(ctx, p->fonts, face, space)) < 0 ||
        (rc = nk_fonts_info(ctx, p->fonts, face, &info)) < 0)
        return rc;
    *ascent = info->ascent;
    *descent = info->descent;
    return NK_OK;
}

static nk_err metric_hyphens(void *self, nk_ctx *ctx, nk_str word,
                             uint16_t *after, size_t room, size_t *n)
{
    const nk_pdf *p = self;

    return nk_fonts_hyphens(ctx, p->fonts, word, after, room, n);
}

static nk_err metric_image(void *self, nk_ctx *ctx, nk_str name,
                           uint32_t *width, uint32_t *height)
{
    const struct nk_pdf__image *i = nk_pdf__find_image(self, name);

    if (!i)
        return nk_fail(ctx, NK_E_NOTFOUND, NK_M_IMAGE_NONE, NK_NOWHERE,
                       NK_ARGS(name));
    *width = i->width;
    *height = i->height;
    return NK_OK;
}

void nk_pdf_metrics(nk_pdf *p, nk_metrics *out)
{
    *out = (nk_metrics){ p, metric_word, metric_face, metric_hyphens,
                         metric_image };
}

/* ---- A paper ----------------------------------------------------------- */

static nk_err make_room(struct nk_pdf__paper *w)
{
    w->elements = NK_NEWN(w->a, w->pages->tags_n, struct nk_pdf__element);
    w->sheets = NK_NEWN(w->a, w->pages->n, struct nk_pdf__sheet);
    return w->elements && w->sheets ? NK_OK : nk_nomem(w->ctx);
}

static uint32_t add_intent(struct nk_pdf__paper *w)
{
    uint32_t icc = nk_pdf__stream(w->file, NK_STR("/N 3/Filter/FlateDecode\n"),
                                  w->pdf->icc);

    return icc;
}

/* Picture objects in the order the papers' pictures were added. */
static nk_err add_images(struct nk_pdf__paper *w)
{
    const struct nk_pdf__image *i;
    uint32_t n = 0, page, k;

    for (i = w->pdf->images; i; i = i->next)
        n++;
    if (!(w->image_ids = NK_NEWN(w->a, n, uint32_t)))
        return nk_nomem(w->ctx);
    for (i = w->pdf->images, n = 0; i; i = i->next, n++) {
        bool used = false;
        nk_str entries;
        nk_buf b;
        nk_err rc;

        for (page = 0; page < w->pages->n; page++)
            for (k = 0; k < w->sheets[page].images_n; k++)
                used = used || w->sheets[page].images[k] == i;
        if (!used)
            continue;
        nk_buf_init(&b, w->a);
        nk_buf_printf(&b,
                      "/Type/XObject/Subtype/Image/Width %u/Height %u"
                      "/BitsPerComponent 8/ColorSpace/Device%s"
                      "/Filter/FlateDecode\n",
                      i->width, i->height, i->gray ? "Gray" : "RGB");
        if ((rc = nk_buf_end(w->ctx, &b, &entries)) < 0)
            return rc;
        w->image_ids[n] = nk_pdf__stream(w->file, entries, i->pixels);
    }
    return NK_OK;
}

static uint32_t image_id(const struct nk_pdf__paper *w,
                         const struct nk_pdf__image *image)
{
    const struct nk_pdf__image *i;
    uint32_t n = 0;

    for (i = w->pdf->images; i && i != image; i = i->next)
        n++;
    return w->image_ids[n];
}

nk_err nk_pdf__resources(struct nk_pdf__paper *w, const struct nk_pdf__sheet *s,
                         nk_str *out)
{
    unsigned face;
    uint32_t k;
    nk_buf b;

    nk_buf_init(&b, w->a);
    nk_buf_lit(&b, "/Font<<");
    for (face = 0; face < NK_FACES; face++) {
        if (s->faces_base >> face & 1)
            nk_buf_printf(&b, "/F%u %u 0 R", face, w->fonts[face].id);
        if (s->faces_extra >> face & 1)
            nk_buf_printf(&b, "/X%u %u 0 R", face, w->fonts[face].extra);
    }
    nk_buf_lit(&b, ">>");
    if (s->images_n) {
        nk_buf_lit(&b, "/XObject<<");
        for (k = 0; k < s->images_n; k++)
            nk_buf_printf(&b, "/I%u %u 0 R", k, image_id(w, s->images[k]));
        nk_buf_lit(&b, ">>");
    }
    nk_buf_putc(&b, '\n');
    return nk_buf_end(w->ctx, &b, out);
}

static nk_err set_pages(struct nk_pdf__paper *w)
{
    uint32_t i;
    nk_err rc;

    for (i = 0; i < w->pages->n; i++) {
        nk_str resources;

        if ((rc = nk_pdf__resources(w, &w->sheets[i], &resources)) < 0)
            return rc;
        nk_pdf__set_page(w->file, w->sheets[i].id, w->pages->width,
                         w->pages->height, i, resources, w->sheets[i].content);
    }
    return NK_OK;
}

/* The plan of signatures, for the sign room (docs/signature.md). */
static nk_err add_plan(struct nk_pdf__paper *w, uint32_t *id)
{
    nk_str text;
    nk_buf b;
    uint32_t k;
    nk_err rc;

    nk_buf_init(&b, w->a);
    nk_buf_lit(&b, "/Type/NaskahPaper/Template");
    nk_pdf__text(&b, w->pages->template_id);
    nk_buf_lit(&b, "/Version");
    nk_pdf__text(&b, w->pages->version);
    if (w->pages->fillable) {
        nk_buf_lit(&b, "/Office");
        nk_pdf__text(&b, w->words->office);
        nk_buf_lit(&b, "/Case");
        nk_pdf__text(&b, w->words->record);
        nk_buf_lit(&b, "/About");
        nk_pdf__text(&b, w->words->about);
    }
    nk_buf_lit(&b, "/Fields[");
    for (k = 0; k < w->signs_n; k++) {
        const nk_item *i = w->signs[k];
        nk_mpt top = w->pages->height - i->y;

        nk_buf_lit(&b, "<</T");
        nk_pdf__text(&b, i->text);
        nk_buf_lit(&b, "/TU");
        nk_pdf__text(&b, w->pages->tags[i->tag].alt);
        nk_buf_printf(&b, "/Page %u 0 R/Rect[", w->sheets[w->sign_pages[k]].id);
        nk_mpt_put(&b, i->x);
        nk_buf_putc(&b, ' ');
        nk_mpt_put(&b, top - i->height);
        nk_buf_putc(&b, ' ');
        nk_mpt_put(&b, i->x + i->width);
        nk_buf_putc(&b, ' ');
        nk_mpt_put(&b, top);
        nk_buf_printf(&b, "]/Elem %u 0 R/Key %u>>", w->elements[i->tag].id,
                      w->pages->n + k);
    }
    nk_buf_lit(&b, "]\n");
    if ((rc = nk_buf_end(w->ctx, &b, &text)) < 0)
        return rc;
    *id = nk_pdf__object(w->file);
    nk_pdf__set(w->file, *id, text);
    return NK_OK;
}

static nk_err set_catalog(struct nk_pdf__paper *w, uint32_t icc, uint32_t tags,
                          uint32_t xmp, uint32_t plan, uint32_t form)
{
    nk_str text;
    nk_buf b;
    nk_err rc;

    nk_buf_init(&b, w->a);
    nk_buf_lit(&b, "/Lang");
    nk_pdf__text(&b, w->pages->lang);
    nk_buf_printf(&b,
                  "/MarkInfo<</Marked true>>/StructTreeRoot %u 0 R"
                  "/Metadata %u 0 R\n/OutputIntents[<</Type/OutputIntent"
                  "/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
                  "/Info(sRGB)/DestOutputProfile %u 0 R>>]\n"
                  "/ViewerPreferences<</DisplayDocTitle true"
                  "/PrintScaling/None>>\n/PieceInfo<</naskah<</LastModified",
                  tags, xmp, icc);
    nk_pdf__date(&b, w->words->made);
    nk_buf_printf(&b, "/Private %u 0 R>>>>\n", plan);
    if (form)
        nk_buf_printf(&b, "/AcroForm %u 0 R\n", form);
    if ((rc = nk_buf_end(w->ctx, &b, &text)) < 0)
        return rc;
    nk_pdf__set_catalog(w->file, text);
    return NK_OK;
}

static nk_err set_trailer(struct nk_pdf__paper *w)
{
    nk_str text, info;
    nk_buf b;
    nk_err rc;

    nk_buf_init(&b, w->a);
    nk_buf_lit(&b, "/ID[");
    nk_pdf__text(&b, w->words->id);
    nk_pdf__text(&b, w->words->id);
    nk_buf_lit(&b, "]\n");
    if ((rc = nk_buf_end(w->ctx, &b, &text)) < 0 ||
        (rc = nk_pdf__info(w, &info)) < 0)
        return rc;
    nk_pdf__set_trailer(w->file, text);
    nk_pdf__set_info(w->file, info);
    return NK_OK;
}

static nk_err write_objects(struct nk_pdf__paper *w)
{
    uint32_t icc = add_intent(w), tags, xmp, plan, form, i;
    nk_err rc;

    if ((rc = nk_pdf__base_fonts(w)) < 0 || (rc = add_images(w)) < 0 ||
        (rc = nk_pdf__extra_fonts(w)) < 0)
        return rc;
    for (i = 0; i < w->pages->n; i++)
        w->sheets[i].id = nk_pdf__page(w->file);
    nk_pdf__number_inputs(w);
    if ((rc = nk_pdf__tags(w, &tags)) < 0 ||
        (rc = nk_pdf__metadata(w, &xmp)) < 0 || (rc = add_plan(w, &plan)) < 0 ||
        (rc = set_pages(w)) < 0 || (rc = nk_pdf__form(w, &form)) < 0 ||
        (rc = set_catalog(w, icc, tags, xmp, plan, form)) < 0)
        return rc;
    return set_trailer(w);
}

nk_err nk_pdf_write(nk_ctx *ctx, nk_arena *a, nk_pdf *p, const nk_pages *pages,
                    const nk_pdf_words *words, nk_str *out)
{
    struct nk_pdf__paper w = {
        .ctx = ctx, .a = a, .pdf = p, .pages = pages, .words = words
    };
    nk_err rc;

    if ((rc = make_room(&w)) < 0 || (rc = nk_pdf__content(&w)) < 0 ||
        (rc = nk_pdf__file_open(ctx, a, &w.file)) < 0)
        return rc;
    rc = write_objects(&w);
    if (rc == NK_OK)
        rc = nk_pdf__save(w.file, out);
    nk_pdf__file_close(w.file);
    return rc;
}
