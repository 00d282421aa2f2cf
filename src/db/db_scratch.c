/* Stores for tests. */
#include "db/db_scratch.h"

#include <glib/gstdio.h>
#include <libpq-fe.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

static void ignore_notice(void *data, const char *message)
{
}

static void admin_run(const char *sql)
{
    PGconn *pg = PQconnectdb(g_getenv("LIGATURE_TEST_PG"));
    PQsetNoticeProcessor(pg, ignore_notice, NULL);
    PGresult *result = PQexec(pg, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        g_error("%s: %s", sql, PQerrorMessage(pg));
    }
    PQclear(result);
    PQfinish(pg);
}

static void schema_new(struct db_scratch *scratch)
{
    static atomic_int n_made;
    const char *base = g_getenv("LIGATURE_TEST_PG");
    scratch->schema = g_strdup_printf("t_%d_%d", (int)getpid(), atomic_fetch_add(&n_made, 1));
    scratch->url = g_strdup_printf("%s%coptions=-csearch_path%%3D%s", base,
                                   strchr(base, '?') != NULL ? '&' : '?', scratch->schema);
    g_autofree char *drop = g_strdup_printf("DROP SCHEMA IF EXISTS %s CASCADE", scratch->schema);
    g_autofree char *create = g_strdup_printf("CREATE SCHEMA %s", scratch->schema);
    admin_run(drop);
    admin_run(create);
}

bool db_scratch_has(enum db_engine engine)
{
    const char *base = g_getenv("LIGATURE_TEST_PG");
    return engine == DB_SQLITE || (engine == DB_PGSQL && base != NULL && *base != '\0');
}

void db_scratch_new(struct db_scratch *scratch, enum db_engine engine)
{
    *scratch = (struct db_scratch){0};
    if (!db_scratch_has(engine)) {
        g_error("this engine is not there to be tested with");
    }
    if (engine == DB_PGSQL) {
        schema_new(scratch);
        return;
    }
    GError *problem = NULL;
    scratch->folder = g_dir_make_tmp("ligature-XXXXXX", &problem);
    if (scratch->folder == NULL) {
        g_error("%s", problem->message);
    }
    scratch->url = g_build_filename(scratch->folder, "store", NULL);
}

static void folder_remove(const char *folder)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    const char *name = NULL;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_remove(path);
    }
    if (dir != NULL) {
        g_dir_close(dir);
    }
    g_rmdir(folder);
}

void db_scratch_clear(struct db_scratch *scratch)
{
    if (scratch->schema != NULL) {
        g_autofree char *drop = g_strdup_printf("DROP SCHEMA %s CASCADE", scratch->schema);
        admin_run(drop);
    }
    if (scratch->folder != NULL) {
        folder_remove(scratch->folder);
    }
    g_free(scratch->url);
    g_free(scratch->folder);
    g_free(scratch->schema);
    *scratch = (struct db_scratch){0};
}
