/* What the address-book tables (Google, Outlook, Thunderbird) share: columns that become one fact
 * each, postal addresses in parts, several values in one cell. */
#ifndef LIGATURE_IMPORT_BOOK_H
#define LIGATURE_IMPORT_BOOK_H

#include "import/table.h"

/* One column, one fact. */
struct book_column {
    const char *column;
    enum fact_kind kind;
    const char *label; /* NULL: none */
};

/* Reads each column that is there. Ends with column == NULL. Values that are nobody's (a filler, an
 * Exchange name) are left out through book_is_filler. */
void book_facts(struct table *table, const struct book_column *columns);
/* A postal address whose columns are `prefix` + the usual words ("Business Street", "Home ZipCode"
 * ...). */
void book_address(struct table *table, const char *prefix, const char *label);
/* Constant fillers that programs write into every row ("Unspecified", "Normal", "False", "0/0/00"),
 * and Exchange names. */
bool book_is_filler(const char *cell);
/* A telephone or mail value, several parted by " ::: ", " ; " or line breaks: one fact each. */
void book_values(struct table *table, enum fact_kind kind, const char *cell, const char *label);
/* Sends the draft, or refuses a row that says nothing of anybody. */
bool book_send(struct table *table, GError **error);

#endif
