/* Suggestions of a strategy as parts of a page. */
#include "page/suggested.h"

#include "base/id.h"
#include "data_suggestions.h"
#include "page/usual.h"

#include <string.h>

const char *page_suggested_place(struct page *page, const struct suggestion *suggestion)
{
    const char *place = suggestion->kind->place;
    g_autoptr(GString) out = g_string_new(NULL);
    char id[ID_TEXT];
    if (*place != '/') {
        return NULL;
    }
    for (const char *at = place; *at != '\0';) {
        if (g_str_has_prefix(at, "{person}")) {
            if (suggestion->person_id == 0) {
                return NULL;
            }
            g_string_append(out, id_format(suggestion->person_id, id));
            at += strlen("{person}");
        } else if (g_str_has_prefix(at, "{about}")) {
            if (suggestion->about_id == 0) {
                return NULL;
            }
            g_string_append(out, id_format(suggestion->about_id, id));
            at += strlen("{about}");
        } else if (g_str_has_prefix(at, "{ref}")) {
            g_string_append_uri_escaped(out, suggestion->ref != NULL ? suggestion->ref : "", NULL,
                                        false);
            at += strlen("{ref}");
        } else {
            g_string_append_c(out, *at++);
        }
    }
    return page_printf(page, "%s", out->str);
}

/* Until next week, or for good: this person, or this step; this kind of step. */
static const struct part_menu *later_of(struct page *page, const struct suggestion *suggestion,
                                        const char *key, const char *about)
{
    struct part_menu *menu = page_room(page, struct part_menu, 1);
    struct part_act *acts = page_room(page, struct part_act, 3);
    char id[ID_TEXT];
    acts[0] = (struct part_act){.label = "Next week", .name = "rest", .value = key};
    acts[1] = suggestion->person_id != 0
                  ? (struct part_act){.label = "Not this person, for good",
                                      .name = "person",
                                      .value = page_printf(
                                          page, "%s", id_format(suggestion->person_id, id))}
                  : (struct part_act){
                        .label = "Not this step, for good", .name = "step", .value = key};
    acts[2] = (struct part_act){.label = "Not this kind of step, for good",
                                .name = "kind",
                                .value = suggestion->kind->id};
    for (size_t i = 0; i < 3; i++) {
        acts[i].href = "/do/suggestion.refuse";
        acts[i].about = about;
        acts[i].is_post = true;
        acts[i].is_quiet = true;
    }
    *menu = (struct part_menu){.label = "Not now", .about = about, .acts = acts, .n_acts = 3};
    return menu;
}

/* Its place, a step for today, or not now. */
static void fill_acts(struct page *page, const struct suggestion *suggestion,
                      struct part_step *row)
{
    struct part_act *acts = page_room(page, struct part_act, 2);
    const char *place = page_suggested_place(page, suggestion);
    const char *who = row->name.latin != NULL ? row->name.latin : "";
    const char *about = page_printf(page, "%s%s%s%s%s", row->before, *who != '\0' ? " " : "", who,
                                    *row->after != '\0' ? " " : "", row->after);
    const char *key = page_keep(page, suggestion_key(suggestion));
    if (place != NULL) {
        acts[row->n_acts++] =
            (struct part_act){.label = suggestion->kind->act, .about = about, .href = place};
    }
    acts[row->n_acts++] = (struct part_act){.label = "For today",
                                            .about = about,
                                            .href = "/do/suggestion.take",
                                            .is_post = true,
                                            .name = "key",
                                            .value = key,
                                            .busy = "Saving…"};
    row->acts = acts;
    row->later = later_of(page, suggestion, key, about);
    row->back = page_printf(page, "/strategies/%s#week", suggestion->kind->strategy);
}

static struct part_step row_of(struct page *page, const struct survey *survey,
                               const struct suggestion *suggestion)
{
    const struct outlook *outlook = survey->outlook;
    const struct contact *contact =
        suggestion->person_id != 0 ? outlook_contact(outlook, suggestion->person_id) : NULL;
    char *before;
    char *after;
    char id[ID_TEXT];
    suggestion_title(outlook, suggestion, &before, &after);
    struct part_step row = {.before = page_keep(page, before),
                            .after = page_keep(page, after),
                            .why = page_keep(page, suggestion_why(outlook, suggestion)),
                            .minutes = suggestion->minutes,
                            .cents = suggestion->cents};
    if (contact != NULL) {
        const char *href = page_printf(page, "/people/%s", id_format(contact->person_id, id));
        row.name = part_name_of(
            page_printf(page, "%s", contact->own_name != NULL ? contact->own_name : contact->name),
            page_printf(page, "%s", contact->name), href);
        row.tie = (struct part_tie){.warmth = part_warmth_of(contact->tie, contact->n_touches > 0),
                                    .is_slack = (contact->flags & CONTACT_SLACK) != 0};
    }
    if (suggestion->until_day != DAY_NONE) {
        g_autofree char *day = day_words(suggestion->until_day, outlook->today);
        row.due = page_printf(page, "by %s", day);
    }
    fill_acts(page, suggestion, &row);
    return row;
}

size_t page_suggested(struct page *page, const struct survey *survey, const char *strategy,
                      size_t most, const struct part_step **rows_out)
{
    struct part_step *rows = page_room(page, struct part_step, most);
    size_t n = 0;
    for (guint i = 0; i < survey->suggestions->len && n < most; i++) {
        const struct suggestion *one = &g_array_index(survey->suggestions, struct suggestion, i);
        if (strcmp(one->kind->strategy, strategy) == 0) {
            rows[n++] = row_of(page, survey, one);
        }
    }
    *rows_out = rows;
    return n;
}
