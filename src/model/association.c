/* How bodies of doctors fit a goal. Specialties are found by the domain of their society
 * (data/specialties.tsv) and by the words of a body's field; tiers by the words in which they stand
 * in the table. What nobody checked is never taken for a no. */
#include "model/association.h"

#include "base/fold.h"
#include "base/words.h"
#include "data_specialties.h"
#include "model/recognise.h"

#include <string.h>

#define POINTS_SPECIALTY 60
#define POINTS_SECOND 50 /* of the second specialty aimed at */
#define POINTS_BESIDE 25 /* less for a body of the field that is not its society */
#define POINTS_CHOSEN 55
#define POINTS_NATIONAL 40
#define POINTS_LATER 10
#define POINTS_IMG 20
#define POINTS_FREE 12
#define POINTS_TIER 8
#define POINTS_MENTORING 10
#define POINTS_MEETING 4
#define MEETING_NEAR 150 /* days */

bool association_knows(const char *cell)
{
    return cell != NULL && *cell != '\0' && strcmp(cell, "unknown") != 0 && strcmp(cell, "no") != 0;
}

static bool is_heritage(const struct data_associations *row)
{
    return strcmp(row->kind, "ethnic_national") == 0 || strcmp(row->kind, "faith_based") == 0;
}

bool association_is_private(const struct data_associations *row)
{
    return is_heritage(row) ||
           (strcmp(row->kind, "umbrella") == 0 && strcmp(row->field, "all") != 0);
}

enum association_shelf association_shelf_of(const struct data_associations *row)
{
    return is_heritage(row) ? SHELF_OWN : SHELF_PROFESSIONAL;
}

/* ---- specialties ---- */

static bool has_short_name(const struct data_specialties *specialty, const char *folded)
{
    g_auto(GStrv) names = g_strsplit(specialty->short_names, "|", -1);
    return g_strv_contains((const char *const *)names, folded);
}

/* The specialty of a body's field; NULL: of all, of none we know. */
static const struct data_specialties *specialty_find(const struct data_associations *row)
{
    g_autofree char *folded = fold_text(row->field);
    for (size_t i = 0; i < n_data_specialties; i++) {
        if (has_short_name(&data_specialties[i], folded)) {
            return &data_specialties[i];
        }
    }
    const char *id = specialty_recognise(folded);
    return id != NULL ? data_specialties_by_id(id) : NULL;
}

static bool has_word(const char *text, const char *regex)
{
    return association_knows(text) && g_regex_match_simple(regex, text, G_REGEX_CASELESS, 0);
}

/* What the words of a row say, whatever the goal: read once, for looking anew at every change of a
 * book has five milliseconds for everything. */
struct body_reading {
    const struct data_specialties *specialty;
    bool is_for_students;
    bool is_free_for_students;
    bool is_for_trainees;
    bool is_for_graduates;
};

static const struct body_reading *reading_of(const struct data_associations *row)
{
    static struct body_reading *readings = NULL;
    if (g_once_init_enter(&readings)) {
        struct body_reading *made = g_new0(struct body_reading, n_data_associations);
        for (size_t i = 0; i < n_data_associations; i++) {
            const char *tier = data_associations[i].tier;
            made[i] = (struct body_reading){
                .specialty = specialty_find(&data_associations[i]),
                .is_for_students = has_word(tier, "\\bstudents?\\b"),
                .is_free_for_students = has_word(tier, "\\bfree for students\\b"),
                .is_for_trainees = has_word(tier, "\\b(residents?|trainees?|training|juniors?|"
                                                  "fellows?|candidates?|early careers?)\\b"),
                .is_for_graduates = has_word(tier, "\\b(graduates?|IMGs|any other doctor|members "
                                                   "abroad|international members)\\b"),
            };
        }
        g_once_init_leave(&readings, made);
    }
    return &readings[row - data_associations];
}

/* What joins a body with one specialty aimed at: its own, one that comes before or after, nothing.
 */
static enum association_grade grade_of(const struct data_associations *row,
                                       const struct data_specialties *aim,
                                       const struct data_specialties **found_out)
{
    const struct data_specialties *of = reading_of(row)->specialty;
    bool is_society = *row->domain != '\0' && strcmp(row->domain, aim->society_domain) == 0;
    *found_out = aim;
    if (is_society || of == aim || (of != NULL && strcmp(aim->parent, of->id) == 0)) {
        return ASSOCIATION_FITS;
    }
    if (of != NULL && strcmp(of->parent, aim->id) == 0) {
        *found_out = of;
        return ASSOCIATION_LATER;
    }
    return ASSOCIATION_LISTED;
}

static void fit_specialty(const struct goal *goal, struct association_fit *fit)
{
    g_auto(GStrv) ids = g_strsplit(goal->specialties != NULL ? goal->specialties : "", " ", -1);
    for (int i = 0; ids[i] != NULL; i++) {
        const struct data_specialties *aim = data_specialties_by_id(ids[i]);
        const struct data_specialties *found = NULL;
        enum association_grade grade =
            aim == NULL ? ASSOCIATION_LISTED : grade_of(fit->row, aim, &found);
        if (grade > fit->grade) {
            fit->grade = grade;
            fit->specialty = found->name;
            fit->points = grade == ASSOCIATION_LATER ? POINTS_LATER
                          : i == 0                   ? POINTS_SPECIALTY
                                                     : POINTS_SECOND;
            if (grade == ASSOCIATION_FITS && strcmp(fit->row->domain, aim->society_domain) != 0) {
                fit->points -= POINTS_BESIDE;
            }
        }
    }
}

/* ---- tiers ---- */

static bool is_in_training(const struct goal *goal)
{
    return goal_fits(goal, "stage:resident");
}

static void fit_tier(const struct goal *goal, struct association_fit *fit)
{
    const struct body_reading *reading = reading_of(fit->row);
    if (goal->stage == NULL) {
        return;
    }
    if (goal_fits(goal, "stage:student")) {
        fit->has_tier = reading->is_for_students;
        fit->is_free = reading->is_free_for_students;
    } else {
        fit->has_tier = is_in_training(goal) ? reading->is_for_trainees : reading->is_for_graduates;
    }
}

const char *association_stage_words(const struct goal *goal)
{
    return goal->stage == NULL                ? NULL
           : goal_fits(goal, "stage:student") ? "students"
           : is_in_training(goal)             ? "those in training"
                                              : "graduates not yet in training";
}

/* ---- the fit ---- */

/* To the middle of the next such month, to its end when the meeting may reach into the month after
 * ("July-August"); -1: the month is not known. */
static int days_to_month(const struct data_associations *row, int32_t today)
{
    int year;
    int now;
    int of_month;
    if (row->month < 1 || row->month > 12) {
        return -1;
    }
    day_to_ymd(today, &year, &now, &of_month);
    bool is_long = strchr(row->month_words, '-') != NULL;
    for (int turn = 0; turn < 2; turn++) {
        int32_t last = row->month == 12 ? day_from_ymd(year + turn + 1, 1, 1) - 1
                                        : day_from_ymd(year + turn, row->month + 1, 1) - 1;
        int32_t day = is_long ? last : day_from_ymd(year + turn, row->month, 15);
        if (day >= today) {
            return day - today;
        }
    }
    return -1;
}

void association_fit(const struct data_associations *row, const struct goal *goal, int32_t today,
                     struct association_fit *fit_out)
{
    *fit_out = (struct association_fit){
        .row = row,
        .grade = ASSOCIATION_LISTED,
        .is_private = association_is_private(row),
        .has_img_group = association_knows(row->img_group),
        .has_mentoring = strcmp(row->mentoring, "yes") == 0,
        .days_to_meeting = days_to_month(row, today),
    };
    if (fit_out->is_private) {
        fit_out->is_chosen = goal_has(goal->heritage, row->id);
        fit_out->grade = fit_out->is_chosen ? ASSOCIATION_FITS : ASSOCIATION_LISTED;
        fit_out->points = fit_out->is_chosen ? POINTS_CHOSEN : 0;
    } else if (strcmp(row->field, "all") == 0) {
        fit_out->is_national = true;
        fit_out->grade = ASSOCIATION_FITS;
        fit_out->points = POINTS_NATIONAL;
    } else {
        fit_specialty(goal, fit_out);
    }
    fit_tier(goal, fit_out);
    if (fit_out->points > 0) {
        bool is_near = fit_out->days_to_meeting >= 0 && fit_out->days_to_meeting <= MEETING_NEAR;
        fit_out->points += fit_out->has_img_group * POINTS_IMG + fit_out->is_free * POINTS_FREE +
                           fit_out->has_tier * POINTS_TIER +
                           fit_out->has_mentoring * POINTS_MENTORING + is_near * POINTS_MEETING;
    }
}

char *association_words(const struct association_fit *fit, const struct goal *goal)
{
    if (fit->grade == ASSOCIATION_LISTED) {
        return NULL;
    }
    GString *out = g_string_new(NULL);
    const char *stage = association_stage_words(goal);
    if (fit->grade == ASSOCIATION_LATER) {
        g_string_append_printf(out, "For later: %s follows your residency.", fit->specialty);
        return g_string_free(out, FALSE);
    }
    g_string_append(out, fit->is_chosen ? "You chose it" : "");
    g_string_append(out, fit->is_national ? "For every specialty" : "");
    if (fit->specialty != NULL) {
        g_string_append_printf(out, "Of %s", fit->specialty);
    }
    if (fit->is_free) {
        g_string_append(out, "; free for students");
    } else if (fit->has_tier && stage != NULL) {
        g_string_append_printf(out, "; names a tier for %s", stage);
    } else if (stage != NULL) {
        g_string_append_printf(out, "; no tier for %s is known here, so ask", stage);
    }
    g_string_append(out, fit->has_img_group ? "; has a group for graduates from abroad" : "");
    g_string_append(out, fit->has_mentoring ? "; arranges mentoring" : "");
    g_string_append_c(out, '.');
    return g_string_free(out, FALSE);
}

static gint best_first(gconstpointer a, gconstpointer b)
{
    const struct association_fit *x = a;
    const struct association_fit *y = b;
    int order = (int)y->grade - (int)x->grade;
    order = order != 0 ? order : y->points - x->points;
    return order != 0 ? order : strcmp(x->row->name, y->row->name);
}

void association_catalogue(const struct goal *goal, int32_t today, enum association_shelf shelf,
                           GArray *fits_out)
{
    guint from = fits_out->len;
    for (size_t i = 0; i < n_data_associations; i++) {
        if (association_shelf_of(&data_associations[i]) == shelf) {
            struct association_fit fit;
            association_fit(&data_associations[i], goal, today, &fit);
            g_array_append_val(fits_out, fit);
        }
    }
    if (fits_out->len > from) {
        qsort(&g_array_index(fits_out, struct association_fit, from), fits_out->len - from,
              sizeof(struct association_fit), best_first);
    }
}

char *association_title(const struct data_associations *row)
{
    return *row->abbreviation == '\0' ? g_strdup(row->name)
                                      : g_strdup_printf("%s (%s)", row->name, row->abbreviation);
}

char *association_short(const struct data_associations *row)
{
    for (size_t i = 0; i < n_data_associations; i++) {
        const struct data_associations *other = &data_associations[i];
        if (other != row && strcmp(other->abbreviation, row->abbreviation) == 0) {
            return association_title(row);
        }
    }
    return g_strdup(*row->abbreviation == '\0' ? row->name : row->abbreviation);
}

/* ---- reasons ---- */

double association_dear(const struct goal *goal, int64_t cents)
{
    if (cents <= 0 || goal->money_month < 0 || cents <= goal->money_month) {
        return 0;
    }
    return goal->money_month == 0
               ? 1
               : MIN((double)(cents - goal->money_month) / ((double)goal->money_month * 4), 1.0);
}

void association_terms(const struct association_fit *fit, const struct goal *goal, int64_t cents,
                       struct suggestion *suggestion)
{
    if (fit->is_chosen) {
        suggestion_term(suggestion, "assoc_chosen", 1, 0, NULL);
    }
    if (fit->is_national) {
        suggestion_term(suggestion, "assoc_national", 1, 0, NULL);
    }
    if (fit->specialty != NULL && fit->grade == ASSOCIATION_FITS) {
        suggestion_term(suggestion, "assoc_specialty", 1, 0, fit->specialty);
    }
    if (fit->is_free && cents <= 0) { /* a price of yours knows better */
        suggestion_term(suggestion, "assoc_free", 1, 0, NULL);
    } else if (fit->has_tier) {
        suggestion_term(suggestion, "assoc_tier", 1, 0, association_stage_words(goal));
    }
    if (fit->has_img_group) {
        suggestion_term(suggestion, "assoc_img", 1, 0, NULL);
    }
    if (fit->has_mentoring) {
        suggestion_term(suggestion, "assoc_mentoring", 1, 0, NULL);
    }
    if (fit->days_to_meeting >= 0 && fit->days_to_meeting <= MEETING_NEAR) {
        suggestion_term(suggestion, "assoc_meeting",
                        1 - fit->days_to_meeting / (MEETING_NEAR + 1.0), 0, fit->row->month_words);
    }
    if (association_dear(goal, cents) > 0) {
        suggestion_term(suggestion, "assoc_dear", association_dear(goal, cents), 0, NULL);
    }
}
