/* CSV as it is met: any delimiter, charset and line end, a preamble before the header, rows of any length.
 * The header is found by its names, never by its line number; columns are looked up by name. Memory is bounded
 * by the options, whatever the file. libcsv does the quotes; this adds dialects, lines, limits and names. */
#ifndef LIGATURE_CODEC_CSV_H
#define LIGATURE_CODEC_CSV_H

#include "codec/charset.h"
#include "codec/stream.h"

#include <stdint.h>

typedef struct csv_reader csv_reader;
typedef struct csv_writer csv_writer;

struct csv_options {            /* 0 everywhere: the defaults */
    char delimiter;             /* 0: found from the header (comma, semicolon, tab, pipe) */
    enum charset hint;          /* charset of a file that does not say */
    size_t max_cell;            /* bytes; default 1 MiB */
    size_t max_row;             /* bytes; default 16 MiB */
    int max_cells;              /* cells of a row; default 4096 */
    int max_preamble;           /* rows looked at for the header; default 64 */
};

/* Header names. name: as written, trimmed; lookups fold case, blanks and compatibility forms. */
struct csv_header {
    int n;
    const char *const *names;   /* n, "" for a nameless column; live as long as the reader */
    int64_t line;               /* its physical line, from 1; 0: there is none */
};

/* Column of the first (nth: 0 first, 1 second...) header cell of that name; -1 when there is none. */
int csv_header_find(const struct csv_header *header, const char *name);
int csv_header_find_nth(const struct csv_header *header, const char *name, int nth);
/* True when every name of the NULL-terminated list is there. */
bool csv_header_has(const struct csv_header *header, const char *const *names);
/* How a header name is compared: new string. */
char *csv_header_fold(const char *name);

struct csv_row {
    int n;                      /* cells in this row, also when header has more or fewer */
    const char *const *cells;   /* trimmed, valid UTF-8, NUL-terminated; borrowed until the next call on the reader */
    int64_t line;               /* physical line where the row starts, from 1 */
    const char *code;           /* refused rows: stable code... */
    const char *reason;         /* ...and sentence; borrowed until the next call */
};

/* Cell of a column; "" for column -1 or beyond the row's end. Never NULL. */
const char *csv_cell(const struct csv_row *row, int column);

enum csv_step {
    CSV_STEP_NONE,
    CSV_STEP_ROW,               /* a row */
    CSV_STEP_REFUSED,           /* one that cannot be read: row->line, row->code, row->reason; go on */
    CSV_STEP_END,               /* all read */
    CSV_STEP_FAILED,            /* the file cannot be read any further: *error */
};

struct csv_counts {
    int64_t rows;               /* CSV_STEP_ROW given out (header and preamble are not rows) */
    int64_t refused;            /* CSV_STEP_REFUSED */
    int64_t lines;              /* physical lines read so far */
};

/* Reads stream, which it owns from now on. options may be NULL. Never fails; nothing is read yet. */
struct csv_reader *csv_reader_new(struct stream *stream, const struct csv_options *options);
/* The same over text in memory, which must live as long as the reader. */
struct csv_reader *csv_reader_of_text(const void *bytes, size_t len, const struct csv_options *options);
/* NULL does nothing. */
void csv_reader_free(struct csv_reader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(csv_reader, csv_reader_free)

/* True when a row is the header that the caller looks for. */
typedef bool (*csv_is_header)(const struct csv_header *candidate, const void *data);

/* Finds the header and settles the delimiter; call it once, before the first csv_reader_next(), or not at all
 * for a file without header. Rows before it (a preamble) are dropped.
 *   is_header NULL: the header is the first row with text.
 *   For a plain list of names pass csv_header_is_list.
 * false: "csv.no_header" (no such row among the first max_preamble), "csv.empty" (no text at all), or a read error. */
bool csv_reader_header(struct csv_reader *reader, csv_is_header is_header, const void *data, GError **error);
/* A csv_is_header whose data is a NULL-terminated `const char *const[]` of names that must all be there. */
bool csv_header_is_list(const struct csv_header *candidate, const void *data);

/* The header found; n 0 before that. Borrowed from the reader. */
const struct csv_header *csv_reader_names(const struct csv_reader *reader);
/* Next row. Blank lines are passed over; row_out is filled for ROW and REFUSED. After END or FAILED it stays so. */
enum csv_step csv_reader_next(struct csv_reader *reader, struct csv_row *row_out, GError **error);

char csv_reader_delimiter(const struct csv_reader *reader);                 /* 0 while not settled */
const struct charset_report *csv_reader_charset(const struct csv_reader *reader);
void csv_reader_counts(const struct csv_reader *reader, struct csv_counts *counts_out);

/* --- writing --------------------------------------------------------------------------------------------
 * UTF-8, CRLF (RFC 4180), quotes where needed. With guards on, a cell that a spreadsheet would take for a formula (it
 * begins with = + - @ tab or CR) gets an apostrophe before it; csv_unguarded() takes that one off again, so what
 * Ligature wrote it reads back unchanged. A cell that begins with an apostrophe before such a character is
 * guarded too. */
struct csv_writer_options {
    char delimiter;             /* 0: comma */
    bool has_bom;               /* for Excel, which takes a file without for the local code page */
    bool has_guards;
};

/* Writes to out, borrowed, which must outlive the writer. options may be NULL. */
struct csv_writer *csv_writer_new(GString *out, const struct csv_writer_options *options);
void csv_writer_free(struct csv_writer *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(csv_writer, csv_writer_free)
void csv_writer_cell(struct csv_writer *writer, const char *text);          /* NULL counts as "" */
void csv_writer_end_row(struct csv_writer *writer);
void csv_writer_row(struct csv_writer *writer, int n, const char *const *cells);

/* The cell without a guard that csv_writer put there; otherwise the cell. Borrowed from cell. */
const char *csv_unguarded(const char *cell);

#endif
