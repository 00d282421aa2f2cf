/* Address-book tables. A column is read by its name; what no table entry names is kept under the
 * column's own name. */
#include "import/book.h"

#include <string.h>

bool book_is_filler(const char *cell)
{
    static const char *const fillers[] = {"Unspecified", "Normal", "False", "0/0/00",
                                          "00/00/00",    "SMTP",   "EX"};
    for (size_t i = 0; i < G_N_ELEMENTS(fillers); i++) {
        if (g_ascii_strcasecmp(cell, fillers[i]) == 0) {
            return true;
        }
    }
    return g_ascii_strncasecmp(cell, "/o=", 3) == 0;
}

void book_values(struct table *table, enum fact_kind kind, const char *cell, const char *label)
{
    const char *separator = strstr(cell, " ::: ") != NULL ? " ::: " : "\n";
    g_auto(GStrv) each = g_strsplit(cell, separator, 64);
    for (char **value = each; *value != NULL; value++) {
        if (!book_is_filler(g_strstrip(*value))) {
            draft_fact(&table->draft, kind, *value, label);
        }
    }
}

void book_facts(struct table *table, const struct book_column *columns)
{
    for (const struct book_column *c = columns; c->column != NULL; c++) {
        const char *cell = table_cell(table, c->column);
        if (*cell == '\0' || book_is_filler(cell)) {
            continue;
        }
        switch (c->kind) {
        case FACT_EMAIL:
        case FACT_PHONE: book_values(table, c->kind, cell, c->label); break;
        case FACT_BIRTHDAY:
        case FACT_ANNIVERSARY: draft_date(&table->draft, c->kind, cell, table->order); break;
        default: draft_fact(&table->draft, c->kind, cell, c->label);
        }
    }
}

/* The first of several spellings of one column that has something in this row; "" when none has. */
static const char *cell_of(struct table *table, const char *prefix, const char *const *spellings)
{
    const char *found = "";
    for (; *spellings != NULL; spellings++) {
        g_autofree char *column = g_strconcat(prefix, *spellings, NULL);
        const char *cell = table_cell(table, column);
        if (*found == '\0') {
            found = cell;
        }
    }
    return found;
}

void book_address(struct table *table, const char *prefix, const char *label)
{
    static const char *const box[] = {" Address PO Box", " PO Box", NULL};
    static const char *const street[] = {" Street", " Address", NULL};
    static const char *const more[] = {" Street 2", " Address 2", NULL};
    static const char *const third[] = {" Street 3", NULL};
    static const char *const city[] = {" City", NULL};
    static const char *const region[] = {" State", NULL};
    static const char *const code[] = {" Postal Code", " ZipCode", NULL};
    static const char *const country[] = {" Country/Region", " Country", NULL};
    g_autofree char *extended =
        g_strjoin(" ", cell_of(table, prefix, more), cell_of(table, prefix, third), NULL);
    const char *const part[FACT_PARTS] = {
        cell_of(table, prefix, box),    g_strstrip(extended),
        cell_of(table, prefix, street), cell_of(table, prefix, city),
        cell_of(table, prefix, region), cell_of(table, prefix, code),
        cell_of(table, prefix, country)};
    draft_parts(&table->draft, FACT_ADDRESS, NULL, label, part);
}

bool book_send(struct table *table, GError **error)
{
    if (!draft_has_person(&table->draft)) {
        return table_refuse(table, error,
                            "No name, no address, no number. There is nothing to keep.");
    }
    table_rest(table);
    return draft_send(&table->draft, table->sink, NULL, error);
}
