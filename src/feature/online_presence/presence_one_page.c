/* The page of one item: its draft looked at, and what can be changed. */
#include "feature/online_presence/presence_parts.h"

#include "base/error.h"
#include "base/words.h"
#include "data_presence_kinds.h"
#include "data_pursuit_stages.h"
#include "online_presence_one.tpl.h"
#include "page/usual.h"

#include <string.h>

const char *presence_kind_name(const char *kind)
{
    const struct data_presence_kinds *row = data_presence_kinds_by_id(kind);
    return row != NULL ? row->name : "Something else";
}

static struct part_field field(struct page *page, const char *name, const char *label,
                               const char *value)
{
    return (struct part_field){.name = name,
                               .label = label,
                               .value = page_typed(page, name, value),
                               .error = page_refused(page, name)};
}

static struct part_field kind_field(struct page *page, const char *chosen)
{
    struct part_option *options = page_room(page, struct part_option, n_data_presence_kinds);
    struct part_field made = field(page, "kind", "What it is", chosen);
    for (size_t i = 0; i < n_data_presence_kinds; i++) {
        const struct data_presence_kinds *row = &data_presence_kinds[i];
        options[i] =
            (struct part_option){.value = row->id,
                                 .label = page_printf(page, "%s: %s", row->name, row->what),
                                 .is_chosen = g_strcmp0(made.value, row->id) == 0};
    }
    made.type = "select";
    made.options = options;
    made.n_options = n_data_presence_kinds;
    return made;
}

void presence_fill_form(struct page *page, const struct pursuit *one, struct presence_form *form)
{
    char day[DAY_TEXT];
    bool has_day = one != NULL && one->due_day != DAY_NONE;
    form->title = field(page, "title", "What it is about",
                        one != NULL ? page_printf(page, "%s", one->title) : NULL);
    form->title.is_required = true;
    form->kind = kind_field(
        page, one != NULL && one->ref != NULL ? page_printf(page, "%s", one->ref) : "post");
    form->due = field(page, "due", "Day meant for it",
                      has_day ? page_printf(page, "%s", day_format(one->due_day, day)) : NULL);
    form->due.type = "date";
    form->url = field(page, "url", "Where it stands",
                      one != NULL && one->url != NULL ? page_printf(page, "%s", one->url) : NULL);
    form->url.type = "url";
    form->note =
        field(page, "note", "Draft",
              one != NULL && one->note != NULL ? page_printf(page, "%s", one->note) : NULL);
    form->note.type = "textarea";
    form->note.hint = "It is looked at before it goes out. No patient details.";
    form->is_invited = page_typed(page, "invited", NULL) != NULL;
}

const struct presence_found *presence_fill_signs(struct page *page, const GArray *signs,
                                                 size_t *n_out, const char **words_out)
{
    struct presence_found *rows = page_room(page, struct presence_found, MAX(signs->len, 1u));
    for (guint i = 0; i < signs->len; i++) {
        const struct presence_sign *sign = &g_array_index(signs, struct presence_sign, i);
        rows[i] = (struct presence_found){
            .title = page_printf(page, "%s", sign->title),
            .found = page_printf(page, "%s", sign->found),
            .why = page_printf(page, "%s", sign->why),
            .instead = sign->instead != NULL ? page_printf(page, "%s", sign->instead) : NULL};
    }
    *n_out = signs->len;
    g_autofree char *counted =
        words_count(signs->len, "thing to look at again", "things to look at again");
    *words_out = signs->len == 0
                     ? "Nothing was found. That is no promise: read it once as a stranger would."
                     : page_printf(page, "There %s %s. You decide; nothing is held back.",
                                   signs->len == 1 ? "is" : "are", counted);
    return rows;
}

static struct part_field stage_field(struct page *page, const char *stage)
{
    struct part_option *options = page_room(page, struct part_option, n_data_pursuit_stages);
    struct part_field made = field(page, "stage", "How far it is", page_printf(page, "%s", stage));
    for (size_t i = 0; i < n_data_pursuit_stages; i++) {
        const struct data_pursuit_stages *row = &data_pursuit_stages[i];
        if (strcmp(row->kind, "presence") == 0) {
            options[made.n_options++] =
                (struct part_option){.value = row->id,
                                     .label = row->name,
                                     .is_chosen = g_strcmp0(made.value, row->id) == 0};
        }
    }
    made.type = "select";
    made.options = options;
    return made;
}

static bool fill_check(struct page *page, struct book *book, const struct pursuit *one,
                       struct presence_one_view *view, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) signs = g_array_new(false, false, sizeof(struct presence_sign));
    view->has_draft = one->note != NULL && *one->note != '\0' && presence_is_open(one);
    if (!view->has_draft) {
        return true;
    }
    g_autofree char *all = g_strdup_printf("%s\n%s", one->title, one->note);
    if (!presence_look_book(book, all, text, signs, error)) {
        return false;
    }
    view->signs = presence_fill_signs(page, signs, &view->n_signs, &view->checked_words);
    view->may_mark = strcmp(one->stage, "checked") != 0;
    return true;
}

static bool show(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct pursuit one;
    struct presence_one_view view = {0};
    char id[ID_TEXT];
    if (!pursuit_load(&book, page_var_id(page, "id"), text, &one, error)) {
        return false;
    }
    if (!presence_is(&one)) {
        return refuse(error, "presence.not_found", "There is no such item in the calendar.");
    }
    if (!fill_check(page, &book, &one, &view, error)) {
        return false;
    }
    presence_fill_form(page, &one, &view.form);
    view.form.id = page_printf(page, "%s", id_format(one.pursuit_id, id));
    view.form.back = page_printf(page, "/presence/%s", view.form.id);
    view.form.refusal = page->refusal;
    view.form.looks_like_patient = page->refusal != NULL && page->typed != NULL;
    view.stage = stage_field(page, one.stage);
    view.is_open = presence_is_open(&one);
    int32_t out = presence_out_day(&one);
    g_autofree char *day = out != DAY_NONE ? day_words(out, book_today(&book)) : NULL;
    view.lead =
        page_printf(page, "%s%s%s%s.", presence_kind_name(one.ref),
                    g_strcmp0(one.role, PRESENCE_INVITED) == 0 ? ", you were asked for it" : "",
                    day != NULL ? ", out since " : "", day != NULL ? day : "");
    page_frame(page, NAV_STRATEGIES, page_printf(page, "%s", one.title), &view.frame);
    online_presence_one_render(page->out, &view);
    return true;
}

bool presence_page_one(struct page *page, GError **error)
{
    return db_read(page->db, "page presence", show, page, error);
}
