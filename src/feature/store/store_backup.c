/* backup.create, verify, restore, drill. A backup of a SQLite store is a consistent copy of it,
 * taken while it serves; of a PostgreSQL store the exports of its accounts. The drill restores into
 * a scratch folder and compares what is there with what was promised when the backup was made. */
#include "feature/store/store_parts.h"

#include "base/error.h"
#include "model/account.h"
#include "model/person_list.h"
#include "model/setting.h"
#include "model/store.h"

#include <glib/gstdio.h>

char *store_scratch(const char *data_dir, GError **error)
{
    char *folder = g_build_filename(data_dir, "scratch-XXXXXX", NULL);
    if (g_mkdtemp_full(folder, 0700) == NULL) {
        g_free(folder);
        bug(error, "backup.scratch", "A scratch folder could not be made in %s.", data_dir);
        return NULL;
    }
    return folder;
}

void store_scratch_remove(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name = NULL;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_unlink(path);
    }
    g_rmdir(folder);
}

const char *store_passphrase(const struct action_call *call)
{
    const char *text = call_text(call, "passphrase");
    return text != NULL && *text != '\0' ? text : NULL;
}

/* ---- payloads ---- */

/* What the copy of a SQLite store holds, read from the copy: so later writes cannot make a promise
 * false. */
static bool promises_of_copy(struct env *env, const char *payload, GArray *promises, GError **error)
{
    struct db *copy = store_open(payload, 1, error);
    bool is_well = copy != NULL && store_promises(copy, env, promises, error);
    db_close(copy);
    return is_well;
}

/* The store as one file, and what it promises. */
static bool write_payload(struct action_call *call, const char *path, GArray *promises,
                          GError **error)
{
    if (db_engine(call->db) == DB_SQLITE) {
        return db_copy_to(call->db, path, error) &&
               promises_of_copy(call->env, path, promises, error);
    }
    return store_dump(call->db, call->env, path, promises, error);
}

/* A SQLite backup goes into PostgreSQL by way of a dump. */
static bool fill_from_copy(struct db *db, struct env *env, const char *path, GError **error)
{
    g_autofree char *dump = g_strconcat(path, ".dump", NULL);
    struct db *copy = store_open(path, 1, error);
    bool is_well = copy != NULL && store_dump(copy, env, dump, NULL, error);
    db_close(copy);
    return is_well && store_fill(db, env, dump, error);
}

/* Puts a payload into a store that has nobody in it. */
static bool read_payload(struct db *db, struct env *env, const char *engine, const char *path,
                         GError **error)
{
    if (g_strcmp0(engine, "sqlite") != 0) {
        return store_fill(db, env, path, error);
    }
    return db_engine(db) == DB_SQLITE ? db_load_from(db, path, error)
                                      : fill_from_copy(db, env, path, error);
}

/* ---- the actions ---- */

static json_t *promises_json(const GArray *promises)
{
    json_t *list = json_array();
    for (guint i = 0; i < promises->len; i++) {
        const struct store_promise *one = &g_array_index(promises, struct store_promise, i);
        json_array_append_new(list, json_pack("{s:s, s:I, s:I, s:s}", "account", one->account,
                                              "people", (json_int_t)one->n_people, "rows",
                                              (json_int_t)one->n_rows, "digest", one->digest));
    }
    return list;
}

/* Remembered in the store, so that every page can say when the last backup was made. */
static bool note_backup(struct db_tx *tx, void *data, GError **error)
{
    return setting_save(tx, SETTING_STORE, "backup.last_at", data, error);
}

static bool create_in(struct action_call *call, const char *folder, const char *path,
                      json_t **result_out, GError **error)
{
    g_autofree char *payload = g_build_filename(folder, "payload", NULL);
    g_autoptr(GArray) promises = store_promises_new();
    char at[AT_TEXT];
    at_format(clock_now(&call->env->clock), at);
    if (!call_progress(call, 0, 3, "copying the store") ||
        !write_payload(call, payload, promises, error) ||
        !call_progress(call, 2, 3, "writing the backup")) {
        return (error != NULL && *error != NULL)
                   ? false
                   : refuse(error, "action.cancelled", "No backup was made.");
    }
    json_t *head = json_pack("{s:s, s:s, s:s, s:o}", "ligature", LIGATURE_VERSION, "made_at", at,
                             "engine", db_engine(call->db) == DB_SQLITE ? "sqlite" : "json",
                             "accounts", promises_json(promises));
    bool is_well = store_seal(path, head, payload, store_passphrase(call), error) &&
                   db_write(call->db, "backup.note", note_backup, at, error);
    if (is_well) {
        GStatBuf info;
        *result_out = json_pack("{s:s, s:I, s:O, s:O, s:O}", "file", path, "bytes",
                                (json_int_t)(g_stat(path, &info) == 0 ? info.st_size : 0),
                                "made_at", json_object_get(head, "made_at"), "is_encrypted",
                                json_object_get(head, "is_encrypted"), "accounts",
                                json_object_get(head, "accounts"));
    }
    json_decref(head);
    return is_well;
}

bool store_backup_to(struct action_call *call, const char *path, json_t **result_out,
                     GError **error)
{
    g_autofree char *folder = store_scratch(call->data_dir, error);
    if (folder == NULL) {
        return false;
    }
    bool is_well = create_in(call, folder, path, result_out, error);
    store_scratch_remove(folder);
    return is_well;
}

/* Runs work with a scratch folder that is gone afterwards. */
typedef bool scratch_fn(struct action_call *call, const char *folder, json_t **result_out,
                        GError **error);
static bool with_scratch(struct action_call *call, scratch_fn *fn, json_t **result_out,
                         GError **error)
{
    g_autofree char *folder = store_scratch(call->data_dir, error);
    if (folder == NULL) {
        return false;
    }
    bool is_well = fn(call, folder, result_out, error);
    store_scratch_remove(folder);
    return is_well;
}

bool store_backup_create(struct action_call *call, json_t **result_out, GError **error)
{
    return store_backup_to(call, call_text(call, "file"), result_out, error);
}

bool store_backup_verify(struct action_call *call, json_t **result_out, GError **error)
{
    struct store_sealed sealed;
    if (!store_unseal(call_text(call, "file"), store_passphrase(call), NULL, &sealed, error)) {
        return false;
    }
    *result_out = json_pack("{s:s, s:O, s:O, s:O, s:b}", "file", call_text(call, "file"), "made_at",
                            json_object_get(sealed.head, "made_at"), "is_encrypted",
                            json_object_get(sealed.head, "is_encrypted"), "accounts",
                            json_object_get(sealed.head, "accounts"), "sound", true);
    store_sealed_clear(&sealed);
    return true;
}

/* Nobody in any account, nor anybody deleted who could still come back: a restore loses nothing. */
static bool check_unused(struct db_tx *tx, void *data, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) accounts = g_array_new(false, true, sizeof(struct account));
    g_autoptr(GArray) deleted = g_array_new(false, false, sizeof(int64_t));
    struct person_filter gone = {.is_deleted = true};
    int64_t n_all = 0;
    if (!account_list(tx, text, accounts, error)) {
        return false;
    }
    for (guint i = 0; i < accounts->len; i++) {
        struct book book = BOOK(tx, data, g_array_index(accounts, struct account, i).account_id);
        int64_t n = 0;
        if (!person_count(&book, &n, error) || !person_list_ids(&book, &gone, deleted, error)) {
            return false;
        }
        n_all += n;
    }
    return n_all + deleted->len == 0 || refuse(error, "backup.not_empty",
                                               "There are people in this store. Restore into a new "
                                               "folder: ligature --data DIR backup "
                                               "restore FILE. Nothing was changed.");
}

static bool restore_in(struct action_call *call, const char *folder, json_t **result_out,
                       GError **error)
{
    g_autofree char *payload = g_build_filename(folder, "payload", NULL);
    struct store_sealed sealed;
    if (!store_unseal(call_text(call, "file"), store_passphrase(call), payload, &sealed, error)) {
        return false;
    }
    const char *engine = json_string_value(json_object_get(sealed.head, "engine"));
    bool is_well = read_payload(call->db, call->env, engine, payload, error);
    if (is_well) {
        *result_out = json_pack("{s:s, s:O, s:O}", "file", call_text(call, "file"), "made_at",
                                json_object_get(sealed.head, "made_at"), "accounts",
                                json_object_get(sealed.head, "accounts"));
    }
    store_sealed_clear(&sealed);
    return is_well;
}

bool store_backup_restore(struct action_call *call, json_t **result_out, GError **error)
{
    return db_read(call->db, "backup.unused", check_unused, call->env, error) &&
           with_scratch(call, restore_in, result_out, error);
}

/* Promise and finding side by side; false in *is_same_out when one differs or is missing. */
static json_t *compare(const json_t *promised, const GArray *found, bool *is_same_out)
{
    json_t *list = json_array();
    size_t index;
    json_t *one;
    *is_same_out = true;
    json_array_foreach((json_t *)promised, index, one)
    {
        const char *name = json_string_value(json_object_get(one, "account"));
        const struct store_promise *match = NULL;
        for (guint i = 0; i < found->len && match == NULL; i++) {
            const struct store_promise *candidate = &g_array_index(found, struct store_promise, i);
            match = g_strcmp0(candidate->account, name) == 0 ? candidate : NULL;
        }
        bool is_same =
            match != NULL &&
            g_strcmp0(match->digest, json_string_value(json_object_get(one, "digest"))) == 0;
        *is_same_out = *is_same_out && is_same;
        json_array_append_new(
            list, json_pack("{s:s, s:O, s:O, s:I, s:I, s:O, s:s, s:b}", "account", name, "people",
                            json_object_get(one, "people"), "rows", json_object_get(one, "rows"),
                            "restored_people", (json_int_t)(match != NULL ? match->n_people : 0),
                            "restored_rows", (json_int_t)(match != NULL ? match->n_rows : 0),
                            "digest", json_object_get(one, "digest"), "restored_digest",
                            match != NULL ? match->digest : "", "same", is_same));
    }
    return list;
}

static bool drill_in(struct action_call *call, const char *folder, json_t **result_out,
                     GError **error)
{
    g_autofree char *payload = g_build_filename(folder, "payload", NULL);
    g_autofree char *restored = g_build_filename(folder, "ligature.db", NULL);
    g_autoptr(GArray) found = store_promises_new();
    struct store_sealed sealed;
    call_progress(call, 0, 3, "unpacking the backup");
    if (!store_unseal(call_text(call, "file"), store_passphrase(call), payload, &sealed, error)) {
        return false;
    }
    call_progress(call, 1, 3, "restoring into a scratch folder");
    struct db *scratch = store_open(restored, 1, error);
    bool is_well =
        scratch != NULL &&
        read_payload(scratch, call->env, json_string_value(json_object_get(sealed.head, "engine")),
                     payload, error);
    call_progress(call, 2, 3, "comparing");
    is_well = is_well && store_promises(scratch, call->env, found, error);
    db_close(scratch);
    if (is_well) {
        bool is_same = false;
        json_t *accounts = compare(json_object_get(sealed.head, "accounts"), found, &is_same);
        *result_out = json_pack("{s:s, s:O, s:b, s:o}", "file", call_text(call, "file"), "made_at",
                                json_object_get(sealed.head, "made_at"), "same", is_same,
                                "accounts", accounts);
        is_well = is_same ||
                  refuse(error, "backup.differs",
                         "What was restored is not what was backed up. Keep the store and make a "
                         "new backup.");
    }
    store_sealed_clear(&sealed);
    return is_well;
}

bool store_backup_drill(struct action_call *call, json_t **result_out, GError **error)
{
    return with_scratch(call, drill_in, result_out, error);
}

void store_print_drill(const json_t *result, FILE *out, const struct env *env)
{
    size_t index;
    json_t *one;
    fprintf(out, "Backup of %s, restored into a scratch folder and compared:\n",
            json_string_value(json_object_get(result, "made_at")));
    json_array_foreach(json_object_get(result, "accounts"), index, one)
    {
        fprintf(out,
                "  %s: %" JSON_INTEGER_FORMAT " people, %" JSON_INTEGER_FORMAT
                " rows backed up, %" JSON_INTEGER_FORMAT " people, %" JSON_INTEGER_FORMAT
                " rows restored\n    written  %s\n    restored %s\n",
                json_string_value(json_object_get(one, "account")),
                json_integer_value(json_object_get(one, "people")),
                json_integer_value(json_object_get(one, "rows")),
                json_integer_value(json_object_get(one, "restored_people")),
                json_integer_value(json_object_get(one, "restored_rows")),
                json_string_value(json_object_get(one, "digest")),
                json_string_value(json_object_get(one, "restored_digest")));
    }
    fputs("Every row of every account is the same. This backup can be relied on.\n", out);
}
