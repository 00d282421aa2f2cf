/* Tie strength: exponential decay per term, saturating sums. Markers after Granovetter (1973) and
 * Marsden and Campbell (1984), "Measuring tie strength", Social Forces 63(2); the numbers are data
 * (data/tie_terms.tsv). O(touches), no allocation. */
#include "graph/tie.h"

#include "data_tie_terms.h"
#include "data_tie_words.h"

#include <math.h>
#include <string.h>

static const char *const term_ids[N_TIE_TERM] = {
    [TIE_TERM_NONE] = "",  [TIE_RECENCY] = "recency",         [TIE_FREQUENCY] = "frequency",
    [TIE_DEPTH] = "depth", [TIE_RECIPROCITY] = "reciprocity", [TIE_HISTORY] = "history",
};

const char *tie_term_text(enum tie_term_kind kind)
{
    return term_ids[kind];
}

/* What the touches come to in each term, before saturation. */
struct worths {
    double recency;
    double frequency;
    double depth;
    double from_them;
    double from_you;
    struct tie_term counts; /* touches behind all terms */
    int n_deep;
};

/* Halvings a day of a term; 0 when it does not fade. */
static double halvings(enum tie_term_kind kind)
{
    const struct data_tie_terms *row = data_tie_terms_by_id(term_ids[kind]);
    return row->half_life_days == DATA_NONE ? 0 : 1.0 / row->half_life_days;
}

static void add_touch(struct worths *worths, const struct tie_touch *touch, const double *halving,
                      int age)
{
    double weight = (double)touch->weight;
    worths->recency = fmax(worths->recency, weight * exp2(-age * halving[TIE_RECENCY]));
    worths->frequency += weight * exp2(-age * halving[TIE_FREQUENCY]);
    double mutual = weight * exp2(-age * halving[TIE_RECIPROCITY]);
    worths->from_them += touch->direction <= 0 ? mutual : 0;
    worths->from_you += touch->direction >= 0 ? mutual : 0;
    if (touch->is_two_way) {
        worths->depth += weight * exp2(-age * halving[TIE_DEPTH]);
        worths->n_deep++;
    }
    worths->counts.n++;
    worths->counts.n_in += touch->direction < 0;
    worths->counts.n_out += touch->direction > 0;
    worths->counts.n_both += touch->direction == 0;
}

/* Appends a term that adds something, keeping the largest first. */
static void put_term(struct tie *tie, enum tie_term_kind kind, double worth, struct tie_term counts)
{
    const struct data_tie_terms *row = data_tie_terms_by_id(term_ids[kind]);
    counts.kind = kind;
    counts.points = row->weight * (1 - exp(-worth / row->scale));
    if (counts.points <= 0) {
        return;
    }
    tie->strength += counts.points;
    int at = tie->n_terms++;
    for (; at > 0 && tie->terms[at - 1].points < counts.points; at--) {
        tie->terms[at] = tie->terms[at - 1];
    }
    tie->terms[at] = counts;
}

void tie_compute(const struct tie_touch *touches, int n, int n_shared, int32_t day,
                 struct tie *tie_out)
{
    *tie_out = (struct tie){.day = day, .last_day = INT32_MIN};
    double halving[N_TIE_TERM];
    for (int kind = TIE_RECENCY; kind < N_TIE_TERM; kind++) {
        halving[kind] = halvings(kind);
    }
    struct worths worths = {0};
    for (int i = 0; i < n; i++) {
        if (touches[i].on_day > day || touches[i].weight <= 0) {
            continue;
        }
        add_touch(&worths, &touches[i], halving, day - touches[i].on_day);
        tie_out->last_day =
            touches[i].on_day > tie_out->last_day ? touches[i].on_day : tie_out->last_day;
    }
    tie_out->n_touches = worths.counts.n;
    if (worths.counts.n == 0) {
        return;
    }
    struct tie_term deep = {.n = worths.n_deep};
    struct tie_term shared = {.n = n_shared};
    put_term(tie_out, TIE_RECENCY, worths.recency, (struct tie_term){.n = 1});
    put_term(tie_out, TIE_FREQUENCY, worths.frequency, worths.counts);
    put_term(tie_out, TIE_DEPTH, worths.depth, deep);
    put_term(tie_out, TIE_RECIPROCITY, fmin(worths.from_them, worths.from_you), worths.counts);
    put_term(tie_out, TIE_HISTORY, n_shared, shared);
}

const char *tie_word(double strength, int n_touches)
{
    const char *word = data_tie_words[0].word;
    if (n_touches <= 0) {
        return word;
    }
    for (size_t i = 1; i < n_data_tie_words && strength >= data_tie_words[i].from; i++) {
        word = data_tie_words[i].word;
    }
    return word;
}

bool tie_word_range(const char *word, double *from_out, double *below_out)
{
    for (size_t i = 0; i < n_data_tie_words; i++) {
        if (strcmp(data_tie_words[i].word, word) == 0) {
            *from_out = data_tie_words[i].from;
            *below_out = i + 1 < n_data_tie_words ? data_tie_words[i + 1].from : 2;
            return true;
        }
    }
    return false;
}

bool tie_is_slack(int32_t last_touch_day, int cadence_days, int32_t today)
{
    return last_touch_day != INT32_MIN && cadence_days > 0 && last_touch_day + cadence_days < today;
}
