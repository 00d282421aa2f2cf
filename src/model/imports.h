/* Imports: one bringing-in of files, from looking to undoing. */
#ifndef LIGATURE_MODEL_IMPORTS_H
#define LIGATURE_MODEL_IMPORTS_H

#include "model/book.h"

struct import_row {
    int64_t import_id;
    const char *kind;  /* import source: linkedin, vcard ... */
    const char *label; /* file names */
    const char *file_digest;
    const char *state; /* previewed, running, applied, failed, cancelled, undone */
    int64_t n_read, n_added, n_updated, n_unchanged, n_refused;
    const char *report; /* JSON */
    int64_t created_at, applied_at, undone_at;
};

/* import_id 0: a new id. created_at is set here. */
bool imports_add(struct book *book, const struct import_row *row, int64_t *import_id_out,
                 GError **error);
/* Writes state, counts, report, applied_at, undone_at, label of row->import_id. Refuses
 * imports.counts_differ when an applied row's counts do not add up (ours). */
bool imports_save(struct book *book, const struct import_row *row, GError **error);
bool imports_load(struct book *book, int64_t import_id, GStringChunk *text,
                  struct import_row *row_out, GError **error);
/* The newest applied import of the same bytes; *found_out. */
bool imports_find(struct book *book, const char *file_digest, GStringChunk *text,
                  struct import_row *row_out, bool *found_out, GError **error);
/* Newest first. limit 0: 100. */
bool imports_list(struct book *book, int limit, GStringChunk *text, GArray *rows_out,
                  GError **error);

struct import_undone {
    int64_t n_removed, n_changed, n_touches;
};
/* Takes exactly that import back: its fact sets, touches, relations and pairs go; people only it
 * made go with it unless you have edited them or logged something with them; others are folded
 * again. Refuses import.not_found, import.undone_before, import.not_applied. */
bool imports_undo(struct book *book, int64_t import_id, struct import_undone *undone_out,
                  GError **error);
/* A crash left it "running": marks it failed. For the start of the program. */
bool imports_sweep(struct db_tx *tx, struct env *env, int64_t account_id, GError **error);

#endif
