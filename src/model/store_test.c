/* The store whole: every query prepares, descriptions fit the schema, verify finds damage, an
 * export comes back the same. */
#include "model/store.h"

#include "model/account.h"
#include "model/blob.h"
#include "model/cadence.h"
#include "model/export.h"
#include "model/fact_source.h"
#include "model/favour.h"
#include "model/goal.h"
#include "model/imports.h"
#include "model/job.h"
#include "model/merge.h"
#include "model/model_scratch.h"
#include "model/person_bulk.h"
#include "model/own_date.h"
#include "model/person_list.h"
#include "model/practice.h"
#include "model/pursuit.h"
#include "model/refusal.h"
#include "model/relation.h"
#include "model/saved.h"
#include "model/search.h"
#include "model/session.h"
#include "model/setting.h"
#include "model/step.h"
#include "model/table.h"
#include "model/today.h"
#include "model/token.h"
#include "model/touch.h"
#include "model/touch_line.h"
#include "model/verify.h"
#include "model/week.h"

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* Named so that the linker takes every file with statements along. */
static const void *const linked[] = {
    blob_add,       cadence_set,        export_account, imports_undo, job_add,       merge_add,
    pair_propose,   person_batch_write, person_list,    relation_add, search_people, session_start,
    setting_save,   step_add,           today_load,     token_create, touch_list,    touch_line_who,
    verify_account, ident_find,         person_erase,   goal_set,     own_date_save, pursuit_save,
    favour_save,    practice_save,      saved_save,     refusal_set,  planned_save,
};

struct prepared {
    struct db_tx *tx;
    GError **error;
    int n;
    bool is_good;
};

static void prepare_one(const struct db_query *query, void *data)
{
    struct prepared *p = data;
    if (p->is_good) {
        p->n++;
        p->is_good = db_prepare(p->tx, query, p->error);
        if (!p->is_good) {
            g_prefix_error(p->error, "%s:%d %s: ", query->file, query->line, query->name);
        }
    }
}

STORY(every_query_prepares)
{
    struct prepared p = {.tx = tx, .error = error, .is_good = true};
    db_queries_each(prepare_one, &p);
    CLAIM(linked[0] != NULL);
    return p.is_good && (p.n > 150 || bug(error, "test.claim", "only %d queries", p.n));
}

/* ---- plans ---- */

struct plans {
    struct db_tx *tx;
    GPtrArray *kept; /* of struct db_query, until the store is closed */
    GString *walks;  /* queries that walk a whole account's table, one a line */
};

/* They walk on purpose: whole lists, sweeps after an import, and tables of a few rows. */
static const char walkers[] =
    " version_table_exists versions_load"
    " blob_delete_unused bulk_idents bulk_sets bulk_traits bulk_words_many cadence_all"
    " change_newest columns_of count_all digested_tables favour_about favour_all favour_of_person goal_all "
    "own_date_all planned_all practice_all practice_by_secret"
    " pursuit_all pursuit_people refusal_all saved_all story_all count_everyone fact_record_one "
    "fact_records_of_family"
    " harm_blob harm_favour harm_ident harm_step ident_all ids_all import_newest import_of_file import_running"
    " job_fail_running job_newest list_by_added list_by_name list_no_due list_no_tie"
    " list_no_touch lost_favours lost_links lost_members lost_planned lost_sets lost_touches"
    " merge_all merge_of_person others_count"
    " pair_by_ident pair_by_name pair_open pair_open_count paused_persons person_count_all"
    " relation_of_person root_persons rows_kept searched_persons session_all session_delete_others"
    " session_delete_over setting_all source_of_import source_you tags_with_cadence token_all"
    " token_by_hash touch_count_all touch_keys_of_family touch_list_all ";

static void explained_free(gpointer data)
{
    struct db_query *query = data;
    g_free((gpointer)query->sqlite);
    g_free(query);
}

/* Also the statements that read, clear or erase whole tables. */
static bool is_walker(const char *name)
{
    g_autofree char *framed = g_strdup_printf(" %s ", name);
    return g_str_has_prefix(name, "all_") || g_str_has_prefix(name, "erase_") ||
           g_str_has_prefix(name, "clear_") || strstr(walkers, framed) != NULL;
}

static void explain_one(const struct db_query *query, void *data)
{
    struct plans *plans = data;
    struct db_query *explain =
        g_new0(struct db_query, 1); /* the store remembers queries by address */
    explain->sqlite = g_strconcat("EXPLAIN QUERY PLAN ", query->sqlite, NULL);
    *explain =
        (struct db_query){.name = query->name, .sqlite = explain->sqlite, .pgsql = explain->sqlite};
    g_ptr_array_add(plans->kept, explain);
    static const struct db_value nothing[128];
    int n = 0;
    for (const char *at = strchr(query->sqlite, '$'); at != NULL; at = strchr(at + 1, '$')) {
        n = MAX(n, (int)g_ascii_strtoll(at + 1, NULL, 10));
    }
    g_autoptr(db_rows) rows = db_select(plans->tx, explain, NULL, nothing, n);
    while (rows != NULL && db_rows_next(rows, NULL) > 0) {
        const char *detail = db_text(rows, "detail");
        bool is_walk = strstr(detail, "(account_id=?)") != NULL || strncmp(detail, "SCAN", 4) == 0;
        bool is_other = strstr(detail, "account_") != NULL &&
                        strstr(detail, "sqlite_autoindex_account") != NULL;
        if (is_walk && !is_other && strstr(detail, "VIRTUAL") == NULL && !is_walker(query->name)) {
            g_string_append_printf(plans->walks, "%s: %s\n", query->name, detail);
        }
    }
}

static GPtrArray *explained; /* freed at the end of main() */

STORY(only_lists_walk_a_whole_account)
{
    struct plans plans = {.tx = tx, .kept = explained, .walks = g_string_new(NULL)};
    if (db_tx_engine(tx) == DB_SQLITE) {
        db_queries_each(explain_one, &plans);
    }
    g_autofree char *walks = g_string_free(plans.walks, FALSE);
    return walks[0] == '\0' ||
           bug(error, "test.claim", "an index is missing, or the list of walkers a name:\n%s",
               walks);
}

DB_QUERY2(columns_of, "SELECT name FROM pragma_table_info($1) ORDER BY cid",
          "SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1 "
          "AND table_schema = current_schema() ORDER BY ordinal_position");

DB_QUERY2(digested_tables,
          "SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c "
          "WHERE m.type = 'table' AND c.name = 'digest' AND m.name <> 'schema_version'",
          "SELECT table_name AS name FROM information_schema.columns WHERE column_name = 'digest' "
          "AND table_schema = current_schema() AND table_name <> 'schema_version'");

/* Export, verify and erasure go by the list of tables. */
STORY(every_digested_table_is_described)
{
    g_autoptr(db_rows) rows = db_select(tx, &digested_tables, error, NULL, 0);
    DO(rows != NULL);
    int n = 0;
    while (db_rows_next(rows, error) > 0) {
        bool is_described = false;
        for (int t = 0; t < n_tables; t++) {
            is_described |= strcmp(tables[t].noun->table, db_text(rows, "name")) == 0;
        }
        if (!is_described) {
            return bug(error, "test.claim", "%s is not in the list", db_text(rows, "name"));
        }
        n++;
    }
    CLAIM(n > 20);
    return true;
}

STORY(descriptions_fit_the_schema)
{
    for (int t = 0; t < n_tables; t++) {
        g_autoptr(GString) columns = g_string_new(NULL);
        g_autoptr(db_rows) rows = DB_SELECT(tx, &columns_of, error, DB_TEXT(tables[t].noun->table));
        DO(rows != NULL);
        int n = 0;
        while (db_rows_next(rows, error) > 0) {
            g_string_append_printf(columns, "%s%s", n++ > 0 ? ", " : "", db_text(rows, "name"));
        }
        CLAIM_TEXT(columns->str, tables[t].noun->columns);
        CLAIM(n == noun_n_columns(tables[t].noun) && n <= NOUN_MAX_COLUMNS);
    }
    return true;
}

/* A row in each of the small lists. */
static bool fill_lists(struct book *book, int64_t person_id, int64_t step_id, GError **error)
{
    int64_t id;
    struct own_date date = {.kind = "exam", .title = "OET", .on_day = SCRATCH_DAY, .minute = -1};
    struct pursuit pursuit = {.kind = "membership", .title = "AAFP", .cost_cents = 100};
    struct favour favour = {.person_id = person_id, .direction = "asked", .kind = "advice"};
    struct practice practice = {.strategy = "soft_skills", .kind = "talk", .self_rating = 2};
    struct saved saved = {.question = "When?", .body = "In May", .source = "a forum"};
    struct refusal refusal = {.scope = "strategy", .target = "research"};
    struct week week = {.monday = SCRATCH_DAY - 1, .minutes = 90, .reviewed_at = AT_NONE};
    struct planned planned = {
        .step_id = step_id, .monday = SCRATCH_DAY - 1, .on_day = SCRATCH_DAY, .is_pinned = true};
    if (!goal_set(book, "stage", "student", NULL, error) ||
        !own_date_save(book, &date, NULL, NULL, error) ||
        !pursuit_save(book, &pursuit, NULL, &id, error)) {
        return false;
    }
    struct pursuit_person link = {.pursuit_id = id, .person_id = person_id};
    return pursuit_person_add(book, &link, NULL, error) &&
           favour_save(book, &favour, NULL, NULL, error) &&
           practice_save(book, &practice, NULL, NULL, error) &&
           story_save(book, "30s", "I am a doctor.", NULL, error) &&
           saved_save(book, &saved, NULL, NULL, error) &&
           refusal_set(book, &refusal, NULL, error) && week_save(book, &week, NULL, error) &&
           planned_save(book, &planned, NULL, error);
}

/* A bit of everything. */
static bool fill(struct book *book, struct model_scratch *scratch, int64_t *ids, GError **error)
{
    static const unsigned char png[] = "\x89PNG\r\n\x1a\n rest";
    char photo[DIGEST_TEXT];
    int64_t id;
    int n;
    struct import_row row = {.kind = "vcard",
                             .label = "cards.vcf",
                             .file_digest = "d",
                             .state = "running",
                             .applied_at = AT_NONE,
                             .undone_at = AT_NONE};
    struct fact_source source = {
        .family = "vcard", .label = "cards.vcf", .seen_at = book_now(book)};
    if (!blob_add(book, png, sizeof png, photo, error) ||
        !imports_add(book, &row, &source.import_id, error) ||
        !fact_source_add(book, &source, &source.source_id, error)) {
        return false;
    }
    struct person_bulk *bulk = person_bulk_new(book, "vcard", source.source_id, book_now(book));
    bool is_done = true;
    for (int i = 0; i < 5 && is_done; i++) {
        char name[40];
        char mail[40];
        g_snprintf(name, sizeof name, i == 3 ? "أمينة حسن" : "Person %d “quoted\\”", i);
        g_snprintf(mail, sizeof mail, "p%d@mail.example", i % 4);
        struct fact facts[] = {
            {.kind = FACT_NAME, .value = name},
            {.kind = FACT_EMAIL, .value = mail},
            {.kind = FACT_PHOTO, .value = photo},
            {.kind = FACT_TAG, .value = "mentor"},
            {.kind = FACT_CARD_LINE, .value = "X-ODD;A=b:line\nwith \"all\" of\tit"},
            {.kind = FACT_SCHOOL, .value = "Indus Delta Medical College"}};
        is_done = person_bulk_add(bulk, mail, facts, 6, &ids[i], error);
    }
    is_done = is_done && person_bulk_finish(bulk, error);
    person_bulk_free(bulk);
    row = (struct import_row){.import_id = source.import_id,
                              .label = "cards.vcf",
                              .state = "applied",
                              .n_read = 5,
                              .n_added = 5,
                              .applied_at = book_now(book),
                              .undone_at = AT_NONE};
    struct touch touch = {.person_id = ids[0],
                          .kind = "call",
                          .on_day = SCRATCH_DAY - 3,
                          .note = "advice",
                          .minutes = 20};
    struct step step = {.person_id = ids[1],
                        .title = "Thank her",
                        .due_day = SCRATCH_DAY,
                        .cost_cents = 4500,
                        .currency = "USD"};
    struct cadence cadence = {.scope = CADENCE_TAG, .tag = "mentor", .tier = "A"};
    struct relation relation = {.a_id = ids[0], .b_id = ids[1], .kind = "knows"};
    struct fact school = {.kind = FACT_SCHOOL, .value = "Indus Delta Medical College"};
    struct fact tag = {.kind = FACT_TAG, .op = FACT_REMOVE, .value = "mentor"};
    auto_change_log log = CHANGE_LOG(book);
    return is_done && imports_save(book, &row, error) &&
           touch_add(book, &touch, NULL, &id, error) && step_add(book, &step, NULL, &id, error) &&
           fill_lists(book, ids[0], id, error) && cadence_set(book, &cadence, NULL, error) &&
           relation_add(book, &relation, NULL, &id, error) &&
           person_edit(book, scratch->self_person_id, &school, 1, NULL, error) &&
           person_edit(book, ids[2], &tag, 1, &log, error) &&
           change_finish(book, &log, "1 person edited", error) &&
           pair_propose(book, 0, source.source_id, &n, error) &&
           merge_add(book, ids[1], ids[3], NULL, &id, error) &&
           pair_keep_apart(book, ids[0], ids[2], error) &&
           person_delete(book, ids[4], NULL, error) &&
           setting_save(book->tx, book->account_id, "theme", "dark", error);
}

static bool verify(struct book *book, GStringChunk *text, GArray *findings,
                   struct verify_counts *counts, GError **error)
{
    struct verify verify = {.text = text, .findings = findings};
    bool is_done = verify_account(book, &verify, error);
    *counts = verify.counts;
    return is_done;
}

DB_QUERY(harm_facts, "UPDATE fact_set SET facts = '[[\"name\",\"Someone\",' WHERE account_id = $1 "
                     "AND person_id = $2");
DB_QUERY(harm_step, "UPDATE step SET cost_cents = 1 WHERE account_id = $1");
DB_QUERY(harm_favour, "UPDATE favour SET state = 'told' WHERE account_id = $1");
DB_QUERY(harm_name, "UPDATE person SET name = 'Nobody' WHERE account_id = $1 AND person_id = $2");
DB_QUERY(harm_ident, "DELETE FROM ident WHERE account_id = $1 AND person_id = $2");
DB_QUERY(
    harm_trait,
    "UPDATE trait SET label = 'x' WHERE account_id = $1 AND person_id = $2 AND kind = 'school'");
DB_QUERY(harm_blob, "UPDATE blob SET bytes = $2 WHERE account_id = $1");
DB_QUERY(harm_tie, "UPDATE person SET tie = 0.9 WHERE account_id = $1 AND person_id = $2");

STORY(verify_finds_each_damage)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t ids[5];
    struct verify_counts counts;
    g_autoptr(GArray) findings = g_array_new(FALSE, FALSE, sizeof(struct finding));
    DO(fill(&book, scratch, ids, error));
    DO(verify(&book, text, findings, &counts, error));
    if (findings->len > 0) {
        return bug(error, "test.claim", "a sound store: %s",
                   g_array_index(findings, struct finding, 0).words);
    }
    CLAIM(counts.n_people == 5 && counts.n_blobs == 1 && counts.n_rows > 15);
    DO(DB_EXEC(tx, &harm_step, error, DB_INT(book.account_id)));
    DO(DB_EXEC(tx, &harm_favour, error, DB_INT(book.account_id)));
    DO(DB_EXEC(tx, &harm_name, error, DB_INT(book.account_id), DB_INT(ids[0])));
    DO(DB_EXEC(tx, &harm_ident, error, DB_INT(book.account_id), DB_INT(ids[2])));
    DO(DB_EXEC(tx, &harm_trait, error, DB_INT(book.account_id), DB_INT(ids[2])));
    DO(DB_EXEC(tx, &harm_blob, error, DB_INT(book.account_id), DB_BLOB("x", 1)));
    DO(DB_EXEC(tx, &harm_tie, error, DB_INT(book.account_id), DB_INT(ids[1])));
    DO(DB_EXEC(tx, &harm_facts, error, DB_INT(book.account_id), DB_INT(ids[4])));
    DO(verify(&book, text, findings, &counts, error));
    static const struct {
        const char *table;
        const char *column;
    } wanted[] = {{"step", NULL},    {"person", "name"}, {"ident", NULL},       {"trait", "value"},
                  {"blob", "bytes"}, {"person", "tie"},  {"fact_set", "facts"}, {"favour", NULL}};
    for (size_t w = 0; w < G_N_ELEMENTS(wanted); w++) {
        bool is_found = false;
        for (guint i = 0; i < findings->len; i++) {
            const struct finding *finding = &g_array_index(findings, struct finding, i);
            is_found |= strcmp(finding->table, wanted[w].table) == 0 &&
                        g_strcmp0(finding->column, wanted[w].column) == 0;
        }
        if (!is_found) {
            return bug(error, "test.claim", "damage of %s was not found", wanted[w].table);
        }
    }
    return true;
}

/* All rows of a table as text without account and digest, which belong to the account. */
static bool table_text(struct book *book, const struct table *table, GString *out, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, table->all, error, DB_INT(book->account_id));
    int state = rows == NULL ? -1 : 0;
    while (state >= 0 && (state = db_rows_next(rows, error)) > 0) {
        struct db_value values[NOUN_MAX_COLUMNS];
        noun_read(table->noun, rows, values);
        values[0] = DB_NULL;
        if (table->has_digest) {
            values[noun_n_columns(table->noun) - 1] = DB_NULL;
        }
        json_t *json = noun_json(table->noun, values);
        g_autofree char *line = json_dumps(json, JSON_COMPACT | JSON_REAL_PRECISION(17));
        json_decref(json);
        g_string_append_printf(out, "%s %s\n", table->noun->table, line);
    }
    return state == 0;
}

static bool store_text(struct book *book, GString *out, GError **error)
{
    for (int i = 0; i < n_tables; i++) {
        if (tables[i].is_exported && !table_text(book, &tables[i], out, error)) {
            return false;
        }
    }
    return true;
}

STORY(an_export_comes_back_the_same)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t ids[5];
    int64_t other_id;
    struct verify_counts counts;
    char *json = NULL;
    size_t len = 0;
    g_autoptr(GString) before = g_string_new(NULL);
    g_autoptr(GString) after = g_string_new(NULL);
    g_autoptr(GArray) findings = g_array_new(FALSE, FALSE, sizeof(struct finding));
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct person_row));
    DO(fill(&book, scratch, ids, error));
    FILE *to = open_memstream(&json, &len);
    bool is_written = export_account(&book, to, error);
    fclose(to);
    g_autofree char *kept = g_memdup2(json, len + 1);
    free(json);
    DO(is_written);
    struct account_new wanted = {.name = "new"};
    DO(account_create(tx, &scratch->env, &wanted, &other_id, error));
    struct book other = BOOK(tx, &scratch->env, other_id);
    /* one store holds ids once: on SQLite search rows are keyed by person alone */
    DO(store_text(&book, before, error));
    DO(account_erase(tx, book.account_id, error));
    DO(export_read(&other, kept, len, error));
    DO(store_text(&other, after, error));
    CLAIM_TEXT(after->str, before->str);
    for (int i = 0; i < n_tables; i++) { /* every small list has a row in it */
        g_autofree char *line = g_strconcat("\n", tables[i].noun->table, " [", NULL);
        CLAIM(tables[i].one == NULL || strstr(after->str, line) != NULL);
    }
    CLAIM(before->len > 2000);
    DO(verify(&other, text, findings, &counts, error));
    CLAIM(findings->len == 0 && counts.n_people == 5);
    struct person_filter filter = {.query = "amina advice"};
    struct person_page page = {0};
    filter.query = "advice";
    DO(person_list(&other, &filter, &page, text, rows, error));
    CLAIM(page.total == 1);
    REFUSES(export_read(&other, kept, len, error), "export.not_empty");
    REFUSES(export_read(&other, "{}", 2, error), "export.unknown_format");
    REFUSES(export_read(&other, "PK", 2, error), "export.unknown_format");
    DO(account_create(tx, &scratch->env, &(struct account_new){.name = "third"}, &other_id, error));
    other = BOOK(tx, &scratch->env, other_id);
    char *title = strstr(kept, "Thank her");
    title[0] = 'B';
    REFUSES(export_read(&other, kept, len, error), "export.damaged");
    return true;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_query_prepares),
        cmocka_unit_test(only_lists_walk_a_whole_account),
        cmocka_unit_test(every_digested_table_is_described),
        cmocka_unit_test(descriptions_fit_the_schema),
        cmocka_unit_test(verify_finds_each_damage),
        cmocka_unit_test(an_export_comes_back_the_same),
    };
    explained = g_ptr_array_new_with_free_func(explained_free);
    int n_failed = cmocka_run_group_tests(tests, NULL, NULL);
    g_ptr_array_unref(explained);
    return n_failed;
}
