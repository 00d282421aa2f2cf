/* The online-presence feature: a calendar of what comes out in public, and a look before it does.
 */
#include "action/act.h"
#include "feature/online_presence/presence.h"

static const char *const kinds[] = {"post", "comment", "talk", "webinar", "article", NULL};
static const char *const stages[] = {"idea",       "draft",          "checked",
                                     PRESENCE_OUT, PRESENCE_DROPPED, NULL};

#define ITEM(title_flags, fallback_kind)                                                           \
    {.name = "title",                                                                              \
     .type = PARAM_TEXT,                                                                           \
     .flags = title_flags,                                                                         \
     .help = "what it is about",                                                                   \
     .max = 200},                                                                                  \
        {.name = "kind",                                                                           \
         .type = PARAM_CHOICE,                                                                     \
         .choices = kinds,                                                                         \
         .help = "post, comment, talk, webinar or article",                                        \
         .fallback = fallback_kind},                                                               \
        {.name = "due", .type = PARAM_DAY, .help = "the day meant for it"},                        \
        {.name = "invited", .type = PARAM_BOOL, .help = "somebody asked you for it"},              \
        {.name = "minutes",                                                                        \
         .type = PARAM_INT,                                                                        \
         .help = "how long it takes",                                                              \
         .min = 1,                                                                                 \
         .max = 14400},                                                                            \
        {.name = "url", .type = PARAM_TEXT, .help = "where it stands", .max = 2000},               \
        {.name = "note",                                                                           \
         .type = PARAM_TEXT,                                                                       \
         .help = "the draft, no patient details",                                                  \
         .max = 8000},                                                                             \
        {.name = "no_patient", .type = PARAM_BOOL, .help = "it looks like a patient, but is none"}
#define ITEM_ID                                                                                    \
    {.name = "id", .type = PARAM_ID, .flags = PARAM_REQUIRED | PARAM_POSITIONAL, .help = "the item"}

static const struct param add_params[] = {
    ITEM(PARAM_REQUIRED | PARAM_POSITIONAL, "post"),
    {.name = "out", .type = PARAM_DAY, .help = "it is out already, since this day"},
    {0}};
static const struct param edit_params[] = {ITEM_ID,
                                           ITEM(0, NULL),
                                           {.name = "stage",
                                            .type = PARAM_CHOICE,
                                            .choices = stages,
                                            .help = "idea, draft, checked, published or dropped"},
                                           {0}};
static const struct param done_params[] = {
    ITEM_ID,
    {.name = "on", .type = PARAM_DAY, .help = "when it came out (default: today)"},
    {.name = "url", .type = PARAM_TEXT, .help = "where it stands", .max = 2000},
    {0}};
static const struct param id_params[] = {ITEM_ID, {0}};
static const struct param list_params[] = {
    {.name = "open", .type = PARAM_BOOL, .help = "only what is neither out nor dropped"}, {0}};
static const struct param check_params[] = {{.name = "text",
                                             .type = PARAM_TEXT,
                                             .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
                                             .help = "the draft; it is looked at and not kept",
                                             .max = 20000},
                                            {0}};

static const struct field item_fields[] = {
    {"id", FIELD_ID, "the item", NULL, false},
    {"kind", FIELD_TEXT, "post, comment, talk, webinar or article", NULL, true},
    {"title", FIELD_TEXT, "what it is about", NULL, false},
    {"stage", FIELD_TEXT, "idea, draft, checked, published or dropped", NULL, false},
    {"due", FIELD_DAY, "the day meant for it", NULL, true},
    {"out_on", FIELD_DAY, "when it came out", NULL, true},
    {"invited", FIELD_BOOL, "somebody asked you for it", NULL, false},
    {"minutes", FIELD_INT, "how long it takes", NULL, true},
    {"url", FIELD_TEXT, "where it stands", NULL, true},
    {"note", FIELD_TEXT, "the draft", NULL, true},
    {0}};
static const struct field list_fields[] = {
    {"items", FIELD_LIST, "open ones first", item_fields, false},
    {"total", FIELD_INT, "how many", NULL, false},
    {"next", FIELD_TEXT, "cursor", NULL, true},
    {"invitations", FIELD_INT, "how many of all you were asked for", NULL, false},
    {0}};
static const struct field sign_fields[] = {
    {"title", FIELD_TEXT, "what kind of sign", NULL, false},
    {"found", FIELD_TEXT, "the words", NULL, false},
    {"why", FIELD_TEXT, "why it matters", NULL, false},
    {"instead", FIELD_TEXT, "what could be done", NULL, true},
    {0}};
static const struct field check_fields[] = {
    {"signs", FIELD_LIST, "what to look at again", sign_fields, false},
    {"total", FIELD_INT, "how many", NULL, false},
    {"next", FIELD_TEXT, "cursor", NULL, true},
    {0}};

static const struct action add_action = {
    .name = "presence.add",
    .summary = "Write down a post, comment, talk, webinar or article",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_WRITE,
    .detail = "A draft that looks like a patient is refused until you say that it is none.",
    .params = add_params,
    .result = act_done_fields,
    .run = presence_do_add};
static const struct action edit_action = {.name = "presence.edit",
                                          .summary = "Change an item of the calendar",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_WRITE,
                                          .params = edit_params,
                                          .result = act_done_fields,
                                          .run = presence_do_edit};
static const struct action done_action = {.name = "presence.done",
                                          .summary = "Say that an item is out",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_WRITE,
                                          .params = done_params,
                                          .result = act_done_fields,
                                          .run = presence_do_done};
static const struct action drop_action = {.name = "presence.drop",
                                          .summary = "Drop an item, and keep it in the list",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_WRITE,
                                          .params = id_params,
                                          .result = act_done_fields,
                                          .run = presence_do_done};
static const struct action remove_action = {.name = "presence.remove",
                                            .summary = "Take an item out of the calendar",
                                            .who = WHO_ACCOUNT,
                                            .effect = EFFECT_WRITE,
                                            .params = id_params,
                                            .result = act_done_fields,
                                            .run = presence_do_remove};
static const struct action list_action = {.name = "presence.list",
                                          .summary = "List what is planned and what is out",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_READ,
                                          .params = list_params,
                                          .result = list_fields,
                                          .run = presence_do_list};
static const struct action check_action = {
    .name = "presence.check",
    .summary = "Look for what should not be in a text before it is published",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_READ,
    .detail = "Signs of patients, places with days, photos, people of your address book and "
              "others. It tells what it found and why; it forbids nothing, and finding nothing "
              "is no promise.",
    .params = check_params,
    .result = check_fields,
    .run = presence_do_check};

static const struct action *const actions[] = {&list_action,  &add_action,  &edit_action,
                                               &done_action,  &drop_action, &remove_action,
                                               &check_action, NULL};

static const struct page_route pages[] = {
    {"/strategies/online_presence", PAGE_CACHED, presence_page},
    {"/presence/:id", PAGE_CACHED, presence_page_one},
    {0}};

const struct feature feature_online_presence = {.name = "online_presence",
                                                .actions = actions,
                                                .pages = pages,
                                                .strategy = &online_presence_strategy};
