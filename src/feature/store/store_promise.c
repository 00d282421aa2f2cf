/* What a backup promises, so that a drill can prove it: for each account the number of people and
 * rows, and one digest over all rows. A row counts by what it says: without the account's number
 * and without its own digest, which both change when an account moves to another store; and in any
 * order, since engines sort text differently. So two accounts that say the same promise the same,
 * whenever and wherever they are asked. */
#include "feature/store/store_parts.h"

#include "base/error.h"
#include "model/account.h"
#include "model/export.h"

#include <sodium.h>
#include <string.h>

#define SUM_LEN 32

void store_promise_clear(struct store_promise *promise)
{
    g_clear_pointer(&promise->account, g_free);
}

/* The export as it streams by, line after line: a head, a line for each table's columns, a line for
 * each row. */
struct counting {
    GString *line;
    GString *table;  /* the columns line of the rows that follow */
    bool has_digest; /* their last cell is a digest */
    int64_t n_rows;
    uint8_t sum[SUM_LEN];
};

/* "[7,1,"x","5e…"]," → 1,"x" */
static void cut_row(const GString *line, bool has_digest, const char **start_out, size_t *len_out)
{
    const char *start = line->str + strcspn(line->str, ",");
    const char *end = line->str + line->len;
    while (end > start && strchr(",]}", end[-1]) != NULL) {
        end--;
    }
    if (has_digest) {
        const char *mark = g_strrstr_len(start, end - start, ",");
        end = mark != NULL ? mark : end;
    }
    *start_out = start;
    *len_out = (size_t)(end - start);
}

static void count_line(struct counting *counting)
{
    const GString *line = counting->line;
    if (line->str[0] == '[') {
        crypto_generichash_state state;
        uint8_t digest[SUM_LEN];
        const char *row;
        size_t len;
        cut_row(line, counting->has_digest, &row, &len);
        crypto_generichash_init(&state, NULL, 0, sizeof digest);
        crypto_generichash_update(&state, (const uint8_t *)counting->table->str,
                                  counting->table->len + 1);
        crypto_generichash_update(&state, (const uint8_t *)row, len);
        crypto_generichash_final(&state, digest, sizeof digest);
        sodium_add(counting->sum, digest, sizeof digest);
        counting->n_rows++;
    } else if (line->str[0] == '"') {
        const char *columns_end = strstr(line->str, "],\"rows\":[");
        g_string_truncate(counting->table, 0);
        g_string_append_len(counting->table, line->str,
                            columns_end != NULL ? columns_end - line->str : (gssize)line->len);
        counting->has_digest = g_str_has_suffix(counting->table->str, "\"digest\"");
    }
}

static ssize_t count_bytes(void *cookie, const char *bytes, size_t len)
{
    struct counting *counting = cookie;
    const char *at = bytes;
    const char *end = bytes + len;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        g_string_append_len(counting->line, at, (stop != NULL ? stop : end) - at);
        if (stop == NULL) {
            break;
        }
        count_line(counting);
        g_string_truncate(counting->line, 0);
        at = stop + 1;
    }
    return (ssize_t)len;
}

static bool promise_of(struct book *book, const struct account *account,
                       struct store_promise *promise, GError **error)
{
    struct counting counting = {.line = g_string_new(NULL), .table = g_string_new(NULL)};
    FILE *to = fopencookie(&counting, "w", (cookie_io_functions_t){.write = count_bytes});
    bool is_well =
        (to != NULL || bug(error, "backup.memory",
                           "There is not enough memory to check the account %s.", account->name)) &&
        export_account(book, to, error);
    if (to != NULL) {
        fclose(to);
    }
    *promise =
        (struct store_promise){.account = g_strdup(account->name), .n_rows = counting.n_rows};
    sodium_bin2hex(promise->digest, sizeof promise->digest, counting.sum, sizeof counting.sum);
    g_string_free(counting.line, true);
    g_string_free(counting.table, true);
    return is_well && person_count(book, &promise->n_people, error);
}

static void clear_promise(gpointer data)
{
    store_promise_clear(data);
}

GArray *store_promises_new(void)
{
    GArray *promises = g_array_new(false, true, sizeof(struct store_promise));
    g_array_set_clear_func(promises, clear_promise);
    return promises;
}

bool store_promises_in(struct db_tx *tx, struct env *env, GArray *promises_out, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) accounts = g_array_new(false, true, sizeof(struct account));
    g_array_set_size(promises_out, 0);
    if (!account_list(tx, text, accounts, error)) {
        return false;
    }
    for (guint i = 0; i < accounts->len; i++) {
        const struct account *account = &g_array_index(accounts, struct account, i);
        struct book book = BOOK(tx, env, account->account_id);
        struct store_promise promise = {0};
        if (!promise_of(&book, account, &promise, error)) {
            store_promise_clear(&promise);
            return false;
        }
        g_array_append_val(promises_out, promise);
    }
    return true;
}

struct promising {
    struct env *env;
    GArray *promises;
};

static bool read_all(struct db_tx *tx, void *data, GError **error)
{
    struct promising *promising = data;
    return store_promises_in(tx, promising->env, promising->promises, error);
}

bool store_promises(struct db *db, struct env *env, GArray *promises_out, GError **error)
{
    struct promising promising = {.env = env, .promises = promises_out};
    return db_read(db, "backup.promises", read_all, &promising, error);
}
