/* Between survey.c and survey_kept.c: suggestions worked out for all people, or for a few. */
#ifndef LIGATURE_MODEL_SURVEY_PART_H
#define LIGATURE_MODEL_SURVEY_PART_H

#include "model/outlook.h"

/* Of surveys that share what they point to: gives the share back. First member of whatever keeps it. */
struct survey_kept {
    void (*release)(struct survey *survey);
};

/* What is looked up once for a whole outlook. */
struct survey_work {
    const struct outlook *outlook;           /* borrowed */
    const struct strategy_table *strategies; /* borrowed */
    GHashTable *favours;                     /* int64_t * -> struct favour_balance * */
    bool is_answered;                        /* what was tried before is known */
    bool is_there; /* in training: where somebody works opens no door any more */
};
void survey_work_init(struct survey_work *work, const struct outlook *outlook,
                      const struct strategy_table *strategies);
void survey_work_clear(struct survey_work *work);

/* Appends what strategies say about one contact, or about none, valued; left out is what may not be
 * suggested. */
void survey_about(const struct survey_work *work, const struct contact *contact,
                  struct suggestions *out);
void survey_overall(const struct survey_work *work, struct suggestions *out);

/* All of it, sorted and ordered; texts that are made up go to text. */
GArray *survey_all(const struct outlook *outlook, const struct strategy_table *strategies,
                   GStringChunk *text);

/* Best first; takes the array and gives a sorted one. */
GArray *survey_sorted(GArray *suggestions);
/* Two sorted ones as one; of `old` only those that are about nobody of `changed` (int64_t *), and
 * none that are overall. Both stay the caller's. */
GArray *survey_merged(const GArray *old, GHashTable *changed, const GArray *added);
/* Asks wait for the thanks due to the same person. */
void survey_order(GArray *suggestions);

#endif
