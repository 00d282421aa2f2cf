/* The cross-cultural feature: one short lesson a week, for what is ahead. */
#include "action/act.h"
#include "feature/cross_cultural/lesson.h"

static const struct param list_params[] = {
    {.name = "unread", .type = PARAM_BOOL, .help = "only those not read yet"}, {0}};
static const struct param done_params[] = {
    {.name = "id",
     .type = PARAM_TEXT,
     .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
     .help = "the lesson (ligature lesson list)",
     .max = 60},
    {.name = "on", .type = PARAM_DAY, .help = "when (default: today)"},
    {.name = "minutes", .type = PARAM_INT, .help = "how long it took", .min = 1, .max = 600},
    {.name = "note", .type = PARAM_TEXT, .help = "what you take along", .max = 4000},
    {0}};
static const struct field lesson_fields[] = {
    {"id", FIELD_TEXT, "for lesson.done", NULL, false},
    {"title", FIELD_TEXT, "what it is about", NULL, false},
    {"minutes", FIELD_INT, "how long it takes", NULL, false},
    {"home", FIELD_TEXT, "the habit of many places", NULL, false},
    {"here", FIELD_TEXT, "the habit in the United States", NULL, false},
    {"why", FIELD_TEXT, "the reason", NULL, false},
    {"read_on", FIELD_DAY, "when you read it last", NULL, true},
    {"evidence", FIELD_TEXT, "found, known, derived or unsure", NULL, false},
    {"source", FIELD_TEXT, "where it comes from, with its year", NULL, false},
    {0}};
static const struct field list_fields[] = {
    {"lessons", FIELD_LIST, "in the order of the table", lesson_fields, false},
    {"total", FIELD_INT, "how many", NULL, false},
    {"next", FIELD_TEXT, "cursor", NULL, true},
    {0}};

static const struct action list_action = {
    .name = "lesson.list",
    .summary = "List the lessons on how people write and speak in the United States",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_READ,
    .params = list_params,
    .result = list_fields,
    .run = lesson_do_list,
    .print = lesson_print_list};
static const struct action done_action = {.name = "lesson.done",
                                          .summary = "Say that a lesson is read",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_WRITE,
                                          .params = done_params,
                                          .result = act_done_fields,
                                          .run = lesson_do_done};

static const struct action *const actions[] = {&list_action, &done_action, NULL};

static const struct page_route pages[] = {{"/strategies/cross_cultural", PAGE_CACHED, lesson_page},
                                          {0}};

const struct feature feature_cross_cultural = {.name = "cross_cultural",
                                               .actions = actions,
                                               .pages = pages,
                                               .strategy = &cross_cultural_strategy};
