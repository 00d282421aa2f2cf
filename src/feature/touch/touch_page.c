/* The timeline on a person's page, with a form to log; and the page of one touch. */
#include "feature/touch/touch_feature.h"
#include "feature/touch/touch_view.h"

#include "base/words.h"
#include "data_touch_kinds.h"
#include "model/fact_source.h"
#include "page/usual.h"
#include "touch_form.tpl.h"
#include "touch_timeline.tpl.h"

#include <string.h>

#define SHOWN 25
#define QUIET_DAYS 49 /* silence worth an entry when there is no cadence */

static bool is_written(const struct touch *touch)
{
    return strcmp(touch->direction, "both") != 0 &&
           (strcmp(touch->kind, "mail") == 0 || strcmp(touch->kind, "message") == 0 ||
            strcmp(touch->kind, "letter") == 0);
}

/* "Call, 20 min", "You wrote", "They endorsed you" */
static const char *title_of(struct page *page, const struct touch *touch)
{
    const struct data_touch_kinds *kind = data_touch_kinds_by_id(touch->kind);
    const char *name = kind != NULL ? kind->name : touch->kind;
    bool is_out = strcmp(touch->direction, "out") == 0;
    g_autofree char *minutes = touch->minutes > 0 ? words_minutes(touch->minutes) : NULL;
    if (strcmp(touch->direction, "both") == 0) {
        return page_printf(page, "%s%s%s", name, minutes != NULL ? ", " : "",
                           minutes != NULL ? minutes : "");
    }
    if (is_written(touch)) {
        return is_out ? "You wrote" : "They wrote";
    }
    return page_printf(page, "%s, from %s", name, is_out ? "you" : "them");
}

/* "Sun 12 July", "Sun 12 July, e-mail" */
static const char *when_of(struct page *page, const struct touch *touch, int32_t today)
{
    g_autofree char *day = day_words(touch->on_day, today);
    const struct data_touch_kinds *kind = data_touch_kinds_by_id(touch->kind);
    g_autofree char *how =
        is_written(touch) && kind != NULL ? g_utf8_strdown(kind->name, -1) : NULL;
    return page_printf(page, "%s%s%s", day, how != NULL ? ", " : "", how != NULL ? how : "");
}

static void add_silence(struct page *page, GArray *entries, int days, int cadence)
{
    if (days < (cadence > 0 ? MAX(cadence, 14) : QUIET_DAYS)) {
        return;
    }
    g_autofree char *span = words_span(days);
    struct timeline_entry quiet = {.is_silence = true,
                                   .text = page_printf(page, "%s quiet.", span)};
    g_array_append_val(entries, quiet);
}

static struct timeline_entry *fill_entries(struct page *page, const GArray *touches,
                                           const struct person_row *row, int32_t today,
                                           guint *n_out)
{
    GArray *entries = g_array_new(false, true, sizeof(struct timeline_entry));
    int32_t later = today;
    for (guint i = 0; i < touches->len; i++) {
        const struct touch *touch = &g_array_index(touches, struct touch, i);
        char id[ID_TEXT];
        id_format(touch->touch_id, id);
        add_silence(page, entries, later - touch->on_day, row->cadence_days);
        struct timeline_entry entry = {.anchor = page_printf(page, "t%s", id),
                                       .is_open = strcmp(touch->direction, "both") != 0 &&
                                                  strcmp(touch->direction, "in") != 0,
                                       .title = title_of(page, touch),
                                       .when = when_of(page, touch, today),
                                       .text = page_keep(page, g_strdup(touch->note)),
                                       .edit_href = page_printf(page, "/touches/%s", id)};
        g_array_append_val(entries, entry);
        later = touch->on_day;
    }
    *n_out = entries->len;
    struct timeline_entry *kept = (struct timeline_entry *)(void *)g_array_free(entries, false);
    g_ptr_array_add(page->keep, kept);
    return kept;
}

struct showing {
    struct page *page;
    int64_t person_id;
    struct html_out *out;
};

static bool show_timeline(struct db_tx *tx, void *data, GError **error)
{
    struct showing *showing = data;
    struct page *page = showing->page;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(GStringChunk) text = g_string_chunk_new(8192);
    g_autoptr(GArray) touches = g_array_new(false, true, sizeof(struct touch));
    bool all = g_strcmp0(page_query(page, "timeline"), "all") == 0;
    struct touch_filter filter = {
        .person_id = showing->person_id, .from_day = DAY_NONE, .limit = all ? 1000 : SHOWN};
    struct person_row row;
    int64_t total = 0;
    if (!person_row_load(&book, showing->person_id, text, &row, error) ||
        !touch_list(&book, &filter, text, touches, &total, error)) {
        return false;
    }
    int32_t today = book_today(&book);
    char day[DAY_TEXT];
    char id[ID_TEXT];
    guint n = 0;
    const char *person = page_printf(page, "%s", id_format(row.person_id, id));
    bool is_mine = json_object_get(page->typed, "person") != NULL &&
                   json_object_get(page->typed, "kind") != NULL;
    struct touch_timeline_view view = {.csrf = page->csrf,
                                       .person = person,
                                       .name = page_keep(page, g_strdup(row.name)),
                                       .back = page_printf(page, "/people/%s#line", person),
                                       .entries = fill_entries(page, touches, &row, today, &n)};
    view.n_entries = n;
    view.words = (int64_t)touches->len < total
                     ? page_printf(page, "%u of %" G_GINT64_FORMAT ".", touches->len, total)
                     : page_printf(page, total > 0 ? "%" G_GINT64_FORMAT " in all" : "", total);
    view.all_href = (int64_t)touches->len < total
                        ? page_printf(page, "/people/%s?timeline=all#line", person)
                        : NULL;
    view.refusal = is_mine ? page->refusal : NULL;
    view.kind = page_touch_kind(page, is_mine ? page_typed(page, "kind", "call") : "call");
    view.on = (struct part_field){
        .name = "on",
        .id = "touch-on",
        .label = "On",
        .type = "date",
        .error = page_refused(page, "on"),
        .value = page_printf(page, "%s", page_typed(page, "on", day_format(today, day)))};
    view.minutes = (struct part_field){.name = "minutes",
                                       .label = "Length in minutes",
                                       .type = "number",
                                       .inputmode = "numeric",
                                       .value = page_typed(page, "minutes", NULL),
                                       .error = page_refused(page, "minutes")};
    view.note = (struct part_field){.name = "note",
                                    .label = "Note",
                                    .type = "textarea",
                                    .hint = "Your own words. No patient details, please.",
                                    .value = is_mine ? page_typed(page, "note", NULL) : NULL};
    view.step = (struct part_field){
        .name = "step", .label = "Next step", .value = page_typed(page, "step", NULL)};
    touch_timeline_render(showing->out, &view);
    return true;
}

bool touch_on_person(struct page *page, int64_t person_id, struct html_out *out, GError **error)
{
    struct showing showing = {.page = page, .person_id = person_id, .out = out};
    return db_read(page->db, "timeline", show_timeline, &showing, error);
}

static struct part_field direction_field(struct page *page, const char *chosen)
{
    static const struct {
        const char *value;
        const char *label;
    } ways[] = {{"both", "Both of you"}, {"out", "From you to them"}, {"in", "From them to you"}};
    struct part_option *options = g_new0(struct part_option, G_N_ELEMENTS(ways));
    g_ptr_array_add(page->keep, options);
    for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
        options[i] = (struct part_option){.value = ways[i].value,
                                          .label = ways[i].label,
                                          .is_chosen = strcmp(ways[i].value, chosen) == 0};
    }
    return (struct part_field){.name = "direction",
                               .label = "Who took part",
                               .type = "select",
                               .options = options,
                               .n_options = G_N_ELEMENTS(ways)};
}

static bool show_form(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct touch touch;
    struct person_row row;
    struct touch_form_view view = {0};
    if (!touch_load(&book, page_var_id(page, "id"), text, &touch, error) ||
        !person_row_load(&book, touch.person_id, text, &row, error)) {
        return false;
    }
    struct fact_source source;
    char day[DAY_TEXT];
    char id[ID_TEXT];
    if (touch.source_id != 0 && fact_source_load(&book, touch.source_id, text, &source, NULL)) {
        view.source = page_printf(page, "came in with %s", source.label);
    }
    page_frame(page, NAV_PEOPLE, "A touch", &view.frame);
    view.id = page_printf(page, "%s", id_format(touch.touch_id, id));
    view.back = page_printf(page, "/people/%s#line", id_format(row.person_id, id));
    view.name = page_name(page, &row);
    view.kind = page_touch_kind(page, page_typed(page, "kind", touch.kind));
    view.direction = direction_field(page, page_typed(page, "direction", touch.direction));
    view.on = (struct part_field){
        .name = "on",
        .label = "On",
        .type = "date",
        .error = page_refused(page, "on"),
        .value = page_printf(page, "%s", page_typed(page, "on", day_format(touch.on_day, day)))};
    view.minutes = (struct part_field){
        .name = "minutes",
        .label = "Length in minutes",
        .type = "number",
        .inputmode = "numeric",
        .error = page_refused(page, "minutes"),
        .value = page_typed(page, "minutes",
                            touch.minutes > 0 ? page_printf(page, "%d", touch.minutes) : NULL)};
    view.note = (struct part_field){
        .name = "note",
        .label = "Note",
        .type = "textarea",
        .value = page_keep(page, g_strdup(page_typed(page, "note", touch.note)))};
    view.refusal = page->refusal;
    view.looks_like_patient = page->refusal != NULL && page->typed != NULL;
    touch_form_render(page->out, &view);
    return true;
}

bool touch_page(struct page *page, GError **error)
{
    return db_read(page->db, "page touch", show_form, page, error);
}
