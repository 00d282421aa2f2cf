/* The season feature: the dated year, own dates in it, and its calendar. */
#include "action/act.h"
#include "feature/season/season_parts.h"

static const char *const kinds[] = {"exam", "rotation", "conference", "deadline", "other", NULL};

#define DATE_PARAMS                                                                                \
    {.name = "kind", .type = PARAM_CHOICE, .choices = kinds, .help = "what it is"},                \
        {.name = "until", .type = PARAM_DAY, .help = "its last day, when it has several"},         \
        {.name = "time", .type = PARAM_TEXT, .help = "the hour, as 21:00", .max = 5},              \
        {.name = "zone",                                                                           \
         .type = PARAM_TEXT,                                                                       \
         .help = "the time zone of the hour, as America/New_York (default: yours)",                \
         .max = 60},                                                                               \
        {.name = "note", .type = PARAM_TEXT, .help = "what to keep in mind", .max = 1000}

static const struct param show_params[] = {{.name = "cycle",
                                            .type = PARAM_INT,
                                            .help = "another Match year than the goal says",
                                            .min = 2020,
                                            .max = 2100},
                                           {0}};
static const struct param add_params[] = {
    {.name = "title", .type = PARAM_TEXT, .help = "what it is called", .max = 200},
    {.name = "on", .type = PARAM_DAY, .flags = PARAM_REQUIRED, .help = "the day, or the first"},
    {.name = "rule",
     .type = PARAM_TEXT,
     .help = "id of a date of the season that has this day for you, as eras_submit",
     .max = 60},
    DATE_PARAMS,
    {0}};
static const struct param edit_params[] = {
    {.name = "id",
     .type = PARAM_ID,
     .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
     .help = "the date of yours"},
    {.name = "title", .type = PARAM_TEXT, .help = "what it is called", .max = 200},
    {.name = "on", .type = PARAM_DAY, .help = "the day, or the first"},
    DATE_PARAMS,
    {.name = "anew", .type = PARAM_BOOL, .help = "last day, hour and note that are not given go"},
    {0}};
static const struct param remove_params[] = {{.name = "id",
                                              .type = PARAM_ID,
                                              .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
                                              .help = "the date of yours"},
                                             {0}};
static const struct param export_params[] = {
    {.name = "to",
     .type = PARAM_TEXT,
     .placeholder = "FILE",
     .help = "the file to write (default: the text is shown)",
     .max = 4096},
    {.name = "cycle",
     .type = PARAM_INT,
     .help = "another Match year than the goal says",
     .min = 2020,
     .max = 2100},
    {0}};
static const struct param feed_params[] = {
    {.name = "revoke", .type = PARAM_BOOL, .help = "close the address instead of making one"}, {0}};

static const struct field date_fields[] = {
    {"id", FIELD_TEXT, "id of the rule, or own_ and a number", NULL, false},
    {"title", FIELD_TEXT, "what it is", NULL, false},
    {"lane", FIELD_TEXT, "phase it belongs to", NULL, false},
    {"on", FIELD_DAY, "the day, or the first", NULL, false},
    {"until", FIELD_DAY, "the last day", NULL, false},
    {"words", FIELD_TEXT, "the same in words", NULL, false},
    {"time", FIELD_TEXT, "the hour", NULL, true},
    {"zone", FIELD_TEXT, "of the hour", NULL, true},
    {"latest", FIELD_DAY, "the work before it ends on this day at the latest", NULL, true},
    {"why", FIELD_TEXT, "what belongs before it", NULL, false},
    {"source", FIELD_TEXT, "where it is known from", NULL, false},
    {"own_id", FIELD_ID, "your date, or the one that moved it", NULL, true},
    {"moved_from", FIELD_DAY, "where the rule has it", NULL, true},
    {"is_main", FIELD_BOOL, "one of the dates that count", NULL, false},
    {"is_past", FIELD_BOOL, "over", NULL, false},
    {0}};
static const struct field span_fields[] = {
    {"id", FIELD_TEXT, "which", NULL, false},
    {"title", FIELD_TEXT, "its name", NULL, false},
    {"from", FIELD_DAY, "first day", NULL, false},
    {"until", FIELD_DAY, "last day", NULL, false},
    {"words", FIELD_TEXT, "what belongs into it", NULL, false},
    {0}};
static const struct field show_fields[] = {
    {"cycle", FIELD_INT, "the Match year", NULL, false},
    {"is_guessed", FIELD_BOOL, "the goal does not say the year", NULL, false},
    {"match_day", FIELD_DAY, "Match Day", NULL, false},
    {"from", FIELD_DAY, "first day shown", NULL, false},
    {"until", FIELD_DAY, "last day shown", NULL, false},
    {"phase", FIELD_TEXT, "id of the phase today is in", NULL, true},
    {"next", FIELD_TEXT, "id of the next date that counts", NULL, true},
    {"dates", FIELD_LIST, "by day", date_fields, false},
    {"phases", FIELD_LIST, "the bands", span_fields, false},
    {"quiet", FIELD_LIST, "times in which messages rest", span_fields, false},
    {0}};
static const struct field export_fields[] = {
    {"cycle", FIELD_INT, "the Match year", NULL, false},
    {"events", FIELD_INT, "how many", NULL, false},
    {"to", FIELD_TEXT, "the file", NULL, true},
    {"text", FIELD_TEXT, "the calendar itself, when no file was named", NULL, true},
    {0}};
static const struct field feed_fields[] = {
    {"revoked", FIELD_INT, "addresses that are closed now", NULL, false},
    {"path", FIELD_TEXT, "the new address, after the name of this server", NULL, true},
    {"token", FIELD_TEXT, "the same, shown once", NULL, true},
    {"message", FIELD_TEXT, "what was done", NULL, false},
    {0}};

static const struct action show_action = {
    .name = "season.show",
    .summary = "Show the dated year of your application",
    .detail = "Dates are rules relative to Match Day and the academic year, each with its source; "
              "dates of your own stand in their place, and what hangs on them moves along.",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_READ,
    .params = show_params,
    .result = show_fields,
    .run = season_do_show,
    .print = season_print};
static const struct action add_action = {.name = "season.add",
                                         .summary = "Put a date of your own into the season",
                                         .who = WHO_ACCOUNT,
                                         .effect = EFFECT_WRITE,
                                         .params = add_params,
                                         .result = act_done_fields,
                                         .run = season_do_add};
static const struct action edit_action = {.name = "season.edit",
                                          .summary = "Change a date of your own",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_WRITE,
                                          .params = edit_params,
                                          .result = act_done_fields,
                                          .run = season_do_edit};
static const struct action remove_action = {.name = "season.remove",
                                            .summary =
                                                "Take a date of your own away; a rule counts again",
                                            .who = WHO_ACCOUNT,
                                            .effect = EFFECT_WRITE,
                                            .params = remove_params,
                                            .result = act_done_fields,
                                            .run = season_do_remove};
static const struct action export_action = {.name = "season.export",
                                            .summary = "Write the season as an iCalendar file",
                                            .who = WHO_ACCOUNT,
                                            .effect = EFFECT_READ,
                                            .params = export_params,
                                            .result = export_fields,
                                            .run = season_do_export,
                                            .print = season_print_export};
static const struct action feed_action = {
    .name = "season.feed",
    .summary = "Make the private address of your calendar, or close it",
    .detail = "A calendar program reads the address without signing in. Making a new one closes "
              "the one before.",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_WRITE,
    .params = feed_params,
    .result = feed_fields,
    .run = season_do_feed,
    .print = season_print_feed};

static const struct action *const actions[] = {
    &show_action, &add_action, &edit_action, &remove_action, &export_action, &feed_action, NULL};

static const struct page_route pages[] = {{"/season", PAGE_CACHED, season_page},
                                          {"/season.ics", PAGE_RAW, season_page_file},
                                          {"/season/dates/new", PAGE_CACHED, season_page_new},
                                          {"/season/dates/:id", PAGE_CACHED, season_page_one},
                                          {"/feed/:file", PAGE_ANYONE | PAGE_RAW, season_page_feed},
                                          {0}};

const struct feature feature_season = {.name = "season", .actions = actions, .pages = pages};
