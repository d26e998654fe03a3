/*
 * Learning a dictionary from papers filled with invented data: what is the
 * same in all of them become resources, the code of the first is the base,
 * and what the others say otherwise is deflate's preset.
 */
#include "archive/code.h"

#define STREAM_LEAST 64u    /* bytes; shorter ones stay in the code */
#define PRESET_MOST  32768u /* bytes deflate looks back */

struct learner {
    nk_arena *a;
    const nk_str *samples;
    size_t n;
    nk_dict *d;
    nk_base_index index; /* of the base */
    bool nomem;
};

/* Does every sample hold these bytes? */
static bool is_in_all(const struct learner *l, nk_str bytes)
{
    size_t i;

    for (i = 0; i < l->n; i++)
        if (nk_str_search(l->samples[i], bytes) == l->samples[i].len)
            return false;
    return true;
}

/* A stream that all samples share, or a certificate, becomes a resource. */
static void found(void *data, nk_str bytes, bool is_stream)
{
    struct learner *l = data;
    nk_dict *d = l->d;
    size_t i;

    if (is_stream && (bytes.len < STREAM_LEAST || !is_in_all(l, bytes)))
        return;
    for (i = 0; i < d->res_n; i++)
        if (nk_str_eq(d->res[i], bytes))
            return;
    if (d->res_n == NK_MAX_DICT_RES)
        return;
    d->res[d->res_n] = nk_str_copy(l->a, bytes);
    if (d->res[d->res_n].ptr)
        d->res_n++;
    else
        l->nomem = true;
}

/* The code of sample i; what is random goes nowhere. */
static nk_str code_of(struct learner *l, const nk_scan *how, size_t i)
{
    nk_buf code, raw;

    nk_buf_init(&code, l->a);
    nk_buf_init(&raw, l->a);
    nk_archive__scan(l->a, how, l->samples[i], &code, &raw);
    if (code.err < 0 || raw.err < 0)
        l->nomem = true;
    return nk_buf_str(&code);
}

/* Resources of all samples; returns the plain code of the last. */
static nk_str learn_resources(struct learner *l)
{
    const nk_scan how = { .plain = true, .found = found, .data = l };
    nk_str plain = NK_EMPTY;
    size_t i;

    for (i = 0; i < l->n && !l->nomem; i++)
        plain = code_of(l, &how, i);
    return plain;
}

static nk_err learn_base(nk_ctx *ctx, struct learner *l, nk_str plain)
{
    /* What looks random but is in two samples is not: it is said. */
    nk_base_index known = { 0 };
    const nk_scan how = { .dict = l->d, .known = l->n > 1 ? &known : NULL };
    nk_err rc = nk_archive__index_base(ctx, l->a, plain, &known);

    if (rc < 0)
        return rc;
    l->d->base = code_of(l, &how, 0);
    if (l->d->base.len > NK_MAX_DICT_BASE)
        l->d->base.len = NK_MAX_DICT_BASE;
    return nk_archive__index_base(ctx, l->a, l->d->base, &l->index);
}

static nk_str code_with_base(struct learner *l, size_t i)
{
    const nk_scan how = { .dict = l->d, .known = &l->index };

    return code_of(l, &how, i);
}

/*
 * Deflate says what is near in fewer bits: the second sample comes last. The
 * base comes first, since its words may stand where its stretches do not.
 */
static nk_err learn_preset(nk_ctx *ctx, struct learner *l)
{
    nk_base_index second;
    nk_buf preset;
    nk_err rc;
    size_t i;

    nk_buf_init(&preset, l->a);
    nk_buf_puts(&preset, l->d->base);
    if (l->n > 1) {
        rc = nk_archive__index_base(ctx, l->a, code_with_base(l, 1), &second);
        if (rc < 0)
            return rc;
        nk_archive__shrink(&second, code_with_base(l, 0), &preset);
    }
    for (i = l->n; i > 1 && !l->nomem; i--)
        nk_archive__shrink(&l->index, code_with_base(l, i - 1), &preset);
    if (l->nomem || preset.err < 0)
        return nk_nomem(ctx);
    l->d->preset = nk_buf_str(&preset);
    if (preset.len > PRESET_MOST)
        l->d->preset = nk_str_skip(l->d->preset, preset.len - PRESET_MOST);
    return NK_OK;
}

nk_err nk_archive__dict_learn(nk_ctx *ctx, nk_arena *a, const nk_str *samples,
                              size_t n, nk_dict *d)
{
    struct learner l = { .a = a, .samples = samples, .n = n, .d = d };
    nk_err rc;

    d->res_n = 0;
    if (!(d->res = NK_NEWN(a, NK_MAX_DICT_RES, nk_str)))
        return nk_nomem(ctx);
    if ((rc = learn_base(ctx, &l, learn_resources(&l))) < 0)
        return rc;
    return learn_preset(ctx, &l);
}
