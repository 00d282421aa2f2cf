/* What is due, as steps with their reasons: a step says its own why, a cadence says when you last
 * were in touch. */
#include "feature/today/today_parts.h"

#include "base/words.h"
#include "data_followup.h"
#include "data_strategies.h"
#include "data_touch_kinds.h"
#include "page/usual.h"

#include <string.h>

#define CADENCE_MINUTES 10 /* a message or a short call, when nothing says otherwise */

int64_t today_minutes(const struct today_due *due)
{
    return !due->is_step ? CADENCE_MINUTES : due->step.minutes > 0 ? due->step.minutes : 0;
}

static const char *kind_words(const char *kind)
{
    const struct data_touch_kinds *row = kind != NULL ? data_touch_kinds_by_id(kind) : NULL;
    return row != NULL ? row->name : "touch";
}

static const char *strategy_words(const char *id)
{
    const struct data_strategies *row = id != NULL ? data_strategies_by_id(id) : NULL;
    return row != NULL ? row->name : id;
}

/* "Your last touch was a call, 9 weeks ago. You mean to be in touch every 5 weeks." */
static const char *cadence_why(struct page *page, const struct person_row *person, int32_t today)
{
    g_autofree char *every = words_every(person->cadence_days);
    if (person->last_touch_day == DAY_NONE) {
        return page_printf(page, "You mean to be in touch %s, and nothing is logged yet.", every);
    }
    g_autofree char *ago = words_span(today - person->last_touch_day);
    g_autofree char *kind = g_utf8_strdown(kind_words(person->last_touch_kind), -1);
    return page_printf(page, "Your last touch was %s ago (%s). You mean to be in touch %s.", ago,
                       kind, every);
}

static const struct part_menu *later_of(struct page *page, const struct today_due *due,
                                        const char *person, const char *about)
{
    struct part_menu *menu = page_room(page, struct part_menu, 1);
    struct part_act *acts = page_room(page, struct part_act, 3);
    if (due->is_step) {
        char id[ID_TEXT];
        acts[0] = (struct part_act){
            .label = "Next week", .href = "/do/step.snooze", .is_post = true, .is_quiet = true};
        acts[1] = (struct part_act){
            .label = "On a day I choose",
            .is_quiet = true,
            .href = page_printf(page, "/steps/%s", id_format(due->step.step_id, id))};
        acts[2] = (struct part_act){.label = "Not this step, for good",
                                    .href = "/do/step.drop",
                                    .is_post = true,
                                    .is_quiet = true};
    } else {
        acts[0] = (struct part_act){.label = "Next week",
                                    .href = "/do/cadence.pause",
                                    .is_post = true,
                                    .is_quiet = true,
                                    .name = "person",
                                    .value = person};
        acts[1] = (struct part_act){.label = "Another cadence",
                                    .is_quiet = true,
                                    .href = page_printf(page, "/people/%s#cadence", person)};
        acts[2] = (struct part_act){.label = "Not this person, for good",
                                    .href = "/do/cadence.stop",
                                    .is_post = true,
                                    .is_quiet = true,
                                    .name = "person",
                                    .value = person};
    }
    *menu = (struct part_menu){.label = "Not now", .about = about, .acts = acts, .n_acts = 3};
    return menu;
}

/* Write when there is an address and it is wanted; then what says that it happened. */
static void fill_acts(struct page *page, struct part_step *row, const struct today_due *due,
                      const char *person, bool is_first)
{
    struct part_act *acts = page_room(page, struct part_act, 2);
    const char *about = row->before;
    bool can_write =
        due->person.person_id != 0 && due->person.email != NULL && !due->person.do_not_contact;
    size_t n = 0;
    if (can_write) {
        acts[n++] = (struct part_act){.label = "Write",
                                      .about = about,
                                      .href = page_printf(page, "mailto:%s", due->person.email),
                                      .is_main = is_first};
    }
    if (due->is_step) {
        acts[n++] = (struct part_act){.label = "Done",
                                      .about = about,
                                      .href = "/do/step.done",
                                      .is_post = true,
                                      .key = "e",
                                      .busy = "Saving…",
                                      .is_main = is_first && !can_write};
    } else {
        g_autofree char *name = g_uri_escape_string(due->person.name, NULL, false);
        acts[n++] =
            (struct part_act){.label = "Log it",
                              .about = about,
                              .key = "e",
                              .is_main = is_first && !can_write,
                              .href = page_printf(page, "/?line=with%%20%s%%20today#log", name)};
    }
    row->acts = acts;
    row->n_acts = n;
    row->later = later_of(page, due, person, about);
}

const struct part_step *today_steps(struct page *page, const GArray *due, int32_t today)
{
    struct part_step *rows = page_room(page, struct part_step, due->len);
    for (guint i = 0; i < due->len; i++) {
        const struct today_due *one = &g_array_index(due, struct today_due, i);
        struct part_step *row = &rows[i];
        char id[ID_TEXT] = "";
        const char *person = one->person.person_id != 0
                                 ? page_printf(page, "%s", id_format(one->person.person_id, id))
                                 : NULL;
        struct part_name name = page_name(page, &one->person);
        if (one->is_step) {
            row->before = page_keep(page, g_strdup(one->step.title));
            row->name = (struct part_name){
                .own = name.own, .lang = name.lang, .is_rtl = name.is_rtl, .href = name.href};
            row->why = page_keep(page, g_strdup(one->step.why));
            row->id = one->step.step_id;
            row->cents = one->step.cost_cents >= 0 ? one->step.cost_cents : 0;
            row->strategy = strategy_words(page_keep(page, g_strdup(one->step.strategy)));
        } else {
            row->before = "Be in touch with";
            row->name = name;
            row->why = cadence_why(page, &one->person, today);
            row->strategy = strategy_words("nurture");
        }
        row->tie = page_tie(&one->person, false);
        row->minutes = today_minutes(one);
        row->is_late = one->n_late > 0;
        row->due = one->n_late > 0 ? page_keep(page, words_late(one->n_late)) : "due today";
        row->back = "/";
        fill_acts(page, row, one, person, i == 0);
    }
    return rows;
}
