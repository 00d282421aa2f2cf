/* What may be answered to a question of the goal: the table a field names, as ids and labels. */
#include "model/goal_part.h"

#include "base/fold.h"
#include "data_associations.h"
#include "data_countries.h"
#include "data_exams.h"
#include "data_goal_choices.h"
#include "data_goal_fields.h"
#include "data_languages.h"
#include "data_regions.h"
#include "data_specialties.h"
#include "data_strategies.h"

#include <string.h>

static void add(GArray *out, const char *id, const char *label)
{
    struct goal_choice choice = {.id = id, .label = label};
    g_array_append_val(out, choice);
}

static void add_own(GArray *out, const char *field)
{
    for (size_t i = 0; i < n_data_goal_choices; i++) {
        if (strcmp(data_goal_choices[i].field, field) == 0) {
            add(out, data_goal_choices[i].id, data_goal_choices[i].label);
        }
    }
}

static void add_states(GArray *out)
{
    for (size_t i = 0; i < n_data_regions; i++) {
        if (strcmp(data_regions[i].kind, "state") == 0) {
            add(out, data_regions[i].code, data_regions[i].name);
        }
    }
}

static void add_heritage(GArray *out)
{
    for (size_t i = 0; i < n_data_associations; i++) {
        const struct data_associations *row = &data_associations[i];
        if (strcmp(row->kind, "ethnic_national") == 0 || strcmp(row->kind, "faith_based") == 0) {
            add(out, row->id, row->name);
        }
    }
}

#define ADD_ALL(table)                                                                             \
    static void add_##table(GArray *out)                                                           \
    {                                                                                              \
        for (size_t i = 0; i < n_data_##table; i++) {                                              \
            add(out, data_##table[i].id, data_##table[i].name);                                    \
        }                                                                                          \
    }
ADD_ALL(specialties)
ADD_ALL(countries)
ADD_ALL(exams)
ADD_ALL(languages)
ADD_ALL(strategies)

void goal_choices(const char *field, GArray *choices_out)
{
    static const struct {
        const char *choices;
        void (*add)(GArray *out);
    } sources[] = {
        {"specialties", add_specialties}, {"countries", add_countries}, {"exams", add_exams},
        {"languages", add_languages},     {"states", add_states},       {"heritage", add_heritage},
        {"strategies", add_strategies},
    };
    const struct data_goal_fields *row = data_goal_fields_by_id(field);
    if (row == NULL) {
        return;
    }
    if (strcmp(row->choices, "own") == 0) {
        add_own(choices_out, field);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(sources); i++) {
        if (strcmp(sources[i].choices, row->choices) == 0) {
            sources[i].add(choices_out);
        }
    }
}

const char *goal_choice_find(const struct data_goal_fields *field, const char *typed)
{
    g_autoptr(GArray) choices = g_array_new(FALSE, FALSE, sizeof(struct goal_choice));
    goal_choices(field->id, choices);
    g_autofree char *folded = fold_text(typed);
    for (guint i = 0; i < choices->len; i++) {
        const struct goal_choice *choice = &g_array_index(choices, struct goal_choice, i);
        if (g_ascii_strcasecmp(choice->id, typed) == 0) {
            return choice->id;
        }
    }
    for (guint i = 0; i < choices->len; i++) {
        const struct goal_choice *choice = &g_array_index(choices, struct goal_choice, i);
        g_autofree char *label = fold_text(choice->label);
        if (folded[0] != '\0' && strcmp(label, folded) == 0) {
            return choice->id;
        }
    }
    return NULL;
}
