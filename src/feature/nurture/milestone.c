/* Milestones of yours, and who had a part in them: exams sat and passed, papers that came out,
 * rotations that ended. Only what is known to be so: an exam counts when its own day is past and the
 * goal says that it is passed. Pure. */
#include "feature/nurture/nurture.h"

#include "base/fold.h"
#include "data_exams.h"
#include "data_favour_kinds.h"
#include "model/goal.h"
#include "model/since.h"

#include <string.h>

#define EXAM_FROM 14  /* a result takes weeks */
#define EXAM_UNTIL 75
#define OTHER_UNTIL 30

struct exam_word {
    const char *id;
    const char *words; /* in a folded title */
};
static const struct exam_word exam_words[] = {
    {"step1", "step 1"}, {"step2ck", "step 2"}, {"step3", "step 3"}, {"oet", "oet"}};

/* The exam a date of one's own stands for; NULL. */
static const struct data_exams *exam_of(const char *title)
{
    g_autofree char *folded = fold_text(title);
    for (size_t i = 0; i < G_N_ELEMENTS(exam_words); i++) {
        if (strstr(folded, exam_words[i].words) != NULL) {
            return data_exams_by_id(exam_words[i].id);
        }
    }
    return NULL;
}

static void add(const struct outlook *outlook, struct milestone milestone, GArray *out)
{
    if (outlook->today >= milestone.from_day && outlook->today <= milestone.until_day) {
        g_array_append_val(out, milestone);
    }
}

static void add_exams(const struct outlook *outlook, GStringChunk *text, GArray *out)
{
    const GArray *dates = outlook->season != NULL ? outlook->season->dates : NULL;
    for (guint i = 0; dates != NULL && i < dates->len; i++) {
        const struct season_date *date = &g_array_index(dates, struct season_date, i);
        const struct data_exams *exam = g_strcmp0(date->kind, "exam") == 0 &&
                                                date->on_day < outlook->today
                                            ? exam_of(date->title)
                                            : NULL;
        if (exam == NULL || !goal_has(outlook->goal.exams, exam->id)) {
            continue;
        }
        g_autofree char *words = g_strconcat("you passed ", exam->name, NULL);
        add(outlook,
            (struct milestone){.day = date->on_day,
                               .from_day = date->on_day + EXAM_FROM,
                               .until_day = date->on_day + EXAM_UNTIL,
                               .words = g_string_chunk_insert_const(text, words)},
            out);
    }
}

static void add_pursuits(const struct outlook *outlook, GStringChunk *text, GArray *out)
{
    for (guint i = 0; i < outlook->pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(outlook->pursuits, struct pursuit, i);
        bool is_paper = g_strcmp0(one->kind, "research") == 0 &&
                        g_strcmp0(one->stage, "published") == 0;
        bool is_rotation =
            g_strcmp0(one->kind, "rotation") == 0 && g_strcmp0(one->stage, "done") == 0;
        if (one->deleted_at != AT_NONE || one->closed_at == AT_NONE ||
            !(is_paper || is_rotation)) {
            continue;
        }
        int32_t day = is_rotation && one->until_day != DAY_NONE
                          ? one->until_day
                          : (int32_t)(one->closed_at / US_PER_DAY);
        g_autofree char *words = is_paper ? g_strdup_printf("“%s” is out", one->title)
                                          : g_strdup_printf("you finished %s", one->title);
        add(outlook,
            (struct milestone){.day = day,
                               .from_day = day,
                               .until_day = day + OTHER_UNTIL,
                               .words = g_string_chunk_insert_const(text, words)},
            out);
    }
}

static int newest_first(gconstpointer a_, gconstpointer b_)
{
    const struct milestone *a = a_;
    const struct milestone *b = b_;
    return a->day != b->day ? (a->day > b->day ? -1 : 1) : strcmp(a->words, b->words);
}

void milestones_of(const struct outlook *outlook, GStringChunk *text, GArray *milestones_out)
{
    add_exams(outlook, text, milestones_out);
    add_pursuits(outlook, text, milestones_out);
    g_array_sort(milestones_out, newest_first);
}

bool milestone_is_open(const struct outlook *outlook, const struct season_date *date)
{
    const struct data_exams *exam = exam_of(date->title);
    return exam != NULL && !goal_has(outlook->goal.exams, exam->id);
}

/* ---- whom ---- */

static bool was_granted(const struct favour *favour)
{
    return g_strcmp0(favour->state, "granted") == 0 || g_strcmp0(favour->state, "thanked") == 0 ||
           g_strcmp0(favour->state, "told") == 0;
}

static bool wrote_letter(const struct outlook *outlook, int64_t person_id)
{
    for (guint i = 0; i < outlook->pursuit_people->len; i++) {
        const struct pursuit_person *link =
            &g_array_index(outlook->pursuit_people, struct pursuit_person, i);
        for (guint k = 0; link->person_id == person_id && k < outlook->pursuits->len; k++) {
            const struct pursuit *one = &g_array_index(outlook->pursuits, struct pursuit, k);
            if (one->pursuit_id == link->pursuit_id && g_strcmp0(one->kind, "letter") == 0 &&
                g_strcmp0(one->stage, "declined") != 0 && one->deleted_at == AT_NONE) {
                return true;
            }
        }
    }
    return false;
}

bool nurture_has_helped(const struct outlook *outlook, const struct contact *contact,
                        const struct favour **favour_out)
{
    const struct favour *best = NULL;
    for (guint i = 0; i < outlook->favours->len; i++) {
        const struct favour *favour = &g_array_index(outlook->favours, struct favour, i);
        if (favour->person_id == contact->person_id && favour->deleted_at == AT_NONE &&
            g_strcmp0(favour->direction, "asked") == 0 && was_granted(favour)) {
            const struct data_favour_kinds *kind = data_favour_kinds_by_id(favour->kind);
            const struct data_favour_kinds *known =
                best != NULL ? data_favour_kinds_by_id(best->kind) : NULL;
            best = known == NULL || (kind != NULL && kind->weight > known->weight) ? favour : best;
        }
    }
    if (favour_out != NULL) {
        *favour_out = best;
    }
    return best != NULL || contact_is(contact, CONTACT_MENTOR) ||
           wrote_letter(outlook, contact->person_id);
}
