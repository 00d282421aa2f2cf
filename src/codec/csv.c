/* The CSV reader. libcsv tells cells from quotes; this file feeds it one physical line at a time, so that a row knows
 * its line, and stops it where a limit is passed.
 *
 * Invariants: libcsv never holds more than max_cell + FEED bytes, `text` never more than max_row + FEED,
 * whatever the file; every byte of the file is fed at most once, but for at most MAX_RECOVERIES rows whose
 * quote never closes: their lines are read again as rows when they look like rows. */
#include "codec/csv.h"

#include "base/error.h"

#include <csv.h>
#include <string.h>

#define FEED (64 * 1024)        /* bytes read, fed to libcsv, and looked at for the delimiter */
#define MAX_RECOVERIES 16
#define LF_UNKNOWN SIZE_MAX

/* The likelier ones last: text is full of commas, so that in doubt another sign was meant. */
static const char delimiters[] = { '\t', ';', '|', ',' };

struct csv_reader {
    struct csv_options options;
    struct stream *stream;      /* owned; UTF-8 */
    struct charset_report charset;
    char delimiter;
    struct csv_header header;
    struct csv_counts counts;

    char *buffer;               /* owned; what was read and not yet fed is [at, len) */
    size_t at;
    size_t len;
    size_t next_lf;             /* where the next LF in the buffer is; len: none; LF_UNKNOWN: not looked yet */
    bool is_read_out;           /* the stream has ended */
    bool was_cr;                /* the last byte fed was a CR: a LF now is no new line */
    bool is_mid_line;           /* the last byte fed was no line end */

    struct csv_parser parser;
    bool is_finished;           /* csv_fini was called, or the reader failed */
    bool in_row;                /* something of the current row was fed */
    bool has_row;               /* libcsv has just ended a row */
    bool has_too_many;          /* more cells than max_cells */
    int64_t line;               /* physical line that the next byte is on */
    int64_t row_line;
    GString *raw;               /* owned; bytes of the current row before its last line, for recovery */
    int n_recoveries;

    GString *text;              /* owned; cells of the current row, each with its NUL */
    GArray *offsets;            /* owned; of size_t into text */
    GPtrArray *cells;           /* owned; pointers handed out */
};

/* --- libcsv's side -------------------------------------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* A cell has ended. */
static void on_cell(void *bytes, size_t len, void *data)
{
    struct csv_reader *reader = data;
    const char *cell = bytes;
    if (reader->offsets->len >= (guint)reader->options.max_cells) {
        reader->has_too_many = true;
        return;
    }
    while (len > 0 && is_blank(cell[0])) {
        cell++;
        len--;
    }
    while (len > 0 && is_blank(cell[len - 1])) {
        len--;
    }
    size_t offset = reader->text->len;
    g_array_append_val(reader->offsets, offset);
    g_string_append_len(reader->text, cell, (gssize)len);
    g_string_append_c(reader->text, '\0');
}

/* A row has ended. */
static void on_row(int last, void *data)
{
    struct csv_reader *reader = data;
    reader->has_row = true;
}

static void parser_start(struct csv_reader *reader)
{
    csv_init(&reader->parser, 0);
    csv_set_blk_size(&reader->parser, 4096);
    if (reader->delimiter != '\0') {
        csv_set_delim(&reader->parser, (unsigned char)reader->delimiter);
    }
}

/* Forgets what libcsv holds, and begins a new row at the next byte. */
static void parser_restart(struct csv_reader *reader)
{
    csv_free(&reader->parser);
    parser_start(reader);
    reader->in_row = false;
}

/* --- making --------------------------------------------------------------------------------------------- */

struct csv_reader *csv_reader_new(struct stream *stream, const struct csv_options *options)
{
    struct csv_reader *reader = g_new0(struct csv_reader, 1);
    if (options != NULL) {
        reader->options = *options;
    }
    struct csv_options *own = &reader->options;
    own->max_cell = own->max_cell > 0 ? own->max_cell : 1 << 20;
    own->max_row = own->max_row > 0 ? own->max_row : 16 << 20;
    own->max_cells = own->max_cells > 0 ? own->max_cells : 4096;
    own->max_preamble = own->max_preamble > 0 ? own->max_preamble : 64;
    reader->delimiter = own->delimiter;
    reader->stream = charset_stream(stream, own->hint, &reader->charset);
    reader->buffer = g_malloc(FEED);
    reader->line = 1;
    reader->raw = g_string_new(NULL);
    reader->text = g_string_new(NULL);
    reader->offsets = g_array_new(FALSE, FALSE, sizeof(size_t));
    reader->cells = g_ptr_array_new();
    parser_start(reader);
    return reader;
}

struct csv_reader *csv_reader_of_text(const void *bytes, size_t len, const struct csv_options *options)
{
    g_autoptr(GBytes) held = g_bytes_new_static(bytes, len);
    return csv_reader_new(stream_of_bytes(held), options);
}

void csv_reader_free(struct csv_reader *reader)
{
    if (reader == NULL) {
        return;
    }
    csv_free(&reader->parser);
    stream_free(reader->stream);
    for (int i = 0; i < reader->header.n; i++) {
        g_free((char *)reader->header.names[i]);
    }
    g_free((gpointer)reader->header.names);
    g_string_free(reader->raw, TRUE);
    g_string_free(reader->text, TRUE);
    g_array_free(reader->offsets, TRUE);
    g_ptr_array_free(reader->cells, TRUE);
    g_free(reader->buffer);
    g_free(reader);
}

/* --- input ---------------------------------------------------------------------------------------------- */

/* Makes sure that there is something to feed, or that the stream has ended. */
static bool fill(struct csv_reader *reader, GError **error)
{
    if (reader->at < reader->len || reader->is_read_out) {
        return true;
    }
    gssize n = stream_read(reader->stream, reader->buffer, FEED, error);
    if (n < 0) {
        reader->is_finished = true;
        return false;
    }
    reader->at = 0;
    reader->len = (size_t)n;
    reader->next_lf = LF_UNKNOWN;
    reader->is_read_out = n < FEED;
    return true;
}

/* How many bytes from at on belong to this physical line, its end included (or all there is). Looks for each LF
 * once, so that a file of CRs does not cost a search of the whole buffer for each line. */
static size_t piece_len(struct csv_reader *reader)
{
    const char *start = reader->buffer + reader->at;
    size_t left = reader->len - reader->at;
    if (reader->next_lf == LF_UNKNOWN || reader->next_lf < reader->at) {
        const char *lf = memchr(start, '\n', left);
        reader->next_lf = lf != NULL ? (size_t)(lf - reader->buffer) : reader->len;
    }
    size_t to_lf = reader->next_lf - reader->at;
    size_t len = to_lf < left ? to_lf + 1 : left;
    const char *cr = memchr(start, '\r', len);
    if (cr != NULL && (size_t)(cr - start) + 1 < len && cr[1] != '\n') {
        len = (size_t)(cr - start) + 1;
    }
    return len;
}

/* Counts the line end that a piece ends with. */
static void count_line(struct csv_reader *reader, const char *piece, size_t len)
{
    char last = piece[len - 1];
    if (last == '\n' && len == 1 && reader->was_cr) {
        reader->was_cr = false;
        return;
    }
    reader->was_cr = last == '\r';
    reader->is_mid_line = last != '\n' && last != '\r';
    if (!reader->is_mid_line) {
        reader->line++;
        reader->counts.lines = reader->line - 1;
    }
}

/* Drops the rest of the physical line that the last byte fed was on. */
static bool skip_line(struct csv_reader *reader, GError **error)
{
    while (reader->is_mid_line) {
        if (!fill(reader, error)) {
            return false;
        }
        if (reader->at == reader->len) {
            break;
        }
        size_t len = piece_len(reader);
        count_line(reader, reader->buffer + reader->at, len);
        reader->at += len;
    }
    return true;
}

/* --- rows ----------------------------------------------------------------------------------------------- */

static void row_start(struct csv_reader *reader)
{
    g_string_truncate(reader->text, 0);
    g_array_set_size(reader->offsets, 0);
    g_string_truncate(reader->raw, 0);
    reader->has_row = false;
    reader->has_too_many = false;
}

/* Hands the collected cells out. false: every one is empty, which counts as a blank line. */
static bool row_finish(struct csv_reader *reader, struct csv_row *row_out)
{
    bool has_text = false;
    g_ptr_array_set_size(reader->cells, 0);
    for (guint i = 0; i < reader->offsets->len; i++) {
        char *cell = reader->text->str + g_array_index(reader->offsets, size_t, i);
        has_text |= *cell != '\0';
        g_ptr_array_add(reader->cells, cell);
    }
    *row_out = (struct csv_row){
        .n = (int)reader->cells->len,
        .cells = (const char *const *)reader->cells->pdata,
        .line = reader->row_line,
    };
    return has_text;
}

static enum csv_step refuse_row(struct csv_reader *reader, struct csv_row *row_out, const char *code,
                                const char *reason)
{
    *row_out = (struct csv_row){ .line = reader->row_line, .code = code, .reason = reason };
    reader->counts.refused++;
    return CSV_STEP_REFUSED;
}

/* True when most lines after the first in raw have as many delimiters as a row needs: then it was the quote that
 * was wrong, not the lines. Few columns prove little: there every line must have them. */
static bool looks_like_rows(const struct csv_reader *reader, const char *lines)
{
    int n_lines = 0;
    int n_rows = 0;
    while (*lines != '\0') {
        size_t len = strcspn(lines, "\r\n");
        int n_delimiters = 0;
        for (size_t i = 0; i < len; i++) {
            n_delimiters += lines[i] == reader->delimiter;
        }
        n_lines += len > 0;
        n_rows += len > 0 && n_delimiters >= reader->header.n - 1;
        lines += len + (lines[len] != '\0');
    }
    return n_rows > 0 && reader->header.n >= 2 && (reader->header.n >= 4 ? n_rows * 2 >= n_lines : n_rows == n_lines);
}

/* Goes back to the line after the one where a never-ending quote stands. false: that would make no sense. */
static bool recover(struct csv_reader *reader)
{
    size_t first_len = strcspn(reader->raw->str, "\r\n");
    const char *rest = reader->raw->str + first_len;
    rest += *rest == '\r';
    rest += *rest == '\n';
    if (reader->n_recoveries >= MAX_RECOVERIES || *rest == '\0' || !looks_like_rows(reader, rest)) {
        return false;
    }
    reader->n_recoveries++;
    size_t rest_len = reader->raw->len - (size_t)(rest - reader->raw->str);
    size_t left = reader->len - reader->at;
    char *joined = g_malloc(MAX(rest_len + left, (size_t)FEED));
    memcpy(joined, rest, rest_len);
    memcpy(joined + rest_len, reader->buffer + reader->at, left);
    g_free(reader->buffer);
    reader->buffer = joined;
    reader->at = 0;
    reader->len = rest_len + left;
    reader->next_lf = LF_UNKNOWN;
    reader->line = reader->row_line + 1;
    reader->was_cr = false;
    reader->is_mid_line = false;
    reader->is_finished = false;
    parser_restart(reader);
    return true;
}

/* A row or cell has passed its limit: drop it. */
static enum csv_step give_up_row(struct csv_reader *reader, struct csv_row *row_out, bool is_cell, GError **error)
{
    if (reader->parser.quoted && recover(reader)) {
        return refuse_row(reader, row_out, "csv.open_quote",
                          "A quoted value begins here and never ends. This row was left out, reading went on "
                          "with the next line.");
    }
    parser_restart(reader);
    if (!skip_line(reader, error)) {
        return CSV_STEP_FAILED;
    }
    if (is_cell) {
        return refuse_row(reader, row_out, "csv.cell_too_large",
                          "A value in this row is larger than any that people write (1 MB). The row was left out.");
    }
    return refuse_row(reader, row_out, "csv.row_too_large",
                      "This row is larger than any that people write (16 MB). It was left out.");
}

/* Passes over empty lines between rows: a file can have millions. */
static bool skip_empty_lines(struct csv_reader *reader)
{
    size_t start = reader->at;
    while (reader->at < reader->len && reader->buffer[reader->at] == '\n') {
        count_line(reader, reader->buffer + reader->at, 1);
        reader->at++;
    }
    return reader->at > start;
}

/* Feeds one piece of a physical line to libcsv. */
static void feed(struct csv_reader *reader)
{
    if (!reader->in_row && skip_empty_lines(reader)) {
        return;
    }
    size_t len = piece_len(reader);
    const char *piece = reader->buffer + reader->at;
    if (!reader->in_row) {
        reader->row_line = reader->line;
        row_start(reader);
    }
    csv_parse(&reader->parser, piece, len, on_cell, on_row, reader);
    reader->at += len;
    count_line(reader, piece, len);
    if (reader->has_row) {
        reader->in_row = false;
        return;
    }
    for (size_t i = 0; i < len && !reader->in_row; i++) {
        reader->in_row = !is_blank(piece[i]) || piece[i] == reader->delimiter;
    }
    if (reader->in_row) {
        g_string_append_len(reader->raw, piece, (gssize)len);
    }
}

/* The bytes have ended: the last row may lack its line end, or the end of its quotes. */
static enum csv_step finish(struct csv_reader *reader, struct csv_row *row_out)
{
    if (!reader->in_row) {
        reader->is_finished = true;
        return CSV_STEP_END;
    }
    csv_set_opts(&reader->parser, CSV_STRICT | CSV_STRICT_FINI);    /* only now: makes an open quote known */
    bool is_whole = csv_fini(&reader->parser, on_cell, on_row, reader) == 0;
    reader->in_row = false;
    reader->is_finished = true;
    if (is_whole) {
        return CSV_STEP_ROW;
    }
    if (recover(reader)) {
        return refuse_row(reader, row_out, "csv.open_quote",
                          "A quoted value begins here and never ends. This row was left out, reading went on "
                          "with the next line.");
    }
    return refuse_row(reader, row_out, "csv.cut_off",
                      "Ends in the middle of a quoted value. The file may be cut off here.");
}

/* The next row as it stands, blank ones passed over. */
static enum csv_step next_row(struct csv_reader *reader, struct csv_row *row_out, GError **error)
{
    *row_out = (struct csv_row){ .line = reader->line };
    while (!reader->is_finished) {
        if (!fill(reader, error)) {
            return CSV_STEP_FAILED;
        }
        if (reader->at == reader->len) {
            enum csv_step step = finish(reader, row_out);
            if (step != CSV_STEP_ROW) {
                return step;
            }
        } else {
            feed(reader);
        }
        if (!reader->has_row) {
            bool is_cell = reader->parser.entry_pos > reader->options.max_cell;
            if (reader->in_row && (is_cell || reader->raw->len > reader->options.max_row)) {
                return give_up_row(reader, row_out, is_cell, error);
            }
            continue;
        }
        reader->has_row = false;
        if (reader->has_too_many) {
            return refuse_row(reader, row_out, "csv.too_many_cells",
                              "This row has more columns than any address book has. It was left out.");
        }
        if (row_finish(reader, row_out)) {
            reader->counts.rows++;
            return CSV_STEP_ROW;
        }
    }
    return CSV_STEP_END;
}

/* --- header and dialect --------------------------------------------------------------------------------- */

/* "sep=;" as first line (Excel writes it) settles the delimiter and is no row. */
static void read_sep_line(struct csv_reader *reader)
{
    const char *head = reader->buffer + reader->at;
    size_t left = reader->len - reader->at;
    size_t quote = left > 0 && head[0] == '"' ? 1 : 0;
    if (left < quote + 6 || g_ascii_strncasecmp(head + quote, "sep=", 4) != 0) {
        return;
    }
    size_t end = quote + 5;
    end += quote > 0 && head[end] == '"' ? 1 : 0;
    if (end < left && (head[end] == '\n' || head[end] == '\r') && head[quote + 4] != '"') {
        reader->delimiter = head[quote + 4];
        reader->at += piece_len(reader);
        reader->line++;
    }
}

struct attempt {
    bool has_header;            /* the caller's header is among the rows */
    int n_columns;              /* of the header, else of the first row */
    int n_alike;                /* rows after it with as many cells */
};

/* Reads the head with one delimiter. */
static struct attempt try_delimiter(const struct csv_reader *reader, char delimiter, csv_is_header is_header,
                                    const void *data)
{
    struct csv_options options = reader->options;
    options.delimiter = delimiter;
    options.hint = CHARSET_NONE;
    g_autoptr(csv_reader) probe = csv_reader_of_text(reader->buffer + reader->at, reader->len - reader->at, &options);
    struct attempt attempt = { 0 };
    struct csv_row row;
    enum csv_step step;
    for (int i = 0; i < options.max_preamble && (step = next_row(probe, &row, NULL)) != CSV_STEP_END; i++) {
        if (step == CSV_STEP_FAILED) {
            break;
        }
        struct csv_header candidate = { .n = row.n, .names = row.cells, .line = row.line };
        if (!attempt.has_header && is_header != NULL && step == CSV_STEP_ROW && is_header(&candidate, data)) {
            attempt = (struct attempt){ .has_header = true, .n_columns = row.n };
        } else if (attempt.n_columns == 0) {
            attempt.n_columns = row.n;
        } else {
            attempt.n_alike += row.n == attempt.n_columns;
        }
    }
    return attempt;
}

static bool is_better(struct attempt a, struct attempt b)
{
    if (a.has_header != b.has_header) {
        return a.has_header;
    }
    if ((a.n_columns > 1) != (b.n_columns > 1)) {
        return a.n_columns > 1;
    }
    if (a.n_alike != b.n_alike) {
        return a.n_alike > b.n_alike;
    }
    return a.n_columns > b.n_columns;
}

/* Settles reader->delimiter from the first FEED bytes. */
static bool detect(struct csv_reader *reader, csv_is_header is_header, const void *data, GError **error)
{
    if (reader->delimiter != '\0') {
        return true;
    }
    if (!fill(reader, error)) {
        return false;
    }
    read_sep_line(reader);
    if (reader->delimiter == '\0') {
        struct attempt best = { 0 };
        for (size_t i = 0; i < sizeof delimiters; i++) {
            struct attempt attempt = try_delimiter(reader, delimiters[i], is_header, data);
            if (is_better(attempt, best)) {
                best = attempt;
                reader->delimiter = delimiters[i];
            }
        }
        if (best.n_columns <= 1) {
            reader->delimiter = ',';
        }
    }
    csv_set_delim(&reader->parser, (unsigned char)reader->delimiter);
    return true;
}

/* Keeps a row as the header. */
static void header_keep(struct csv_reader *reader, const struct csv_row *row)
{
    char **names = g_new0(char *, (size_t)row->n + 1);
    for (int i = 0; i < row->n; i++) {
        names[i] = g_strdup(row->cells[i]);
    }
    reader->header = (struct csv_header){ .n = row->n, .names = (const char *const *)names, .line = row->line };
    reader->counts.rows = 0;
    reader->counts.refused = 0;
}

bool csv_reader_header(struct csv_reader *reader, csv_is_header is_header, const void *data, GError **error)
{
    if (!detect(reader, is_header, data, error)) {
        return false;
    }
    struct csv_row row;
    int n_rows = 0;
    while (n_rows < reader->options.max_preamble) {
        enum csv_step step = next_row(reader, &row, error);
        if (step == CSV_STEP_FAILED) {
            return false;
        }
        if (step == CSV_STEP_END) {
            break;
        }
        n_rows++;
        struct csv_header candidate = { .n = row.n, .names = row.cells, .line = row.line };
        if (step == CSV_STEP_ROW && (is_header == NULL || is_header(&candidate, data))) {
            header_keep(reader, &row);
            return true;
        }
    }
    if (n_rows == 0) {
        return refuse(error, "csv.empty", "There is no text in this file. Nothing was changed.");
    }
    return refuse(error, "csv.no_header", "The line that names the columns is not there. "
                  "Bring the file as the program wrote it. Nothing was changed.");
}

/* --- the rest of the interface -------------------------------------------------------------------------- */

enum csv_step csv_reader_next(struct csv_reader *reader, struct csv_row *row_out, GError **error)
{
    *row_out = (struct csv_row){ 0 };
    if (!detect(reader, NULL, NULL, error)) {
        return CSV_STEP_FAILED;
    }
    return next_row(reader, row_out, error);
}

const char *csv_cell(const struct csv_row *row, int column)
{
    return column >= 0 && column < row->n ? row->cells[column] : "";
}

const struct csv_header *csv_reader_names(const struct csv_reader *reader)
{
    return &reader->header;
}

char csv_reader_delimiter(const struct csv_reader *reader)
{
    return reader->delimiter;
}

const struct charset_report *csv_reader_charset(const struct csv_reader *reader)
{
    return &reader->charset;
}

void csv_reader_counts(const struct csv_reader *reader, struct csv_counts *counts_out)
{
    *counts_out = reader->counts;
}
