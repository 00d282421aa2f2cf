/* The season of one goal: every rule of data/season.tsv that fits, with one's own dates in their
 * place, so that what is reckoned from a moved date moves along. A rule may lean on rows that do
 * not fit the goal. Rules that lean on one another in a circle have no day. Pure; season_load.c
 * reads. Read next: season_rule.c, season_back.c. */
#include "model/season.h"

#include "base/clock.h"
#include "data_phases.h"
#include "data_quiet.h"
#include "data_season.h"
#include "model/season_part.h"

#include <string.h>

#define LATE_TO_APPLY 56 /* days after the first day to submit a new applicant means next year */

enum rule_state {
    RULE_NONE,
    RULE_ASKED,
    RULE_KNOWN,
};
struct rules {
    int cycle;
    const GArray *own; /* struct own_date; NULL: none */
    enum rule_state *states;
    int32_t *days;
};

/* The own date that stands for a rule in this cycle; NULL. The newest counts. An own date belongs
 * to a cycle when it is within half a year of where the rule alone has it. */
static const struct own_date *own_of(const struct rules *rules, const char *id, int32_t rule_day)
{
    const struct own_date *found = NULL;
    for (guint i = 0; rules->own != NULL && i < rules->own->len; i++) {
        const struct own_date *own = &g_array_index(rules->own, struct own_date, i);
        if (g_strcmp0(own->rule, id) == 0 &&
            (rule_day == DAY_NONE || ABS(own->on_day - rule_day) <= 182) &&
            (found == NULL || own->date_id > found->date_id)) {
            found = own;
        }
    }
    return found;
}

/* season_lookup_fn */
static int32_t day_of_rule(const char *id, void *data)
{
    struct rules *rules = data;
    const struct data_season *row = data_season_by_id(id);
    if (row == NULL) {
        return DAY_NONE;
    }
    size_t i = (size_t)(row - data_season);
    if (rules->states[i] == RULE_ASKED) {
        return DAY_NONE;
    }
    if (rules->states[i] == RULE_NONE) {
        rules->states[i] = RULE_ASKED;
        int32_t day = season_rule_day(row->rule, rules->cycle, day_of_rule, rules);
        const struct own_date *own = own_of(rules, id, day);
        rules->days[i] = own != NULL ? own->on_day : day;
        rules->states[i] = RULE_KNOWN;
    }
    return rules->days[i];
}

static void rules_start(struct rules *rules, int cycle, const GArray *own)
{
    *rules = (struct rules){.cycle = cycle,
                            .own = own,
                            .states = g_new0(enum rule_state, n_data_season),
                            .days = g_new0(int32_t, n_data_season)};
}

static void rules_clear(struct rules *rules)
{
    g_free(rules->states);
    g_free(rules->days);
}

static int32_t plain_day(const char *id, int cycle)
{
    struct rules rules;
    rules_start(&rules, cycle, NULL);
    int32_t day = day_of_rule(id, &rules);
    rules_clear(&rules);
    return day;
}

/* The next Match; the one after it for somebody who has not begun when applications are in. */
static int guess_cycle(const struct goal *goal, int32_t today)
{
    int year, month, of_month;
    day_to_ymd(today, &year, &month, &of_month);
    int cycle = plain_day("match_day", year) >= today ? year : year + 1;
    bool is_early = g_strcmp0(goal->stage, "student") == 0 ||
                    g_strcmp0(goal->stage, "graduate") == 0 ||
                    g_strcmp0(goal->stage, "certified") == 0;
    return is_early && today > plain_day("eras_submit", cycle) + LATE_TO_APPLY ? cycle + 1 : cycle;
}

static const char *source_words(struct season *season, const char *evidence, const char *words,
                                const char *held, const char *source)
{
    g_autofree char *joined = g_strdup_printf(
        "%s%s%s%s%s; %s", strcmp(evidence, "unsure") == 0 ? "to be checked" : evidence,
        *words != '\0' ? ": " : "", words, *held != '\0' ? "; " : "", held, source);
    return g_string_chunk_insert_const(season->text, joined);
}

static const char *kept(struct season *season, const char *words)
{
    return words == NULL ? NULL : g_string_chunk_insert_const(season->text, words);
}

static const char *your_words(struct season *season, const struct own_date *own)
{
    int year, month, of_month;
    char day[DAY_TEXT];
    if (own->created_at == AT_NONE || own->created_at <= 0) {
        return "yours";
    }
    int32_t written = (int32_t)(own->created_at / US_PER_DAY);
    day_to_ymd(written, &year, &month, &of_month);
    g_autofree char *words = g_strdup_printf("yours, written down %s", day_format(written, day));
    return kept(season, words);
}

/* A row of the data, at its day or at one's own. */
static void add_rule(struct season *season, struct rules *rules, const struct data_season *row)
{
    int32_t day = day_of_rule(row->id, rules);
    if (day == DAY_NONE) {
        return;
    }
    int32_t alone = season_rule_day(row->rule, rules->cycle, day_of_rule, rules);
    const struct own_date *own = own_of(rules, row->id, alone);
    int32_t until =
        *row->until != '\0' ? season_rule_day(row->until, rules->cycle, day_of_rule, rules) : day;
    struct season_date date = {
        .id = row->id,
        .title = row->title,
        .lane = row->lane,
        .on_day = day,
        .until_day = MAX(until, day),
        .minute = row->minute == DATA_NONE ? -1 : row->minute,
        .zone = row->minute == DATA_NONE ? NULL : row->zone,
        .before_day = DAY_NONE,
        .why = row->why,
        .source = source_words(season, row->evidence, row->rule_words, row->held, row->source),
        .rule = row,
        .rule_day = DAY_NONE,
        .is_quiet_for_us = row->is_quiet,
    };
    if (own != NULL) {
        date.date_id = own->date_id;
        date.rule_day = own->on_day == alone ? DAY_NONE : alone;
        date.source = your_words(season, own);
        date.until_day = own->until_day != DAY_NONE ? MAX(own->until_day, day)
                         : date.rule_day != DAY_NONE && until != DAY_NONE && *row->until != '\0'
                             ? day + MAX(until - alone, 0)
                             : MAX(until, day);
        date.minute = own->minute >= 0 ? own->minute : date.minute;
        date.zone = own->minute >= 0 ? kept(season, own->zone) : date.zone;
    }
    g_array_append_val(season->dates, date);
}

static const struct own_kind {
    const char *kind;
    const char *lane;
    const char *why;
} own_kinds[] = {
    {"exam", "exams", "Tell the mentors who asked, within a week of the result."},
    {"rotation", "uscex",
     "Write to the team before the first day; thank within two days of the last, and ask for a "
     "letter in the last week."},
    {"conference", "application",
     "Book meetings two to three weeks before; write within three days to those you met."},
    {"deadline", "application", ""},
    {"other", "application", ""},
};

static void add_own(struct season *season, const struct own_date *own)
{
    const struct own_kind *kind = &own_kinds[G_N_ELEMENTS(own_kinds) - 1];
    for (size_t i = 0; i < G_N_ELEMENTS(own_kinds); i++) {
        if (g_strcmp0(own_kinds[i].kind, own->kind) == 0) {
            kind = &own_kinds[i];
            break;
        }
    }
    g_autofree char *id = g_strdup_printf("own_%" G_GINT64_FORMAT, own->date_id);
    struct season_date date = {
        .id = kept(season, id),
        .title = kept(season, own->title),
        .lane = kind->lane,
        .on_day = own->on_day,
        .until_day = own->until_day == DAY_NONE ? own->on_day : MAX(own->until_day, own->on_day),
        .minute = own->minute,
        .zone = own->minute >= 0 ? kept(season, own->zone) : NULL,
        .before_day = DAY_NONE,
        .why = own->note != NULL && *own->note != '\0' ? kept(season, own->note) : kind->why,
        .source = your_words(season, own),
        .date_id = own->date_id,
        .kind = kind->kind,
        .rule_day = DAY_NONE,
    };
    g_array_append_val(season->dates, date);
}

static gint by_day(gconstpointer a, gconstpointer b)
{
    const struct season_date *first = a;
    const struct season_date *second = b;
    if (first->on_day != second->on_day) {
        return first->on_day < second->on_day ? -1 : 1;
    }
    return strcmp(first->id, second->id);
}

static void add_dates(struct season *season, const struct goal *goal, struct rules *rules)
{
    for (size_t i = 0; i < n_data_season; i++) {
        if (goal_fits(goal, data_season[i].condition)) {
            add_rule(season, rules, &data_season[i]);
        }
    }
    for (guint i = 0; rules->own != NULL && i < rules->own->len; i++) {
        const struct own_date *own = &g_array_index(rules->own, struct own_date, i);
        if (own->rule == NULL || data_season_by_id(own->rule) == NULL) {
            add_own(season, own);
        }
    }
    g_array_sort(season->dates, by_day);
}

static void add_bands(struct season *season, const struct goal *goal, struct rules *rules)
{
    for (size_t i = 0; i < n_data_phases; i++) {
        const struct data_phases *row = &data_phases[i];
        const struct season_phase phase = {
            .id = row->id,
            .title = row->title,
            .from_day = season_rule_day(row->rule, rules->cycle, day_of_rule, rules),
            .until_day = season_rule_day(row->until, rules->cycle, day_of_rule, rules),
            .work = row->work,
        };
        if (goal_fits(goal, row->condition) && phase.from_day != DAY_NONE &&
            phase.until_day >= phase.from_day) {
            g_array_append_val(season->phases, phase);
        }
    }
    for (size_t i = 0; i < n_data_quiet; i++) {
        const struct data_quiet *row = &data_quiet[i];
        const struct season_quiet quiet = {
            .id = row->id,
            .title = row->title,
            .from_day = season_rule_day(row->rule, rules->cycle, day_of_rule, rules),
            .until_day = season_rule_day(row->until, rules->cycle, day_of_rule, rules),
            .whom = row->whom,
            .source = source_words(season, row->evidence, row->rule_words, "", row->source),
        };
        if (quiet.from_day != DAY_NONE && quiet.until_day >= quiet.from_day) {
            g_array_append_val(season->quiets, quiet);
        }
    }
}

/* From the month of the Match before, or from this month when that is earlier, to a month after the
 * start of residency. Whole months. */
static void set_band(struct season *season, struct rules *rules, int32_t today)
{
    int year, month, of_month;
    int32_t earliest = season_rule_day("match_day - 30m", season->cycle, day_of_rule, rules);
    int32_t from = day_from_ymd(season->cycle - 1, 3, 1);
    day_to_ymd(MAX(MIN(from, today), earliest), &year, &month, &of_month);
    season->from_day = day_from_ymd(year, month, 1);
    season->until_day = day_from_ymd(season->cycle, 8, 1) - 1;
}

struct season *season_new(const struct goal *goal, const GArray *own, int32_t today)
{
    struct season *season = g_new0(struct season, 1);
    struct goal assumed = *goal;
    struct rules rules;
    /* until a specialty is said: the services that most specialties use */
    if (assumed.specialties == NULL || *assumed.specialties == '\0') {
        assumed.specialties = "internal_medicine";
    }
    *season = (struct season){
        .is_guessed = goal->cycle == 0,
        .cycle = goal->cycle != 0 ? goal->cycle : guess_cycle(goal, today),
        .dates = g_array_new(FALSE, TRUE, sizeof(struct season_date)),
        .quiets = g_array_new(FALSE, TRUE, sizeof(struct season_quiet)),
        .phases = g_array_new(FALSE, TRUE, sizeof(struct season_phase)),
        .text = g_string_chunk_new(4096),
    };
    rules_start(&rules, season->cycle, own);
    season->match_day = day_of_rule("match_day", &rules);
    set_band(season, &rules, today);
    add_dates(season, &assumed, &rules);
    add_bands(season, &assumed, &rules);
    rules_clear(&rules);
    season_plan_back(season);
    return season;
}

void season_free(struct season *season)
{
    if (season != NULL) {
        g_array_unref(season->dates);
        g_array_unref(season->quiets);
        g_array_unref(season->phases);
        g_string_chunk_free(season->text);
        g_free(season);
    }
}

const struct season_phase *season_phase_on(const struct season *season, int32_t day)
{
    const struct season_phase *found = NULL;
    for (guint i = 0; i < season->phases->len; i++) {
        const struct season_phase *phase = &g_array_index(season->phases, struct season_phase, i);
        if (phase->from_day <= day && day <= phase->until_day &&
            (found == NULL || phase->from_day > found->from_day)) {
            found = phase;
        }
    }
    return found;
}

const struct season_date *season_next(const struct season *season, int32_t day)
{
    for (guint i = 0; i < season->dates->len; i++) {
        const struct season_date *date = &g_array_index(season->dates, struct season_date, i);
        if (date->on_day > day && (date->rule == NULL || date->rule->is_main)) {
            return date;
        }
    }
    return NULL;
}

const struct season_date *season_date(const struct season *season, const char *id)
{
    for (guint i = 0; i < season->dates->len; i++) {
        const struct season_date *date = &g_array_index(season->dates, struct season_date, i);
        if (g_strcmp0(date->id, id) == 0) {
            return date;
        }
    }
    return NULL;
}

/* Is word one of the words of list? */
static bool has_word(const char *list, const char *word)
{
    g_auto(GStrv) words = g_strsplit(list, " ", -1);
    return g_strv_contains((const char *const *)words, word);
}

const struct season_quiet *season_quiet_on(const struct season *season, int32_t day,
                                           const char *whom)
{
    for (guint i = 0; i < season->quiets->len; i++) {
        const struct season_quiet *quiet = &g_array_index(season->quiets, struct season_quiet, i);
        if (quiet->from_day <= day && day <= quiet->until_day &&
            (strcmp(quiet->whom, "all") == 0 || (whom != NULL && has_word(quiet->whom, whom)))) {
            return quiet;
        }
    }
    return NULL;
}
