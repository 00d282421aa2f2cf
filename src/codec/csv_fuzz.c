/* Any bytes as CSV: reading ends, cells are valid UTF-8, and what was read, written with guards, reads back
 * the same. */
#include "codec/csv.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Writes a row, reads it back, compares. */
static void round_trip(const struct csv_row *row)
{
    struct csv_writer_options guards = { .has_guards = true, .has_bom = true };
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(csv_writer) writer = csv_writer_new(text, &guards);
    csv_writer_row(writer, row->n, row->cells);
    struct csv_options options = { .delimiter = ',', .max_cells = 1 << 20 };
    g_autoptr(csv_reader) reader = csv_reader_of_text(text->str, text->len, &options);
    struct csv_row again;
    g_assert_true(csv_reader_next(reader, &again, NULL) == CSV_STEP_ROW);
    g_assert_true(again.n == row->n);
    for (int i = 0; i < row->n; i++) {
        g_assert_cmpstr(csv_unguarded(again.cells[i]), ==, row->cells[i]);
    }
    g_assert_true(csv_reader_next(reader, &again, NULL) == CSV_STEP_END);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1) {
        return 0;
    }
    /* small limits, so that they are met */
    struct csv_options options = { 0 };
    if (data[0] & 1) {
        options = (struct csv_options){ .max_cell = 64, .max_row = 256, .max_cells = 8 };
    }
    g_autoptr(csv_reader) reader = csv_reader_of_text(data + 1, size - 1, &options);
    if (data[0] & 2) {
        (void)csv_reader_header(reader, NULL, NULL, NULL);
    }
    struct csv_row row;
    enum csv_step step;
    int64_t last_line = 0;
    for (size_t n = 0; (step = csv_reader_next(reader, &row, NULL)) != CSV_STEP_END; n++) {
        g_assert_true(step != CSV_STEP_FAILED && n <= 40 * size);
        g_assert_true(row.line > last_line);
        last_line = row.line;
        if (step == CSV_STEP_REFUSED) {
            g_assert_true(row.code != NULL && row.reason != NULL);
            continue;
        }
        for (int i = 0; i < row.n; i++) {
            g_assert_true(g_utf8_validate(row.cells[i], -1, NULL));
        }
        if (n < 50) {
            round_trip(&row);
        }
    }
    return 0;
}
