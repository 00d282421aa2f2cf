/* The feature of existing connections: the guided circle, introductions, and favours in general. */
#include "action/act.h"
#include "feature/existing_connections/connections.h"

static const char *const directions[] = {"asked", "given", NULL};
static const char *const states[] = {"asked", "granted", "declined", "thanked", "told", NULL};
static const char *const moves[] = {"granted", "declined", "thanked", "told", NULL};

#define FAVOUR_ID                                                                                  \
    {                                                                                              \
        .name = "id", .type = PARAM_ID, .flags = PARAM_REQUIRED | PARAM_POSITIONAL,                \
        .help = "the favour"                                                                       \
    }

static const struct param circle_params[] = {
    {.name = "prompt",
     .type = PARAM_TEXT,
     .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
     .help = "which prompt (ligature circle list)",
     .max = 40},
    {.name = "people",
     .type = PARAM_TEXT,
     .help = "one a line: name; how you know them; where they live. None: nobody new",
     .max = 8000},
    {0}};
static const struct param list_params[] = {
    {.name = "person", .type = PARAM_ID, .help = "only with this person"},
    {.name = "kind", .type = PARAM_TEXT, .help = "only this kind: introduction, letter", .max = 40},
    {.name = "state", .type = PARAM_TEXT, .help = "only in this state", .max = 20},
    {0}};
static const struct param add_params[] = {
    {.name = "person",
     .type = PARAM_ID,
     .flags = PARAM_REQUIRED,
     .help = "of whom it was asked, or for whom it was done"},
    {.name = "kind",
     .type = PARAM_TEXT,
     .help = "introduction (default), advice, review, letter, information ...",
     .max = 40},
    {.name = "direction",
     .type = PARAM_CHOICE,
     .choices = directions,
     .help = "asked of them (default), or given to them"},
    {.name = "about_person", .type = PARAM_ID, .help = "whom an introduction leads to"},
    {.name = "about", .type = PARAM_TEXT, .help = "the same in words", .max = 200},
    {.name = "state",
     .type = PARAM_CHOICE,
     .choices = states,
     .help = "how far it is (default: asked)"},
    {.name = "on", .type = PARAM_DAY, .help = "when it was asked or done (default: today)"},
    {.name = "strategy", .type = PARAM_TEXT, .help = "the way it came from", .max = 60},
    {.name = "note", .type = PARAM_TEXT, .help = "in your words", .max = 4000},
    {.name = "no_patient", .type = PARAM_BOOL, .help = "it looks like a patient, but is none"},
    {0}};
static const struct param move_params[] = {
    FAVOUR_ID,
    {.name = "state",
     .type = PARAM_CHOICE,
     .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
     .choices = moves,
     .help = "granted or declined; then thanked; then told how it went"},
    {.name = "on", .type = PARAM_DAY, .help = "when (default: today)"},
    {0}};
static const struct param id_params[] = {FAVOUR_ID, {0}};

static const struct field prompt_fields[] = {
    {"id", FIELD_TEXT, "for circle.add", NULL, false},
    {"title", FIELD_TEXT, "in a few words", NULL, false},
    {"ask", FIELD_TEXT, "the question", NULL, false},
    {"tag", FIELD_TEXT, "what those named are tagged with", NULL, false},
    {"met", FIELD_TEXT, "how you met, unless you say it", NULL, false},
    {"done_on", FIELD_DAY, "when it was gone through last", NULL, true},
    {0}};
static const struct field prompts_fields[] = {
    {"prompts", FIELD_LIST, "in their order", prompt_fields, false},
    {"total", FIELD_INT, "how many", NULL, false},
    {"next", FIELD_TEXT, "cursor", NULL, true},
    {0}};
static const struct field added_fields[] = {
    {"id", FIELD_ID, "the entry", NULL, false},
    {"change_id", FIELD_ID, "takes it back: change.undo", NULL, true},
    {"message", FIELD_TEXT, "what was done", NULL, false},
    {"added", FIELD_INT, "people new in the address book", NULL, false},
    {"known", FIELD_INT, "names that were there already, left as they are", NULL, false},
    {0}};
static const struct field favour_fields[] = {
    {"id", FIELD_ID, "the favour", NULL, false},
    {"person", FIELD_ID, "of whom, or for whom", NULL, false},
    {"name", FIELD_TEXT, "their name", NULL, false},
    {"direction", FIELD_TEXT, "asked or given", NULL, false},
    {"kind", FIELD_TEXT, "introduction, advice, letter ...", NULL, false},
    {"state", FIELD_TEXT, "asked, granted, declined, thanked, told; of given ones done", NULL,
     false},
    {"about_person", FIELD_ID, "whom it leads to", NULL, true},
    {"about_name", FIELD_TEXT, "their name", NULL, true},
    {"about", FIELD_TEXT, "the same in words", NULL, true},
    {"strategy", FIELD_TEXT, "the way it came from", NULL, true},
    {"asked_on", FIELD_DAY, "asked or done", NULL, true},
    {"settled_on", FIELD_DAY, "granted or declined", NULL, true},
    {"thanked_on", FIELD_DAY, "thanked", NULL, true},
    {"told_on", FIELD_DAY, "told how it went", NULL, true},
    {"note", FIELD_TEXT, "in your words", NULL, true},
    {0}};
static const struct field favours_fields[] = {
    {"favours", FIELD_LIST, "newest first", favour_fields, false},
    {"total", FIELD_INT, "how many", NULL, false},
    {"next", FIELD_TEXT, "cursor", NULL, true},
    {0}};

static const struct action circle_list_action = {
    .name = "circle.list",
    .summary = "List the prompts of the guided circle",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_READ,
    .result = prompts_fields,
    .run = circle_do_list};
static const struct action circle_add_action = {
    .name = "circle.add",
    .summary = "Write down several people you know, under one prompt of the circle",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_WRITE,
    .detail = "Each becomes a person with the prompt's tag and how you met. A name that is in the "
              "book already is left as it is.",
    .params = circle_params,
    .result = added_fields,
    .run = circle_do_add};
static const struct action list_action = {.name = "favour.list",
                                          .summary = "List favours asked and given",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_READ,
                                          .params = list_params,
                                          .result = favours_fields,
                                          .run = favour_do_list};
static const struct action add_action = {
    .name = "favour.add",
    .summary = "Write down what you asked of somebody, or did for them",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_WRITE,
    .params = add_params,
    .result = act_done_fields,
    .run = favour_do_add};
static const struct action move_action = {
    .name = "favour.move",
    .summary = "Say how far a favour is: granted, declined, thanked, told",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_WRITE,
    .params = move_params,
    .result = act_done_fields,
    .run = favour_do_move};
static const struct action remove_action = {.name = "favour.remove",
                                            .summary = "Take a favour away",
                                            .who = WHO_ACCOUNT,
                                            .effect = EFFECT_WRITE,
                                            .params = id_params,
                                            .result = act_done_fields,
                                            .run = favour_do_remove};

static const struct action *const actions[] = {&circle_list_action, &circle_add_action,
                                               &list_action,        &add_action,
                                               &move_action,        &remove_action,
                                               NULL};

static const struct page_route pages[] = {
    {"/strategies/existing_connections", PAGE_CACHED, connections_page},
    {"/strategies/existing_connections/circle", PAGE_CACHED, circle_page},
    {0}};

const struct feature feature_existing_connections = {.name = "existing_connections",
                                                     .actions = actions,
                                                     .pages = pages,
                                                     .on_person = favour_on_person,
                                                     .person_order = 45,
                                                     .strategy = &existing_connections_strategy};
