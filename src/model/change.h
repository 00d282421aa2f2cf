/* What can be taken back beyond imports and merges: edits, deletes, bulk edits. A log gathers,
 * while the work is done, what would take it back; change_finish writes it as one row; change_undo
 * does it.
 *
 *     auto_change_log log = CHANGE_LOG(book);
 *     for (...) if (!person_delete(book, id, &log, error)) return false;
 *     if (!change_finish(book, &log, "2 people deleted", error)) return false;
 *     ... the face offers change_undo(log.change_id)
 *
 * Functions that take a log accept NULL: then nothing can be undone by a change row. */
#ifndef LIGATURE_MODEL_CHANGE_H
#define LIGATURE_MODEL_CHANGE_H

#include "model/book.h"

struct change_log {
    int64_t change_id; /* known from the start: rows deleted carry it */
    json_t *reverse;   /* owned array of small objects {"undo": "...", ...} */
};
#define CHANGE_LOG(book) \
    ((struct change_log){.change_id = book_new_id(book), .reverse = json_array()})
/* When change_finish is not reached (an early return on failure): frees what was gathered. For
 * __attribute__((cleanup(change_log_clear))); clearing twice is harmless. */
void change_log_clear(struct change_log *log);
#define auto_change_log __attribute__((cleanup(change_log_clear))) struct change_log

struct change {
    int64_t change_id;
    const char *summary;
    int64_t created_at;
    int64_t undone_at; /* AT_NONE: in force */
};

/* Appends one reverse step (steals it). log NULL: only frees it. For nouns. */
void change_add(struct change_log *log, json_t *reverse);
/* Writes the row unless nothing was logged. Clears the log's array; change_id stays. */
bool change_finish(struct book *book, struct change_log *log, const char *summary, GError **error);
/* Takes it back. Refuses change.not_found, change.undone_before. */
bool change_undo(struct book *book, int64_t change_id, GError **error);
/* Newest first. */
bool change_list(struct book *book, int limit, GStringChunk *text, GArray *changes_out,
                 GError **error);

#endif
