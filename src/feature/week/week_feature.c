/* The week feature: seven days, chosen, agreed to, looked back on; and single suggestions. */
#include "action/act.h"
#include "feature/week/week_parts.h"

#define WEEK_PARAM                                                                                 \
    {                                                                                              \
        .name = "week", .type = PARAM_DAY,                                                         \
        .help = "any day of the week that is meant (default: this week)"                           \
    }
#define ID_PARAM                                                                                   \
    {                                                                                              \
        .name = "id", .type = PARAM_ID, .flags = PARAM_REQUIRED | PARAM_POSITIONAL,                \
        .help = "the step"                                                                         \
    }
#define SCOPE_PARAMS                                                                               \
    {.name = "scope", .type = PARAM_CHOICE, .choices = scopes, .help = "what the target is"},      \
        {.name = "target", .type = PARAM_TEXT, .help = "its key or id", .max = 200},               \
        {.name = "step", .type = PARAM_TEXT, .help = "the key of one suggestion", .max = 200},     \
        {.name = "person", .type = PARAM_TEXT, .help = "a person's id", .max = 26},                \
        {.name = "kind",                                                                           \
         .type = PARAM_TEXT,                                                                       \
         .help = "a kind of step, as alumni.first",                                                \
         .max = 80},                                                                               \
    {                                                                                              \
        .name = "strategy", .type = PARAM_TEXT, .help = "a strategy's id", .max = 60               \
    }

static const char *const scopes[] = {"step", "person", "strategy", "kind", NULL};

static const struct param week_params[] = {WEEK_PARAM, {0}};
static const struct param limits_params[] = {
    WEEK_PARAM,
    {.name = "hours", .type = PARAM_REAL, .help = "hours to spend, as 4.5", .max = 100},
    {.name = "minutes", .type = PARAM_INT, .help = "the same in minutes", .min = 0, .max = 6000},
    {.name = "money", .type = PARAM_MONEY, .help = "dollars to spend"},
    {.name = "messages", .type = PARAM_INT, .help = "messages at most", .min = 0, .max = 50},
    {0}};
static const struct param id_params[] = {ID_PARAM, {0}};
static const struct param move_params[] = {
    ID_PARAM,
    {.name = "to", .type = PARAM_DAY, .help = "the day (default: Monday in a week)"},
    {0}};
static const struct param review_params[] = {
    WEEK_PARAM,
    {.name = "note", .type = PARAM_TEXT, .help = "what you take from it", .max = 2000},
    {0}};
static const struct param list_params[] = {
    {.name = "strategy", .type = PARAM_TEXT, .help = "of this strategy only", .max = 60},
    {.name = "person", .type = PARAM_ID, .help = "with this person only"},
    {.name = "limit",
     .type = PARAM_INT,
     .help = "how many",
     .min = 1,
     .max = 1000,
     .fallback = "50"},
    {0}};
static const struct param take_params[] = {
    {.name = "key",
     .type = PARAM_TEXT,
     .flags = PARAM_POSITIONAL,
     .help = "of the suggestion",
     .max = 200},
    {.name = "on", .type = PARAM_DAY, .help = "for which day (default: today)"},
    {.name = "did", .type = PARAM_TEXT, .help = "key of one that is done already", .max = 200},
    {0}};
static const struct param refuse_params[] = {
    SCOPE_PARAMS,
    {.name = "what",
     .type = PARAM_TEXT,
     .help = "scope and target as kind:alumni.first",
     .max = 220},
    {.name = "until", .type = PARAM_DAY, .help = "not before this day (default: for good)"},
    {.name = "rest",
     .type = PARAM_TEXT,
     .help = "the key of one suggestion: not before next Monday",
     .max = 200},
    {.name = "reason", .type = PARAM_TEXT, .help = "why, in your own words", .max = 2000},
    {.name = "id", .type = PARAM_ID, .help = "the step that was made of it: dropped too"},
    {0}};
static const struct param forgive_params[] = {SCOPE_PARAMS, {0}};

static const struct field step_fields[] = {
    {"day", FIELD_DAY, "the day it stands on", NULL, false},
    {"title", FIELD_TEXT, "what to do", NULL, false},
    {"why", FIELD_TEXT, "the reason", NULL, true},
    {"minutes", FIELD_INT, "how long; 0: not known", NULL, false},
    {"cents", FIELD_INT, "what it costs", NULL, false},
    {"strategy", FIELD_TEXT, "it belongs to", NULL, true},
    {"person_id", FIELD_ID, "with whom", NULL, true},
    {"step_id", FIELD_ID, "the step, when it is one already", NULL, true},
    {"key", FIELD_TEXT, "of the suggestion, when it is only proposed", NULL, true},
    {"state", FIELD_TEXT, "proposed, open or done", NULL, false},
    {"is_pinned", FIELD_BOOL, "stays on its day", NULL, false},
    {"days_late", FIELD_INT, "0: not late", NULL, false},
    {"points", FIELD_INT, "what it is worth (docs/VALUE.md)", NULL, false},
    {"terms", FIELD_LIST, "reasons with their points", NULL, false},
    {0}};
static const struct field left_fields[] = {
    {"key", FIELD_TEXT, "of the suggestion", NULL, false},
    {"title", FIELD_TEXT, "what to do", NULL, false},
    {"minutes", FIELD_INT, "how long", NULL, false},
    {"cents", FIELD_INT, "what it costs", NULL, false},
    {"why_not", FIELD_TEXT, "why it was not chosen", NULL, false},
    {"points", FIELD_INT, "what it is worth", NULL, false},
    {0}};
const struct field week_show_fields[] = {
    {"monday", FIELD_DAY, "its first day", NULL, false},
    {"days", FIELD_TEXT, "the same in words", NULL, false},
    {"lead", FIELD_TEXT, "the week in a sentence or two", NULL, false},
    {"accepted_at", FIELD_AT, "agreed to", NULL, true},
    {"reviewed_at", FIELD_AT, "looked back on", NULL, true},
    {"minutes", FIELD_INT, "to spend", NULL, false},
    {"minutes_used", FIELD_INT, "of steps done", NULL, false},
    {"minutes_planned", FIELD_INT, "of the others", NULL, false},
    {"cents", FIELD_INT, "that may be spent", NULL, false},
    {"cents_used", FIELD_INT, "of steps done", NULL, false},
    {"cents_planned", FIELD_INT, "of the others", NULL, false},
    {"messages", FIELD_INT, "written and planned", NULL, false},
    {"messages_max", FIELD_INT, "at most", NULL, false},
    {"department_most", FIELD_INT, "the most messages to one department", NULL, false},
    {"suggestions", FIELD_INT, "that were looked at", NULL, false},
    {"is_proven", FIELD_BOOL, "no better week exists", NULL, false},
    {"is_over", FIELD_BOOL, "what has a day is more than the hours", NULL, false},
    {"steps", FIELD_LIST, "by day", step_fields, false},
    {"left", FIELD_LIST, "next best, at most 60", left_fields, false},
    {"n_left", FIELD_INT, "all that were not chosen", NULL, false},
    {"moved", FIELD_LIST, "what went to the next week, in sentences", NULL, false},
    {"news", FIELD_LIST, "what changed since the week was agreed to, in sentences", NULL, false},
    {0}};
static const struct field accept_fields[] = {
    {"id", FIELD_ID, "none", NULL, true},
    {"change_id", FIELD_ID, "takes it back (change.undo)", NULL, true},
    {"message", FIELD_TEXT, "what was done", NULL, false},
    {"steps", FIELD_INT, "how many came in", NULL, false},
    {0}};
static const struct field plan_fields[] = {
    {"id", FIELD_ID, "none", NULL, true},
    {"change_id", FIELD_ID, "takes it back (change.undo)", NULL, true},
    {"message", FIELD_TEXT, "what was done", NULL, false},
    {"moved", FIELD_LIST, "what moved, in sentences", NULL, false},
    {0}};
static const struct field waiting_fields[] = {{"person_id", FIELD_ID, "who", NULL, false},
                                              {"name", FIELD_TEXT, "their name", NULL, false},
                                              {"days", FIELD_INT, "since you wrote", NULL, false},
                                              {0}};
static const struct field thanks_fields[] = {
    {"key", FIELD_TEXT, "of the suggestion", NULL, false},
    {"title", FIELD_TEXT, "whom, and for what", NULL, false},
    {0}};
static const struct field review_fields[] = {
    {"id", FIELD_ID, "none", NULL, true},
    {"change_id", FIELD_ID, "takes it back (change.undo)", NULL, true},
    {"message", FIELD_TEXT, "what was done", NULL, false},
    {"days", FIELD_TEXT, "the week in words", NULL, false},
    {"came", FIELD_TEXT, "what came of it, in sentences", NULL, false},
    {"waiting", FIELD_LIST, "who has not answered, the last written to first", waiting_fields,
     false},
    {"thanks", FIELD_LIST, "thanks that are due", thanks_fields, false},
    {0}};
static const struct field suggestion_fields[] = {
    {"key", FIELD_TEXT, "stays the same while it is the same thing", NULL, false},
    {"title", FIELD_TEXT, "what to do", NULL, false},
    {"why", FIELD_TEXT, "the reason", NULL, false},
    {"strategy", FIELD_TEXT, "it belongs to", NULL, false},
    {"kind", FIELD_TEXT, "what kind of step", NULL, false},
    {"person_id", FIELD_ID, "with whom", NULL, true},
    {"minutes", FIELD_INT, "how long", NULL, false},
    {"cents", FIELD_INT, "what it costs", NULL, false},
    {"from", FIELD_DAY, "not before", NULL, true},
    {"until", FIELD_DAY, "of use until", NULL, true},
    {"points", FIELD_INT, "what it is worth (docs/VALUE.md)", NULL, false},
    {"terms", FIELD_LIST, "reasons with their points", NULL, false},
    {0}};
const struct field suggestion_list_fields[] = {
    {"suggestions", FIELD_LIST, "worth most first", suggestion_fields, false},
    {"total", FIELD_INT, "how many", NULL, false},
    {"next", FIELD_TEXT, "cursor", NULL, true},
    {0}};

#define ROW(name_, summary_, effect_, params_, result_, run_)                                      \
    {                                                                                              \
        .name = name_, .summary = summary_, .who = WHO_ACCOUNT, .effect = effect_,                 \
        .params = params_, .result = result_, .run = run_                                          \
    }

static const struct action show_action = {
    .name = "week.show",
    .alias = "week",
    .summary = "Show this week's steps, or what is proposed for it",
    .detail = "What is proposed is the best set of suggestions inside the hours, the money and the "
              "messages of the week; it is worked out each time and kept nowhere until you agree.",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_READ,
    .params = week_params,
    .result = week_show_fields,
    .run = week_do_show,
    .print = week_print};
static const struct action accept_action =
    ROW("week.accept", "Agree to the week: what is proposed becomes steps", EFFECT_WRITE,
        week_params, accept_fields, week_do_accept);
static const struct action plan_action = {
    .name = "week.plan",
    .summary = "Plan an agreed week again; what is done, begun or pinned stays",
    .detail = "What has no room any more goes to the week after; what is suggested now comes in "
              "where there is room. What you agreed to counts more than before, so that little is "
              "shuffled.",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_WRITE,
    .params = week_params,
    .result = plan_fields,
    .run = week_do_plan,
    .print = week_print_plan};
static const struct action limits_action =
    ROW("week.limits", "Change the hours, money or messages of a week", EFFECT_WRITE, limits_params,
        act_done_fields, week_do_limits);
static const struct action pin_action =
    ROW("week.pin", "Keep a step on its day whatever is planned again", EFFECT_WRITE, id_params,
        act_done_fields, week_do_pin);
static const struct action unpin_action =
    ROW("week.unpin", "Let a pinned step move again", EFFECT_WRITE, id_params, act_done_fields,
        week_do_pin);
static const struct action move_action =
    ROW("week.move", "Move a step to another day", EFFECT_WRITE, move_params, act_done_fields,
        week_do_move);
static const struct action review_action = {
    .name = "week.review",
    .summary = "Look back on a week: what came of it, what waits, whom to thank",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_WRITE,
    .params = review_params,
    .result = review_fields,
    .run = week_do_review,
    .print = week_print_review};
static const struct action list_action = {.name = "suggestion.list",
                                          .summary = "List what is suggested, worth most first",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_READ,
                                          .params = list_params,
                                          .result = suggestion_list_fields,
                                          .run = suggestion_do_list,
                                          .print = suggestion_print};
static const struct action take_action =
    ROW("suggestion.take", "Make a suggestion a step now", EFFECT_WRITE, take_params,
        act_done_fields, suggestion_do_take);
static const struct action refuse_action =
    ROW("suggestion.refuse", "Leave out a step, a person, a kind or a strategy", EFFECT_WRITE,
        refuse_params, act_done_fields, suggestion_do_refuse);
static const struct action forgive_action =
    ROW("suggestion.forgive", "Take a refusal back", EFFECT_WRITE, forgive_params, act_done_fields,
        suggestion_do_forgive);

static const struct action *const actions[] = {
    &show_action, &accept_action, &plan_action, &limits_action, &pin_action,    &unpin_action,
    &move_action, &review_action, &list_action, &take_action,   &refuse_action, &forgive_action,
    NULL};

static const struct page_route pages[] = {{"/week", PAGE_CACHED, week_page},
                                          {"/week/left", PAGE_CACHED, week_page_left},
                                          {"/week/limits", PAGE_CACHED, week_page_limits},
                                          {"/week/step", PAGE_CACHED, week_page_step},
                                          {"/week/review", PAGE_CACHED, week_page_review},
                                          {0}};

const struct feature feature_week = {.name = "week", .actions = actions, .pages = pages};
