/* Practice and stories: lessons read, stories told, listening tried; rated by yourself and, through a
 * link that works once, by a peer. */
#ifndef LIGATURE_MODEL_PRACTICE_H
#define LIGATURE_MODEL_PRACTICE_H

#include "model/change.h"

struct practice {
    int64_t practice_id;
    const char *strategy;   /* soft_skills, cross_cultural, existing_connections */
    const char *kind;       /* "story", "listening", "lesson", "talk", "circle" (existing connections) */
    const char *ref;        /* which story, card or lesson */
    int32_t on_day;
    int minutes;            /* -1 */
    int self_rating;        /* 1 to 5; -1 */
    int peer_rating;        /* 1 to 5; -1 */
    const char *peer_words; /* NULL */
    const char *peer_hash;  /* of the link's secret while it is open; NULL: none, or used */
    const char *note;
    int64_t created_at;
    int64_t deleted_at;
};
struct story {
    const char *kind;       /* data/stories.tsv: 30s, 2min, why_specialty, difficulty */
    const char *body;
    int64_t changed_at;
};

/* practice_id 0: new. What the peer said stays as it is. Refuses practice.unknown_strategy,
 * practice.unknown_kind, practice.day_ahead, practice.rating, practice.note_too_long. */
bool practice_save(struct book *book, const struct practice *practice, struct change_log *log,
                   int64_t *practice_id_out, GError **error);
bool practice_load(struct book *book, int64_t practice_id, GStringChunk *text,
                   struct practice *practice_out, GError **error);
bool practice_delete(struct book *book, int64_t practice_id, struct change_log *log,
                     GError **error);
/* strategy NULL: all. Newest first. */
bool practice_list(struct book *book, const char *strategy, GStringChunk *text,
                   GArray *practices_out, GError **error);
/* A link for a peer: writes the hash, gives the secret (new string, fit for a URL). A second one
 * replaces it. No change takes it back, and none opens it again. */
bool practice_open_peer(struct book *book, int64_t practice_id, char **secret_out, GError **error);
/* The practice an open link leads to, in any account of the store: for a page without a session.
 * Refuses practice.link_over. account_id_out: whose. */
bool practice_of_secret(struct db_tx *tx, const char *secret, GStringChunk *text,
                        int64_t *account_id_out, struct practice *practice_out, GError **error);
/* What the peer says; closes the link. Refuses practice.link_over, practice.rating,
 * practice.words_too_long. */
bool practice_peer_rate(struct book *book, int64_t practice_id, int rating, const char *words,
                        GError **error);

/* An empty body takes it away. Refuses story.unknown_kind, story.too_long. */
bool story_save(struct book *book, const char *kind, const char *body, struct change_log *log,
                GError **error);
/* By kind. */
bool story_list(struct book *book, GStringChunk *text, GArray *stories_out, GError **error);

#endif
