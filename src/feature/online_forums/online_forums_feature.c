/* The online-forums feature: a notebook of answers with their source, and a limit in minutes. */
#include "action/act.h"
#include "feature/online_forums/forum.h"

#define SAVED(question_flags, rest_flags)                                                          \
    {.name = "question",                                                                           \
     .type = PARAM_TEXT,                                                                           \
     .flags = question_flags,                                                                      \
     .help = "what you wanted to know",                                                            \
     .max = 300},                                                                                  \
        {.name = "answer",                                                                         \
         .type = PARAM_TEXT,                                                                       \
         .flags = rest_flags,                                                                      \
         .help = "what you found, no patient details",                                             \
         .max = 8000},                                                                             \
        {.name = "source",                                                                         \
         .type = PARAM_TEXT,                                                                       \
         .flags = rest_flags,                                                                      \
         .help = "where: the forum, the person, the page",                                         \
         .max = 300},                                                                              \
        {.name = "url", .type = PARAM_TEXT, .help = "its address", .max = 2000},                   \
        {.name = "year",                                                                           \
         .type = PARAM_INT,                                                                        \
         .help = "the year it speaks of",                                                          \
         .min = 1990,                                                                              \
         .max = 2100},                                                                             \
        {.name = "rumour", .type = PARAM_BOOL, .help = "nobody official says so"},                 \
        {.name = "on", .type = PARAM_DAY, .help = "when you found it (default: today)"},           \
        {.name = "minutes", .type = PARAM_INT, .help = "how long you read", .max = 1440},          \
    {                                                                                              \
        .name = "no_patient", .type = PARAM_BOOL, .help = "it looks like a patient, but is none"   \
    }
#define SAVED_ID                                                                                   \
    {                                                                                              \
        .name = "id", .type = PARAM_ID, .flags = PARAM_REQUIRED | PARAM_POSITIONAL,                \
        .help = "the answer"                                                                       \
    }

static const struct param add_params[] = {SAVED(PARAM_REQUIRED | PARAM_POSITIONAL, PARAM_REQUIRED),
                                          {0}};
static const struct param edit_params[] = {
    SAVED_ID,
    SAVED(0, 0),
    {.name = "checked",
     .type = PARAM_BOOL,
     .help = "an official source says so too: no rumour, and of this year unless --year says"},
    {0}};
static const struct param list_params[] = {
    {.name = "query",
     .type = PARAM_TEXT,
     .flags = PARAM_POSITIONAL,
     .help = "words that all stand in it",
     .max = 200},
    {.name = "rumours", .type = PARAM_BOOL, .help = "only rumours"},
    {.name = "old", .type = PARAM_BOOL, .help = "only what is older than two years"},
    {0}};
static const struct param id_params[] = {SAVED_ID, {0}};
static const struct param limit_params[] = {{.name = "minutes",
                                             .type = PARAM_INT,
                                             .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
                                             .help = "minutes a week",
                                             .max = 3000},
                                            {0}};

static const struct field saved_fields[] = {
    {"id", FIELD_ID, "the answer", NULL, false},
    {"question", FIELD_TEXT, "what was asked", NULL, false},
    {"answer", FIELD_TEXT, "what was found", NULL, false},
    {"source", FIELD_TEXT, "where", NULL, false},
    {"url", FIELD_TEXT, "its address", NULL, true},
    {"year", FIELD_INT, "the year it speaks of", NULL, true},
    {"rumour", FIELD_BOOL, "nobody official says so", NULL, false},
    {"old", FIELD_BOOL, "older than two years: check it again", NULL, false},
    {"on", FIELD_DAY, "when it was found", NULL, true},
    {"minutes", FIELD_INT, "spent reading", NULL, true},
    {0}};
static const struct field list_fields[] = {
    {"saved", FIELD_LIST, "newest first", saved_fields, false},
    {"total", FIELD_INT, "how many", NULL, false},
    {"next", FIELD_TEXT, "cursor", NULL, true},
    {"minutes_week", FIELD_INT, "noted this week", NULL, false},
    {"minutes_limit", FIELD_INT, "of so many", NULL, false},
    {0}};

static const struct action list_action = {.name = "saved.list",
                                          .summary =
                                              "List answers found in forums, and search them",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_READ,
                                          .params = list_params,
                                          .result = list_fields,
                                          .run = forum_do_list};
static const struct action add_action = {.name = "saved.add",
                                         .summary = "Keep an answer with its source and year",
                                         .who = WHO_ACCOUNT,
                                         .effect = EFFECT_WRITE,
                                         .params = add_params,
                                         .result = act_done_fields,
                                         .run = forum_do_add};
static const struct action edit_action = {.name = "saved.edit",
                                          .summary = "Change an answer, or say that it is checked",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_WRITE,
                                          .params = edit_params,
                                          .result = act_done_fields,
                                          .run = forum_do_edit};
static const struct action remove_action = {.name = "saved.remove",
                                            .summary = "Remove an answer",
                                            .who = WHO_ACCOUNT,
                                            .effect = EFFECT_WRITE,
                                            .params = id_params,
                                            .result = act_done_fields,
                                            .run = forum_do_remove};
static const struct action limit_action = {.name = "saved.limit",
                                           .summary = "Set how many minutes a week forums may have",
                                           .who = WHO_ACCOUNT,
                                           .effect = EFFECT_WRITE,
                                           .params = limit_params,
                                           .result = act_done_fields,
                                           .run = forum_do_limit};

static const struct action *const actions[] = {&list_action,   &add_action,   &edit_action,
                                               &remove_action, &limit_action, NULL};

static const struct page_route pages[] = {{"/strategies/online_forums", PAGE_CACHED, forum_page},
                                          {0}};

const struct feature feature_online_forums = {.name = "online_forums",
                                              .actions = actions,
                                              .pages = pages,
                                              .strategy = &online_forums_strategy};
