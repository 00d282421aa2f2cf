/* Statements of lists of people. One filter, one page clause per order; orders whose value may be
 * absent come in two phases: those that have it, then the others by name. The cursor is the last
 * person's id: their row says where the page ended. */
#include "model/person_list.h"

#include "base/fold.h"
#include "model/person_part.h"
#include "model/search.h"

#include <string.h>

#define A_HAIR 1e-12 /* a tie less than this is none */

/* ---- the filter: $1 to $15 ---- */

/* clang-format off */
/* "+" keeps the index of names out of a count: walking it and looking each person up is slower than walking people. */
#define LIVING "p.deleted_at IS NULL AND p.root_id = p.person_id AND p.is_self = 0 "
#define LIVING_COUNTED "p.deleted_at IS NULL AND p.root_id = p.person_id AND +p.is_self = 0 "
#define FILTER LIVING ASKED
#define ASKED                                                                                     \
    "AND (CAST($2 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM trait t WHERE t.account_id = $1 "     \
    "AND t.kind = 'tag' AND t.value = $2 AND t.person_id = p.person_id)) "                        \
    "AND (CAST($3 AS TEXT) IS NULL OR p.region = $3) "                                            \
    "AND (CAST($4 AS TEXT) IS NULL OR p.specialty = $4) "                                         \
    "AND (CAST($5 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM trait t WHERE t.account_id = $1 "     \
    "AND t.kind = 'school' AND t.value = $5 AND t.person_id = p.person_id)) "                     \
    "AND (CAST($6 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM trait t WHERE t.account_id = $1 "     \
    "AND t.kind = 'language' AND t.value = $6 AND t.person_id = p.person_id)) "                   \
    "AND (CAST($7 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM trait t WHERE t.account_id = $1 "     \
    "AND t.kind = 'org' AND t.value = $7 AND t.person_id = p.person_id)) "                        \
    "AND p.tie >= CAST($8 AS DOUBLE PRECISION) AND p.tie < CAST($9 AS DOUBLE PRECISION) "         \
    "AND (CAST($10 AS INTEGER) IS NULL OR p.due_day <= $10) "                                     \
    "AND (CAST($11 AS INTEGER) IS NULL OR p.last_touch_day + p.cadence_days < $11) "              \
    "AND ($12 = CAST(0 AS BIGINT) OR p.has_us_link = 1) "                                         \
    "AND ($13 = CAST(0 AS BIGINT) OR p.has_conflict = 1) "                                        \
    "AND ($14 = CAST(0 AS BIGINT) OR EXISTS (SELECT 1 FROM fact_set f JOIN source s "             \
    "ON s.account_id = f.account_id AND s.source_id = f.source_id "                               \
    "WHERE f.account_id = $1 AND f.person_id = p.person_id AND s.import_id = $14 "                \
    "AND ($15 = CAST(0 AS BIGINT) OR NOT EXISTS (SELECT 1 FROM fact_set o WHERE o.account_id = $1 "\
    "AND o.person_id = f.person_id AND o.fact_set_id < f.fact_set_id)))) "
#define N_FILTER 15

#define FROM_ALL "FROM person p WHERE p.account_id = $1 AND "
/* CROSS: the words first, then their people; the other way round asks the words once a person. */
#define FROM_SQLITE(match)                                                                        \
    "FROM person_search w CROSS JOIN person p ON p.account_id = $1 "                              \
    "AND p.person_id = w.rowid - " SEARCH_PART " "                                                \
    "WHERE person_search MATCH " match " AND "
#define FROM_PGSQL(match)                                                                         \
    "FROM person_search w JOIN person p ON p.account_id = $1 AND p.person_id = w.person_id "      \
    "WHERE w.account_id = $1 AND w.words @@ to_tsquery('simple', " match ") AND "
/* CROSS: SQLite takes the tables in this order then. */
#define FROM_TRAIT(kind, value)                                                                   \
    "FROM trait d CROSS JOIN person p "                                                           \
    "WHERE p.account_id = d.account_id AND p.person_id = d.person_id AND d.account_id = $1 "      \
    "AND d.kind = " kind " AND d.value = " value " AND "

/* ---- pages: $16 value of the cursor, $17 its id (0: from the beginning), $18 limit, then
 * $19 match, or $19 and $20 kind and value of a trait: few have it, so it leads. ---- */

#define ROW                                                                                       \
    "SELECT p.person_id, p.root_id, p.created_at, p.deleted_at, p.changed_at, p.is_self, p.name, "\
    "p.own_name, p.sort_key, p.headline, p.org, p.place, p.region, p.specialty, p.school, p.email, "\
    "p.phone, p.url, p.photo, p.tags, p.has_us_link, p.has_conflict, p.do_not_contact, p.tie, "   \
    "p.tie_day, p.last_touch_day, p.last_touch_kind, p.n_touches, p.cadence_days, p.due_day "
#define UP(column, type)                                                                          \
    "AND ($17 = CAST(0 AS BIGINT) OR p." column " > CAST($16 AS " type ") "                       \
    "OR (p." column " = CAST($16 AS " type ") AND p.person_id > $17)) "                           \
    "ORDER BY p." column ", p.person_id LIMIT $18"
#define DOWN(column, type)                                                                        \
    "AND ($17 = CAST(0 AS BIGINT) OR p." column " < CAST($16 AS " type ") "                       \
    "OR (p." column " = CAST($16 AS " type ") AND p.person_id < $17)) "                           \
    "ORDER BY p." column " DESC, p.person_id DESC LIMIT $18"
#define BY_NAME UP("sort_key", "TEXT")
#define BY_TIE "AND p.tie > 0 " DOWN("tie", "DOUBLE PRECISION")
#define BY_TOUCH "AND p.last_touch_day IS NOT NULL " DOWN("last_touch_day", "INTEGER")
#define BY_DUE "AND p.due_day IS NOT NULL " UP("due_day", "INTEGER")
#define BY_ADDED DOWN("person_id", "BIGINT")
#define NO_TIE "AND p.tie = 0 " BY_NAME
#define NO_TOUCH "AND p.last_touch_day IS NULL " BY_NAME
#define NO_DUE "AND p.due_day IS NULL " BY_NAME
/* clang-format on */

/* What leads to the people: the whole list, the search words, or a trait. */
enum lead { LEAD_ALL, LEAD_WORDS, LEAD_TRAIT, N_LEAD };

#define PAGE_QUERY(ident, page)                                 \
    DB_QUERY(list_##ident, ROW FROM_ALL FILTER page);           \
    DB_QUERY2(find_##ident, ROW FROM_SQLITE("$19") FILTER page, \
              ROW FROM_PGSQL("$19") FILTER page);               \
    DB_QUERY(trait_##ident, ROW FROM_TRAIT("$19", "$20") FILTER page)
#define PAGE(ident) \
    {[LEAD_ALL] = &list_##ident, [LEAD_WORDS] = &find_##ident, [LEAD_TRAIT] = &trait_##ident}

PAGE_QUERY(by_name, BY_NAME);
PAGE_QUERY(by_tie, BY_TIE);
PAGE_QUERY(by_touch, BY_TOUCH);
PAGE_QUERY(by_due, BY_DUE);
PAGE_QUERY(by_added, BY_ADDED);
PAGE_QUERY(no_tie, NO_TIE);
PAGE_QUERY(no_touch, NO_TOUCH);
PAGE_QUERY(no_due, NO_DUE);

static const struct {
    const struct db_query *with[N_LEAD];    /* those that have the value */
    const struct db_query *without[N_LEAD]; /* NULL: everyone has it */
} pages[] = {
    [PERSON_BY_NAME] = {PAGE(by_name), {NULL}},
    [PERSON_BY_TIE] = {PAGE(by_tie), PAGE(no_tie)},
    [PERSON_BY_LAST_TOUCH] = {PAGE(by_touch), PAGE(no_touch)},
    [PERSON_BY_DUE] = {PAGE(by_due), PAGE(no_due)},
    [PERSON_BY_ADDED] = {PAGE(by_added), {NULL}},
};

/* ---- filter values ---- */

struct filter_values {
    struct db_value values[N_FILTER + 5];
    enum lead lead;
    const char *trait_kind; /* of a lead by trait */
    const char *trait_value;
    char *tag; /* owned, as are the others */
    char *school;
    char *language;
    char *org;
    char *region;
    char *match; /* NULL: no search words */
};

static char *folded_or_null(const char *text)
{
    return text == NULL || text[0] == '\0' ? NULL : fold_text(text);
}

static void filter_values_clear(struct filter_values *v)
{
    g_free(v->tag);
    g_free(v->school);
    g_free(v->language);
    g_free(v->org);
    g_free(v->region);
    g_free(v->match);
}
#define auto_filter_values __attribute__((cleanup(filter_values_clear))) struct filter_values

/* The range of ties asked for: by word or by numbers. */
static void tie_range(const struct person_filter *filter, double *from_out, double *below_out)
{
    *from_out = filter->tie_from > 0 ? filter->tie_from : -1;
    *below_out = filter->tie_below > 0 ? filter->tie_below : 2;
    if (filter->tie_word == NULL || !tie_word_range(filter->tie_word, from_out, below_out)) {
        return;
    }
    if (*below_out <= 0) {
        *below_out = A_HAIR; /* untied */
        *from_out = -1;
    } else if (*from_out <= 0) {
        *from_out = A_HAIR; /* faint: a touch there was */
    }
}

/* Search words before traits before the whole list. */
static void choose_lead(struct filter_values *v)
{
    const struct {
        const char *kind;
        const char *value;
    } traits[] = {
        {"tag", v->tag}, {"school", v->school}, {"org", v->org}, {"language", v->language}};
    v->lead = v->match != NULL ? LEAD_WORDS : LEAD_ALL;
    for (size_t i = 0; i < G_N_ELEMENTS(traits) && v->lead == LEAD_ALL; i++) {
        if (traits[i].value != NULL) {
            v->lead = LEAD_TRAIT;
            v->trait_kind = traits[i].kind;
            v->trait_value = traits[i].value;
        }
    }
}

/* Puts the lead's own values behind the first n; how many there are then. */
static int lead_values(struct filter_values *v, int n)
{
    if (v->lead == LEAD_WORDS) {
        v->values[n++] = DB_TEXT(v->match);
    } else if (v->lead == LEAD_TRAIT) {
        v->values[n++] = DB_TEXT(v->trait_kind);
        v->values[n++] = DB_TEXT(v->trait_value);
    }
    return n;
}

/* False when the search words hold no letter: then nobody is found. */
static bool filter_values_fill(const struct book *book, const struct person_filter *filter,
                               struct filter_values *v)
{
    double from;
    double below;
    tie_range(filter, &from, &below);
    v->tag = folded_or_null(filter->tag);
    v->school = folded_or_null(filter->school);
    v->language = folded_or_null(filter->language);
    v->org = folded_or_null(filter->org);
    v->region = filter->region == NULL ? NULL : g_ascii_strup(filter->region, -1);
    bool has_query = filter->query != NULL && filter->query[strspn(filter->query, " ")] != '\0';
    v->match = has_query ? search_match(db_tx_engine(book->tx), filter->query) : NULL;
    int32_t today = book_today(book);
    struct db_value values[N_FILTER] = {
        DB_INT(book->account_id),
        DB_TEXT(v->tag),
        DB_TEXT(v->region),
        DB_TEXT(filter->specialty),
        DB_TEXT(v->school),
        DB_TEXT(v->language),
        DB_TEXT(v->org),
        DB_REAL(from),
        DB_REAL(below),
        DB_DAY(filter->is_due ? today : DAY_NONE),
        DB_DAY(filter->is_slack ? today : DAY_NONE),
        DB_INT(filter->has_us_link),
        DB_INT(filter->has_conflict),
        DB_INT(filter->import_id),
        DB_INT(filter->is_new_of_import),
    };
    memcpy(v->values, values, sizeof values);
    choose_lead(v);
    return !has_query || v->match != NULL;
}

/* ---- reading ---- */

static bool rows_read(db_rows *rows, struct book *book, GStringChunk *text, GArray *rows_out,
                      GError **error)
{
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        struct person_row row;
        person_row_read(rows, book, text, &row);
        g_array_append_val(rows_out, row);
    }
    return state == 0;
}

/* Where the page before ended. */
struct cursor {
    bool is_given;
    bool is_without; /* in the second phase already */
    struct person_row row;
};

static bool cursor_load(struct book *book, const struct person_page *page, GStringChunk *text,
                        struct cursor *cursor, GError **error)
{
    int64_t id;
    if (page->after == NULL || page->after[0] == '\0') {
        return true;
    }
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct person_row));
    if (id_parse(page->after, &id)) {
        g_array_append_val(ids, id);
    }
    if (!person_rows_load(book, ids, text, found, error)) {
        return false;
    }
    if (found->len == 0) {
        return refuse(error, "person.cursor_invalid",
                      "This page of the list is no longer there. Begin at its top.");
    }
    cursor->is_given = true;
    cursor->row = g_array_index(found, struct person_row, 0);
    cursor->is_without =
        (page->sort == PERSON_BY_TIE && cursor->row.tie <= 0) ||
        (page->sort == PERSON_BY_LAST_TOUCH && cursor->row.last_touch_day == DAY_NONE) ||
        (page->sort == PERSON_BY_DUE && cursor->row.due_day == DAY_NONE);
    return true;
}

/* The cursor's value in an order. */
static struct db_value cursor_value(const struct cursor *cursor, enum person_sort sort)
{
    if (!cursor->is_given) {
        return DB_NULL;
    }
    switch (sort) {
    case PERSON_BY_TIE:
        return DB_REAL(cursor->row.tie);
    case PERSON_BY_LAST_TOUCH:
        return DB_INT(cursor->row.last_touch_day);
    case PERSON_BY_DUE:
        return DB_INT(cursor->row.due_day);
    case PERSON_BY_ADDED:
        return DB_INT(cursor->row.person_id);
    case PERSON_SORT_NONE:
    case PERSON_BY_NAME:
        break;
    }
    return DB_TEXT(cursor->row.sort_key);
}

/* Runs one phase for at most limit rows. */
static bool phase_run(struct book *book, const struct db_query *query, struct filter_values *v,
                      GStringChunk *text, GArray *rows_out, GError **error)
{
    int n = lead_values(v, N_FILTER + 3);
    g_autoptr(db_rows) rows = db_select(book->tx, query, error, v->values, n);
    return rows_read(rows, book, text, rows_out, error);
}

DB_QUERY(count_all, "SELECT count(*) AS n " FROM_ALL LIVING_COUNTED ASKED);
DB_QUERY2(count_found, "SELECT count(*) AS n " FROM_SQLITE("$16") FILTER,
          "SELECT count(*) AS n " FROM_PGSQL("$16") FILTER);
DB_QUERY(count_trait, "SELECT count(*) AS n " FROM_TRAIT("$16", "$17") FILTER);
/* Nothing asked. */
DB_QUERY(count_everyone, "SELECT count(*) AS n " FROM_ALL LIVING_COUNTED);

static bool is_asking(const struct person_filter *f)
{
    return f->query != NULL || f->tag != NULL || f->region != NULL || f->specialty != NULL ||
           f->school != NULL || f->language != NULL || f->org != NULL || f->tie_word != NULL ||
           f->tie_from > 0 || f->tie_below > 0 || f->is_due || f->is_slack || f->has_us_link ||
           f->has_conflict || f->import_id != 0;
}

static bool total_load(struct book *book, const struct person_filter *filter,
                       struct filter_values *v, int64_t *total_out, GError **error)
{
    static const struct db_query *const counts[N_LEAD] = {
        [LEAD_ALL] = &count_all, [LEAD_WORDS] = &count_found, [LEAD_TRAIT] = &count_trait};
    bool is_everyone = !is_asking(filter);
    const struct db_query *query = is_everyone ? &count_everyone : counts[v->lead];
    int n = is_everyone ? 1 : lead_values(v, N_FILTER);
    g_autoptr(db_rows) rows = db_select(book->tx, query, error, v->values, n);
    if (rows == NULL || db_rows_next(rows, error) < 0) {
        return false;
    }
    *total_out = db_int(rows, "n");
    return true;
}

DB_QUERY(list_deleted, ROW "FROM person p WHERE p.account_id = $1 AND p.deleted_at IS NOT NULL AND "
                           "p.root_id = p.person_id "
                           "ORDER BY p.deleted_at DESC, p.person_id LIMIT $2");

DB_QUERY(count_deleted,
         "SELECT count(*) AS n FROM person p WHERE p.account_id = $1 AND p.deleted_at IS NOT NULL "
         "AND p.root_id = p.person_id");
DB_QUERY(ids_deleted,
         "SELECT p.person_id FROM person p WHERE p.account_id = $1 AND p.deleted_at IS "
         "NOT NULL AND p.root_id = p.person_id");

static bool deleted_count(struct book *book, int64_t *total_out, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &count_deleted, error, DB_INT(book->account_id));
    if (rows == NULL || db_rows_next(rows, error) < 0) {
        return false;
    }
    *total_out = db_int(rows, "n");
    return true;
}

/* Those that can come back, last deleted first, in one page. */
static bool deleted_load(struct book *book, struct person_page *page, GStringChunk *text,
                         GArray *rows_out, GError **error)
{
    if (!deleted_count(book, &page->total, error)) {
        return false;
    }
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &list_deleted, error, DB_INT(book->account_id), DB_INT(page->limit));
    return rows_read(rows, book, text, rows_out, error);
}

/* One row more than the page is read, to know whether there is a next. */
static bool page_load(struct book *book, struct person_page *page, struct filter_values *v,
                      GStringChunk *text, GArray *rows_out, GError **error)
{
    struct cursor cursor = {0};
    if (!cursor_load(book, page, text, &cursor, error)) {
        return false;
    }
    guint wanted = rows_out->len + (guint)page->limit + 1;
    v->values[N_FILTER + 1] = DB_INT(cursor.is_given ? cursor.row.person_id : 0);
    v->values[N_FILTER + 2] = DB_INT(page->limit + 1);
    if (!cursor.is_without) {
        v->values[N_FILTER] = cursor_value(&cursor, page->sort);
        if (!phase_run(book, pages[page->sort].with[v->lead], v, text, rows_out, error)) {
            return false;
        }
        v->values[N_FILTER + 1] = DB_INT(0);
    }
    if (rows_out->len < wanted && pages[page->sort].without[v->lead] != NULL) {
        v->values[N_FILTER] = cursor.is_without ? DB_TEXT(cursor.row.sort_key) : DB_NULL;
        v->values[N_FILTER + 2] = DB_INT(wanted - rows_out->len);
        if (!phase_run(book, pages[page->sort].without[v->lead], v, text, rows_out, error)) {
            return false;
        }
    }
    if (rows_out->len == wanted) {
        g_array_set_size(rows_out, wanted - 1);
        char id[ID_TEXT];
        page->next = g_string_chunk_insert(
            text, id_format(g_array_index(rows_out, struct person_row, wanted - 2).person_id, id));
    }
    return true;
}

bool person_list(struct book *book, const struct person_filter *filter, struct person_page *page,
                 GStringChunk *text, GArray *rows_out, GError **error)
{
    auto_filter_values v = {0};
    page->sort = page->sort == PERSON_SORT_NONE ? PERSON_BY_NAME : page->sort;
    page->limit = page->limit <= 0 ? 25 : MIN(page->limit, 1000);
    page->total = 0;
    page->next = NULL;
    if (filter->is_deleted) {
        return deleted_load(book, page, text, rows_out, error);
    }
    if (!filter_values_fill(book, filter, &v)) {
        return true;
    }
    return total_load(book, filter, &v, &page->total, error) &&
           page_load(book, page, &v, text, rows_out, error);
}

DB_QUERY(ids_all, "SELECT p.person_id " FROM_ALL LIVING_COUNTED ASKED);
DB_QUERY2(ids_found, "SELECT p.person_id " FROM_SQLITE("$16") FILTER,
          "SELECT p.person_id " FROM_PGSQL("$16") FILTER);

DB_QUERY(ids_trait, "SELECT p.person_id " FROM_TRAIT("$16", "$17") FILTER);

bool person_list_ids(struct book *book, const struct person_filter *filter, GArray *person_ids_out,
                     GError **error)
{
    auto_filter_values v = {0};
    int64_t self_id;
    if (filter->with_self) {
        if (!person_self_id(book, &self_id, error)) {
            return false;
        }
        g_array_append_val(person_ids_out, self_id);
    }
    if (!filter_values_fill(book, filter, &v)) {
        return true;
    }
    static const struct db_query *const queries[N_LEAD] = {
        [LEAD_ALL] = &ids_all, [LEAD_WORDS] = &ids_found, [LEAD_TRAIT] = &ids_trait};
    g_autoptr(db_rows) rows =
        filter->is_deleted
            ? DB_SELECT(book->tx, &ids_deleted, error, DB_INT(book->account_id))
            : db_select(book->tx, queries[v.lead], error, v.values, lead_values(&v, N_FILTER));
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        int64_t id = db_int(rows, "person_id");
        g_array_append_val(person_ids_out, id);
    }
    return state == 0;
}

DB_QUERY(trait_counts,
         "SELECT t.value, min(t.label) AS label, count(*) AS n FROM trait t "
         "JOIN person p ON p.account_id = t.account_id AND p.person_id = t.person_id "
         "WHERE t.account_id = $1 AND t.kind = $2 AND p.deleted_at IS NULL AND p.is_self = 0 "
         "GROUP BY t.value ORDER BY count(*) DESC, t.value LIMIT $3");

bool trait_list(struct book *book, const char *kind, int limit, GStringChunk *text,
                GArray *counts_out, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &trait_counts, error, DB_INT(book->account_id),
                                        DB_TEXT(kind), DB_INT(limit <= 0 ? 100 : limit));
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        struct trait_count count = {keep_text(text, db_text(rows, "value")),
                                    keep_text(text, db_text(rows, "label")),
                                    (int)db_int(rows, "n")};
        g_array_append_val(counts_out, count);
    }
    return state == 0;
}
