/* The guided circle: one prompt at a time, several names each. */
#include "feature/existing_connections/connections_parts.h"

#include "base/words.h"
#include "existing_connections_circle.tpl.h"
#include "net/http.h"
#include "page/usual.h"

#include <string.h>

#define PAGE_PATH "/strategies/existing_connections/circle"

const char *circle_capital(struct page *page, const char *text)
{
    char *copy = page_printf(page, "%s", text);
    copy[0] = g_ascii_toupper(copy[0]);
    return copy;
}

const struct circle_row *circle_rows(struct page *page, const struct outlook *outlook,
                                     const char *here, const char **count_out)
{
    struct circle_row *rows = page_room(page, struct circle_row, n_data_circle);
    int n_done = 0;
    for (size_t i = 0; i < n_data_circle; i++) {
        const struct data_circle *row = &data_circle[i];
        int32_t day = circle_day(outlook->practices, row->id);
        g_autofree char *words = day != DAY_NONE ? day_words(day, outlook->today) : NULL;
        rows[i] = (struct circle_row){
            .id = row->id,
            .title = circle_capital(page, row->title),
            .day = words != NULL ? page_printf(page, "gone through %s", words) : NULL,
            .href = page_printf(page, PAGE_PATH "?prompt=%s", row->id),
            .is_here = g_strcmp0(here, row->id) == 0};
        n_done += day != DAY_NONE;
    }
    *count_out = page_printf(page, "%d of %d gone through", n_done, (int)n_data_circle);
    return rows;
}

static bool show(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(survey_ptr) survey = NULL;
    if (!survey_take(&book, &page->actions->strategies, &survey, error)) {
        return false;
    }
    const struct outlook *outlook = survey->outlook;
    const struct data_circle *prompt =
        data_circle_by_id(page_typed(page, "prompt", page_query(page, "prompt")));
    if (prompt == NULL) {
        prompt = circle_next(outlook->practices, NULL);
    }
    struct circle_view view = {.refusal = page->refusal, .n_rows = n_data_circle};
    view.rows = circle_rows(page, outlook, prompt != NULL ? prompt->id : NULL, &view.count);
    view.lead = "Whoever would help at once is rarely in an export. Prompt by prompt, a name is "
                "enough; what you know of them can come later.";
    if (prompt != NULL) {
        view.prompt = prompt->id;
        view.title = circle_capital(page, prompt->title);
        view.ask = prompt->ask;
        view.for_whom = prompt->for_whom;
        view.people = (struct part_field){
            .name = "people",
            .type = "textarea",
            .label = "One person a line",
            .is_required = true,
            .hint = "Name; how you know them; where they live. The last two may be left out.",
            .value = page_typed(page, "people", NULL),
            .error = page_refused(page, "people")};
    }
    page_frame(page, NAV_STRATEGIES, "Your circle", &view.frame);
    existing_connections_circle_render(page->out, &view);
    return true;
}

bool circle_page(struct page *page, GError **error)
{
    return db_read(page->db, "page circle", show, page, error);
}
