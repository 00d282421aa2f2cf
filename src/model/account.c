/* Rules of accounts; their statements are in account_db.c. */
#include "model/account_part.h"

#include "base/fold.h"
#include "model/fact_source.h"
#include "model/person.h"
#include "model/session.h"

#include <string.h>

#define KEEP_CLOSED (30 * US_PER_DAY)

/* Lower case; NULL when it is no name: 1 to 64 of a-z 0-9 . _ - @ + */
static char *name_folded(const char *name)
{
    size_t len = name == NULL ? 0 : strlen(name);
    if (len == 0 || len > 64) {
        return NULL;
    }
    g_autofree char *folded = g_ascii_strdown(name, -1);
    for (const char *at = folded; *at != '\0'; at++) {
        if (!g_ascii_isalnum(*at) && strchr("._-@+", *at) == NULL) {
            return NULL;
        }
    }
    return g_steal_pointer(&folded);
}

static bool refuse_unknown(GError **error)
{
    return refuse(error, "account.not_found", "There is no such account.");
}

/* The account's own person and the source of its edits. A display name that only repeats the sign-in name stands in
 * for a name: what an import knows of the owner counts before it. */
static bool create_self(struct db_tx *tx, struct env *env, const struct account *account,
                        GError **error)
{
    struct book book = BOOK(tx, env, account->account_id);
    book.has_changed = true;
    struct fact name = {.kind = FACT_NAME, .op = FACT_ADD, .value = account->display_name};
    struct fact stand_in = {
        .kind = FACT_OTHER_NAME, .op = FACT_ADD, .value = account->name, .label = "sign-in"};
    bool is_named = strcmp(account->display_name, account->name) != 0;
    int64_t source_id;
    return fact_source_you(&book, &source_id, error) &&
           person_create(&book, account->self_person_id, true, error) &&
           person_edit(&book, account->self_person_id, is_named ? &name : &stand_in, 1, NULL, error);
}

bool account_create(struct db_tx *tx, struct env *env, const struct account_new *wanted,
                    int64_t *account_id_out, GError **error)
{
    g_autofree char *name = name_folded(wanted->name);
    if (name == NULL) {
        return refuse(error, "account.name_invalid",
                      "A sign-in name has 1 to 64 letters, digits or any of . _ - @ +.");
    }
    g_autofree char *shown = text_clean(wanted->display_name == NULL ? name : wanted->display_name);
    bool is_taken;
    if (!account_name_taken(tx, name, &is_taken, error)) {
        return false;
    }
    if (is_taken) {
        return refuse(error, "account.name_taken", "There is an account named “%s” already.", name);
    }
    struct account account = {
        .account_id = id_next(&env->ids),
        .name = name,
        .display_name = shown[0] == '\0' ? name : shown,
        .password = wanted->password_hash,
        .is_admin = wanted->is_admin,
        .self_person_id = id_next(&env->ids),
        .created_at = clock_now(&env->clock),
        .closed_at = AT_NONE,
    };
    *account_id_out = account.account_id;
    return account_save(tx, &account, error) && create_self(tx, env, &account, error);
}

bool account_find(struct db_tx *tx, const char *name, GStringChunk *text,
                  struct account *account_out, GError **error)
{
    g_autofree char *folded = name_folded(name);
    bool is_found = false;
    if (folded != NULL && !account_by_name(tx, folded, text, account_out, &is_found, error)) {
        return false;
    }
    return is_found || refuse_unknown(error);
}

bool account_load(struct db_tx *tx, int64_t account_id, GStringChunk *text,
                  struct account *account_out, GError **error)
{
    bool is_found;
    if (!account_by_id(tx, account_id, text, account_out, &is_found, error)) {
        return false;
    }
    return is_found || refuse_unknown(error);
}

bool account_set_display_name(struct db_tx *tx, int64_t account_id, const char *display_name,
                              GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    struct account account;
    g_autofree char *shown = text_clean(display_name);
    if (shown[0] == '\0' || g_utf8_strlen(shown, -1) > 100) {
        return refuse(error, "account.display_name_invalid", "A name has 1 to 100 letters.");
    }
    if (!account_load(tx, account_id, text, &account, error)) {
        return false;
    }
    account.display_name = shown;
    return account_save(tx, &account, error);
}

bool account_set_password(struct db_tx *tx, int64_t account_id, const char *password_hash,
                          GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    struct account account;
    if (!account_load(tx, account_id, text, &account, error)) {
        return false;
    }
    account.password = password_hash;
    return account_save(tx, &account, error);
}

bool account_set_admin(struct db_tx *tx, int64_t account_id, bool is_admin, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    struct account account;
    if (!account_load(tx, account_id, text, &account, error)) {
        return false;
    }
    account.is_admin = is_admin;
    return account_save(tx, &account, error);
}

bool account_close(struct db_tx *tx, struct env *env, int64_t account_id, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    struct account account;
    if (!account_load(tx, account_id, text, &account, error)) {
        return false;
    }
    if (account.closed_at != AT_NONE) {
        return refuse(error, "account.closed_before", "This account is closed already.");
    }
    account.closed_at = clock_now(&env->clock);
    return account_save(tx, &account, error) && session_end_all(tx, account_id, NULL, error) &&
           account_revoke_tokens(tx, account_id, account.closed_at, error);
}

bool account_reopen(struct db_tx *tx, int64_t account_id, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    struct account account;
    if (!account_load(tx, account_id, text, &account, error)) {
        return false;
    }
    account.closed_at = AT_NONE;
    return account_save(tx, &account, error);
}

bool account_erase_due(struct db_tx *tx, struct env *env, int *n_out, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) accounts = g_array_new(FALSE, FALSE, sizeof(struct account));
    *n_out = 0;
    if (!account_list(tx, text, accounts, error)) {
        return false;
    }
    int64_t limit = clock_now(&env->clock) - KEEP_CLOSED;
    for (guint i = 0; i < accounts->len; i++) {
        const struct account *account = &g_array_index(accounts, struct account, i);
        if (account->closed_at == AT_NONE || account->closed_at > limit) {
            continue;
        }
        if (!account_erase(tx, account->account_id, error)) {
            return false;
        }
        ++*n_out;
    }
    return true;
}
