/*
 * Attributes: what each sets on its node, and what is said of a wrong one.
 */
#include "../support/sheet.h"

static void put_number(nk_buf *b, const char *name, int64_t v)
{
    if (v)
        nk_buf_printf(b, " %s=%lld", name, (long long)v);
}

static void put_style(nk_buf *b, const nk_style *s)
{
    if (s->set & NK_SET_ALIGN)
        nk_buf_printf(b, " align=%d", (int)s->align);
    if (s->set & NK_SET_SIZE)
        nk_buf_printf(b, " size=%d", s->size);
    if (s->set & NK_SET_LEADING)
        nk_buf_printf(b, " leading=%u", s->leading);
    if (s->set & NK_SET_FAMILY)
        nk_buf_printf(b, " family=%u", s->family);
    if (s->set & NK_SET_BEFORE)
        nk_buf_printf(b, " before=%d", s->before);
    if (s->set & NK_SET_AFTER)
        nk_buf_printf(b, " after=%d", s->after);
    put_number(b, "indent", s->indent);
    put_number(b, "right", s->right);
    put_number(b, "first", s->first);
    put_number(b, "bold", s->bold);
    put_number(b, "keep-next", s->keep_next);
}

/* All that is set on a node. */
static nk_str described(nk_house *h, const nk_tpl *n)
{
    size_t i;
    nk_buf b;

    nk_buf_init(&b, &h->arena);
    put_style(&b, n->style);
    put_number(&b, "width", n->width);
    put_number(&b, "height", n->height);
    put_number(&b, "inset", n->inset);
    put_number(&b, "count", n->count);
    put_number(&b, "span", n->span);
    put_number(&b, "border", n->border);
    put_number(&b, "valign", n->valign);
    put_number(&b, "place", n->place);
    put_number(&b, "show", n->show);
    put_number(&b, "number", n->number);
    put_number(&b, "hide", !n->blank);
    put_number(&b, "asks", n->asks);
    put_number(&b, "fit", n->fit);
    put_number(&b, "split", n->split);
    put_number(&b, "needed", n->needed);
    put_number(&b, "optional", n->optional);
    put_number(&b, "keep-empty", n->keep_empty);
    put_number(&b, "select", n->select != NULL);
    if (n->call)
        nk_buf_printf(&b, " call=%s", n->call->name);
    for (i = 0; i < n->columns_n; i++)
        nk_buf_printf(&b, " %d/%u", n->columns[i].width, n->columns[i].share);
    if (n->text.len)
        nk_buf_printf(&b, " \"%.*s\"", (int)n->text.len, n->text.ptr);
    if (n->label.ptr)
        nk_buf_printf(&b, " '%.*s'", (int)n->label.len, n->label.ptr);
    return nk_buf_str(&b);
}

/* The node of the innermost first element of a body. */
struct row {
    const char *body;
    unsigned depth; /* how far below the body it is, from 1 */
    const char *is;
};

static void check_rows(nk_house *h, const struct row *rows, size_t n)
{
    size_t i;

    for (i = 0; i < n; i++) {
        const nk_tpl *node;
        nk_template *t;
        unsigned d;

        assert_ok(h, sheet_open(h, NULL, rows[i].body, &t));
        node = t->body;
        for (d = 0; d < rows[i].depth; d++)
            node = node->first;
        if (!nk_str_eq(described(h, node), nk_str_of(rows[i].is)))
            print_error("%s\n", rows[i].body);
        assert_str(described(h, node), rows[i].is);
        nk_template_close(t);
    }
}

static void sets_looks(void **state)
{
    static const struct row rows[] = {
        { "<p/>", 1, "" },
        { "<h1/>", 1, " align=1 bold=1 keep-next=1" },
        { "<h2/>", 1, " align=0 before=8000 after=3000 bold=1 keep-next=1" },
        { "<h1 align='left'/>", 1, " align=0 bold=1 keep-next=1" },
        { "<p align='left'/>", 1, " align=0" },
        { "<p align='center'/>", 1, " align=1" },
        { "<p align='right'/>", 1, " align=2" },
        { "<p align='justify'/>", 1, " align=3" },
        { "<p font='sans'/>", 1, " family=0" },
        { "<p font='serif'/>", 1, " family=4" },
        { "<p size='12pt'/>", 1, " size=12000" },
        { "<p size='4pt'/>", 1, " size=4000" },
        { "<p size='144pt'/>", 1, " size=144000" },
        { "<p leading='1.15'/>", 1, " leading=1150" },
        { "<p leading='0.8'/>", 1, " leading=800" },
        { "<p leading='4'/>", 1, " leading=4000" },
        { "<p weight='bold'/>", 1, " bold=1" },
        { "<p before='1mm' after='2mm'/>", 1, " before=2835 after=5669" },
        { "<p before='-1pt' after='0pt'/>", 1, " before=-1000 after=0" },
        { "<p indent='10pt' indent-right='5pt' first='-10pt'/>", 1,
          " indent=10000 right=5000 first=-10000" },
        { "<p keep-with-next='yes'/>", 1, " keep-next=1" },
        { "<h1 keep-with-next='no'/>", 1, " align=1 bold=1" },
        { "<keep-together before='3pt'/>", 1, " before=3000" },
    };

    check_rows(*state, rows, NK_COUNT(rows));
}

static void sets_shapes(void **state)
{
    static const struct row rows[] = {
        { "<ol/>", 1, "" },
        { "<ol number='1'/>", 1, " number=49" },
        { "<ol number='a'/>", 1, " number=97" },
        { "<ol number='I'/>", 1, " number=73" },
        { "<table columns='*'/>", 1, " 0/1" },
        { "<table columns='40mm 5mm *' border='all'/>", 1,
          " border=1 113386/0 14173/0 0/1" },
        { "<table columns='2* 10pt *' border='box'/>", 1,
          " border=2 0/2 10000/0 0/1" },
        { "<table columns='*' border='rows'/>", 1, " border=3 0/1" },
        { "<table columns='*' border='bottom'/>", 1, " border=4 0/1" },
        { "<table columns='*' border='none'/>", 1, " 0/1" },
        { "<table columns='*'><tr height='10pt' split='yes'/></table>", 2,
          " height=10000 split=1" },
        { "<table columns='*'><tr split='no'/></table>", 2, "" },
        { "<table columns='* *'><tr><td span='2' valign='middle'/></tr>"
          "</table>",
          3, " span=2 valign=1" },
        { "<table columns='*'><tr><th valign='bottom' align='center'/></tr>"
          "</table>",
          3, " align=1 valign=2" },
        { "<table columns='*'><tr><td valign='top'/></tr></table>", 3, "" },
        { "<block width='50mm' place='right' inset='2pt' border='box'/>", 1,
          " width=141732 inset=2000 border=2 place=2" },
        { "<block width='fit' place='center'/>", 1, " place=1 fit=1" },
        { "<block place='left'/>", 1, "" },
        { "<space height='3pt'/>", 1, " height=3000" },
        { "<space height='-3pt'/>", 1, " height=-3000" },
        { "<rule thickness='2.25pt' before='1pt'/>", 1,
          " before=1000 height=2250" },
        { "<rule/>", 1, "" },
        { "<lines count='5' height='8mm'/>", 1, " height=22677 count=5" },
        { "<img file='arms' alt='Lambang' height='22mm' width='20mm'/>", 1,
          " width=56693 height=62362 \"arms\" 'Lambang'" },
        { "<signer post='head secretary'/>", 1, " \"head secretary\"" },
        { "<signer post='p'><sign width='22mm' height='20mm'/></signer>", 2,
          " width=62362 height=56693" },
        { "<fields labels='53mm' indent='10mm'/>", 1,
          " indent=28346 width=150236" },
        { "<p><blank width='30mm'/></p>", 2, " width=85039" },
        { "<page-break/>", 1, "" },
    };

    check_rows(*state, rows, NK_COUNT(rows));
}

static void sets_data(void **state)
{
    static const struct row rows[] = {
        { "<p><value-of select='victim/name'/></p>", 2, " select=1" },
        { "<p><value-of select='victim/name' as='upper' blank='30mm' "
          "needed='yes'/></p>",
          2, " width=85039 needed=1 select=1 call=upper" },
        { "<p><value-of select='victim/name' needed='no'/></p>", 2,
          " optional=1 select=1" },
        { "<fields><field of='victim/name'/></fields>", 2, " select=1" },
        { "<fields><field of='victim/name' label='' empty='keep' show='line' "
          "width='5pt'/></fields>",
          2, " width=5000 show=2 keep-empty=1 select=1 ''" },
        { "<fields><field of='victim/name' label='Nama' empty='drop' "
          "show='value'/></fields>",
          2, " show=1 select=1 'Nama'" },
        { "<fields><field of='incident/summary' show='lines' lines='4'/>"
          "</fields>",
          2, " count=4 show=3 select=1" },
        { "<fields><field of='victim/nik' show='comb' boxes='16'/></fields>", 2,
          " count=16 show=4 select=1" },
        { "<fields><field of='victim/sex' show='choice'/></fields>", 2,
          " show=5 select=1" },
        { "<fields><field of='referral/@to' show='choice'/></fields>", 2,
          " show=5 select=1" },
        { "<fields><field of='victim/birth-date' show='date'/></fields>", 2,
          " show=6 select=1" },
        { "<fields><field of='@opened' show='date'/></fields>", 2,
          " show=6 select=1" },
        { "<fields><row label='Umur'>x</row></fields>", 2, " 'Umur'" },
        { "<if test='victim'/>", 1, " select=1" },
        { "<if test='victim' blank='hide'/>", 1, " hide=1 select=1" },
        { "<if test='victim' blank='show'/>", 1, " select=1" },
        { "<if test='victim' blank='test'/>", 1, " asks=1 select=1" },
        { "<choose><when test='victim' blank='hide'/></choose>", 2,
          " hide=1 select=1" },
        { "<for-each select='witness'/>", 1, " select=1" },
        { "<for-each select='witness' blank='3'/>", 1, " count=3 select=1" },
        { "<for-each select='witness' blank='0'/>", 1, " select=1" },
        { "<for-each select='witness' blank='test'/>", 1, " asks=1 select=1" },
        { "<p><check test='victim'/></p>", 2, " select=1" },
        { "<p><check/></p>", 2, "" },
    };

    check_rows(*state, rows, NK_COUNT(rows));
}

/* A wrong value: its place, and what is said of it; once. */
static void says_what_is_wrong(void **state)
{
    static const struct {
        const char *body, *said, *words;
    } rows[] = {
        { "<p align='middle'/>", "4:4 XML_VALUE_CHOICE\n",
          "Pilihan \"middle\" tidak ada untuk align.\n" },
        { "<p size='12'/>", "4:4 XML_VALUE_FORM\n",
          "size tidak boleh berisi \"12\".\n" },
        { "<p size='3.9pt'/>", "4:4 ATTR_VALUE\n",
          "Nilai 3.9pt tidak cocok untuk atribut size.\n" },
        { "<p size='145pt'/>", "4:4 ATTR_VALUE\n", NULL },
        { "<p size='-12pt'/>", "4:4 LENGTH_NEGATIVE\n",
          "Atribut size tidak boleh kurang dari nol.\n" },
        { "<p leading='0.5'/>", "4:4 ATTR_VALUE\n", NULL },
        { "<p leading='4.001'/>", "4:4 ATTR_VALUE\n", NULL },
        { "<p leading='besar'/>", "4:4 XML_VALUE_FORM\n", NULL },
        { "<p leading='1.000000000000000'/>", "4:4 ATTR_VALUE\n", NULL },
        { "<p before='20000pt'/>", "4:4 ATTR_VALUE\n", NULL },
        { "<p weight='tebal'/>", "4:4 XML_VALUE_CHOICE\n", NULL },
        { "<p first='x' indent='y'/>",
          "4:4 XML_VALUE_FORM\n4:14 XML_VALUE_FORM\n", NULL },
        { "<p colour='red'/>", "4:4 XML_ATTR_UNKNOWN\n",
          "Atribut colour tidak dikenal pada elemen p.\n" },
        { "<table columns='x'/>", "4:8 XML_VALUE_FORM\n", NULL },
        { "<table/>", "4:1 XML_ATTR_MISSING\n",
          "Elemen table memerlukan atribut columns.\n" },
        { "<block width='lebar'/>", "4:8 ATTR_VALUE\n",
          "Nilai lebar tidak cocok untuk atribut width.\n" },
        { "<block width='-1mm'/>", "4:8 LENGTH_NEGATIVE\n", NULL },
        { "<block inset='-1mm'/>", "4:8 LENGTH_NEGATIVE\n", NULL },
        { "<rule thickness='-1pt'/>", "4:7 LENGTH_NEGATIVE\n", NULL },
        { "<lines count='0'/>", "4:8 XML_VALUE_FORM\n", NULL },
        { "<lines count='101'/>", "4:8 XML_VALUE_FORM\n", NULL },
        { "<lines count='2' height='-1mm'/>", "4:18 LENGTH_NEGATIVE\n", NULL },
        { "<img file='arms' alt='x' height='-1mm'/>", "4:26 LENGTH_NEGATIVE\n",
          NULL },
        { "<img file='' alt='x'/>", "4:6 ATTR_VALUE\n", NULL },
        { "<img file='arms'/>", "4:1 XML_ATTR_MISSING\n", NULL },
        { "<fields labels='-1mm'/>", "4:9 LENGTH_NEGATIVE\n", NULL },
        { "<signer post=''/>", "4:9 XML_VALUE_FORM\n", NULL },
        { "<signer post='$by'/>", "4:9 VARIABLE_UNKNOWN\n",
          "Nama $by tidak dikenal di sini.\n" },
        { "<signer post='$office'/>", "4:9 VARIABLE_UNKNOWN\n", NULL },
        { "<p><value-of select='victim/name' as='uper'/></p>",
          "4:35 FUNCTION_MEANT\n",
          "Fungsi uper tidak dikenal; maksud Anda upper?\n" },
        { "<p><value-of select='victim/name' as='age'/></p>",
          "4:35 XPATH_ARITY\n", "Jumlah isian fungsi age tidak cocok.\n" },
        { "<p><value-of select=''/></p>", "4:14 XML_VALUE_EMPTY\n", NULL },
        { "<p><value-of/></p>", "4:4 XML_ATTR_MISSING\n", NULL },
        { "<fields><field of='victim/name' show='choice'/></fields>",
          "4:33 SHOW_UNFIT\n",
          "Isian victim/name tidak dapat ditampilkan sebagai choice.\n" },
        { "<fields><field show='date' of='victim/name'/></fields>",
          "4:16 SHOW_UNFIT\n", NULL },
        { "<fields><field show='date' of='$office/name'/></fields>",
          "4:16 SHOW_UNFIT\n", NULL },
        { "<fields><field of='victim/nmae' show='choice'/></fields>",
          "4:16 PATH_MEANT\n4:33 SHOW_UNFIT\n", NULL },
        { "<fields><field of='victim/name' boxes='200'/></fields>",
          "4:33 XML_VALUE_FORM\n", NULL },
        { "<fields><row>x</row></fields>", "4:9 XML_ATTR_MISSING\n", NULL },
        { "<if/>", "4:1 XML_ATTR_MISSING\n", NULL },
        { "<for-each select='witness' blank='ya'/>", "4:28 XML_VALUE_FORM\n",
          NULL },
        { "<space/>", "4:1 XML_ATTR_MISSING\n", NULL },
    };
    nk_house *h = *state;
    size_t i;

    for (i = 0; i < NK_COUNT(rows); i++) {
        nk_template *t;

        assert_int_equal(sheet_open(h, NULL, rows[i].body, &t), NK_E_INVALID);
        assert_null(t);
        if (!nk_str_eq(said_of(&h->problems), nk_str_of(rows[i].said)))
            print_error("%s\n", rows[i].body);
        assert_said(&h->problems, rows[i].said);
        if (rows[i].words)
            assert_str(words_of(&h->problems), rows[i].words);
    }
}

static void bounds_columns(void **state)
{
    nk_house *h = *state;
    unsigned n;

    for (n = NK_MAX_COLUMNS; n <= NK_MAX_COLUMNS + 1; n++) {
        nk_template *t;
        nk_err rc;
        nk_buf b;
        unsigned i;

        nk_buf_init(&b, &h->arena);
        nk_buf_lit(&b, "<table columns='*");
        for (i = 1; i < n; i++)
            nk_buf_lit(&b, " *");
        nk_buf_lit(&b, "'/>");
        nk_buf_putc(&b, '\0');
        rc = sheet_open(h, NULL, b.ptr, &t);
        assert_said(&h->problems, n > NK_MAX_COLUMNS ? "4:8 ATTR_VALUE\n" : "");
        if (rc == NK_OK) {
            assert_int_equal(t->body->first->columns_n, n);
            nk_template_close(t);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_looks),     cmocka_unit_test(sets_shapes),
        cmocka_unit_test(sets_data),      cmocka_unit_test(says_what_is_wrong),
        cmocka_unit_test(bounds_columns),
    };

    return HOUSE_RUN(tests);
}
