/* Between outlook_db.c, contact_db.c, contact_touch_db.c and survey_kept.c. */
#ifndef LIGATURE_MODEL_OUTLOOK_PART_H
#define LIGATURE_MODEL_OUTLOOK_PART_H

#include "model/outlook.h"
#include "model/person.h"
#include "model/school.h"

/* What decides how people read: made once for a load. */
struct contact_reader {
    struct book *book;
    const struct goal *goal;      /* borrowed */
    GStringChunk *text;           /* borrowed: where strings go */
    int32_t today;
    int64_t self_id;
    struct school_names *schools; /* yours */
    GHashTable *is_shared;        /* school as written -> GINT_TO_POINTER(1 or 2: not) */
    GHashTable *languages;        /* folded names of your languages other than English */
    GHashTable *departments;      /* org -> folded, both in text */
    GHashTable *paused;           /* int64_t * of those left in peace today */
    GHashTable *paused_tags;      /* folded */
    GHashTable *flags;            /* int64_t * -> flags that relations with you give */
    GHashTable *roots;            /* int64_t * -> int64_t *: merged person -> whom they belong to */
    GPtrArray *med_schools;       /* folded, beside contacts while reading; borrowed */
};
/* self: the owner, NULL when there is none. */
bool contact_reader_init(struct contact_reader *reader, struct book *book, const struct goal *goal,
                         const struct person *self, GStringChunk *text, GError **error);
void contact_reader_clear(struct contact_reader *reader);
/* The person somebody was merged into, or themselves. */
int64_t contact_root(const struct contact_reader *reader, int64_t person_id);

/* Everybody who is in front, alive and not yourself, by id. */
bool contacts_load(struct contact_reader *reader, GArray *contacts_out, GError **error);
/* One of them; nothing is appended when they are not (merged away, deleted). */
bool contact_load(struct contact_reader *reader, int64_t person_id, GArray *contacts_out,
                  GError **error);
/* What happened lately. person_id 0: everybody. */
bool contact_touches_load(struct contact_reader *reader, int64_t person_id, GArray *contacts,
                          GError **error);
bool contact_messages_since(struct book *book, int32_t from_day, int *n_out, GError **error);

/* The small lists, ids of people as they stand after merges, into outlook->text. */
bool outlook_lists_load(struct contact_reader *reader, struct outlook *outlook, GError **error);
/* Sums of the digests behind goal and season (and what else decides how people read), and behind the
 * small lists: alike as long as nothing changed. */
struct outlook_print {
    uint64_t ground;
    uint64_t lists;
};
bool outlook_print_load(struct book *book, struct outlook_print *print_out, GError **error);

#endif
