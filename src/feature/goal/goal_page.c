/* /goal: all questions on one page and in one form; what is left empty is not answered. */
#include "feature/goal/goal_parts.h"

#include "base/words.h"
#include "data_goal_fields.h"
#include "data_questions.h"
#include "goal.tpl.h"
#include "page/usual.h"

#include <string.h>

#define BOXES_MOST 24 /* choices up to this are boxes to tick, more are typed or picked */
#define BOXES_SHORT 8
#define PICKED_MOST 3 /* answers up to this are picked from lists */

/* Offered while typing; any other is taken too. */
static const char *const zones[] = {
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Phoenix",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "America/Toronto",
    "America/Mexico_City",
    "America/Bogota",
    "America/Lima",
    "America/Caracas",
    "America/Sao_Paulo",
    "America/Argentina/Buenos_Aires",
    "America/Santo_Domingo",
    "America/Jamaica",
    "Europe/London",
    "Europe/Dublin",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Rome",
    "Europe/Madrid",
    "Europe/Warsaw",
    "Europe/Kyiv",
    "Europe/Istanbul",
    "Europe/Moscow",
    "Africa/Cairo",
    "Africa/Khartoum",
    "Africa/Lagos",
    "Africa/Accra",
    "Africa/Nairobi",
    "Africa/Addis_Ababa",
    "Africa/Johannesburg",
    "Asia/Amman",
    "Asia/Beirut",
    "Asia/Baghdad",
    "Asia/Damascus",
    "Asia/Riyadh",
    "Asia/Dubai",
    "Asia/Tehran",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Colombo",
    "Asia/Kathmandu",
    "Asia/Dhaka",
    "Asia/Yangon",
    "Asia/Bangkok",
    "Asia/Shanghai",
    "Asia/Manila",
    "Asia/Seoul",
    "Asia/Tokyo",
    "Australia/Sydney",
};

struct asking {
    struct page *page;
    GHashTable *answers;
};

/* What a refused form had typed into a field: the n-th of several. NULL: nothing. */
static const char *typed_at(const struct page *page, const char *name, size_t n)
{
    const json_t *value = json_object_get(page->typed, name);
    return json_is_array(value) ? json_string_value(json_array_get(value, n))
           : n == 0             ? json_string_value(value)
                                : NULL;
}

static bool is_chosen(const struct asking *asking, const char *name, const char *id)
{
    const struct page *page = asking->page;
    if (page->typed == NULL) {
        return goal_has(g_hash_table_lookup(asking->answers, name), id);
    }
    const json_t *value = json_object_get(page->typed, name);
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (g_strcmp0(json_string_value(json_array_get(value, i)), id) == 0) {
            return true;
        }
    }
    return g_strcmp0(json_string_value(value), id) == 0;
}

/* The sentence that refuses this field: goal_set names it first. */
static const char *refusal_of(const struct asking *asking, const struct data_goal_fields *field)
{
    struct page *page = asking->page;
    g_autofree char *head = g_strdup_printf("%s: ", field->title);
    return page->refusal != NULL && g_str_has_prefix(page->refusal, head)
               ? page_printf(page, "%s", page->refusal + strlen(head))
               : page_refused(page, field->id);
}

static void fill_boxes(const struct asking *asking, const struct data_goal_fields *field,
                       const GArray *choices, struct goal_input *input)
{
    struct page *page = asking->page;
    struct goal_box *boxes = page_room(page, struct goal_box, choices->len + 1);
    for (guint i = 0; i < choices->len; i++) {
        const struct goal_choice *choice = &g_array_index(choices, struct goal_choice, i);
        boxes[input->n_boxes++] =
            (struct goal_box){.id = page_printf(page, "%s-%s", field->id, choice->id),
                              .value = choice->id,
                              .label = choice->label,
                              .is_chosen = is_chosen(asking, field->id, choice->id)};
    }
    bool is_opt = strcmp(field->id, "heritage") == 0;
    if (field->has_none && !is_opt) {
        boxes[input->n_boxes++] =
            (struct goal_box){.id = page_printf(page, "%s-none", field->id),
                              .value = "none",
                              .label = "None",
                              .is_chosen = is_chosen(asking, field->id, "none")};
    }
    if (is_opt) {
        const char *stored = g_hash_table_lookup(asking->answers, field->id);
        bool is_on = page->typed != NULL ? typed_at(page, "heritage_wanted", 0) != NULL
                                         : stored != NULL && strcmp(stored, "none") != 0;
        input->opt = (struct goal_box){.id = "heritage-wanted",
                                       .value = "yes",
                                       .label = "Yes, I choose what may be suggested",
                                       .is_chosen = is_on};
    }
    input->boxes = boxes;
    input->is_long = input->n_boxes > BOXES_SHORT;
}

static const struct part_option *options_of(const struct asking *asking, const GArray *choices,
                                            const char *chosen)
{
    struct part_option *options = page_room(asking->page, struct part_option, choices->len + 1);
    options[0] = (struct part_option){.value = "", .label = "Not said"};
    for (guint i = 0; i < choices->len; i++) {
        const struct goal_choice *choice = &g_array_index(choices, struct goal_choice, i);
        options[i + 1] = (struct part_option){.value = choice->id,
                                              .label = choice->label,
                                              .is_chosen = g_strcmp0(choice->id, chosen) == 0};
    }
    return options;
}

/* A list to pick from for each answer that is kept. */
static void fill_picks(const struct asking *asking, const struct data_goal_fields *field,
                       const GArray *choices, struct goal_input *input)
{
    struct page *page = asking->page;
    const char *stored = g_hash_table_lookup(asking->answers, field->id);
    g_auto(GStrv) ids = g_strsplit(stored != NULL ? stored : "", " ", -1);
    guint n_ids = g_strv_length(ids);
    size_t n = MIN(field->most, 2);
    struct part_field *fields = page_room(page, struct part_field, n);
    for (size_t i = 0; i < n; i++) {
        const char *chosen = page->typed != NULL ? typed_at(page, field->id, i)
                             : i < n_ids         ? ids[i]
                                                 : NULL;
        fields[i] = (struct part_field){
            .name = field->id,
            .id = i == 0 ? field->id : page_printf(page, "%s-%zu", field->id, i + 1),
            .label = i == 0 ? field->title : "and, if there is another",
            .type = "select",
            .options = options_of(asking, choices, chosen),
            .n_options = choices->len + 1,
            .error = i == 0 ? refusal_of(asking, field) : NULL,
            .hint = i == 0 && *field->hint != '\0' ? field->hint : NULL};
    }
    input->fields = fields;
    input->n_fields = n;
}

static void fill_words(const struct asking *asking, const struct data_goal_fields *field,
                       struct goal_input *input)
{
    struct page *page = asking->page;
    struct part_field *one = page_room(page, struct part_field, 1);
    char *stored =
        page_keep(page, goal_answer_typed(field, g_hash_table_lookup(asking->answers, field->id)));
    bool is_number = strcmp(field->kind, "year") == 0;
    bool is_amount = strcmp(field->kind, "hours") == 0 || strcmp(field->kind, "money") == 0;
    *one = (struct part_field){.name = field->id,
                               .label = field->title,
                               .value = page->typed != NULL ? typed_at(page, field->id, 0) : stored,
                               .error = refusal_of(asking, field),
                               .inputmode = is_number   ? "numeric"
                                            : is_amount ? "decimal"
                                                        : NULL,
                               .hint = strcmp(field->kind, "many") == 0 && *field->hint == '\0'
                                           ? "Several with commas"
                                       : *field->hint != '\0' ? field->hint
                                                              : NULL};
    input->list = strcmp(field->kind, "zone") == 0 ? "zones" : NULL;
    input->fields = one;
    input->n_fields = 1;
}

static void fill_input(const struct asking *asking, const char *id, struct goal_input *input)
{
    const struct data_goal_fields *field = data_goal_fields_by_id(id);
    g_autoptr(GArray) choices = g_array_new(FALSE, TRUE, sizeof(struct goal_choice));
    bool is_many = strcmp(field->kind, "many") == 0;
    *input = (struct goal_input){.name = field->id,
                                 .title = field->title,
                                 .hint = *field->hint != '\0' ? field->hint : NULL,
                                 .error = refusal_of(asking, field)};
    goal_choices(field->id, choices);
    if (is_many && (choices->len <= BOXES_MOST || strcmp(id, "heritage") == 0)) {
        fill_boxes(asking, field, choices, input);
    } else if (choices->len > 0 && (!is_many || field->most <= PICKED_MOST)) {
        fill_picks(asking, field, choices, input);
    } else {
        fill_words(asking, field, input);
    }
}

static void fill_question(const struct asking *asking, const struct data_questions *row,
                          struct goal_question *question)
{
    g_auto(GStrv) ids = goal_question_fields(row);
    guint n = g_strv_length(ids);
    struct goal_input *inputs = page_room(asking->page, struct goal_input, n);
    for (guint i = 0; i < n; i++) {
        fill_input(asking, ids[i], &inputs[i]);
    }
    *question = (struct goal_question){.anchor = page_printf(asking->page, "q-%s", row->id),
                                       .number = (int)(row - data_questions) + 1,
                                       .title = row->title,
                                       .why = row->why,
                                       .is_answered = goal_is_answered(row, asking->answers),
                                       .inputs = inputs,
                                       .n_inputs = n};
}

static void fill_open(struct page *page, struct goal_view *view)
{
    struct goal_open *open = page_room(page, struct goal_open, view->n_questions);
    for (size_t i = 0; i < view->n_questions; i++) {
        if (!view->questions[i].is_answered) {
            open[view->n_open++] =
                (struct goal_open){.href = page_printf(page, "#%s", view->questions[i].anchor),
                                   .title = view->questions[i].title};
        }
    }
    view->open = open;
}

static bool show_goal(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(GHashTable) answers = goal_answers(&book, error);
    if (answers == NULL) {
        return false;
    }
    const struct asking asking = {.page = page, .answers = answers};
    struct goal_view view = {.zones = zones, .n_zones = G_N_ELEMENTS(zones)};
    struct goal_question *questions = page_room(page, struct goal_question, n_data_questions);
    for (size_t i = 0; i < n_data_questions; i++) {
        fill_question(&asking, &data_questions[i], &questions[i]);
    }
    view.questions = questions;
    view.n_questions = n_data_questions;
    view.refusal = page->refusal;
    fill_open(page, &view);
    page_frame(page, NAV_SEASON, "Your goal", &view.frame);
    g_autofree char *count = words_count((int64_t)view.n_questions, "question", "questions");
    view.lead = page_printf(page,
                            "%s, each of which you may skip. They decide which dates, people and "
                            "steps come up. Nothing of it leaves this program, and all of it can "
                            "be changed.",
                            count);
    goal_render(page->out, &view);
    return true;
}

bool goal_page(struct page *page, GError **error)
{
    return db_read(page->db, "page goal", show_goal, page, error);
}
