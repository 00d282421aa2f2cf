/* Portraits for the phone's cards: flat shapes drawn by sums, as a small PNG. Nobody's face. */
#include "feature/demo/demo.h"

#include <string.h>

#define SIDE 96
#define FINE 4 /* samples along each side of a pixel */

enum hair { HAIR_SHORT, HAIR_LONG, HAIR_KNOT, HAIR_SCARF, HAIR_THIN };

struct look {
    const char *given;
    enum hair hair;
    uint32_t skin;
    uint32_t colour; /* of hair or scarf */
};

static const struct look looks[] = {
    {"Amina", HAIR_SCARF, 0xc99470, 0x2f5d62},   {"Muhammad Saleem", HAIR_THIN, 0xb98362, 0xa9a7a2},
    {"Kavya", HAIR_LONG, 0x9a6544, 0x241c1a},    {"Rajesh", HAIR_SHORT, 0x8d5b3d, 0x55504c},
    {"Grace", HAIR_KNOT, 0x6b4530, 0x1c1716},    {"Karen", HAIR_LONG, 0xecc6ac, 0xb89a6b},
    {"Sofía", HAIR_LONG, 0xd5a37f, 0x3a2620},    {"Bilal", HAIR_SHORT, 0xb98362, 0x221b19},
    {"Thomas", HAIR_THIN, 0xe6bb9f, 0x8f8b86},   {"Rachel", HAIR_KNOT, 0xe9c1a6, 0x5a3825},
    {"Min-jun", HAIR_SHORT, 0xe3b893, 0x1d1a1a}, {"Hao", HAIR_SHORT, 0xdeb18b, 0x211d1c},
    {"Dawit", HAIR_SHORT, 0x7a5037, 0x1b1614},   {"Daniel", HAIR_SHORT, 0xe8bfa3, 0x6e4a2e},
    {"Camila", HAIR_LONG, 0xcf9c78, 0x2c1d19},   {"Priya", HAIR_LONG, 0xa87150, 0x1f1817},
    {"Oksana", HAIR_KNOT, 0xf0cdb6, 0xa37e4d},   {"Elif", HAIR_LONG, 0xe2b595, 0x4a2d20},
};
static const uint32_t grounds[] = {0xdfe8e2, 0xe6e2d6, 0xd9e3e8, 0xe9ded9};
static const uint32_t scrubs[] = {0x3d6f63, 0x41617f, 0x6b5b7b, 0x7a6a3f};

static bool is_in(double x, double y, double cy, double rx, double ry)
{
    y -= cy;
    return x * x / (rx * rx) + y * y / (ry * ry) <= 1;
}

static bool is_hair_behind(enum hair hair, double x, double y)
{
    switch (hair) {
    case HAIR_LONG: return is_in(x, y, -0.12, 0.47, 0.56) || (ABS(x) < 0.46 && y > -0.1 && y < 0.5);
    case HAIR_KNOT: return is_in(x, y, -0.66, 0.19, 0.17) || is_in(x, y, -0.2, 0.41, 0.45);
    case HAIR_SCARF: return is_in(x, y, -0.1, 0.49, 0.58) || is_in(x, y, 0.36, 0.45, 0.36);
    case HAIR_SHORT: return is_in(x, y, -0.2, 0.41, 0.44);
    case HAIR_THIN: return is_in(x, y, -0.12, 0.4, 0.3);
    }
    return false;
}

static bool is_hair_before(enum hair hair, double x, double y)
{
    switch (hair) {
    case HAIR_LONG: return y < -0.3 + 0.55 * ABS(x + 0.08);
    case HAIR_KNOT: return y < -0.36 + 0.3 * ABS(x);
    case HAIR_SCARF: return !is_in(x, y, -0.04, 0.31, 0.41);
    case HAIR_SHORT: return y < -0.33 + 0.12 * x;
    case HAIR_THIN: return y < -0.5;
    }
    return false;
}

/* The colour at a point; both go from -1 to 1, downwards. */
static uint32_t colour_at(const struct look *look, unsigned chance, double x, double y)
{
    bool is_head = is_in(x, y, -0.08, 0.36, 0.45);
    if (is_head) {
        return is_hair_before(look->hair, x, y) ? look->colour : look->skin;
    }
    if (look->hair == HAIR_SCARF && is_hair_behind(look->hair, x, y)) {
        return look->colour;
    }
    if (is_in(x, y, 1.2, 0.86, 0.68)) {
        double opening = (y - 0.5) * 0.62;
        bool is_open = ABS(x) < 0.3 - opening * 0.5;
        bool is_skin = y < 0.66 && ABS(x) < 0.19 - (y - 0.5) * 0.5;
        return is_skin ? look->skin : is_open ? scrubs[chance % G_N_ELEMENTS(scrubs)] : 0xfafaf7;
    }
    if (y > 0.2 && y < 0.62 && ABS(x) < 0.17) {
        return look->skin;
    }
    return is_hair_behind(look->hair, x, y) ? look->colour
                                            : grounds[chance / 7 % G_N_ELEMENTS(grounds)];
}

/* The mean of a pixel's samples. */
static uint32_t pixel(const struct look *look, unsigned chance, int column, int row)
{
    unsigned sum[3] = {0};
    for (int i = 0; i < FINE * FINE; i++) {
        double x = 2 * (column + (i % FINE + 0.5) / FINE) / SIDE - 1;
        double y = 2 * (row + (i / FINE + 0.5) / FINE) / SIDE - 1;
        uint32_t colour = colour_at(look, chance, x, y);
        for (int k = 0; k < 3; k++) {
            sum[k] += colour >> (16 - 8 * k) & 0xff;
        }
    }
    unsigned n = FINE * FINE;
    return sum[0] / n << 16 | sum[1] / n << 8 | sum[2] / n;
}

/* ---- PNG: palette, one stored block ---- */

static void put32(GByteArray *out, uint32_t value)
{
    uint8_t bytes[] = {(uint8_t)(value >> 24), (uint8_t)(value >> 16), (uint8_t)(value >> 8),
                       (uint8_t)value};
    g_byte_array_append(out, bytes, sizeof bytes);
}

static void put_chunk(GByteArray *out, const char *name, const GByteArray *data)
{
    uint32_t crc = 0xffffffff;
    put32(out, data->len);
    guint from = out->len;
    g_byte_array_append(out, (const uint8_t *)name, 4);
    g_byte_array_append(out, data->data, data->len);
    for (guint i = from; i < out->len; i++) {
        crc ^= out->data[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xedb88320 : 0);
        }
    }
    put32(out, ~crc);
}

/* Index of a colour in the palette, the nearest when it is full. */
static uint8_t index_of(GByteArray *palette, uint32_t colour)
{
    uint8_t rgb[] = {(uint8_t)(colour >> 16), (uint8_t)(colour >> 8), (uint8_t)colour};
    guint best = 0;
    int distance = G_MAXINT;
    for (guint i = 0; i < palette->len / 3; i++) {
        const uint8_t *known = palette->data + 3 * i;
        int here = ABS(known[0] - rgb[0]) + ABS(known[1] - rgb[1]) + ABS(known[2] - rgb[2]);
        if (here < distance) {
            distance = here;
            best = i;
        }
    }
    if (distance > 0 && palette->len < 3 * 256) {
        best = palette->len / 3;
        g_byte_array_append(palette, rgb, 3);
    }
    return (uint8_t)best;
}

/* A zlib stream that is not compressed. */
static void put_stored(GByteArray *out, const GByteArray *raw)
{
    uint16_t length = (uint16_t)raw->len;
    uint8_t head[] = {0x78,
                      0x01,
                      1,
                      (uint8_t)length,
                      (uint8_t)(length >> 8),
                      (uint8_t)~length,
                      (uint8_t)(~length >> 8)};
    uint32_t a = 1, b = 0;
    g_byte_array_append(out, head, sizeof head);
    g_byte_array_append(out, raw->data, raw->len);
    for (guint i = 0; i < raw->len; i++) {
        a = (a + raw->data[i]) % 65521;
        b = (b + a) % 65521;
    }
    put32(out, b << 16 | a);
}

GByteArray *demo_face(const char *given, unsigned chance)
{
    const struct look *look = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(looks); i++) {
        look = strcmp(looks[i].given, given) == 0 ? &looks[i] : look;
    }
    if (look == NULL) {
        return NULL;
    }
    g_autoptr(GByteArray) palette = g_byte_array_new();
    g_autoptr(GByteArray) raw = g_byte_array_new();
    g_autoptr(GByteArray) head = g_byte_array_new();
    g_autoptr(GByteArray) packed = g_byte_array_new();
    g_autoptr(GByteArray) none = g_byte_array_new();
    for (int row = 0; row < SIDE; row++) {
        g_byte_array_append(raw, (const uint8_t *)"", 1); /* no filter */
        for (int column = 0; column < SIDE; column++) {
            uint8_t index = index_of(palette, pixel(look, chance, column, row));
            g_byte_array_append(raw, &index, 1);
        }
    }
    put32(head, SIDE);
    put32(head, SIDE);
    g_byte_array_append(head, (const uint8_t *)"\x08\x03\0\0\0", 5);
    put_stored(packed, raw);
    GByteArray *png = g_byte_array_new();
    g_byte_array_append(png, (const uint8_t *)"\x89PNG\r\n\x1a\n", 8);
    put_chunk(png, "IHDR", head);
    put_chunk(png, "PLTE", palette);
    put_chunk(png, "IDAT", packed);
    put_chunk(png, "IEND", none);
    return png;
}
