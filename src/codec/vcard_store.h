/* Memory of a card, for the files of the vCard codec only (vcard_card.c). */
#ifndef LIGATURE_CODEC_VCARD_STORE_H
#define LIGATURE_CODEC_VCARD_STORE_H

#include "codec/vcard.h"

/* Memory of one card: taken in order, given back at once. */
struct vcard_arena {
    char *at;
    char *end;
    struct vcard_chunk *chunk;          /* owned, newest first */
};

struct vcard_store {
    struct vcard_arena arena;
    struct vcard_property *properties;  /* owned */
    size_t properties_cap;
    struct vcard_param *params;         /* owned; of all properties */
    size_t n_params;
    size_t params_cap;
    const char *file; /* borrowed: the reader's buffer, where more than a span may be read */
    const char *file_end;
    char refusal[160];
};

void *vcard_arena_grow(struct vcard_arena *arena, size_t len);

/* len bytes, aligned to 8, until the card is reset. */
static inline void *vcard_arena_take(struct vcard_arena *arena, size_t len)
{
    size_t room = (len + 7) & ~(size_t)7;
    if (G_UNLIKELY((size_t)(arena->end - arena->at) < room)) {
        return vcard_arena_grow(arena, room);
    }
    void *taken = arena->at;
    arena->at += room;
    return taken;
}

/* Gives back the end of the newest piece, of which only used bytes are needed. */
static inline void vcard_arena_trim(struct vcard_arena *arena, const void *taken, size_t used)
{
    arena->at = (char *)taken + ((used + 7) & ~(size_t)7);
}

void vcard_reset(struct vcard *card);
struct vcard_property *
vcard_property_slot(struct vcard *card); /* room for one more; not counted yet */
struct vcard_param *vcard_param_slot(struct vcard *card);

#endif
