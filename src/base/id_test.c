/* Ids ascend whatever the clock and however many threads; their text sorts as they do. */
#include "base/id.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#define AT_2026 (INT64_C(1784635200000) * 1000)     /* 2026-07-21T12:00:00Z */

static void ids_ascend_also_when_the_clock_steps_back(void **state)
{
    struct clock clock = { .fixed_at = AT_2026 };
    struct id_source ids = { .clock = &clock };
    int64_t last = 0;
    for (int i = 0; i < 1000; i++) {
        if (i == 500) {
            clock.fixed_at -= 60 * US_PER_SECOND;
        }
        int64_t id = id_next(&ids);
        assert_true(id > last);
        last = id;
    }
}

static void the_high_bits_are_the_milliseconds_since_2020(void **state)
{
    struct clock clock = { .fixed_at = AT_2026 };
    struct id_source ids = { .clock = &clock };
    assert_true(id_next(&ids) >> 21 == INT64_C(1784635200000) - INT64_C(1577836800000));
}

static void a_seed_repeats_and_no_seed_does_not(void **state)
{
    struct clock clock = { .fixed_at = AT_2026 };
    struct id_source a = { .clock = &clock, .seed = 5 };
    struct id_source b = { .clock = &clock, .seed = 5 };
    struct id_source c = { .clock = &clock, .seed = 6 };
    int64_t first = id_next(&a);
    assert_true(first == id_next(&b));
    assert_true(first != id_next(&c));
    int64_t starts[4];
    for (int i = 0; i < 4; i++) {
        struct id_source real = { .clock = &clock };
        starts[i] = id_next(&real);
    }
    assert_false(starts[0] == starts[1] && starts[1] == starts[2] && starts[2] == starts[3]);
}

static void before_2020_ids_are_still_positive(void **state)
{
    struct clock clock = { .fixed_at = 1 };
    struct id_source ids = { .clock = &clock, .seed = 1 };
    assert_true(id_next(&ids) > 0);
}

static void text_goes_both_ways_and_sorts_as_the_numbers(void **state)
{
    char a[ID_TEXT];
    char b[ID_TEXT];
    int64_t id = 0;
    assert_string_equal(id_format(1, a), "0000000000001");
    assert_string_equal(id_format(INT64_MAX, b), "7zzzzzzzzzzzz");
    assert_true(id_parse(b, &id));
    assert_true(id == INT64_MAX);
    assert_true(id_parse("OOOOOOOOOOOIL", &id));
    assert_true(id == 33);
    int64_t ids[] = { 31, 32, INT64_C(1) << 40, (INT64_C(1) << 62) + 7 };
    for (int i = 1; i < 4; i++) {
        assert_true(strcmp(id_format(ids[i - 1], a), id_format(ids[i], b)) < 0);
    }
}

static void what_is_no_id_is_refused(void **state)
{
    const char *none[] = { NULL,
                           "",
                           "1",
                           "0000000000000",
                           "00000000000001",
                           "8000000000000",
                           "000000000000u",
                           "00000000000 1",
                           "-000000000001",
                           "zzzzzzzzzzzzz",
                           "00000000000\xc3\xa9" };
    for (size_t i = 0; i < G_N_ELEMENTS(none); i++) {
        int64_t id = 42;
        assert_false(id_parse(none[i], &id));
        assert_true(id == 42);
    }
}

#define EACH 20000
struct work { struct id_source *ids; int64_t got[EACH]; };

static gpointer draw(gpointer data)
{
    struct work *work = data;
    for (int i = 0; i < EACH; i++) {
        work->got[i] = id_next(work->ids);
    }
    return NULL;
}

static int compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void threads_never_share_an_id(void **state)
{
    struct clock clock = { 0 };
    struct id_source ids = { .clock = &clock };
    struct work *work = g_new0(struct work, 4);
    GThread *threads[4];
    for (int i = 0; i < 4; i++) {
        work[i].ids = &ids;
        threads[i] = g_thread_new("draw", draw, &work[i]);
    }
    int64_t *all = g_new(int64_t, 4 * EACH);
    for (int i = 0; i < 4; i++) {
        g_thread_join(threads[i]);
        memcpy(all + i * EACH, work[i].got, sizeof work[i].got);
        for (int k = 1; k < EACH; k++) {
            assert_true(work[i].got[k] > work[i].got[k - 1]);
        }
    }
    qsort(all, 4 * EACH, sizeof *all, compare);
    for (int i = 1; i < 4 * EACH; i++) {
        assert_true(all[i] != all[i - 1]);
    }
    g_free(all);
    g_free(work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_ascend_also_when_the_clock_steps_back),
        cmocka_unit_test(the_high_bits_are_the_milliseconds_since_2020),
        cmocka_unit_test(a_seed_repeats_and_no_seed_does_not),
        cmocka_unit_test(before_2020_ids_are_still_positive),
        cmocka_unit_test(text_goes_both_ways_and_sorts_as_the_numbers),
        cmocka_unit_test(what_is_no_id_is_refused),
        cmocka_unit_test(threads_never_share_an_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
