/* The engine of every import: reads a bundle through its sources, finds out who each record is
 * about, and either says what would change (plan_preview) or does it (plan_apply), both by the same
 * code.
 *
 * Who a record is about, in this order:
 *   1. the same record as before (family and record key);
 *   2. an exact identifier (UID, profile address, e-mail, NPI, phone, ORCID) of exactly one person
 * whose name is compatible;
 *   3. what the person decided in the preview;
 *   4. nobody known: a new person. A person of the same name and organisation, or one whose
 * identifier agrees and whose name does not, is proposed beside it, never joined.
 *
 * All or nothing: one bundle is one transaction. read = added + updated + unchanged + refused,
 * always. */
#ifndef LIGATURE_IMPORT_PLAN_H
#define LIGATURE_IMPORT_PLAN_H

#include "base/progress.h"
#include "import/source.h"
#include "model/json.h"

struct plan_options {
    struct env *env; /* all borrowed */
    struct db *db;
    int64_t account_id;
    struct progress *progress; /* NULL: nobody watches */
    json_t *mapping;           /* column mapping of other CSVs, NULL: as proposed */
    json_t *decisions; /* {"<family>|<record key>": "two" | person id in base 32}, NULL: none */
    int64_t import_id; /* a previewed import to apply; 0: a new one */
};

struct plan_counts {
    int64_t read, added, updated, unchanged, refused;
};

struct plan_result {
    int64_t import_id;
    char *source; /* owned: name of the source, "vcard"; several: "files" */
    char *label;  /* owned: the file's name */
    struct plan_counts counts;
    json_t *report; /* owned: see plan_report.c */
};
void plan_result_clear(struct plan_result *result);

/* Reads path (a file or folder) known to people as name. Preview writes only the import row. Errors
 * name the file; codes import.*, archive.*, csv.*, file.*, action.cancelled; then nothing was
 * changed. */
bool plan_preview(const struct plan_options *options, const char *path, const char *name,
                  struct plan_result *result_out, GError **error);
bool plan_apply(const struct plan_options *options, const char *path, const char *name,
                struct plan_result *result_out, GError **error);

/* For the page that maps columns: {"columns": [{"name","field","why","samples"}...]} of the first
 * table that no program is known for; *columns_out is NULL (and true is returned) when there is
 * none. New reference. */
bool plan_columns(const char *path, const char *name, json_t **columns_out, GError **error);

#endif
