/* Week filling out of 5,000 suggestions: one JSON line per class of weeks.
 *
 *     fill [SEEDS [CLASS]]        200 seeds of every class when not said */
#include "graph/fill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define N_ITEMS 5000
#define N_FAMILIES 19
#define N_GROUPS 200

static uint64_t state;

static int below(int n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (int)((state >> 11) % (uint64_t)n);
}

static struct fill_limits usual_limits(void)
{
    return (struct fill_limits){.n_days = 8,
                                .minutes = {75, 75, 75, 75, 60},
                                .cents_max = 8000,
                                .messages_max = 8,
                                .group_max = 2,
                                .family_max = 4,
                                .share = {1000, 850, 700, 550},
                                .n_shares = 4,
                                .node_limit = 2000000};
}

/* What most weeks look like: few values, minutes in fives, most costs nothing. */
static struct fill_item usual_item(int i)
{
    struct fill_item item = {.value = 50 * below(41),
                             .minutes = below(40) == 0 ? 240 : 5 * (1 + below(18)),
                             .after = i > 0 && below(50) == 0 ? below(i) : -1,
                             .family = (int16_t)below(N_FAMILIES),
                             .first = 0,
                             .last = 7,
                             .is_message = below(2) == 0};
    if (below(2) == 0) {
        item.value = below(2001);
    }
    if (below(10) == 0) {
        item.cents = 100 * (5 + below(496));
    }
    if (below(5) == 0) {
        item.last = (int8_t)below(8);
    }
    item.group = item.is_message ? below(N_GROUPS) : -1;
    return item;
}

static void make_usual(struct fill_item *items, struct fill_limits *limits)
{
    *limits = usual_limits();
    for (int i = 0; i < N_ITEMS; i++) {
        items[i] = usual_item(i);
    }
    for (int k = 0; k < 20; k++) {
        struct fill_item *must = &items[below(N_ITEMS)];
        must->is_must = true;
        must->minutes = 5 * below(3);
        must->cents = 0;
        must->is_message = false;
    }
}

/* Every item its own minutes, down to the minute, and its own value. */
static void make_odd(struct fill_item *items, struct fill_limits *limits)
{
    make_usual(items, limits);
    for (int i = 0; i < N_ITEMS; i++) {
        items[i].minutes = items[i].is_must ? items[i].minutes : 1 + below(120);
        items[i].value = below(20001);
    }
}

/* Everything costs money, unlike for each. */
static void make_dear(struct fill_item *items, struct fill_limits *limits)
{
    make_usual(items, limits);
    for (int i = 0; i < N_ITEMS; i++) {
        items[i].cents = items[i].is_must ? 0 : 100 + below(6000);
    }
}

/* Three values only. */
static void make_alike(struct fill_item *items, struct fill_limits *limits)
{
    make_usual(items, limits);
    for (int i = 0; i < N_ITEMS; i++) {
        items[i].value = 500 + 250 * below(3);
    }
}

/* Windows of one to three days. */
static void make_tight(struct fill_item *items, struct fill_limits *limits)
{
    make_usual(items, limits);
    for (int i = 0; i < N_ITEMS; i++) {
        int first = below(5);
        int last = first + below(3);
        items[i].first = (int8_t)first;
        items[i].last = (int8_t)(last > 7 ? 7 : last);
        items[i].after = -1;
    }
}

/* Value follows minutes: the knapsack that bounds are bad at. */
static void make_strong(struct fill_item *items, struct fill_limits *limits)
{
    make_usual(items, limits);
    for (int i = 0; i < N_ITEMS; i++) {
        items[i].minutes = items[i].is_must ? items[i].minutes : 20 + below(71);
        items[i].value = 10 * items[i].minutes + 100;
    }
}

/* All of it at once. */
static void make_all(struct fill_item *items, struct fill_limits *limits)
{
    make_tight(items, limits);
    for (int i = 0; i < N_ITEMS; i++) {
        items[i].minutes = items[i].is_must ? items[i].minutes : 1 + below(90);
        items[i].cents = items[i].is_must ? 0 : 100 + below(6000);
        items[i].value = 100 * below(21);
    }
}

static const struct {
    const char *name;
    void (*make)(struct fill_item *items, struct fill_limits *limits);
} kinds[] = {
    {"usual", make_usual}, {"odd", make_odd},       {"dear", make_dear}, {"alike", make_alike},
    {"tight", make_tight}, {"strong", make_strong}, {"all", make_all},
};

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); /* of this program: others use the machine too */
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void run(size_t kind, int n_seeds)
{
    static struct fill_item items[N_ITEMS];
    double *ms = calloc((size_t)n_seeds + 1, sizeof(double));
    double kept = 0;
    double chosen = 0;
    double gap = 0;
    long long nodes = 0;
    long long most_nodes = 0;
    int proven = 0;
    for (int seed = 0; seed < n_seeds; seed++) {
        struct fill_limits limits;
        struct fill out;
        state = 0x9e3779b97f4a7c15u * (uint64_t)(seed + 1);
        kinds[kind].make(items, &limits);
        double start = now_ms();
        fill_week(items, N_ITEMS, &limits, &out);
        ms[seed] = now_ms() - start;
        kept += out.n_kept;
        chosen += out.n;
        nodes += out.n_nodes;
        most_nodes = out.n_nodes > most_nodes ? out.n_nodes : most_nodes;
        proven += out.is_proven;
        gap += out.worth > 0 ? (double)(out.bound - out.worth) / (double)out.worth : 0;
        if (getenv("FILL_VERBOSE") != NULL) {
            fprintf(stderr, "%s %d %.2f ms kept %d nodes %lld worth %lld bound %lld\n",
                    kinds[kind].name, seed, ms[seed], out.n_kept, (long long)out.n_nodes,
                    (long long)out.worth, (long long)out.bound);
        }
        fill_clear(&out);
    }
    qsort(ms, (size_t)n_seeds, sizeof(double), compare);
    printf("{\"bench\": \"fill\", \"class\": \"%s\", \"items\": %d, \"seeds\": %d, "
           "\"ms_median\": %.2f, \"ms_p95\": %.2f, \"ms_worst\": %.2f, \"nodes_mean\": %.0f, "
           "\"nodes_most\": %lld, \"kept_mean\": %.0f, \"chosen_mean\": %.1f, \"proven\": %.3f, "
           "\"gap_mean\": %.6f}\n",
           kinds[kind].name, N_ITEMS, n_seeds, ms[n_seeds / 2], ms[n_seeds * 95 / 100],
           ms[n_seeds - 1], (double)nodes / n_seeds, most_nodes, kept / n_seeds, chosen / n_seeds,
           (double)proven / n_seeds, gap / n_seeds);
    fflush(stdout);
    free(ms);
}

int main(int argc, char **argv)
{
    int n_seeds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 200;
    for (size_t kind = 0; kind < sizeof(kinds) / sizeof(kinds[0]); kind++) {
        if (argc <= 2 || strcmp(argv[2], kinds[kind].name) == 0) {
            run(kind, n_seeds < 1 ? 1 : n_seeds);
        }
    }
    return 0;
}
