/* How warm a relation is, 0 to 1, explained. Pure: touches in, strength and terms out.
 *
 * Strength is the sum over the terms of data/tie_terms.tsv of weight * (1 - exp(-worth / scale)). A
 * touch is worth the weight of its kind, halved every half-life of the term. The worth of a term:
 *   recency      the best single touch
 *   frequency    the sum of all
 *   depth        the sum of those where both took part (talks, meetings, rotations)
 *   reciprocity  the smaller of what came from them and what came from you; a touch of both counts
 * on both sides history      things in common; does not fade Nobody without a touch that counts has
 * a tie: strength is 0 then, whatever is in common. */
#ifndef LIGATURE_GRAPH_TIE_H
#define LIGATURE_GRAPH_TIE_H

#include <stdbool.h>
#include <stdint.h>

enum tie_term_kind {
    TIE_TERM_NONE,
    TIE_RECENCY,
    TIE_FREQUENCY,
    TIE_DEPTH,
    TIE_RECIPROCITY,
    TIE_HISTORY,
    N_TIE_TERM
};

struct tie_touch {
    int32_t on_day;
    int8_t direction; /* +1 out, -1 in, 0 both */
    bool is_two_way;  /* both took part */
    float weight;     /* of its kind; 0: does not count */
};

struct tie_term {
    enum tie_term_kind kind;
    double points; /* what it adds to strength */
    int n;         /* touches behind it */
    int n_in, n_out, n_both;
};

#define TIE_MAX_TERMS (N_TIE_TERM - 1)
struct tie {
    double strength;  /* 0 to 1 */
    int32_t day;      /* computed for this day */
    int32_t last_day; /* INT32_MIN: never */
    int n_touches;    /* that count */
    int n_terms;
    struct tie_term terms[TIE_MAX_TERMS]; /* largest first; points sum to strength */
};

/* touches in any order; those after `day` are left out. n_shared: things in common (school,
 * hospital, paper). */
void tie_compute(const struct tie_touch *touches, int n, int n_shared, int32_t day,
                 struct tie *tie_out);

/* Word of data/tie_words.tsv: "untied" when n_touches is 0, whatever the number says. Constant. */
const char *tie_word(double strength, int n_touches);
/* Strengths from and below which a word holds: for filters. False when there is no such word. */
bool tie_word_range(const char *word, double *from_out, double *below_out);
/* The last real touch is older than the cadence. */
bool tie_is_slack(int32_t last_touch_day, int cadence_days, int32_t today);
/* Key of a term for words ("recency"). Constant. */
const char *tie_term_text(enum tie_term_kind kind);

#endif
