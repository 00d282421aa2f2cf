/* Blocks of 256 KiB; what is larger gets a block of its own. */
#include "import/arena.h"

#include <glib.h>
#include <string.h>

#define BLOCK (256u * 1024)
#define ALIGN 16u

struct block {
    struct block *next;
    char pad[ALIGN - sizeof(struct block *)];
};

static void *take(struct arena *arena, size_t size, size_t align)
{
    size_t from = (arena->used + align - 1) & ~(align - 1);
    if (arena->blocks == NULL || from + size > arena->size) {
        arena->size = MAX(BLOCK, size + sizeof(struct block));
        struct block *block = g_malloc(arena->size);
        block->next = arena->blocks;
        arena->blocks = block;
        from = sizeof(struct block);
    }
    arena->used = from + size;
    return (char *)arena->blocks + from;
}

void *arena_room(struct arena *arena, size_t size)
{
    return memset(take(arena, size, ALIGN), 0, size);
}

char *arena_text(struct arena *arena, const char *text)
{
    size_t size = strlen(text) + 1;
    return memcpy(take(arena, size, 1), text, size);
}

void arena_clear(struct arena *arena)
{
    for (struct block *block = arena->blocks; block != NULL;) {
        struct block *next = block->next;
        g_free(block);
        block = next;
    }
    *arena = (struct arena){0};
}
