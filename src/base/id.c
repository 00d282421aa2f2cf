/* Ids whose order is the order of making. The last id given is one atomic number: a new id is the
 * greater of (this millisecond, a random start) and (last id + 1), so ids ascend even when the
 * clock steps back. */
#include "base/id.h"

#include "base/random.h"

#include <string.h>

#define EPOCH_MS INT64_C(1577836800000)     /* 2020-01-01 UTC */
#define COUNTER_BITS 21
#define MS_MAX ((INT64_C(1) << 42) - 1)

static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";

/* Where counting begins in this millisecond. One bit less than there are, so that a million ids fit
 * before the counter would reach into the next millisecond (which is harmless but less exact). */
static int64_t first_of(const struct id_source *source, int64_t ms)
{
    uint64_t chance = source->seed != 0 ? random_mix(source->seed ^ (uint64_t)ms) : random_uint64();
    return (ms << COUNTER_BITS) | (int64_t)(chance >> (64 - COUNTER_BITS + 1));
}

int64_t id_next(struct id_source *source)
{
    int64_t ms = CLAMP(clock_now(source->clock) / 1000 - EPOCH_MS, 0, MS_MAX);
    int64_t last = atomic_load_explicit(&source->last, memory_order_relaxed);
    int64_t first = (last >> COUNTER_BITS) < ms ? first_of(source, ms) : 0;
    int64_t next;
    do {
        next = MAX(first, last + 1);
    } while (!atomic_compare_exchange_weak_explicit(&source->last, &last, next,
                                                    memory_order_relaxed, memory_order_relaxed));
    return next;
}

char *id_format(int64_t id, char buffer[static ID_TEXT])
{
    uint64_t rest = (uint64_t)id;
    buffer[ID_TEXT - 1] = '\0';
    for (int i = ID_TEXT - 2; i >= 0; i--) {
        buffer[i] = letters[rest & 31];
        rest >>= 5;
    }
    return buffer;
}

/* 0..31, or -1. Crockford: o is 0, i and l are 1. */
static int letter_value(char letter)
{
    char lower = g_ascii_tolower(letter);
    if (lower == 'o') {
        return 0;
    }
    if (lower == 'i' || lower == 'l') {
        return 1;
    }
    const char *found = lower == '\0' ? NULL : strchr(letters, lower);
    return found == NULL ? -1 : (int)(found - letters);
}

bool id_parse(const char *text, int64_t *id_out)
{
    if (text == NULL || strlen(text) != ID_TEXT - 1) {
        return false;
    }
    uint64_t id = 0;
    for (int i = 0; i < ID_TEXT - 1; i++) {
        int value = letter_value(text[i]);
        if (value < 0 || (i == 0 && value > 7)) {   /* 13 letters are 65 bits, an id has 63 */
            return false;
        }
        id = id << 5 | (uint64_t)value;
    }
    if (id == 0) {
        return false;
    }
    *id_out = (int64_t)id;
    return true;
}
