/* The small lists of an outlook, and the sum that tells whether any of them changed. */
#include "model/outlook_part.h"

#include "data_suggestions.h"
#include "model/noun.h"
#include "model/step_part.h"
#include "model/week.h"

/* ---- steps, and which suggestions they come from ---- */

DB_QUERY(outlook_steps, "SELECT " STEP_COLUMNS " FROM step WHERE account_id = $1 AND (state = "
                        "'open' OR closed_at >= $2) ORDER BY step_id");
DB_QUERY(outlook_origins,
         "SELECT p.origin, p.kind, s.state, s.closed_at FROM planned p JOIN step s ON s.account_id "
         "= p.account_id AND s.step_id = p.step_id WHERE p.account_id = $1 AND p.origin IS NOT "
         "NULL AND (s.state = 'open' OR s.closed_at >= $2) ORDER BY p.step_id");

static int64_t oldest_at(const struct book *book)
{
    return book_now(book) - OUTLOOK_DAYS * US_PER_DAY;
}

static bool steps_load(struct contact_reader *reader, struct outlook *outlook, GError **error)
{
    struct book *book = reader->book;
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &outlook_steps, error, DB_INT(book->account_id),
                                        DB_INT(oldest_at(book)));
    int state = rows == NULL ? -1 : 1;
    while (state > 0 && (state = db_rows_next(rows, error)) > 0) {
        struct step step;
        step_read(rows, outlook->text, &step);
        step.person_id = contact_root(reader, step.person_id);
        g_array_append_val(outlook->steps, step);
    }
    return state == 0;
}

/* What was dropped rests as long as what was done. */
static bool origins_load(struct book *book, struct outlook *outlook, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &outlook_origins, error,
                                        DB_INT(book->account_id), DB_INT(oldest_at(book)));
    int state = rows == NULL ? -1 : 1;
    while (state > 0 && (state = db_rows_next(rows, error)) > 0) {
        bool is_open = db_text(rows, "state")[0] == 'o';
        int64_t closed_at = db_at(rows, "closed_at");
        int32_t day = is_open || closed_at == AT_NONE
                          ? DAY_NONE
                          : clock_day_of(&book->env->clock, closed_at);
        const char *origin = db_text(rows, "origin");
        const struct data_suggestions *kind = data_suggestions_by_id(db_text(rows, "kind"));
        bool is_rested = !is_open && kind != NULL && day + MAX(kind->rest_days, 0) <= outlook->today;
        gpointer known;
        bool is_open_before =
            g_hash_table_lookup_extended(outlook->origins, origin, NULL, &known) &&
            GPOINTER_TO_INT(known) == DAY_NONE;
        if (!is_rested && !is_open_before) {
            outlook_origin(outlook, origin, day);
        }
    }
    return state == 0;
}

/* ---- the others ---- */

static bool refusals_load(struct book *book, struct outlook *outlook, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) refusals = g_array_new(FALSE, FALSE, sizeof(struct refusal));
    if (!refusal_list(book, outlook->today, text, refusals, error)) {
        return false;
    }
    for (guint i = 0; i < refusals->len; i++) {
        const struct refusal *refusal = &g_array_index(refusals, struct refusal, i);
        outlook_refuse(outlook, refusal->scope, refusal->target);
    }
    return true;
}

/* A person refused before they were merged is refused still. */
static void refused_roots(const struct contact_reader *reader, struct outlook *outlook)
{
    GHashTableIter each;
    gpointer key;
    g_autoptr(GPtrArray) more = g_ptr_array_new_with_free_func(g_free);
    g_hash_table_iter_init(&each, outlook->refused);
    while (g_hash_table_iter_next(&each, &key, NULL)) {
        int64_t id;
        char root[ID_TEXT];
        if (g_str_has_prefix(key, "person:") && id_parse((const char *)key + 7, &id)) {
            g_ptr_array_add(more, g_strdup(id_format(contact_root(reader, id), root)));
        }
    }
    for (guint i = 0; i < more->len; i++) {
        outlook_refuse(outlook, "person", more->pdata[i]);
    }
}

bool outlook_lists_load(struct contact_reader *reader, struct outlook *outlook, GError **error)
{
    struct book *book = reader->book;
    GStringChunk *text = outlook->text;
    if (!steps_load(reader, outlook, error) || !origins_load(book, outlook, error) ||
        !refusals_load(book, outlook, error) ||
        !pursuit_list(book, NULL, text, outlook->pursuits, error) ||
        !pursuit_person_list(book, 0, text, outlook->pursuit_people, error) ||
        !favour_list(book, 0, text, outlook->favours, error) ||
        !practice_list(book, NULL, text, outlook->practices, error) ||
        !story_list(book, text, outlook->stories, error) ||
        !saved_list(book, text, outlook->saved, error)) {
        return false;
    }
    refused_roots(reader, outlook);
    for (guint i = 0; i < outlook->favours->len; i++) {
        struct favour *favour = &g_array_index(outlook->favours, struct favour, i);
        favour->person_id = contact_root(reader, favour->person_id);
        favour->about_person_id = contact_root(reader, favour->about_person_id);
    }
    for (guint i = 0; i < outlook->pursuit_people->len; i++) {
        struct pursuit_person *link =
            &g_array_index(outlook->pursuit_people, struct pursuit_person, i);
        link->person_id = contact_root(reader, link->person_id);
    }
    return true;
}

/* ---- did anything change ---- */

/* part 0: how people read and when; part 1: the lists. */
DB_QUERY(outlook_digests,
         "SELECT 0 AS part, digest FROM goal WHERE account_id = $1 "
         "UNION ALL SELECT 0, digest FROM own_date WHERE account_id = $1 "
         "UNION ALL SELECT 0, digest FROM relation WHERE account_id = $1 AND a_id = $3 "
         "UNION ALL SELECT 0, digest FROM relation WHERE account_id = $1 AND b_id = $3 "
         "UNION ALL SELECT 1, digest FROM pursuit WHERE account_id = $1 "
         "UNION ALL SELECT 1, digest FROM pursuit_person WHERE account_id = $1 "
         "UNION ALL SELECT 1, digest FROM favour WHERE account_id = $1 "
         "UNION ALL SELECT 1, digest FROM practice WHERE account_id = $1 "
         "UNION ALL SELECT 1, digest FROM story WHERE account_id = $1 "
         "UNION ALL SELECT 1, digest FROM saved WHERE account_id = $1 "
         "UNION ALL SELECT 1, digest FROM refusal WHERE account_id = $1 "
         "UNION ALL SELECT 1, digest FROM planned WHERE account_id = $1 "
         "UNION ALL SELECT 1, digest FROM merge WHERE account_id = $1 "
         "UNION ALL SELECT 1, digest FROM step WHERE account_id = $1 AND "
         "(state = 'open' OR closed_at >= $2)");
DB_QUERY(outlook_self, "SELECT self_person_id FROM account WHERE account_id = $1");

/* FNV-1a; sums do not mind the order rows come in. */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (; text != NULL && *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    }
    return hash;
}

bool outlook_print_load(struct book *book, struct outlook_print *print_out, GError **error)
{
    *print_out = (struct outlook_print){0, 0};
    int64_t self_id = 0;
    {
        g_autoptr(db_rows) rows =
            DB_SELECT(book->tx, &outlook_self, error, DB_INT(book->account_id));
        int state = rows == NULL ? -1 : db_rows_next(rows, error);
        if (state < 0) {
            return false;
        }
        self_id = state > 0 ? db_int(rows, "self_person_id") : 0;
    }
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &outlook_digests, error, DB_INT(book->account_id),
                  DB_INT(oldest_at(book)), DB_INT(self_id));
    int state = rows == NULL ? -1 : 1;
    while (state > 0 && (state = db_rows_next(rows, error)) > 0) {
        *(db_int(rows, "part") == 0 ? &print_out->ground : &print_out->lists) +=
            hash_of(db_text(rows, "digest"));
    }
    return state == 0;
}
