/* Results for people at a terminal. Columns are as wide as what stands in them, measured in display
 * columns; when the terminal is narrower, the widest text columns give way and their cells wrap.
 * Nothing is cut. */
#include <limits.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "action/cli.h"
#include "base/clock.h"

#define COLUMNS_MAX 24
#define GAP 2
#define WORD_COLUMNS 16

int print_width(const char *text)
{
    int width = 0;
    for (const char *at = text; *at != '\0';) {
        gunichar letter = g_utf8_get_char_validated(at, -1);
        if (letter == (gunichar)-1 || letter == (gunichar)-2) {
            width++;
            at++;
            continue;
        }
        int columns = wcwidth((wchar_t)letter);
        if (columns < 0) { /* a "C" locale knows ASCII only */
            columns = g_unichar_iszerowidth(letter) ? 0
                      : g_unichar_iswide(letter)    ? 2
                                                    : !g_unichar_iscntrl(letter);
        }
        width += columns;
        at = g_utf8_next_char(at);
    }
    return width;
}

int print_columns(FILE *out)
{
    struct winsize size;
    int fd = fileno(out);
    if (fd >= 0 && isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20) {
        return size.ws_col;
    }
    return 100;
}

/* Tables that go to a file or another program have a line for each row, however long. */
static int table_columns(FILE *out)
{
    int fd = fileno(out);
    return fd >= 0 && !isatty(fd) ? INT_MAX : print_columns(out);
}

/* ---- one value as text ---- */

static char *at_words(const char *text, const struct env *env)
{
    int64_t at;
    if (env == NULL || !at_parse(text, &at)) {
        return g_strdup(text);
    }
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / US_PER_SECOND);
    g_autoptr(GTimeZone) zone =
        env->clock.zone != NULL ? g_time_zone_ref(env->clock.zone) : g_time_zone_new_local();
    g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_timezone(utc, zone) : NULL;
    return local != NULL ? g_date_time_format(local, "%Y-%m-%d %H:%M") : g_strdup(text);
}

/* Lists of plain values are joined; objects show their first text; "" for nothing. */
static char *words_of(const json_t *value, enum field_type type, const struct env *env)
{
    switch (value == NULL ? JSON_NULL : json_typeof(value)) {
    case JSON_STRING:
        return type == FIELD_AT ? at_words(json_string_value(value), env)
                                : g_strdup(json_string_value(value));
    case JSON_INTEGER: return g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value));
    case JSON_REAL: return g_strdup_printf("%.4g", json_real_value(value));
    case JSON_TRUE: return g_strdup("yes");
    case JSON_FALSE: return g_strdup("no");
    case JSON_ARRAY: {
        GString *joined = g_string_new(NULL);
        size_t i;
        json_t *item;
        json_array_foreach((json_t *)value, i, item)
        {
            g_autofree char *words = words_of(item, FIELD_NONE, env);
            g_string_append_printf(joined, "%s%s", i > 0 ? ", " : "", words);
        }
        return g_string_free(joined, FALSE);
    }
    case JSON_OBJECT: {
        GString *joined = g_string_new(NULL);
        const char *name;
        json_t *member;
        json_object_foreach((json_t *)value, name, member)
        {
            if (!json_is_null(member)) {
                g_autofree char *words = words_of(member, FIELD_NONE, env);
                g_string_append_printf(joined, "%s%s: %s", joined->len > 0 ? ", " : "", name,
                                       words);
            }
        }
        return g_string_free(joined, FALSE);
    }
    case JSON_NULL: break;
    }
    return g_strdup("");
}

static char *head_of(const char *name)
{
    return g_strdelimit(g_strdup(name), "_", ' ');
}

/* ---- tables ---- */

struct column {
    const char *name; /* borrowed */
    char *head;
    enum field_type type;
    bool is_number;
    int width;
    int least; /* its longest word */
};

struct table {
    struct column columns[COLUMNS_MAX];
    int n;
    GPtrArray *cells; /* row by row, owned strings */
};

static int longest_word(const char *text)
{
    int longest = 0;
    g_auto(GStrv) words = g_strsplit_set(text, " \n", 0);
    for (char **word = words; *word != NULL; word++) {
        longest = MAX(longest, print_width(*word));
    }
    return longest;
}

static void add_column(struct table *table, const char *name, enum field_type type)
{
    if (table->n == COLUMNS_MAX) {
        return;
    }
    struct column *column = &table->columns[table->n++];
    *column = (struct column){.name = name, .head = head_of(name), .type = type, .is_number = true};
    column->width = print_width(column->head);
    column->least = longest_word(column->head);
}

/* The columns: as declared, else as the first row has them. */
static void find_columns(struct table *table, const json_t *rows, const struct field *fields)
{
    if (fields != NULL) {
        for (const struct field *field = fields; field->name != NULL; field++) {
            add_column(table, field->name, field->type);
        }
        return;
    }
    const char *name;
    json_t *value;
    json_object_foreach(json_array_get(rows, 0), name, value)
    {
        add_column(table, name, FIELD_NONE);
    }
}

static void fill_cells(struct table *table, const json_t *rows, const struct env *env)
{
    bool is_used[COLUMNS_MAX] = {false};
    size_t at;
    json_t *row;
    json_array_foreach((json_t *)rows, at, row)
    {
        for (int i = 0; i < table->n; i++) {
            struct column *column = &table->columns[i];
            const json_t *value = json_object_get(row, column->name);
            char *words = json_is_false(value)
                              ? g_strdup("")
                              : words_of(value, column->type, env); /* "no" says little */
            g_ptr_array_add(table->cells, words);
            column->width = MAX(column->width, print_width(words));
            column->least = MAX(column->least, longest_word(words));
            column->is_number = column->is_number && (json_is_number(value) || words[0] == '\0');
            is_used[i] = is_used[i] || words[0] != '\0';
        }
    }
    for (int i = 0; i < table->n; i++) { /* a column that says nothing anywhere is not shown */
        if (!is_used[i]) {
            table->columns[i].width = 0;
        }
    }
}

/* A column may become this narrow: its longest word, or where that is long, a part of it; numbers
 * and ids are never broken. */
static int least_width(const struct column *column)
{
    bool is_whole = column->is_number || column->type == FIELD_ID;
    return is_whole ? column->width : MIN(column->least, WORD_COLUMNS);
}

static int row_width(const struct table *table, bool is_least)
{
    int total = -GAP;
    for (int i = 0; i < table->n; i++) {
        const struct column *column = &table->columns[i];
        int width = is_least ? least_width(column) : column->width;
        total += column->width > 0 ? width + GAP : 0;
    }
    return total;
}

/* Columns at the end that have no place go, and are named: JSON has them all. */
static char *leave_out(struct table *table, int columns)
{
    GString *names = NULL;
    for (int i = table->n - 1; i > 0 && row_width(table, true) > columns; i--) {
        if (table->columns[i].width == 0) {
            continue;
        }
        names = names == NULL ? g_string_new(NULL) : names;
        g_string_prepend(names, names->len > 0 ? ", " : "");
        g_string_prepend(names, table->columns[i].head);
        table->columns[i].width = 0;
    }
    return names != NULL ? g_string_free(names, FALSE) : NULL;
}

/* The widest give way until the row fits. */
static void fit(struct table *table, int columns)
{
    while (row_width(table, false) > columns) {
        struct column *widest = NULL;
        for (int i = 0; i < table->n; i++) {
            struct column *column = &table->columns[i];
            if (column->width > least_width(column) &&
                (widest == NULL || column->width > widest->width)) {
                widest = column;
            }
        }
        if (widest == NULL) {
            return;
        }
        widest->width--;
    }
}

/* The next line of a cell, at most width columns, broken at a blank where there is one; *rest moves
 * on. New string. */
static char *cell_line(const char **rest, int width)
{
    const char *start = *rest;
    const char *blank = NULL;
    const char *at = start;
    int used = 0;
    while (*at != '\0' && *at != '\n') {
        const char *next = g_utf8_next_char(at);
        char letter[8] = "";
        memcpy(letter, at, MIN((size_t)(next - at), sizeof letter - 1));
        int columns = print_width(letter);
        if (used + columns > width) {
            break;
        }
        if (*at == ' ') {
            blank = at;
        }
        used += columns;
        at = next;
    }
    if (*at == '\0' || *at == '\n') {
        *rest = *at == '\n' ? at + 1 : at;
        return g_strndup(start, (gsize)(at - start));
    }
    if (*at == ' ') {
        blank = at;
    }
    const char *end = blank != NULL && blank > start ? blank
                      : at > start                   ? at
                                                     : g_utf8_next_char(at);
    *rest = *end == ' ' ? end + 1 : end;
    return g_strndup(start, (gsize)(end - start));
}

static void put_row(const struct table *table, const char *const *cells, FILE *out)
{
    const char *rest[COLUMNS_MAX];
    for (int i = 0; i < table->n; i++) {
        rest[i] = cells[i];
    }
    bool has_more = true;
    while (has_more) {
        has_more = false;
        g_autoptr(GString) line = g_string_new(NULL);
        int missing = 0;
        for (int i = 0; i < table->n; i++) {
            const struct column *column = &table->columns[i];
            if (column->width == 0) {
                continue;
            }
            g_autofree char *text = cell_line(&rest[i], column->width);
            int pad = MAX(column->width - print_width(text), 0);
            g_string_append_printf(line, "%*s", missing + (column->is_number ? pad : 0), "");
            g_string_append(line, text);
            missing = GAP + (column->is_number ? 0 : pad);
            has_more = has_more || rest[i][0] != '\0';
        }
        g_strchomp(line->str);
        fprintf(out, "%s\n", line->str);
    }
}

static void print_rows(const json_t *rows, const struct field *fields, FILE *out,
                       const struct env *env)
{
    struct table table = {.cells = g_ptr_array_new_with_free_func(g_free)};
    find_columns(&table, rows, fields);
    fill_cells(&table, rows, env);
    int columns = table_columns(out);
    g_autofree char *left_out = leave_out(&table, columns);
    fit(&table, columns);
    const char *heads[COLUMNS_MAX] = {NULL};
    for (int i = 0; i < table.n; i++) {
        heads[i] = table.columns[i].head;
    }
    put_row(&table, heads, out);
    for (guint i = 0; i + (guint)table.n <= table.cells->len && table.n > 0; i += (guint)table.n) {
        put_row(&table, (const char *const *)&table.cells->pdata[i], out);
    }
    if (left_out != NULL) {
        fprintf(out, "\nToo narrow to show: %s. --json shows all.\n", left_out);
    }
    for (int i = 0; i < table.n; i++) {
        g_free(table.columns[i].head);
    }
    g_ptr_array_unref(table.cells);
}

/* ---- a whole result ---- */

static const struct field *field_of(const struct field *fields, const char *name)
{
    for (const struct field *field = fields; field != NULL && field->name != NULL; field++) {
        if (strcmp(field->name, name) == 0) {
            return field;
        }
    }
    return NULL;
}

static bool is_table(const json_t *value)
{
    return json_is_array(value) &&
           (json_array_size(value) == 0 || json_is_object(json_array_get(value, 0)));
}

/* {"<plural>": [...], "total", "next"}: a list, told as one. */
static const char *list_name(const json_t *result)
{
    if (json_object_size(result) != 3 || json_object_get(result, "total") == NULL ||
        json_object_get(result, "next") == NULL) {
        return NULL;
    }
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)result, name, value)
    {
        if (json_is_array(value)) {
            return name;
        }
    }
    return NULL;
}

static void print_list(const json_t *result, const char *name, const struct field *fields,
                       FILE *out, const struct env *env)
{
    const json_t *rows = json_object_get(result, name);
    const struct field *field = field_of(fields, name);
    if (json_array_size(rows) == 0) {
        fprintf(out, "No %s.\n", name);
        return;
    }
    if (is_table(rows)) {
        print_rows(rows, field != NULL ? field->fields : NULL, out, env);
    } else {
        g_autofree char *words = words_of(rows, FIELD_NONE, env);
        fprintf(out, "%s\n", words);
    }
    json_int_t total = json_integer_value(json_object_get(result, "total"));
    if (total > (json_int_t)json_array_size(rows)) {
        const char *next = json_string_value(json_object_get(result, "next"));
        fprintf(out, "\n%zu of %" JSON_INTEGER_FORMAT " %s.", json_array_size(rows), total, name);
        fprintf(out, next != NULL ? " More: --after %s\n" : "%s\n", next != NULL ? next : "");
    }
}

void print_generic(const json_t *result, const struct field *fields, FILE *out,
                   const struct env *env)
{
    const char *list = list_name(result);
    if (list != NULL) {
        print_list(result, list, fields, out, env);
        return;
    }
    int width = 0;
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)result, name, value)
    {
        width = is_table(value) ? width : MAX(width, print_width(name));
    }
    json_object_foreach((json_t *)result, name, value)
    {
        const struct field *field = field_of(fields, name);
        g_autofree char *words =
            is_table(value) ? g_strdup("")
                            : words_of(value, field != NULL ? field->type : FIELD_NONE, env);
        if (words[0] == '\0') {
            continue;
        }
        g_autofree char *head = head_of(name);
        fprintf(out, "%s%*s", head, width + GAP - print_width(head), "");
        const char *rest = words;
        bool is_first = true;
        while (rest[0] != '\0') {
            g_autofree char *line = cell_line(&rest, MAX(print_columns(out) - width - GAP, 20));
            fprintf(out, "%*s%s\n", is_first ? 0 : width + GAP, "", line);
            is_first = false;
        }
    }
    json_object_foreach((json_t *)result, name, value)
    {
        if (is_table(value) && json_array_size(value) > 0) {
            const struct field *field = field_of(fields, name);
            g_autofree char *head = head_of(name);
            head[0] = g_ascii_toupper(head[0]);
            fprintf(out, "\n%s\n", head);
            print_rows(value, field != NULL ? field->fields : NULL, out, env);
        }
    }
}

/* ---- what main prints ---- */

static void put_json(json_t *json, FILE *out)
{
    json_dumpf(json, out, JSON_INDENT(2) | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(15));
    fputc('\n', out);
}

void cli_print_result(const struct cli_command *command, const json_t *result,
                      const struct env *env, FILE *out)
{
    if (command->options.is_json) {
        put_json((json_t *)result, out);
    } else if (command->action->print != NULL) {
        command->action->print(result, out, env);
    } else {
        print_generic(result, command->action->result, out, env);
    }
}

void cli_print_error(const struct cli_command *command, const GError *error, const json_t *details,
                     FILE *out, FILE *words)
{
    if (command->options.is_json) {
        json_t *document = action_error_json(error, details);
        put_json(document, out);
        json_decref(document);
        return;
    }
    fprintf(words, "%s\n", error->message);
    if (json_is_object(details) && json_object_size(details) > 1) {
        const char *name;
        json_t *sentence;
        json_object_foreach((json_t *)details, name, sentence)
        {
            fprintf(words, "  %s: %s\n", name, json_string_value(sentence));
        }
    } else if (json_is_array(details) && json_array_size(details) > 0) {
        print_rows(details, NULL, words, NULL);
    }
}
