/* backup.create, verify, restore, drill. A backup of a SQLite store is a consistent copy of it, taken while it serves; of a
 * PostgreSQL store the exports of its accounts. The drill restores into a scratch folder and compares what is there with what was
 * promised when the backup was made. */
#include "feature/store/store_parts.h"

#include "base/error.h"
#include "model/account.h"
#include "model/export.h"
#include "model/store.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

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

/* ---- PostgreSQL: accounts as exports, each "<name>\n<display name>\n<length>\n<bytes>" ---- */

struct dump { struct env *env; FILE *to; };

static bool dump_accounts(struct db_tx *tx, void *data, GError **error)
{
    struct dump *dump = data;
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) accounts = g_array_new(false, true, sizeof(struct account));
    bool is_well = account_list(tx, text, accounts, error);
    for (guint i = 0; i < accounts->len && is_well; i++) {
        const struct account *account = &g_array_index(accounts, struct account, i);
        struct book book = BOOK(tx, dump->env, account->account_id);
        char *bytes = NULL;
        size_t len = 0;
        FILE *memory = open_memstream(&bytes, &len);
        is_well = memory != NULL && export_account(&book, memory, error);
        if (memory != NULL) {
            fclose(memory);
        }
        if (is_well) {
            fprintf(dump->to, "%s\n%s\n%zu\n", account->name, account->display_name, len);
            is_well = fwrite(bytes, 1, len, dump->to) == len || bug(error, "backup.not_written", "The disk is full.");
        }
        free(bytes);
    }
    return is_well;
}

/* The store as one file. */
static bool write_payload(struct action_call *call, const char *path, GError **error)
{
    if (db_engine(call->db) == DB_SQLITE) {
        return db_copy_to(call->db, path, error);
    }
    struct dump dump = {.env = call->env, .to = fopen(path, "wbe")};
    bool is_well = dump.to != NULL && db_read(call->db, "backup.dump", dump_accounts, &dump, error);
    if (dump.to != NULL) {
        fclose(dump.to);
    }
    return is_well;
}

struct filling { struct env *env; const char *at; const char *end; };

/* A line of the dump; NULL at the end. */
static char *next_line(struct filling *filling)
{
    const char *stop = filling->at < filling->end ? memchr(filling->at, '\n', (size_t)(filling->end - filling->at)) : NULL;
    if (stop == NULL) {
        return NULL;
    }
    char *line = g_strndup(filling->at, (gsize)(stop - filling->at));
    filling->at = stop + 1;
    return line;
}

static bool fill_accounts(struct db_tx *tx, void *data, GError **error)
{
    struct filling filling = *(struct filling *)data;
    for (;;) {
        g_autofree char *name = next_line(&filling);
        g_autofree char *display = next_line(&filling);
        g_autofree char *length = next_line(&filling);
        if (name == NULL) {
            return true;
        }
        guint64 len = 0;
        if (length == NULL || !g_ascii_string_to_unsigned(length, 10, 0, (guint64)(filling.end - filling.at), &len, NULL)) {
            return refuse(error, "backup.damaged", "The accounts in this backup cannot be told apart.");
        }
        g_autoptr(GStringChunk) text = g_string_chunk_new(256);
        struct account known;
        struct account_new wanted = {.name = name, .display_name = display, .is_admin = true};
        int64_t account_id = 0;
        if (account_find(tx, name, text, &known, NULL)) {
            account_id = known.account_id;
        } else if (!account_create(tx, filling.env, &wanted, &account_id, error)) {
            return false;
        }
        struct book book = BOOK(tx, filling.env, account_id);
        if (!export_read(&book, filling.at, (size_t)len, error)) {
            return false;
        }
        filling.at += len;
    }
}

/* Puts a payload into a store that has nobody in it. */
static bool read_payload(struct db *db, struct env *env, const char *engine, const char *path, GError **error)
{
    if (g_strcmp0(engine, "sqlite") == 0) {
        return db_load_from(db, path, error);
    }
    g_autoptr(GMappedFile) file = g_mapped_file_new(path, false, NULL);
    if (file == NULL) {
        return bug(error, "backup.scratch", "The unpacked backup cannot be read.");
    }
    const char *at = g_mapped_file_get_contents(file);
    struct filling filling = {.env = env, .at = at, .end = at + g_mapped_file_get_length(file)};
    return db_write(db, "backup.restore", fill_accounts, &filling, error);
}

/* ---- the actions ---- */

static json_t *promises_json(const GArray *promises)
{
    json_t *list = json_array();
    for (guint i = 0; i < promises->len; i++) {
        const struct store_promise *one = &g_array_index(promises, struct store_promise, i);
        json_array_append_new(list, json_pack("{s:s, s:I, s:I, s:s}", "account", one->account, "people",
                                              (json_int_t)one->n_people, "bytes", (json_int_t)one->n_bytes, "digest",
                                              one->digest));
    }
    return list;
}

/* What the payload holds, read from the payload itself where it is a store; so later writes cannot make a promise false. */
static bool promises_of_payload(struct action_call *call, const char *payload, GArray *promises, GError **error)
{
    if (db_engine(call->db) != DB_SQLITE) {
        return store_promises(call->db, call->env, promises, error);
    }
    struct db *copy = store_open(payload, 1, error);
    bool is_well = copy != NULL && store_promises(copy, call->env, promises, error);
    db_close(copy);
    return is_well;
}

static bool create_in(struct action_call *call, const char *folder, json_t **result_out, GError **error)
{
    g_autofree char *payload = g_build_filename(folder, "payload", NULL);
    g_autoptr(GArray) promises = g_array_new(false, true, sizeof(struct store_promise));
    const char *path = call_text(call, "file");
    call_progress(call, 0, 3, "copying the store");
    if (!write_payload(call, payload, error) || !promises_of_payload(call, payload, promises, error)) {
        return false;
    }
    call_progress(call, 2, 3, "writing the backup");
    json_t *head = json_pack("{s:s, s:o, s:s, s:o}", "ligature", LIGATURE_VERSION, "made_at",
                             json_at(clock_now(&call->env->clock)), "engine",
                             db_engine(call->db) == DB_SQLITE ? "sqlite" : "json", "accounts", promises_json(promises));
    bool is_well = store_seal(path, head, payload, call_text(call, "passphrase"), error);
    if (is_well) {
        GStatBuf info;
        *result_out = json_pack("{s:s, s:I, s:O, s:O, s:O}", "file", path, "bytes",
                                (json_int_t)(g_stat(path, &info) == 0 ? info.st_size : 0), "made_at",
                                json_object_get(head, "made_at"), "is_encrypted", json_object_get(head, "is_encrypted"),
                                "accounts", json_object_get(head, "accounts"));
    }
    json_decref(head);
    return is_well;
}

/* Runs work with a scratch folder that is gone afterwards. */
typedef bool scratch_fn(struct action_call *call, const char *folder, json_t **result_out, GError **error);
static bool with_scratch(struct action_call *call, scratch_fn *fn, json_t **result_out, GError **error)
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
    return with_scratch(call, create_in, result_out, error);
}

bool store_backup_verify(struct action_call *call, json_t **result_out, GError **error)
{
    struct store_sealed sealed;
    if (!store_unseal(call_text(call, "file"), call_text(call, "passphrase"), NULL, &sealed, error)) {
        return false;
    }
    *result_out = json_pack("{s:s, s:O, s:O, s:O, s:b}", "file", call_text(call, "file"), "made_at",
                            json_object_get(sealed.head, "made_at"), "is_encrypted",
                            json_object_get(sealed.head, "is_encrypted"), "accounts",
                            json_object_get(sealed.head, "accounts"), "sound", true);
    store_sealed_clear(&sealed);
    return true;
}

/* Nobody in any account: a restore would lose nothing. */
static bool is_unused(struct action_call *call, GError **error)
{
    g_autoptr(GArray) promises = g_array_new(false, true, sizeof(struct store_promise));
    if (!store_promises(call->db, call->env, promises, error)) {
        return false;
    }
    for (guint i = 0; i < promises->len; i++) {
        if (g_array_index(promises, struct store_promise, i).n_people > 0) {
            return refuse(error, "backup.not_empty", "There are people in this folder. Restore into a new one: ligature --data DIR "
                          "backup restore FILE");
        }
    }
    return true;
}

static bool restore_in(struct action_call *call, const char *folder, json_t **result_out, GError **error)
{
    g_autofree char *payload = g_build_filename(folder, "payload", NULL);
    struct store_sealed sealed;
    if (!store_unseal(call_text(call, "file"), call_text(call, "passphrase"), payload, &sealed, error)) {
        return false;
    }
    const char *engine = json_string_value(json_object_get(sealed.head, "engine"));
    bool is_well = read_payload(call->db, call->env, engine, payload, error);
    if (is_well) {
        *result_out = json_pack("{s:s, s:O, s:O}", "file", call_text(call, "file"), "made_at",
                                json_object_get(sealed.head, "made_at"), "accounts", json_object_get(sealed.head, "accounts"));
    }
    store_sealed_clear(&sealed);
    return is_well;
}

bool store_backup_restore(struct action_call *call, json_t **result_out, GError **error)
{
    return is_unused(call, error) && with_scratch(call, restore_in, result_out, error);
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
            match = strcmp(candidate->account, name) == 0 ? candidate : NULL;
        }
        bool is_same = match != NULL && strcmp(match->digest, json_string_value(json_object_get(one, "digest"))) == 0;
        *is_same_out = *is_same_out && is_same;
        json_array_append_new(list, json_pack("{s:s, s:O, s:I, s:O, s:s, s:b}", "account", name, "people",
                                              json_object_get(one, "people"), "restored_people",
                                              (json_int_t)(match != NULL ? match->n_people : 0), "digest",
                                              json_object_get(one, "digest"), "restored_digest",
                                              match != NULL ? match->digest : "", "same", is_same));
    }
    return list;
}

static bool drill_in(struct action_call *call, const char *folder, json_t **result_out, GError **error)
{
    g_autofree char *payload = g_build_filename(folder, "payload", NULL);
    g_autofree char *restored = g_build_filename(folder, "ligature.db", NULL);
    g_autoptr(GArray) found = g_array_new(false, true, sizeof(struct store_promise));
    struct store_sealed sealed;
    call_progress(call, 0, 3, "unpacking the backup");
    if (!store_unseal(call_text(call, "file"), call_text(call, "passphrase"), payload, &sealed, error)) {
        return false;
    }
    call_progress(call, 1, 3, "restoring into a scratch folder");
    struct db *scratch = store_open(restored, 1, error);
    bool is_well = scratch != NULL &&
        read_payload(scratch, call->env, json_string_value(json_object_get(sealed.head, "engine")), payload, error);
    call_progress(call, 2, 3, "comparing");
    is_well = is_well && store_promises(scratch, call->env, found, error);
    db_close(scratch);
    if (is_well) {
        bool is_same = false;
        json_t *accounts = compare(json_object_get(sealed.head, "accounts"), found, &is_same);
        *result_out = json_pack("{s:s, s:O, s:b, s:o}", "file", call_text(call, "file"), "made_at",
                                json_object_get(sealed.head, "made_at"), "same", is_same, "accounts", accounts);
        is_well = is_same || refuse(error, "backup.differs", "What was restored is not what was backed up. Keep the store and make a "
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
        fprintf(out, "  %s: %" JSON_INTEGER_FORMAT " people backed up, %" JSON_INTEGER_FORMAT " restored\n    written  %s\n    restored %s\n",
                json_string_value(json_object_get(one, "account")), json_integer_value(json_object_get(one, "people")),
                json_integer_value(json_object_get(one, "restored_people")),
                json_string_value(json_object_get(one, "digest")), json_string_value(json_object_get(one, "restored_digest")));
    }
    fputs("Every byte of every account is the same. This backup can be relied on.\n", out);
}
