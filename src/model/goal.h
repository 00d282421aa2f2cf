/* What somebody aims for: the answers of the first conversation, each in a row of its own, so that
 * one can be changed or skipped without the others. A question (data/questions.tsv) may ask for
 * several things; what is stored, and named by goal_set, are the ids of data/goal_fields.tsv: those
 * of the members below. Choices are those of goal_choices. */
#ifndef LIGATURE_MODEL_GOAL_H
#define LIGATURE_MODEL_GOAL_H

#include "model/change.h"

/* Lists are parted by blanks, ids of data/ tables; texts live in the arena given. NULL, 0, -1 and
 * DAY_NONE: not answered. "": answered with none (exams, heritage, free_days, tried). */
struct goal {
    const char *specialties;  /* one or two ids of data/specialties.tsv */
    int cycle;                /* the year of the Match aimed at; 0: not said */
    const char *stage;        /* student graduate certified applying unmatched resident */
    const char *school;       /* as written */
    const char *school_country; /* ISO 3166 */
    int graduated;            /* year */
    const char *citizenship;  /* ISO 3166 codes */
    const char *visa;         /* none j1 h1b either unknown */
    const char *work_permit;  /* citizen green_card ead none unknown */
    const char *exams;        /* ids of data/exams.tsv that are passed */
    const char *regions;      /* US states aimed at ("OH"), as in people's region; NULL: anywhere */
    const char *place_now;    /* as written */
    const char *country_now;  /* ISO 3166 */
    const char *zone;         /* IANA, "America/New_York" */
    const char *languages;    /* ISO 639, of the doctor */
    const char *heritage;     /* ids of heritage and faith bodies; NULL or "": not opted in */
    int hours_week;           /* minutes: 360 for six hours; -1 */
    int64_t money_month;      /* cents; -1 */
    const char *tried;        /* ids of data/strategies.tsv */
    const char *free_days;    /* weekdays without networking, "fri sun" */
    int32_t answered_day;     /* the newest answer */
    int n_answered;
};

bool goal_load(struct book *book, GStringChunk *text, struct goal *goal_out, GError **error);
/* One answer, as a face got it; value NULL or "": takes it back. Checks it against the question
 * (choices, ids, numbers, zone). Refuses goal.unknown_question, goal.invalid with a sentence. */
bool goal_set(struct book *book, const char *question, const char *value, struct change_log *log,
              GError **error);
/* What may be answered: borrowed, constant. Nothing for words, numbers, zones and ids unknown. */
struct goal_choice {
    const char *id;
    const char *label;
};
void goal_choices(const char *field, GArray *choices_out);

/* Does the goal fit a condition of data/ ("img", "visa", "stage:student|graduate",
 * "specialty:family_medicine", "service:ERAS", "exam_open:step2ck"; blanks mean and, "!" not;
 * "" fits)? Unanswered questions fit nothing but "" and "!...".
 *   img            anything said of the school, unless it is in the US
 *   visa           needs one: not a citizen or permanent resident, visa answered and not none
 *   visa:j1|h1b    that one, or either
 *   service:       what a specialty applies or matches through: ERAS, ResidencyCAS, CentralApp,
 *                  NRMP, AUA, SF (SF Match)
 *   exam:          passed;  exam_open: exams are answered, and this one is not among them
 *   stage: specialty: region: language: citizen: country: permit: heritage: tried: cycle: */
bool goal_fits(const struct goal *goal, const char *condition);
/* Is every word of a condition one that goal_fits knows, with ids that exist? For tests of data. */
bool goal_condition_is_known(const char *condition);
/* Is an id in a list parted by blanks? NULL list: no. */
bool goal_has(const char *list, const char *id);
/* The id of the first specialty, NULL. */
const char *goal_specialty(const struct goal *goal, char buffer[static 64]);

#endif
