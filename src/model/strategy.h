/* Strategies and what they suggest. A strategy is one folder of feature/ with one descriptor; it
 * looks at an outlook (model/outlook.h), which is all in memory, and says what could be done. It
 * neither reads the store nor writes words: title and reasons are rows of data
 * (suggestions.tsv, value_terms.tsv), worded when they are shown. */
#ifndef LIGATURE_MODEL_STRATEGY_H
#define LIGATURE_MODEL_STRATEGY_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct outlook; /* model/outlook.h */
struct contact;
struct data_suggestions;  /* data_suggestions.h */
struct data_value_terms;  /* data_value_terms.h */

#define TERMS_MAX 8

/* One reason, with what it adds. Words: "{n}", "{word}", "{span}", "{day}" of the row's text. */
struct term {
    const struct data_value_terms *row;
    float amount;     /* 0 to 1: how much of the row's weight; points = weight * amount */
    int32_t n;        /* a number, a day, or a span in days, as the row's words ask */
    const char *word; /* borrowed from the outlook or constant; NULL: none */
};

struct suggestion {
    const struct data_suggestions *kind; /* what: verb, words, minutes, money, worth */
    int64_t person_id;  /* with whom; 0: nobody in particular */
    int64_t about_id;   /* pursuit, favour, practice ... it is about; 0 */
    const char *ref;    /* id in data/ it is about (an association, a lesson); NULL */
    const char *detail; /* goes into "{detail}" of the kind's words; borrowed; NULL */
    int32_t from_day;   /* not before; DAY_NONE: any day */
    int32_t until_day;  /* of use until; DAY_NONE: no limit */
    int32_t minutes;    /* of the kind unless said otherwise */
    int32_t cents;
    const char *season; /* season date whose work it is ("lor_request"); NULL */
    struct term terms[TERMS_MAX];
    int n_terms;
    int32_t points;     /* worth, filled in by suggestions_value: the kind's plus its terms' */
    const char *department; /* folded org of whom it writes to, for "so many per department"; NULL */
    int64_t after_person;   /* only after the thanks due to this person are done; 0 */
    bool is_overall;        /* comes from a strategy's `overall`; set by survey_of */
};

struct suggestions {
    GArray *items;      /* struct suggestion */
    GStringChunk *text; /* for details that are made up */
};

/* Adds a suggestion of a kind (id in data/suggestions.tsv; unknown aborts) and gives it to be filled
 * in; valid until the next one. contact NULL: about nobody. Do-not-contact people, and what was
 * refused (outlook), give NULL: nothing to be filled in. */
struct suggestion *suggest(struct suggestions *out, const struct outlook *outlook, const char *kind,
                           const struct contact *contact);
/* Adds a reason (id in data/value_terms.tsv; unknown aborts). Too many: the least are dropped. */
void suggestion_term(struct suggestion *suggestion, const char *term, double amount, int32_t n,
                     const char *word);

/* What a strategy counts beside steps, replies and talks: rows behind a number of the Strategies
 * page. */
struct strategy {
    const char *id; /* in data/strategies.tsv */
    /* About one person: called for each contact of the outlook, and again for those that changed.
     * Must depend on goal, season, today, own lists and this contact only. NULL: none. */
    void (*about)(const struct outlook *outlook, const struct contact *contact,
                  struct suggestions *out);
    /* About no single person. NULL: none. */
    void (*overall)(const struct outlook *outlook, struct suggestions *out);
    const char *href; /* its page: "/strategies/alumni" */
};
/* Gathered by the registry, in the order of data/strategies.tsv. */
struct strategy_table {
    const struct strategy *const *rows;
    int n;
};
const struct strategy *strategy_find(const struct strategy_table *table, const char *id);

/* Kinds named "<strategy>.thank..." are thanks. NULL: no. */
bool suggestion_is_thanks(const struct data_suggestions *kind);
/* To whom a message of it goes, as data/quiet.tsv names them: what the kind says, else "programme"
 * for whoever is in the office of one, or is met through an introduction; "hospital" for requests to
 * doctors who work in one and are neither mentors nor of the own circle. Constant. */
const char *suggestion_whom(const struct outlook *outlook, const struct suggestion *suggestion);

/* A stable key of what and whom: "alumni.first/<person>/<ref>": the same while it is the same thing.
 * New string. */
char *suggestion_key(const struct suggestion *suggestion);

#endif
