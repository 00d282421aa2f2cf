/* CSV as RFC 4180 has it, safe for spreadsheets when guards are on: a cell that would run as a formula is
 * made text. */
#include "codec/csv.h"

#include <string.h>

struct csv_writer {
    GString *out;               /* borrowed */
    struct csv_writer_options options;
    int n_cells;                /* written in this row */
};

struct csv_writer *csv_writer_new(GString *out, const struct csv_writer_options *options)
{
    struct csv_writer *writer = g_new0(struct csv_writer, 1);
    writer->out = out;
    if (options != NULL) {
        writer->options = *options;
    }
    if (writer->options.delimiter == '\0') {
        writer->options.delimiter = ',';
    }
    if (writer->options.has_bom) {
        g_string_append(out, "\xEF\xBB\xBF");
    }
    return writer;
}

void csv_writer_free(struct csv_writer *writer)
{
    g_free(writer);
}

/* First letters that make a spreadsheet take a cell for a formula (OWASP, CSV Injection). */
static bool is_formula(const char *text)
{
    return *text != '\0' && strchr("=+-@\t\r", *text) != NULL;
}

/* Any number of apostrophes and then a formula: one more goes before it, so that reading can take exactly one off. */
static bool needs_guard(const char *text)
{
    return is_formula(text + strspn(text, "'"));
}

void csv_writer_cell(struct csv_writer *writer, const char *text)
{
    GString *out = writer->out;
    if (writer->n_cells++ > 0) {
        g_string_append_c(out, writer->options.delimiter);
    }
    if (text == NULL || *text == '\0') {
        return;
    }
    bool has_guard = writer->options.has_guards && needs_guard(text);
    const char special[] = { writer->options.delimiter, '"', '\n', '\r', '\t', '\0' };
    size_t len = strlen(text);
    bool has_quotes = strpbrk(text, special) != NULL || *text == ' ' || text[len - 1] == ' ';
    if (has_quotes) {
        g_string_append_c(out, '"');
    }
    if (has_guard) {
        g_string_append_c(out, '\'');
    }
    for (const char *quote; (quote = strchr(text, '"')) != NULL; text = quote + 1) {
        g_string_append_len(out, text, quote + 1 - text);
        g_string_append_c(out, '"');
    }
    g_string_append(out, text);
    if (has_quotes) {
        g_string_append_c(out, '"');
    }
}

void csv_writer_end_row(struct csv_writer *writer)
{
    g_string_append(writer->out, "\r\n");
    writer->n_cells = 0;
}

void csv_writer_row(struct csv_writer *writer, int n, const char *const *cells)
{
    for (int i = 0; i < n; i++) {
        csv_writer_cell(writer, cells[i]);
    }
    csv_writer_end_row(writer);
}

const char *csv_unguarded(const char *cell)
{
    return *cell == '\'' && needs_guard(cell) ? cell + 1 : cell;
}
