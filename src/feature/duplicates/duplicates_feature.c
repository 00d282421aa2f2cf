/* The duplicates feature: actions and pages. */
#include "feature/duplicates/duplicates.h"

static const struct param list_params[] = {
    {.name = "look", .type = PARAM_BOOL, .help = "look through everyone first"},
    {.name = "limit",
     .type = PARAM_INT,
     .help = "how many",
     .min = 1,
     .max = 1000,
     .fallback = "100"},
    {0}};
static const struct param merge_params[] = {
    {.name = "id",
     .type = PARAM_ID,
     .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
     .help = "the person who stays in front"},
    {.name = "with",
     .type = PARAM_ID,
     .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
     .help = "the other one"},
    {.name = "why", .type = PARAM_TEXT, .help = "why they are one", .max = 300},
    {0}};
static const struct param pair_params[] = {{.name = "id",
                                            .type = PARAM_ID,
                                            .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
                                            .help = "one of the two"},
                                           {.name = "with",
                                            .type = PARAM_ID,
                                            .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
                                            .help = "the other one"},
                                           {0}};
static const struct param together_params[] = {
    {.name = "id",
     .type = PARAM_TEXT,
     .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
     .help = "one of the two, or both parted by a point",
     .max = 40},
    {.name = "with", .type = PARAM_ID, .flags = PARAM_POSITIONAL, .help = "the other one"},
    {0}};
static const struct param unmerge_params[] = {{.name = "id",
                                               .type = PARAM_ID,
                                               .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
                                               .help = "merge_id of the merge"},
                                              {0}};

static const struct field pair_fields[] = {
    {"a", FIELD_OBJECT, "one of the two", act_person_fields, false},
    {"b", FIELD_OBJECT, "the other", act_person_fields, false},
    {"why", FIELD_TEXT, "what they have in common", NULL, true},
    {"is_exact", FIELD_BOOL, "they share an exact identifier", NULL, false},
    {0}};
static const struct field list_fields[] = {
    {"duplicates", FIELD_LIST, "exact first", pair_fields, false},
    {"total", FIELD_INT, "how many in all", NULL, false},
    {"next", FIELD_TEXT, "none", NULL, true},
    {"proposed", FIELD_INT, "found by this look", NULL, false},
    {"message", FIELD_TEXT, "what came of it", NULL, true},
    {0}};
static const struct field merge_fields[] = {
    {"id", FIELD_ID, "the person", NULL, false},
    {"merge_id", FIELD_ID, "takes it back: person.unmerge", NULL, false},
    {"message", FIELD_TEXT, "what came of it", NULL, false},
    {0}};
static const struct field done_fields[] = {{"id", FIELD_ID, "what was written", NULL, false},
                                           {"message", FIELD_TEXT, "what came of it", NULL, false},
                                           {0}};

static const struct action list_action = {
    .name = "person.duplicates",
    .summary = "List people who may be one",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_WRITE,
    .detail = "With --look goes through everyone first: an exact identifier in common with names "
              "that fit, or the same name and "
              "organisation. Nobody is joined by this.",
    .params = list_params,
    .result = list_fields,
    .run = duplicates_do_list};
static const struct action merge_action = {
    .name = "person.merge",
    .summary = "Say that two entries are one person",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_WRITE,
    .detail = "Nothing is lost: facts and touches keep the entry they came with, and "
              "person.unmerge takes the merge back at any time.",
    .params = merge_params,
    .result = merge_fields,
    .run = duplicates_do_merge};
static const struct action unmerge_action = {.name = "person.unmerge",
                                             .summary = "Take a merge back",
                                             .who = WHO_ACCOUNT,
                                             .effect = EFFECT_WRITE,
                                             .params = unmerge_params,
                                             .result = done_fields,
                                             .run = duplicates_do_unmerge};
static const struct action apart_action = {.name = "person.apart",
                                           .summary = "Say that two people are two, for good",
                                           .who = WHO_ACCOUNT,
                                           .effect = EFFECT_WRITE,
                                           .params = pair_params,
                                           .result = done_fields,
                                           .run = duplicates_do_apart};
static const struct action together_action = {
    .name = "person.together",
    .summary = "Take keeping apart back: the two are proposed again",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_WRITE,
    .params = together_params,
    .result = done_fields,
    .run = duplicates_do_together};

static const struct action *const actions[] = {&list_action,  &merge_action,    &unmerge_action,
                                               &apart_action, &together_action, NULL};
static const struct page_route pages[] = {{"/duplicates", PAGE_CACHED, duplicates_page}, {NULL}};

const struct feature feature_duplicates = {
    .name = "duplicates", .actions = actions, .pages = pages};
