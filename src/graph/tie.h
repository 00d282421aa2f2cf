/* How warm a relation is, 0 to 1, explained. Pure: touches in, strength and terms out.
 *
 * Each touch has a worth by its kind, halved every half-life of its term (data/tie_terms.tsv). The sums saturate
 * (1 - exp(-sum / scale)) per term and the terms add up to at most 1. Terms: recency of the last touch, frequency,
 * direction (theirs count more than yours alone), reciprocity (both directions), shared history. */
#ifndef LIGATURE_GRAPH_TIE_H
#define LIGATURE_GRAPH_TIE_H

#include <stdbool.h>
#include <stdint.h>

enum tie_term_kind { TIE_TERM_NONE, TIE_RECENCY, TIE_FREQUENCY, TIE_DEPTH, TIE_RECIPROCITY, TIE_HISTORY, N_TIE_TERM };

struct tie_touch {
    int32_t on_day;
    int8_t direction;           /* +1 out, -1 in, 0 both */
    float worth;                /* of its kind; 0: does not count (a robot's mail) */
};

struct tie_term {
    enum tie_term_kind kind;
    double points;              /* what it adds to strength */
    int n;                      /* touches behind it */
    int n_in, n_out, n_both;
};

#define TIE_MAX_TERMS (N_TIE_TERM - 1)
struct tie {
    double strength;            /* 0 to 1 */
    int32_t day;                /* computed for this day */
    int32_t last_day;           /* INT32_MIN: never */
    int n_touches;              /* that count */
    int n_terms;
    struct tie_term terms[TIE_MAX_TERMS];   /* largest first; points sum to strength */
};

/* touches in any order; those after `day` are left out. n_shared: things in common (school, hospital, paper). */
void tie_compute(const struct tie_touch *touches, int n, int n_shared, int32_t day, struct tie *tie_out);

/* Word of data/tie_words.tsv: "untied" when n_touches is 0, whatever the number says. Constant. */
const char *tie_word(double strength, int n_touches);
/* Strengths from and below which a word holds: for filters. False when there is no such word. */
bool tie_word_range(const char *word, double *from_out, double *below_out);
/* The last real touch is older than the cadence. */
bool tie_is_slack(int32_t last_touch_day, int cadence_days, int32_t today);
/* Key of a term for words ("recency"). Constant. */
const char *tie_term_text(enum tie_term_kind kind);

#endif
