/* The loop that all CSV sources share: open, find the header by names, walk the rows, hand refusals
 * over, report progress. */
#include "import/table.h"

#include "base/error.h"
#include "base/fold.h"

#include <string.h>

/* A reader positioned after the header; NULL with *error. */
static struct csv_reader *open_rows(const struct source_member *member, GError **error)
{
    struct stream *stream = bundle_stream(member->bundle, member->index, error);
    if (stream == NULL) {
        return NULL;
    }
    struct csv_options options = {.delimiter = member->sniff->delimiter,
                                  .hint = member->sniff->charset.charset};
    g_autoptr(csv_reader) reader = csv_reader_new(stream, &options);
    enum file_kind kind = member->kind;
    csv_is_header is_header = kind == FILE_GENERIC_CSV || kind == FILE_OUTLOOK_CSV_TRANSLATED
                                  ? NULL
                                  : file_kind_is_header;
    if (!csv_reader_header(reader, is_header, &kind, error)) {
        return NULL;
    }
    return g_steal_pointer(&reader);
}

/* First pass over the dated columns: which number comes first in 03/04/1980? */
static enum when_order settle_order(const struct source_member *member, const char *const *dated)
{
    g_autoptr(csv_reader) reader = open_rows(member, NULL);
    if (reader == NULL) {
        return WHEN_ORDER_UNKNOWN;
    }
    struct when_votes votes = {0};
    struct csv_row row;
    enum csv_step step;
    while ((step = csv_reader_next(reader, &row, NULL)) == CSV_STEP_ROW ||
           step == CSV_STEP_REFUSED) {
        for (const char *const *name = dated; step == CSV_STEP_ROW && *name != NULL; name++) {
            when_vote(&votes, csv_cell(&row, csv_header_find(csv_reader_names(reader), *name)));
        }
    }
    return when_settled(&votes);
}

bool table_read(const struct source_member *member, struct record_sink *sink,
                const struct table_plan *plan, void *state, GError **error)
{
    struct table table = {.member = member,
                          .sink = sink,
                          .family = plan->family,
                          .state = state,
                          .file = bundle_member(member->bundle, member->index)->name};
    if (plan->dated != NULL) {
        table.order = settle_order(member, plan->dated);
    }
    g_autoptr(csv_reader) reader = open_rows(member, error);
    if (reader == NULL) {
        g_prefix_error(error, "%s: ", table.file);
        return false;
    }
    table.header = csv_reader_names(reader);
    g_autofree bool *is_used = g_new0(bool, MAX(1, table.header->n));
    table.is_used = is_used;
    draft_init(&table.draft);

    bool is_well = true;
    struct csv_row row;
    for (int64_t n = 0; is_well; n++) {
        enum csv_step step = csv_reader_next(reader, &row, error);
        if (step == CSV_STEP_END || step == CSV_STEP_FAILED) {
            is_well = step == CSV_STEP_END;
            break;
        }
        table.row = &row;
        if (step == CSV_STEP_REFUSED) {
            is_well = sink->refuse_row(sink->data, table.file, (long)row.line, row.reason, error);
        } else {
            memset(is_used, 0, sizeof(bool) * (size_t)table.header->n);
            is_well = plan->each(&table, error);
        }
        if (is_well && n % 256 == 0 && sink->progress != NULL &&
            !sink->progress(sink->data, row.line, 0)) {
            is_well = refuse(error, "action.cancelled", "Stopped. Nothing of this file was kept.");
        }
    }
    draft_clear(&table.draft);
    return is_well;
}

const char *table_cell(struct table *table, const char *name)
{
    int column = csv_header_find(table->header, name);
    if (column < 0) {
        return "";
    }
    table->is_used[column] = true;
    return csv_cell(table->row, column);
}

bool table_has(const struct table *table, const char *name)
{
    return csv_header_find(table->header, name) >= 0;
}

bool table_refuse(struct table *table, GError **error, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    g_autofree char *reason = g_strdup_vprintf(format, list);
    va_end(list);
    return table->sink->refuse_row(table->sink->data, table->file, (long)table->row->line, reason,
                                   error);
}

void table_start(struct table *table, enum record_about about)
{
    draft_start(&table->draft, about, table->family, table->file, (long)table->row->line);
}

void table_rest(struct table *table)
{
    for (int i = 0; i < table->row->n; i++) {
        const char *cell = table->row->cells[i];
        bool has_name = i < table->header->n && table->header->names[i][0] != '\0';
        if (*cell != '\0' && (!has_name || !table->is_used[i])) {
            g_autofree char *label =
                has_name ? g_strdup(table->header->names[i]) : g_strdup_printf("Column %d", i + 1);
            draft_fact(&table->draft, FACT_CUSTOM, cell, label);
        }
    }
}
