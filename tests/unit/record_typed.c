/*
 * Values as people type them: what the record has is typed one way, what is
 * typed is read in many.
 */
#include "../support/house.h"

static const nk_field *field(nk_house *h, const char *path)
{
    const nk_field *f = nk_field_find(nk_model_root(h->model), nk_str_of(path));

    assert_non_null(f);
    return f;
}

struct row {
    const char *path;
    nk_typed part;
    const char *typed, *value; /* NULL: cannot be read */
};

static void types_what_the_record_has(void **state)
{
    static const struct row rows[] = {
        { "victim/birth-date", NK_TYPED_WHOLE, "31-12-1990", "1990-12-31" },
        { "victim/birth-date", NK_TYPED_WHOLE, "12-1990", "1990-12" },
        { "victim/birth-date", NK_TYPED_WHOLE, "1990", "1990" },
        { "victim/birth-date", NK_TYPED_WHOLE, "?", "?" },
        { "incident/time", NK_TYPED_WHOLE, "08.30", "08:30:00" },
        { "@opened", NK_TYPED_WHOLE, "18-11-2026 08.15",
          "2026-11-18T08:15:00+07:00" },
        { "@opened", NK_TYPED_DAY, "18-11-2026", "2026-11-18T08:15:00" },
        { "@opened", NK_TYPED_TIME, "08.15", "2026-11-18T08:15:00Z" },
        { "victim/sex", NK_TYPED_WHOLE, "P", "P" },
        { "victim/name", NK_TYPED_WHOLE, "Melati Contoh", "Melati Contoh" },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_buf b;

        nk_buf_init(&b, &h->arena);
        nk_field_put_typed(&b, field(h, rows[i].path), rows[i].part,
                           nk_str_of(rows[i].value));
        assert_str(nk_buf_str(&b), rows[i].typed);
    }
}

static void reads_what_is_typed(void **state)
{
    static const struct row rows[] = {
        { "victim/birth-date", NK_TYPED_WHOLE, "31-12-1990", "1990-12-31" },
        { "victim/birth-date", NK_TYPED_WHOLE, " 1/2/1990 ", "1990-02-01" },
        { "victim/birth-date", NK_TYPED_WHOLE, "1990-12-31", "1990-12-31" },
        { "victim/birth-date", NK_TYPED_WHOLE, "12.1990", "1990-12" },
        { "victim/birth-date", NK_TYPED_WHOLE, "1990", "1990" },
        { "victim/birth-date", NK_TYPED_WHOLE, "31-02-1990", NULL },
        { "victim/birth-date", NK_TYPED_WHOLE, "31-12-90", NULL },
        { "victim/birth-date", NK_TYPED_WHOLE, "13-1990", NULL },
        { "victim/birth-date", NK_TYPED_WHOLE, "1-2-3-4", NULL },
        { "victim/birth-date", NK_TYPED_WHOLE, "31-12-", NULL },
        { "victim/birth-date", NK_TYPED_WHOLE, "kemarin", NULL },
        { "complaint/date", NK_TYPED_WHOLE, "12-1990", NULL },
        { "incident/time", NK_TYPED_WHOLE, "8.30", "08:30:00" },
        { "incident/time", NK_TYPED_WHOLE, "24.00", NULL },
        { "incident/time", NK_TYPED_WHOLE, "8", NULL },
        { "@opened", NK_TYPED_WHOLE, "18-11-2026 8:15", "2026-11-18T08:15:00" },
        { "@opened", NK_TYPED_WHOLE, "18-11-2026", "2026-11-18T00:00:00" },
        { "@opened", NK_TYPED_WHOLE, "18-11-2026 x", NULL },
        { "@opened", NK_TYPED_DAY, "18-11-2026", "2026-11-18" },
        { "@opened", NK_TYPED_TIME, "08.15", "08:15:00" },
        { "victim/sex", NK_TYPED_WHOLE, "perempuan", "P" },
        { "victim/sex", NK_TYPED_WHOLE, "Male", "L" },
        { "victim/sex", NK_TYPED_WHOLE, "X", NULL },
        { "victim/nik", NK_TYPED_WHOLE, "9901 0150 1290 0001",
          "9901015012900001" },
        { "complaint/children-affected", NK_TYPED_WHOLE, "1.000", "1000" },
        { "recommendation/aid/amount", NK_TYPED_WHOLE, "Rp 1.500.000,00",
          "1500000" },
        { "victim/name", NK_TYPED_WHOLE, " Melati ", "Melati" },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        bool read;
        nk_buf b;

        nk_buf_init(&b, &h->arena);
        read = nk_field_read_typed(&b, field(h, rows[i].path), rows[i].part,
                                   nk_str_of(rows[i].typed));
        if (read != (rows[i].value != NULL))
            print_error("%s: %s\n", rows[i].path, rows[i].typed);
        assert_int_equal(read, rows[i].value != NULL);
        assert_str(nk_buf_str(&b), rows[i].value ? rows[i].value : "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types_what_the_record_has),
        cmocka_unit_test(reads_what_is_typed),
    };

    return HOUSE_RUN(tests);
}
