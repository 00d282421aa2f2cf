/* Real and repeatable randomness; random.h says when to use which, and cites the algorithms. */
#include "base/random.h"

#include <sodium.h>
#include <stdlib.h>

void random_bytes(void *bytes, size_t len)
{
    if (sodium_init() < 0) {    /* does nothing after the first time */
        abort();
    }
    randombytes_buf(bytes, len);
}

uint64_t random_uint64(void)
{
    uint64_t value;
    random_bytes(&value, sizeof value);
    return value;
}

uint64_t random_mix(uint64_t value)
{
    value += UINT64_C(0x9e3779b97f4a7c15);
    value = (value ^ (value >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94d049bb133111eb);
    return value ^ (value >> 31);
}

void prng_init(struct prng *prng, uint64_t seed)
{
    for (int i = 0; i < 4; i++) {
        prng->state[i] = random_mix(seed + (uint64_t)i * UINT64_C(0x9e3779b97f4a7c15));
    }
}

static inline uint64_t rotate_left(uint64_t value, int bits)
{
    return (value << bits) | (value >> (64 - bits));
}

uint64_t prng_next(struct prng *prng)
{
    uint64_t *s = prng->state;
    uint64_t result = rotate_left(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate_left(s[3], 45);
    return result;
}

/* D. Lemire, "Fast Random Integer Generation in an Interval", ACM TOMACS 29(1), 2019. */
uint32_t prng_below(struct prng *prng, uint32_t limit)
{
    uint64_t product = (uint64_t)(uint32_t)(prng_next(prng) >> 32) * limit;
    if ((uint32_t)product < limit) {
        uint32_t threshold = -limit % limit;
        while ((uint32_t)product < threshold) {
            product = (uint64_t)(uint32_t)(prng_next(prng) >> 32) * limit;
        }
    }
    return (uint32_t)(product >> 32);
}

int prng_between(struct prng *prng, int low, int high)
{
    uint32_t span = (uint32_t)high - (uint32_t)low + 1;
    uint32_t step = span == 0 ? (uint32_t)(prng_next(prng) >> 32) : prng_below(prng, span);
    return (int)((int64_t)low + step);
}

double prng_unit(struct prng *prng)
{
    return (double)(prng_next(prng) >> 11) * 0x1.0p-53;
}

void prng_shuffle(struct prng *prng, void *base, size_t n, size_t size)
{
    unsigned char *bytes = base;
    for (size_t i = n; i > 1; i--) {
        size_t j = (size_t)(prng_next(prng) % i); /* n is far below 2^64: no bias to speak of */
        for (size_t k = 0; k < size && j != i - 1; k++) {
            unsigned char kept = bytes[(i - 1) * size + k];
            bytes[(i - 1) * size + k] = bytes[j * size + k];
            bytes[j * size + k] = kept;
        }
    }
}
