/* One block of reading a week inside its limit; rumours and old answers checked before they are
 * believed. Pure. */
#include "feature/online_forums/forum.h"

#include "base/fold.h"
#include "base/words.h"
#include "data_strategies.h"
#include "model/since.h"

#include <math.h>
#include <string.h>

#define STRATEGY "online_forums"
#define LIMIT 60       /* where data/strategies.tsv does not say */
#define BLOCK_LEAST 15 /* less is no block */
#define RUMOUR_FRESH 30
#define DAYS_A_YEAR 365

static bool is_limit(const struct pursuit *one)
{
    return one->deleted_at == AT_NONE && g_strcmp0(one->kind, "other") == 0 &&
           g_strcmp0(one->strategy, STRATEGY) == 0 && g_strcmp0(one->ref, FORUM_LIMIT) == 0 &&
           one->minutes >= 0;
}

const struct pursuit *forum_limit_row(const GArray *pursuits)
{
    const struct pursuit *newest = NULL;
    for (guint i = 0; i < pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(pursuits, struct pursuit, i);
        if (is_limit(one) && (newest == NULL || one->created_at > newest->created_at)) {
            newest = one;
        }
    }
    return newest;
}

int forum_limit(const GArray *pursuits)
{
    const struct pursuit *own = forum_limit_row(pursuits);
    const struct data_strategies *row = data_strategies_by_id(STRATEGY);
    return own != NULL                         ? own->minutes
           : row != NULL && !isnan(row->hours) ? (int)lround(row->hours * 60)
                                               : LIMIT;
}

int forum_spent(const GArray *saved, int32_t monday)
{
    int minutes = 0;
    for (guint i = 0; i < saved->len; i++) {
        const struct saved *one = &g_array_index(saved, struct saved, i);
        bool is_this_week = one->on_day >= monday && one->on_day < monday + 7;
        minutes += one->deleted_at == AT_NONE && is_this_week ? MAX(one->minutes, 0) : 0;
    }
    return minutes;
}

bool forum_is_old(const struct saved *saved, int32_t today)
{
    int year;
    int month;
    int day;
    day_to_ymd(today, &year, &month, &day);
    return saved->year > 0
               ? year - saved->year > FORUM_OLD_YEARS
               : saved->on_day != DAY_NONE && today - saved->on_day > FORUM_OLD_YEARS * DAYS_A_YEAR;
}

bool forum_matches(const struct saved *saved, const char *folded)
{
    g_autofree char *all = g_strconcat(saved->question, " ", saved->body, " ", saved->source, NULL);
    g_autofree char *text = fold_text(all);
    g_auto(GStrv) words = g_strsplit(folded, " ", -1);
    for (int i = 0; words[i] != NULL; i++) {
        if (strstr(text, words[i]) == NULL) {
            return false;
        }
    }
    return true;
}

/* Five minutes fewer rather than more. */
static int whole_fives(int minutes)
{
    return minutes - minutes % 5;
}

static void block(const struct outlook *outlook, struct suggestions *out)
{
    int spent = forum_spent(outlook->saved, outlook->monday);
    int left = whole_fives(forum_limit(outlook->pursuits) - spent);
    struct suggestion *one =
        left < BLOCK_LEAST ? NULL : suggest(out, outlook, "forums.block", NULL);
    if (one != NULL) {
        g_autofree char *words = words_minutes(left);
        one->detail = g_string_chunk_insert(out->text, words);
        one->minutes = left;
        if (spent > 0) {
            suggestion_term(one, "forums_spent", 1, spent, NULL);
        }
    }
}

static struct suggestion *check(const struct outlook *outlook, const struct saved *saved,
                                const char *kind, struct suggestions *out)
{
    struct suggestion *one = suggest(out, outlook, kind, NULL);
    if (one != NULL) {
        one->about_id = saved->saved_id;
        one->detail = saved->question;
    }
    return one;
}

static void check_saved(const struct outlook *outlook, const struct saved *saved,
                        struct suggestions *out)
{
    int ago = days_since(outlook, saved->on_day);
    if (saved->is_rumour) {
        struct suggestion *one = check(outlook, saved, "forums.verify", out);
        if (one != NULL && ago > 0 && ago <= RUMOUR_FRESH) {
            suggestion_term(one, "forums_fresh", 1.0 - ago / (RUMOUR_FRESH + 1.0), ago, NULL);
        }
        return;
    }
    struct suggestion *one =
        forum_is_old(saved, outlook->today) ? check(outlook, saved, "forums.recheck", out) : NULL;
    if (one != NULL && saved->year > 0) {
        g_autofree char *year = g_strdup_printf("%d", saved->year);
        suggestion_term(one, "forums_year", 1, 0, g_string_chunk_insert(out->text, year));
    } else if (one != NULL) {
        suggestion_term(one, "forums_age", 1, ago, NULL);
    }
}

static void overall(const struct outlook *outlook, struct suggestions *out)
{
    for (guint i = 0; i < outlook->saved->len; i++) {
        const struct saved *one = &g_array_index(outlook->saved, struct saved, i);
        if (one->deleted_at == AT_NONE) {
            check_saved(outlook, one, out);
        }
    }
    if (goal_fits(&outlook->goal, "stage:resident")) {
        suggest(out, outlook, "forums.answer", NULL);
    } else if (outlook->goal.n_answered > 0 || outlook->saved->len > 0) {
        block(outlook, out);
    }
}

const struct strategy online_forums_strategy = {
    .id = STRATEGY, .overall = overall, .href = "/strategies/online_forums"};
