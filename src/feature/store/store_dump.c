/* A store of several accounts as one file that any engine can read back: for each account a line of
 * JSON about it, then its export. Backups of a PostgreSQL store are this; so is the way of a SQLite
 * backup into PostgreSQL. */
#include "feature/store/store_parts.h"

#include "base/error.h"
#include "model/account.h"
#include "model/export.h"

#include <errno.h>
#include <string.h>

/* ---- writing ---- */

static bool dump_one(struct db_tx *tx, struct env *env, const struct account *account, FILE *to,
                     GError **error)
{
    struct book book = BOOK(tx, env, account->account_id);
    char *bytes = NULL;
    size_t len = 0;
    FILE *memory = open_memstream(&bytes, &len);
    bool is_well = (memory != NULL ||
                    bug(error, "backup.memory", "There is not enough memory for the backup.")) &&
                   export_account(&book, memory, error);
    if (memory != NULL) {
        fclose(memory);
    }
    if (is_well) {
        json_t *head =
            json_pack("{s:s, s:s, s:o, s:b, s:b, s:I}", "name", account->name, "display_name",
                      account->display_name, "password", json_text(account->password), "is_admin",
                      account->is_admin, "is_closed", account->closed_at != AT_NONE, "bytes",
                      (json_int_t)len);
        is_well = (json_dumpf(head, to, JSON_COMPACT) == 0 && fputc('\n', to) != EOF &&
                   fwrite(bytes, 1, len, to) == len) ||
                  bug(error, "backup.not_written", "The backup could not be written: %s.",
                      g_strerror(errno));
        json_decref(head);
    }
    free(bytes);
    return is_well;
}

struct dump {
    struct env *env;
    const char *path;
    GArray *promises;
};

static bool dump_accounts(struct db_tx *tx, void *data, GError **error)
{
    struct dump *dump = data;
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) accounts = g_array_new(false, true, sizeof(struct account));
    if ((dump->promises != NULL && !store_promises_in(tx, dump->env, dump->promises, error)) ||
        !account_list(tx, text, accounts, error)) {
        return false;
    }
    FILE *to = fopen(dump->path, "wbe");
    if (to == NULL) {
        return bug(error, "backup.scratch", "%s cannot be written: %s.", dump->path,
                   g_strerror(errno));
    }
    bool is_well = true;
    for (guint i = 0; i < accounts->len && is_well; i++) {
        is_well = dump_one(tx, dump->env, &g_array_index(accounts, struct account, i), to, error);
    }
    bool is_closed = fclose(to) == 0;
    return is_well && (is_closed || bug(error, "backup.not_written",
                                        "The backup could not be written: %s.", g_strerror(errno)));
}

bool store_dump(struct db *db, struct env *env, const char *path, GArray *promises_out,
                GError **error)
{
    struct dump dump = {.env = env, .path = path, .promises = promises_out};
    return db_read(db, "backup.dump", dump_accounts, &dump, error);
}

/* ---- reading back ---- */

struct filling {
    struct env *env;
    const char *at;
    const char *end;
};

static bool refuse_damaged(GError **error)
{
    return refuse(error, "backup.damaged", "The accounts in this backup cannot be told apart.");
}

/* The line about the next account, and where its export begins. NULL and *error; at the end NULL
 * alone. */
static json_t *next_head(struct filling *filling, size_t *len_out, GError **error)
{
    size_t left = (size_t)(filling->end - filling->at);
    const char *stop = left > 0 ? memchr(filling->at, '\n', left) : NULL;
    if (left == 0) {
        return NULL;
    }
    json_t *head = stop != NULL ? json_loadb(filling->at, (size_t)(stop - filling->at),
                                             JSON_REJECT_DUPLICATES, NULL)
                                : NULL;
    json_int_t len = json_integer_value(json_object_get(head, "bytes"));
    if (json_string_value(json_object_get(head, "name")) == NULL || len <= 0 ||
        len > filling->end - stop - 1) {
        json_decref(head);
        refuse_damaged(error);
        return NULL;
    }
    filling->at = stop + 1;
    *len_out = (size_t)len;
    return head;
}

/* The account a head tells of: as it stands there, or made. */
static bool settle(struct db_tx *tx, struct env *env, const json_t *head, int64_t *account_id_out,
                   GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    g_autoptr(GError) missing = NULL;
    struct account known;
    struct account_new wanted = {
        .name = json_string_value(json_object_get(head, "name")),
        .display_name = json_string_value(json_object_get(head, "display_name")),
        .password_hash = json_string_value(json_object_get(head, "password")),
        .is_admin = json_is_true(json_object_get(head, "is_admin"))};
    if (account_find(tx, wanted.name, text, &known, &missing)) {
        *account_id_out = known.account_id;
        return account_set_password(tx, known.account_id, wanted.password_hash, error) &&
               account_set_admin(tx, known.account_id, wanted.is_admin, error);
    }
    if (!error_is_theirs(missing)) {
        g_propagate_error(error, g_steal_pointer(&missing));
        return false;
    }
    return account_create(tx, env, &wanted, account_id_out, error);
}

/* Accounts that were there before and are not in the backup: nobody is in them, the caller has made
 * sure. */
static bool drop_others(struct db_tx *tx, GHashTable *names, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    g_autoptr(GArray) accounts = g_array_new(false, true, sizeof(struct account));
    if (!account_list(tx, text, accounts, error)) {
        return false;
    }
    for (guint i = 0; i < accounts->len; i++) {
        const struct account *account = &g_array_index(accounts, struct account, i);
        if (!g_hash_table_contains(names, account->name) &&
            !account_erase(tx, account->account_id, error)) {
            return false;
        }
    }
    return true;
}

static bool fill_accounts(struct db_tx *tx, void *data, GError **error)
{
    struct filling filling = *(struct filling *)data;
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    bool is_well = true;
    while (is_well && filling.at < filling.end) {
        size_t len = 0;
        int64_t account_id = 0;
        json_t *head = next_head(&filling, &len, error);
        is_well = head != NULL && settle(tx, filling.env, head, &account_id, error);
        if (is_well) {
            struct book book = BOOK(tx, filling.env, account_id);
            is_well = export_read(&book, filling.at, len, error) &&
                      (!json_is_true(json_object_get(head, "is_closed")) ||
                       account_close(tx, filling.env, account_id, error));
            g_hash_table_add(names, g_strdup(json_string_value(json_object_get(head, "name"))));
            filling.at += len;
        }
        json_decref(head);
    }
    if (is_well && g_hash_table_size(names) == 0) {
        return refuse_damaged(error);
    }
    return is_well && drop_others(tx, names, error);
}

bool store_fill(struct db *db, struct env *env, const char *path, GError **error)
{
    g_autoptr(GMappedFile) file = g_mapped_file_new(path, false, NULL);
    if (file == NULL) {
        return bug(error, "backup.scratch", "The unpacked backup cannot be read.");
    }
    const char *at = g_mapped_file_get_contents(file);
    struct filling filling = {.env = env, .at = at, .end = at + g_mapped_file_get_length(file)};
    return db_write(db, "backup.restore", fill_accounts, &filling, error);
}
