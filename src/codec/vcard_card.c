/* The card: its memory, its arrays and look-ups in them. Everything a card holds lives in one arena
 * and two arrays, taken again for the next card: reading allocates nothing once it is warm. */
#include "codec/vcard_private.h"

#include "base/error.h"

enum {
    CHUNK_BYTES = 64 * 1024,
    KEEP_BYTES = 1024 * 1024,           /* a larger chunk is given back when its card is gone */
    FIRST_PROPERTIES = 32,
    FIRST_PARAMS = 64,
};

struct vcard_chunk {
    struct vcard_chunk *next;           /* owned */
    size_t len;
    char bytes[] __attribute__((aligned(8)));
};

void *vcard_arena_grow(struct vcard_arena *arena, size_t len)
{
    size_t room = MAX(len, (size_t)CHUNK_BYTES);
    struct vcard_chunk *chunk = g_malloc(sizeof *chunk + room);
    chunk->next = arena->chunk;
    chunk->len = room;
    arena->chunk = chunk;
    arena->at = chunk->bytes + len;
    arena->end = chunk->bytes + room;
    return chunk->bytes;
}

/* Frees the chunks but one of ordinary size. */
static void arena_reset(struct vcard_arena *arena)
{
    struct vcard_chunk *kept = NULL;
    for (struct vcard_chunk *chunk = arena->chunk, *next; chunk != NULL; chunk = next) {
        next = chunk->next;
        if (kept == NULL && chunk->len <= KEEP_BYTES) {
            kept = chunk;
            kept->next = NULL;
        } else {
            g_free(chunk);
        }
    }
    arena->chunk = kept;
    if (kept == NULL) {
        vcard_arena_grow(arena, 0);
    }
    arena->at = arena->chunk->bytes;
    arena->end = arena->at + arena->chunk->len;
}

void vcard_init(struct vcard *card)
{
    struct vcard_store *store = g_new0(struct vcard_store, 1);
    store->properties_cap = FIRST_PROPERTIES;
    store->properties = g_new(struct vcard_property, FIRST_PROPERTIES);
    store->params_cap = FIRST_PARAMS;
    store->params = g_new(struct vcard_param, FIRST_PARAMS);
    vcard_arena_grow(&store->arena, 0);
    *card = (struct vcard){ .version = VCARD_3_0, .store = store, .properties = store->properties };
}

void vcard_clear(struct vcard *card)
{
    if (card->store == NULL) {
        return;
    }
    for (struct vcard_chunk *chunk = card->store->arena.chunk, *next; chunk != NULL; chunk = next) {
        next = chunk->next;
        g_free(chunk);
    }
    g_free(card->store->properties);
    g_free(card->store->params);
    g_free(card->store);
    *card = (struct vcard){ 0 };
}

void vcard_reset(struct vcard *card)
{
    struct vcard_arena *arena = &card->store->arena;
    if (arena->chunk->next == NULL && arena->chunk->len <= KEEP_BYTES) {
        arena->at = arena->chunk->bytes;
    } else {
        arena_reset(arena);
    }
    card->n_properties = 0;
    card->properties = card->store->properties;
    card->store->n_params = 0;
    card->version = VCARD_VERSION_NONE;
    card->n_odd_lines = 0;
    card->refusal = NULL;
    card->line = 0;
}

void vcard_begin(struct vcard *card)
{
    vcard_reset(card);
    card->store->file = NULL;
    card->store->file_end = NULL;
    card->version = VCARD_4_0;
}

struct vcard_property *vcard_property_slot(struct vcard *card)
{
    struct vcard_store *store = card->store;
    if (G_UNLIKELY(card->n_properties == store->properties_cap)) {
        store->properties_cap *= 2;
        store->properties = g_renew(struct vcard_property, store->properties,
                                    store->properties_cap);
        card->properties = store->properties;
    }
    return &store->properties[card->n_properties];
}

struct vcard_param *vcard_param_slot(struct vcard *card)
{
    struct vcard_store *store = card->store;
    if (G_UNLIKELY(store->n_params == store->params_cap)) {
        store->params_cap *= 2;
        store->params = g_renew(struct vcard_param, store->params, store->params_cap);
    }
    return &store->params[store->n_params];
}

bool vcard_add_line(struct vcard *card, const char *line, size_t len, GError **error)
{
    if (len == 0 || len > VCARD_MAX_CARD_BYTES || memchr(line, '\n', len) != NULL
        || memchr(line, '\r', len) != NULL) {
        return refuse(error, "vcard.bad_line", "This is not one line of a vCard.");
    }
    if (card->n_properties >= VCARD_MAX_PROPERTIES) {
        return refuse(error, "vcard.too_large", "A card holds at most %d entries.",
                      VCARD_MAX_PROPERTIES);
    }
    char *copy = vcard_arena_take(&card->store->arena, len);
    memcpy(copy, line, len);
    struct vcard_line found;
    vcard_line_scan(copy, copy + len, &found);
    struct vcard_property *property = vcard_property_slot(card);
    if (vcard_line_parse(card, &found, property) != VCARD_LINE_PROPERTY
        || vcard_name_rows[property->id].shape == VCARD_SHAPE_REFUSED) {
        return refuse(error, "vcard.bad_line", "This line of a vCard has no name and value.");
    }
    vcard_line_clean(card, property, found.is_odd);
    property->line = (uint32_t)card->n_properties + 1;
    card->n_properties++;
    return true;
}

const struct vcard_property *vcard_first(const struct vcard *card, enum vcard_name name)
{
    for (size_t i = 0; i < card->n_properties; i++) {
        if (card->properties[i].id == name) {
            return &card->properties[i];
        }
    }
    return NULL;
}

const struct vcard_param *vcard_params(const struct vcard *card,
                                       const struct vcard_property *property)
{
    return card->store->params + property->first_param;
}

const struct vcard_param *vcard_param_first(const struct vcard *card,
                                            const struct vcard_property *property,
                                            enum vcard_param_name id)
{
    const struct vcard_param *params = vcard_params(card, property);
    for (unsigned i = 0; i < property->n_params; i++) {
        if (params[i].id == id) {
            return &params[i];
        }
    }
    return NULL;
}

/* Same letters, case apart. */
static bool is_same_name(struct vcard_span a, struct vcard_span b)
{
    return a.len == b.len && g_ascii_strncasecmp(a.at, b.at, a.len) == 0;
}

struct vcard_span vcard_label(struct vcard *card, const struct vcard_property *property)
{
    for (size_t i = 0; property->group.len > 0 && i < card->n_properties; i++) {
        const struct vcard_property *other = &card->properties[i];
        if (other->id != VCARD_X_ABLABEL || !is_same_name(other->group, property->group)) {
            continue;
        }
        struct vcard_span label = vcard_text(card, other);
        if (label.len >= 8 && memcmp(label.at, "_$!<", 4) == 0
            && memcmp(label.at + label.len - 4, ">!$_", 4) == 0) {
            return (struct vcard_span){ label.at + 4, label.len - 8 };
        }
        return label;
    }
    return (struct vcard_span){ "", 0 };
}

bool vcard_is_group(struct vcard *card)
{
    for (size_t i = 0; i < card->n_properties; i++) {
        const struct vcard_property *property = &card->properties[i];
        if (property->id == VCARD_KIND || property->id == VCARD_X_ADDRESSBOOKSERVER_KIND) {
            struct vcard_span kind = vcard_text(card, property);
            return kind.len == 5 && g_ascii_strncasecmp(kind.at, "group", 5) == 0;
        }
    }
    return false;
}
