/* Planning backwards: days worked out by hand, and random plans against a walk over all ways. */
#include "graph/backward.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define NONE BACKWARD_NONE
#define LENGTH(array) ((int)(sizeof(array) / sizeof((array)[0])))
#define END(late, on) (&(const struct backward_end){.task = (late), .day = (on)})

/* letter 0 -> certificate 1 -> application 2 (day 100); interview 3 (day 90) needs the letter too;
 * nobody needs 4 */
static const struct backward_task plan[] = {{NONE}, {NONE}, {100}, {90}, {NONE}};
static const struct backward_need plan_needs[] = {{0, 1, 14}, {1, 2, 30}, {0, 3, 7}};

static void the_latest_day_counts_back_from_the_day_that_decides(void **state)
{
    int32_t latest[5];
    int32_t through[5];
    assert_true(backward_pass(plan, 5, plan_needs, LENGTH(plan_needs), latest, through));
    assert_int_equal(latest[2], 100);
    assert_int_equal(latest[1], 70);
    assert_int_equal(latest[0], 56); /* 70 - 14, not 90 - 7 */
    assert_int_equal(latest[3], 90);
    assert_int_equal(latest[4], NONE);
    assert_int_equal(through[0], 1);
    assert_int_equal(through[1], 2);
    assert_int_equal(through[2], -1);
    assert_int_equal(through[4], -1);
}

static void the_sooner_of_own_day_and_need_decides(void **state)
{
    const struct backward_need need = {0, 1, 10};
    struct backward_task tasks[] = {{50}, {70}};
    int32_t latest[2];
    int32_t through[2];
    assert_true(backward_pass(tasks, 2, &need, 1, latest, through));
    assert_int_equal(latest[0], 50);
    assert_int_equal(through[0], -1);
    tasks[0].fixed = 60; /* both: its own is named */
    assert_true(backward_pass(tasks, 2, &need, 1, latest, through));
    assert_int_equal(latest[0], 60);
    assert_int_equal(through[0], -1);
    tasks[0].fixed = 61;
    assert_true(backward_pass(tasks, 2, &need, 1, latest, through));
    assert_int_equal(latest[0], 60);
    assert_int_equal(through[0], 1);
}

static void a_circle_is_said_and_nothing_written(void **state)
{
    const struct backward_need needs[] = {{0, 1, 1}, {1, 2, 1}, {2, 1, 1}};
    const struct backward_task tasks[] = {{1}, {2}, {3}};
    int32_t latest[3] = {7, 7, 7};
    int32_t through[3] = {7, 7, 7};
    int32_t endangered[3];
    assert_false(backward_pass(tasks, 3, needs, 3, latest, through));
    for (int i = 0; i < 3; i++) {
        assert_int_equal(latest[i], 7);
        assert_int_equal(through[i], 7);
    }
    assert_int_equal(backward_endangered(tasks, 3, needs, 3, END(0, 5), endangered), 0);
}

static void no_tasks_and_days_at_the_edge(void **state)
{
    const struct backward_task tasks[] = {{NONE}, {NONE + 5}};
    const struct backward_need need = {0, 1, 100};
    int32_t latest[2];
    assert_true(backward_pass(NULL, 0, NULL, 0, latest, NULL));
    assert_true(backward_pass(tasks, 2, &need, 1, latest, NULL));
    assert_int_equal(latest[0], NONE + 1); /* a day, not none */
}

static void a_late_task_endangers_what_waits_for_it(void **state)
{
    int32_t endangered[5];
    assert_int_equal(backward_endangered(plan, 5, plan_needs, 3, END(0, 56), endangered), 0);
    /* a day later the certificate is too late for the application; the interview is not */
    assert_int_equal(backward_endangered(plan, 5, plan_needs, 3, END(0, 57), endangered), 2);
    assert_int_equal(endangered[0], 1);
    assert_int_equal(endangered[1], 2);
    assert_int_equal(backward_endangered(plan, 5, plan_needs, 3, END(0, 84), endangered), 3);
    assert_int_equal(endangered[2], 3);
    assert_int_equal(backward_endangered(plan, 5, plan_needs, 3, END(4, 1000), endangered), 0);
}

/* ---- random plans ---- */

static uint64_t random_state = 4242;

static int below(int n)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (int)((random_state >> 11) % (uint64_t)n);
}

/* Least of fixed day less the days on the way, over every way from i on. */
static int32_t latest_by_ways(const struct backward_task *tasks, const struct backward_need *needs,
                              int n_needs, int i)
{
    int32_t latest = tasks[i].fixed;
    for (int k = 0; k < n_needs; k++) {
        if (needs[k].before != i) {
            continue;
        }
        int32_t after = latest_by_ways(tasks, needs, n_needs, needs[k].after);
        if (after != NONE && (latest == NONE || after - needs[k].days < latest)) {
            latest = after - needs[k].days;
        }
    }
    return latest;
}

/* Most days on a way from i to task to; NONE when there is none. */
static int32_t longest_way(const struct backward_need *needs, int n_needs, int i, int to)
{
    int32_t most = i == to ? 0 : NONE;
    for (int k = 0; k < n_needs; k++) {
        int32_t rest =
            needs[k].before == i ? longest_way(needs, n_needs, needs[k].after, to) : NONE;
        if (rest != NONE && (most == NONE || rest + needs[k].days > most)) {
            most = rest + needs[k].days;
        }
    }
    return most;
}

static void random_plans_agree_with_a_walk_over_all_ways(void **state)
{
    for (int round = 0; round < 3000; round++) {
        struct backward_task tasks[9];
        struct backward_need needs[14];
        int32_t latest[9];
        int32_t through[9];
        int32_t endangered[9];
        int name[9];
        int n = 2 + below(8);
        int n_needs = below(14);
        for (int i = 0; i < n; i++) {
            int other = below(i + 1);
            name[i] = name[other];
            name[other] = i;
            tasks[i].fixed = below(2) == 0 ? NONE : below(100);
        }
        for (int k = 0; k < n_needs; k++) { /* forward along name, so no circle */
            int a = below(n - 1);
            needs[k] = (struct backward_need){name[a], name[a + 1 + below(n - 1 - a)], below(20)};
        }
        assert_true(backward_pass(tasks, n, needs, n_needs, latest, through));
        for (int i = 0; i < n; i++) {
            assert_int_equal(latest[i], latest_by_ways(tasks, needs, n_needs, i));
            if (through[i] < 0) {
                assert_int_equal(latest[i], tasks[i].fixed);
            }
            bool is_reason = through[i] < 0;
            for (int k = 0; k < n_needs; k++) {
                is_reason |= needs[k].before == i && needs[k].after == through[i] &&
                             latest[through[i]] - needs[k].days == latest[i];
            }
            assert_true(is_reason);
        }
        int late = below(n);
        int32_t day = below(100);
        int got = backward_endangered(tasks, n, needs, n_needs, END(late, day), endangered);
        int wanted = 0;
        for (int i = 0; i < n; i++) {
            int32_t way = longest_way(needs, n_needs, late, i);
            if (i != late && way != NONE && latest[i] != NONE && day + way > latest[i]) {
                assert_true(wanted < got);
                assert_int_equal(endangered[wanted++], i);
            }
        }
        assert_int_equal(got, wanted);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_latest_day_counts_back_from_the_day_that_decides),
        cmocka_unit_test(the_sooner_of_own_day_and_need_decides),
        cmocka_unit_test(a_circle_is_said_and_nothing_written),
        cmocka_unit_test(no_tasks_and_days_at_the_edge),
        cmocka_unit_test(a_late_task_endangers_what_waits_for_it),
        cmocka_unit_test(random_plans_agree_with_a_walk_over_all_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
