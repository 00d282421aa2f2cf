/* Steps and proposals as rows: whom and what, why, how long; the act that leads to the right place;
 * done; not now. */
#include "feature/week/week_parts.h"

#include "base/error.h"
#include "base/words.h"
#include "data_strategies.h"
#include "data_suggestions.h"
#include "model/step.h"
#include "page/usual.h"

#include <string.h>

/* Where the act of a kind leads, with what its key says filled in; NULL: nowhere. */
static const char *place_of(struct page *page, const struct data_suggestions *kind, const char *key)
{
    g_auto(GStrv) parts = g_strsplit(key, "/", -1);
    guint n = g_strv_length(parts);
    const struct {
        const char *name;
        const char *value;
    } slots[] = {{"{person}", n > 1 && strcmp(parts[1], "-") != 0 ? parts[1] : NULL},
                 {"{ref}", n > 2 ? parts[2] : NULL},
                 {"{about}", n > 2 ? parts[n - 1] : NULL}};
    GString *out = g_string_new(NULL);
    bool is_whole = kind->place[0] == '/';
    for (const char *at = kind->place; is_whole && *at != '\0';) {
        size_t i = 0;
        while (i < G_N_ELEMENTS(slots) && !g_str_has_prefix(at, slots[i].name)) {
            i++;
        }
        if (i == G_N_ELEMENTS(slots)) {
            g_string_append_c(out, *at++);
            continue;
        }
        is_whole = slots[i].value != NULL;
        g_string_append_uri_escaped(out, is_whole ? slots[i].value : "", NULL, false);
        at += strlen(slots[i].name);
    }
    char *place = g_string_free(out, FALSE);
    if (!is_whole) {
        g_free(place);
        return NULL;
    }
    return page_keep(page, place);
}

struct row_work {
    struct page *page;
    const struct week_plan *plan;
    const struct week_choice *choice;
    const struct data_suggestions *kind; /* NULL: your own words */
    const char *key;                     /* NULL */
    const char *about;                   /* the whole title, for those who hear the page */
    const char *person;                  /* id; NULL */
    struct person_row row;               /* person_id 0: nobody */
    const char *name;
};

static const char *week_address(const struct row_work *work)
{
    return week_href(work->page, work->plan->week.monday, work->plan->today);
}

/* ---- acts ---- */

static struct part_act verb_act(const struct row_work *work)
{
    struct page *page = work->page;
    bool can_write =
        work->row.person_id != 0 && work->row.email != NULL && !work->row.do_not_contact;
    bool is_message = work->kind == NULL || (work->kind->is_message &&
                                             strcmp(work->kind->place, "/people/{person}") == 0);
    struct part_act act = {.label = work->kind == NULL ? "Open" : work->kind->act,
                           .about = work->about};
    if (can_write && is_message) {
        act.label = work->kind == NULL ? "Write" : act.label;
        act.href = page_printf(page, "mailto:%s", work->row.email);
    } else if (work->kind != NULL) {
        act.href = place_of(page, work->kind, work->key);
    } else if (work->choice->step != NULL) {
        char id[ID_TEXT];
        act.href = work->person != NULL
                       ? page_printf(page, "/people/%s", work->person)
                       : page_printf(page, "/steps/%s", id_format(work->choice->step->step_id, id));
    }
    return act;
}

static struct part_act done_act(const struct row_work *work)
{
    struct part_act act = {.label = "Done",
                           .about = work->about,
                           .href = "/do/step.done",
                           .is_post = true,
                           .key = "e",
                           .busy = "Saving…"};
    if (work->choice->step == NULL) {
        act.href = "/do/suggestion.take";
        act.name = "did";
        act.value = work->key;
    }
    return act;
}

/* What was written may be logged: the line with name and kind stands ready. */
static void done_acts(const struct row_work *work, struct part_step *row, struct part_act *acts)
{
    struct page *page = work->page;
    size_t n = 0;
    int32_t day = work->choice->on_day;
    const struct contact *contact =
        work->row.person_id == 0
            ? NULL
            : outlook_contact(work->plan->survey->outlook, work->row.person_id);
    bool is_logged = contact != NULL && contact->last_out_day >= day;
    if (contact != NULL && work->choice->is_message && !is_logged) {
        g_autofree char *name = g_uri_escape_string(work->row.name, NULL, false);
        bool is_thanks = suggestion_is_thanks(work->kind);
        char iso[DAY_TEXT];
        acts[n++] = (struct part_act){.label = "Log it",
                                      .about = work->about,
                                      .is_quiet = true,
                                      .href = page_printf(page, "/?line=%s%%20%s%%20%s#log",
                                                          is_thanks ? "thanked" : "wrote", name,
                                                          day_format(day, iso))};
    }
    acts[n++] = (struct part_act){.label = "Undo",
                                  .about = work->about,
                                  .href = "/do/step.reopen",
                                  .is_post = true,
                                  .is_quiet = true};
    row->acts = acts;
    row->n_acts = n;
}

/* Four answers, two of them for good. */
static const struct part_menu *later_of(const struct row_work *work)
{
    struct page *page = work->page;
    struct part_menu *menu = page_room(page, struct part_menu, 1);
    struct part_act *acts = page_room(page, struct part_act, 4);
    const struct step *step = work->choice->step;
    char id[ID_TEXT];
    g_autofree char *key = g_uri_escape_string(work->key == NULL ? "" : work->key, NULL, false);
    size_t n = 0;
    acts[n++] = step != NULL ? (struct part_act){.label = "Next week", .href = "/do/week.move"}
                             : (struct part_act){.label = "Next week",
                                                 .href = "/do/suggestion.refuse",
                                                 .name = "rest",
                                                 .value = work->key};
    acts[n++] = (struct part_act){
        .label = "On a day I choose",
        .href = step != NULL ? page_printf(page, "/week/step?id=%s", id_format(step->step_id, id))
                             : page_printf(page, "/week/step?key=%s", key)};
    if (work->person != NULL) {
        acts[n++] = (struct part_act){.label = "Not this person, for good",
                                      .href = "/do/suggestion.refuse",
                                      .name = "person",
                                      .value = work->person};
    } else if (work->kind != NULL) {
        acts[n++] = (struct part_act){.label = "Not this step, for good",
                                      .href = "/do/suggestion.refuse",
                                      .name = "step",
                                      .value = work->key};
    }
    acts[n++] = work->kind == NULL
                    ? (struct part_act){.label = "Not this step, for good", .href = "/do/step.drop"}
                    : (struct part_act){.label = "Not this kind of step, for good",
                                        .href = "/do/suggestion.refuse",
                                        .name = "kind",
                                        .value = work->kind->id};
    for (size_t i = 0; i < n; i++) {
        acts[i].is_quiet = true;
        acts[i].is_post = acts[i].href[1] == 'd';
        acts[i].about = work->about;
    }
    *menu = (struct part_menu){.label = "Not now", .about = work->about, .acts = acts, .n_acts = n};
    return menu;
}

/* Of a week that is agreed to, the first step to do has the main button. */
static bool is_first(const struct row_work *work)
{
    const GArray *choices = work->plan->choices;
    for (guint i = 0; work->plan->week.accepted_at != AT_NONE && i < choices->len; i++) {
        const struct week_choice *choice = &g_array_index(choices, struct week_choice, i);
        if (!choice->is_done) {
            return choice == work->choice;
        }
    }
    return false;
}

static void fill_acts(const struct row_work *work, struct part_step *row)
{
    struct part_act *acts = page_room(work->page, struct part_act, 2);
    if (work->choice->is_done) {
        done_acts(work, row, acts);
        return;
    }
    acts[row->n_acts] = verb_act(work);
    row->n_acts += acts[row->n_acts].href != NULL;
    acts[row->n_acts++] = done_act(work);
    acts[0].is_main = is_first(work);
    row->acts = acts;
    row->later = later_of(work);
}

/* ---- words ---- */

/* "due today", "9 days late", "by Thu 23 July". */
static void fill_due(const struct row_work *work, struct part_step *row)
{
    const struct week_plan *plan = work->plan;
    const struct week_choice *choice = work->choice;
    const struct step *step = choice->step;
    int32_t day = step == NULL ? DAY_NONE : MAX(step->due_day, step->snoozed_to);
    int32_t until = choice->suggestion != NULL ? choice->suggestion->until_day
                    : choice->planned != NULL  ? choice->planned->until_day
                                               : DAY_NONE;
    if (choice->is_done) {
        row->came = "done";
    } else if (day != DAY_NONE && day < plan->today) {
        row->due = page_keep(work->page, words_late(plan->today - day));
        row->is_late = true;
    } else if (until != DAY_NONE && until < plan->week.monday + 14) {
        g_autofree char *words = day_words(until, plan->today);
        row->due =
            until == plan->today ? "today at the latest" : page_printf(work->page, "by %s", words);
    } else if (step != NULL && day == plan->today) {
        row->due = "due today";
    }
}

/* How many chosen steps wait for this one. */
static int unblocks(const struct row_work *work)
{
    int n = 0;
    if (!suggestion_is_thanks(work->kind) || work->row.person_id == 0) {
        return 0;
    }
    for (guint i = 0; i < work->plan->survey->suggestions->len; i++) {
        const struct suggestion *one =
            &g_array_index(work->plan->survey->suggestions, struct suggestion, i);
        n += one->after_person == work->row.person_id;
    }
    return n;
}

static void fill_more(const struct row_work *work, struct part_step *row)
{
    const char **more = page_room(work->page, const char *, 3);
    int n = work->choice->is_done ? 0 : unblocks(work);
    if (work->choice->planned != NULL && work->choice->planned->is_pinned) {
        more[row->n_more++] = "pinned by you";
    }
    if (work->choice->is_begun) {
        more[row->n_more++] = "begun";
    }
    if (n > 0) {
        g_autofree char *steps = words_count(n, "step", "steps");
        more[row->n_more++] = page_printf(work->page, "unblocks %s", steps);
    }
    row->more = more;
}

/* A step's title with the name in it taken apart, so that the name stands in its own script too. */
static void split_title(const struct row_work *work, struct part_step *row)
{
    const char *title = work->choice->step->title;
    const char *at = row->name.latin == NULL ? NULL : strstr(title, row->name.latin);
    if (at == NULL) {
        row->before = page_printf(work->page, "%s", title);
        row->name.latin = NULL;
        return;
    }
    char *before = page_printf(work->page, "%.*s", (int)(at - title), title);
    char *after = page_printf(work->page, "%s", at + strlen(row->name.latin));
    row->before = g_strchomp(before);
    row->after = after[0] == ' ' ? after + 1 : after;
    if (after[0] != '\0' && after[0] != ' ') { /* "Dr. Rao's": as it is written */
        row->before = page_printf(work->page, "%s", title);
        row->after = NULL;
        row->name.latin = NULL;
    }
}

static const char *strategy_href(struct page *page, const char *id)
{
    const struct strategy *strategy = strategy_find(&page->actions->strategies, id);
    return strategy == NULL ? NULL : strategy->href;
}

bool week_fill_row(struct page *page, struct book *book, const struct week_plan *plan,
                   const struct week_choice *choice, struct part_step *row, GError **error)
{
    const struct suggestion *one = choice->suggestion;
    const struct step *step = choice->step;
    const struct outlook *outlook = plan->survey->outlook;
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct row_work work = {.page = page, .plan = plan, .choice = choice};
    int64_t person_id = one != NULL ? one->person_id : step->person_id;
    char id[ID_TEXT];
    work.kind = one != NULL ? one->kind
                : choice->planned != NULL && choice->planned->kind != NULL
                    ? data_suggestions_by_id(choice->planned->kind)
                    : NULL;
    work.key = one != NULL         ? page_keep(page, suggestion_key(one))
               : work.kind != NULL ? page_printf(page, "%s", choice->planned->origin)
                                   : NULL;
    work.about = page_keep(page, week_title(plan, choice));
    g_autoptr(GError) gone = NULL;
    if (person_id != 0 && !person_row_load(book, person_id, text, &work.row, &gone)) {
        if (!error_has_code(gone, "person.not_found")) {
            g_propagate_error(error, g_steal_pointer(&gone));
            return false;
        }
        person_id = 0;
    }
    if (person_id != 0) {
        work.person = page_printf(page, "%s", id_format(person_id, id));
        row->name = page_name(page, &work.row);
        row->tie = page_tie(&work.row, false);
    }
    if (one != NULL) {
        char *before;
        char *after;
        suggestion_title(outlook, one, &before, &after);
        row->before = page_keep(page, before);
        row->after = page_keep(page, after);
        row->why = page_keep(page, suggestion_why(outlook, one));
    } else {
        split_title(&work, row);
        row->why = page_printf(page, "%s", step->why == NULL ? "" : step->why);
        row->id = step->step_id;
        if (person_id == 0) {
            row->name.href = page_printf(page, "/steps/%s", id_format(step->step_id, id));
        }
    }
    const char *strategy = one != NULL ? one->kind->strategy : step->strategy;
    const struct data_strategies *data = strategy == NULL ? NULL : data_strategies_by_id(strategy);
    row->minutes = choice->minutes;
    row->cents = choice->cents;
    row->strategy = data == NULL ? NULL : data->name;
    row->strategy_href = data == NULL ? NULL : strategy_href(page, data->id);
    row->is_done = choice->is_done;
    row->back = week_address(&work);
    fill_due(&work, row);
    fill_more(&work, row);
    fill_acts(&work, row);
    return true;
}
