/* The cadence feature: how often you mean to be in touch. */
#include "action/act.h"
#include "feature/cadence/cadence_parts.h"

#include "base/error.h"

/* Person or tag: exactly one. */
static bool target_of(const struct action_call *call, struct cadence *cadence_out, GError **error)
{
    *cadence_out = (struct cadence){
        .every_days = -1, .until_day = DAY_NONE, .from_day = DAY_NONE, .state = CADENCE_ACTIVE};
    cadence_out->person_id = call_id(call, "person");
    cadence_out->tag = call_text(call, "tag");
    cadence_out->scope = cadence_out->person_id != 0 ? CADENCE_PERSON : CADENCE_TAG;
    bool is_one = (cadence_out->person_id != 0) != (cadence_out->tag != NULL);
    return is_one ||
           refuse(error, "cadence.target", "Say for whom: one person, or everyone with a tag.");
}

static bool write_set(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    struct cadence cadence;
    if (!target_of(call, &cadence, error)) {
        return false;
    }
    cadence.every_days = call_span(call, "every");
    cadence.tier = call_text(call, "tier");
    cadence.from_day = book_today(book);
    if (call_bool(call, "never") || g_str_equal(call->action->name, "cadence.stop")) {
        cadence.state = CADENCE_NEVER;
    } else if (cadence.every_days < 0 && cadence.tier == NULL) {
        return refuse(error, "cadence.days_invalid",
                      "Say how often, such as 90d, or choose a tier: A, B or C.");
    }
    auto_change_log log = CHANGE_LOG(book);
    if (!cadence_set(book, &cadence, &log, error) ||
        !change_finish(book, &log, "Cadence set", error)) {
        return false;
    }
    *result_out = act_done(cadence.person_id, &log,
                           cadence.state == CADENCE_NEVER ? "No more reminders for this person."
                                                          : "The cadence is set.");
    return true;
}

static bool cadence_do_set(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_set, result_out, error);
}

/* pause, resume, remove */
static bool write_change(struct action_call *call, struct book *book, json_t **result_out,
                         GError **error)
{
    struct cadence cadence;
    auto_change_log log = CHANGE_LOG(book);
    const char *words = "The cadence is taken away.";
    bool is_well = target_of(call, &cadence, error);
    if (is_well && g_str_equal(call->action->name, "cadence.pause")) {
        is_well = cadence_pause(
            book, &cadence,
            call_has(call, "until") ? call_day(call, "until") : book_today(book) + 7, &log, error);
        words = "Left in peace for now.";
    } else if (is_well && g_str_equal(call->action->name, "cadence.resume")) {
        is_well = cadence_resume(book, &cadence, &log, error);
        words = "You will be reminded again.";
    } else if (is_well) {
        is_well = cadence_clear(book, &cadence, &log, error);
    }
    if (!is_well || !change_finish(book, &log, words, error)) {
        return false;
    }
    *result_out = act_done(cadence.person_id, &log, words);
    return true;
}

static bool cadence_do_change(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_change, result_out, error);
}

static bool read_list(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) cadences = g_array_new(false, true, sizeof(struct cadence));
    if (!cadence_list(book, text, cadences, error)) {
        return false;
    }
    json_t *items = json_array();
    for (guint i = 0; i < cadences->len; i++) {
        json_array_append_new(items, act_cadence(&g_array_index(cadences, struct cadence, i)));
    }
    *result_out = json_list("cadences", items, cadences->len, NULL);
    return true;
}

static bool cadence_do_list(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_list, result_out, error);
}

static const char *const tiers[] = {"A", "B", "C", NULL};

#define TARGET_PARAMS                                                                              \
    {.name = "person", .type = PARAM_ID, .help = "for one person"},                                \
        {.name = "tag", .type = PARAM_TEXT, .help = "or for everyone with this tag", .max = 100}

static const struct param set_params[] = {
    TARGET_PARAMS,
    {.name = "every", .type = PARAM_SPAN, .help = "how often: 90d, 6w, 3m"},
    {.name = "tier",
     .type = PARAM_CHOICE,
     .choices = tiers,
     .help = "or by tier: A about 5 weeks, B 3 months, C 6 months"},
    {.name = "never",
     .type = PARAM_BOOL,
     .help = "no reminders for this person, whatever their tags say"},
    {0}};
static const struct param pause_params[] = {
    TARGET_PARAMS,
    {.name = "until", .type = PARAM_DAY, .help = "until this day (default: for a week)"},
    {0}};
static const struct param target_params[] = {TARGET_PARAMS, {0}};
static const struct field list_fields[] = {
    {"cadences", FIELD_LIST, "all cadences", act_cadence_fields, false},
    {"total", FIELD_INT, "how many", NULL, false},
    {"next", FIELD_TEXT, "cursor", NULL, true},
    {0}};

static const struct action set_action = {
    .name = "cadence.set",
    .summary = "Say how often you mean to be in touch",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_WRITE,
    .detail =
        "Counts from the last real touch. A person's own cadence comes before those of their tags.",
    .params = set_params,
    .result = act_done_fields,
    .run = cadence_do_set};
static const struct action pause_action = {.name = "cadence.pause",
                                           .summary = "Leave somebody in peace for a while",
                                           .who = WHO_ACCOUNT,
                                           .effect = EFFECT_WRITE,
                                           .params = pause_params,
                                           .result = act_done_fields,
                                           .run = cadence_do_change};
static const struct action resume_action = {.name = "cadence.resume",
                                            .summary = "Be reminded again",
                                            .who = WHO_ACCOUNT,
                                            .effect = EFFECT_WRITE,
                                            .params = target_params,
                                            .result = act_done_fields,
                                            .run = cadence_do_change};
static const struct action remove_action = {.name = "cadence.remove",
                                            .summary = "Take a cadence away",
                                            .who = WHO_ACCOUNT,
                                            .effect = EFFECT_WRITE,
                                            .params = target_params,
                                            .result = act_done_fields,
                                            .run = cadence_do_change};
static const struct action list_action = {.name = "cadence.list",
                                          .summary = "List cadences",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_READ,
                                          .result = list_fields,
                                          .run = cadence_do_list};

static const struct action stop_action = {
    .name = "cadence.stop",
    .summary = "Send no reminders for somebody, whatever their tags say",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_WRITE,
    .params = target_params,
    .result = act_done_fields,
    .run = cadence_do_set};

static const struct action *const actions[] = {
    &stop_action, &set_action, &pause_action, &resume_action, &remove_action, &list_action, NULL};

static const struct page_route pages[] = {{"/cadence", PAGE_CACHED, cadence_page}, {0}};

const struct feature feature_cadence = {.name = "cadence",
                                        .actions = actions,
                                        .pages = pages,
                                        .on_person = cadence_on_person,
                                        .person_order = 35};
