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

static struct part_step row_of(struct page *page, const struct survey *survey,
                               const struct suggestion *suggestion)
{
    const struct outlook *outlook = survey->outlook;
    const struct contact *contact =
        suggestion->person_id != 0 ? outlook_contact(outlook, suggestion->person_id) : NULL;
    const char *place = page_suggested_place(page, suggestion);
    struct part_act *act = page_room(page, struct part_act, 1);
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
    if (place != NULL) {
        *act =
            (struct part_act){.label = suggestion->kind->act, .about = row.before, .href = place};
        row.acts = act;
        row.n_acts = 1;
    }
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
