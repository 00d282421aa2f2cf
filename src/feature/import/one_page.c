/* /import/:id: what a file would change, what it changed, or that it was taken back; and its
 * refused rows as a file. */
#include "feature/import/import_parts.h"

#include "base/error.h"
#include "base/words.h"
#include "codec/csv.h"
#include "import_one.tpl.h"
#include "net/http.h"
#include "page/html.h"

#include <string.h>

struct asked {
    struct page *page;
    GStringChunk *text;
    struct import_row row;
    GArray *waiting; /* struct import_line: others */
};

static bool read_one(struct db_tx *tx, void *data, GError **error)
{
    struct asked *asked = data;
    struct page *page = asked->page;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(GArray) rows = g_array_new(false, true, sizeof(struct import_row));
    g_array_set_size(asked->waiting, 0);
    if (!imports_load(&book, page_var_id(page, "id"), asked->text, &asked->row, error) ||
        !imports_list(&book, 50, asked->text, rows, error)) {
        return false;
    }
    for (guint i = 0; i < rows->len; i++) {
        const struct import_row *row = &g_array_index(rows, struct import_row, i);
        if (row->import_id != asked->row.import_id && import_waits(page, row)) {
            struct import_line line = import_line_of(page, row);
            g_array_append_val(asked->waiting, line);
        }
    }
    return true;
}

static const char *source_words(const char *name)
{
    for (int i = 0; i < n_import_sources; i++) {
        if (strcmp(import_sources[i]->name, name) == 0) {
            return import_sources[i]->words;
        }
    }
    return "Several kinds of file";
}

/* "Import 47 new, 31 changed" */
static const char *button_words(struct page *page, const struct part_sum *sum)
{
    g_autofree char *added = words_number(sum->added);
    g_autofree char *updated = words_number(sum->updated);
    if (sum->added + sum->updated == 0) {
        return "Save that nothing is new";
    }
    return sum->updated == 0 ? page_printf(page, "Import %s new", added)
           : sum->added == 0 ? page_printf(page, "Import %s changed", updated)
                             : page_printf(page, "Import %s new, %s changed", added, updated);
}

/* Records decided to be somebody known will change that person instead of making one. */
static void heed_answers(struct import_one_view *view)
{
    for (size_t i = 0; i < view->n_questions; i++) {
        if (view->questions[i].is_same && view->sum.added > 0) {
            view->sum.added--;
            view->sum.updated++;
        }
    }
}

static void show_waiting(struct page *page, const struct import_row *row,
                         struct import_one_view *view)
{
    g_autofree char *rows = words_count(row->n_read, "row", "rows");
    heed_answers(view);
    view->state = "Import, step 1 of 3: look before anything changes";
    view->lead = page_printf(page, "%s. %s read. Nothing is saved yet; the file is kept until %s.",
                             source_words(row->kind), rows, import_until(page, row));
    view->is_waiting = true;
    view->button = button_words(page, &view->sum);
    view->sum.added_href = view->n_newcomers > 0 ? "#new" : NULL;
}

static void show_applied(struct page *page, const struct import_row *row, int64_t n_people,
                         struct import_one_view *view)
{
    g_autofree char *people = words_count(n_people, "new person", "new people");
    char id[ID_TEXT];
    view->state = "Import, step 3 of 3: result";
    view->lead = page_printf(page, "%s, imported %s.", source_words(row->kind),
                             import_day(page, row->applied_at));
    view->can_undo = true;
    view->n_newcomers = 0;
    if (n_people > 0) {
        view->see_href =
            page_printf(page, "/people?import=%s&new=yes", id_format(row->import_id, id));
        view->see_words =
            n_people == 1 ? "See the new person" : page_printf(page, "See the %s", people);
        view->sum.added_href = view->see_href;
    }
    g_autofree char *added = words_number(row->n_added);
    g_autofree char *updated = words_number(row->n_updated);
    g_autofree char *same = words_number(row->n_unchanged);
    g_autofree char *refused = words_number(row->n_refused);
    g_autofree char *read = words_number(row->n_read);
    view->adds_up =
        page_printf(page, "%s + %s + %s + %s = %s.", added, updated, same, refused, read);
}

/* Taken back, stopped, failed, or looked at by a command. */
static void show_past(struct page *page, const struct import_row *row, struct import_one_view *view)
{
    view->state = "Import";
    view->lead = page_printf(page, "%s.", source_words(row->kind));
    view->n_newcomers = 0;
    if (strcmp(row->state, "undone") == 0) {
        view->note = (struct part_note){
            .tone = PART_TELL,
            .head = page_printf(page, "Taken back %s.", import_day(page, row->undone_at)),
            .text = "Everybody is as they were before it. Bring the file again to have it back."};
    } else if (strcmp(row->state, "previewed") == 0) {
        view->note = (struct part_note){
            .tone = PART_CARE,
            .head = "The file is not here any more.",
            .text = "It was looked at, and nothing was saved. Bring it again to import it."};
    } else {
        view->note = (struct part_note){.tone = PART_STOP,
                                        .head = "This import did not come to its end.",
                                        .text = "Nothing of the file was kept. Bring it again."};
    }
}

static void show_sum(const struct import_row *row, struct import_one_view *view)
{
    view->has_sum = row->n_read > 0;
    view->sum = (struct part_sum){.added = row->n_added,
                                  .updated = row->n_updated,
                                  .same = row->n_unchanged,
                                  .refused = row->n_refused,
                                  .read = row->n_read,
                                  .updated_href = view->n_changes > 0 ? "#changed" : NULL,
                                  .refused_href = view->n_refused > 0 ? "#refused" : NULL};
}

static bool show(struct page *page, const struct asked *asked, struct import_one_view *view,
                 GError **error)
{
    const struct import_row *row = &asked->row;
    json_t *report = json_loads(row->report, 0, NULL);
    const char *all = page_query(page, "all");
    char id[ID_TEXT];
    view->id = row->import_id;
    view->title = row->label;
    view->back = page_printf(page, "/import/%s", id_format(row->import_id, id));
    import_show_report(page, report, g_strcmp0(all, "changed") == 0, g_strcmp0(all, "refused") == 0,
                       view);
    show_sum(row, view);
    bool is_well = true;
    if (import_waits(page, row)) {
        g_autofree char *path = import_kept_file(page->data_dir, row->import_id);
        is_well = import_show_columns(page, path, report, view, error);
        show_waiting(page, row, view);
    } else if (strcmp(row->state, "applied") == 0) {
        show_applied(page, row, json_integer_value(json_object_get(report, "new_people")), view);
    } else {
        show_past(page, row, view);
    }
    if (row->n_refused > 0) {
        g_autofree char *rows = words_count(row->n_refused, "refused row", "refused rows");
        view->refused_href = page_printf(page, "%s/refused.csv", view->back);
        view->refused_words = page_printf(page, "Save the %s", rows);
    }
    json_decref(report);
    return is_well;
}

bool import_one_page(struct page *page, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) waiting = g_array_new(false, true, sizeof(struct import_line));
    struct asked asked = {.page = page, .text = text, .waiting = waiting};
    struct import_one_view view = {0};
    if (!db_read(page->db, "page import one", read_one, &asked, error) ||
        !show(page, &asked, &view, error)) {
        return false;
    }
    page_frame(page, NAV_IMPORT, page_printf(page, "%s · Import", asked.row.label), &view.frame);
    view.waiting = (const struct import_line *)(void *)waiting->data;
    view.n_waiting = waiting->len;
    if (page->refusal != NULL) {
        view.refusal = (struct part_note){
            .tone = PART_STOP, .head = "That did not work.", .text = page->refusal};
    }
    import_one_render(page->out, &view);
    return true;
}

bool import_refused_file(struct page *page, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) waiting = g_array_new(false, true, sizeof(struct import_line));
    struct asked asked = {.page = page, .text = text, .waiting = waiting};
    if (!db_read(page->db, "page import refused", read_one, &asked, error)) {
        return false;
    }
    json_t *report = json_loads(asked.row.report, 0, NULL);
    GString *out = g_string_new(NULL);
    static const struct csv_writer_options options = {.has_bom = true, .has_guards = true};
    struct csv_writer *writer = csv_writer_new(out, &options);
    static const char *const head[] = {"File", "Line", "Reason"};
    csv_writer_row(writer, 3, head);
    size_t index;
    json_t *row;
    json_array_foreach(json_object_get(report, "refused"), index, row)
    {
        g_autofree char *line = g_strdup_printf("%" JSON_INTEGER_FORMAT,
                                                json_integer_value(json_object_get(row, "line")));
        const char *cells[] = {json_string_value(json_object_get(row, "file")), line,
                               json_string_value(json_object_get(row, "reason"))};
        csv_writer_row(writer, 3, cells);
    }
    csv_writer_free(writer);
    json_decref(report);
    http_response_set_type(page->response, "text/csv; charset=utf-8");
    http_response_set_header(page->response, "Content-Disposition",
                             "attachment; filename=\"refused.csv\"");
    http_response_take_string(page->response, out);
    return true;
}
