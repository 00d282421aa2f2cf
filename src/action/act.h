/* What nearly every action does: one transaction over the caller's address book, and the nouns as
 * JSON for all faces. */
#ifndef LIGATURE_ACTION_ACT_H
#define LIGATURE_ACTION_ACT_H

#include "action/action.h"
#include "model/cadence.h"
#include "model/person.h"
#include "model/step.h"
#include "model/touch.h"

/* The work of an action inside its transaction. *result_out is NULL at the start of each run (a
 * write may run twice). */
typedef bool act_fn(struct action_call *call, struct book *book, json_t **result_out,
                    GError **error);
bool act_read(struct action_call *call, act_fn *fn, json_t **result_out, GError **error);
bool act_write(struct action_call *call, act_fn *fn, json_t **result_out, GError **error);

/* ---- nouns. New references; texts are copied. The field tables describe the same members for
 * OpenAPI ---- */

json_t *act_person(const struct person_row *row, int32_t today);
json_t *act_touch(const struct touch *touch);
json_t *act_step(const struct step *step);
json_t *act_cadence(const struct cadence *cadence);

extern const struct field act_person_fields[];
extern const struct field act_touch_fields[];
extern const struct field act_step_fields[];
extern const struct field act_cadence_fields[];

/* {"id", "change_id", "message"}: what a write answers: what would take it back (change.undo; null
 * when nothing can), and what the next page says of it. */
json_t *act_done(int64_t id, const struct change_log *log, const char *message);
extern const struct field act_done_fields[];

#endif
