/* Parts of the store feature: leaving with everything, coming back, being sure. */
#ifndef LIGATURE_FEATURE_STORE_PARTS_H
#define LIGATURE_FEATURE_STORE_PARTS_H

#include "action/act.h"
#include "codec/vcard_write.h"
#include "page/feature.h"

/* ---- people in foreign forms ---- */

/* One person as a card: what facts say, and every line that was kept from a card of theirs. */
bool store_card(struct book *book, struct vcard_writer *writer, int64_t person_id, GError **error);
/* Everyone (ids NULL), or some, in one of "vcard3", "vcard4", "csv". Appends to out; *n_out says how many. */
bool store_people(struct book *book, const char *format, const GArray *ids, GString *out, int *n_out, GError **error);

/* ---- backups ---- */

/* What a backup promises of one account; the drill finds it again. Strings owned. */
struct store_promise { char *account; int64_t n_people; int64_t n_bytes; char digest[65]; };
void store_promise_clear(struct store_promise *promise);

/* Digest and size of each account's export, as it is in db now. Appends struct store_promise. */
bool store_promises(struct db *db, struct env *env, GArray *promises_out, GError **error);

struct store_sealed {           /* a backup file, read or to be written */
    json_t *head;               /* owned: {"ligature": version, "made_at", "engine", "accounts": [...], "is_encrypted"} */
    char *path;                 /* owned: the payload on disk, in a scratch folder; NULL until opened */
};
void store_sealed_clear(struct store_sealed *sealed);
/* Writes head and payload to path; passphrase NULL: not encrypted. The file appears whole or not at all. */
bool store_seal(const char *path, json_t *head, const char *payload, const char *passphrase, GError **error);
/* Reads head and, when payload_to is given, the payload into that file; every byte is checked either way. */
bool store_unseal(const char *path, const char *passphrase, const char *payload_to, struct store_sealed *sealed_out,
                  GError **error);

/* A scratch folder beside the store; removed with store_scratch_remove. New string. */
char *store_scratch(const char *data_dir, GError **error);
void store_scratch_remove(const char *folder);

action_fn store_export;
action_fn store_load;
action_fn store_backup_create;
action_fn store_backup_verify;
action_fn store_backup_restore;
action_fn store_backup_drill;
action_fn store_verify;
action_fn store_erase;
void store_print_text(const json_t *result, FILE *out, const struct env *env);
void store_print_verify(const json_t *result, FILE *out, const struct env *env);
void store_print_drill(const json_t *result, FILE *out, const struct env *env);

#endif
