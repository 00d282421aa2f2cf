/* The best set of the week's items, and in words why what was left was left. */
#include "model/week_part.h"

#include "data_suggestions.h"
#include "data_week_limits.h"

#include <string.h>

#define NODE_LIMIT 200000 /* some 20 ms (graph/fill.h) */

static int limit_of(const char *id, int otherwise)
{
    const struct data_week_limits *row = data_week_limits_by_id(id);
    return row == NULL ? otherwise : row->amount;
}

/* ---- limits ---- */

static void set_limits(struct week_work *work)
{
    struct fill_limits *limits = &work->limits;
    static const char *const shares[] = {"share_2", "share_3", "share_4"};
    limits->n_days = work->n_days;
    limits->cents_max = (int32_t)CLAMP(work->cents_left, 0, INT32_MAX);
    limits->group_max = limit_of("department", 2);
    limits->family_max = limit_of("family", 4);
    limits->node_limit = NODE_LIMIT;
    limits->share[limits->n_shares++] = 1000;
    for (size_t i = 0; i < G_N_ELEMENTS(shares); i++) {
        int16_t before = limits->share[limits->n_shares - 1];
        limits->share[limits->n_shares++] = (int16_t)MIN(limit_of(shares[i], 1000), before);
    }
}

/* ---- what was left ---- */

struct room { /* after filling */
    int free[WEEK_DAYS];
    int64_t cents;
    int messages;
};

static const char *why_not(struct week_work *work, const struct room *room,
                           const struct fill_item *item)
{
    int free_minutes = 0;
    for (int d = item->first; d <= item->last; d++) {
        free_minutes += MAX(room->free[d], 0);
    }
    if (item->cents > room->cents) {
        return room->cents > 0 ? "more than the money left" : "no money left";
    }
    if (item->is_message && room->messages <= 0) {
        g_autofree char *number = week_number(work->plan->week.messages);
        return week_keep(work, g_strdup_printf("%s messages are enough for a week", number));
    }
    if (item->minutes > free_minutes) {
        if (item->first == item->last) {
            static const char *const days[] = {"",         "Monday", "Tuesday",  "Wednesday",
                                               "Thursday", "Friday", "Saturday", "Sunday"};
            return week_keep(work,
                             g_strdup_printf("no time left on %s",
                                             days[day_weekday(work->first_day + item->first)]));
        }
        return "no time left";
    }
    return NULL;
}

struct crowd { /* how many are chosen of each group and family */
    GHashTable *groups;
    GHashTable *families;
};

static void count_one(GHashTable *counts, int key)
{
    int n = GPOINTER_TO_INT(g_hash_table_lookup(counts, GINT_TO_POINTER(key)));
    g_hash_table_insert(counts, GINT_TO_POINTER(key), GINT_TO_POINTER(n + 1));
}

static bool is_crowded(GHashTable *counts, int key, int most)
{
    return GPOINTER_TO_INT(g_hash_table_lookup(counts, GINT_TO_POINTER(key))) >= most;
}

static const char *crowd_words(struct week_work *work, const struct crowd *crowd,
                               const struct fill_item *item)
{
    if (item->is_message && item->group >= 0 &&
        is_crowded(crowd->groups, item->group, work->limits.group_max)) {
        g_autofree char *number = week_number(work->limits.group_max);
        return week_keep(work, g_strdup_printf("%s messages to one department are enough", number));
    }
    if (is_crowded(crowd->families, item->family, work->limits.family_max)) {
        g_autofree char *number = week_number(work->limits.family_max);
        return week_keep(work,
                         g_strdup_printf("%s steps of one strategy are enough for a week", number));
    }
    return NULL;
}

static void add_left(struct week_work *work, const struct room *room, const struct crowd *crowd,
                     const bool *is_chosen)
{
    const GArray *suggestions = work->plan->survey->suggestions;
    bool is_settled = work->plan->week.accepted_at != AT_NONE;
    for (guint i = 0; i < suggestions->len; i++) {
        const struct suggestion *one = &g_array_index(suggestions, struct suggestion, i);
        if (is_chosen[i] || g_strcmp0(work->reasons[i], WEEK_DAYS_OVER) == 0) {
            continue;
        }
        work->plan->n_left++;
        if (work->plan->left->len >= WEEK_LEFT_MAX) {
            continue;
        }
        struct week_left left = {.suggestion = one, .why_not = work->reasons[i]};
        if (left.why_not == NULL) {
            const struct fill_item *item =
                &g_array_index(work->items, struct fill_item, work->item_of[i]);
            left.why_not = crowd_words(work, crowd, item);
            if (left.why_not == NULL) {
                left.why_not = why_not(work, room, item);
            }
        }
        if (left.why_not == NULL) {
            left.why_not = is_settled ? "it came up after you agreed to the week"
                                      : "others are worth more this week";
        }
        g_array_append_val(work->plan->left, left);
    }
}

/* ---- placing ---- */

struct placing {
    int item;
    int32_t until_day;
    int points;
    bool is_before; /* others wait for it */
};

/* What ends first, then what others wait for, then what is worth most. */
static int first_placed(gconstpointer a_, gconstpointer b_)
{
    const struct placing *a = a_;
    const struct placing *b = b_;
    int order = b->is_before - a->is_before;
    if (order == 0) {
        order = (a->until_day > b->until_day) - (a->until_day < b->until_day);
    }
    if (order == 0) {
        order = (a->points < b->points) - (a->points > b->points);
    }
    return order != 0 ? order : a->item - b->item;
}

/* Until when an item is of use, and what it is worth; false: it has only one day. */
static bool is_movable(const struct week_work *work, int item, struct placing *placing_out)
{
    const struct week_source *source = &g_array_index(work->sources, struct week_source, item);
    const struct fill_item *row = &g_array_index(work->items, struct fill_item, item);
    int32_t until = DAY_NONE;
    if (row->is_must || row->first == row->last) {
        return false;
    }
    if (source->of == WEEK_FROM_SUGGESTION) {
        until =
            g_array_index(work->plan->survey->suggestions, struct suggestion, source->at).until_day;
    } else if (source->of == WEEK_FROM_OPEN) {
        until = g_array_index(work->open, struct week_open, source->at).until_day;
    }
    *placing_out = (struct placing){
        .item = item, .until_day = until == DAY_NONE ? INT32_MAX : until, .points = row->value};
    return true;
}

/* The earliest day of its window that has room; what others wait for never later than the day it
 * has, so that they still can. A day kept free is left where the window has another. */
static int8_t early_day(const struct week_work *work, const struct placing *placing, int from,
                        int8_t otherwise, const int *free_minutes)
{
    const struct goal *goal = &work->outlook->goal;
    const struct fill_item *item = &g_array_index(work->items, struct fill_item, placing->item);
    int until = placing->is_before ? otherwise : item->last;
    int best = -1;
    from = MAX(from, item->first);
    for (int d = from; d <= until; d++) {
        if (free_minutes[d] >= item->minutes) {
            return (int8_t)d;
        }
    }
    if (!week_is_free(goal, work->first_day + otherwise)) {
        return otherwise;
    }
    for (int d = from; d <= until; d++) {
        if (!week_is_free(goal, work->first_day + d) &&
            (best < 0 || free_minutes[d] > free_minutes[best])) {
            best = d;
        }
    }
    return (int8_t)(best < 0 ? otherwise : best);
}

/* What has a choice goes to the earliest day that has room, the pressing ones first. day: by item;
 * -1: not chosen. */
static void place_early(struct week_work *work, const struct fill *fill, int8_t *day)
{
    const struct fill_item *items = (const struct fill_item *)work->items->data;
    int free_minutes[WEEK_DAYS];
    g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(struct placing));
    memset(day, -1, work->items->len);
    for (int d = 0; d < work->n_days; d++) {
        free_minutes[d] = work->limits.minutes[d];
    }
    for (int i = 0; i < fill->n; i++) {
        int item = fill->chosen[i];
        struct placing placing;
        day[item] = fill->day[i];
        if (!is_movable(work, item, &placing)) {
            free_minutes[fill->day[i]] -= items[item].minutes;
            continue;
        }
        for (int k = 0; k < fill->n; k++) {
            placing.is_before |= items[fill->chosen[k]].after == item;
        }
        g_array_append_val(order, placing);
    }
    g_array_sort(order, first_placed);
    for (guint i = 0; i < order->len; i++) {
        const struct placing *placing = &g_array_index(order, struct placing, i);
        int at = placing->item;
        int after = items[at].after;
        day[at] = early_day(work, placing, after < 0 ? 0 : day[after] + 1, day[at], free_minutes);
        if (after >= 0 && day[at] < day[after]) {
            day[at] = day[after];
        }
        free_minutes[day[at]] -= items[at].minutes;
    }
}

/* ---- taking over what was chosen ---- */

/* A step of the week that has no room any more. */
static void give_back(struct week_work *work, const struct room *room, const struct crowd *crowd,
                      guint at)
{
    const struct week_source *source = &g_array_index(work->sources, struct week_source, at);
    const struct fill_item *item = &g_array_index(work->items, struct fill_item, at);
    struct week_choice choice = g_array_index(work->open, struct week_open, source->at).choice;
    const char *crowded = crowd_words(work, crowd, item);
    const char *why = crowded != NULL ? crowded : why_not(work, room, item);
    choice.why_not = item->after >= 0 ? WEEK_THANKS_FIRST
                     : why != NULL    ? why
                                      : "others are worth more this week";
    g_array_append_val(work->plan->back, choice);
}

static void take_over(struct week_work *work, const struct fill *fill, struct room *room,
                      struct crowd *crowd, bool *is_chosen)
{
    bool *is_open = g_new0(bool, work->open->len + 1);
    g_autofree int8_t *day = g_new0(int8_t, work->items->len + 1);
    place_early(work, fill, day);
    for (int i = 0; i < fill->n; i++) {
        const struct fill_item *item =
            &g_array_index(work->items, struct fill_item, fill->chosen[i]);
        const struct week_source *source =
            &g_array_index(work->sources, struct week_source, fill->chosen[i]);
        struct week_choice choice = {.on_day = work->first_day + day[fill->chosen[i]]};
        room->free[day[fill->chosen[i]]] -= item->minutes;
        room->cents -= item->cents;
        room->messages -= item->is_message;
        count_one(crowd->families, item->family);
        if (item->is_message && item->group >= 0) {
            count_one(crowd->groups, item->group);
        }
        if (source->of == WEEK_FROM_SUGGESTION) {
            const struct suggestion *one =
                &g_array_index(work->plan->survey->suggestions, struct suggestion, source->at);
            choice.suggestion = one;
            choice.minutes = one->minutes;
            choice.cents = one->cents;
            choice.points = one->points;
            choice.is_message = one->kind->is_message;
            is_chosen[source->at] = true;
            g_array_append_val(work->plan->choices, choice);
        } else if (source->of == WEEK_FROM_OPEN) {
            int32_t on_day = choice.on_day;
            choice = g_array_index(work->open, struct week_open, source->at).choice;
            choice.on_day = on_day;
            is_open[source->at] = true;
            g_array_append_val(work->plan->choices, choice);
        }
    }
    for (guint i = 0; i < work->items->len; i++) {
        const struct week_source *source = &g_array_index(work->sources, struct week_source, i);
        if (source->of == WEEK_FROM_OPEN && !is_open[source->at]) {
            give_back(work, room, crowd, i);
        }
    }
    g_free(is_open);
}

/* An agreed week keeps what it has: only the steps that are there. */
static void run(struct week_work *work, bool is_full)
{
    struct fill fill;
    struct room room = {.cents = work->cents_left, .messages = work->limits.messages_max};
    struct crowd crowd = {g_hash_table_new(NULL, NULL), g_hash_table_new(NULL, NULL)};
    bool *is_chosen = g_new0(bool, work->plan->survey->suggestions->len + 1);
    int n = (int)work->items->len;
    for (int i = 0; !is_full && i < (int)work->items->len; i++) {
        n -= g_array_index(work->sources, struct week_source, i).of == WEEK_FROM_SUGGESTION;
    }
    for (int d = 0; d < work->n_days; d++) {
        room.free[d] = work->limits.minutes[d];
    }
    fill_week((const struct fill_item *)work->items->data, n, &work->limits, &fill);
    work->plan->is_proven = fill.is_proven;
    take_over(work, &fill, &room, &crowd, is_chosen);
    add_left(work, &room, &crowd, is_chosen);
    fill_clear(&fill);
    g_hash_table_unref(crowd.groups);
    g_hash_table_unref(crowd.families);
    g_free(is_chosen);
}

static int minutes_done(const struct week_plan *plan)
{
    int minutes = 0;
    for (guint i = 0; i < plan->choices->len; i++) {
        const struct week_choice *choice = &g_array_index(plan->choices, struct week_choice, i);
        minutes += choice->is_done ? choice->minutes : 0;
    }
    return minutes;
}

/* Messages of steps that are done and were not logged yet. */
static int messages_sent(const struct week_plan *plan)
{
    int n = 0;
    for (guint i = 0; i < plan->choices->len; i++) {
        const struct week_choice *choice = &g_array_index(plan->choices, struct week_choice, i);
        n += choice->is_done && choice->is_message;
    }
    bool is_now = plan->week.monday == plan->survey->outlook->monday;
    return MAX(n, is_now ? plan->survey->outlook->n_messages_week : 0);
}

void week_fill(struct week_plan *plan, const GArray *open, bool is_full)
{
    guint n = plan->survey->suggestions->len;
    struct week_work work = {
        .plan = plan,
        .outlook = plan->survey->outlook,
        .open = open,
        .first_day = MAX(plan->today, plan->week.monday),
        .items = g_array_sized_new(FALSE, TRUE, sizeof(struct fill_item), n + 64),
        .sources = g_array_sized_new(FALSE, TRUE, sizeof(struct week_source), n + 64),
        .cents_left = MAX(plan->cents_max - plan->cents_used, 0),
        .reasons = g_new0(const char *, n + 1),
        .item_of = g_new0(int, n + 1),
        .groups = g_hash_table_new(g_str_hash, g_str_equal),
        .families = g_hash_table_new(g_str_hash, g_str_equal),
        .kinds = g_hash_table_new(NULL, NULL),
        .thanks = g_hash_table_new(g_int64_hash, g_int64_equal),
        .written = g_hash_table_new(g_int64_hash, g_int64_equal),
        .busy = g_hash_table_new(g_int64_hash, g_int64_equal),
        .own = g_hash_table_new(g_int64_hash, g_int64_equal),
    };
    work.n_days = plan->week.monday + WEEK_DAYS - work.first_day;
    set_limits(&work);
    work.limits.messages_max = MAX(plan->week.messages - messages_sent(plan), 0);
    week_items(&work, plan->week.minutes - minutes_done(plan));
    run(&work, is_full);
    GHashTable *const tables[] = {work.groups,  work.families, work.kinds, work.thanks,
                                  work.written, work.busy,     work.own};
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_hash_table_unref(tables[i]);
    }
    g_array_unref(work.items);
    g_array_unref(work.sources);
    g_free(work.reasons);
    g_free(work.item_of);
}
