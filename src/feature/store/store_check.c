/* store.verify and store.erase: is everything as it was written, and what was deleted 30 days ago
 * leaves for good. */
#include "feature/store/store_parts.h"

#include "base/error.h"
#include "base/words.h"
#include "model/account.h"
#include "model/blob.h"
#include "model/person_list.h"
#include "model/verify.h"

struct checking {
    struct action_call *call;
    GStringChunk *text;
    GArray *findings;
    struct verify_counts counts;
};

static bool tell_progress(void *data, int64_t done, int64_t total)
{
    struct checking *checking = data;
    return call_progress(checking->call, done, total, "checking rows and files");
}

static bool check_all(struct db_tx *tx, void *data, GError **error)
{
    struct checking *checking = data;
    g_autoptr(GArray) accounts = g_array_new(false, true, sizeof(struct account));
    g_array_set_size(checking->findings, 0);
    checking->counts = (struct verify_counts){0};
    if (!account_list(tx, checking->text, accounts, error)) {
        return false;
    }
    for (guint i = 0; i < accounts->len; i++) {
        int64_t account_id = g_array_index(accounts, struct account, i).account_id;
        if (account_id != checking->call->account_id && !checking->call->is_admin) {
            continue;
        }
        struct book book = BOOK(tx, checking->call->env, account_id);
        struct verify verify = {.progress = tell_progress,
                                .data = checking,
                                .text = checking->text,
                                .findings = checking->findings};
        if (!verify_account(&book, &verify, error)) {
            return false;
        }
        checking->counts.n_rows += verify.counts.n_rows;
        checking->counts.n_blobs += verify.counts.n_blobs;
        checking->counts.n_people += verify.counts.n_people;
    }
    return true;
}

bool store_verify(struct action_call *call, json_t **result_out, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) findings = g_array_new(false, true, sizeof(struct finding));
    g_autoptr(GPtrArray) engine = g_ptr_array_new_with_free_func(g_free);
    struct checking checking = {.call = call, .text = text, .findings = findings};
    if (!db_check(call->db, engine, error) ||
        !db_read(call->db, "store.verify", check_all, &checking, error)) {
        return false;
    }
    json_t *list = json_array();
    for (guint i = 0; i < engine->len; i++) {
        json_array_append_new(list,
                              json_pack("{s:s, s:n, s:n, s:s}", "table", "store", "key", "column",
                                        "words", (const char *)g_ptr_array_index(engine, i)));
    }
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = &g_array_index(findings, struct finding, i);
        json_array_append_new(list, json_pack("{s:s, s:o, s:o, s:s}", "table", finding->table,
                                              "key", json_text(finding->key), "column",
                                              json_text(finding->column), "words", finding->words));
    }
    if (json_array_size(list) > 0) {
        char *words = g_strdup_printf(
            "%zu things are not as they were written. The first: %s", json_array_size(list),
            json_string_value(json_object_get(json_array_get(list, 0), "words")));
        bug(error, "store.damaged", "%s", words);
        g_free(words);
        json_decref(call->refused);
        call->refused = list;
        return false;
    }
    g_autofree char *words = words_number(checking.counts.n_rows);
    g_autofree char *message = g_strdup_printf(
        "Everything is as it was written: %s rows and every person made again.", words);
    *result_out =
        json_pack("{s:s, s:b, s:I, s:I, s:I, s:o}", "message", message, "sound", true, "rows",
                  (json_int_t)checking.counts.n_rows, "files", (json_int_t)checking.counts.n_blobs,
                  "people", (json_int_t)checking.counts.n_people, "findings", list);
    return true;
}

void store_print_verify(const json_t *result, FILE *out, const struct env *env)
{
    fprintf(out,
            "Everything is as it was written: %" JSON_INTEGER_FORMAT " rows, %" JSON_INTEGER_FORMAT
            " files, %" JSON_INTEGER_FORMAT " people made again from their facts and compared.\n",
            json_integer_value(json_object_get(result, "rows")),
            json_integer_value(json_object_get(result, "files")),
            json_integer_value(json_object_get(result, "people")));
}

/* Everyone deleted, however short ago. */
static bool erase_all(struct book *book, int *n_out, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(false, false, sizeof(int64_t));
    struct person_filter gone = {.is_deleted = true};
    if (!person_list_ids(book, &gone, ids, error)) {
        return false;
    }
    *n_out = 0;
    for (guint i = 0; i < ids->len; i++, (*n_out)++) {
        if (!person_erase(book, g_array_index(ids, int64_t, i), error)) {
            return false;
        }
    }
    return true;
}

/* Only what was deleted before can go for good: a wrong id costs nobody. */
static bool erase_one(struct book *book, int64_t person_id, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct person_row row;
    return person_row_load(book, person_id, text, &row, error) &&
           (row.deleted_at != AT_NONE ||
            refuse(error, "person.not_deleted",
                   "%s is not deleted. Delete first; then erase for good.", row.name)) &&
           person_erase(book, row.person_id, error);
}

/* "2 people are erased for good.", and where they still are. */
static char *erased_words(const struct action_call *call, int n)
{
    g_autofree char *people = words_count(n, "person is", "people are");
    g_autoptr(GArray) kept = store_kept_list(call->data_dir);
    if (n == 0 || kept->len == 0) {
        return g_strdup_printf("%s erased for good.", people);
    }
    g_autofree char *backups = words_count(kept->len, "backup", "backups");
    return g_strdup_printf(
        "%s erased for good. In %s made before %s still kept until you delete %s.", people, backups,
        n == 1 ? "this person is" : "they are", kept->len == 1 ? "it" : "those");
}

/* Those deleted long enough, all deleted, or one person: for good and now. */
static bool write_erase(struct action_call *call, struct book *book, json_t **result_out,
                        GError **error)
{
    int n = 0;
    int blobs = 0;
    if (call_has(call, "person")) {
        if (!erase_one(book, call_id(call, "person"), error)) {
            return false;
        }
        n = 1;
    } else if (call_bool(call, "all")) {
        if (!erase_all(book, &n, error)) {
            return false;
        }
    } else if (!person_erase_due(book, &n, error)) {
        return false;
    }
    if (!blob_sweep(book, &blobs, error)) {
        return false;
    }
    g_autofree char *message = erased_words(call, n);
    *result_out = json_pack("{s:i, s:i, s:s}", "people", n, "files", blobs, "message", message);
    return true;
}

bool store_erase(struct action_call *call, json_t **result_out, GError **error)
{
    if (!act_write(call, write_erase, result_out, error)) {
        return false;
    }
    return json_integer_value(json_object_get(*result_out, "people")) == 0 ||
           db_erase_vacuum(call->db, error);
}
