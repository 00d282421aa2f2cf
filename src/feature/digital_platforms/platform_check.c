/* What a profile says, looked at in the facts that came with the archive of one's own account. Each
 * test is named in data/profile_checks.tsv. Pure. */
#include "feature/digital_platforms/platform.h"

#include "base/fold.h"
#include "base/words.h"
#include "data_profile_checks.h"
#include "model/person.h"
#include "model/recognise.h"

#include <string.h>

#define FAMILY "linkedin."

/* Does one of the sets that say so now come from the archive? */
static bool is_of_archive(const struct fact_fold *fold, const struct folded_fact *one)
{
    for (int i = 0; i < one->n_origins; i++) {
        if (g_str_has_prefix(fold->sets[one->origins[i]].family, FAMILY)) {
            return true;
        }
    }
    return false;
}

int64_t platform_archive_at(const struct person *self)
{
    int64_t at = AT_NONE;
    for (int i = 0; self != NULL && i < self->fold->n_sets; i++) {
        const struct fact_set *set = &self->fold->sets[i];
        at = g_str_has_prefix(set->family, FAMILY) ? MAX(at, set->seen_at) : at;
    }
    return at;
}

/* Facts of a kind, of the archive: the first of them, and how many. */
static const struct fact *first_of(const struct person *self, enum fact_kind kind,
                                   const char *label, int *n_out)
{
    const struct fact *first = NULL;
    int n = 0;
    for (guint i = 0; i < self->fold->facts->len; i++) {
        const struct folded_fact *one = &g_array_index(self->fold->facts, struct folded_fact, i);
        if (one->fact.kind == kind && (label == NULL || g_strcmp0(one->fact.label, label) == 0) &&
            is_of_archive(self->fold, one)) {
            first = first == NULL ? &one->fact : first;
            n++;
        }
    }
    if (n_out != NULL) {
        *n_out = n;
    }
    return first;
}

struct looked {
    const struct person *self;
    const struct data_profile_checks *row;
    GStringChunk *text;
    const char **found_out;
};

static void say(const struct looked *looked, const char *one, const char *many, int64_t n)
{
    g_autofree char *words = words_count(n, one, many);
    *looked->found_out = g_string_chunk_insert(looked->text, words);
}

static enum platform_answer answer(bool is_there)
{
    return is_there ? PLATFORM_THERE : PLATFORM_MISSING;
}

static enum platform_answer test_there(const struct looked *looked, enum fact_kind kind,
                                       const char *label)
{
    return answer(first_of(looked->self, kind, label, NULL) != NULL);
}

static enum platform_answer test_length(const struct looked *looked, enum fact_kind kind,
                                        const char *label)
{
    const struct fact *fact = first_of(looked->self, kind, label, NULL);
    glong n = fact != NULL ? g_utf8_strlen(fact->value, -1) : 0;
    say(looked, "letter", "letters", n);
    return answer(n >= looked->row->least);
}

static enum platform_answer test_number(const struct looked *looked, enum fact_kind kind)
{
    int n;
    first_of(looked->self, kind, NULL, &n);
    say(looked, "listed", "listed", n);
    return answer(n >= looked->row->least);
}

static enum platform_answer test_specialty(const struct looked *looked)
{
    const struct fact *fact = first_of(looked->self, FACT_HEADLINE, NULL, NULL);
    g_autofree char *folded = fold_text(fact != NULL ? fact->value : "");
    const char *id = specialty_recognise(folded);
    *looked->found_out = id != NULL ? specialty_name(id) : NULL;
    return answer(id != NULL);
}

/* A school with at least one year; or, with is_now, a place of work without an end. */
static enum platform_answer test_dated(const struct looked *looked, enum fact_kind kind,
                                       bool is_now)
{
    const struct fact_fold *fold = looked->self->fold;
    for (guint i = 0; i < fold->facts->len; i++) {
        const struct folded_fact *one = &g_array_index(fold->facts, struct folded_fact, i);
        const struct fact *fact = &one->fact;
        bool is_open = fact->begins != NULL && (fact->ends == NULL || *fact->ends == '\0');
        bool has_year = (fact->begins != NULL && *fact->begins != '\0') ||
                        (fact->ends != NULL && *fact->ends != '\0');
        if (fact->kind == kind && (is_now ? is_open : has_year) && is_of_archive(fold, one)) {
            return PLATFORM_THERE;
        }
    }
    return PLATFORM_MISSING;
}

static enum platform_answer look(const struct looked *looked)
{
    const char *test = looked->row->test;
    if (strcmp(test, "headline") == 0) {
        return test_there(looked, FACT_HEADLINE, NULL);
    }
    if (strcmp(test, "headline_length") == 0) {
        return test_length(looked, FACT_HEADLINE, NULL);
    }
    if (strcmp(test, "headline_specialty") == 0) {
        return test_specialty(looked);
    }
    if (strcmp(test, "summary") == 0) {
        return test_there(looked, FACT_NOTE, "summary");
    }
    if (strcmp(test, "summary_length") == 0) {
        return test_length(looked, FACT_NOTE, "summary");
    }
    if (strcmp(test, "position") == 0) {
        return test_number(looked, FACT_WORK);
    }
    if (strcmp(test, "position_now") == 0) {
        return test_dated(looked, FACT_WORK, true);
    }
    if (strcmp(test, "school") == 0) {
        return test_dated(looked, FACT_SCHOOL, false);
    }
    if (strcmp(test, "skills") == 0) {
        return test_number(looked, FACT_SKILL);
    }
    if (strcmp(test, "languages") == 0) {
        return test_number(looked, FACT_LANGUAGE);
    }
    if (strcmp(test, "certificates") == 0) {
        return test_number(looked, FACT_CERTIFICATE);
    }
    if (strcmp(test, "place") == 0) {
        return test_there(looked, FACT_PLACE, NULL);
    }
    if (strcmp(test, "photo") == 0) { /* the archive's tables hold none: there, or not told */
        return test_there(looked, FACT_PHOTO, NULL) == PLATFORM_THERE ? PLATFORM_THERE
                                                                      : PLATFORM_UNSEEN;
    }
    g_error("no test \"%s\" of profile_checks.tsv", test);
}

void platform_checks(const struct person *self, GStringChunk *text, GArray *checks_out)
{
    if (platform_archive_at(self) == AT_NONE) {
        return;
    }
    for (size_t i = 0; i < n_data_profile_checks; i++) {
        struct platform_check check = {.row = &data_profile_checks[i]};
        const struct looked looked = {self, check.row, text, &check.found};
        check.answer = look(&looked);
        g_array_append_val(checks_out, check);
    }
}

int platform_n(const GArray *checks, enum platform_answer wanted)
{
    int n = 0;
    for (guint i = 0; i < checks->len; i++) {
        n += g_array_index(checks, struct platform_check, i).answer == wanted;
    }
    return n;
}
