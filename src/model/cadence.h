/* Cadences: how often you mean to be in touch. For a person: their own, else the shortest of their
 * tags'. Counts from the last real touch; without any touch, from the day the cadence was set or
 * the person came in. */
#ifndef LIGATURE_MODEL_CADENCE_H
#define LIGATURE_MODEL_CADENCE_H

#include "model/change.h"

enum cadence_scope { CADENCE_SCOPE_NONE, CADENCE_PERSON, CADENCE_TAG };
enum cadence_state { CADENCE_STATE_NONE, CADENCE_ACTIVE, CADENCE_PAUSED, CADENCE_NEVER };

struct cadence {
    enum cadence_scope scope;
    int64_t person_id; /* of scope person */
    const char *tag;   /* of scope tag */
    int every_days;    /* -1: none (never) */
    const char *tier;  /* "A", "B", "C"; NULL: days were chosen */
    enum cadence_state state;
    int32_t until_day; /* paused or snoozed until; DAY_NONE: no end */
    int32_t from_day;  /* the day it was set */
};

/* Days of a tier by data/followup.tsv (rows tier_a, tier_b, tier_c); -1 when there is no such tier.
 */
int cadence_tier_days(const char *tier);

/* Sets or replaces; refreshes everyone concerned. tier given: its days. Refuses
 * cadence.days_invalid (1 to 3650), cadence.tier_unknown. state NEVER: no nudges for this person
 * even if a tag says so. */
bool cadence_set(struct book *book, const struct cadence *cadence, struct change_log *log,
                 GError **error);
bool cadence_clear(struct book *book, const struct cadence *which, struct change_log *log,
                   GError **error);
/* Leaves person or tag in peace until that day (DAY_NONE: until resumed by cadence_resume). */
bool cadence_pause(struct book *book, const struct cadence *which, int32_t until_day,
                   struct change_log *log, GError **error);
bool cadence_resume(struct book *book, const struct cadence *which, struct change_log *log,
                    GError **error);
bool cadence_list(struct book *book, GStringChunk *text, GArray *cadences_out, GError **error);
/* The cadence that holds for a person (own before tags), *found_out false: none. */
bool cadence_of_person(struct book *book, int64_t person_id, GStringChunk *text,
                       struct cadence *cadence_out, bool *found_out, GError **error);

const char *cadence_state_text(enum cadence_state state);
enum cadence_state cadence_state_parse(const char *text);

#endif
