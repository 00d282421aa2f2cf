/* Rows with a digest, written and checked in one place. Each digested table is described once: its
 * columns in order, the type of each, and which the digest leaves out. */
#ifndef LIGATURE_MODEL_NOUN_H
#define LIGATURE_MODEL_NOUN_H

#include "base/digest.h"
#include "db/db.h"

#include <jansson.h>

#define NOUN_MAX_COLUMNS 36

struct noun {
    const char *table;
    const char *columns;  /* "account_id, source_id, ..." in the order of the schema */
    const char *types;    /* a letter a column: i integer, r real, t text, b bytes */
    const char *left_out; /* " revision used_at ": not part of the digest; NULL: none but the digest
                             itself */
    int n_key; /* the first so many columns after account_id that name a row in words; 0: account
                  only */
};

/* All tables with a digest column end with it. */
extern const struct noun noun_account, noun_token, noun_source, noun_fact_set, noun_touch,
    noun_step, noun_cadence, noun_merge, noun_pair, noun_relation, noun_import, noun_change,
    noun_setting, noun_goal, noun_own_date, noun_pursuit, noun_pursuit_person, noun_favour,
    noun_practice, noun_story, noun_saved, noun_refusal, noun_week, noun_planned;
/* Without digest: derived or short-lived. */
extern const struct noun noun_person, noun_ident, noun_trait, noun_blob;

int noun_n_columns(const struct noun *noun);
/* Name of a column, copied into buffer. */
const char *noun_column(const struct noun *noun, int column, char buffer[static 32]);

/* The digest of a row: values of every column in order, the digest itself last and not looked at.
 */
char *noun_digest(const struct noun *noun, const struct db_value *values,
                  char out[static DIGEST_TEXT]);
/* Fills the last of the values with the row's digest (in buffer) and runs the query with all of
 * them as $1, $2 ... */
bool noun_write(struct db_tx *tx, const struct noun *noun, const struct db_query *query,
                struct db_value *values, GError **error);
/* The current row of a SELECT that names all columns, as values borrowed until the next row. */
void noun_read(const struct noun *noun, db_rows *rows, struct db_value *values_out);

/* A row as a JSON array in column order, bytes as base64. New reference. */
json_t *noun_json(const struct noun *noun, const struct db_value *values);
/* And back: texts are borrowed from json, bytes are owned by the GPtrArray keep (g_free). False
 * when it has another shape. */
bool noun_from_json(const struct noun *noun, const json_t *json, GPtrArray *keep,
                    struct db_value *values_out);

/* Column lists, for queries. */
#define ACCOUNT_COLUMNS                                                                          \
    "account_id, name, display_name, password, is_admin, self_person_id, revision, created_at, " \
    "closed_at, digest"
#define TOKEN_COLUMNS                                                                   \
    "account_id, token_id, token_hash, name, scopes, created_at, used_at, expires_at, " \
    "revoked_at, digest"
#define SOURCE_COLUMNS "account_id, source_id, family, label, import_id, seen_at, digest"
#define FACT_SET_COLUMNS \
    "account_id, person_id, fact_set_id, source_id, replaces_id, record_key, facts, digest"
#define PERSON_COLUMNS                                                                      \
    "account_id, person_id, root_id, created_at, deleted_at, deleted_with, is_self, name, " \
    "own_name, sort_key, headline, org, "                                                   \
    "place, region, specialty, school, email, phone, url, photo, tags, has_us_link, "       \
    "has_conflict, do_not_contact, tie, "                                                   \
    "tie_day, last_touch_day, last_touch_kind, n_touches, cadence_days, due_day, changed_at, keys"
#define IDENT_COLUMNS "account_id, kind, value, person_id"
#define TRAIT_COLUMNS "account_id, kind, value, person_id, label"
#define BLOB_COLUMNS "account_id, digest, media_type, bytes"
#define TOUCH_COLUMNS                                                                          \
    "account_id, person_id, touch_id, kind, direction, on_day, at, minutes, note, source_id, " \
    "record_key, created_at, "                                                                 \
    "deleted_at, digest"
#define STEP_COLUMNS                                                                       \
    "account_id, step_id, person_id, title, why, due_day, minutes, cost_cents, currency, " \
    "strategy, state, snoozed_to, "                                                        \
    "closed_at, created_at, digest"
#define CADENCE_COLUMNS \
    "account_id, scope, target, every_days, tier, state, until_day, from_day, digest"
#define MERGE_COLUMNS "account_id, merge_id, kept_id, gone_id, why, undone_at, digest"
#define PAIR_COLUMNS "account_id, a_id, b_id, state, why, is_exact, source_id, created_at, digest"
#define RELATION_COLUMNS \
    "account_id, relation_id, a_id, b_id, kind, note, source_id, created_at, digest"
#define IMPORT_COLUMNS                                                                     \
    "account_id, import_id, kind, label, file_digest, state, n_read, n_added, n_updated, " \
    "n_unchanged, n_refused, report, "                                                     \
    "created_at, applied_at, undone_at, digest"
#define CHANGE_COLUMNS "account_id, change_id, summary, reverse, created_at, undone_at, digest"
#define SETTING_COLUMNS "account_id, name, value, digest"
#define GOAL_COLUMNS "account_id, question, value, answered_at, digest"
#define OWN_DATE_COLUMNS                                                              \
    "account_id, date_id, kind, title, rule, on_day, until_day, minute, zone, note, " \
    "created_at, deleted_at, digest"
#define PURSUIT_COLUMNS                                                                 \
    "account_id, pursuit_id, kind, title, ref, stage, strategy, from_day, until_day, "  \
    "due_day, minutes, cost_cents, currency, price_year, role, url, note, created_at, " \
    "closed_at, deleted_at, digest"
#define PURSUIT_PERSON_COLUMNS "account_id, pursuit_id, person_id, role, on_day, digest"
#define FAVOUR_COLUMNS                                                                   \
    "account_id, favour_id, person_id, direction, kind, about_person_id, about, state, " \
    "strategy, asked_day, settled_day, thanked_day, told_day, note, created_at, "        \
    "deleted_at, digest"
#define PRACTICE_COLUMNS                                                           \
    "account_id, practice_id, strategy, kind, ref, on_day, minutes, self_rating, " \
    "peer_rating, peer_words, peer_hash, note, created_at, deleted_at, digest"
#define STORY_COLUMNS "account_id, kind, body, changed_at, digest"
#define SAVED_COLUMNS                                                                       \
    "account_id, saved_id, question, body, source, url, year, is_rumour, on_day, minutes, " \
    "created_at, deleted_at, digest"
#define REFUSAL_COLUMNS "account_id, scope, target, until_day, reason, created_at, digest"
#define WEEK_COLUMNS \
    "account_id, monday, minutes, cents, messages, accepted_at, reviewed_at, note, digest"
#define PLANNED_COLUMNS                                                                 \
    "account_id, step_id, monday, on_day, until_day, origin, kind, season, is_pinned, " \
    "points, terms, digest"

#define VALUES_4 "VALUES ($1, $2, $3, $4)"
#define VALUES_5 "VALUES ($1, $2, $3, $4, $5)"
#define VALUES_6 "VALUES ($1, $2, $3, $4, $5, $6)"
#define VALUES_7 "VALUES ($1, $2, $3, $4, $5, $6, $7)"
#define VALUES_8 "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
#define VALUES_9 "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
#define VALUES_10 "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
#define VALUES_12 "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
#define VALUES_13 "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
#define VALUES_14 "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
#define VALUES_15 "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
#define VALUES_16 "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
#define VALUES_17 \
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, " \
    "$13, $14, $15, $16, $17)"
#define VALUES_21 \
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, " \
    "$13, $14, $15, $16, $17, $18, $19, $20, $21)"
#define VALUES_33                                                                               \
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, " \
    "$19, $20, $21, $22, $23, $24, "                                                            \
    "$25, $26, $27, $28, $29, $30, $31, $32, $33)"

#endif
