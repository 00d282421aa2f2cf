/* For tests of strategies: what one suggests for an outlook made by hand, in words. */
#ifndef LIGATURE_MODEL_STRATEGY_LOOK_H
#define LIGATURE_MODEL_STRATEGY_LOOK_H

#include "base/clock.h"
#include "data_suggestions.h"
#include "model/outlook.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* Titles by kind, then as they are valued: "Thank Amina Hassan for the rotation, until Sun 19
 * July", a line each; "" when nothing is suggested. New string. Finishes the outlook. */
static inline char *strategy_look(struct outlook *outlook, const struct strategy *strategy)
{
    const struct strategy *const rows[] = {strategy};
    const struct strategy_table table = {rows, 1};
    outlook_finish(outlook);
    g_autoptr(survey_ptr) survey = survey_of(outlook, &table);
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (size_t kind = 0; kind < n_data_suggestions; kind++) {
        for (guint i = 0; i < survey->suggestions->len; i++) {
            const struct suggestion *one =
                &g_array_index(survey->suggestions, struct suggestion, i);
            const struct contact *contact =
                one->person_id != 0 ? outlook_contact(outlook, one->person_id) : NULL;
            g_autofree char *before = NULL;
            g_autofree char *after = NULL;
            g_autofree char *why = suggestion_why(outlook, one);
            g_autofree char *day =
                one->until_day != DAY_NONE ? day_words(one->until_day, outlook->today) : NULL;
            if (one->kind != &data_suggestions[kind]) {
                continue;
            }
            suggestion_title(outlook, one, &before, &after);
            assert_null(strchr(why, '{'));
            assert_string_equal(one->kind->strategy, strategy->id);
            g_ptr_array_add(lines,
                            g_strdup_printf("%s%s%s%s%s%s%s", before, contact != NULL ? " " : "",
                                            contact != NULL ? contact->name : "",
                                            *after != '\0' ? " " : "", after,
                                            day != NULL ? ", until " : "", day != NULL ? day : ""));
        }
    }
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("\n", (char **)lines->pdata);
}

static inline void assert_looks(struct outlook *outlook, const struct strategy *strategy,
                                const char *expected)
{
    g_autofree char *found = strategy_look(outlook, strategy);
    assert_string_equal(found, expected);
}

/* Reasons of the best suggestion, in words. New string. */
static inline char *strategy_why(struct outlook *outlook, const struct strategy *strategy)
{
    const struct strategy *const rows[] = {strategy};
    const struct strategy_table table = {rows, 1};
    outlook_finish(outlook);
    g_autoptr(survey_ptr) survey = survey_of(outlook, &table);
    assert_true(survey->suggestions->len > 0);
    return suggestion_why(outlook, &g_array_index(survey->suggestions, struct suggestion, 0));
}

/* A pursuit to be filled in further; with an id of its own. */
static inline struct pursuit *look_pursuit(struct outlook *outlook, const char *kind,
                                           const char *stage, const char *title)
{
    struct pursuit pursuit = {.pursuit_id = 100 + (int64_t)outlook->pursuits->len,
                              .kind = kind,
                              .title = title,
                              .stage = stage,
                              .from_day = DAY_NONE,
                              .until_day = DAY_NONE,
                              .due_day = DAY_NONE,
                              .minutes = -1,
                              .cost_cents = -1,
                              .created_at = (int64_t)(outlook->today - 60) * US_PER_DAY,
                              .closed_at = AT_NONE,
                              .deleted_at = AT_NONE};
    g_array_append_val(outlook->pursuits, pursuit);
    return &g_array_index(outlook->pursuits, struct pursuit, outlook->pursuits->len - 1);
}

static inline void look_link(struct outlook *outlook, const struct pursuit *pursuit,
                             int64_t person_id)
{
    struct pursuit_person link = {
        .pursuit_id = pursuit->pursuit_id, .person_id = person_id, .on_day = DAY_NONE};
    g_array_append_val(outlook->pursuit_people, link);
}

/* The season of a goal, with one's own dates (may be NULL); to be freed by the caller. */
static inline struct season *look_season(struct outlook *outlook, const GArray *own)
{
    outlook->season = season_new(&outlook->goal, own, outlook->today);
    return outlook->season;
}

/* Own dates with one row. */
static inline GArray *look_date(const char *kind, const char *title, int32_t from, int32_t until)
{
    GArray *own = g_array_new(FALSE, TRUE, sizeof(struct own_date));
    struct own_date date = {.date_id = 7,
                            .kind = kind,
                            .title = title,
                            .on_day = from,
                            .until_day = until,
                            .minute = -1,
                            .created_at = AT_NONE,
                            .deleted_at = AT_NONE};
    g_array_append_val(own, date);
    return own;
}

/* Somebody you know a little. */
static inline struct contact *look_person(struct outlook *outlook, int64_t id, const char *name,
                                          unsigned flags)
{
    struct contact *contact = outlook_add(outlook, id, name);
    contact->flags = flags;
    contact->tie = 0.4F;
    contact->n_touches = 3;
    return contact;
}

#endif
