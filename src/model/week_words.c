/* Weeks in words. */
#include "model/week_part.h"

#include "data_suggestions.h"
#include "model/step.h"

#include <jansson.h>
#include <string.h>

#define TITLE_CHARS 200
#define WAIT_FROM 5  /* days until a message counts as waiting */
#define WAIT_MOST 60 /* and after which nobody waits any more */

char *suggestion_line(const struct outlook *outlook, const struct suggestion *one)
{
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;
    const struct contact *contact =
        one->person_id == 0 ? NULL : outlook_contact(outlook, one->person_id);
    suggestion_title(outlook, one, &before, &after);
    GString *title = g_string_new(before);
    const char *const parts[] = {contact == NULL ? "" : contact->name, after};
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (parts[i][0] != '\0') {
            g_string_append_printf(title, "%s%s", title->len > 0 ? " " : "", parts[i]);
        }
    }
    if (g_utf8_strlen(title->str, -1) > TITLE_CHARS) {
        char *end = g_utf8_offset_to_pointer(title->str, TITLE_CHARS - 1);
        g_string_truncate(title, (gsize)(end - title->str));
        g_string_append(title, "…");
    }
    return g_string_free(title, FALSE);
}

char *week_quoted(const char *title)
{
    GString *out = g_string_new("“");
    for (const char *at = title; *at != '\0';) {
        bool is_open = g_str_has_prefix(at, "“");
        if (is_open || g_str_has_prefix(at, "”")) {
            g_string_append(out, is_open ? "‘" : "’");
            at += strlen("“");
        } else {
            g_string_append_c(out, *at++);
        }
    }
    g_string_append(out, "”");
    return g_string_free(out, FALSE);
}

char *week_title(const struct week_plan *plan, const struct week_choice *choice)
{
    return choice->step != NULL ? g_strdup(choice->step->title)
                                : suggestion_line(plan->survey->outlook, choice->suggestion);
}

/* What planned.terms says of a move, new string; NULL: it did not move. */
static char *moved_why(const struct planned *planned)
{
    char *why = NULL;
    json_t *list = json_loads(planned->terms == NULL ? "[]" : planned->terms, 0, NULL);
    size_t i;
    json_t *one;
    json_array_foreach(list, i, one)
    {
        const char *said = json_string_value(one);
        if (why == NULL && said != NULL && g_str_has_prefix(said, WEEK_MOVED)) {
            why = g_strdup(said + strlen(WEEK_MOVED));
        }
    }
    json_decref(list);
    return why;
}

void week_moved(const struct week_plan *plan, GPtrArray *words_out)
{
    for (guint i = 0; i < plan->planneds->len; i++) {
        const struct planned *planned = &g_array_index(plan->planneds, struct planned, i);
        g_autofree char *why =
            planned->monday == plan->week.monday + WEEK_DAYS ? moved_why(planned) : NULL;
        for (guint s = 0; why != NULL && s < plan->steps->len; s++) {
            const struct step *step = &g_array_index(plan->steps, struct step, s);
            if (step->step_id == planned->step_id && strcmp(step->state, "open") == 0) {
                g_autofree char *day = day_words(planned->on_day, plan->today);
                g_autofree char *title = week_quoted(step->title);
                g_ptr_array_add(words_out, g_strdup_printf("%s went to %s: %s.", title, day, why));
            }
        }
    }
}

static int last_first(gconstpointer a_, gconstpointer b_)
{
    const struct contact *a = *(const struct contact *const *)a_;
    const struct contact *b = *(const struct contact *const *)b_;
    int order = (a->last_out_day < b->last_out_day) - (a->last_out_day > b->last_out_day);
    return order != 0 ? order : (a->person_id > b->person_id) - (a->person_id < b->person_id);
}

GPtrArray *week_waiting(const struct outlook *outlook)
{
    GPtrArray *waiting = g_ptr_array_new();
    for (guint i = 0; i < outlook->contacts->len; i++) {
        struct contact *contact = &g_array_index(outlook->contacts, struct contact, i);
        int32_t ago =
            contact->last_out_day == DAY_NONE ? 0 : outlook->today - contact->last_out_day;
        if (contact->n_unanswered > 0 && ago >= WAIT_FROM && ago <= WAIT_MOST) {
            g_ptr_array_add(waiting, contact);
        }
    }
    g_ptr_array_sort(waiting, last_first);
    return waiting;
}
