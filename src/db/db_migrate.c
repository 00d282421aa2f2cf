/* Bringing the schema up to date. The table schema_version remembers each migration and the digest
 * of its text; what was once run may never change. Each migration is one write transaction, so a
 * crash leaves the store at a whole version. Two programs that start together are kept apart by the
 * write lock (SQLite) or the table's lock (PostgreSQL): the recorded version is read again inside
 * each transaction. */
#include "db/db.h"

#include "base/digest.h"
#include "base/error.h"
#include "db/db_driver.h"

#include <string.h>

DB_QUERY2(
    version_table_exists,
    "SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'",
    "SELECT count(*) AS n FROM pg_catalog.pg_class WHERE oid = to_regclass('schema_version')");
DB_QUERY(versions_load, "SELECT version, digest FROM schema_version ORDER BY version");
DB_QUERY(
    version_add,
    "INSERT INTO schema_version (version, summary, digest, applied_at) VALUES ($1, $2, $3, $4)");

static const char version_table[] = "CREATE TABLE IF NOT EXISTS schema_version ("
                                    "version INTEGER NOT NULL PRIMARY KEY, summary TEXT NOT NULL, "
                                    "digest TEXT NOT NULL, applied_at BIGINT NOT NULL)";

struct upgrade {
    const struct db_migration *list;
    int n;
    int recorded; /* migrations found in the store */
};

static const char *text_of(const struct db_migration *migration, enum db_engine engine)
{
    return engine == DB_SQLITE ? migration->sqlite : migration->pgsql;
}

static void digest_of(const struct db_migration *migration, enum db_engine engine,
                      char out[static DIGEST_TEXT])
{
    const char *text = text_of(migration, engine);
    uint8_t digest[DIGEST_LEN];
    digest_bytes(text, strlen(text), digest);
    digest_format(digest, out);
}

/* Where the statement that begins at text ends: at its ';', or at the end of all. Quotes and
 * comments are stepped over. */
static const char *statement_end(const char *text)
{
    const char *at = text;
    while (*at != '\0' && *at != ';') {
        const char *end = NULL;
        if (*at == '\'' || *at == '"') {
            end = strchr(at + 1, *at);
        } else if (at[0] == '-' && at[1] == '-') {
            end = strchr(at, '\n');
        } else if (at[0] == '/' && at[1] == '*') {
            end = strstr(at + 2, "*/");
            end = end != NULL ? end + 1 : NULL;
        } else {
            end = at;
        }
        if (end == NULL) {
            return at + strlen(at);
        }
        at = end + 1;
    }
    return at;
}

/* True when nothing but blanks and comments stands between text and end. */
static bool is_blank(const char *text, const char *end)
{
    while (text < end) {
        if (g_ascii_isspace(*text)) {
            text++;
        } else if (text[0] == '-' && text[1] == '-') {
            const char *line = memchr(text, '\n', (size_t)(end - text));
            text = line != NULL ? line + 1 : end;
        } else if (text[0] == '/' && text[1] == '*') {
            const char *close = strstr(text + 2, "*/");
            text = close != NULL && close < end ? close + 2 : end;
        } else {
            return false;
        }
    }
    return true;
}

static bool run_all(struct db_tx *tx, const struct db_migration *migration, GError **error)
{
    for (const char *at = text_of(migration, tx->db->engine); *at != '\0';) {
        const char *end = statement_end(at);
        if (!is_blank(at, end)) {
            g_autofree char *statement = g_strndup(at, (gsize)(end - at));
            if (!tx->driver->run(tx, statement, error)) {
                g_prefix_error(error, "Migration %d (%s): ", migration->version,
                               migration->summary);
                return false;
            }
        }
        at = *end == ';' ? end + 1 : end;
    }
    return true;
}

/* Compares what the store records with the list of this program. */
static bool compare(struct db_tx *tx, struct upgrade *upgrade, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(tx, &versions_load, error);
    if (rows == NULL) {
        return false;
    }
    upgrade->recorded = 0;
    int more = 0;
    while ((more = db_rows_next(rows, error)) > 0) {
        int64_t version = db_int(rows, "version");
        if (upgrade->recorded == upgrade->n) {
            return refuse(
                error, "store.newer",
                "The store is of a newer Ligature (version %d of its tables; this program knows %d). "
                "Use the newer program.",
                (int)version, upgrade->n);
        }
        const struct db_migration *known = &upgrade->list[upgrade->recorded];
        char digest[DIGEST_TEXT];
        digest_of(known, tx->db->engine, digest);
        if (version != known->version || g_strcmp0(digest, db_text(rows, "digest")) != 0) {
            return refuse(
                error, "store.changed",
                "Version %d of the store's tables was made by another text than this program's. "
                "Use the program that made it, or restore a backup.",
                (int)version);
        }
        upgrade->recorded++;
    }
    return more == 0;
}

static bool look(struct db_tx *tx, void *data, GError **error)
{
    struct upgrade *upgrade = data;
    upgrade->recorded = 0;
    g_autoptr(db_rows) rows = DB_SELECT(tx, &version_table_exists, error);
    if (rows == NULL || db_rows_next(rows, error) < 0) {
        return false;
    }
    return db_int(rows, "n") == 0 || compare(tx, upgrade, error);
}

static bool table_make(struct db_tx *tx, void *data, GError **error)
{
    /* PostgreSQL's IF NOT EXISTS does not see a table that another is just making. */
    if (tx->db->engine == DB_PGSQL &&
        !tx->driver->run(tx, "SELECT pg_advisory_xact_lock(1279870785)", error)) {
        return false;
    }
    return tx->driver->run(tx, version_table, error);
}

/* Runs the next migration that is missing, if there is one. */
static bool step(struct db_tx *tx, void *data, GError **error)
{
    struct upgrade *upgrade = data;
    /* On PostgreSQL the lock comes before the first look, so that the snapshot is younger than the
     * other's commit. */
    if (tx->db->engine == DB_PGSQL &&
        !tx->driver->run(tx, "LOCK TABLE schema_version IN EXCLUSIVE MODE", error)) {
        return false;
    }
    if (!compare(tx, upgrade, error)) {
        return false;
    }
    if (upgrade->recorded == upgrade->n) {
        return true;
    }
    const struct db_migration *next = &upgrade->list[upgrade->recorded];
    char digest[DIGEST_TEXT];
    digest_of(next, tx->db->engine, digest);
    return run_all(tx, next, error) &&
           DB_EXEC(tx, &version_add, error, DB_INT(next->version), DB_TEXT(next->summary),
                   DB_TEXT(digest), DB_INT(g_get_real_time()));
}

bool db_migrate(struct db *db, const struct db_migration *list, int n, GError **error)
{
    struct upgrade upgrade = {.list = list, .n = n};
    for (int i = 1; i < n; i++) {
        if (list[i].version <= list[i - 1].version) {
            return bug(error, "store.changed", "Migration %d stands out of order.",
                       list[i].version);
        }
    }
    if (!db_read(db, "schema_look", look, &upgrade, error)) {
        return false;
    }
    if (upgrade.recorded == n && n > 0) {
        return true;
    }
    if (!db_write(db, "schema_table", table_make, NULL, error)) {
        return false;
    }
    for (int i = upgrade.recorded; i < n; i++) {
        if (!db_write(db, "schema_step", step, &upgrade, error)) {
            return false;
        }
    }
    return true;
}
