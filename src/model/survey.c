/* The survey: every strategy looks at the outlook; what it suggests gets the reasons that hold for
 * all, its worth, and its place. docs/VALUE.md says how the points add up, and why. */
#include "model/survey_part.h"

#include "data_favour_kinds.h"
#include "data_followup.h"
#include "data_suggestions.h"
#include "data_value_terms.h"
#include "graph/tie.h"
#include "model/recognise.h"

#include <math.h>
#include <string.h>

#define URGENT_FULL 3     /* days: so near that it counts whole */
#define URGENT_FAR 28     /* so far that it does not count */
#define SEASON_FULL 14    /* work of a season date is whole within so many days */
#define SEASON_FAR 120    /* and least from here on */
#define SEASON_LEAST 0.2
#define DORMANT_FROM 180  /* a tie begins to be dormant */
#define DORMANT_FULL 730  /* and is wholly so: Levin asks for years, not months */
#define LOOSE_BELOW 0.35  /* a tie below steady (data/tie_words.tsv) */
#define REST_AFTER 2      /* messages without an answer */
#define REST_DAYS 180     /* where followup.tsv does not say */
#define FAVOURS_FULL 30   /* so much more asked than given counts whole: tenths of an ordinary one */
#define POINTS_MAX 100000 /* what the planner takes (graph/fill.h) */

struct favour_balance {
    int64_t person_id;
    int n_asked;
    int n_given;
    int owed; /* weights of what was asked less those of what was given (data/favour_kinds.tsv) */
};

/* ---- looked up once ---- */

void survey_work_init(struct survey_work *work, const struct outlook *outlook,
                      const struct strategy_table *strategies)
{
    *work = (struct survey_work){
        .outlook = outlook,
        .strategies = strategies,
        .favours = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free),
        .is_answered = outlook->goal.tried != NULL,
        .is_there = goal_fits(&outlook->goal, "stage:resident"),
    };
    for (guint i = 0; i < outlook->favours->len; i++) {
        const struct favour *favour = &g_array_index(outlook->favours, struct favour, i);
        struct favour_balance *balance = g_hash_table_lookup(work->favours, &favour->person_id);
        if (balance == NULL) {
            balance = g_new0(struct favour_balance, 1);
            balance->person_id = favour->person_id;
            g_hash_table_insert(work->favours, &balance->person_id, balance);
        }
        const struct data_favour_kinds *kind = data_favour_kinds_by_id(favour->kind);
        bool is_given = g_strcmp0(favour->direction, "given") == 0;
        int weight = kind == NULL || g_strcmp0(favour->state, "declined") == 0 ? 0 : kind->weight;
        balance->n_given += is_given;
        balance->n_asked += !is_given;
        balance->owed += is_given ? -weight : weight;
    }
}

void survey_work_clear(struct survey_work *work)
{
    g_hash_table_unref(work->favours);
}

static bool list_has(const char *list, const char *id)
{
    size_t len = strlen(id);
    for (const char *at = list; at != NULL && *at != '\0'; at += *at == ' ') {
        size_t word = strcspn(at, " ");
        if (word == len && strncmp(at, id, len) == 0) {
            return true;
        }
        at += word;
    }
    return false;
}

static const struct season_date *date_of(const struct outlook *outlook, const char *id)
{
    const GArray *dates = outlook->season == NULL ? NULL : outlook->season->dates;
    for (guint i = 0; id != NULL && dates != NULL && i < dates->len; i++) {
        const struct season_date *date = &g_array_index(dates, struct season_date, i);
        if (strcmp(date->id, id) == 0) {
            return date;
        }
    }
    return NULL;
}

/* ---- what may not be suggested ---- */

/* Refused for good or for a while, an open step already, or done not long ago. */
static bool is_out(const struct outlook *outlook, const struct suggestion *suggestion)
{
    if (g_hash_table_size(outlook->refused) == 0 && g_hash_table_size(outlook->origins) == 0) {
        return false;
    }
    g_autofree char *key = suggestion_key(suggestion);
    gpointer day;
    if (g_hash_table_lookup_extended(outlook->origins, key, NULL, &day)) {
        int32_t done = GPOINTER_TO_INT(day);
        if (done == DAY_NONE || outlook->today < done + MAX(suggestion->kind->rest_days, 0)) {
            return true;
        }
    }
    g_autofree char *step = g_strconcat("step:", key, NULL);
    return g_hash_table_contains(outlook->refused, step);
}

/* Two messages without an answer: half a year of peace. */
static bool is_resting(const struct outlook *outlook, const struct contact *contact)
{
    if (contact->n_unanswered < REST_AFTER || contact->last_out_day == DAY_NONE) {
        return false;
    }
    const struct data_followup *stop = data_followup_by_id("cold_stop");
    int days = stop == NULL || stop->min_hours == DATA_NONE ? REST_DAYS : stop->min_hours / 24;
    return outlook->today < contact->last_out_day + days;
}

/* Messages wait until the quiet times they would fall into are over. */
static void wait_for_quiet(const struct outlook *outlook, struct suggestion *suggestion)
{
    const GArray *quiets = outlook->season == NULL ? NULL : outlook->season->quiets;
    if (!suggestion->kind->is_message || quiets == NULL) {
        return;
    }
    const char *whom = suggestion_whom(outlook, suggestion);
    int32_t day = MAX(outlook->today, suggestion->from_day);
    bool has_moved = false;
    for (guint turn = 0; turn < quiets->len; turn++) {
        int32_t before = day;
        for (guint i = 0; i < quiets->len; i++) {
            const struct season_quiet *quiet = &g_array_index(quiets, struct season_quiet, i);
            bool is_theirs = list_has(quiet->whom, "all") || list_has(quiet->whom, whom);
            if (is_theirs && day >= quiet->from_day && day <= quiet->until_day) {
                day = quiet->until_day + 1;
                has_moved = true;
            }
        }
        if (day == before) {
            break;
        }
    }
    if (has_moved) {
        suggestion->from_day = day;
    }
}

/* ---- reasons that hold for all ---- */

static double ramp(double value, double from, double to)
{
    return CLAMP((value - from) / (to - from), 0.0, 1.0);
}

static const char *times_word(int n)
{
    static const char *const words[] = {"nothing", "once", "twice", "three times"};
    return n < (int)G_N_ELEMENTS(words) ? words[n] : "more often";
}

static void person_terms(const struct survey_work *work, struct suggestion *suggestion,
                         const struct contact *contact)
{
    const struct outlook *outlook = work->outlook;
    bool is_circle = (contact->flags & (CONTACT_FAMILY | CONTACT_TEACHER | CONTACT_COLLEAGUE |
                                        CONTACT_MENTOR)) != 0;
    if (contact->n_touches > 0 && contact->tie > 0) {
        suggestion_term(suggestion, "tie", contact->tie, 0,
                        tie_word(contact->tie, contact->n_touches));
        if (contact->tie < LOOSE_BELOW && suggestion->kind->is_ask && !is_circle) {
            suggestion_term(suggestion, "weak_tie_new", 1, 0, NULL);
        }
    }
    if ((contact->flags & CONTACT_US_LINK) != 0 && !work->is_there) {
        suggestion_term(suggestion, "us_link", 1, 0, NULL);
    }
    if ((contact->flags & CONTACT_SPECIALTY) != 0) {
        suggestion_term(suggestion, "specialty", 1, 0, specialty_name(contact->specialty));
    }
    if ((contact->flags & CONTACT_REGION) != 0 && !work->is_there) {
        suggestion_term(suggestion, "region", 1, 0, region_name(contact->region, true));
    }
    if ((contact->flags & CONTACT_PROGRAMME) != 0) {
        suggestion_term(suggestion, "programme", 1, 0, NULL);
    }
    if ((contact->flags & CONTACT_RESIDENT) != 0) {
        suggestion_term(suggestion, "resident", 1, 0, NULL);
    }
    int32_t silent = contact->last_day == DAY_NONE ? 0 : outlook->today - contact->last_day;
    if (silent > DORMANT_FROM && suggestion->kind->is_message) {
        suggestion_term(suggestion, "dormant", ramp(silent, DORMANT_FROM, DORMANT_FULL), silent,
                        NULL);
    }
    if (contact->n_unanswered > 0 && suggestion->kind->is_message) {
        suggestion_term(suggestion, "unanswered", contact->n_unanswered / (double)REST_AFTER,
                        contact->n_unanswered, NULL);
    }
    const struct favour_balance *balance =
        g_hash_table_lookup(work->favours, &contact->person_id);
    if (balance != NULL && balance->owed > 0 && !suggestion->kind->is_ask) {
        suggestion_term(suggestion, "favour_owed", balance->owed / (double)FAVOURS_FULL,
                        balance->n_asked, times_word(balance->n_given));
    }
}

/* The band of the season that today is in, of a date's lane; NULL: today is outside it. */
static const struct season_phase *phase_of(const struct outlook *outlook, const char *lane)
{
    const GArray *phases = outlook->season->phases;
    for (guint i = 0; phases != NULL && i < phases->len; i++) {
        const struct season_phase *phase = &g_array_index(phases, struct season_phase, i);
        if (g_strcmp0(phase->id, lane) == 0 && outlook->today >= phase->from_day &&
            outlook->today <= phase->until_day) {
            return phase;
        }
    }
    return NULL;
}

/* False: the date it works for is over. */
static bool season_terms(const struct outlook *outlook, struct suggestion *suggestion)
{
    const struct season_date *date = date_of(outlook, suggestion->season);
    if (date == NULL) {
        return true;
    }
    if (MAX(date->until_day, date->on_day) < outlook->today) {
        return false;
    }
    bool is_now = date->on_day < outlook->today; /* a span of days that has begun */
    int32_t by = is_now                         ? date->until_day
                 : date->before_day == DAY_NONE ? date->on_day
                                                : date->before_day;
    double near = 1 - ramp(by - outlook->today, SEASON_FULL, SEASON_FAR) * (1 - SEASON_LEAST);
    suggestion_term(suggestion, is_now ? "season_now" : "season", near,
                    is_now ? date->until_day : date->on_day, date->title);
    const struct season_phase *phase = phase_of(outlook, date->lane);
    if (phase != NULL) {
        suggestion_term(suggestion, "season_phase", 1, 0, phase->title);
    }
    return true;
}

static void common_terms(const struct survey_work *work, struct suggestion *suggestion,
                         const struct contact *contact)
{
    const struct outlook *outlook = work->outlook;
    if (contact != NULL) {
        person_terms(work, suggestion, contact);
    }
    if (suggestion->until_day != DAY_NONE && suggestion->until_day - outlook->today < URGENT_FAR) {
        suggestion_term(suggestion, "urgent",
                        1 - ramp(suggestion->until_day - outlook->today, URGENT_FULL, URGENT_FAR),
                        suggestion->until_day, NULL);
    }
    if (work->is_answered) {
        bool is_tried = list_has(outlook->goal.tried, suggestion->kind->strategy);
        suggestion_term(suggestion, is_tried ? "tried" : "not_tried", 1, 0, NULL);
    }
}

static int32_t worth(const struct suggestion *suggestion)
{
    long points = MAX(suggestion->kind->points, 0);
    for (int i = 0; i < suggestion->n_terms; i++) {
        const struct term *term = &suggestion->terms[i];
        points += lround((double)term->row->points * (double)term->amount);
    }
    return (int32_t)CLAMP(points, 0, POINTS_MAX);
}

/* ---- running the strategies ---- */

/* Values what was appended from `from` on, and takes away what may not be suggested. */
static void value_from(const struct survey_work *work, struct suggestions *out, guint from,
                       bool is_overall)
{
    const struct outlook *outlook = work->outlook;
    guint kept = from;
    for (guint i = from; i < out->items->len; i++) {
        struct suggestion *one = &g_array_index(out->items, struct suggestion, i);
        const struct contact *contact =
            one->person_id == 0 ? NULL : outlook_contact(outlook, one->person_id);
        bool is_late = one->until_day != DAY_NONE && one->until_day < outlook->today;
        bool is_gone = one->person_id != 0 && contact == NULL;
        if (is_late || is_gone || is_out(outlook, one) ||
            (contact != NULL && one->kind->is_message && is_resting(outlook, contact)) ||
            !season_terms(outlook, one)) {
            continue;
        }
        common_terms(work, one, contact);
        wait_for_quiet(outlook, one);
        if (one->until_day != DAY_NONE && one->from_day > one->until_day) {
            continue;
        }
        one->is_overall = is_overall;
        one->points = worth(one);
        g_array_index(out->items, struct suggestion, kept++) = *one;
    }
    g_array_set_size(out->items, kept);
}

void survey_about(const struct survey_work *work, const struct contact *contact,
                  struct suggestions *out)
{
    guint from = out->items->len;
    for (int i = 0; i < work->strategies->n; i++) {
        if (work->strategies->rows[i]->about != NULL) {
            work->strategies->rows[i]->about(work->outlook, contact, out);
        }
    }
    value_from(work, out, from, false);
}

void survey_overall(const struct survey_work *work, struct suggestions *out)
{
    guint from = out->items->len;
    for (int i = 0; i < work->strategies->n; i++) {
        if (work->strategies->rows[i]->overall != NULL) {
            work->strategies->rows[i]->overall(work->outlook, out);
        }
    }
    value_from(work, out, from, true);
}

/* ---- order ---- */

static int best_first(const struct suggestion *a, const struct suggestion *b)
{
    int order = (a->points < b->points) - (a->points > b->points);
    if (order == 0 && a->kind != b->kind) {
        order = strcmp(a->kind->id, b->kind->id);
    }
    if (order == 0) {
        order = (a->person_id > b->person_id) - (a->person_id < b->person_id);
    }
    if (order == 0) {
        order = g_strcmp0(a->ref, b->ref);
    }
    return order != 0 ? order : (a->about_id > b->about_id) - (a->about_id < b->about_id);
}

static int best_first_of(gconstpointer a, gconstpointer b)
{
    return best_first(*(const struct suggestion *const *)a, *(const struct suggestion *const *)b);
}

GArray *survey_sorted(GArray *suggestions)
{
    guint n = suggestions->len;
    g_autoptr(GPtrArray) order = g_ptr_array_sized_new(n);
    for (guint i = 0; i < n; i++) {
        g_ptr_array_add(order, &g_array_index(suggestions, struct suggestion, i));
    }
    g_ptr_array_sort(order, best_first_of);
    GArray *sorted = g_array_sized_new(FALSE, FALSE, sizeof(struct suggestion), n);
    for (guint i = 0; i < n; i++) {
        g_array_append_vals(sorted, order->pdata[i], 1);
    }
    g_array_unref(suggestions);
    return sorted;
}

GArray *survey_merged(const GArray *old, GHashTable *changed, const GArray *added)
{
    GArray *merged =
        g_array_sized_new(FALSE, FALSE, sizeof(struct suggestion), old->len + added->len);
    guint next = 0;
    for (guint i = 0; i < old->len; i++) {
        const struct suggestion *one = &g_array_index(old, struct suggestion, i);
        if (one->is_overall || g_hash_table_contains(changed, &one->person_id)) {
            continue;
        }
        while (next < added->len &&
               best_first(&g_array_index(added, struct suggestion, next), one) < 0) {
            g_array_append_vals(merged, &g_array_index(added, struct suggestion, next++), 1);
        }
        g_array_append_vals(merged, one, 1);
    }
    if (next < added->len) {
        g_array_append_vals(merged, &g_array_index(added, struct suggestion, next),
                            added->len - next);
    }
    return merged;
}

void survey_order(GArray *suggestions)
{
    g_autoptr(GHashTable) thanked = g_hash_table_new(g_int64_hash, g_int64_equal);
    const struct data_suggestions *last_kind = NULL;
    bool is_last_thanks = false;
    for (guint i = 0; i < suggestions->len; i++) {
        struct suggestion *one = &g_array_index(suggestions, struct suggestion, i);
        if (one->kind != last_kind) {
            last_kind = one->kind;
            is_last_thanks = suggestion_is_thanks(last_kind);
        }
        if (is_last_thanks && one->person_id != 0) {
            g_hash_table_add(thanked, &one->person_id);
        }
    }
    for (guint i = 0; i < suggestions->len; i++) {
        struct suggestion *one = &g_array_index(suggestions, struct suggestion, i);
        bool is_ask = one->kind->is_ask && one->person_id != 0;
        one->after_person =
            is_ask && g_hash_table_contains(thanked, &one->person_id) ? one->person_id : 0;
    }
}

GArray *survey_all(const struct outlook *outlook, const struct strategy_table *strategies,
                   GStringChunk *text)
{
    struct suggestions out = {
        .items = g_array_sized_new(FALSE, FALSE, sizeof(struct suggestion), outlook->contacts->len),
        .text = text,
    };
    struct survey_work work;
    survey_work_init(&work, outlook, strategies);
    for (guint i = 0; i < outlook->contacts->len; i++) {
        survey_about(&work, &g_array_index(outlook->contacts, struct contact, i), &out);
    }
    survey_overall(&work, &out);
    survey_work_clear(&work);
    GArray *sorted = survey_sorted(out.items);
    survey_order(sorted);
    return sorted;
}

struct survey *survey_of(struct outlook *outlook, const struct strategy_table *strategies)
{
    struct survey *survey = g_new0(struct survey, 1);
    survey->ref_count = 1;
    survey->outlook = outlook;
    survey->text = g_string_chunk_new(4096);
    survey->suggestions = survey_all(outlook, strategies, survey->text);
    return survey;
}

void survey_release(struct survey *survey)
{
    if (survey == NULL || !g_atomic_int_dec_and_test(&survey->ref_count)) {
        return;
    }
    g_array_unref(survey->suggestions);
    if (survey->kept != NULL) {
        survey->kept->release(survey);
    } else {
        g_string_chunk_free(survey->text);
    }
    g_free(survey);
}
