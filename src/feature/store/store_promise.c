/* What a backup promises, so that a drill can prove it: for each account the number of people, and the digest of its whole
 * export. The export is canonical, so two stores that say the same give the same bytes. */
#include "feature/store/store_parts.h"

#include "base/error.h"
#include "model/account.h"
#include "model/export.h"

#include <sodium.h>
#include <string.h>

void store_promise_clear(struct store_promise *promise)
{
    g_clear_pointer(&promise->account, g_free);
}

struct counting { crypto_generichash_state sum; int64_t n; };

static ssize_t count_bytes(void *cookie, const char *bytes, size_t len)
{
    struct counting *counting = cookie;
    crypto_generichash_update(&counting->sum, (const uint8_t *)bytes, len);
    counting->n += (int64_t)len;
    return (ssize_t)len;
}

static bool promise_of(struct book *book, const struct account *account, struct store_promise *promise, GError **error)
{
    struct counting counting = {.n = 0};
    crypto_generichash_init(&counting.sum, NULL, 0, 32);
    FILE *to = fopencookie(&counting, "w", (cookie_io_functions_t){.write = count_bytes});
    if (to == NULL) {
        return bug(error, "backup.memory", "There is not enough memory to check the account %s.", account->name);
    }
    bool is_well = export_account(book, to, error);
    fclose(to);
    uint8_t digest[32];
    crypto_generichash_final(&counting.sum, digest, sizeof digest);
    *promise = (struct store_promise){.account = g_strdup(account->name), .n_bytes = counting.n};
    sodium_bin2hex(promise->digest, sizeof promise->digest, digest, sizeof digest);
    return is_well && person_count(book, &promise->n_people, error);
}

struct promising { struct env *env; GArray *promises; };

static bool read_all(struct db_tx *tx, void *data, GError **error)
{
    struct promising *promising = data;
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) accounts = g_array_new(false, true, sizeof(struct account));
    if (!account_list(tx, text, accounts, error)) {
        return false;
    }
    for (guint i = 0; i < accounts->len; i++) {
        const struct account *account = &g_array_index(accounts, struct account, i);
        struct book book = BOOK(tx, promising->env, account->account_id);
        struct store_promise promise = {0};
        if (!promise_of(&book, account, &promise, error)) {
            store_promise_clear(&promise);
            return false;
        }
        g_array_append_val(promising->promises, promise);
    }
    return true;
}

static void clear_promise(gpointer data)
{
    store_promise_clear(data);
}

bool store_promises(struct db *db, struct env *env, GArray *promises_out, GError **error)
{
    struct promising promising = {.env = env, .promises = promises_out};
    g_array_set_clear_func(promises_out, clear_promise);
    return db_read(db, "backup.promises", read_all, &promising, error);
}
