/* Verify: every digest again, every derived row again. Findings, not failures: it goes on to the
 * end. */
#include "model/verify.h"

#include "base/fold.h"
#include "model/person_part.h"
#include "model/table.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

struct run {
    struct book *book;
    struct verify *verify;
    int64_t done;
    int64_t total;
    int64_t n_idents; /* found where the facts say so */
    int64_t n_traits;
    bool has_unread; /* somebody cannot be read */
};

G_GNUC_PRINTF(5, 6)
static void find(struct run *run, const char *table, const char *key, const char *column,
                 const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *words = g_strdup_vprintf(format, args);
    va_end(args);
    GStringChunk *text = run->verify->text;
    struct finding finding = {keep_text(text, table), keep_text(text, key), keep_text(text, column),
                              keep_text(text, words)};
    g_array_append_val(run->verify->findings, finding);
}

static bool step_on(struct run *run, GError **error)
{
    run->done++;
    if (run->verify->progress == NULL || run->done % 256 != 0 ||
        run->verify->progress(run->verify->data, run->done, MAX(run->total, run->done))) {
        return true;
    }
    return refuse(error, "action.cancelled", "Stopped. Nothing was changed.");
}

/* ---- digests ---- */

/* The column that gives itself away, where one does. */
static const char *suspect_column(const struct table *table, const struct db_value *values)
{
    if (table->noun == &noun_fact_set && values[6].type == DB_TYPE_TEXT) {
        g_autoptr(GStringChunk) arena = g_string_chunk_new(1024);
        g_autoptr(GArray) facts = g_array_new(FALSE, FALSE, sizeof(struct fact));
        return facts_decode(values[6].u.s, arena, facts, NULL) ? NULL : "facts";
    }
    return NULL;
}

static void check_digest(struct run *run, const struct table *table, const struct db_value *values)
{
    char digest[DIGEST_TEXT];
    const struct db_value *kept = &values[noun_n_columns(table->noun) - 1];
    noun_digest(table->noun, values, digest);
    if (kept->type != DB_TYPE_TEXT || strcmp(kept->u.s, digest) != 0) {
        g_autofree char *key = table_key(table->noun, values);
        find(run, table->noun->table, key, suspect_column(table, values),
             "A row of %s (%s) is not as it was written.", table->noun->table, key);
    }
}

static void check_blob(struct run *run, const struct db_value *values)
{
    uint8_t digest[DIGEST_LEN];
    char text[DIGEST_TEXT];
    digest_bytes(values[3].u.b, values[3].len, digest);
    run->verify->counts.n_blobs++;
    if (values[1].type != DB_TYPE_TEXT || strcmp(digest_format(digest, text), values[1].u.s) != 0) {
        find(run, "blob", values[1].u.s, "bytes", "The photo %s is not as it was written.",
             values[1].u.s);
    }
}

static bool check_table(struct run *run, const struct table *table, GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(run->book->tx, table->all, error, DB_INT(run->book->account_id));
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        struct db_value values[NOUN_MAX_COLUMNS];
        noun_read(table->noun, rows, values);
        run->verify->counts.n_rows++;
        if (table->has_digest) {
            check_digest(run, table, values);
        } else if (table->noun == &noun_blob) {
            check_blob(run, values);
        }
        if (!step_on(run, error)) {
            return false;
        }
    }
    return state == 0;
}

/* ---- what is derived ---- */

#define TEXT_COLUMN(name) {#name, offsetof(struct person_row, name)}
static const struct {
    const char *name;
    size_t offset;
} text_columns[] = {
    TEXT_COLUMN(name),     TEXT_COLUMN(own_name),  TEXT_COLUMN(sort_key),
    TEXT_COLUMN(headline), TEXT_COLUMN(org),       TEXT_COLUMN(place),
    TEXT_COLUMN(region),   TEXT_COLUMN(specialty), TEXT_COLUMN(school),
    TEXT_COLUMN(email),    TEXT_COLUMN(phone),     TEXT_COLUMN(url),
    TEXT_COLUMN(photo),    TEXT_COLUMN(tags),      TEXT_COLUMN(last_touch_kind),
};

static void compare_number(struct run *run, const char *key, const char *column, int64_t kept,
                           int64_t derived)
{
    if (kept != derived) {
        find(run, "person", key, column,
             "The column %s of a person (%s) does not follow from the facts.", column, key);
    }
}

static void compare_rows(struct run *run, const char *key, const struct person_row *kept,
                         const struct person_row *derived)
{
    for (size_t i = 0; i < G_N_ELEMENTS(text_columns); i++) {
        const char *a =
            *(const char *const *)(const void *)((const char *)kept + text_columns[i].offset);
        const char *b =
            *(const char *const *)(const void *)((const char *)derived + text_columns[i].offset);
        if (g_strcmp0(a, b) != 0) {
            find(run, "person", key, text_columns[i].name,
                 "The column %s of a person (%s) does not follow from the facts.",
                 text_columns[i].name, key);
        }
    }
    compare_number(run, key, "has_us_link", kept->has_us_link, derived->has_us_link);
    compare_number(run, key, "has_conflict", kept->has_conflict, derived->has_conflict);
    compare_number(run, key, "do_not_contact", kept->do_not_contact, derived->do_not_contact);
    compare_number(run, key, "last_touch_day", kept->last_touch_day, derived->last_touch_day);
    compare_number(run, key, "n_touches", kept->n_touches, derived->n_touches);
    compare_number(run, key, "cadence_days", kept->cadence_days, derived->cadence_days);
    compare_number(run, key, "due_day", kept->due_day, derived->due_day);
    compare_number(run, key, "tie", fabs(kept->tie - derived->tie) > 1e-6, 0);
}

DB_QUERY(ident_there, "SELECT person_id FROM ident WHERE account_id = $1 AND person_id = $2 "
                      "AND kind = $3 AND value = $4");
DB_QUERY(trait_there, "SELECT label FROM trait WHERE account_id = $1 AND person_id = $2 "
                      "AND kind = $3 AND value = $4");

/* Each identifier that follows from the facts is there. */
static bool check_idents(struct run *run, const char *key, const struct derived *derived,
                         GError **error)
{
    for (guint i = 0; i < derived->idents->len; i++) {
        const struct derived_ident *ident =
            &g_array_index(derived->idents, struct derived_ident, i);
        g_autoptr(db_rows) rows =
            DB_SELECT(run->book->tx, &ident_there, error, DB_INT(run->book->account_id),
                      DB_INT(ident->person_id), DB_TEXT(ident_kind_text(ident->kind)),
                      DB_TEXT(ident->value));
        int state = rows == NULL ? -1 : db_rows_next(rows, error);
        if (state < 0) {
            return false;
        }
        if (state == 0) {
            find(run, "ident", key, NULL, "An identifier of a person (%s) is missing.", key);
        }
        run->n_idents += state;
    }
    return true;
}

static bool check_traits(struct run *run, const char *key, const struct derived *derived,
                         GError **error)
{
    for (guint i = 0; i < derived->traits->len; i++) {
        const struct derived_trait *trait =
            &g_array_index(derived->traits, struct derived_trait, i);
        g_autoptr(db_rows) rows =
            DB_SELECT(run->book->tx, &trait_there, error, DB_INT(run->book->account_id),
                      DB_INT(derived->row.person_id), DB_TEXT(trait->kind), DB_TEXT(trait->value));
        int state = rows == NULL ? -1 : db_rows_next(rows, error);
        if (state < 0) {
            return false;
        }
        if (state == 0) {
            find(run, "trait", key, NULL, "A trait of a person (%s) is missing.", key);
        } else if (strcmp(trait->label, db_text(rows, "label")) != 0) {
            find(run, "trait", key, "value",
                 "A trait of a person (%s) does not follow from the facts.", key);
        }
        run->n_traits += state;
    }
    return true;
}

DB_QUERY(keys_kept, "SELECT keys FROM person WHERE account_id = $1 AND person_id = $2");

/* The keys of each member name what follows from the facts, no more and no less. */
static bool check_keys(struct run *run, const char *key, const struct derived *derived,
                       const GArray *member_ids, GError **error)
{
    g_autoptr(GString) wanted = g_string_new(NULL);
    for (guint m = 0; m < member_ids->len; m++) {
        int64_t person_id = g_array_index(member_ids, int64_t, m);
        person_keys_encode(derived, person_id, wanted);
        g_autoptr(db_rows) rows = DB_SELECT(run->book->tx, &keys_kept, error,
                                            DB_INT(run->book->account_id), DB_INT(person_id));
        int state = rows == NULL ? -1 : db_rows_next(rows, error);
        if (state < 0) {
            return false;
        }
        const char *kept = state > 0 ? db_text(rows, "keys") : NULL;
        if (strcmp(kept == NULL ? "" : kept, wanted->str) != 0) {
            find(run, "person", key, "keys",
                 "The column keys of a person (%s) does not follow from the facts.", key);
        }
    }
    return true;
}

DB_QUERY(rows_kept, "SELECT (SELECT count(*) FROM ident i WHERE i.account_id = $1) AS n_idents, "
                    "(SELECT count(*) FROM trait t WHERE t.account_id = $1) AS n_traits");

/* As many identifiers and traits as the people together have: none that nobody has. */
static bool check_strays(struct run *run, GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(run->book->tx, &rows_kept, error, DB_INT(run->book->account_id));
    if (rows == NULL || db_rows_next(rows, error) < 0) {
        return false;
    }
    if (run->has_unread) {
        return true; /* who knows what is theirs */
    }
    if (db_int(rows, "n_idents") > run->n_idents) {
        find(run, "ident", "all", "value", "There are identifiers that follow from no facts.");
    }
    if (db_int(rows, "n_traits") > run->n_traits) {
        find(run, "trait", "all", "value", "There are traits that follow from no facts.");
    }
    return true;
}

/* One person whole, as of the day their standing was computed. */
static bool check_person(struct run *run, int64_t person_id, struct derived *derived,
                         GError **error)
{
    char id[ID_TEXT];
    g_autofree char *key = g_strconcat("person_id ", id_format(person_id, id), NULL);
    g_autoptr(GError) damage = NULL;
    g_autoptr(person_ptr) person = person_load(run->book, person_id, &damage);
    if (person == NULL) {
        find(run, "person", key, NULL, "A person (%s) cannot be read: %s", key, damage->message);
        run->has_unread = true;
        return true;
    }
    struct env then = *run->book->env;
    then.clock = (struct clock){.fixed_at = person->row.tie_day * US_PER_DAY + US_PER_DAY / 2,
                                .zone = g_time_zone_new_utc()};
    struct book book = *run->book;
    book.env = &then;
    derive(person->fold, person->row.person_id, derived);
    derived->row.created_at = person->row.created_at;
    derived->row.is_self = person->row.is_self;
    bool is_read = standing_load(&book, person->member_ids, &derived->row, NULL, error) &&
                   check_idents(run, key, derived, error) &&
                   check_traits(run, key, derived, error) &&
                   check_keys(run, key, derived, person->member_ids, error);
    clock_clear(&then.clock);
    if (is_read) {
        compare_rows(run, key, &person->row, &derived->row);
        run->verify->counts.n_people++;
    }
    return is_read;
}

DB_QUERY(root_persons, "SELECT person_id FROM person WHERE account_id = $1 AND root_id = person_id "
                       "ORDER BY person_id");

static bool check_people(struct run *run, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    {
        g_autoptr(db_rows) rows =
            DB_SELECT(run->book->tx, &root_persons, error, DB_INT(run->book->account_id));
        int state = rows == NULL ? -1 : 0;
        while (state >= 0 && (state = db_rows_next(rows, error)) > 0) {
            int64_t id = db_int(rows, "person_id");
            g_array_append_val(ids, id);
        }
        if (state < 0) {
            return false;
        }
    }
    run->total = run->done + ids->len;
    struct derived derived;
    derived_init(&derived);
    bool is_read = true;
    for (guint i = 0; i < ids->len && is_read; i++) {
        is_read = check_person(run, g_array_index(ids, int64_t, i), &derived, error) &&
                  step_on(run, error);
    }
    derived_clear(&derived);
    return is_read;
}

/* What names a row that is not there. */
DB_QUERY(lost_sets, "SELECT f.fact_set_id FROM fact_set f WHERE f.account_id = $1 AND (NOT EXISTS "
                    "(SELECT 1 FROM person p "
                    "WHERE p.account_id = f.account_id AND p.person_id = f.person_id) OR NOT "
                    "EXISTS (SELECT 1 FROM source s "
                    "WHERE s.account_id = f.account_id AND s.source_id = f.source_id))");
DB_QUERY(
    lost_touches,
    "SELECT t.touch_id FROM touch t WHERE t.account_id = $1 AND NOT EXISTS (SELECT 1 FROM person p "
    "WHERE p.account_id = t.account_id AND p.person_id = t.person_id)");
DB_QUERY(lost_members,
         "SELECT p.person_id FROM person p WHERE p.account_id = $1 AND p.root_id <> p.person_id "
         "AND NOT EXISTS (SELECT 1 FROM person r WHERE r.account_id = p.account_id AND r.person_id "
         "= p.root_id)");

DB_QUERY(lost_favours,
         "SELECT f.favour_id FROM favour f WHERE f.account_id = $1 AND NOT EXISTS (SELECT 1 FROM "
         "person p WHERE p.account_id = f.account_id AND p.person_id = f.person_id)");
DB_QUERY(lost_links,
         "SELECT l.pursuit_id FROM pursuit_person l WHERE l.account_id = $1 AND (NOT EXISTS "
         "(SELECT 1 FROM person p WHERE p.account_id = l.account_id AND p.person_id = l.person_id) "
         "OR NOT EXISTS (SELECT 1 FROM pursuit u WHERE u.account_id = l.account_id AND "
         "u.pursuit_id = l.pursuit_id))");
DB_QUERY(lost_planned,
         "SELECT n.step_id FROM planned n WHERE n.account_id = $1 AND NOT EXISTS (SELECT 1 FROM "
         "step s WHERE s.account_id = n.account_id AND s.step_id = n.step_id)");

static bool check_lost(struct run *run, const struct db_query *query, const char *table,
                       const char *column, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(run->book->tx, query, error, DB_INT(run->book->account_id));
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        char id[ID_TEXT];
        g_autofree char *key =
            g_strdup_printf("%s %s", column, id_format(db_int(rows, column), id));
        find(run, table, key, NULL, "A row of %s (%s) belongs to a row that is not there.", table,
             key);
    }
    return state == 0;
}

bool verify_account(struct book *book, struct verify *verify, GError **error)
{
    struct run run = {.book = book, .verify = verify};
    verify->counts = (struct verify_counts){0};
    for (int i = 0; i < n_tables; i++) {
        if ((tables[i].has_digest || tables[i].noun == &noun_blob) &&
            !check_table(&run, &tables[i], error)) {
            return false;
        }
    }
    return check_lost(&run, &lost_sets, "fact_set", "fact_set_id", error) &&
           check_lost(&run, &lost_touches, "touch", "touch_id", error) &&
           check_lost(&run, &lost_favours, "favour", "favour_id", error) &&
           check_lost(&run, &lost_links, "pursuit_person", "pursuit_id", error) &&
           check_lost(&run, &lost_planned, "planned", "step_id", error) &&
           check_lost(&run, &lost_members, "person", "person_id", error) &&
           check_people(&run, error) && check_strays(&run, error);
}
