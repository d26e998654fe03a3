/*
 * Every SQL statement of the archive. Texts are fixed; what differs is bound
 * by number. Where two rows may come, an order is said.
 */
#include "archive/db.h"

/* What paper_read expects, and where it comes from. LEFT: a paper whose
   shared row is gone is damaged, not absent. */
#define PAPER_COLUMNS                                                          \
    "p.id, c.number, f.kind, f.version, f.office, f.title, f.signer,"          \
    " f.number, f.state, b.reg, b.year, p.seq, p.number, p.date, p.stored,"    \
    " p.replaces, p.size"
#define PAPER_TABLES                                                           \
    " FROM paper p LEFT JOIN casefile c ON c.id = p.casefile"                  \
    " LEFT JOIN form f ON f.id = p.form LEFT JOIN book b ON b.id = p.book "
#define NEWEST_FIRST " ORDER BY p.date DESC, p.id DESC"

#define VERSION_COLUMNS                                                        \
    "v.id, v.n, v.office, v.status, v.opened, v.changed, v.dict, v.size,"      \
    " v.data, v.casefile, c.number, c.key"
#define VERSION_TABLES                                                         \
    " FROM version v LEFT JOIN casefile c ON c.id = v.casefile "

const char *const nk_archive__sql[NK_SQL_COUNT] = {
    [NK_SQL_BEGIN] = "BEGIN IMMEDIATE",
    [NK_SQL_BEGIN_READ] = "BEGIN",
    [NK_SQL_COMMIT] = "COMMIT",
    [NK_SQL_CFG_GET] = "SELECT v FROM cfg WHERE k = ?1",
    [NK_SQL_CFG_SET] = "INSERT INTO cfg(k, v) VALUES(?1, ?2)"
                       " ON CONFLICT(k) DO UPDATE SET v = excluded.v",
    [NK_SQL_CHECK_STRUCTURE] =
        "SELECT integrity_check FROM pragma_integrity_check",
    [NK_SQL_CHECK_LINKS] =
        "SELECT \"table\" || ' ' || rowid FROM pragma_foreign_key_check",

    [NK_SQL_SLOT_ADD] =
        "INSERT INTO slot(id, kind, passes, memory, salt, wrapped, seal)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [NK_SQL_SLOT_ALL] =
        "SELECT id, kind, passes, memory, salt, wrapped, seal FROM slot"
        " ORDER BY id",
    [NK_SQL_KEY_ADD] = "INSERT INTO casekey(id, wrapped) VALUES(?1, ?2)",
    [NK_SQL_KEY_GET] = "SELECT wrapped FROM casekey WHERE id = ?1",
    [NK_SQL_KEY_LAST] =
        "SELECT seq FROM sqlite_sequence WHERE name = 'casekey'",

    [NK_SQL_RES_ADD] = "INSERT INTO res(id, data) VALUES(?1, ?2)",
    /* Of one length there are few; reading the length reads no bytes. */
    [NK_SQL_RES_FIND] =
        "SELECT id, data FROM res WHERE length(data) = ?1 ORDER BY id",
    [NK_SQL_RES_LAST] = "SELECT ifnull(max(id), 0) FROM res",
    [NK_SQL_RES_GET] = "SELECT data FROM res WHERE id = ?1",
    [NK_SQL_RES_ALL] = "SELECT id, data FROM res ORDER BY id",
    [NK_SQL_DICT_ADD] =
        "INSERT INTO dict(id, key, size, data) VALUES(?1, ?2, ?3, ?4)",
    [NK_SQL_DICT_LAST] = "SELECT ifnull(max(id), 0) FROM dict",
    [NK_SQL_DICT_FIND] =
        "SELECT id FROM dict WHERE key = ?1 ORDER BY id DESC LIMIT 1",
    [NK_SQL_DICT_GET] = "SELECT key, size, data FROM dict WHERE id = ?1",
    [NK_SQL_DICT_ALL] = "SELECT id FROM dict ORDER BY id",

    [NK_SQL_CASE_ADD] =
        "INSERT INTO casefile(id, number, key) VALUES(?1, ?2, ?3)",
    [NK_SQL_CASE_FIND] = "SELECT id, key FROM casefile WHERE number = ?1",
    [NK_SQL_CASE_LIST] =
        "SELECT c.number, v.office, v.status, v.opened, v.changed, v.n,"
        " (SELECT count(*) FROM paper p WHERE p.casefile = c.id)"
        " FROM casefile c JOIN version v ON v.casefile = c.id AND v.n ="
        " (SELECT max(n) FROM version WHERE casefile = c.id)"
        " WHERE ?1 = '' OR v.office = ?1 ORDER BY c.number LIMIT ?2",
    /* Answered by the index of numbers alone; ":" is what follows "9". */
    [NK_SQL_CASE_LAST] =
        "SELECT ifnull(max(CAST(substr(number, length(?1) + 1) AS INTEGER)), 0)"
        " FROM casefile WHERE number > ?1 AND number < ?1 || ':'"
        " AND substr(number, length(?1) + 1) NOT GLOB '*[^0-9]*'"
        " AND length(number) <= length(?1) + 9",
    [NK_SQL_VERSION_ADD] =
        "INSERT INTO version(id, casefile, n, office, status, opened, changed,"
        " dict, size, data)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [NK_SQL_VERSION_GET] = "SELECT " VERSION_COLUMNS VERSION_TABLES
                           "WHERE v.casefile = ?1 AND v.n = ?2",
    [NK_SQL_VERSION_LAST] = "SELECT max(n) FROM version WHERE casefile = ?1",
    [NK_SQL_VERSION_BY_ID] =
        "SELECT " VERSION_COLUMNS VERSION_TABLES "WHERE v.id = ?1",

    [NK_SQL_BOOK_FIND] = "SELECT id FROM book WHERE reg = ?1 AND year = ?2",
    [NK_SQL_BOOK_ADD] = "INSERT INTO book(reg, year) VALUES(?1, ?2)",
    [NK_SQL_BOOK_LAST] =
        "SELECT max(ifnull((SELECT max(seq) FROM paper WHERE book = ?1), 0),"
        " ifnull((SELECT max(seq) FROM void WHERE book = ?1), 0))",
    [NK_SQL_BOOK_PATTERN] =
        "SELECT f.number FROM paper p JOIN form f ON f.id = p.form"
        " WHERE p.book = ?1 AND p.seq = ?2",
    [NK_SQL_BOOK_GAPS] =
        "SELECT b.reg, b.year, count(*), max(s.seq) FROM book b JOIN"
        " (SELECT book, seq FROM paper WHERE book IS NOT NULL"
        " UNION ALL SELECT book, seq FROM void) s ON s.book = b.id"
        " GROUP BY b.id HAVING count(*) <> max(s.seq) ORDER BY b.reg, b.year",
    [NK_SQL_VOID_ADD] =
        "INSERT INTO void(book, seq, stored, data) VALUES(?1, ?2, ?3, ?4)",
    [NK_SQL_VOID_ALL] =
        "SELECT b.reg, b.year, v.seq, v.stored, v.data FROM void v"
        " LEFT JOIN book b ON b.id = v.book ORDER BY v.book, v.seq",

    [NK_SQL_FORM_FIND] =
        "SELECT id FROM form WHERE kind = ?1 AND version = ?2 AND office = ?3"
        " AND title = ?4 AND signer = ?5 AND number = ?6 AND state = ?7"
        " AND dict = ?8",
    [NK_SQL_FORM_ADD] =
        "INSERT INTO form(kind, version, office, title, signer, number, state,"
        " dict) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [NK_SQL_PAPER_ADD] =
        "INSERT INTO paper(id, casefile, form, book, seq, number, date, stored,"
        " replaces, size, data)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    [NK_SQL_PAPER_REPLACED] =
        "SELECT c.number, (SELECT id FROM paper x WHERE x.replaces = p.id)"
        " FROM paper p LEFT JOIN casefile c ON c.id = p.casefile"
        " WHERE p.id = ?1",
    [NK_SQL_PAPER_WRONG] =
        "SELECT p.id, p.replaces FROM paper p"
        " LEFT JOIN paper r ON r.id = p.replaces WHERE p.replaces IS NOT NULL"
        " AND (r.id IS NULL OR r.id >= p.id OR r.casefile <> p.casefile"
        " OR EXISTS (SELECT 1 FROM paper x"
        " WHERE x.replaces = p.replaces AND x.id < p.id)) ORDER BY p.id",
    [NK_SQL_PAPER_GET] =
        "SELECT " PAPER_COLUMNS ", f.dict, c.key, p.data" PAPER_TABLES
        "WHERE p.id = ?1",
    [NK_SQL_PAPER_BY_ID] =
        "SELECT " PAPER_COLUMNS PAPER_TABLES "WHERE p.id = ?1",
    [NK_SQL_PAPER_BY_CASE] =
        "SELECT " PAPER_COLUMNS PAPER_TABLES "WHERE p.casefile ="
        " (SELECT id FROM casefile WHERE number = ?1)" NEWEST_FIRST,
    [NK_SQL_PAPER_BY_NUMBER] =
        "SELECT " PAPER_COLUMNS PAPER_TABLES "WHERE p.number = ?1" NEWEST_FIRST,
    [NK_SQL_PAPER_BY_SEQ] =
        "SELECT " PAPER_COLUMNS PAPER_TABLES "WHERE p.book IN"
        " (SELECT id FROM book) AND p.seq = ?2 AND f.number = ?1" NEWEST_FIRST,
    /* The inner one is answered by the index alone; CROSS: forms, of which
       there are few, are gone through first. */
    [NK_SQL_PAPER_BY_FORM] =
        "SELECT " PAPER_COLUMNS PAPER_TABLES "JOIN"
        " (SELECT x.id AS id FROM form g CROSS JOIN paper x ON x.form = g.id"
        " WHERE (?1 = '' OR g.kind = ?1) AND (?2 = '' OR g.office = ?2)"
        " AND (?3 = '' OR g.signer = ?3) AND x.date BETWEEN ?4 AND ?5"
        " ORDER BY x.date DESC, x.id DESC LIMIT ?6) y ON y.id = "
        "p.id" NEWEST_FIRST,

    [NK_SQL_JOB_ADD] = "INSERT INTO job(template, office, signer, created)"
                       " VALUES(?1, ?2, ?3, ?4)",
    [NK_SQL_JOB_LIST] =
        "SELECT j.id, j.template, j.office, j.signer, j.created,"
        " count(r.n), ifnull(sum(r.state = 1), 0), ifnull(sum(r.state = 2), 0)"
        " FROM job j LEFT JOIN job_row r ON r.job = j.id"
        " WHERE ?1 = 0 OR j.id = ?1 GROUP BY j.id ORDER BY j.id DESC LIMIT ?2",
    [NK_SQL_JOB_ROW_ADD] =
        "INSERT INTO job_row(job, n, casefile, state, why, field)"
        " VALUES(?1, ?2, ?3, 0, 0, '')",
    [NK_SQL_JOB_ROW_SET] =
        "UPDATE job_row SET state = ?3, paper = ?4, why = ?5, field = ?6"
        " WHERE job = ?1 AND n = ?2",
    [NK_SQL_JOB_ROWS] =
        "SELECT r.n, c.number, r.state, r.paper, r.why, r.field"
        " FROM job_row r LEFT JOIN casefile c ON c.id = r.casefile"
        " WHERE r.job = ?1 AND r.n > ?3 AND (?2 < 0 OR r.state = ?2)"
        " ORDER BY r.n LIMIT ?4",
    [NK_SQL_JOB_RETRY] = "UPDATE job_row SET state = 0, why = 0, field = ''"
                         " WHERE job = ?1 AND state = 2",
    [NK_SQL_JOB_WRONG] =
        "SELECT r.job, r.n FROM job_row r LEFT JOIN paper p ON p.id = r.paper"
        " WHERE r.state NOT IN (0, 1, 2)"
        " OR (r.state = 1) <> (r.paper IS NOT NULL)"
        " OR (r.paper IS NOT NULL AND p.casefile IS NOT r.casefile)"
        " ORDER BY r.job, r.n",

    [NK_SQL_STAT] =
        "SELECT (SELECT count(*) FROM casefile), (SELECT count(*) FROM "
        "version),"
        " count(*), (SELECT count(*) FROM dict), (SELECT count(*) FROM res),"
        " ifnull(sum(size), 0), ifnull(sum(length(data)), 0) FROM paper",
    [NK_SQL_COUNTS] =
        "SELECT (SELECT count(*) FROM paper), (SELECT count(*) FROM version),"
        " (SELECT count(*) FROM casefile), (SELECT count(*) FROM void),"
        " ifnull((SELECT max(id) FROM paper), 0),"
        " ifnull((SELECT max(id) FROM version), 0)",
};
