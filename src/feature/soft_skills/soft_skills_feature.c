/* The soft-skills feature: stories, practice with ratings, listening. */
#include "action/act.h"
#include "feature/soft_skills/soft.h"

static const char *const kinds[] = {"story", "listening", "talk", NULL};
static const char *const all_kinds[] = {"story", "listening", "talk", "lesson", NULL};

#define NO_PATIENT                                                                                 \
    {.name = "no_patient", .type = PARAM_BOOL, .help = "it looks like a patient, but is none"}

static const struct param set_params[] = {
    {.name = "kind",
     .type = PARAM_TEXT,
     .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
     .help = "30s, 2min, why_specialty or difficulty",
     .max = 40},
    {.name = "body",
     .type = PARAM_TEXT,
     .help = "the words, no patient details; left out: the story is taken away",
     .max = 8000},
    NO_PATIENT,
    {0}};
static const struct param list_params[] = {
    {.name = "strategy", .type = PARAM_TEXT, .help = "soft_skills or cross_cultural", .max = 60},
    {.name = "kind", .type = PARAM_CHOICE, .choices = all_kinds, .help = "what was practised"},
    {0}};
static const struct param add_params[] = {
    {.name = "kind",
     .type = PARAM_CHOICE,
     .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
     .choices = kinds,
     .help = "story, listening or talk"},
    {.name = "ref", .type = PARAM_TEXT, .help = "which story or card", .max = 60},
    {.name = "on", .type = PARAM_DAY, .help = "when (default: today)"},
    {.name = "minutes", .type = PARAM_INT, .help = "how long", .min = 1, .max = 600},
    {.name = "rating", .type = PARAM_INT, .help = "your own, 1 to 5", .min = 1, .max = 5},
    {.name = "note", .type = PARAM_TEXT, .help = "what you take along", .max = 4000},
    NO_PATIENT,
    {0}};
static const struct param id_params[] = {{.name = "id",
                                          .type = PARAM_ID,
                                          .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
                                          .help = "the practice"},
                                         {0}};
static const struct param rate_params[] = {
    {.name = "secret",
     .type = PARAM_TEXT,
     .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
     .help = "of the link you were sent: what follows /rate/",
     .max = 200},
    {.name = "rating",
     .type = PARAM_INT,
     .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
     .help = "1 to 5",
     .min = 1,
     .max = 5},
    {.name = "words", .type = PARAM_TEXT, .help = "what you heard", .max = 1000},
    NO_PATIENT,
    {0}};

static const struct field story_fields[] = {
    {"kind", FIELD_TEXT, "id in stories.tsv", NULL, false},
    {"title", FIELD_TEXT, "what it is called", NULL, false},
    {"body", FIELD_TEXT, "the words", NULL, true},
    {"words", FIELD_INT, "how many", NULL, false},
    {"seconds", FIELD_INT, "how long they take to say, at 130 words a minute", NULL, false},
    {"asked_seconds", FIELD_INT, "how long it may take", NULL, false},
    {"changed_at", FIELD_AT, "last edit", NULL, true},
    {0}};
static const struct field stories_fields[] = {
    {"stories", FIELD_LIST, "all kinds, written or not", story_fields, false},
    {"total", FIELD_INT, "how many", NULL, false},
    {"next", FIELD_TEXT, "cursor", NULL, true},
    {0}};
static const struct field practice_fields[] = {
    {"id", FIELD_ID, "the practice", NULL, false},
    {"strategy", FIELD_TEXT, "soft_skills or cross_cultural", NULL, false},
    {"kind", FIELD_TEXT, "story, listening, talk or lesson", NULL, false},
    {"ref", FIELD_TEXT, "which one", NULL, true},
    {"on", FIELD_DAY, "when", NULL, false},
    {"minutes", FIELD_INT, "how long", NULL, true},
    {"rating", FIELD_INT, "your own, 1 to 5", NULL, true},
    {"peer_rating", FIELD_INT, "of a peer, 1 to 5", NULL, true},
    {"peer_words", FIELD_TEXT, "what the peer said", NULL, true},
    {"has_link", FIELD_BOOL, "a link for a peer is open", NULL, false},
    {"note", FIELD_TEXT, "your own words", NULL, true},
    {0}};
static const struct field practices_fields[] = {
    {"practices", FIELD_LIST, "newest first", practice_fields, false},
    {"total", FIELD_INT, "how many", NULL, false},
    {"next", FIELD_TEXT, "cursor", NULL, true},
    {0}};
static const struct field link_fields[] = {
    {"id", FIELD_ID, "the practice", NULL, false},
    {"token", FIELD_TEXT, "the path of the link, shown this once", NULL, false},
    {"message", FIELD_TEXT, "what was done", NULL, false},
    {0}};
static const struct field rate_fields[] = {{"message", FIELD_TEXT, "what was done", NULL, false},
                                           {0}};

static const struct action story_list_action = {.name = "story.list",
                                                .summary = "List your stories and their lengths",
                                                .who = WHO_ACCOUNT,
                                                .effect = EFFECT_READ,
                                                .result = stories_fields,
                                                .run = story_do_list};
static const struct action story_set_action = {
    .name = "story.set",
    .summary = "Write one of your stories",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_WRITE,
    .detail = "Words and speaking time are counted. Text that looks like a patient is refused "
              "until you say that it is none.",
    .params = set_params,
    .result = act_done_fields,
    .run = story_do_set};
static const struct action list_action = {.name = "practice.list",
                                          .summary = "List what you practised",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_READ,
                                          .params = list_params,
                                          .result = practices_fields,
                                          .run = practice_do_list};
static const struct action add_action = {.name = "practice.add",
                                         .summary = "Write down what you practised",
                                         .who = WHO_ACCOUNT,
                                         .effect = EFFECT_WRITE,
                                         .params = add_params,
                                         .result = act_done_fields,
                                         .run = practice_do_add};
static const struct action remove_action = {.name = "practice.remove",
                                            .summary = "Take a practice away",
                                            .who = WHO_ACCOUNT,
                                            .effect = EFFECT_WRITE,
                                            .params = id_params,
                                            .result = act_done_fields,
                                            .run = practice_do_remove};
static const struct action link_action = {
    .name = "practice.link",
    .summary = "Make a link by which one peer rates a practice once",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_WRITE,
    .detail = "Whoever has the link sees your first name and what kind of practice it was, and "
              "nothing else. It is over once it was used; a new one replaces it.",
    .params = id_params,
    .result = link_fields,
    .run = practice_do_link};
static const struct action rate_action = {.name = "practice.rate",
                                          .summary = "Rate a practice by the link you were sent",
                                          .who = WHO_ANYONE,
                                          .effect = EFFECT_WRITE,
                                          .params = rate_params,
                                          .result = rate_fields,
                                          .run = practice_do_rate};

static const struct action *const actions[] = {
    &story_list_action, &story_set_action, &list_action, &add_action,
    &remove_action,     &link_action,      &rate_action, NULL};

static const struct page_route pages[] = {{"/strategies/soft_skills", PAGE_CACHED, soft_page},
                                          {"/strategies/soft_skills/count", 0, soft_page_count},
                                          {"/rate/:secret", PAGE_ANYONE, soft_page_rate},
                                          {0}};

const struct feature feature_soft_skills = {
    .name = "soft_skills", .actions = actions, .pages = pages, .strategy = &soft_skills_strategy};
