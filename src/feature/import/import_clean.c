/* Files that wait for a decision do not wait for ever: an address book that nobody wanted is not to
 * lie about. What a crash left in the folder goes too. */
#include "feature/import/import.h"

#include "base/error.h"
#include "model/account.h"
#include "model/imports.h"

#include <glib/gstdio.h>
#include <string.h>

struct cleaning {
    struct env *env;
    int64_t import_id;
    bool is_to_go;
};

/* Whose the import is, is not in the folder's name. False in *found_out: nobody's. */
static bool find_row(struct book *book, int64_t import_id, GStringChunk *text,
                     struct import_row *row_out, bool *found_out, GError **error)
{
    g_autoptr(GArray) accounts = g_array_new(false, true, sizeof(struct account));
    *found_out = false;
    if (!account_list(book->tx, text, accounts, error)) {
        return false;
    }
    for (guint i = 0; i < accounts->len && !*found_out; i++) {
        g_autoptr(GError) trouble = NULL;
        *book = BOOK(book->tx, book->env, g_array_index(accounts, struct account, i).account_id);
        *found_out = imports_load(book, import_id, text, row_out, &trouble);
        if (!*found_out && !error_has_code(trouble, "import.not_found")) {
            g_propagate_error(error, g_steal_pointer(&trouble));
            return false;
        }
    }
    return true;
}

/* A file goes when its time is over, or when its import does not wait any more. */
static bool leave(struct db_tx *tx, void *data, GError **error)
{
    struct cleaning *cleaning = data;
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    struct book book = BOOK(tx, cleaning->env, 0);
    struct import_row row;
    bool is_found;
    if (!find_row(&book, cleaning->import_id, text, &row, &is_found, error)) {
        return false;
    }
    bool is_waiting = is_found && strcmp(row.state, "previewed") == 0;
    int64_t until = is_found ? row.created_at + IMPORT_KEPT_DAYS * US_PER_DAY : 0;
    cleaning->is_to_go = !is_waiting || clock_now(&cleaning->env->clock) > until;
    if (!is_waiting || !cleaning->is_to_go) {
        return true;
    }
    row.state = "cancelled";
    return imports_save(&book, &row, error);
}

/* A folder that the work on one upload left behind; one that is in use is younger. */
static void drop_scratch(const char *folder)
{
    GStatBuf info;
    if (g_stat(folder, &info) != 0 || g_get_real_time() / G_USEC_PER_SEC - info.st_mtime < 86400) {
        return;
    }
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_unlink(path);
    }
    g_rmdir(folder);
}

bool import_clean_kept(struct env *env, struct db *db, const char *data_dir, GError **error)
{
    g_autofree char *folders = g_build_filename(data_dir, "imports", NULL);
    g_autoptr(GDir) dir = g_dir_open(folders, 0, NULL);
    const char *name;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        struct cleaning cleaning = {.env = env};
        if (!id_parse(name, &cleaning.import_id)) {
            g_autofree char *folder = g_build_filename(folders, name, NULL);
            drop_scratch(folder);
            continue;
        }
        if (!db_write(db, "import clean", leave, &cleaning, error)) {
            return false;
        }
        if (cleaning.is_to_go) {
            import_drop_file(data_dir, cleaning.import_id);
        }
    }
    return true;
}
