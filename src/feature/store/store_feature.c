/* The store feature: leave with everything, come back, and be sure of what is there. */
#include "feature/store/store_parts.h"

#include "base/error.h"
#include "model/account.h"
#include "model/blob.h"

static const char *const formats[] = {"json", "vcard3", "vcard4", "csv", NULL};

static const struct param export_params[] = {
    {.name = "format",
     .type = PARAM_CHOICE,
     .choices = formats,
     .help = "json (everything), vcard3, vcard4 or csv (people)",
     .fallback = "json"},
    {.name = "to",
     .type = PARAM_TEXT,
     .help = "write to this file instead of the terminal",
     .placeholder = "FILE",
     .max = 4000},
    {.name = "id",
     .type = PARAM_ID,
     .flags = PARAM_REPEATED,
     .help = "only these people (vcard3, vcard4, csv)"},
    {0}};
static const struct field export_fields[] = {
    {"format", FIELD_TEXT, "as asked", NULL, false},
    {"people", FIELD_INT, "how many people are in it", NULL, false},
    {"bytes", FIELD_INT, "how long it is", NULL, false},
    {"to", FIELD_TEXT, "the file", NULL, true},
    {"text", FIELD_TEXT, "the export itself, when no file was named", NULL, true},
    {0}};
static const struct param load_params[] = {{.name = "file",
                                            .type = PARAM_FILE,
                                            .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
                                            .help = "what `export --format json` wrote"},
                                           {0}};
static const struct field load_fields[] = {
    {"people", FIELD_INT, "how many people came in", NULL, false}, {0}};

#define BACKUP_PARAMS                                                                              \
    {.name = "file",                                                                               \
     .type = PARAM_TEXT,                                                                           \
     .flags = PARAM_REQUIRED | PARAM_POSITIONAL,                                                   \
     .help = "the backup",                                                                         \
     .placeholder = "FILE",                                                                        \
     .max = 4000},                                                                                 \
        {.name = "passphrase",                                                                     \
         .type = PARAM_SECRET,                                                                     \
         .help = "encrypts it; without this passphrase nobody can read it"}

static const struct param backup_params[] = {BACKUP_PARAMS, {0}};
static const struct field account_fields[] = {
    {"account", FIELD_TEXT, "sign-in name", NULL, false},
    {"people", FIELD_INT, "how many people", NULL, false},
    {"rows", FIELD_INT, "how many rows", NULL, false},
    {"digest", FIELD_TEXT, "over what all its rows say", NULL, false},
    {"restored_people", FIELD_INT, "how many were restored", NULL, true},
    {"restored_rows", FIELD_INT, "how many rows were restored", NULL, true},
    {"restored_digest", FIELD_TEXT, "of what was restored", NULL, true},
    {"same", FIELD_BOOL, "both agree", NULL, true},
    {0}};
static const struct field backup_fields[] = {
    {"file", FIELD_TEXT, "the backup", NULL, false},
    {"made_at", FIELD_AT, "when it was made", NULL, false},
    {"bytes", FIELD_INT, "its size", NULL, true},
    {"is_encrypted", FIELD_BOOL, "needs the passphrase", NULL, true},
    {"sound", FIELD_BOOL, "every byte is as it was written", NULL, true},
    {"same", FIELD_BOOL, "the drill found no difference", NULL, true},
    {"accounts", FIELD_LIST, "what it holds", account_fields, false},
    {0}};

static const struct param keep_params[] = {
    {.name = "passphrase",
     .type = PARAM_SECRET,
     .help = "encrypts it; without this passphrase nobody can read it"},
    {0}};
static const struct param kept_params[] = {
    {.name = "name",
     .type = PARAM_TEXT,
     .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
     .help = "the backup, as the list names it",
     .placeholder = "NAME",
     .max = 200},
    {.name = "passphrase", .type = PARAM_SECRET, .help = "of an encrypted one"},
    {0}};
static const struct param drop_params[] = {{.name = "name",
                                            .type = PARAM_TEXT,
                                            .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
                                            .help = "the backup, as the list names it",
                                            .placeholder = "NAME",
                                            .max = 200},
                                           {0}};
static const struct field keep_fields[] = {
    {"name", FIELD_TEXT, "the backup's name", NULL, false},
    {"file", FIELD_TEXT, "its path", NULL, true},
    {"made_at", FIELD_AT, "when it was made", NULL, true},
    {"bytes", FIELD_INT, "its size", NULL, true},
    {"is_encrypted", FIELD_BOOL, "needs the passphrase", NULL, true},
    {"accounts", FIELD_LIST, "what it holds", account_fields, true},
    {"sound", FIELD_BOOL, "every byte is as it was written", NULL, true},
    {"message", FIELD_TEXT, "what was done", NULL, false},
    {0}};
static const struct field kept_fields[] = {
    {"name", FIELD_TEXT, "the backup's name", NULL, false},
    {"bytes", FIELD_INT, "its size", NULL, false},
    {"made_at", FIELD_AT, "when it was made", NULL, false},
    {"is_encrypted", FIELD_BOOL, "needs the passphrase", NULL, false},
    {0}};
static const struct field kept_list_fields[] = {
    {"backups", FIELD_LIST, "the newest first", kept_fields, false},
    {"total", FIELD_INT, "how many", NULL, false},
    {"next", FIELD_TEXT, "always null", NULL, true},
    {0}};

static const struct field finding_fields[] = {
    {"table", FIELD_TEXT, "where", NULL, false},
    {"key", FIELD_TEXT, "which row", NULL, true},
    {"column", FIELD_TEXT, "which column, if known", NULL, true},
    {"words", FIELD_TEXT, "what is wrong", NULL, false},
    {0}};
static const struct field verify_fields[] = {
    {"sound", FIELD_BOOL, "nothing was found", NULL, false},
    {"rows", FIELD_INT, "rows checked", NULL, false},
    {"files", FIELD_INT, "photos checked", NULL, false},
    {"people", FIELD_INT, "people made again and compared", NULL, false},
    {"findings", FIELD_LIST, "what is damaged", finding_fields, false},
    {"message", FIELD_TEXT, "the same in words", NULL, false},
    {0}};
static const struct param erase_params[] = {
    {.name = "person",
     .type = PARAM_ID,
     .help = "this deleted person, now (default: everyone deleted more than 30 days ago)"},
    {.name = "all", .type = PARAM_BOOL, .help = "everyone deleted, now"},
    {0}};
static const struct field erase_fields[] = {
    {"people", FIELD_INT, "people erased for good", NULL, false},
    {"files", FIELD_INT, "photos erased", NULL, false},
    {"message", FIELD_TEXT, "what was done", NULL, false},
    {0}};

static const struct action export_action = {
    .name = "export.write",
    .alias = "export",
    .summary = "Take everything along: JSON, vCards or a table",
    .who = WHO_ACCOUNT,
    .detail = "json holds the whole account and reads back into an empty one with the same ids "
              "(export load). vcard3 and vcard4 hold "
              "people with their photos and every property that came in. csv is for spreadsheets "
              "and safe against formulas.",
    .effect = EFFECT_READ,
    .params = export_params,
    .result = export_fields,
    .run = store_export,
    .print = store_print_text};
static const struct action load_action = {.name = "export.load",
                                          .summary = "Read a JSON export into an empty account",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_WRITE,
                                          .params = load_params,
                                          .result = load_fields,
                                          .run = store_load};
static const struct action create_action = {
    .name = "backup.create",
    .summary = "Write a backup of the whole store, while it serves",
    .detail = "Holds everybody who is in the store at this moment, also those deleted less than 30 "
              "days ago. Who is erased for good later stays in this backup until it is deleted.",
    .who = WHO_ADMIN,
    .effect = EFFECT_ADMIN,
    .is_long = true,
    .is_local = true,
    .params = backup_params,
    .result = backup_fields,
    .run = store_backup_create};
static const struct action check_action = {.name = "backup.verify",
                                           .summary = "Check every byte of a backup",
                                           .who = WHO_ADMIN,
                                           .effect = EFFECT_ADMIN,
                                           .is_long = true,
                                           .is_local = true,
                                           .params = backup_params,
                                           .result = backup_fields,
                                           .run = store_backup_verify};
static const struct action restore_action = {.name = "backup.restore",
                                             .summary =
                                                 "Restore a backup into an empty data folder",
                                             .who = WHO_ADMIN,
                                             .effect = EFFECT_ADMIN,
                                             .is_long = true,
                                             .is_local = true,
                                             .params = backup_params,
                                             .result = backup_fields,
                                             .run = store_backup_restore};
static const struct action drill_action = {
    .name = "backup.drill",
    .summary = "Restore a backup into a scratch folder, compare, and print the proof",
    .who = WHO_ADMIN,
    .effect = EFFECT_ADMIN,
    .is_long = true,
    .is_local = true,
    .params = backup_params,
    .result = backup_fields,
    .run = store_backup_drill,
    .print = store_print_drill};
static const struct action keep_action = {.name = "backup.keep",
                                          .summary = "Make a backup that stands in the data folder",
                                          .detail =
                                              "Holds everybody who is in the store at this moment. "
                                              "Who is erased for good later stays in this backup "
                                              "until it is deleted (`ligature backup drop`).",
                                          .who = WHO_ADMIN,
                                          .effect = EFFECT_ADMIN,
                                          .is_long = true,
                                          .params = keep_params,
                                          .result = keep_fields,
                                          .run = store_backup_keep};
static const struct action kept_action = {.name = "backup.list",
                                          .summary =
                                              "List the backups that stand in the data folder",
                                          .who = WHO_ADMIN,
                                          .effect = EFFECT_ADMIN,
                                          .result = kept_list_fields,
                                          .run = store_backup_list};
static const struct action check_kept_action = {
    .name = "backup.check",
    .summary = "Check every byte of a backup in the data folder",
    .who = WHO_ADMIN,
    .effect = EFFECT_ADMIN,
    .params = kept_params,
    .result = keep_fields,
    .run = store_backup_check};
static const struct action drop_action = {.name = "backup.drop",
                                          .summary = "Delete a backup in the data folder for good",
                                          .who = WHO_ADMIN,
                                          .effect = EFFECT_ADMIN,
                                          .params = drop_params,
                                          .result = keep_fields,
                                          .run = store_backup_drop};
static const struct action verify_action = {
    .name = "store.verify",
    .alias = "verify",
    .summary = "Check that everything is as it was written",
    .who = WHO_ACCOUNT,
    .detail = "Checks the engine's pages, the digest of every row and photo, and makes every "
              "person again from their facts. Names what "
              "is damaged; changes nothing.",
    .effect = EFFECT_READ,
    .is_long = true,
    .is_of_store = true,
    .result = verify_fields,
    .run = store_verify,
    .print = store_print_verify};
static const struct action erase_action = {
    .name = "store.erase",
    .summary = "Erase for good what was deleted",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_WRITE,
    .detail = "Rows, search index and the bytes in the file. Without a person: everyone deleted "
              "more than 30 days ago; this also runs "
              "every night. Backups made before still hold those who were erased, until the backups "
              "are deleted (`ligature backup list`, `backup drop`, and copies kept elsewhere).",
    .params = erase_params,
    .result = erase_fields,
    .run = store_erase};

static const struct action *const actions[] = {&export_action,
                                               &load_action,
                                               &create_action,
                                               &check_action,
                                               &restore_action,
                                               &drill_action,
                                               &keep_action,
                                               &kept_action,
                                               &check_kept_action,
                                               &drop_action,
                                               &verify_action,
                                               &erase_action,
                                               NULL};

struct nightly {
    struct env *env;
    int n;
};

static bool erase_everywhere(struct db_tx *tx, void *data, GError **error)
{
    struct nightly *nightly = data;
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) accounts = g_array_new(false, true, sizeof(struct account));
    nightly->n = 0;
    if (!account_list(tx, text, accounts, error) ||
        !account_erase_due(tx, nightly->env, &nightly->n, error)) {
        return false;
    }
    for (guint i = 0; i < accounts->len; i++) {
        struct book book =
            BOOK(tx, nightly->env, g_array_index(accounts, struct account, i).account_id);
        int n = 0;
        int blobs = 0;
        if (!person_erase_due(&book, &n, error) || (n > 0 && !blob_sweep(&book, &blobs, error))) {
            return false;
        }
        nightly->n += n;
    }
    return true;
}

static bool erase_nightly(struct env *env, struct db *db, const char *data_dir, GError **error)
{
    struct nightly nightly = {.env = env};
    return db_write(db, "erase", erase_everywhere, &nightly, error) &&
           (nightly.n == 0 || db_erase_vacuum(db, error));
}

static const struct feature_job jobs[] = {
    {"erase what was deleted 30 days ago", 24 * 60, erase_nightly}, {0}};

static const struct page_route pages[] = {
    {"/export/:file", PAGE_RAW, store_page_export},
    {"/backups", PAGE_ADMIN, store_page_backups},
    {"/backups/:name", PAGE_RAW | PAGE_ADMIN, store_page_backup},
    {0}};

const struct feature feature_store = {
    .name = "store", .actions = actions, .pages = pages, .jobs = jobs};
