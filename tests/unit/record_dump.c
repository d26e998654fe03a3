/*
 * A record as text.
 */
#include "../support/house.h"

static void dumps_every_element(void **state)
{
    nk_house *h = *state;
    nk_record *r;
    nk_str out;

    house_forget(h);
    assert_ok(h, nk_record_open(
                     &h->ctx, h->model,
                     NK_STR("<case xmlns='urn:naskah:case:1' number='K-1' "
                            "office='x' opened='2026-11-18T08:15:00+07:00'>\n"
                            "  <kind>kdrt</kind><kind>tppo</kind>\n"
                            "  <victim><name> Melati\n Contoh </name><nik/>"
                            "</victim>\n"
                            "  <consent id='a' with='b'/>\n"
                            "  <referral id='r' to='police' institution='i'>"
                            "<health><need>jiwa</need></health></referral>\n"
                            "</case>"),
                     NK_STR("k.xml"), &h->problems, &r));
    assert_ok(h, nk_record_dump(&h->ctx, &h->arena, r, &out));
    assert_str(out,
               "case @number=K-1 @office=x @opened=2026-11-18T08:15:00+07:00\n"
               "  kind = kdrt\n"
               "  kind = tppo\n"
               "  victim\n"
               "    name = Melati\n Contoh\n"
               "    nik\n"
               "  consent @id=a @with=b\n"
               "  referral @id=r @to=police @institution=i\n"
               "    health\n"
               "      need = jiwa\n");
    nk_record_close(r);
    assert_ok(h, nk_record_new(&h->ctx, h->model, &r));
    assert_ok(h, nk_record_dump(&h->ctx, &h->arena, r, &out));
    assert_str(out, "case\n");
    nk_record_close(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dumps_every_element),
    };

    return HOUSE_RUN(tests);
}
