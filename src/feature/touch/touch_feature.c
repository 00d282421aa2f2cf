/* The touch feature: logging what happened, in a line or in a form. */
#include "feature/touch/touch_feature.h"

#define KIND_HELP                                                                                  \
    "call, meeting, coffee, talk, mail, message, letter, rotation_day, conference, event, "        \
    "introduction, thanks, paper, note, other"

static const char *const directions[] = {"out", "in", "both", NULL};

static const struct param add_params[] = {
    {.name = "person", .type = PARAM_ID, .flags = PARAM_REQUIRED, .help = "with whom"},
    {.name = "kind", .type = PARAM_TEXT, .flags = PARAM_REQUIRED, .help = KIND_HELP, .max = 40},
    {.name = "on", .type = PARAM_DAY, .help = "the day it happened (default: today)"},
    {.name = "note",
     .type = PARAM_TEXT,
     .help = "your own words, no patient details",
     .max = 10000},
    {.name = "direction",
     .type = PARAM_CHOICE,
     .choices = directions,
     .help = "out from you, in from them, both (default: as usual for the kind)"},
    {.name = "minutes", .type = PARAM_INT, .help = "how long", .min = 1, .max = 14400},
    {.name = "step", .type = PARAM_TEXT, .help = "what to do next", .max = 200},
    {.name = "step_due", .type = PARAM_DAY, .help = "until when"},
    {.name = "no_patient",
     .type = PARAM_BOOL,
     .help = "the note looks like a patient, but is none"},
    {0}};

static const struct param edit_params[] = {
    {.name = "id",
     .type = PARAM_ID,
     .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
     .help = "the touch"},
    {.name = "kind", .type = PARAM_TEXT, .help = KIND_HELP, .max = 40},
    {.name = "on", .type = PARAM_DAY, .help = "the day it happened"},
    {.name = "note",
     .type = PARAM_TEXT,
     .help = "your own words, no patient details",
     .max = 10000},
    {.name = "direction",
     .type = PARAM_CHOICE,
     .choices = directions,
     .help = "out from you, in from them, both"},
    {.name = "minutes", .type = PARAM_INT, .help = "how long", .min = 1, .max = 14400},
    {.name = "no_patient",
     .type = PARAM_BOOL,
     .help = "the note looks like a patient, but is none"},
    {0}};

static const struct param id_params[] = {{.name = "id",
                                          .type = PARAM_ID,
                                          .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
                                          .help = "the touch"},
                                         {0}};

static const struct param list_params[] = {
    {.name = "person", .type = PARAM_ID, .help = "with whom (default: everyone)"},
    {.name = "from", .type = PARAM_DAY, .help = "not before this day"},
    {.name = "direction", .type = PARAM_CHOICE, .choices = directions, .help = "out, in or both"},
    {.name = "limit",
     .type = PARAM_INT,
     .help = "how many",
     .min = 1,
     .max = 1000,
     .fallback = "100"},
    {.name = "after", .type = PARAM_ID, .help = "go on after this touch (next of the list before)"},
    {0}};

static const struct param read_params[] = {
    {.name = "line",
     .type = PARAM_TEXT,
     .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
     .help = "one line, such as: call with Dr Rao yesterday, 20 min, will send my CV",
     .max = 1000},
    {0}};

static const struct field list_fields[] = {
    {"touches", FIELD_LIST, "newest first", act_touch_fields, false},
    {"total", FIELD_INT, "how many in all", NULL, false},
    {"next", FIELD_TEXT, "cursor", NULL, true},
    {0}};

static const struct field read_fields[] = {
    {"who", FIELD_TEXT, "words taken for a name", NULL, true},
    {"people", FIELD_LIST, "who may be meant, best first: id, name, own_name, headline, org, score",
     NULL, false},
    {"kind", FIELD_TEXT, "kind of touch", NULL, false},
    {"direction", FIELD_TEXT, "out, in, both", NULL, false},
    {"on", FIELD_DAY, "the day", NULL, true},
    {"minutes", FIELD_INT, "how long", NULL, true},
    {"note", FIELD_TEXT, "the line", NULL, true},
    {"step", FIELD_TEXT, "next step", NULL, true},
    {"step_due", FIELD_DAY, "until when", NULL, true},
    {"warnings", FIELD_LIST, "what looks like patient data", NULL, false},
    {0}};

static const struct action add_action = {.name = "touch.add",
                                         .summary = "Log what happened between you and somebody",
                                         .who = WHO_ACCOUNT,
                                         .effect = EFFECT_WRITE,
                                         .params = add_params,
                                         .result = act_done_fields,
                                         .run = touch_do_add};
static const struct action list_action = {.name = "touch.list",
                                          .summary = "List touches, newest first",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_READ,
                                          .params = list_params,
                                          .result = list_fields,
                                          .run = touch_do_list};
static const struct action edit_action = {.name = "touch.edit",
                                          .summary = "Change a touch",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_WRITE,
                                          .params = edit_params,
                                          .result = act_done_fields,
                                          .run = touch_do_edit};
static const struct action remove_action = {.name = "touch.remove",
                                            .summary =
                                                "Remove a touch; it can come back for 30 days",
                                            .who = WHO_ACCOUNT,
                                            .effect = EFFECT_WRITE,
                                            .params = id_params,
                                            .result = act_done_fields,
                                            .run = touch_do_remove};
static const struct action restore_action = {.name = "touch.restore",
                                             .summary = "Bring a removed touch back",
                                             .who = WHO_ACCOUNT,
                                             .effect = EFFECT_WRITE,
                                             .params = id_params,
                                             .result = act_done_fields,
                                             .run = touch_do_restore};
static const struct action read_action = {
    .name = "touch.read",
    .summary = "Read one line and say what touch it means; nothing is saved",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_READ,
    .params = read_params,
    .result = read_fields,
    .run = touch_do_read};

static const struct action *const actions[] = {
    &add_action, &list_action, &edit_action, &remove_action, &restore_action, &read_action, NULL};

static const struct page_route pages[] = {{"/touches/:id", 0, touch_page}, {0}};

const struct feature feature_touch = {.name = "touch",
                                      .actions = actions,
                                      .pages = pages,
                                      .on_person = touch_on_person,
                                      .person_order = 30};
