/* Two sources of chance: real bytes for secrets, and a seeded generator for demo data and tests, whose
 * numbers are the same in every run and on every machine. Never use the seeded one for a secret. */
#ifndef LIGATURE_BASE_RANDOM_H
#define LIGATURE_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* Fills bytes from the system (libsodium). Cannot fail; aborts where the system has no randomness. Thread safe. */
void random_bytes(void *bytes, size_t len);
uint64_t random_uint64(void);

/* xoshiro256** 1.0 of D. Blackman and S. Vigna, "Scrambled Linear Pseudorandom Number Generators",
 * ACM TOMS 47(4), 2021; its state is filled by splitmix64 (Steele, Lea, Flood, OOPSLA 2014). Not thread safe. */
struct prng { uint64_t state[4]; };

void prng_init(struct prng *prng, uint64_t seed);           /* any seed, 0 too */
uint64_t prng_next(struct prng *prng);
uint32_t prng_below(struct prng *prng, uint32_t limit);     /* 0 ... limit - 1, without bias; limit > 0 */
int prng_between(struct prng *prng, int low, int high);     /* low ... high, both included; low <= high */
double prng_unit(struct prng *prng);                        /* [0, 1) */
/* Brings n elements of size bytes each into a random order (Fisher and Yates). */
void prng_shuffle(struct prng *prng, void *base, size_t n, size_t size);

uint64_t random_mix(uint64_t value);                        /* splitmix64's finaliser: spreads any number's bits */

#endif
