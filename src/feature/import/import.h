/* Parts of the import feature. */
#ifndef LIGATURE_FEATURE_IMPORT_H
#define LIGATURE_FEATURE_IMPORT_H

#include "import/plan.h"
#include "page/feature.h"

action_fn import_preview;
action_fn import_apply;
action_fn import_list;
action_fn import_show;
action_fn import_undo;
action_fn import_decide;
action_fn import_discard;

page_fn import_page;
page_fn import_one_page;
page_fn import_refused_file;

void import_print(const json_t *result, FILE *out, const struct env *env);

/* Where the uploaded file of a preview waits. New string; NULL when there is none (or no such
 * folder). */
char *import_kept_file(const char *data_dir, int64_t import_id);
bool import_keep_file(const char *data_dir, int64_t import_id, const struct call_file *file,
                      GError **error);
/* An upload lies under a name of the program's own; sources look at names too. *path_out is the
 * same file under its own name, for import_unname_file; NULL where it has that already. */
bool import_name_file(const char *data_dir, const struct call_file *file, char **path_out,
                      GError **error);
void import_unname_file(char *path);
void import_drop_file(const char *data_dir, int64_t import_id);

/* A file waits this long for a decision, then it goes, and its import is left. */
#define IMPORT_KEPT_DAYS 30
/* The upkeep job that sees to it, and to what a crash left behind. */
bool import_clean_kept(struct env *env, struct db *db, const char *data_dir, GError **error);

#endif
