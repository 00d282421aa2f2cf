/* Conditions of data over a goal: words parted by blanks, all of which must hold; "!" turns one
 * round; "name:a|b" holds when one of them does. */
#include "model/goal.h"

#include "base/fold.h"
#include "data_goal_fields.h"
#include "data_specialties.h"
#include "model/goal_part.h"

#include <string.h>

bool goal_has(const char *list, const char *id)
{
    size_t len = strlen(id);
    for (const char *at = list; at != NULL && *at != '\0';) {
        size_t word = strcspn(at, " ");
        if (word == len && strncmp(at, id, len) == 0) {
            return true;
        }
        at += word;
        at += strspn(at, " ");
    }
    return false;
}

/* ---- conditions that are more than a list ---- */

static bool is_img(const struct goal *goal)
{
    if (goal->school_country != NULL) {
        return strcmp(goal->school_country, "US") != 0 && strcmp(goal->school_country, "PR") != 0;
    }
    return goal->school != NULL || goal->graduated != 0;
}

static bool needs_visa(const struct goal *goal)
{
    return goal->visa != NULL && strcmp(goal->visa, "none") != 0 &&
           !goal_has(goal->citizenship, "US") && g_strcmp0(goal->work_permit, "citizen") != 0 &&
           g_strcmp0(goal->work_permit, "green_card") != 0;
}

static bool is_visa(const struct goal *goal, const char *which)
{
    return needs_visa(goal) && (strcmp(goal->visa, which) == 0 ||
                                (strcmp(goal->visa, "either") == 0 &&
                                 (strcmp(which, "j1") == 0 || strcmp(which, "h1b") == 0)));
}

/* Is the word among the words of a text, whatever their case? */
static bool says(const char *text, const char *word)
{
    g_autofree char *folded = fold_text(text);
    g_autofree char *wanted = fold_text(word);
    return wanted[0] != '\0' && goal_has(folded, wanted);
}

static bool goes_through(const struct goal *goal, const char *service)
{
    g_auto(GStrv) ids = g_strsplit(goal->specialties == NULL ? "" : goal->specialties, " ", -1);
    for (int i = 0; ids[i] != NULL; i++) {
        const struct data_specialties *row = data_specialties_by_id(ids[i]);
        if (row != NULL && (says(row->application, service) || says(row->match, service))) {
            return true;
        }
    }
    return false;
}

static bool is_cycle(const struct goal *goal, const char *year)
{
    return goal->cycle != 0 && goal->cycle == (int)g_ascii_strtoll(year, NULL, 10);
}

static bool is_exam_open(const struct goal *goal, const char *exam)
{
    return goal->exams != NULL && !goal_has(goal->exams, exam);
}

#define HAS(name, member)                                                                          \
    static bool has_##name(const struct goal *goal, const char *id)                                \
    {                                                                                              \
        return goal_has(goal->member, id);                                                         \
    }
HAS(stage, stage)
HAS(specialty, specialties)
HAS(region, regions)
HAS(language, languages)
HAS(citizen, citizenship)
HAS(country, country_now)
HAS(permit, work_permit)
HAS(heritage, heritage)
HAS(tried, tried)
HAS(exam, exams)

static const struct {
    const char *name;
    bool (*fits)(const struct goal *goal, const char *id);
    const char *field; /* whose choices the ids are; NULL: anything */
} tests[] = {
    {"stage", has_stage, "stage"},
    {"specialty", has_specialty, "specialties"},
    {"region", has_region, "regions"},
    {"language", has_language, "languages"},
    {"citizen", has_citizen, "citizenship"},
    {"country", has_country, "country_now"},
    {"permit", has_permit, "work_permit"},
    {"heritage", has_heritage, "heritage"},
    {"tried", has_tried, "tried"},
    {"exam", has_exam, "exams"},
    {"exam_open", is_exam_open, "exams"},
    {"visa", is_visa, "visa"},
    {"cycle", is_cycle, NULL},
    {"service", goes_through, NULL},
};

/* The row of "name:..."; -1. */
static int test_of(const char *word)
{
    const char *colon = strchr(word, ':');
    for (size_t i = 0; colon != NULL && i < G_N_ELEMENTS(tests); i++) {
        if (strlen(tests[i].name) == (size_t)(colon - word) &&
            strncmp(tests[i].name, word, (size_t)(colon - word)) == 0) {
            return (int)i;
        }
    }
    return -1;
}

/* One word without its "!". */
static bool word_fits(const struct goal *goal, const char *word)
{
    int test = test_of(word);
    if (test < 0) {
        return strcmp(word, "img") == 0    ? is_img(goal)
               : strcmp(word, "visa") == 0 ? needs_visa(goal)
                                           : false;
    }
    g_auto(GStrv) ids = g_strsplit(strchr(word, ':') + 1, "|", -1);
    for (int i = 0; ids[i] != NULL; i++) {
        if (tests[test].fits(goal, ids[i])) {
            return true;
        }
    }
    return false;
}

bool goal_fits(const struct goal *goal, const char *condition)
{
    g_auto(GStrv) words = g_strsplit(condition == NULL ? "" : condition, " ", -1);
    for (int i = 0; words[i] != NULL; i++) {
        bool is_not = words[i][0] == '!';
        if (words[i][0] != '\0' && word_fits(goal, words[i] + is_not) == is_not) {
            return false;
        }
    }
    return true;
}

static bool word_is_known(const char *word)
{
    int test = test_of(word);
    if (test < 0) {
        return strcmp(word, "img") == 0 || strcmp(word, "visa") == 0;
    }
    g_auto(GStrv) ids = g_strsplit(strchr(word, ':') + 1, "|", -1);
    bool is_known = ids[0] != NULL;
    for (int i = 0; ids[i] != NULL && is_known; i++) {
        const char *field = tests[test].field;
        const char *id =
            field == NULL ? ids[i] : goal_choice_find(data_goal_fields_by_id(field), ids[i]);
        is_known = ids[i][0] != '\0' && g_strcmp0(id, ids[i]) == 0;
    }
    return is_known;
}

bool goal_condition_is_known(const char *condition)
{
    g_auto(GStrv) words = g_strsplit(condition == NULL ? "" : condition, " ", -1);
    bool is_known = true;
    for (int i = 0; words[i] != NULL && is_known; i++) {
        is_known = words[i][0] == '\0' || word_is_known(words[i] + (words[i][0] == '!'));
    }
    return is_known;
}
