/* Looks at 32 bytes at once: one bit per byte for each thing searched (bit 0 = first byte). Bytes
 * behind `end` look like line feeds, so that every search stops there and nothing outside the
 * buffer is read. */
#ifndef LIGATURE_CODEC_VCARD_SCAN_H
#define LIGATURE_CODEC_VCARD_SCAN_H

#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { VCARD_LOOK = 32 };

struct vcard_look {
    uint32_t newline;
    uint32_t colon;
    uint32_t semicolon;
    uint32_t backslash;
    uint32_t odd; /* not printable ASCII: controls (line feed too), DEL, bytes from 0x80 */
};

#ifdef __SSE2__

static inline uint32_t vcard_bits(__m128i low, __m128i high)
{
    return (uint32_t)_mm_movemask_epi8(low) | (uint32_t)_mm_movemask_epi8(high) << 16;
}

static inline uint32_t vcard_same(__m128i low, __m128i high, char wanted)
{
    __m128i all = _mm_set1_epi8(wanted);
    return vcard_bits(_mm_cmpeq_epi8(low, all), _mm_cmpeq_epi8(high, all));
}

/* Signed c + 1 < 0x21 holds for 0x00..0x1F, for 0x7F (wraps to -128) and for 0x80..0xFF, and for
 * nothing else. */
static inline uint32_t vcard_odd(__m128i low, __m128i high)
{
    __m128i one = _mm_set1_epi8(1);
    __m128i first = _mm_set1_epi8(0x21);
    return vcard_bits(_mm_cmplt_epi8(_mm_add_epi8(low, one), first),
                      _mm_cmplt_epi8(_mm_add_epi8(high, one), first));
}

static inline __m128i vcard_load(const char *at)
{
    return _mm_loadu_si128((const __m128i *)at);
}

static inline void vcard_look_at(const char *at, struct vcard_look *look)
{
    __m128i low = vcard_load(at);
    __m128i high = vcard_load(at + 16);
    look->newline = vcard_same(low, high, '\n');
    look->colon = vcard_same(low, high, ':');
    look->semicolon = vcard_same(low, high, ';');
    look->backslash = vcard_same(low, high, '\\');
    look->odd = vcard_odd(low, high);
}

/* Bits of two separators. */
static inline void vcard_separators_at(const char *at, uint32_t *semicolons, uint32_t *commas)
{
    __m128i low = vcard_load(at);
    __m128i high = vcard_load(at + 16);
    *semicolons = vcard_same(low, high, ';');
    *commas = vcard_same(low, high, ',');
}

#else

static inline void vcard_look_at(const char *at, struct vcard_look *look)
{
    *look = (struct vcard_look){ 0 };
    for (unsigned i = 0; i < VCARD_LOOK; i++) {
        unsigned char c = (unsigned char)at[i];
        look->newline |= (uint32_t)(c == '\n') << i;
        look->colon |= (uint32_t)(c == ':') << i;
        look->semicolon |= (uint32_t)(c == ';') << i;
        look->backslash |= (uint32_t)(c == '\\') << i;
        look->odd |= (uint32_t)(c < 0x20 || c >= 0x7F) << i;
    }
}

static inline void vcard_separators_at(const char *at, uint32_t *semicolons, uint32_t *commas)
{
    *semicolons = 0;
    *commas = 0;
    for (unsigned i = 0; i < VCARD_LOOK; i++) {
        *semicolons |= (uint32_t)(at[i] == ';') << i;
        *commas |= (uint32_t)(at[i] == ',') << i;
    }
}

#endif

static inline void vcard_look(const char *at, const char *end, struct vcard_look *look)
{
    if (__builtin_expect(end - at >= VCARD_LOOK, 1)) {
        vcard_look_at(at, look);
        return;
    }
    char copy[VCARD_LOOK];
    memset(copy, '\n', sizeof copy);
    memcpy(copy, at, (size_t)(end - at));
    vcard_look_at(copy, look);
}

/* Semicolons and commas of value[0, len), len <= 32. is_roomy: 32 bytes may be read there. */
static inline void vcard_separators(const char *value, size_t len, int is_roomy,
                                    uint32_t *semicolons, uint32_t *commas)
{
    char copy[VCARD_LOOK];
    if (!is_roomy) {
        memset(copy, 0, sizeof copy);
        memcpy(copy, value, len);
        value = copy;
    }
    vcard_separators_at(value, semicolons, commas);
    uint32_t inside = len >= 32 ? UINT32_MAX : (UINT32_C(1) << len) - 1;
    *semicolons &= inside;
    *commas &= inside;
}

#endif
