/* Parts of the nurture feature: who is due, what to tell to whom, what slept, what is owed. */
#ifndef LIGATURE_FEATURE_NURTURE_H
#define LIGATURE_FEATURE_NURTURE_H

#include "model/outlook.h"
#include "page/feature.h"

#define NURTURE_ID "nurture"

/* Favours asked of and done for one person, in tenths of an ordinary one (data/favour_kinds.tsv). */
struct nurture_balance {
    int n_asked;
    int n_given;
    int owed; /* asked less given */
    int32_t last_given_day;
};
struct nurture_balance nurture_balance_of(const struct outlook *outlook, int64_t person_id);

/* Something of yours that those who helped like to hear. */
struct milestone {
    int32_t day;      /* it happened */
    int32_t from_day; /* can be told from */
    int32_t until_day;
    const char *words; /* "you passed USMLE Step 2 CK" */
};
/* Those to tell today: appends struct milestone, newest first. Words live in text. */
void milestones_of(const struct outlook *outlook, GStringChunk *text, GArray *milestones_out);
/* Is this own date an exam of data/exams.tsv that the goal does not call passed? */
bool milestone_is_open(const struct outlook *outlook, const struct season_date *date);
/* Did they help? A favour that was granted, a letter, or a mentor. *favour_out (may be NULL): the
 * favour, or NULL. */
bool nurture_has_helped(const struct outlook *outlook, const struct contact *contact,
                        const struct favour **favour_out);
/* "A", "B", "C" by the days of a cadence (data/followup.tsv, tier_a ...); NULL: none. */
const char *nurture_tier(int cadence_days);

page_fn nurture_page;

extern const struct strategy nurture_strategy;

#endif
