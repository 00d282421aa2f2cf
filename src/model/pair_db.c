/* Statements of pairs, and looking for them. */
#include "model/merge_part.h"

#include "base/name.h"
#include "model/noun.h"
#include "model/person_part.h"

#include <string.h>

DB_QUERY(pair_write, "INSERT INTO pair (" PAIR_COLUMNS ") " VALUES_9
                     " ON CONFLICT (account_id, a_id, b_id) DO UPDATE SET state = excluded.state, "
                     "why = excluded.why, "
                     "is_exact = excluded.is_exact, digest = excluded.digest, source_id = "
                     "excluded.source_id, created_at = excluded.created_at");
DB_QUERY(pair_delete, "DELETE FROM pair WHERE account_id = $1 AND a_id = $2 AND b_id = $3");

bool pair_put(struct book *book, const struct pair *pair, GError **error)
{
    int64_t a = MIN(pair->a_id, pair->b_id);
    int64_t b = MAX(pair->a_id, pair->b_id);
    if (pair->state == NULL) {
        return DB_EXEC(book->tx, &pair_delete, error, DB_INT(book->account_id), DB_INT(a),
                       DB_INT(b));
    }
    struct db_value values[] = {DB_INT(book->account_id),
                                DB_INT(a),
                                DB_INT(b),
                                DB_TEXT(pair->state),
                                DB_TEXT(pair->why),
                                DB_INT(pair->is_exact),
                                pair->source_id == 0 ? DB_NULL : DB_INT(pair->source_id),
                                DB_INT(pair->created_at),
                                DB_NULL};
    return book_changed(book, error) &&
           noun_write(book->tx, &noun_pair, &pair_write, values, error);
}

/* The current row. */
static void pair_read(db_rows *rows, GStringChunk *text, struct pair *pair_out)
{
    *pair_out = (struct pair){
        .a_id = db_int(rows, "a_id"),
        .b_id = db_int(rows, "b_id"),
        .state = keep_text(text, db_text(rows, "state")),
        .why = keep_text(text, db_text(rows, "why")),
        .is_exact = db_int(rows, "is_exact") != 0,
        .source_id = db_int(rows, "source_id"),
        .created_at = db_int(rows, "created_at"),
    };
}

DB_QUERY(pair_one,
         "SELECT " PAIR_COLUMNS " FROM pair WHERE account_id = $1 AND a_id = $2 AND b_id = $3");

bool pair_fetch(struct book *book, int64_t a_id, int64_t b_id, GStringChunk *text,
                struct pair *pair_out, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &pair_one, error, DB_INT(book->account_id),
                                        DB_INT(MIN(a_id, b_id)), DB_INT(MAX(a_id, b_id)));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    pair_out->state = NULL;
    if (state > 0) {
        pair_read(rows, text, pair_out);
    }
    return state >= 0;
}

static bool pairs_read(db_rows *rows, GStringChunk *text, GArray *pairs_out, GError **error)
{
    if (rows == NULL) {
        return false;
    }
    int state;
    while ((state = db_rows_next(rows, error)) > 0) {
        struct pair pair;
        pair_read(rows, text, &pair);
        g_array_append_val(pairs_out, pair);
    }
    return state == 0;
}

/* Two searches rather than one OR, for which SQLite walks every pair of the account. */
DB_QUERY(pair_apart,
         "SELECT " PAIR_COLUMNS
         " FROM pair WHERE account_id = $1 AND a_id = $2 AND state = 'apart' UNION ALL SELECT " PAIR_COLUMNS
         " FROM pair WHERE account_id = $1 AND b_id = $2 AND state = 'apart'");

bool pair_apart_of(struct book *book, int64_t person_id, GStringChunk *text, GArray *pairs_out,
                   GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &pair_apart, error, DB_INT(book->account_id), DB_INT(person_id));
    return pairs_read(rows, text, pairs_out, error);
}

#define PAIR_ALIVE                                                                                \
    "FROM pair r JOIN person a ON a.account_id = r.account_id AND a.person_id = r.a_id "          \
    "JOIN person b ON b.account_id = r.account_id AND b.person_id = r.b_id "                      \
    "WHERE r.account_id = $1 AND r.state = 'proposed' AND a.deleted_at IS NULL AND b.deleted_at " \
    "IS NULL "                                                                                    \
    "AND a.root_id <> b.root_id "
DB_QUERY(pair_open, "SELECT a.root_id AS a_id, b.root_id AS b_id, r.state, r.why, r.is_exact, "
                    "r.source_id, r.created_at " PAIR_ALIVE
                    "ORDER BY r.is_exact DESC, r.created_at DESC, r.a_id, r.b_id LIMIT $2");
DB_QUERY(pair_open_count, "SELECT count(*) AS n " PAIR_ALIVE);

bool pair_list(struct book *book, int limit, GStringChunk *text, GArray *pairs_out,
               int64_t *total_out, GError **error)
{
    {
        g_autoptr(db_rows) rows = DB_SELECT(book->tx, &pair_open, error, DB_INT(book->account_id),
                                            DB_INT(limit <= 0 ? 100 : limit));
        if (!pairs_read(rows, text, pairs_out, error)) {
            return false;
        }
    }
    if (total_out == NULL) {
        return true;
    }
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &pair_open_count, error, DB_INT(book->account_id));
    if (rows == NULL || db_rows_next(rows, error) < 0) {
        return false;
    }
    *total_out = db_int(rows, "n");
    return true;
}

/* ---- looking ---- */

/* Two roots that share an exact identifier; $2 one person's root or 0. */
DB_QUERY(pair_by_ident,
         "SELECT p.root_id AS a_id, q.root_id AS b_id, p.name AS a_name, q.name AS b_name, "
         "p.own_name AS a_own, "
         "q.own_name AS b_own, i.kind, i.value FROM ident i "
         "JOIN ident k ON k.account_id = i.account_id AND k.kind = i.kind AND k.value = i.value "
         "AND k.person_id > i.person_id "
         "JOIN person p ON p.account_id = i.account_id AND p.person_id = i.person_id "
         "JOIN person q ON q.account_id = k.account_id AND q.person_id = k.person_id "
         "WHERE i.account_id = $1 AND p.root_id <> q.root_id AND p.deleted_at IS NULL AND "
         "q.deleted_at IS NULL "
         "AND ($2 = CAST(0 AS BIGINT) OR p.root_id = $2 OR q.root_id = $2)");
/* Same sort key; whether they also share an organisation say their keys. */
DB_QUERY(pair_by_name,
         "SELECT p.person_id AS a_id, q.person_id AS b_id, p.name AS a_name, q.name AS b_name, "
         "p.own_name AS a_own, q.own_name AS b_own, p.keys AS a_keys, q.keys AS b_keys "
         "FROM person p JOIN person q ON q.account_id = p.account_id AND q.sort_key = p.sort_key "
         "AND q.person_id > p.person_id "
         "AND q.deleted_at IS NULL AND q.root_id = q.person_id AND q.is_self = 0 "
         "WHERE p.account_id = $1 AND p.deleted_at IS NULL AND p.root_id = p.person_id "
         "AND p.is_self = 0 AND ($2 = CAST(0 AS BIGINT) OR p.person_id = $2 OR q.person_id = $2)");
DB_QUERY(org_label, "SELECT label FROM trait WHERE account_id = $1 AND kind = 'org' AND value = $3 "
                    "AND person_id = $2");

/* "same e-mail a@b.example" */
static const char *kind_words(const char *kind)
{
    static const struct {
        const char *kind;
        const char *words;
    } table[] = {
        {"email", "same e-mail"},
        {"url", "same profile"},
        {"phone", "same phone"},
        {"npi", "same NPI"},
        {"uid", "same card id"},
        {"orcid", "same ORCID"},
        {"org", "same name and organisation,"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
        if (strcmp(table[i].kind, kind) == 0) {
            return table[i].words;
        }
    }
    return "same";
}

/* The pair of the current row, that shares such a value; people whose names cannot be one person's
 * are not exact, and by a telephone or an organisation alone no proposal at all. */
static void gather_one(db_rows *rows, const char *kind, const char *value, GStringChunk *text,
                       GArray *pairs)
{
    const char *a_own = db_text(rows, "a_own");
    const char *b_own = db_text(rows, "b_own");
    bool is_fit = name_is_compatible(db_text(rows, "a_name"), db_text(rows, "b_name")) ||
                  (a_own != NULL && b_own != NULL && name_is_compatible(a_own, b_own));
    if (!is_fit && (strcmp(kind, "phone") == 0 || strcmp(kind, "org") == 0)) {
        return; /* a ward's telephone, a couple's */
    }
    g_autofree char *why = g_strdup_printf("%s %s", kind_words(kind), value);
    struct pair pair = {.a_id = db_int(rows, "a_id"),
                        .b_id = db_int(rows, "b_id"),
                        .why = keep_text(text, why),
                        .is_exact = is_fit && strcmp(kind, "org") != 0};
    g_array_append_val(pairs, pair);
}

static bool gather_by_ident(struct book *book, int64_t root_id, GStringChunk *text, GArray *pairs,
                            GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &pair_by_ident, error, DB_INT(book->account_id), DB_INT(root_id));
    int state = rows == NULL ? -1 : 0;
    while (state >= 0 && (state = db_rows_next(rows, error)) > 0) {
        gather_one(rows, db_text(rows, "kind"), db_text(rows, "value"), text, pairs);
    }
    return state == 0;
}

/* The organisation as the person's sources write it. */
static bool org_load(struct book *book, int64_t person_id, const char *value, GStringChunk *text,
                     const char **label_out, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &org_label, error, DB_INT(book->account_id),
                                        DB_INT(person_id), DB_TEXT(value));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    *label_out = keep_text(text, state > 0 ? db_text(rows, "label") : value);
    return state >= 0;
}

static bool gather_by_name(struct book *book, int64_t root_id, GStringChunk *text, GArray *pairs,
                           GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &pair_by_name, error, DB_INT(book->account_id), DB_INT(root_id));
    int state = rows == NULL ? -1 : 0;
    while (state >= 0 && (state = db_rows_next(rows, error)) > 0) {
        struct person_keys a = {0};
        struct person_keys b = {0};
        bool is_read = person_keys_parse(db_text(rows, "a_keys"), &a) &&
                       person_keys_parse(db_text(rows, "b_keys"), &b);
        for (size_t i = 0; is_read && state >= 0 && i < person_keys_count(&a); i++) {
            struct person_key key = person_keys_at(&a, i);
            const char *label = NULL;
            if (strcmp(key.kind, "org") != 0 || !person_keys_has(&b, key.kind, key.value)) {
                continue;
            }
            if (org_load(book, db_int(rows, "a_id"), key.value, text, &label, error)) {
                gather_one(rows, "org", label, text, pairs);
            } else {
                state = -1;
            }
        }
        person_keys_clear(&a);
        person_keys_clear(&b);
    }
    return state == 0;
}

bool pair_propose(struct book *book, int64_t person_id, int64_t source_id, int *n_out,
                  GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(struct pair));
    int64_t root_id = 0;
    int64_t before;
    int64_t after;
    g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(struct pair));
    if ((person_id != 0 && !person_root(book, person_id, &root_id, error)) ||
        !pair_list(book, 1, text, none, &before, error) ||
        !gather_by_ident(book, root_id, text, pairs, error) ||
        !gather_by_name(book, root_id, text, pairs, error)) {
        return false;
    }
    for (guint i = 0; i < pairs->len; i++) {
        struct pair *pair = &g_array_index(pairs, struct pair, i);
        pair->source_id = source_id;
        if (!pair_add(book, pair, error)) {
            return false;
        }
    }
    if (!pair_list(book, 1, text, none, &after, error)) {
        return false;
    }
    *n_out = (int)(after - before);
    return true;
}
