/* Rows of a known kind of CSV, one after the other, for the sources that read tables. */
#ifndef LIGATURE_IMPORT_TABLE_H
#define LIGATURE_IMPORT_TABLE_H

#include "import/draft.h"

struct table {
    const struct source_member *member; /* borrowed */
    const struct csv_header *header;    /* borrowed */
    const struct csv_row *row;          /* the row at hand, borrowed */
    const char *file;                   /* member's name */
    bool *is_used; /* by column: some mapping has read it (table_rest keeps the others) */
    struct draft draft;
    struct record_sink *sink;
    const char *family;    /* of the records */
    enum when_order order; /* of day and month in this file, as far as its columns settle it */
    void *state;           /* the source's own */
};

/* One row has been read: fill table->draft and send it, or refuse the row. */
typedef bool table_row_fn(struct table *table, GError **error);

/* How a source reads its tables. */
struct table_plan {
    const char *family;
    const char *const *dated; /* columns whose cells settle the order of day and month;
                                 NULL-terminated; NULL: none */
    table_row_fn *each;
};

/* Reads the member's rows; rows that the CSV reader refuses go to the sink. state is the source's
 * own. */
bool table_read(const struct source_member *member, struct record_sink *sink,
                const struct table_plan *plan, void *state, GError **error);

/* Cell by header name; "" when there is no such column or cell. Marks the column as used. */
const char *table_cell(struct table *table, const char *name);
bool table_has(const struct table *table, const char *name);
/* Refuses the row at hand. */
bool table_refuse(struct table *table, GError **error, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* Begins the draft for the row at hand. */
void table_start(struct table *table, enum record_about about);
/* Every cell of a column that nothing has read becomes a FACT_CUSTOM under the column's name, so
 * that it comes back. */
void table_rest(struct table *table);

#endif
