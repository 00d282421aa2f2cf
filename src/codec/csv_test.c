/* CSV files as programs and people make them. */
#include "codec/csv.h"

#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

/* All rows of a text as one line: cells joined by '|', rows by '/', each row "LINE:"; refused rows "LINE!CODE". */
static char *dump(struct csv_reader *reader)
{
    GString *out = g_string_new(NULL);
    struct csv_row row;
    enum csv_step step;
    g_autoptr(GError) error = NULL;
    while ((step = csv_reader_next(reader, &row, &error)) != CSV_STEP_END) {
        g_string_append_printf(out, "%s%d", out->len > 0 ? "/" : "", (int)row.line);
        if (step == CSV_STEP_REFUSED) {
            g_string_append_printf(out, "!%s", row.code);
            assert_non_null(row.reason);
            continue;
        }
        assert_int_equal(step, CSV_STEP_ROW);
        for (int i = 0; i < row.n; i++) {
            g_string_append_printf(out, "%c%s", i == 0 ? ':' : '|', row.cells[i]);
        }
    }
    assert_null(error);
    return g_string_free(out, FALSE);
}

#define expect(text, rows) expect_rows(text, sizeof text - 1, NULL, rows)
#define expect_with(names, text, rows) expect_rows(text, sizeof text - 1, names, rows)

static void expect_rows(const char *text, size_t len, const char *const *names, const char *rows)
{
    g_autoptr(csv_reader) reader = csv_reader_of_text(text, len, NULL);
    g_autoptr(GError) error = NULL;
    if (names != NULL) {
        assert_true(csv_reader_header(reader, csv_header_is_list, names, &error));
    }
    g_autofree char *got = dump(reader);
    assert_string_equal(got, rows);
}

static const char *const name_and_city[] = { "name", "CITY ", NULL };

static void rows_of_any_line_end_and_length_are_read(void **state)
{
    expect("a,b\n1,2\n", "1:a|b/2:1|2");
    expect("a,b\r\n1,2\r\n", "1:a|b/2:1|2");
    expect("a,b\r1,2\r", "1:a|b/2:1|2");
    expect("a,b\r\n1,2\n3,4\r5,6", "1:a|b/2:1|2/3:3|4/4:5|6");
    expect("a,b\n1\n1,2,3\n", "1:a|b/2:1/3:1|2|3");
    expect("", "");
    expect("\xEF\xBB\xBF", "");
    expect("a,\n,b\n", "1:a|/2:|b");
}

static void blank_lines_and_lines_of_delimiters_are_passed_over(void **state)
{
    expect("\n\na,b\n\r\n  \n,,,\n1,2\n\n", "3:a|b/7:1|2");
}

static void quotes_hold_commas_quotes_and_line_breaks(void **state)
{
    expect("a,b\n\"Smith, MD\",\"say \"\"hi\"\"\"\n\"two\r\nlines\",x\ny,z\n",
           "1:a|b/2:Smith, MD|say \"hi\"/3:two\r\nlines|x/5:y|z");
    expect("a,b\nJohn \"Jack\" Doe,x\n\"\",\"\"\n\"q\" ,  r  \n", "1:a|b/2:John \"Jack\" Doe|x/4:q|r");
}

static void every_delimiter_is_told_from_the_header(void **state)
{
    expect_with(name_and_city, "Name;City\nA, B;Rome\n", "2:A, B|Rome");
    expect_with(name_and_city, "Name\tCity\nA, B\tRome\nC\t\n", "2:A, B|Rome/3:C|");
    expect_with(name_and_city, "Name|City\nA, B|Rome\n", "2:A, B|Rome");
    expect_with(name_and_city, "\"Name\";\"City\"\n\"A;B\";\"Rome\"\n", "2:A;B|Rome");
    expect_with(name_and_city, "sep=;\r\nName;City\r\nA;Rome\r\n", "3:A|Rome");
    expect("E-mail Address\na@example.com\n", "1:E-mail Address/2:a@example.com");
}

static void the_header_is_found_by_its_names_after_any_preamble(void **state)
{
    static const char *const wanted[] = { "First Name", "Last Name", "Connected On", NULL };
    expect_with(wanted, "Notes:\n\"When exporting, you may; notice \"\"x\"\"\"\n\nFirst Name,Last "
                        "Name,URL,Connected On\nA,B,,15 Mar 2024\n",
                "5:A|B||15 Mar 2024");
    expect_with(wanted, "Notes:\nseveral lines, unquoted\nof words\n\n first name ,LAST NAME,Connected "
                        "On\nA,B,C\n", "6:A|B|C");
    expect_with(wanted, "First Name,Last Name,Connected On\nA,B,C\n", "2:A|B|C");
}

static void a_file_without_the_header_is_refused(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(csv_reader) reader = csv_reader_of_text("a,b\n1,2\n", 8, NULL);
    assert_false(csv_reader_header(reader, csv_header_is_list, name_and_city, &error));
    assert_string_equal(error_code(error), "csv.no_header");
    g_clear_error(&error);
    g_autoptr(csv_reader) empty = csv_reader_of_text("\n \n", 3, NULL);
    assert_false(csv_reader_header(empty, NULL, NULL, &error));
    assert_string_equal(error_code(error), "csv.empty");
}

static void columns_are_found_by_name_and_repeated_names_keep_their_place(void **state)
{
    const char text[] = "Company Names,Straße , Company  Names\n1,2\n";
    g_autoptr(csv_reader) reader = csv_reader_of_text(text, sizeof text - 1, NULL);
    assert_true(csv_reader_header(reader, NULL, NULL, NULL));
    const struct csv_header *header = csv_reader_names(reader);
    assert_int_equal(header->n, 3);
    assert_int_equal(header->line, 1);
    assert_int_equal(csv_header_find(header, "company names"), 0);
    assert_int_equal(csv_header_find_nth(header, "company names", 1), 2);
    assert_int_equal(csv_header_find_nth(header, "company names", 2), -1);
    assert_int_equal(csv_header_find(header, "STRASSE"), 1);
    assert_string_equal(header->names[1], "Straße");
    struct csv_row row;
    assert_int_equal(csv_reader_next(reader, &row, NULL), CSV_STEP_ROW);
    assert_string_equal(csv_cell(&row, 1), "2");
    assert_string_equal(csv_cell(&row, 2), "");     /* the row is shorter */
    assert_string_equal(csv_cell(&row, -1), "");    /* no such column */
}

static void a_file_cut_off_inside_quotes_loses_only_its_last_row(void **state)
{
    expect_with(name_and_city, "Name,City\nA,Rome\nB,\"Par", "2:A|Rome/3!csv.cut_off");
    expect_with(name_and_city, "Name,City\nA,Rome\nB,\"Par\nis is nice", "2:A|Rome/3!csv.cut_off");
    g_autoptr(csv_reader) reader = csv_reader_of_text("a,b\n1,\"2", 8, NULL);
    struct csv_row row;
    csv_reader_next(reader, &row, NULL);
    assert_int_equal(csv_reader_next(reader, &row, NULL), CSV_STEP_REFUSED);
    assert_int_equal(row.line, 2);
    assert_string_equal(row.reason, "Ends in the middle of a quoted value. The file may be cut off here.");
    assert_int_equal(csv_reader_next(reader, &row, NULL), CSV_STEP_END);
    assert_int_equal(csv_reader_next(reader, &row, NULL), CSV_STEP_END);
}

static void a_quote_that_never_ends_does_not_swallow_the_rows_after_it(void **state)
{
    static const char *const wanted[] = { "name", "city", "note", "x", NULL };
    expect_with(wanted, "Name,City,Note,X\r\nA,\"Rome,n,1\r\nB,Paris,n,2\r\nC,Bern,n,3\r\n",
                "2!csv.open_quote/3:B|Paris|n|2/4:C|Bern|n|3");
    struct csv_counts counts;
    const char text[] = "Name,City,Note,X\nA,\"Rome,n,1\nB,Paris,n,2\n";
    g_autoptr(csv_reader) reader = csv_reader_of_text(text, sizeof text - 1, NULL);
    assert_true(csv_reader_header(reader, csv_header_is_list, wanted, NULL));
    g_autofree char *rows = dump(reader);
    csv_reader_counts(reader, &counts);
    assert_int_equal(counts.rows, 1);
    assert_int_equal(counts.refused, 1);
    assert_int_equal(counts.lines, 3);
}

static void a_long_value_cut_off_is_not_taken_for_rows(void **state)
{
    static const char *const wanted[] = { "name", "city", "note", "x", NULL };
    expect_with(wanted, "Name,City,Note,X\nA,Rome,n,1\nB,Paris,\"she said\nwell, and, so, on\nthat\nis\nall",
                "2:A|Rome|n|1/3!csv.cut_off");
}

static void a_line_end_cut_in_two_by_the_buffer_is_one_line(void **state)
{
    g_autoptr(GString) text = g_string_new("a,b\n");
    while (text->len < 65535) {         /* the CR is the last byte of the first piece read */
        g_string_append_c(text, 'x');
    }
    g_string_append(text, "\r\n1,2\r\n");
    g_autoptr(csv_reader) reader = csv_reader_of_text(text->str, text->len, NULL);
    struct csv_row row;
    assert_int_equal(csv_reader_next(reader, &row, NULL), CSV_STEP_ROW);
    assert_int_equal(csv_reader_next(reader, &row, NULL), CSV_STEP_ROW);
    assert_int_equal(csv_reader_next(reader, &row, NULL), CSV_STEP_ROW);
    assert_int_equal(row.line, 3);
    assert_string_equal(row.cells[0], "1");
}

static void files_in_any_charset_give_utf8(void **state)
{
    expect("\xFF\xFEN\0\t\0C\0\n\0\xC9\0\t\0R\0\r\0\n\0", "1:N|C/2:É|R");
    expect("N;C\nM\xFCller;K\xF6ln\n", "1:N|C/2:Müller|Köln");
    const char text[] = "N;C\nM\xFCller;K\xF6ln\n";
    g_autoptr(csv_reader) reader = csv_reader_of_text(text, sizeof text - 1, NULL);
    assert_true(csv_reader_header(reader, NULL, NULL, NULL));
    assert_int_equal(csv_reader_charset(reader)->charset, CHARSET_WINDOWS_1252);
    assert_int_equal(csv_reader_delimiter(reader), ';');
}

static void nul_bytes_do_not_end_a_cell(void **state)
{
    expect("a,b\nAn\0na,x\n\0\0\n", "1:a|b/2:Anna|x");
}

/* A stream of n times the same byte, made as it is read. */
struct flood {
    size_t left;
    size_t head;
    const char *start;
    char byte;
};

static gssize flood_read(void *data, void *buffer, size_t len, GError **error)
{
    struct flood *flood = data;
    if (flood->start[flood->head] != '\0') {
        size_t n = MIN(len, strlen(flood->start + flood->head));
        memcpy(buffer, flood->start + flood->head, n);
        flood->head += n;
        return (gssize)n;
    }
    size_t n = MIN(len, flood->left);
    memset(buffer, flood->byte, n);
    flood->left -= n;
    return (gssize)n;
}

static void flood_close(void *data)
{
}

static void expect_flood(size_t size, const char *start, char byte, const char *rows)
{
    static const struct stream_kind kind = { flood_read, flood_close };
    struct flood flood = { .left = size, .start = start, .byte = byte };
    struct rusage before;
    struct rusage after;
    getrusage(RUSAGE_SELF, &before);
    g_autoptr(csv_reader) reader = csv_reader_new(stream_new(&kind, &flood), NULL);
    g_autofree char *got = dump(reader);
    assert_string_equal(got, rows);
    getrusage(RUSAGE_SELF, &after);
#ifndef __SANITIZE_ADDRESS__    /* which keeps what was freed */
    assert_true(after.ru_maxrss - before.ru_maxrss < 64 * 1024);    /* KiB */
#endif
    assert_int_equal(flood.left, 0);
}

static void a_line_of_300_mb_takes_neither_memory_nor_the_file_down(void **state)
{
    expect_flood(300000000, "a,b\n1,2\n3,", 'x', "1:a|b/2:1|2/3!csv.cell_too_large");
    expect_flood(300000000, "a,b\n1,2\n3,\"", 'x', "1:a|b/2:1|2/3!csv.cell_too_large");
    expect_flood(30000000, "a,b\n1,2\n", ',', "1:a|b/2:1|2/3!csv.row_too_large");
    expect_flood(30000000, "a,b\n1,2\n", ' ', "1:a|b/2:1|2");
    expect_flood(30000000, "a,b\n1,2\n", '\n', "1:a|b/2:1|2");
    expect_flood(30000000, "a,b\n1,2\n", '\r', "1:a|b/2:1|2");
    expect_flood(30000000, "a,b\n1,2\n", '\0', "1:a|b/2:1|2");
    expect_flood(30000000, "a,b\n1,2\n", '"', "1:a|b/2:1|2/3!csv.cell_too_large");
}

static void after_a_row_too_large_the_next_is_read(void **state)
{
    g_autoptr(GString) text = g_string_new("a,b\n1,\"");
    for (size_t i = 0; i < 1200000; i++) {
        g_string_append_c(text, i % 1000 == 999 ? '\n' : 'x');
    }
    g_string_append(text, "\n\"\n3,4\n");
    g_autoptr(csv_reader) reader = csv_reader_of_text(text->str, text->len, NULL);
    struct csv_row row;
    assert_int_equal(csv_reader_next(reader, &row, NULL), CSV_STEP_ROW);
    assert_int_equal(csv_reader_next(reader, &row, NULL), CSV_STEP_REFUSED);
    assert_int_equal(row.line, 2);
    assert_string_equal(row.code, "csv.cell_too_large");
    enum csv_step step = CSV_STEP_ROW;
    g_autofree char *last = NULL;
    while ((step = csv_reader_next(reader, &row, NULL)) == CSV_STEP_ROW) {
        g_free(last);
        last = g_strdup(row.cells[0]);
    }
    /* the closing quote now opens one, which takes the last row with it: that is refused too, not lost in silence */
    assert_int_equal(step, CSV_STEP_REFUSED);
    assert_string_equal(row.code, "csv.cut_off");
}

static void more_columns_than_the_limit_refuse_only_that_row(void **state)
{
    struct csv_options options = { .delimiter = ',', .max_cells = 3 };
    const char text[] = "1,2,3\n1,2,3,4\n5,6,7\n";
    g_autoptr(csv_reader) reader = csv_reader_of_text(text, sizeof text - 1, &options);
    g_autofree char *rows = dump(reader);
    assert_string_equal(rows, "1:1|2|3/2!csv.too_many_cells/3:5|6|7");
}

static void a_blank_line_after_a_large_row_is_no_row_too_large(void **state)
{
    struct csv_options options = { .delimiter = ',', .max_row = 8 };
    const char text[] = "123456,123456\n\nx,y\n";
    g_autoptr(csv_reader) reader = csv_reader_of_text(text, sizeof text - 1, &options);
    g_autofree char *rows = dump(reader);
    assert_string_equal(rows, "1:123456|123456/3:x|y");
}

static void a_row_across_the_borders_of_pieces_is_whole(void **state)
{
    g_autoptr(GString) text = g_string_new("name,note\r\n");
    g_autoptr(GString) want = g_string_new("1:name|note");
    for (int i = 0; i < 5000; i++) {
        g_string_append_printf(text, "n%d,\"line %d\r\nand \"\"more\"\", é\"\r\n", i, i);
        g_string_append_printf(want, "/%d:n%d|line %d\r\nand \"more\", é", 2 + 2 * i, i, i);
    }
    g_autoptr(csv_reader) reader = csv_reader_of_text(text->str, text->len, NULL);
    g_autofree char *rows = dump(reader);
    assert_string_equal(rows, want->str);
}

static void a_formula_is_written_as_text_and_read_back_as_it_was(void **state)
{
    g_autoptr(GString) out = g_string_new(NULL);
    struct csv_writer_options options = { .has_guards = true };
    g_autoptr(csv_writer) writer = csv_writer_new(out, &options);
    const char *cells[] = { "=1+1", "+1 555 0100", "-x", "@y", "\tz", "'=q", "O'Neil", "a,b", "say \"hi\"",
        "two\nlines", "", NULL };
    csv_writer_row(writer, G_N_ELEMENTS(cells), cells);
    assert_string_equal(out->str, "'=1+1,'+1 555 0100,'-x,'@y,\"'\tz\",''=q,O'Neil,\"a,b\",\"say "
                                  "\"\"hi\"\"\",\"two\nlines\",,\r\n");
    assert_string_equal(csv_unguarded("'=1+1"), "=1+1");
    assert_string_equal(csv_unguarded("''=q"), "'=q");
    assert_string_equal(csv_unguarded("'tis"), "'tis");
    assert_string_equal(csv_unguarded("=1"), "=1");
    assert_string_equal(csv_unguarded(""), "");
}

static void without_guards_cells_are_written_as_they_are(void **state)
{
    g_autoptr(GString) out = g_string_new(NULL);
    struct csv_writer_options options = { .delimiter = ';', .has_bom = true };
    g_autoptr(csv_writer) writer = csv_writer_new(out, &options);
    csv_writer_cell(writer, "=1");
    csv_writer_cell(writer, "a;b,c");
    csv_writer_cell(writer, " x");
    csv_writer_end_row(writer);
    csv_writer_cell(writer, "y");
    csv_writer_end_row(writer);
    assert_string_equal(out->str, "\xEF\xBB\xBF=1;\"a;b,c\";\" x\"\r\ny\r\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_any_line_end_and_length_are_read),
        cmocka_unit_test(blank_lines_and_lines_of_delimiters_are_passed_over),
        cmocka_unit_test(quotes_hold_commas_quotes_and_line_breaks),
        cmocka_unit_test(every_delimiter_is_told_from_the_header),
        cmocka_unit_test(the_header_is_found_by_its_names_after_any_preamble),
        cmocka_unit_test(a_file_without_the_header_is_refused),
        cmocka_unit_test(columns_are_found_by_name_and_repeated_names_keep_their_place),
        cmocka_unit_test(a_file_cut_off_inside_quotes_loses_only_its_last_row),
        cmocka_unit_test(a_quote_that_never_ends_does_not_swallow_the_rows_after_it),
        cmocka_unit_test(a_long_value_cut_off_is_not_taken_for_rows),
        cmocka_unit_test(a_line_end_cut_in_two_by_the_buffer_is_one_line),
        cmocka_unit_test(files_in_any_charset_give_utf8),
        cmocka_unit_test(nul_bytes_do_not_end_a_cell),
        cmocka_unit_test(a_line_of_300_mb_takes_neither_memory_nor_the_file_down),
        cmocka_unit_test(after_a_row_too_large_the_next_is_read),
        cmocka_unit_test(more_columns_than_the_limit_refuse_only_that_row),
        cmocka_unit_test(a_blank_line_after_a_large_row_is_no_row_too_large),
        cmocka_unit_test(a_row_across_the_borders_of_pieces_is_whole),
        cmocka_unit_test(a_formula_is_written_as_text_and_read_back_as_it_was),
        cmocka_unit_test(without_guards_cells_are_written_as_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
