/* The Today feature: the page, and `ligature today`. */
#include "action/act.h"
#include "feature/today/today_parts.h"

static json_t *due_json(const GArray *due)
{
    json_t *list = json_array();
    for (guint i = 0; i < due->len; i++) {
        const struct today_due *one = &g_array_index(due, struct today_due, i);
        bool has_person = one->person.person_id != 0;
        g_autofree char *touch =
            has_person ? g_strdup_printf("Be in touch with %s", one->person.name) : NULL;
        json_array_append_new(
            list, json_pack("{s:s, s:s, s:o, s:o, s:o, s:i, s:o}", "kind",
                            one->is_step ? "step" : "cadence", "title",
                            one->is_step ? one->step.title : touch, "step_id",
                            one->is_step ? json_id(one->step.step_id) : json_null(), "person_id",
                            has_person ? json_id(one->person.person_id) : json_null(), "due",
                            json_day(one->due_day), "days_late", one->n_late, "why",
                            json_text(one->is_step ? one->step.why : NULL)));
    }
    return list;
}

static bool read_today(struct action_call *call, struct book *book, json_t **result_out,
                       GError **error)
{
    g_autoptr(today_ptr) today = today_load(book, error);
    if (today == NULL) {
        return false;
    }
    json_t *heard = json_array();
    for (guint i = 0; i < today->heard->len; i++) {
        const struct today_heard *one = &g_array_index(today->heard, struct today_heard, i);
        json_t *touch = act_touch(&one->touch);
        json_object_set_new(touch, "name", json_string(one->person.name));
        json_array_append_new(heard, touch);
    }
    json_t *changed = json_array();
    for (guint i = 0; i < today->changed->len; i++) {
        const struct today_changed *one = &g_array_index(today->changed, struct today_changed, i);
        json_array_append_new(changed,
                              json_pack("{s:o, s:s, s:s, s:o, s:o}", "person_id",
                                        json_id(one->person.person_id), "name", one->person.name,
                                        "what", one->what, "before", json_text(one->before),
                                        "after", json_text(one->after)));
    }
    *result_out =
        json_pack("{s:o, s:o, s:o, s:o, s:o, s:i}", "day", json_day(book_today(book)), "overdue",
                  due_json(today->overdue), "due", due_json(today->due), "heard", heard, "changed",
                  changed, "resting", (int)today->resting->len);
    return true;
}

static bool today_do_show(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_today, result_out, error);
}

static void print_group(const json_t *list, const char *title, FILE *out)
{
    size_t index;
    json_t *one;
    if (json_array_size(list) > 0) {
        fprintf(out, "\n%s\n", title);
    }
    json_array_foreach((json_t *)list, index, one)
    {
        json_int_t late = json_integer_value(json_object_get(one, "days_late"));
        fprintf(out, "  %s", json_string_value(json_object_get(one, "title")));
        if (late > 0) {
            fprintf(out, ", %" JSON_INTEGER_FORMAT " %s late", late, late == 1 ? "day" : "days");
        }
        fputc('\n', out);
    }
}

static void print_today(const json_t *result, FILE *out, const struct env *env)
{
    const json_t *overdue = json_object_get(result, "overdue");
    const json_t *due = json_object_get(result, "due");
    fprintf(out, "%s\n", json_string_value(json_object_get(result, "day")));
    print_group(overdue, "Overdue", out);
    print_group(due, "Due today", out);
    if (json_array_size(overdue) + json_array_size(due) == 0) {
        fputs("Nothing is due.\n", out);
    }
    size_t index;
    json_t *one;
    if (json_array_size(json_object_get(result, "heard")) > 0) {
        fputs("\nHeard from\n", out);
    }
    json_array_foreach(json_object_get(result, "heard"), index, one)
    {
        fprintf(out, "  %s, %s\n", json_string_value(json_object_get(one, "name")),
                json_string_value(json_object_get(one, "on")));
    }
}

static const struct field due_fields[] = {{"kind", FIELD_TEXT, "step or cadence", NULL, false},
                                          {"title", FIELD_TEXT, "what to do", NULL, false},
                                          {"step_id", FIELD_ID, "the step", NULL, true},
                                          {"person_id", FIELD_ID, "with whom", NULL, true},
                                          {"due", FIELD_DAY, "the day", NULL, true},
                                          {"days_late", FIELD_INT, "0: due today", NULL, false},
                                          {"why", FIELD_TEXT, "the reason", NULL, true},
                                          {0}};
static const struct field show_fields[] = {
    {"day", FIELD_DAY, "today", NULL, false},
    {"overdue", FIELD_LIST, "latest first", due_fields, false},
    {"due", FIELD_LIST, "due today", due_fields, false},
    {"heard", FIELD_LIST, "touches from others of the last seven days", NULL, false},
    {"changed", FIELD_LIST,
     "who changed job, place or address: person_id, name, what, before, after", NULL, false},
    {"resting", FIELD_INT, "people left in peace", NULL, false},
    {0}};

static const struct action show_action = {.name = "today.show",
                                          .alias = "today",
                                          .summary = "Show who is due today",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_READ,
                                          .result = show_fields,
                                          .run = today_do_show,
                                          .print = print_today};
static const struct action *const actions[] = {&show_action, NULL};
static const struct page_route pages[] = {{"/", PAGE_CACHED, today_page}, {0}};

const struct feature feature_today = {.name = "today", .actions = actions, .pages = pages};
