/* Parts of the store feature: leaving with everything, coming back, being sure. */
#ifndef LIGATURE_FEATURE_STORE_PARTS_H
#define LIGATURE_FEATURE_STORE_PARTS_H

#include "action/act.h"
#include "codec/vcard_write.h"
#include "page/feature.h"

/* ---- people in foreign forms ---- */

/* One person as a card: what facts say, and every line that was kept from a card of theirs. */
bool store_card(struct book *book, struct vcard_writer *writer, int64_t person_id, GError **error);
/* Everyone (ids NULL), or some, in one of "vcard3", "vcard4", "csv". Appends to out; *n_out says
 * how many. */
bool store_people(struct book *book, const char *format, const GArray *ids, GString *out,
                  int *n_out, GError **error);

/* ---- backups ---- */

/* What a backup promises of one account; the drill finds it again. The digest is over what all rows
 * say: it depends neither on the time, nor on the engine, nor on the account's number. Strings
 * owned. */
struct store_promise {
    char *account;
    int64_t n_people;
    int64_t n_rows;
    char digest[65];
};
void store_promise_clear(struct store_promise *promise);

/* An array of struct store_promise that clears them; then filled with one for each account. */
GArray *store_promises_new(void);
bool store_promises(struct db *db, struct env *env, GArray *promises_out, GError **error);
bool store_promises_in(struct db_tx *tx, struct env *env, GArray *promises_out, GError **error);

/* All accounts into one file that store_fill reads back on any engine. promises_out (may be NULL)
 * is of the same moment. */
bool store_dump(struct db *db, struct env *env, const char *path, GArray *promises_out,
                GError **error);
/* Into a store with nobody in it; accounts that the dump does not have are erased. Refuses
 * backup.damaged. */
bool store_fill(struct db *db, struct env *env, const char *path, GError **error);

struct store_sealed { /* a backup file, read or to be written */
    json_t *head;     /* owned: {"ligature": version, "made_at", "engine", "accounts": [...],
                         "is_encrypted"} */
    char *path;       /* owned: the payload on disk, in a scratch folder; NULL until opened */
};
void store_sealed_clear(struct store_sealed *sealed);
/* Writes head and payload to path; passphrase NULL: not encrypted. The file appears whole or not at
 * all. */
bool store_seal(const char *path, json_t *head, const char *payload, const char *passphrase,
                GError **error);
/* Reads head and, when payload_to is given, the payload into that file; every byte is checked
 * either way. */
bool store_unseal(const char *path, const char *passphrase, const char *payload_to,
                  struct store_sealed *sealed_out, GError **error);

/* Backups that stand in the data folder, made by backup.keep. */
struct store_kept {
    char *name;
    int64_t bytes;
    json_t *head;
}; /* all owned */
/* The newest first; files that are no backups are passed over. An array that clears itself. */
GArray *store_kept_list(const char *data_dir);
/* Path of the kept backup called name. NULL: backup.not_found. New string. */
char *store_kept_path(const char *data_dir, const char *name, GError **error);
/* What was given as the passphrase; NULL: none, also for an empty field. */
const char *store_passphrase(const struct action_call *call);
/* Writes a backup to path: what backup.create and backup.keep do. */
bool store_backup_to(struct action_call *call, const char *path, json_t **result_out,
                     GError **error);
/* Only the head, unchecked. NULL: not a backup. New reference. */
json_t *store_head(const char *path);

/* A scratch folder beside the store; removed with store_scratch_remove. New string. */
char *store_scratch(const char *data_dir, GError **error);
void store_scratch_remove(const char *folder);

action_fn store_export;
action_fn store_load;
action_fn store_backup_create;
action_fn store_backup_verify;
action_fn store_backup_restore;
action_fn store_backup_drill;
action_fn store_backup_keep;
action_fn store_backup_list;
action_fn store_backup_check;
action_fn store_backup_drop;
action_fn store_verify;
action_fn store_erase;
void store_print_text(const json_t *result, FILE *out, const struct env *env);
void store_print_verify(const json_t *result, FILE *out, const struct env *env);
void store_print_drill(const json_t *result, FILE *out, const struct env *env);

/* ---- pages ---- */

/* The export in a format, and how many people it holds. */
bool store_export_text(struct book *book, const char *format, const GArray *ids, GString *out,
                       int64_t *n_out, GError **error);
page_fn store_page_export;  /* /export/:file, a download */
page_fn store_page_backups; /* /backups */
page_fn store_page_backup;  /* /backups/:name, a download */

#endif
