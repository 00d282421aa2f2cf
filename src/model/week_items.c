/* Suggestions and steps as items of graph/fill.h: what may be done on which days, and what comes
 * after what. */
#include "model/week_part.h"

#include "data_suggestions.h"
#include "data_value_terms.h"
#include "data_week_limits.h"
#include "model/season.h"

#include <string.h>

#define MINUTE_STEP 5 /* what days are filled up by */
#define DAY_LEAST 60  /* minutes that a day of a week begun late may hold at least */
#define DAY_TIMES 2   /* and at most so many times an even share */

/* ---- numbers for names ---- */

static int number_of(GHashTable *numbers, const char *name, int *n)
{
    int number = GPOINTER_TO_INT(g_hash_table_lookup(numbers, name));
    if (number == 0) {
        number = ++*n;
        g_hash_table_insert(numbers, (gpointer)name, GINT_TO_POINTER(number));
    }
    return number - 1;
}

static int32_t group_of(struct week_work *work, int64_t person_id)
{
    const struct contact *contact =
        person_id == 0 ? NULL : outlook_contact(work->outlook, person_id);
    int n = (int)g_hash_table_size(work->groups);
    return contact == NULL || contact->department == NULL
               ? -1
               : number_of(work->groups, contact->department, &n);
}

/* Steps of no strategy are a family each: none makes another worth less. */
static int16_t family_of(struct week_work *work, const char *strategy)
{
    return (int16_t)(strategy == NULL ? work->n_families++
                                      : number_of(work->families, strategy, &work->n_families));
}

static int count_kind(struct week_work *work, const struct data_suggestions *kind)
{
    int n = GPOINTER_TO_INT(g_hash_table_lookup(work->kinds, kind));
    g_hash_table_insert(work->kinds, (gpointer)kind, GINT_TO_POINTER(n + 1));
    return n;
}

/* ---- days ---- */

static int day_index(const struct week_work *work, int32_t day)
{
    return CLAMP(day - work->first_day, 0, work->n_days - 1);
}

/* Days on which one may write to such people. */
static unsigned days_for(struct week_work *work, const char *whom)
{
    for (int i = 0; i < work->n_whoms; i++) {
        if (strcmp(work->whoms[i].whom, whom) == 0) {
            return work->whoms[i].days;
        }
    }
    unsigned days = 0;
    for (int d = 0; d < work->n_days; d++) {
        bool is_quiet = work->outlook->season != NULL &&
                        season_quiet_on(work->outlook->season, work->first_day + d, whom) != NULL;
        days |= is_quiet ? 0 : 1U << d;
    }
    if (work->n_whoms < WEEK_WHOMS) {
        work->whoms[work->n_whoms++] = (struct week_whom){whom, days};
    }
    return days;
}

/* The days of this week on which it may be done. False: none. */
static bool window_of(struct week_work *work, const struct suggestion *one, int *first_out,
                      int *last_out)
{
    int32_t end = work->first_day + work->n_days - 1;
    int32_t from = one->from_day == DAY_NONE ? work->first_day : one->from_day;
    int32_t until = one->until_day == DAY_NONE ? end : one->until_day;
    if (from > end || until < work->first_day) {
        return false;
    }
    int first = day_index(work, from);
    int last = day_index(work, until);
    if (one->kind->is_message) {
        unsigned days = days_for(work, suggestion_whom(work->outlook, one));
        while (first <= last && (days >> first & 1) == 0) {
            first++;
        }
        int stop = first;
        while (stop <= last && (days >> stop & 1) != 0) {
            stop++;
        }
        last = stop - 1;
    }
    *first_out = first;
    *last_out = last;
    return first <= last;
}

/* ---- items ---- */

static void add_item(struct week_work *work, struct fill_item item, enum week_source_of of,
                     guint at)
{
    struct week_source source = {of, at};
    item.minutes = CLAMP(item.minutes, 0, 6000);
    item.cents = CLAMP(item.cents, 0, 10000000);
    item.value = CLAMP(item.value, 0, 100000);
    g_array_append_val(work->items, item);
    g_array_append_val(work->sources, source);
}

static const struct data_suggestions *kind_of(const struct week_choice *choice)
{
    return choice->planned == NULL || choice->planned->kind == NULL
               ? NULL
               : data_suggestions_by_id(choice->planned->kind);
}

/* What a step leaves no more room for. */
static void note_step(struct week_work *work, const struct week_choice *choice)
{
    const struct data_suggestions *kind = kind_of(choice);
    if (kind != NULL) {
        count_kind(work, kind);
    }
    if (choice->step->person_id == 0) {
        return;
    }
    if (kind == NULL) { /* your own words: it may be what is suggested */
        g_hash_table_insert(work->own, (gpointer)&choice->step->person_id, (gpointer)choice->step);
    } else {
        g_hash_table_add(choice->is_message && !suggestion_is_thanks(kind) ? work->written
                                                                           : work->busy,
                         (gpointer)&choice->step->person_id);
    }
}

/* Steps that stay: open ones take minutes; done ones only count for the variety. */
static void add_choices(struct week_work *work)
{
    const GArray *choices = work->plan->choices;
    for (guint i = 0; i < choices->len; i++) {
        const struct week_choice *choice = &g_array_index(choices, struct week_choice, i);
        int day = day_index(work, choice->on_day);
        struct fill_item item = {
            .minutes = choice->is_done ? 0 : choice->minutes,
            .cents = choice->is_done ? 0 : (int32_t)MIN(choice->cents, 10000000),
            .after = -1,
            .group = choice->is_done || suggestion_is_thanks(kind_of(choice))
                         ? -1
                         : group_of(work, choice->step->person_id),
            .family = family_of(work, choice->step->strategy),
            .first = (int8_t)day,
            .last = (int8_t)day,
            .is_message = !choice->is_done && choice->is_message,
            .is_must = true,
        };
        if (!choice->is_done && suggestion_is_thanks(kind_of(choice))) {
            g_hash_table_insert(work->thanks, (gpointer)&choice->step->person_id,
                                GINT_TO_POINTER((int)work->items->len + 1));
        }
        note_step(work, choice);
        add_item(work, item, WEEK_FROM_CHOICE, i);
    }
}

/* Messages that were sent this week count for their departments. Gives how many were added. */
static int add_sent(struct week_work *work)
{
    const GArray *contacts = work->outlook->contacts;
    int n = 0;
    if (work->plan->week.monday != work->outlook->monday) {
        return 0;
    }
    for (guint i = 0; i < contacts->len; i++) {
        const struct contact *contact = &g_array_index(contacts, struct contact, i);
        if (contact->last_out_day == DAY_NONE || contact->last_out_day < work->outlook->monday) {
            continue;
        }
        g_hash_table_add(work->written, (gpointer)&contact->person_id);
        if (contact->department != NULL && n < work->outlook->n_messages_week) {
            struct fill_item item = {.after = -1,
                                     .group = group_of(work, contact->person_id),
                                     .family = family_of(work, NULL),
                                     .is_message = true,
                                     .is_must = true};
            add_item(work, item, WEEK_FROM_PAST, i);
            n++;
        }
    }
    return n;
}

static int accepted_points(void)
{
    const struct data_value_terms *row = data_value_terms_by_id("accepted");
    return row == NULL ? 0 : row->points;
}

/* Steps that may be chosen anew. They are worth more for being agreed to, and stay on their day
 * unless that is over. */
static void add_open(struct week_work *work)
{
    for (guint i = 0; i < work->open->len; i++) {
        const struct week_open *open = &g_array_index(work->open, struct week_open, i);
        const struct week_choice *choice = &open->choice;
        int32_t end = work->first_day + work->n_days - 1;
        bool is_late = week_step_day(choice->step) < work->plan->today;
        int32_t until = open->until_day == DAY_NONE ? end : MIN(open->until_day, end);
        struct fill_item item = {
            .value = choice->points + accepted_points(),
            .minutes = choice->minutes,
            .cents = (int32_t)MIN(choice->cents, 10000000),
            .after = -1,
            .group = suggestion_is_thanks(kind_of(choice))
                         ? -1
                         : group_of(work, choice->step->person_id),
            .family = family_of(work, choice->step->strategy),
            .first = (int8_t)day_index(work, is_late ? work->first_day : choice->on_day),
            .last = (int8_t)day_index(work, is_late ? MAX(until, work->first_day) : choice->on_day),
            .is_message = choice->is_message,
        };
        if (suggestion_is_thanks(kind_of(choice))) {
            g_hash_table_insert(work->thanks, (gpointer)&choice->step->person_id,
                                GINT_TO_POINTER((int)work->items->len + 1));
        }
        note_step(work, choice);
        add_item(work, item, WEEK_FROM_OPEN, i);
    }
}

const char *week_keep(struct week_work *work, char *words)
{
    const char *kept = g_string_chunk_insert_const(work->plan->text, words);
    g_free(words);
    return kept;
}

/* Does it ask for an introduction to somebody? Whoever waits for one does not write meanwhile. */
static bool leads_to(const struct week_work *work, const struct suggestion *one)
{
    return one->kind->is_message && one->kind->is_ask && one->about_id != 0 &&
           outlook_contact(work->outlook, one->about_id) != NULL;
}

/* Somebody has a step in your own words: it may be the same thing, and it is a message as a rule.
 */
static const char *beside_own(const struct week_work *work, const struct suggestion *one)
{
    const struct step *step = g_hash_table_lookup(work->own, &one->person_id);
    if (step == NULL) {
        return NULL;
    }
    size_t verb = strcspn(one->kind->before, " ");
    bool is_same = g_strcmp0(step->strategy, one->kind->strategy) == 0 ||
                   (verb > 0 && strncmp(step->title, one->kind->before, verb) == 0 &&
                    step->title[verb] == ' ');
    if (is_same) {
        return "a step of your own with them is there already";
    }
    return one->kind->is_message && !suggestion_is_thanks(one->kind)
               ? "a step with them is enough for a week"
               : NULL;
}

/* Why none of this week's days will do. */
static const char *outside_words(struct week_work *work, const struct suggestion *one)
{
    int32_t end = work->first_day + work->n_days - 1;
    bool is_later = one->from_day != DAY_NONE && one->from_day > work->first_day;
    const struct season *season = one->kind->is_message ? work->outlook->season : NULL;
    const char *whom = suggestion_whom(work->outlook, one);
    const struct season_quiet *quiet = NULL;
    if (season != NULL) { /* the days left, or what put it off until they are over */
        quiet = season_quiet_on(season, MIN(MAX(one->from_day, work->first_day), end), whom);
        quiet =
            quiet == NULL && is_later ? season_quiet_on(season, one->from_day - 1, whom) : quiet;
    }
    if (quiet != NULL) {
        return week_keep(work, g_strdup_printf("quiet time: %s", quiet->title));
    }
    if (!is_later || one->from_day <= end) {
        return WEEK_DAYS_OVER;
    }
    g_autofree char *day = day_words(one->from_day, work->outlook->today);
    return week_keep(work, g_strdup_printf("not before %s", day));
}

/* Why a suggestion is not even a candidate this week; NULL: it is one. */
static const char *outside(struct week_work *work, const struct suggestion *one, int *first,
                           int *last)
{
    if (!window_of(work, one, first, last)) {
        return outside_words(work, one);
    }
    int n = GPOINTER_TO_INT(g_hash_table_lookup(work->kinds, one->kind));
    if (one->kind->per_week > 0 && n >= one->kind->per_week) {
        g_autofree char *number = week_number(one->kind->per_week);
        return week_keep(work, g_strdup_printf("%s of this kind %s enough for a week", number,
                                               one->kind->per_week == 1 ? "is" : "are"));
    }
    const char *own = one->person_id == 0 ? NULL : beside_own(work, one);
    if (own != NULL) {
        return own;
    }
    GHashTable *taken = one->kind->is_message ? work->written : work->busy;
    if (one->person_id != 0 && !suggestion_is_thanks(one->kind) &&
        g_hash_table_contains(taken, &one->person_id)) {
        return one->kind->is_message ? "one message to somebody is enough for a week"
                                     : "one step with somebody is enough for a week";
    }
    if (leads_to(work, one) && g_hash_table_contains(work->written, &one->about_id)) {
        return "you write to them yourself this week";
    }
    return NULL;
}

static void add_suggestions(struct week_work *work)
{
    const GArray *suggestions = work->plan->survey->suggestions;
    for (guint i = 0; i < suggestions->len; i++) {
        const struct suggestion *one = &g_array_index(suggestions, struct suggestion, i);
        int first = 0;
        int last = 0;
        work->item_of[i] = -1;
        work->reasons[i] = outside(work, one, &first, &last);
        if (work->reasons[i] == NULL && one->cents > work->cents_left) {
            work->reasons[i] = work->cents_left > 0 ? "more than the money left" : "no money left";
        }
        if (work->reasons[i] != NULL) {
            continue;
        }
        if (one->kind->per_week > 0) {
            count_kind(work, one->kind);
        }
        if (one->person_id != 0 && suggestion_is_thanks(one->kind)) {
            g_hash_table_insert(work->thanks, (gpointer)&one->person_id,
                                GINT_TO_POINTER((int)work->items->len + 1));
        } else if (one->person_id != 0) {
            g_hash_table_add(one->kind->is_message ? work->written : work->busy,
                             (gpointer)&one->person_id);
        }
        if (leads_to(work, one)) {
            g_hash_table_add(work->written, (gpointer)&one->about_id);
        }
        work->item_of[i] = (int)work->items->len;
        add_item(
            work,
            (struct fill_item){.value = one->points,
                               .minutes = one->minutes,
                               .cents = one->cents,
                               .after = -1,
                               .group = one->kind->is_message && !suggestion_is_thanks(one->kind)
                                            ? group_of(work, one->person_id)
                                            : -1,
                               .family = family_of(work, one->kind->strategy),
                               .first = (int8_t)first,
                               .last = (int8_t)last,
                               .is_message = one->kind->is_message},
            WEEK_FROM_SUGGESTION, i);
    }
}

static int thanks_of(const struct week_work *work, const int64_t *person_id)
{
    return GPOINTER_TO_INT(g_hash_table_lookup(work->thanks, person_id)) - 1;
}

/* What asks something of a person comes after the thanks that are due to them. */
static void add_order(struct week_work *work)
{
    const GArray *suggestions = work->plan->survey->suggestions;
    for (guint i = 0; i < suggestions->len; i++) {
        const struct suggestion *one = &g_array_index(suggestions, struct suggestion, i);
        if (work->item_of[i] < 0 || !one->kind->is_ask || one->person_id == 0) {
            continue;
        }
        struct fill_item *item = &g_array_index(work->items, struct fill_item, work->item_of[i]);
        int thanks = thanks_of(work, &one->person_id);
        if (thanks >= 0) {
            const struct fill_item *before = &g_array_index(work->items, struct fill_item, thanks);
            item->after = thanks;
            item->first = MAX(item->first, before->first);
        }
        if (item->first > item->last || (thanks < 0 && one->after_person != 0)) {
            work->reasons[i] = WEEK_THANKS_FIRST;
            item->first = item->last;
            item->value = 0; /* worth nothing: not chosen */
            item->after = -1;
        }
    }
}

/* The same for steps that are chosen anew: they may move to the days after the thanks. */
static void add_open_order(struct week_work *work)
{
    for (guint i = 0; i < work->items->len; i++) {
        const struct week_source *source = &g_array_index(work->sources, struct week_source, i);
        struct fill_item *item = &g_array_index(work->items, struct fill_item, i);
        if (source->of != WEEK_FROM_OPEN) {
            continue;
        }
        const struct week_choice *choice =
            &g_array_index(work->open, struct week_open, source->at).choice;
        const struct data_suggestions *kind = kind_of(choice);
        int thanks = kind == NULL || !kind->is_ask || choice->step->person_id == 0
                         ? -1
                         : thanks_of(work, &choice->step->person_id);
        if (thanks >= 0) {
            const struct fill_item *before = &g_array_index(work->items, struct fill_item, thanks);
            item->after = thanks;
            item->first = MAX(item->first, before->first);
            item->last = MAX(item->last, before->last);
        }
    }
}
/* ---- minutes ---- */

static int worth_most(gconstpointer a_, gconstpointer b_)
{
    const struct fill_item *a = a_;
    const struct fill_item *b = b_;
    return (a->value < b->value) - (a->value > b->value);
}

/* What stands there already takes its minutes; so do, as far as they go, the steps that were agreed
 * to, those worth most first. Gives the minutes left. */
static int commit_minutes(struct week_work *work, int budget)
{
    int32_t *minutes = work->limits.minutes;
    g_autoptr(GArray) loose = g_array_new(FALSE, FALSE, sizeof(struct fill_item));
    int left = budget;
    for (guint i = 0; i < work->items->len; i++) {
        const struct fill_item *item = &g_array_index(work->items, struct fill_item, i);
        if (item->is_must) {
            minutes[item->first] += item->minutes;
            left -= item->minutes;
        } else {
            g_array_append_val(loose, *item);
        }
    }
    work->plan->is_over = left < 0;
    g_array_sort(loose, worth_most);
    for (guint i = 0; i < loose->len; i++) {
        const struct fill_item *item = &g_array_index(loose, struct fill_item, i);
        if (item->first == item->last && item->minutes <= left) {
            minutes[item->first] += item->minutes;
            left -= item->minutes;
        }
    }
    return left;
}

/* The rest is spread so that the days become alike; days that the goal keeps free get nothing. */
static void spread(struct week_work *work, int budget)
{
    const struct goal *goal = &work->outlook->goal;
    int32_t *minutes = work->limits.minutes;
    int n_usable = 0;
    for (int d = 0; d < WEEK_DAYS; d++) {
        n_usable += !week_is_free(goal, work->plan->week.monday + d);
    }
    int most = n_usable == 0 ? 0 : MAX(DAY_LEAST, DAY_TIMES * work->plan->week.minutes / n_usable);
    for (int left = commit_minutes(work, budget); left > 0;) {
        int least = -1;
        for (int d = 0; d < work->n_days; d++) {
            if (!week_is_free(goal, work->first_day + d) &&
                (least < 0 || minutes[d] < minutes[least])) {
                least = d;
            }
        }
        if (least < 0 || minutes[least] >= most) {
            break;
        }
        int more = MIN(MIN(MINUTE_STEP, left), most - minutes[least]);
        minutes[least] += more;
        left -= more;
    }
}

void week_items(struct week_work *work, int minutes_left)
{
    add_choices(work);
    work->limits.messages_max += add_sent(work);
    add_open(work);
    spread(work, minutes_left);
    add_suggestions(work);
    add_order(work);
    add_open_order(work);
}
