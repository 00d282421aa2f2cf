/* The goal feature: the first conversation, and its answers one by one. */
#include "action/act.h"
#include "base/error.h"
#include "data_goal_fields.h"
#include "data_questions.h"
#include "feature/goal/goal_parts.h"

#include <string.h>

#define CHOICES_TOLD 40 /* longer lists are named, not told */

/* ---- show ---- */

static json_t *question_json(const struct data_questions *question, GHashTable *answers)
{
    g_auto(GStrv) ids = goal_question_fields(question);
    json_t *fields = json_array();
    for (char **id = ids; *id != NULL; id++) {
        const struct data_goal_fields *field = data_goal_fields_by_id(*id);
        const char *stored = g_hash_table_lookup(answers, *id);
        g_autofree char *words = goal_answer_words(field, stored);
        json_array_append_new(fields, json_pack("{s:s, s:s, s:o, s:o}", "id", field->id, "title",
                                                field->title, "value", json_text(stored), "words",
                                                json_text(stored != NULL ? words : NULL)));
    }
    return json_pack("{s:s, s:s, s:b, s:o}", "id", question->id, "title", question->title,
                     "is_answered", goal_is_answered(question, answers), "fields", fields);
}

static bool read_goal(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    g_autoptr(GHashTable) answers = goal_answers(book, error);
    if (answers == NULL) {
        return false;
    }
    json_t *questions = json_array();
    json_t *open = json_array();
    json_t *values = json_object();
    for (size_t i = 0; i < n_data_questions; i++) {
        json_array_append_new(questions, question_json(&data_questions[i], answers));
        if (!goal_is_answered(&data_questions[i], answers)) {
            json_array_append_new(open, json_string(data_questions[i].id));
        }
    }
    for (size_t i = 0; i < n_data_goal_fields; i++) {
        const char *stored = g_hash_table_lookup(answers, data_goal_fields[i].id);
        if (stored != NULL) {
            json_object_set_new(values, data_goal_fields[i].id, json_string(stored));
        }
    }
    *result_out =
        json_pack("{s:o, s:o, s:o}", "answers", values, "questions", questions, "open", open);
    return true;
}

bool goal_do_show(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_goal, result_out, error);
}

static const char *text_of(const json_t *json, const char *name)
{
    const char *text = json_string_value(json_object_get(json, name));
    return text != NULL ? text : "";
}

void goal_print(const json_t *result, FILE *out, const struct env *env)
{
    size_t i, k;
    json_t *question;
    json_t *field;
    json_array_foreach(json_object_get(result, "questions"), i, question)
    {
        fprintf(out, "%s\n", text_of(question, "title"));
        if (json_is_false(json_object_get(question, "is_answered"))) {
            fputs("  open\n", out);
        }
        json_array_foreach(json_object_get(question, "fields"), k, field)
        {
            if (text_of(field, "words")[0] != '\0') {
                fprintf(out, "  %s: %s\n", text_of(field, "title"), text_of(field, "words"));
            }
        }
    }
}

/* ---- set ---- */

/* What was given for a field, several parted by ","; NULL: nothing. New string. */
static char *given(const struct action_call *call, const char *name)
{
    const json_t *value = call_json(call, name);
    size_t index;
    json_t *one;
    if (!json_is_array(value)) {
        return g_strdup(json_string_value(value));
    }
    g_autoptr(GString) joined = g_string_new(NULL);
    json_array_foreach((json_t *)value, index, one)
    {
        const char *text = json_string_value(one);
        if (text != NULL && *text != '\0') {
            g_string_append_printf(joined, "%s%s", joined->len > 0 ? "," : "", text);
        }
    }
    return joined->len > 0 ? g_strdup(joined->str) : NULL;
}

/* The question's id is taken for its only field. */
static const char *field_of(const char *question)
{
    for (size_t i = 0; question != NULL && i < n_data_questions; i++) {
        if (strcmp(data_questions[i].id, question) == 0 &&
            strchr(data_questions[i].fields, ' ') == NULL) {
            return data_questions[i].fields;
        }
    }
    return question;
}

static bool set_all(struct action_call *call, struct book *book, struct change_log *log, int *n_out,
                    GError **error)
{
    bool is_whole = call_bool(call, "whole");
    for (size_t i = 0; i < n_data_goal_fields; i++) {
        const char *id = data_goal_fields[i].id;
        g_autofree char *value = given(call, id);
        bool is_out =
            is_whole && strcmp(id, "heritage") == 0 && !call_bool(call, "heritage_wanted");
        if (value == NULL && !is_whole) {
            continue;
        }
        *n_out += value != NULL && !is_out ? 1 : 0;
        if (!goal_set(book, id, is_out ? NULL : value, log, error)) {
            return false;
        }
    }
    return true;
}

static bool write_goal(struct action_call *call, struct book *book, json_t **result_out,
                       GError **error)
{
    auto_change_log log = CHANGE_LOG(book);
    const char *question = call_text(call, "question");
    int n = 0;
    if (question != NULL &&
        !goal_set(book, field_of(question), call_text(call, "value"), &log, error)) {
        return false;
    }
    if (!set_all(call, book, &log, &n, error)) {
        return false;
    }
    if (question == NULL && n == 0 && !call_bool(call, "whole")) {
        return refuse(error, "goal.nothing", "Say what to answer; `goal questions` lists it.");
    }
    if (!change_finish(book, &log, "Goal changed", error)) {
        return false;
    }
    *result_out = act_done(0, &log, "Your answers are kept; plans follow them.");
    return true;
}

bool goal_do_set(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_goal, result_out, error);
}

/* ---- questions ---- */

static json_t *field_json(const struct data_goal_fields *field)
{
    g_autoptr(GArray) choices = g_array_new(FALSE, TRUE, sizeof(struct goal_choice));
    json_t *told = json_array();
    goal_choices(field->id, choices);
    for (guint i = 0; i < choices->len && choices->len <= CHOICES_TOLD; i++) {
        const struct goal_choice *choice = &g_array_index(choices, struct goal_choice, i);
        json_array_append_new(told,
                              json_pack("{s:s, s:s}", "id", choice->id, "label", choice->label));
    }
    return json_pack("{s:s, s:s, s:s, s:o, s:i, s:o}", "id", field->id, "title", field->title,
                     "kind", field->kind, "hint", json_text(*field->hint ? field->hint : NULL),
                     "n_choices", (int)choices->len, "choices", told);
}

bool goal_do_questions(struct action_call *call, json_t **result_out, GError **error)
{
    json_t *questions = json_array();
    for (size_t i = 0; i < n_data_questions; i++) {
        const struct data_questions *row = &data_questions[i];
        g_auto(GStrv) ids = goal_question_fields(row);
        json_t *fields = json_array();
        for (char **id = ids; *id != NULL; id++) {
            json_array_append_new(fields, field_json(data_goal_fields_by_id(*id)));
        }
        json_array_append_new(questions, json_pack("{s:s, s:s, s:s, s:o}", "id", row->id, "title",
                                                   row->title, "why", row->why, "fields", fields));
    }
    *result_out = json_list("questions", questions, (int64_t)n_data_questions, NULL);
    return true;
}

void goal_print_questions(const json_t *result, FILE *out, const struct env *env)
{
    size_t i, k, c;
    json_t *question;
    json_t *field;
    json_t *choice;
    json_array_foreach(json_object_get(result, "questions"), i, question)
    {
        fprintf(out, "%s\n  %s\n", text_of(question, "title"), text_of(question, "why"));
        json_array_foreach(json_object_get(question, "fields"), k, field)
        {
            fprintf(out, "  --%s  %s\n", text_of(field, "id"), text_of(field, "title"));
            json_array_foreach(json_object_get(field, "choices"), c, choice)
            {
                fprintf(out, "      %-24s %s\n", text_of(choice, "id"), text_of(choice, "label"));
            }
        }
    }
}

/* ---- the descriptor ---- */

#define ANSWER(id_, help_) {.name = id_, .type = PARAM_TEXT, .help = help_, .max = 200}
#define ANSWERS(id_, help_)                                                                        \
    {.name = id_, .type = PARAM_TEXT, .flags = PARAM_REPEATED, .help = help_, .max = 400}

static const struct param set_params[] = {
    {.name = "question", .type = PARAM_TEXT, .help = "a question or one of its parts", .max = 60},
    {.name = "value", .type = PARAM_TEXT, .help = "the answer; none: taken back", .max = 400},
    ANSWERS("specialties", "one or two specialties"),
    ANSWER("cycle", "Match year"),
    ANSWER("stage", "student, graduate, certified, applying, unmatched, resident"),
    ANSWER("school", "medical school"),
    ANSWER("school_country", "its country"),
    ANSWER("graduated", "year of graduation"),
    ANSWERS("citizenship", "citizen of"),
    ANSWER("visa", "visa you would train on: none, j1, h1b, either, unknown"),
    ANSWER("work_permit", "permission to work today: citizen, green_card, ead, none, unknown"),
    ANSWERS("exams", "exams passed, or none"),
    ANSWER("place_now", "where you are now"),
    ANSWER("country_now", "its country"),
    ANSWER("zone", "time zone, as America/New_York"),
    ANSWERS("regions", "states you aim at"),
    ANSWERS("languages", "languages you speak"),
    ANSWERS("heritage", "associations of heritage or faith to be suggested, or none"),
    ANSWER("hours_week", "hours a week for networking"),
    ANSWERS("free_days", "days kept free, or none"),
    ANSWER("money_month", "dollars a month"),
    ANSWERS("tried", "strategies tried before, or none"),
    {.name = "whole", .type = PARAM_BOOL, .help = "what is not given is taken back"},
    {.name = "heritage_wanted",
     .type = PARAM_BOOL,
     .help = "with --whole: heritage may be kept; without it, it is taken back"},
    {0}};
static const struct field part_fields[] = {{"id", FIELD_TEXT, "what goal set takes", NULL, false},
                                           {"title", FIELD_TEXT, "its name", NULL, false},
                                           {"value", FIELD_TEXT, "as it is kept", NULL, true},
                                           {"words", FIELD_TEXT, "the same in words", NULL, true},
                                           {0}};
static const struct field answered_fields[] = {
    {"id", FIELD_TEXT, "of the question", NULL, false},
    {"title", FIELD_TEXT, "the question", NULL, false},
    {"is_answered", FIELD_BOOL, "something is answered", NULL, false},
    {"fields", FIELD_LIST, "its parts", part_fields, false},
    {0}};
static const struct field show_fields[] = {
    {"answers", FIELD_OBJECT, "what is answered, as it is kept", NULL, false},
    {"questions", FIELD_LIST, "all questions", answered_fields, false},
    {"open", FIELD_LIST, "ids of questions without an answer", NULL, false},
    {0}};
static const struct field questions_fields[] = {
    {"questions", FIELD_LIST, "each with why it is asked, its parts and choices", NULL, false},
    {"total", FIELD_INT, "how many", NULL, false},
    {"next", FIELD_TEXT, "cursor", NULL, true},
    {0}};

static const struct action show_action = {.name = "goal.show",
                                          .summary = "Show what you said of your goal",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_READ,
                                          .result = show_fields,
                                          .run = goal_do_show,
                                          .print = goal_print};
static const struct action set_action = {
    .name = "goal.set",
    .summary = "Answer a question about your goal, or several",
    .detail = "Each answer can be changed or taken back at any time; season, suggestions and weeks "
              "follow.",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_WRITE,
    .params = set_params,
    .result = act_done_fields,
    .run = goal_do_set};
static const struct action questions_action = {
    .name = "goal.questions",
    .summary = "List the questions about a goal, with why each is asked",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_READ,
    .result = questions_fields,
    .run = goal_do_questions,
    .print = goal_print_questions};

static const struct action *const actions[] = {&show_action, &set_action, &questions_action, NULL};
static const struct page_route pages[] = {{"/goal", PAGE_CACHED, goal_page}, {0}};

const struct feature feature_goal = {.name = "goal", .actions = actions, .pages = pages};
