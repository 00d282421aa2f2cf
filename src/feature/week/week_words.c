/* Sentences about a week. */
#include "feature/week/week_parts.h"

#include "base/words.h"
#include "data_season.h"

#include <string.h>

static const char *const months[] = {"",        "January",  "February", "March",  "April",
                                     "May",     "June",     "July",     "August", "September",
                                     "October", "November", "December"};

int32_t week_monday(int32_t day)
{
    return day - day_weekday(day) + 1;
}

char *week_days_words(int32_t monday, int32_t today)
{
    int years[3];
    int month[2];
    int of_month[2];
    int other;
    day_to_ymd(monday, &years[0], &month[0], &of_month[0]);
    day_to_ymd(monday + 6, &years[1], &month[1], &of_month[1]);
    day_to_ymd(today, &years[2], &other, &other);
    g_autofree char *year = years[1] == years[2] ? g_strdup("") : g_strdup_printf(" %d", years[1]);
    if (month[0] == month[1]) {
        return g_strdup_printf("%d to %d %s%s", of_month[0], of_month[1], months[month[1]], year);
    }
    bool has_two = years[0] != years[1] && years[0] != years[2];
    g_autofree char *first = has_two ? g_strdup_printf(" %d", years[0]) : g_strdup("");
    return g_strdup_printf("%d %s%s to %d %s%s", of_month[0], months[month[0]], first, of_month[1],
                           months[month[1]], year);
}

/* "One", "Two" ... "Twelve", then figures. */
char *week_starting(int n)
{
    static const char *const words[] = {"No",    "One",   "Two",  "Three", "Four",   "Five",  "Six",
                                        "Seven", "Eight", "Nine", "Ten",   "Eleven", "Twelve"};
    return n < (int)G_N_ELEMENTS(words) ? g_strdup(words[n]) : words_number(n);
}

/* "exams and certificate" for "Exams and certificate", but "US experience". New. */
static char *inside(const char *title)
{
    bool is_word = title[0] != '\0' && g_ascii_islower(title[1]);
    return is_word ? g_strdup_printf("%c%s", g_ascii_tolower(title[0]), title + 1)
                   : g_strdup(title);
}

/* "Six weeks before the first day to submit: it is the time of letters." NULL: nothing to say. */
static char *season_words(const struct week_plan *plan)
{
    const struct season *season = plan->survey->outlook->season;
    int32_t day = MAX(plan->today, plan->week.monday);
    g_autoptr(GPtrArray) phases = g_ptr_array_new_with_free_func(g_free);
    if (season == NULL) {
        return NULL;
    }
    for (guint i = 0; i < season->phases->len; i++) {
        const struct season_phase *phase = &g_array_index(season->phases, struct season_phase, i);
        if (phase->from_day <= day && day <= phase->until_day) {
            g_ptr_array_add(phases, inside(phase->title));
        }
    }
    g_ptr_array_add(phases, NULL);
    g_autofree char *times = words_list((const char *const *)phases->pdata);
    const struct season_date *next = season_next(season, day);
    if (next == NULL || next->on_day <= day) {
        return times[0] == '\0' ? NULL : g_strdup_printf("It is the time of %s.", times);
    }
    g_autofree char *span = words_span(next->on_day - day);
    return times[0] == '\0' ? g_strdup_printf("“%s” is %s away.", next->title, span)
                            : g_strdup_printf("“%s” is %s away; it is the time of %s.", next->title,
                                              span, times);
}

/* "Eleven steps chosen from 64 suggestions." */
static char *chosen_words(const struct week_plan *plan)
{
    int n_proposed = 0;
    int n_open = 0;
    int n_done = 0;
    for (guint i = 0; i < plan->choices->len; i++) {
        const struct week_choice *choice = &g_array_index(plan->choices, struct week_choice, i);
        n_proposed += choice->suggestion != NULL;
        n_done += choice->is_done;
        n_open += choice->step != NULL && !choice->is_done;
    }
    int n = n_proposed + n_open + n_done;
    g_autofree char *count = week_starting(n);
    g_autofree char *of = words_count(plan->n_suggestions, "suggestion", "suggestions");
    if (plan->week.monday + 7 <= plan->today) {
        g_autofree char *done = week_starting(n_done);
        return n == 0 ? g_strdup("Nothing was planned or done.")
                      : g_strdup_printf("%s of %d %s done.", done, n, n == 1 ? "step" : "steps");
    }
    if (plan->week.accepted_at != AT_NONE) {
        g_autofree char *open = week_starting(n_open);
        return n_open == 0 ? g_strdup("Everything you agreed to is done.")
                           : g_strdup_printf("%s %s to do, as you agreed.", open,
                                             n_open == 1 ? "step" : "steps");
    }
    if (n == 0) {
        return plan->n_suggestions == 0
                   ? g_strdup("Nothing is suggested yet.")
                   : g_strdup_printf("Nothing of %s fits the hours and the money left.", of);
    }
    if (n_proposed == 0) {
        return g_strdup_printf("%s %s with a day, and no room for more.", count,
                               n == 1 ? "step" : "steps");
    }
    if (n_open + n_done == 0) {
        return g_strdup_printf("%s %s chosen from %s.", count, n == 1 ? "step" : "steps", of);
    }
    g_autofree char *proposed = week_starting(n_proposed);
    g_autofree char *lower = inside(proposed);
    return g_strdup_printf("%s steps: %s chosen from %s, the others were there already.", count,
                           lower, of);
}

char *week_lead(const struct week_plan *plan)
{
    g_autofree char *chosen = chosen_words(plan);
    g_autofree char *season = plan->week.monday + 7 <= plan->today ? NULL : season_words(plan);
    return season == NULL ? g_steal_pointer(&chosen) : g_strdup_printf("%s %s", chosen, season);
}

/* The dates that would no longer hold, in a sentence; NULL: none. */
static char *lost_words(const struct season *season, const char *id, int32_t day, int32_t today)
{
    g_autoptr(GPtrArray) dates = g_ptr_array_new();
    season_endangered(season, id, day, dates);
    if (dates->len == 0) {
        return NULL;
    }
    const struct season_date *first = g_ptr_array_index(dates, 0);
    g_autofree char *on = day_words(first->on_day, today);
    if (dates->len == 1) {
        return g_strdup_printf("“%s” on %s may not hold. Everything else does.", first->title, on);
    }
    g_autofree char *more = words_count(dates->len - 1, "other date", "other dates");
    return g_strdup_printf("“%s” on %s and %s may not hold.", first->title, on, more);
}

bool week_danger(const struct week_plan *plan, char **head_out, char **text_out)
{
    const struct season *season = plan->survey->outlook->season;
    for (guint i = 0; season != NULL && i < plan->choices->len; i++) {
        const struct week_choice *choice = &g_array_index(plan->choices, struct week_choice, i);
        const char *id = choice->suggestion != NULL ? choice->suggestion->season
                         : choice->planned != NULL  ? choice->planned->season
                                                    : NULL;
        if (id == NULL || choice->is_done || season_date(season, id) == NULL) {
            continue;
        }
        char *text = lost_words(season, id, plan->week.monday + 7, plan->today);
        if (text != NULL) {
            g_autofree char *title = week_title(plan, choice);
            *head_out = g_strdup_printf("If you skip “%s”", title);
            *text_out = text;
            return true;
        }
    }
    return false;
}

char *week_result_words(const struct week_result *result)
{
    GString *out = g_string_new(NULL);
    if (result->n_steps > 0) {
        g_autofree char *minutes = words_minutes(result->minutes);
        g_string_append_printf(out, "%d of %d %s done%s%s.", result->n_done, result->n_steps,
                               result->n_steps == 1 ? "step" : "steps",
                               result->minutes > 0 ? " in " : "",
                               result->minutes > 0 ? minutes : "");
    }
    g_autofree char *sent = words_count(result->n_messages, "message", "messages");
    g_autofree char *came = words_count(result->n_replies, "message", "messages");
    if (result->n_messages > 0) {
        g_string_append_printf(out, "%sYou wrote %s; %s came.", out->len > 0 ? " " : "", sent,
                               result->n_replies == 0 ? "no answer" : came);
    } else if (result->n_replies > 0) {
        g_string_append_printf(out, "%s%s came.", out->len > 0 ? " " : "", came);
    }
    if (result->n_talks > 0) {
        g_autofree char *talks = week_starting(result->n_talks);
        g_string_append_printf(out, "%s%s %s.", out->len > 0 ? " " : "", talks,
                               result->n_talks == 1 ? "talk" : "talks");
    }
    return g_string_free(out, FALSE);
}
