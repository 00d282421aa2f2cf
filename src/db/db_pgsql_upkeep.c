/* Checking and emptying a PostgreSQL store, each on a connection of its own. Copies are the
 * business of pg_dump and of the server's own backups. */
#include "db/db_pgsql.h"

#include "base/error.h"

#include <string.h>

bool pgsql_copy_to(struct db *db, const char *path, GError **error)
{
    return refuse(
        error, "store.engine",
        "A store in PostgreSQL is not copied to a file (%s). Use pg_dump, or Ligature's own export.",
        path);
}

/* Each row's only column becomes a finding after prefix. */
static bool findings_of(PGconn *pg, const char *sql, const char *prefix, GPtrArray *findings,
                        GError **error)
{
    PGresult *result = PQexec(pg, sql);
    bool is_ok = PQresultStatus(result) == PGRES_TUPLES_OK;
    for (int i = 0; i < PQntuples(result); i++) {
        g_ptr_array_add(findings, g_strconcat(prefix, PQgetvalue(result, i, 0), NULL));
    }
    if (!is_ok) {
        bug(error, "store.failed", "Checking the database failed (%s).",
            PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
    }
    PQclear(result);
    return is_ok;
}

/* Calls each(pg, quoted name) for the tables of the store. */
static bool tables_each(PGconn *pg,
                        void (*each)(PGconn *pg, const char *table, GPtrArray *findings),
                        GPtrArray *findings, GError **error)
{
    g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func(g_free);
    if (!findings_of(
            pg,
            "SELECT c.oid::regclass::text FROM pg_class c WHERE c.relkind IN ('r', 'p') AND "
            "c.relnamespace = current_schema()::regnamespace ORDER BY 1",
            "", tables, error)) {
        return false;
    }
    for (guint i = 0; i < tables->len; i++) {
        each(pg, tables->pdata[i], findings);
    }
    return true;
}

/* Reads every byte of the table, which also checks page checksums where the cluster has them. */
static void table_read(PGconn *pg, const char *table, GPtrArray *findings)
{
    g_autofree char *statement =
        g_strconcat("SELECT sum(length(t::text)) FROM ", table, " t", NULL);
    PGresult *result = PQexec(pg, statement);
    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        g_ptr_array_add(
            findings,
            g_strdup_printf("%s: %s", table, PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY)));
    }
    PQclear(result);
}

/* amcheck is used where the administrator has installed it. */
static bool indexes_check(PGconn *pg, GPtrArray *findings, GError **error)
{
    g_autoptr(GPtrArray) there = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) indexes = g_ptr_array_new_with_free_func(g_free);
    if (!findings_of(pg, "SELECT extname FROM pg_extension WHERE extname = 'amcheck'", "", there,
                     error) ||
        !findings_of(
            pg,
            "SELECT i.indexrelid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
            "JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'btree' AND i.indisvalid AND "
            "c.relnamespace = current_schema()::regnamespace ORDER BY 1",
            "", indexes, error)) {
        return false;
    }
    for (guint i = 0; i < (there->len > 0 ? indexes->len : 0); i++) {
        const char *const values[] = {indexes->pdata[i]};
        PGresult *result = PQexecParams(pg, "SELECT bt_index_check($1::regclass, true)", 1, NULL,
                                        values, NULL, NULL, 0);
        if (PQresultStatus(result) != PGRES_TUPLES_OK) {
            g_ptr_array_add(findings,
                            g_strdup_printf("%s: %s", values[0],
                                            PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY)));
        }
        PQclear(result);
    }
    return true;
}

bool pgsql_check(struct db *db, GPtrArray *findings, GError **error)
{
    PGconn *pg = pgsql_connect((struct pgsql_db *)db, error);
    if (pg == NULL) {
        return false;
    }
    bool is_ok =
        tables_each(pg, table_read, findings, error) &&
        findings_of(
            pg,
            "SELECT i.indexrelid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
            "WHERE NOT (i.indisvalid AND i.indisready) AND "
            "c.relnamespace = current_schema()::regnamespace",
            "not usable: ", findings, error) &&
        findings_of(pg,
                    "SELECT conname FROM pg_constraint WHERE NOT convalidated AND "
                    "connamespace = current_schema()::regnamespace",
                    "not validated: ", findings, error) &&
        indexes_check(pg, findings, error);
    PQfinish(pg);
    return is_ok;
}

/* FULL writes the table anew: plain VACUUM frees dead rows but leaves their bytes in the page. */
static void table_vacuum(PGconn *pg, const char *table, GPtrArray *findings)
{
    g_autofree char *statement = g_strconcat("VACUUM (FULL, ANALYZE) ", table, NULL);
    PGresult *result = PQexec(pg, statement);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        g_ptr_array_add(
            findings,
            g_strdup_printf("%s: %s", table, PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY)));
    }
    PQclear(result);
}

bool pgsql_erase_vacuum(struct db *db, GError **error)
{
    PGconn *pg = pgsql_connect((struct pgsql_db *)db, error);
    if (pg == NULL) {
        return false;
    }
    g_autoptr(GPtrArray) failures = g_ptr_array_new_with_free_func(g_free);
    bool is_ok = tables_each(pg, table_vacuum, failures, error);
    if (is_ok && failures->len > 0) {
        is_ok = bug(error, "store.failed", "A table could not be written anew: %s.",
                    (char *)failures->pdata[0]);
    }
    PQfinish(pg);
    return is_ok;
}
