/* Repeatable where it must be, unlike where it must be. */
#include "base/random.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

/* The first outputs for the state 1, 2, 3, 4, worked out by hand from the paper's definition:
 * rotl(2 * 5, 7) * 9 = 10 * 128 * 9 = 11520; then s1 = 0 gives 0; then s1 = 262149 gives
 * 1509978240. */
static void xoshiro_follows_its_definition(void **state)
{
    struct prng prng = { .state = { 1, 2, 3, 4 } };
    static const uint64_t expected[] = {
        UINT64_C(11520), UINT64_C(0), UINT64_C(1509978240), UINT64_C(1215971899390074240),
        UINT64_C(1216172134540287360), UINT64_C(607988272756665600), UINT64_C(16172922978634559625),
        UINT64_C(8476171486693032832), UINT64_C(10595114339597558777), UINT64_C(2904607092377533576),
    };
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        assert_true(prng_next(&prng) == expected[i]);
    }
}

static void splitmix_follows_its_definition(void **state)
{
    /* The published first output for seed 0. */
    assert_true(random_mix(0) == UINT64_C(0xe220a8397b1dcdaf));
}

static void a_seed_gives_the_same_numbers(void **state)
{
    struct prng a;
    struct prng b;
    struct prng c;
    prng_init(&a, 7);
    prng_init(&b, 7);
    prng_init(&c, 8);
    bool differs = false;
    for (int i = 0; i < 100; i++) {
        uint64_t value = prng_next(&a);
        assert_true(value == prng_next(&b));
        differs |= value != prng_next(&c);
    }
    assert_true(differs);
}

static void numbers_stay_in_their_range_and_reach_its_ends(void **state)
{
    struct prng prng;
    prng_init(&prng, 1);
    int seen[6] = { 0 };
    for (int i = 0; i < 6000; i++) {
        int value = prng_between(&prng, -2, 3);
        assert_in_range(value + 2, 0, 5);
        seen[value + 2]++;
        double unit = prng_unit(&prng);
        assert_true(unit >= 0 && unit < 1);
    }
    for (int i = 0; i < 6; i++) {
        assert_in_range(seen[i], 850, 1150);
    }
    assert_int_equal(prng_below(&prng, 1), 0);
    assert_int_equal(prng_between(&prng, 5, 5), 5);
}

static void a_shuffle_keeps_every_element(void **state)
{
    struct prng prng;
    prng_init(&prng, 3);
    int values[50];
    for (int i = 0; i < 50; i++) {
        values[i] = i;
    }
    prng_shuffle(&prng, values, 50, sizeof values[0]);
    int moved = 0;
    bool seen[50] = { false };
    for (int i = 0; i < 50; i++) {
        moved += values[i] != i;
        assert_false(seen[values[i]]);
        seen[values[i]] = true;
    }
    assert_in_range(moved, 40, 50);
}

static void real_bytes_differ(void **state)
{
    unsigned char a[32] = { 0 };
    unsigned char b[32] = { 0 };
    random_bytes(a, sizeof a);
    random_bytes(b, sizeof b);
    assert_int_not_equal(memcmp(a, b, sizeof a), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xoshiro_follows_its_definition),
        cmocka_unit_test(splitmix_follows_its_definition),
        cmocka_unit_test(a_seed_gives_the_same_numbers),
        cmocka_unit_test(numbers_stay_in_their_range_and_reach_its_ends),
        cmocka_unit_test(a_shuffle_keeps_every_element),
        cmocka_unit_test(real_bytes_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
