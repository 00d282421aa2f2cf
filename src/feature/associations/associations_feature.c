/* The associations feature: bodies that can be joined, memberships, and whom one met through them.
 */
#include "action/act.h"
#include "feature/associations/join.h"

static const char *const shelves[] = {"professional", "heritage", NULL};
static const char *const stages[] = {"considered", "active", "lapsed", "declined", NULL};
static const char *const first_stages[] = {"considered", "active", NULL};

#define MEMBERSHIP                                                                                 \
    {.name = "since", .type = PARAM_DAY, .help = "member since"},                                  \
        {.name = "renew", .type = PARAM_DAY, .help = "the day it has to be renewed"},              \
        {.name = "cost", .type = PARAM_MONEY, .help = "what it costs a year, as you saw it"},      \
        {.name = "price_year",                                                                     \
         .type = PARAM_INT,                                                                        \
         .help = "the year of that price (default: this one)",                                     \
         .min = 1990,                                                                              \
         .max = 2100},                                                                             \
        {.name = "role",                                                                           \
         .type = PARAM_TEXT,                                                                       \
         .help = "a seat or a task you have there",                                                \
         .max = 200},                                                                              \
        {.name = "url", .type = PARAM_TEXT, .help = "its page", .max = 2000},                      \
        {.name = "note", .type = PARAM_TEXT, .help = "no patient details", .max = 4000},           \
    {                                                                                              \
        .name = "no_patient", .type = PARAM_BOOL, .help = "it looks like a patient, but is none"   \
    }
#define MEMBERSHIP_ID                                                                              \
    {                                                                                              \
        .name = "id", .type = PARAM_ID, .flags = PARAM_REQUIRED | PARAM_POSITIONAL,                \
        .help = "the membership"                                                                   \
    }

static const struct param catalogue_params[] = {
    {.name = "shelf",
     .type = PARAM_CHOICE,
     .choices = shelves,
     .help = "professional, or those of heritage and faith (default: both)"},
    {.name = "fitting", .type = PARAM_BOOL, .help = "only those that fit your goal"},
    {0}};
static const struct param list_params[] = {
    {.name = "active", .type = PARAM_BOOL, .help = "only those you belong to now"}, {0}};
static const struct param add_params[] = {
    {.name = "association",
     .type = PARAM_TEXT,
     .flags = PARAM_POSITIONAL,
     .help = "the body (ligature association list); without it, --title",
     .max = 60},
    {.name = "title", .type = PARAM_TEXT, .help = "a body that is not in the list", .max = 200},
    {.name = "shelf",
     .type = PARAM_CHOICE,
     .choices = shelves,
     .help = "of such a body: professional, or of heritage",
     .fallback = "professional"},
    {.name = "stage",
     .type = PARAM_CHOICE,
     .choices = first_stages,
     .help = "considered, or active: you are a member",
     .fallback = "active"},
    MEMBERSHIP,
    {0}};
static const struct param edit_params[] = {
    MEMBERSHIP_ID,
    {.name = "title", .type = PARAM_TEXT, .help = "what it is called here", .max = 200},
    {.name = "stage",
     .type = PARAM_CHOICE,
     .choices = stages,
     .help = "considered, active, lapsed or declined"},
    MEMBERSHIP,
    {0}};
static const struct param renew_params[] = {
    MEMBERSHIP_ID,
    {.name = "until", .type = PARAM_DAY, .help = "the next renewal (default: a year later)"},
    {.name = "cost", .type = PARAM_MONEY, .help = "what you paid, when it changed"},
    {0}};
static const struct param met_params[] = {
    MEMBERSHIP_ID,
    {.name = "person", .type = PARAM_ID, .flags = PARAM_REQUIRED, .help = "whom you met"},
    {.name = "on", .type = PARAM_DAY, .help = "when (default: today)"},
    {0}};
static const struct param unmet_params[] = {
    MEMBERSHIP_ID,
    {.name = "person", .type = PARAM_ID, .flags = PARAM_REQUIRED, .help = "whom not to count"},
    {0}};
static const struct param id_params[] = {MEMBERSHIP_ID, {0}};
static const struct param review_params[] = {
    {.name = "note", .type = PARAM_TEXT, .help = "what you decided", .max = 4000}, {0}};

static const struct field body_fields[] = {
    {"id", FIELD_TEXT, "for membership.add", NULL, false},
    {"name", FIELD_TEXT, "its whole name", NULL, false},
    {"abbreviation", FIELD_TEXT, "its letters; several bodies may have the same", NULL, false},
    {"kind", FIELD_TEXT, "umbrella, specialty_society, ethnic_national ...", NULL, false},
    {"field", FIELD_TEXT, "whose", NULL, false},
    {"fit", FIELD_TEXT, "fits, later, or listed: nothing is said for or against", NULL, false},
    {"why", FIELD_TEXT, "why it fits", NULL, true},
    {"tier", FIELD_TEXT, "tiers in words", NULL, false},
    {"img_group", FIELD_TEXT, "a group for graduates from abroad; unknown: nobody checked", NULL,
     false},
    {"mentoring", FIELD_TEXT, "yes, no or unknown", NULL, false},
    {"meeting", FIELD_TEXT, "its main meeting", NULL, false},
    {"month", FIELD_TEXT, "when that is", NULL, false},
    {"domain", FIELD_TEXT, "its site", NULL, false},
    {"membership", FIELD_ID, "yours", NULL, true},
    {"evidence", FIELD_TEXT, "found, known, derived or unsure", NULL, false},
    {"source", FIELD_TEXT, "where it comes from, with its year", NULL, false},
    {0}};
static const struct field catalogue_fields[] = {
    {"associations", FIELD_LIST, "best fit first", body_fields, false},
    {"total", FIELD_INT, "how many", NULL, false},
    {"next", FIELD_TEXT, "cursor", NULL, true},
    {0}};
static const struct field membership_fields[] = {
    {"id", FIELD_ID, "the membership", NULL, false},
    {"title", FIELD_TEXT, "of what", NULL, false},
    {"association", FIELD_TEXT, "id in association.list", NULL, true},
    {"stage", FIELD_TEXT, "considered, active, lapsed or declined", NULL, false},
    {"shelf", FIELD_TEXT, "professional or heritage", NULL, false},
    {"since", FIELD_DAY, "member since", NULL, true},
    {"renew", FIELD_DAY, "to be renewed", NULL, true},
    {"cost_cents", FIELD_INT, "what it costs a year", NULL, true},
    {"currency", FIELD_TEXT, "ISO 4217", NULL, true},
    {"price_year", FIELD_INT, "the year of that price", NULL, true},
    {"role", FIELD_TEXT, "a seat or a task", NULL, true},
    {"met", FIELD_INT, "people met through it", NULL, false},
    {"cents_each", FIELD_INT, "a year's cost for each of them", NULL, true},
    {"url", FIELD_TEXT, "its page", NULL, true},
    {"note", FIELD_TEXT, "yours", NULL, true},
    {0}};
static const struct field list_fields[] = {
    {"memberships", FIELD_LIST, "open ones first", membership_fields, false},
    {"total", FIELD_INT, "how many", NULL, false},
    {"next", FIELD_TEXT, "cursor", NULL, true},
    {0}};

#define WRITE(name_, summary_, params_, run_)                                                      \
    {                                                                                              \
        .name = name_, .summary = summary_, .who = WHO_ACCOUNT, .effect = EFFECT_WRITE,            \
        .params = params_, .result = act_done_fields, .run = run_                                  \
    }

static const struct action catalogue_action = {
    .name = "association.list",
    .summary = "List bodies of doctors with how they fit your goal",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_READ,
    .detail = "Bodies of heritage and faith fit only when you chose them in your goal; else they "
              "are listed like all others, and nothing is said for or against them.",
    .params = catalogue_params,
    .result = catalogue_fields,
    .run = join_do_catalogue};
static const struct action list_action = {.name = "membership.list",
                                          .summary = "List what you belong to, with cost and use",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_READ,
                                          .params = list_params,
                                          .result = list_fields,
                                          .run = join_do_list};
static const struct action add_action =
    WRITE("membership.add", "Write down a membership, or one to decide", add_params, join_do_add);
static const struct action edit_action =
    WRITE("membership.edit", "Change a membership", edit_params, join_do_edit);
static const struct action renew_action =
    WRITE("membership.renew", "Say that a membership is renewed", renew_params, join_do_renew);
static const struct action leave_action = WRITE(
    "membership.leave", "Let a membership go, and keep it in the list", id_params, join_do_leave);
static const struct action met_action =
    WRITE("membership.met", "Say whom you met through a membership", met_params, join_do_met);
static const struct action unmet_action =
    WRITE("membership.unmet", "Take somebody out of those met through a membership", unmet_params,
          join_do_unmet);
static const struct action review_action =
    WRITE("membership.review", "Say that you looked at what your memberships cost and bring",
          review_params, join_do_review);
static const struct action remove_action =
    WRITE("membership.remove", "Take a membership out of the list", id_params, join_do_remove);

static const struct action *const actions[] = {
    &catalogue_action, &list_action,  &add_action,    &edit_action,   &renew_action, &leave_action,
    &met_action,       &unmet_action, &review_action, &remove_action, NULL};

static const struct page_route pages[] = {{"/strategies/associations", PAGE_CACHED, join_page},
                                          {"/memberships/:id", PAGE_CACHED, join_page_one},
                                          {0}};

const struct feature feature_associations = {
    .name = "associations", .actions = actions, .pages = pages, .strategy = &associations_strategy};
