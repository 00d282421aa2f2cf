/* The people feature: actions and pages of the address book. */
#include "feature/people/people.h"

/* ---- parameters ---- */

static const char *const sorts[] = {"name", "tie", "last_touch", "due", "added", NULL};
static const char *const deeds[] = {"tag", "untag", "cadence", "delete", NULL};
static const char *const tiers[] = {"A", "B", "C", NULL};

#define PERSON_ID                                                                                  \
    {.name = "id", .type = PARAM_ID, .flags = PARAM_REQUIRED | PARAM_POSITIONAL,                   \
     .help = "the person"}
#define WHERE                                                                                      \
    {.name = "where", .type = PARAM_TEXT, .max = 1000, .placeholder = "EXPR",                      \
     .help = "tag:, school:, region:, specialty:, language:, org:, tie:warm, tie>0.4, due, "       \
             "slack, us_link, conflict, is:deleted"}
#define ONE(word, words, most) {.name = word, .type = PARAM_TEXT, .help = words, .max = most}
#define MANY(word, words)                                                                          \
    {.name = word, .type = PARAM_TEXT, .flags = PARAM_REPEATED, .help = words, .max = 500}
#define FACT_PARAMS                                                                                \
    MANY("email", "e-mail address"), MANY("phone", "phone number"),                                \
    MANY("url", "profile or home page"),                                                           \
    ONE("title", "what they are there: Chief resident", 300), ONE("org", "where they work", 300),  \
    ONE("headline", "role in one line", 500),                                                      \
    ONE("place", "where they live or work: Toledo, Ohio", 300),                                    \
    ONE("school", "medical school", 300), ONE("degree", "with school: MBBS", 100),                 \
    ONE("class", "with school: the year of graduation", 10),                                       \
    MANY("specialty", "specialty, as people write it"), MANY("language", "language they speak"),   \
    MANY("tag", "tag"), ONE("met", "how you met", 2000),                                           \
    ONE("birthday", "1988-06-15 or --06-15", 20),                                                  \
    ONE("note", "your own words, no patient details", 10000),                                      \
    {.name = "facts", .type = PARAM_JSON,                                                          \
     .help = "any facts: [{\"kind\", \"value\", \"op\", \"label\", \"parts\", \"begins\", "    \
             "\"ends\"}]"}

static const struct param list_params[] = {
    {.name = "query",
     .type = PARAM_TEXT,
     .help = "words to look for; the last one may be unfinished",
     .max = 300,
     .placeholder = "TEXT"},
    WHERE,
    {.name = "sort",
     .type = PARAM_CHOICE,
     .choices = sorts,
     .help = "order",
     .fallback = "name",
     .placeholder = "KEY"},
    {.name = "limit",
     .type = PARAM_INT,
     .help = "how many",
     .min = 1,
     .max = 1000,
     .fallback = "100"},
    {.name = "after",
     .type = PARAM_TEXT,
     .help = "go on here (next of the list before)",
     .max = 40},
    {.name = "import", .type = PARAM_ID, .help = "only those this import tells of"},
    {0}};
static const struct param id_params[] = {PERSON_ID, {0}};
static const struct param add_params[] = {
    {.name = "name",
     .type = PARAM_TEXT,
     .flags = PARAM_POSITIONAL,
     .help = "the whole name, in any script; also as --name",
     .max = 300},
    FACT_PARAMS,
    {0}};
static const struct param edit_params[] = {
    PERSON_ID,
    ONE("name", "the whole name, in any script", 300),
    FACT_PARAMS,
    {.name = "tags",
     .type = PARAM_TEXT,
     .help = "all tags, parted by blanks: those not in it go",
     .max = 2000},
    {.name = "whole",
     .type = PARAM_BOOL,
     .help = "role, place, birthday and tags that are not given are taken away"},
    {0}};
static const struct param photo_params[] = {PERSON_ID,
                                            {.name = "photo",
                                             .type = PARAM_FILE,
                                             .flags = PARAM_REQUIRED,
                                             .help = "JPEG, PNG, WebP or GIF, 2 MiB at most"},
                                            {0}};
static const struct param tag_params[] = {
    {.name = "id", .type = PARAM_ID, .flags = PARAM_REPEATED | PARAM_POSITIONAL, .help = "people"},
    WHERE,
    {.name = "tag", .type = PARAM_TEXT, .flags = PARAM_REQUIRED, .help = "the tag", .max = 100},
    {0}};
static const struct param bulk_params[] = {
    {.name = "id", .type = PARAM_ID, .flags = PARAM_REPEATED | PARAM_POSITIONAL, .help = "people"},
    WHERE,
    {.name = "do",
     .type = PARAM_CHOICE,
     .flags = PARAM_REQUIRED,
     .choices = deeds,
     .help = "tag, untag, cadence, delete"},
    {.name = "tag", .type = PARAM_TEXT, .help = "with tag and untag", .max = 100},
    {.name = "every", .type = PARAM_SPAN, .help = "with cadence: 90d, 6w, 3m"},
    {.name = "tier", .type = PARAM_CHOICE, .choices = tiers, .help = "with cadence: A, B or C"},
    {.name = "never", .type = PARAM_BOOL, .help = "with cadence: no reminders"},
    {0}};
static const struct param relate_params[] = {
    PERSON_ID,
    {.name = "to", .type = PARAM_ID, .flags = PARAM_REQUIRED, .help = "the other person"},
    {.name = "kind",
     .type = PARAM_TEXT,
     .flags = PARAM_REQUIRED,
     .help = "knows, introduced, married, coauthor, colleague, teacher",
     .max = 40},
    {.name = "note", .type = PARAM_TEXT, .help = "in your own words", .max = 1000},
    {0}};
static const struct param relation_id_params[] = {{.name = "id",
                                                   .type = PARAM_ID,
                                                   .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
                                                   .help = "the relation"},
                                                  {0}};
static const struct param change_params[] = {{.name = "id",
                                              .type = PARAM_ID,
                                              .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
                                              .help = "change_id of what was done"},
                                             {0}};

#define KIND                                                                                       \
    {.name = "kind",                                                                               \
     .type = PARAM_TEXT,                                                                           \
     .flags = PARAM_REQUIRED,                                                                      \
     .help = "email, phone, url, work, school, specialty, language, note...",                      \
     .max = 40}
#define FACT_REST                                                                                  \
    {.name = "label",                                                                              \
     .type = PARAM_TEXT,                                                                           \
     .help = "home, work, mobile, or words of yours",                                              \
     .max = 100},                                                                                  \
        {.name = "begins", .type = PARAM_TEXT, .help = "2020, 2020-03 or 2020-03-15", .max = 10},  \
        {.name = "ends", .type = PARAM_TEXT, .help = "likewise", .max = 10},                       \
        {.name = "org",                                                                            \
         .type = PARAM_TEXT,                                                                       \
         .help = "of work or school, instead of value",                                            \
         .max = 300},                                                                              \
        {.name = "title",                                                                          \
         .type = PARAM_TEXT,                                                                       \
         .help = "of work (role) or school (degree)",                                              \
         .max = 300}
static const struct param fact_add_params[] = {
    PERSON_ID, KIND, {.name = "value", .type = PARAM_TEXT, .help = "what is so"}, FACT_REST, {0}};
static const struct param fact_change_params[] = {
    PERSON_ID,
    KIND,
    {.name = "old", .type = PARAM_TEXT, .flags = PARAM_REQUIRED, .help = "what it says now"},
    {.name = "value", .type = PARAM_TEXT, .flags = PARAM_REQUIRED, .help = "what is so"},
    FACT_REST,
    {0}};
static const struct param fact_value_params[] = {
    PERSON_ID,
    KIND,
    {.name = "value", .type = PARAM_TEXT, .flags = PARAM_REQUIRED, .help = "what it says"},
    {0}};

/* ---- results ---- */

static const struct field done_fields[] = {
    {"id", FIELD_ID, "what was written", NULL, true},
    {"change_id", FIELD_ID, "takes it back: change.undo", NULL, true},
    {"message", FIELD_TEXT, "what came of it", NULL, true},
    {0}};
static const struct field bulk_fields[] = {
    {"id", FIELD_ID, "none", NULL, true},
    {"change_id", FIELD_ID, "takes it back: change.undo", NULL, true},
    {"message", FIELD_TEXT, "what came of it", NULL, true},
    {"people", FIELD_INT, "how many were changed", NULL, false},
    {0}};
static const struct field list_fields[] = {
    {"people", FIELD_LIST, "in the order asked for", act_person_fields, false},
    {"total", FIELD_INT, "how many in all", NULL, false},
    {"next", FIELD_TEXT, "cursor", NULL, true},
    {0}};
static const struct field source_fields[] = {
    {"source", FIELD_TEXT, "file or you", NULL, true},
    {"seen_at", FIELD_AT, "when it was seen to be so", NULL, true},
    {0}};
static const struct field fact_fields[] = {
    {"kind", FIELD_TEXT, "kind of fact", NULL, false},
    {"value", FIELD_TEXT, "what is so", NULL, false},
    {"source", FIELD_TEXT, "newest source", NULL, true},
    {"seen_at", FIELD_AT, "when it was seen to be so", NULL, true},
    {"sources", FIELD_LIST, "everyone who says so", source_fields, false},
    {"has_conflict", FIELD_BOOL, "sources differ and nobody decided", NULL, false},
    {"is_beside", FIELD_BOOL, "not the one that counts", NULL, false},
    {0}};
static const struct field show_fields[] = {
    {"id", FIELD_ID, "the person", NULL, false},
    {"name", FIELD_TEXT, "in Latin letters", NULL, false},
    {"own_name", FIELD_TEXT, "in its own script", NULL, true},
    {"headline", FIELD_TEXT, "role in words", NULL, true},
    {"org", FIELD_TEXT, "where they work", NULL, true},
    {"emails", FIELD_LIST, "all", NULL, false},
    {"phones", FIELD_LIST, "all", NULL, false},
    {"tie", FIELD_REAL, "0 to 1", NULL, false},
    {"last_touch", FIELD_DAY, "last real touch", NULL, true},
    {"due", FIELD_DAY, "the earlier of cadence and next step", NULL, true},
    {"facts", FIELD_LIST, "with sources", fact_fields, false},
    {"touches", FIELD_LIST, "newest first", act_touch_fields, false},
    {"steps", FIELD_LIST, "open ones by due day", act_step_fields, false},
    {"cadence", FIELD_OBJECT, "the one that holds", act_cadence_fields, true},
    {"terms", FIELD_LIST, "what the tie is made of: term, points, touches", NULL, false},
    {"relations", FIELD_LIST, "id, from, to, kind, note", NULL, false},
    {"merges", FIELD_LIST, "merge_id, kept, gone, why", NULL, false},
    {0}};

/* ---- rows ---- */

#define ROW(ident, verb, words, effect_, params_, result_, run_)                                   \
    static const struct action ident = {.name = verb,                                              \
                                        .summary = words,                                          \
                                        .who = WHO_ACCOUNT,                                        \
                                        .effect = effect_,                                         \
                                        .params = params_,                                         \
                                        .result = result_,                                         \
                                        .run = run_}

static const struct action list_action = {
    .name = "person.list",
    .summary = "List people by filter and order",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_READ,
    .detail = "All words of --where must hold: tag:mentor region:OH specialty:internal_medicine "
              "school:\"Indus Delta\" language:urdu "
              "org:\"Northquay General\" tie:warm tie>0.4 tie<0.6 due slack us_link conflict "
              "is:deleted. Other words in it are looked "
              "for, as --query.",
    .params = list_params,
    .result = list_fields,
    .run = people_do_list,
    .print = people_print_list};
ROW(show_action, "person.show", "Show everything of one person", EFFECT_READ, id_params,
    show_fields, people_do_show);
ROW(add_action, "person.add", "Add a person", EFFECT_WRITE, add_params, done_fields, people_do_add);
ROW(edit_action, "person.edit", "Change what is known of a person", EFFECT_WRITE, edit_params,
    done_fields, people_do_edit);
ROW(remove_action, "person.remove", "Delete a person; they can come back for 30 days", EFFECT_WRITE,
    id_params, done_fields, people_do_remove);
ROW(restore_action, "person.restore", "Bring a deleted person back", EFFECT_WRITE, id_params,
    done_fields, people_do_restore);
ROW(photo_action, "person.photo", "Give a person a photo", EFFECT_WRITE, photo_params, done_fields,
    people_do_photo);
ROW(tag_action, "person.tag", "Tag people", EFFECT_WRITE, tag_params, bulk_fields, people_do_tag);
ROW(untag_action, "person.untag", "Take a tag off people", EFFECT_WRITE, tag_params, bulk_fields,
    people_do_tag);
ROW(bulk_action, "person.bulk", "Tag, remind of or delete many people in one go", EFFECT_WRITE,
    bulk_params, bulk_fields, people_do_bulk);
ROW(relate_action, "person.relate", "Note how two people are related", EFFECT_WRITE, relate_params,
    done_fields, people_do_relate);
ROW(unrelate_action, "person.unrelate", "Remove a relation", EFFECT_WRITE, relation_id_params,
    done_fields, people_do_unrelate);
ROW(fact_add_action, "fact.add", "Add one fact to a person", EFFECT_WRITE, fact_add_params,
    done_fields, people_do_fact);
ROW(fact_change_action, "fact.change", "Put one fact right; yours wins over every source",
    EFFECT_WRITE, fact_change_params, done_fields, people_do_fact);
ROW(fact_remove_action, "fact.remove", "Take one fact away, whatever a source says", EFFECT_WRITE,
    fact_value_params, done_fields, people_do_fact);
ROW(fact_decide_action, "fact.decide", "Say which of two sources is right", EFFECT_WRITE,
    fact_value_params, done_fields, people_do_fact);
ROW(undo_action, "change.undo", "Take back what was done", EFFECT_WRITE, change_params, done_fields,
    people_do_undo);

static const struct action *const actions[] = {
    &list_action,        &show_action,        &add_action,
    &edit_action,        &remove_action,      &restore_action,
    &photo_action,       &tag_action,         &untag_action,
    &bulk_action,        &relate_action,      &unrelate_action,
    &fact_add_action,    &fact_change_action, &fact_remove_action,
    &fact_decide_action, &undo_action,        NULL};

static const struct page_route pages[] = {{"/people", PAGE_CACHED, people_page_list},
                                          {"/people/export", PAGE_RAW, people_page_export},
                                          {"/people/new", PAGE_CACHED, people_page_new},
                                          {"/people/:id", PAGE_CACHED, people_page_person},
                                          {"/people/:id/edit", PAGE_CACHED, people_page_edit},
                                          {"/people/:id/with", PAGE_CACHED, people_page_with},
                                          {"/people/:id/photo", PAGE_RAW, people_page_photo},
                                          {NULL}};

const struct feature feature_people = {.name = "people", .actions = actions, .pages = pages};
