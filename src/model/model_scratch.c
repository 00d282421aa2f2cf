/* A store with one account, for tests. */
#include "model/model_scratch.h"

#include "model/account.h"
#include "model/store.h"

#define NOON INT64_C(1784624400000000) /* 2026-07-21 09:00 UTC */

/* The account "me". */
static bool make_account(struct db_tx *tx, void *data, GError **error)
{
    struct model_scratch *scratch = data;
    struct account_new wanted = {.name = "me", .display_name = "Dr. Farah Siddiqui"};
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    struct account account;
    if (!account_create(tx, &scratch->env, &wanted, &scratch->account_id, error) ||
        !account_load(tx, scratch->account_id, text, &account, error)) {
        return false;
    }
    scratch->self_person_id = account.self_person_id;
    return true;
}

void model_scratch_new(struct model_scratch *scratch, enum db_engine engine)
{
    g_autoptr(GError) error = NULL;
    *scratch =
        (struct model_scratch){.env.clock = {.fixed_at = NOON, .zone = g_time_zone_new_utc()}};
    scratch->env.ids = (struct id_source){.clock = &scratch->env.clock, .seed = 7};
    db_scratch_new(&scratch->scratch, engine);
    scratch->db = store_open(scratch->scratch.url, 2, &error);
    if (scratch->db == NULL || !db_write(scratch->db, "account", make_account, scratch, &error)) {
        g_error("a store for tests cannot be made: %s", error->message);
    }
}

void model_scratch_clear(struct model_scratch *scratch)
{
    db_close(scratch->db);
    db_scratch_clear(&scratch->scratch);
    clock_clear(&scratch->env.clock);
}

void model_scratch_wait(struct model_scratch *scratch, int days)
{
    scratch->env.clock.fixed_at += days * US_PER_DAY;
}

void model_scratch_story(db_fn *body)
{
    static const enum db_engine engines[] = {DB_SQLITE, DB_PGSQL};
    for (size_t i = 0; i < G_N_ELEMENTS(engines); i++) {
        if (!db_scratch_has(engines[i])) {
            continue;
        }
        struct model_scratch scratch;
        g_autoptr(GError) error = NULL;
        model_scratch_new(&scratch, engines[i]);
        bool is_done = db_write(scratch.db, "story", body, &scratch, &error);
        model_scratch_clear(&scratch);
        if (!is_done) {
            g_error("%s: %s", engines[i] == DB_SQLITE ? "SQLite" : "PostgreSQL", error->message);
        }
    }
}
