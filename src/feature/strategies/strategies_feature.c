/* The strategies feature: the field's table with your numbers, and the rows behind them. */
#include "feature/strategies/strategies_parts.h"

static const char *const ofs[] = {"steps",   "messages", "replies", "talks",   "introductions",
                                  "mentors", "letters",  "hours",   "dollars", NULL};

static const struct param list_params[] = {
    {.name = "since", .type = PARAM_DAY, .help = "count from this day (default: 1 January)"}, {0}};
static const struct param show_params[] = {
    {.name = "id",
     .type = PARAM_TEXT,
     .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
     .help = "the strategy (ligature strategy list)",
     .max = 60},
    {.name = "since", .type = PARAM_DAY, .help = "count from this day (default: 1 January)"},
    {0}};
static const struct param rows_params[] = {
    {.name = "id",
     .type = PARAM_TEXT,
     .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
     .help = "the strategy, or all",
     .max = 60},
    {.name = "of",
     .type = PARAM_CHOICE,
     .help = "which number",
     .choices = ofs,
     .fallback = "steps"},
    {.name = "since", .type = PARAM_DAY, .help = "count from this day (default: 1 January)"},
    {0}};

#define NUMBER_FIELDS                                                                             \
    {"id", FIELD_TEXT, "for strategy.show", NULL, false},                                         \
        {"name", FIELD_TEXT, "as shown", NULL, false},                                            \
        {"about", FIELD_TEXT, "in a few words", NULL, false},                                     \
        {"href", FIELD_TEXT, "its page", NULL, true},                                             \
        {"steps", FIELD_INT, "steps done", NULL, false},                                          \
        {"messages", FIELD_INT, "of those, wrote to somebody", NULL, false},                      \
        {"replies", FIELD_INT, "answers to them", NULL, false},                                   \
        {"talks", FIELD_INT, "talks that came of steps", NULL, false},                            \
        {"introductions", FIELD_INT, "introductions granted", NULL, false},                       \
        {"mentors", FIELD_INT, "mentors found", NULL, false},                                     \
        {"letters", FIELD_INT, "letters granted or uploaded", NULL, false},                       \
        {"minutes", FIELD_INT, "minutes spent", NULL, false},                                     \
        {"cents", FIELD_INT, "US cents spent", NULL, false},                                      \
        {"steps_by_week", FIELD_LIST, "12 weeks, this one last", NULL, false},                    \
        {"answered_by_week", FIELD_LIST, "of those, led to an answer or a talk", NULL, false}

static const struct field strategy_fields[] = {NUMBER_FIELDS, {0}};
static const struct field list_fields[] = {
    {"strategies", FIELD_LIST, "in the order of the table", strategy_fields, false},
    {"total", FIELD_INT, "how many", NULL, false},
    {"next", FIELD_TEXT, "cursor", NULL, true},
    {0}};
static const struct field suggestion_fields[] = {
    {"key", FIELD_TEXT, "the same while it is the same thing", NULL, false},
    {"title", FIELD_TEXT, "what to do", NULL, false},
    {"why", FIELD_TEXT, "the reason", NULL, false},
    {"person_id", FIELD_ID, "with whom", NULL, true},
    {"from", FIELD_DAY, "not before", NULL, true},
    {"until", FIELD_DAY, "of use until", NULL, true},
    {"minutes", FIELD_INT, "how long it takes", NULL, false},
    {"cents", FIELD_INT, "what it costs", NULL, false},
    {"points", FIELD_INT, "its worth, docs/VALUE.md", NULL, false},
    {0}};
static const struct field show_fields[] = {
    NUMBER_FIELDS,
    {"activities", FIELD_TEXT, "what you do", NULL, false},
    {"benefits", FIELD_TEXT, "what it brings", NULL, false},
    {"challenges", FIELD_TEXT, "what is hard", NULL, false},
    {"target", FIELD_TEXT, "how much", NULL, false},
    {"cadence", FIELD_TEXT, "how often", NULL, false},
    {"evidence", FIELD_TEXT, "found, known, derived or unsure", NULL, false},
    {"source", FIELD_TEXT, "where it comes from", NULL, false},
    {"suggestions", FIELD_LIST, "what it suggests now, best first", suggestion_fields, false},
    {"suggested", FIELD_INT, "how many suggestions there are", NULL, false},
    {0}};
static const struct field row_fields[] = {
    {"strategy", FIELD_TEXT, "whose", NULL, false},
    {"step_id", FIELD_ID, "the step", NULL, true},
    {"person_id", FIELD_ID, "with whom", NULL, true},
    {"name", FIELD_TEXT, "their name", NULL, true},
    {"on", FIELD_DAY, "when", NULL, false},
    {"words", FIELD_TEXT, "the step, or what happened", NULL, true},
    {"amount", FIELD_INT, "minutes or cents; else 1", NULL, false},
    {0}};
static const struct field rows_fields[] = {{"rows", FIELD_LIST, "newest first", row_fields, false},
                                           {"total", FIELD_INT, "how many", NULL, false},
                                           {"next", FIELD_TEXT, "cursor", NULL, true},
                                           {0}};

static const struct action list_action = {
    .name = "strategy.list",
    .summary = "List the ways of building a network with what each has brought",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_READ,
    .params = list_params,
    .result = list_fields,
    .run = strategies_do_list,
    .print = strategies_print_list};
static const struct action show_action = {
    .name = "strategy.show",
    .summary = "Show a strategy: what it asks, what it brought, what it suggests now",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_READ,
    .params = show_params,
    .result = show_fields,
    .run = strategies_do_show,
    .print = strategies_print_show};
static const struct action rows_action = {
    .name = "strategy.rows",
    .summary = "List the rows behind a number of a strategy",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_READ,
    .params = rows_params,
    .result = rows_fields,
    .run = strategies_do_rows,
    .print = strategies_print_rows};
static const struct action *const actions[] = {&list_action, &show_action, &rows_action, NULL};

static const struct page_route pages[] = {
    {"/strategies", PAGE_CACHED, strategies_page},
    {"/strategies/:id/rows", PAGE_CACHED, strategies_page_rows},
    {0}};

const struct feature feature_strategies = {
    .name = "strategies", .actions = actions, .pages = pages};
