/* The page of forums: minutes of the week, the notebook with its search, one answer to be changed.
 */
#include "feature/online_forums/forum.h"

#include "base/fold.h"
#include "base/words.h"
#include "feature/online_forums/forum_view.h"
#include "online_forums.tpl.h"
#include "page/usual.h"

#include <string.h>

#define SHOWN 100

static const char *copy(struct page *page, const char *text)
{
    return text == NULL || *text == '\0' ? NULL : page_printf(page, "%s", text);
}

static struct forum_row row_of(struct page *page, const struct saved *one, int32_t today)
{
    char id[ID_TEXT];
    g_autofree char *day = one->on_day != DAY_NONE ? day_words(one->on_day, today) : NULL;
    g_autofree char *minutes = words_minutes(one->minutes);
    return (struct forum_row){
        .id = one->saved_id,
        .question = copy(page, one->question),
        .body = copy(page, one->body),
        .source = copy(page, one->source),
        .url = copy(page, one->url),
        .year = one->year > 0 ? page_printf(page, "of %d", one->year) : NULL,
        .day = page_printf(page, "found %s%s%s", day != NULL ? day : "some day",
                           one->minutes > 0 ? ", " : "", one->minutes > 0 ? minutes : ""),
        .edit =
            page_printf(page, "/strategies/online_forums?id=%s#edit", id_format(one->saved_id, id)),
        .is_rumour = one->is_rumour,
        .is_old = !one->is_rumour && forum_is_old(one, today)};
}

static struct part_field field(struct page *page, const char *name, const char *label,
                               const char *type, const char *value)
{
    return (struct part_field){.name = name,
                               .label = label,
                               .type = type,
                               .value = page_typed(page, name, value),
                               .error = page_refused(page, name)};
}

static struct part_field sure_field(struct page *page, bool is_rumour)
{
    struct part_option *options = page_room(page, struct part_option, 2);
    struct part_field made =
        field(page, "rumour", "How sure it is", "select", is_rumour ? "yes" : "no");
    bool is_chosen = g_strcmp0(made.value, "yes") == 0;
    options[0] = (struct part_option){"no", "The source must know", !is_chosen};
    options[1] = (struct part_option){"yes", "A rumour: nobody official says so", is_chosen};
    made.options = options;
    made.n_options = 2;
    return made;
}

static void fill_form(struct page *page, const struct saved *one, struct forum_form *form)
{
    struct part_field *fields = page_room(page, struct part_field, 7);
    bool has_year = one != NULL && one->year > 0;
    bool has_minutes = one != NULL && one->minutes >= 0;
    fields[0] =
        field(page, "question", "Question", "text", one != NULL ? copy(page, one->question) : NULL);
    fields[0].is_required = true;
    fields[1] =
        field(page, "answer", "Answer", "textarea", one != NULL ? copy(page, one->body) : NULL);
    fields[1].is_required = true;
    fields[2] = field(page, "source", "Where it comes from", "text",
                      one != NULL ? copy(page, one->source) : NULL);
    fields[2].is_required = true;
    fields[2].hint = "The forum, the person, the page. What has no source cannot be checked.";
    fields[3] = field(page, "url", "Address", "url", one != NULL ? copy(page, one->url) : NULL);
    fields[4] = field(page, "year", "Year it speaks of", "number",
                      has_year ? page_printf(page, "%d", one->year) : NULL);
    fields[5] = field(page, "minutes", "Minutes you read", "number",
                      has_minutes ? page_printf(page, "%d", one->minutes) : NULL);
    fields[6] = sure_field(page, one != NULL && one->is_rumour);
    form->fields = fields;
    form->n_fields = 7;
    form->refusal = page->refusal;
    form->looks_like_patient = page->refusal != NULL && page->typed != NULL;
}

static struct part_chip chip_of(struct page *page, const char *label, const char *only,
                                const char *value)
{
    bool is_on = g_strcmp0(only, value) == 0;
    return (struct part_chip){
        .label = label,
        .href = is_on ? "/strategies/online_forums#kept"
                      : page_printf(page, "/strategies/online_forums?only=%s#kept", value),
        .is_on = is_on};
}

static void fill_rows(struct page *page, const struct outlook *outlook, struct forum_view *view)
{
    const GArray *saved = outlook->saved;
    const char *only = page_query(page, "only");
    const char *query = page_query(page, "words");
    g_autofree char *folded = fold_text(query != NULL ? query : "");
    struct forum_row *rows = page_room(page, struct forum_row, SHOWN);
    struct part_chip *chips = page_room(page, struct part_chip, 2);
    size_t n = 0;
    for (guint i = 0; i < saved->len; i++) {
        const struct saved *one = &g_array_index(saved, struct saved, i);
        bool is_old = forum_is_old(one, outlook->today);
        if (!forum_matches(one, folded) || (g_strcmp0(only, "rumours") == 0 && !one->is_rumour) ||
            (g_strcmp0(only, "old") == 0 && !is_old)) {
            continue;
        }
        if (n < SHOWN) {
            rows[n] = row_of(page, one, outlook->today);
        }
        n++;
    }
    chips[0] = chip_of(page, "rumours", only, "rumours");
    chips[1] = chip_of(page, "older than two years", only, "old");
    view->chips = chips;
    view->n_chips = 2;
    view->query = query != NULL ? page_printf(page, "%s", query) : NULL;
    view->rows = rows;
    view->n_rows = MIN(n, SHOWN);
    view->count = n > SHOWN ? page_printf(page, "the newest %d of %zu", SHOWN, n)
                  : n > 0   ? page_printf(page, "%zu", n)
                            : NULL;
    view->has_any = saved->len > 0;
    view->nothing = saved->len == 0
                        ? "Nothing is kept yet. An answer with its source and year spares you the "
                          "second search."
                        : "No answer matches.";
}

/* The answer named in the address, or in a form that was refused; NULL. */
static const struct saved *find_edit(const struct page *page, const GArray *saved)
{
    int64_t id = 0;
    const char *text = page_query(page, "id");
    text = page->typed != NULL ? page_typed(page, "id", NULL) : text;
    if (text == NULL || !id_parse(text, &id)) {
        return NULL;
    }
    for (guint i = 0; i < saved->len; i++) {
        if (g_array_index(saved, struct saved, i).saved_id == id) {
            return &g_array_index(saved, struct saved, i);
        }
    }
    return NULL;
}

static bool show(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(survey_ptr) survey = NULL;
    struct forum_view view = {0};
    char id[ID_TEXT];
    if (!survey_take(&book, &page->actions->strategies, &survey, error) ||
        !page_strategy(page, &book, survey, "online_forums", &view.about, error)) {
        return false;
    }
    const struct outlook *outlook = survey->outlook;
    view.about.lead =
        "Others on the same road know what no page says, and some of it is wrong. One "
        "block a week, a notebook, and a look at the official source.";
    view.spent = forum_spent(outlook->saved, outlook->monday);
    view.limit = forum_limit(outlook->pursuits);
    view.is_over = view.spent >= view.limit;
    view.spent_words = page_printf(page, "%d of %d min this week", view.spent, view.limit);
    const struct saved *edit = find_edit(page, outlook->saved);
    view.is_edit = edit != NULL;
    if (edit != NULL) {
        view.edit_id = edit->saved_id;
        view.edit_back = page_printf(page, "/strategies/online_forums?id=%s#edit",
                                     id_format(edit->saved_id, id));
        view.may_check = edit->is_rumour || forum_is_old(edit, outlook->today);
    }
    fill_rows(page, outlook, &view);
    fill_form(page, edit, &view.form);
    view.is_form_open = page->typed != NULL;
    page_frame(page, NAV_STRATEGIES, view.about.name, &view.frame);
    online_forums_render(page->out, &view);
    return true;
}

bool forum_page(struct page *page, GError **error)
{
    return db_read(page->db, "page forums", show, page, error);
}
