/* Memory that grows by blocks and goes all at once. */
#ifndef LIGATURE_IMPORT_ARENA_H
#define LIGATURE_IMPORT_ARENA_H

#include <stddef.h>

struct arena {
    void *blocks;      /* owned: the newest first */
    size_t used, size; /* of the newest */
};

/* Zeroed room, aligned for anything. Lives until arena_clear. A zeroed struct is an empty arena. */
void *arena_room(struct arena *arena, size_t size);
char *arena_text(struct arena *arena, const char *text);
void arena_clear(struct arena *arena);

#endif
