/* The form of a date: one's own, or the day that a date of the season has for this person. */
#include "feature/season/season_parts.h"

#include "base/clock.h"
#include "base/id.h"
#include "data_season.h"
#include "page/usual.h"
#include "season_date.tpl.h"

#include <string.h>

static const struct {
    const char *id;
    const char *label;
} kinds[] = {{"exam", "Exam"},
             {"rotation", "Rotation or visit"},
             {"conference", "Conference or meeting"},
             {"deadline", "Deadline"},
             {"other", "Something else"}};

static struct part_field field(const struct page *page, const char *name, const char *label,
                               const char *type, const char *value)
{
    return (struct part_field){.name = name,
                               .label = label,
                               .type = type,
                               .value = page_typed(page, name, value),
                               .error = page_refused(page, name)};
}

static struct part_field kind_field(struct page *page, const char *chosen)
{
    struct part_option *options = page_room(page, struct part_option, G_N_ELEMENTS(kinds));
    const char *typed = page_typed(page, "kind", chosen);
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        options[i] = (struct part_option){.value = kinds[i].id,
                                          .label = kinds[i].label,
                                          .is_chosen = g_strcmp0(typed, kinds[i].id) == 0};
    }
    struct part_field select = field(page, "kind", "What it is", "select", NULL);
    select.options = options;
    select.n_options = G_N_ELEMENTS(kinds);
    return select;
}

static const char *day_value(struct page *page, int32_t day)
{
    char text[DAY_TEXT];
    return page_printf(page, "%s", day_format(day, text));
}

static void fill_fields(struct page *page, const struct own_date *date,
                        struct season_form_view *view)
{
    view->name = field(page, "title", "What", NULL,
                       page_printf(page, "%s", date->title != NULL ? date->title : ""));
    view->name.is_required = true;
    view->kind =
        kind_field(page, date->kind != NULL ? page_printf(page, "%s", date->kind) : "exam");
    view->on = field(page, "on", "Day", "date", day_value(page, date->on_day));
    view->on.is_required = true;
    view->until = field(page, "until", "Last day", "date", day_value(page, date->until_day));
    view->until.hint = "Only when it takes several.";
    view->time = field(page, "time", "Hour", "time",
                       date->minute >= 0
                           ? page_printf(page, "%02d:%02d", date->minute / 60, date->minute % 60)
                           : NULL);
    view->time.hint = "Only when it matters.";
    view->zone = field(page, "zone", "Time zone of the hour", NULL,
                       date->zone != NULL ? page_printf(page, "%s", date->zone) : NULL);
    view->zone.hint = "Such as America/New_York. Left empty: yours.";
    view->note = field(page, "note", "To keep in mind", "textarea",
                       date->note != NULL ? page_printf(page, "%s", date->note) : NULL);
    view->refusal = page->refusal;
}

/* What the form says of a date of the season. */
static void fill_rule(struct page *page, const struct season *season, const char *rule,
                      struct season_form_view *view)
{
    const struct data_season *row = data_season_by_id(rule);
    const struct season_date *date = season_date(season, rule);
    view->rule = row->id;
    view->title = row->title;
    if (date == NULL) {
        view->lead = page_printf(page, "By rule: %s.", row->rule_words);
        return;
    }
    struct season_date plain = *date;
    if (date->rule_day != DAY_NONE) {
        plain.until_day = date->rule_day;
        plain.on_day = date->rule_day;
        plain.minute = -1;
    }
    g_autofree char *when = season_when(&plain);
    view->lead = page_printf(page,
                             "By rule it is %s (%s). Say which day it has for you: what hangs on "
                             "it moves along.",
                             when, row->rule_words);
}

static bool read_goal_season(struct page *page, struct book *book, GStringChunk *text,
                             struct season **season_out, GError **error)
{
    struct goal goal;
    return season_read(book, 0, text, &goal, season_out, error);
}

static bool show_new(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(season_ptr) season = NULL;
    const char *rule = page_typed(page, "rule", page_query(page, "rule"));
    struct season_form_view view = {
        .title = "A date of your own",
        .lead = "An exam, a rotation, a conference, a deadline. It stands in your season and in "
                "your calendar, and the week is planned around it.",
        .action = "/do/season.add"};
    struct own_date date = {.on_day = DAY_NONE, .until_day = DAY_NONE, .minute = -1};
    if (!read_goal_season(page, &book, text, &season, error)) {
        return false;
    }
    if (rule != NULL && data_season_by_id(rule) != NULL) {
        const struct season_date *now = season_date(season, rule);
        fill_rule(page, season, rule, &view);
        date.on_day = now != NULL ? now->on_day : DAY_NONE;
        date.until_day = now != NULL && now->until_day > now->on_day ? now->until_day : DAY_NONE;
        date.minute = now != NULL ? now->minute : -1;
        date.zone = now != NULL ? now->zone : NULL;
    }
    view.stands = view.rule != NULL ? page_printf(page, "/season/dates/new?rule=%s", view.rule)
                                    : "/season/dates/new";
    page_frame(page, NAV_SEASON, view.title, &view.frame);
    fill_fields(page, &date, &view);
    season_date_render(page->out, &view);
    return true;
}

bool season_page_new(struct page *page, GError **error)
{
    return db_read(page->db, "page season new", show_new, page, error);
}

static bool show_one(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(season_ptr) season = NULL;
    struct season_form_view view = {.action = "/do/season.edit"};
    struct own_date date;
    char id[ID_TEXT];
    if (!own_date_load(&book, page_var_id(page, "id"), text, &date, error) ||
        !read_goal_season(page, &book, text, &season, error)) {
        return false;
    }
    view.id = page_printf(page, "%s", id_format(date.date_id, id));
    view.stands = page_printf(page, "/season/dates/%s", view.id);
    view.title = page_printf(page, "%s", date.title);
    view.remove_label = "Take it out of my season";
    if (date.rule != NULL && data_season_by_id(date.rule) != NULL) {
        fill_rule(page, season, date.rule, &view);
        view.remove_label = "Let the rule count again";
    }
    page_frame(page, NAV_SEASON, view.title, &view.frame);
    fill_fields(page, &date, &view);
    season_date_render(page->out, &view);
    return true;
}

bool season_page_one(struct page *page, GError **error)
{
    return db_read(page->db, "page season date", show_one, page, error);
}
