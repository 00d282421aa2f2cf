/* The report of an import as its page shows it. Words are copied: the report is gone when the page
 * is written. */
#include "feature/import/import_parts.h"

#include "base/words.h"
#include "codec/columns.h"
#include "model/fact.h"
#include "page/usual.h"

#include <string.h>

#define CHANGES_SHOWN 50
#define REFUSED_SHOWN 20
#define NEW_SHOWN 20

static const char *text_of(struct page *page, const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text == NULL ? NULL : page_printf(page, "%s", text);
}

/* "20 of 312 shown", or "312 rows". */
static const char *shown_words(struct page *page, size_t shown, int64_t all, const char *one,
                               const char *many)
{
    g_autofree char *count = words_count(all, one, many);
    g_autofree char *part = words_number((int64_t)shown);
    return (int64_t)shown < all ? page_printf(page, "%s of %s", part, count)
                                : page_printf(page, "%s", count);
}

static struct part_name name_in(struct page *page, const json_t *object)
{
    const char *id = json_string_value(json_object_get(object, "person_id"));
    return (struct part_name){.latin = text_of(page, object, "person"),
                              .href = id != NULL ? page_printf(page, "/people/%s", id) : NULL};
}

static void show_questions(struct page *page, const json_t *report, struct import_one_view *view)
{
    const json_t *list = json_object_get(report, "decide");
    const json_t *decisions = json_object_get(report, "decisions");
    struct import_question *asks = page_room(page, struct import_question, json_array_size(list));
    size_t i;
    json_t *one;
    json_array_foreach(list, i, one)
    {
        const char *key = text_of(page, one, "key");
        const char *said = json_string_value(json_object_get(decisions, key));
        const char *why = json_string_value(json_object_get(one, "why"));
        const char *name = text_of(page, one, "name");
        asks[i] = (struct import_question){
            .key = key,
            .name = name != NULL ? name : "Nameless",
            .org = text_of(page, one, "org"),
            .why = page_printf(page, "%c%s", g_ascii_toupper(why[0]), why + 1),
            .other = name_in(page, one),
            .is_two = g_strcmp0(said, "two") == 0,
            .is_same = said != NULL && strcmp(said, "two") != 0};
        if (asks[i].other.href == NULL) {
            asks[i].other.latin = NULL;
        }
    }
    view->questions = asks;
    view->n_questions = json_array_size(list);
    view->questions_words = shown_words(page, view->n_questions, (int64_t)view->n_questions,
                                        "may be somebody you have", "may be people you have");
}

static void show_newcomers(struct page *page, const json_t *report, struct import_one_view *view)
{
    const json_t *list = json_object_get(report, "new");
    size_t n = MIN(json_array_size(list), NEW_SHOWN);
    struct import_newcomer *rows = page_room(page, struct import_newcomer, n);
    for (size_t i = 0; i < n; i++) {
        const json_t *one = json_array_get(list, i);
        rows[i] = (struct import_newcomer){.name = text_of(page, one, "name"),
                                           .org = text_of(page, one, "org")};
    }
    view->newcomers = rows;
    view->n_newcomers = n;
    view->newcomers_words = shown_words(
        page, n, json_integer_value(json_object_get(report, "new_people")), "person", "people");
}

static const char *kind_words(struct page *page, const char *what)
{
    if (g_strcmp0(what, "source") == 0) {
        return "also in";
    }
    enum fact_kind kind = what != NULL ? fact_kind_parse(what) : FACT_NONE;
    g_autofree char *words = g_strdup(kind != FACT_NONE ? fact_kind_words(kind) : what);
    if (words != NULL && g_ascii_isupper(words[0]) && g_ascii_islower(words[1])) {
        words[0] = g_ascii_tolower(words[0]);
    }
    return page_printf(page, "%s", words != NULL ? words : "");
}

static void show_changes(struct page *page, const json_t *report, bool is_all,
                         struct import_one_view *view)
{
    const json_t *list = json_object_get(report, "changes");
    size_t n = is_all ? json_array_size(list) : MIN(json_array_size(list), CHANGES_SHOWN);
    struct import_change *rows = page_room(page, struct import_change, n);
    for (size_t i = 0; i < n; i++) {
        const json_t *one = json_array_get(list, i);
        rows[i] = (struct import_change){
            .name = name_in(page, one),
            .what = kind_words(page, json_string_value(json_object_get(one, "what"))),
            .before = text_of(page, one, "before"),
            .after = text_of(page, one, "after")};
    }
    view->changes = rows;
    view->n_changes = n;
    view->changes_words = shown_words(
        page, n, json_integer_value(json_object_get(report, "n_changes")), "fact", "facts");
    view->changes_href =
        n < json_array_size(list) ? page_printf(page, "%s?all=changed#changed", view->back) : NULL;
}

static void show_refused(struct page *page, const json_t *report, bool is_all,
                         struct import_one_view *view)
{
    const json_t *list = json_object_get(report, "refused");
    size_t n = is_all ? json_array_size(list) : MIN(json_array_size(list), REFUSED_SHOWN);
    struct import_refusal *rows = page_room(page, struct import_refusal, n);
    for (size_t i = 0; i < n; i++) {
        const json_t *one = json_array_get(list, i);
        rows[i] = (struct import_refusal){.file = text_of(page, one, "file"),
                                          .line = json_integer_value(json_object_get(one, "line")),
                                          .reason = text_of(page, one, "reason")};
    }
    view->refused = rows;
    view->n_refused = n;
    view->refused_meta =
        page_printf(page, "%s, each with its line",
                    shown_words(page, n, (int64_t)json_array_size(list), "row", "rows"));
    view->refused_all_href =
        n < json_array_size(list) ? page_printf(page, "%s?all=refused#refused", view->back) : NULL;
}

/* "Connections.csv: LinkedIn connections, 3,761 rows"; notes in their own words. */
static void show_remarks(struct page *page, const json_t *report, struct import_one_view *view)
{
    const json_t *list = json_object_get(report, "files");
    const char **remarks = page_room(page, const char *, json_array_size(list));
    size_t i;
    json_t *one;
    json_array_foreach(list, i, one)
    {
        const char *file = json_string_value(json_object_get(one, "file"));
        const char *note = json_string_value(json_object_get(one, "note"));
        const char *kind = json_string_value(json_object_get(one, "kind"));
        g_autofree char *rows =
            words_count(json_integer_value(json_object_get(one, "read")), "row", "rows");
        remarks[i] = note != NULL
                         ? page_printf(page, "%s, line %" JSON_INTEGER_FORMAT ": %s", file,
                                       json_integer_value(json_object_get(one, "line")), note)
                         : page_printf(page, "%s: %s, %s", file, kind, rows);
    }
    view->remarks = remarks;
    view->n_remarks = json_array_size(list);
}

void import_show_report(struct page *page, const json_t *report, bool has_all_changes,
                        bool has_all_refused, struct import_one_view *view)
{
    show_questions(page, report, view);
    show_newcomers(page, report, view);
    show_changes(page, report, has_all_changes, view);
    show_refused(page, report, has_all_refused, view);
    show_remarks(page, report, view);
}

/* Every field a column can be kept as; the one at hand is chosen. The value names field and column.
 */
static void fill_options(struct page *page, const char *column, const char *field,
                         struct import_column *out)
{
    struct part_option *options = page_room(page, struct part_option, N_COLUMN);
    size_t n = 0;
    for (enum column_field f = COLUMN_NONE + 1; f < N_COLUMN; f++) {
        const char *text = column_field_text(f);
        options[n++] = (struct part_option){.value = page_printf(page, "%s:%s", text, column),
                                            .label = column_field_words(f),
                                            .is_chosen = g_strcmp0(text, field) == 0};
    }
    out->options = options;
    out->n_options = n;
}

bool import_show_columns(struct page *page, const char *path, const json_t *report,
                         struct import_one_view *view, GError **error)
{
    g_autofree char *name = g_path_get_basename(path);
    json_t *columns = NULL;
    if (!plan_columns(path, name, &columns, error)) {
        return false;
    }
    const json_t *mapping = json_object_get(report, "mapping");
    const json_t *list = json_object_get(columns, "columns");
    struct import_column *rows = page_room(page, struct import_column, json_array_size(list));
    size_t i;
    json_t *one;
    json_array_foreach(list, i, one)
    {
        const char *column = text_of(page, one, "name");
        const char *chosen = json_string_value(json_object_get(mapping, column));
        rows[i].id = page_printf(page, "column-%zu", i);
        rows[i].name = column;
        rows[i].samples = text_of(page, one, "samples");
        rows[i].why = chosen == NULL ? text_of(page, one, "why") : "as you said";
        fill_options(page, column,
                     chosen != NULL ? chosen : json_string_value(json_object_get(one, "field")),
                     &rows[i]);
    }
    view->columns = rows;
    view->n_columns = json_array_size(list);
    json_decref(columns);
    return true;
}
