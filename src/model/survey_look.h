/* For tests of strategies: one strategy over an outlook made by hand, suggestion by suggestion. */
#ifndef LIGATURE_MODEL_SURVEY_LOOK_H
#define LIGATURE_MODEL_SURVEY_LOOK_H

#include "data_suggestions.h"
#include "model/outlook.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* All that one strategy suggests. Finishes the outlook, which stays the caller's. */
static inline struct survey *look_at(struct outlook *outlook, const struct strategy *strategy)
{
    const struct strategy_table table = {&strategy, 1};
    outlook_finish(outlook);
    return survey_of(outlook, &table);
}

/* The best suggestion of a kind, about ref unless that is NULL; NULL: none. */
static inline const struct suggestion *look_find(const struct survey *survey, const char *kind,
                                                 const char *ref)
{
    for (guint i = 0; i < survey->suggestions->len; i++) {
        const struct suggestion *one = &g_array_index(survey->suggestions, struct suggestion, i);
        if (strcmp(one->kind->id, kind) == 0 && (ref == NULL || g_strcmp0(one->ref, ref) == 0)) {
            return one;
        }
    }
    return NULL;
}

static inline const struct suggestion *of_kind(const struct survey *survey, const char *kind)
{
    return look_find(survey, kind, NULL);
}

/* "Tell|Amina Hassan|the exam date", "-" for nobody. New string. */
static inline char *look_title(const struct survey *survey, const struct suggestion *one)
{
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;
    assert_non_null(one);
    suggestion_title(survey->outlook, one, &before, &after);
    const struct contact *contact = outlook_contact(survey->outlook, one->person_id);
    return g_strjoin("|", before, contact != NULL ? contact->name : "-", after, NULL);
}

static inline void assert_title(const struct survey *survey, const char *kind, const char *expected)
{
    g_autofree char *title = look_title(survey, of_kind(survey, kind));
    assert_string_equal(title, expected);
}

/* The reason has these words in it, in whatever case. */
static inline void assert_why(const struct survey *survey, const char *kind, const char *expected)
{
    const struct suggestion *one = of_kind(survey, kind);
    assert_non_null(one);
    g_autofree char *why = suggestion_why(survey->outlook, one);
    if (strcasestr(why, expected) == NULL) {
        fail_msg("“%s” does not say “%s”", why, expected);
    }
}

/* Title without a name, and words of the reason, letter by letter. */
static inline void assert_says(const struct survey *survey, const struct suggestion *one,
                               const char *title, const char *why)
{
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;
    assert_non_null(one);
    suggestion_title(survey->outlook, one, &before, &after);
    assert_string_equal(before, title);
    g_autofree char *words = suggestion_why(survey->outlook, one);
    if (strstr(words, why) == NULL) {
        fail_msg("“%s” does not say “%s”", words, why);
    }
}

#endif
