/* The step feature: next things to do. */
#include "action/act.h"
#include "feature/step/step_parts.h"

static struct step from_call(const struct action_call *call)
{
    return (struct step){.person_id = call_id(call, "person"),
                         .title = call_text(call, "title"),
                         .why = call_text(call, "why"),
                         .due_day = call_day(call, "due"),
                         .minutes = (int)call_int(call, "minutes", -1),
                         .cost_cents = call_int(call, "cost", -1),
                         .currency = call_has(call, "cost") ? "USD" : NULL,
                         .strategy = call_text(call, "strategy"),
                         .snoozed_to = DAY_NONE};
}

static bool write_step(struct action_call *call, struct book *book, json_t **result_out,
                       GError **error)
{
    struct step step = from_call(call);
    auto_change_log log = CHANGE_LOG(book);
    int64_t step_id = 0;
    if (!step_add(book, &step, &log, &step_id, error) ||
        !change_finish(book, &log, "Step added", error)) {
        return false;
    }
    *result_out = act_done(step_id, &log, "The step is written down.");
    return true;
}

static bool step_do_add(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_step, result_out, error);
}

static bool write_edit(struct action_call *call, struct book *book, json_t **result_out,
                       GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct step step;
    if (!step_load(book, call_id(call, "id"), text, &step, error)) {
        return false;
    }
    step.title = call_has(call, "title") ? call_text(call, "title") : step.title;
    step.why = call_has(call, "why") ? call_text(call, "why") : step.why;
    step.due_day = call_has(call, "due") ? call_day(call, "due") : step.due_day;
    step.minutes = (int)call_int(call, "minutes", step.minutes);
    step.cost_cents = call_int(call, "cost", step.cost_cents);
    auto_change_log log = CHANGE_LOG(book);
    if (!step_edit(book, &step, &log, error) || !change_finish(book, &log, "Step changed", error)) {
        return false;
    }
    *result_out = act_done(step.step_id, &log, "The step is changed.");
    return true;
}

static bool step_do_edit(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_edit, result_out, error);
}

/* Done, dropped and snoozed differ by one call and the words of the undo. */
static bool write_state(struct action_call *call, struct book *book, json_t **result_out,
                        GError **error)
{
    int64_t step_id = call_id(call, "id");
    auto_change_log log = CHANGE_LOG(book);
    bool is_well = false;
    const char *words = "";
    if (g_str_equal(call->action->name, "step.done")) {
        is_well = step_done(book, step_id, &log, error);
        words = "Done.";
    } else if (g_str_equal(call->action->name, "step.drop")) {
        is_well = step_drop(book, step_id, &log, error);
        words = "Dropped for good.";
    } else {
        int32_t until = call_has(call, "until") ? call_day(call, "until") : book_today(book) + 7;
        is_well = step_snooze(book, step_id, until, &log, error);
        words = "Put off.";
    }
    if (!is_well || !change_finish(book, &log, words, error)) {
        return false;
    }
    *result_out = act_done(step_id, &log, words);
    return true;
}

static bool step_do_state(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_state, result_out, error);
}

static bool write_reopen(struct action_call *call, struct book *book, json_t **result_out,
                         GError **error)
{
    if (!step_reopen(book, call_id(call, "id"), error)) {
        return false;
    }
    *result_out = act_done(call_id(call, "id"), NULL, "The step is open again.");
    return true;
}

static bool step_do_reopen(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_reopen, result_out, error);
}

static bool read_list(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) steps = g_array_new(false, true, sizeof(struct step));
    struct step_filter filter = {.person_id = call_id(call, "person"),
                                 .state = call_text(call, "state"),
                                 .due_until = call_day(call, "until"),
                                 .limit = (int)call_int(call, "limit", 100)};
    if (!step_list(book, &filter, text, steps, error)) {
        return false;
    }
    json_t *items = json_array();
    for (guint i = 0; i < steps->len; i++) {
        json_array_append_new(items, act_step(&g_array_index(steps, struct step, i)));
    }
    *result_out = json_list("steps", items, steps->len, NULL);
    return true;
}

static bool step_do_list(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_list, result_out, error);
}

static const char *const states[] = {"open", "done", "dropped", NULL};

#define STEP_PARAMS(title_flags)                                                                   \
    {.name = "title",                                                                              \
     .type = PARAM_TEXT,                                                                           \
     .flags = title_flags,                                                                         \
     .help = "what to do, verb first",                                                             \
     .max = 200},                                                                                  \
        {.name = "why", .type = PARAM_TEXT, .help = "the reason, in a sentence", .max = 1000},     \
        {.name = "due", .type = PARAM_DAY, .help = "until when"},                                  \
        {.name = "minutes",                                                                        \
         .type = PARAM_INT,                                                                        \
         .help = "how long it takes",                                                              \
         .min = 1,                                                                                 \
         .max = 14400},                                                                            \
        {.name = "cost", .type = PARAM_MONEY, .help = "what it costs"}

static const struct param add_params[] = {
    STEP_PARAMS(PARAM_REQUIRED),
    {.name = "person", .type = PARAM_ID, .help = "with whom"},
    {.name = "strategy", .type = PARAM_TEXT, .help = "the strategy it belongs to", .max = 60},
    {0}};
static const struct param edit_params[] = {{.name = "id",
                                            .type = PARAM_ID,
                                            .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
                                            .help = "the step"},
                                           STEP_PARAMS(0),
                                           {0}};
static const struct param id_params[] = {{.name = "id",
                                          .type = PARAM_ID,
                                          .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
                                          .help = "the step"},
                                         {0}};
static const struct param snooze_params[] = {
    {.name = "id",
     .type = PARAM_ID,
     .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
     .help = "the step"},
    {.name = "until", .type = PARAM_DAY, .help = "not before this day (default: in a week)"},
    {0}};
static const struct param list_params[] = {
    {.name = "person", .type = PARAM_ID, .help = "with whom"},
    {.name = "state",
     .type = PARAM_CHOICE,
     .choices = states,
     .help = "open, done or dropped",
     .fallback = "open"},
    {.name = "until", .type = PARAM_DAY, .help = "due by this day"},
    {.name = "limit",
     .type = PARAM_INT,
     .help = "how many",
     .min = 1,
     .max = 1000,
     .fallback = "100"},
    {0}};
static const struct field list_fields[] = {
    {"steps", FIELD_LIST, "by due day", act_step_fields, false},
    {"total", FIELD_INT, "how many", NULL, false},
    {"next", FIELD_TEXT, "cursor", NULL, true},
    {0}};

static const struct action add_action = {.name = "step.add",
                                         .summary = "Write down a next step",
                                         .who = WHO_ACCOUNT,
                                         .effect = EFFECT_WRITE,
                                         .params = add_params,
                                         .result = act_done_fields,
                                         .run = step_do_add};
static const struct action edit_action = {.name = "step.edit",
                                          .summary = "Change a step",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_WRITE,
                                          .params = edit_params,
                                          .result = act_done_fields,
                                          .run = step_do_edit};
static const struct action done_action = {.name = "step.done",
                                          .summary = "Say that a step is done",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_WRITE,
                                          .params = id_params,
                                          .result = act_done_fields,
                                          .run = step_do_state};
static const struct action drop_action = {.name = "step.drop",
                                          .summary = "Drop a step for good",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_WRITE,
                                          .params = id_params,
                                          .result = act_done_fields,
                                          .run = step_do_state};
static const struct action snooze_action = {.name = "step.snooze",
                                            .summary = "Put a step off",
                                            .who = WHO_ACCOUNT,
                                            .effect = EFFECT_WRITE,
                                            .params = snooze_params,
                                            .result = act_done_fields,
                                            .run = step_do_state};
static const struct action reopen_action = {.name = "step.reopen",
                                            .summary = "Open a done or dropped step again",
                                            .who = WHO_ACCOUNT,
                                            .effect = EFFECT_WRITE,
                                            .params = id_params,
                                            .result = act_done_fields,
                                            .run = step_do_reopen};
static const struct action list_action = {.name = "step.list",
                                          .summary = "List steps by due day",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_READ,
                                          .params = list_params,
                                          .result = list_fields,
                                          .run = step_do_list};

static const struct action *const actions[] = {
    &add_action,    &list_action, &edit_action,   &done_action,
    &snooze_action, &drop_action, &reopen_action, NULL};

static const struct page_route pages[] = {{"/steps", PAGE_CACHED, step_page_list},
                                          {"/steps/new", PAGE_CACHED, step_page_new},
                                          {"/steps/:id", PAGE_CACHED, step_page_one},
                                          {0}};

const struct feature feature_step = {.name = "step",
                                     .actions = actions,
                                     .pages = pages,
                                     .on_person = step_on_person,
                                     .person_order = 10};
