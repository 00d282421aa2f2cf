/* /import: bring a file, what waits, what was brought in before. */
#include "feature/import/import_parts.h"

#include "base/words.h"
#include "import.tpl.h"
#include "page/html.h"

#include <string.h>

#define SHOWN 200

const char *import_day(struct page *page, int64_t at)
{
    if (at == AT_NONE) {
        return "";
    }
    g_autofree char *day =
        day_words(clock_day_of(&page->env->clock, at), clock_today(&page->env->clock));
    return page_printf(page, "%s", day);
}

const char *import_until(struct page *page, const struct import_row *row)
{
    return import_day(page, row->created_at + IMPORT_KEPT_DAYS * US_PER_DAY);
}

bool import_waits(const struct page *page, const struct import_row *row)
{
    if (strcmp(row->state, "previewed") != 0 || page->data_dir == NULL) {
        return false;
    }
    g_autofree char *path = import_kept_file(page->data_dir, row->import_id);
    return path != NULL;
}

struct import_line import_line_of(struct page *page, const struct import_row *row)
{
    bool is_undone = strcmp(row->state, "undone") == 0;
    return (struct import_line){
        .id = row->import_id,
        .file = page_printf(page, "%s", row->label),
        .on = import_day(page, row->applied_at != AT_NONE ? row->applied_at : row->created_at),
        .until = import_until(page, row),
        .added = row->n_added,
        .updated = row->n_updated,
        .unchanged = row->n_unchanged,
        .refused = row->n_refused,
        .can_undo = strcmp(row->state, "applied") == 0,
        .state = is_undone ? page_printf(page, "taken back %s", import_day(page, row->undone_at))
                           : "not saved"};
}

struct asked {
    struct page *page;
    GArray *waiting; /* struct import_line */
    GArray *past;
};

/* A look by a command, whose file does not wait here, is no import yet: it is left out. */
static bool read_lists(struct db_tx *tx, void *data, GError **error)
{
    struct asked *asked = data;
    struct book book = BOOK(tx, asked->page->env, asked->page->account_id);
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) rows = g_array_new(false, true, sizeof(struct import_row));
    g_array_set_size(asked->waiting, 0);
    g_array_set_size(asked->past, 0);
    if (!imports_list(&book, SHOWN, text, rows, error)) {
        return false;
    }
    for (guint i = 0; i < rows->len; i++) {
        const struct import_row *row = &g_array_index(rows, struct import_row, i);
        struct import_line line = import_line_of(asked->page, row);
        if (import_waits(asked->page, row)) {
            g_array_append_val(asked->waiting, line);
        } else if (strcmp(row->state, "previewed") != 0) {
            g_array_append_val(asked->past, line);
        }
    }
    return true;
}

bool import_page(struct page *page, GError **error)
{
    g_autoptr(GArray) waiting = g_array_new(false, true, sizeof(struct import_line));
    g_autoptr(GArray) past = g_array_new(false, true, sizeof(struct import_line));
    struct asked asked = {.page = page, .waiting = waiting, .past = past};
    if (!db_read(page->db, "page import", read_lists, &asked, error)) {
        return false;
    }
    struct import_view view = {.waiting = (const struct import_line *)(void *)waiting->data,
                               .n_waiting = waiting->len,
                               .past = (const struct import_line *)(void *)past->data,
                               .n_past = past->len};
    page_frame(page, NAV_IMPORT, "Import", &view.frame);
    view.past_words =
        page_keep(page, words_count(past->len, "import, newest first", "imports, newest first"));
    if (page->refusal != NULL) {
        view.note = (struct part_note){
            .tone = PART_STOP, .head = "That did not work.", .text = page->refusal};
    }
    import_render(page->out, &view);
    return true;
}
