/* The alumni feature: people and events of one's own school. */
#include "action/act.h"
#include "feature/alumni/alumni.h"

#define EVENT_ID                                                                                   \
    {                                                                                              \
        .name = "id", .type = PARAM_ID, .flags = PARAM_REQUIRED | PARAM_POSITIONAL,                \
        .help = "the event (ligature reunion list)"                                                \
    }

static const struct param add_params[] = {
    {.name = "title",
     .type = PARAM_TEXT,
     .flags = PARAM_REQUIRED,
     .help = "what it is: reunion of 2022",
     .max = 200},
    {.name = "on", .type = PARAM_DAY, .flags = PARAM_REQUIRED, .help = "the day"},
    {.name = "note", .type = PARAM_TEXT, .help = "where, or the link", .max = 1000},
    {.name = "cost", .type = PARAM_MONEY, .help = "what it costs"},
    {0}};
static const struct param met_params[] = {
    EVENT_ID,
    {.name = "who", .type = PARAM_TEXT, .help = "whom you met, by name", .max = 200},
    {.name = "person", .type = PARAM_ID, .help = "or by id"},
    {0}};
static const struct param id_params[] = {EVENT_ID, {0}};

static const struct field event_fields[] = {
    {"id", FIELD_ID, "the event", NULL, false},
    {"title", FIELD_TEXT, "what it is", NULL, false},
    {"on", FIELD_DAY, "the day", NULL, true},
    {"stage", FIELD_TEXT, "planned, registered, attended or missed", NULL, false},
    {"note", FIELD_TEXT, "where, or the link", NULL, true},
    {"met", FIELD_LIST, "ids of the people met there", NULL, false},
    {0}};
static const struct field list_fields[] = {
    {"reunions", FIELD_LIST, "open ones first", event_fields, false},
    {"total", FIELD_INT, "how many", NULL, false},
    {"next", FIELD_TEXT, "cursor", NULL, true},
    {0}};

static const struct action list_action = {.name = "reunion.list",
                                          .summary = "List events of your school",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_READ,
                                          .result = list_fields,
                                          .run = reunion_do_list};
static const struct action add_action = {.name = "reunion.add",
                                         .summary = "Write down an event of your school",
                                         .who = WHO_ACCOUNT,
                                         .effect = EFFECT_WRITE,
                                         .params = add_params,
                                         .result = act_done_fields,
                                         .run = reunion_do_add};
static const struct action done_action = {.name = "reunion.done",
                                          .summary = "Say that you were at an event of your school",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_WRITE,
                                          .params = id_params,
                                          .result = act_done_fields,
                                          .run = reunion_do_stage};
static const struct action missed_action = {
    .name = "reunion.missed",
    .summary = "Say that you were not at an event of your school",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_WRITE,
    .params = id_params,
    .result = act_done_fields,
    .run = reunion_do_stage};
static const struct action met_action = {
    .name = "reunion.met",
    .summary = "Write down whom you met at an event of your school",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_WRITE,
    .detail = "The person is linked to the event, and an interaction of that day is logged.",
    .params = met_params,
    .result = act_done_fields,
    .run = reunion_do_met};
static const struct action remove_action = {.name = "reunion.remove",
                                            .summary = "Take an event of your school away",
                                            .who = WHO_ACCOUNT,
                                            .effect = EFFECT_WRITE,
                                            .params = id_params,
                                            .result = act_done_fields,
                                            .run = reunion_do_remove};

static const struct action *const actions[] = {&list_action, &add_action,    &done_action,
                                               &missed_action, &met_action, &remove_action,
                                               NULL};

static const struct page_route pages[] = {{"/strategies/alumni", PAGE_CACHED, alumni_page}, {0}};

const struct feature feature_alumni = {
    .name = "alumni", .actions = actions, .pages = pages, .strategy = &alumni_strategy};
