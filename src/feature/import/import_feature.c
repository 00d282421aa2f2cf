/* The import feature: actions and pages. */
#include "feature/import/import.h"

static const struct field refused_fields[] = {{"file", FIELD_TEXT, "file or member", NULL, false},
                                              {"line", FIELD_INT, "line, from 1", NULL, false},
                                              {"reason", FIELD_TEXT, "why", NULL, false},
                                              {0}};

static const struct field result_fields[] = {
    {"import_id", FIELD_ID, "the import", NULL, false},
    {"source", FIELD_TEXT, "linkedin, vcard, google, outlook, thunderbird, csv, medline, or files",
     NULL, false},
    {"file", FIELD_TEXT, "the file's name", NULL, false},
    {"read", FIELD_INT, "rows read = added + updated + unchanged + refused", NULL, false},
    {"added", FIELD_INT, "rows that brought a new person, touch or fact of yours", NULL, false},
    {"updated", FIELD_INT, "rows that changed what is known", NULL, false},
    {"unchanged", FIELD_INT, "rows that say nothing new", NULL, false},
    {"refused", FIELD_LIST, "rows that were not taken, each with file, line and reason",
     refused_fields, false},
    {"n_refused", FIELD_INT, "how many were refused", NULL, false},
    {"new_people", FIELD_INT, "people who were not known before", NULL, false},
    {"new_touches", FIELD_INT, "touches that were not known before", NULL, false},
    {"n_changes", FIELD_INT, "facts that change", NULL, false},
    {"changes", FIELD_LIST, "facts that change: person, person_id, what, before, after", NULL,
     false},
    {"decide", FIELD_LIST,
     "records that may be people you have: key, name, org, why, person, person_id", NULL, false},
    {"new", FIELD_LIST, "the first of the new people: name, org", NULL, false},
    {"files", FIELD_LIST, "members read", NULL, false},
    {"imports", FIELD_LIST, "one result for each file", NULL, false},
    {0}};

static const struct param preview_params[] = {
    {.name = "file",
     .type = PARAM_FILE,
     .flags = PARAM_REPEATED | PARAM_POSITIONAL,
     .help = "LinkedIn archive, vCard, contacts CSV, PubMed file, or a folder of them"},
    {.name = "mapping", .type = PARAM_JSON, .help = "for other CSVs: {\"column\": \"field\"}"},
    {.name = "decisions",
     .type = PARAM_JSON,
     .help = "for doubtful records: {\"key\": \"two\" or a person's id}"},
    {.name = "keep",
     .type = PARAM_BOOL,
     .help = "keep the file, so that it can be saved by the import's id"},
    {.name = "import_id",
     .type = PARAM_ID,
     .help = "a file that was kept, to look at again with another mapping"},
    {.name = "map",
     .type = PARAM_TEXT,
     .flags = PARAM_REPEATED,
     .help = "the mapping, column by column: FIELD:COLUMN",
     .max = 2000},
    {0}};

static const struct param apply_params[] = {
    {.name = "file",
     .type = PARAM_FILE,
     .flags = PARAM_REPEATED | PARAM_POSITIONAL,
     .help = "LinkedIn archive, vCard, contacts CSV, PubMed file, or a folder of them"},
    {.name = "import_id",
     .type = PARAM_ID,
     .help = "an import that was looked at with --keep, instead of a file"},
    {.name = "mapping", .type = PARAM_JSON, .help = "for other CSVs: {\"column\": \"field\"}"},
    {.name = "decisions",
     .type = PARAM_JSON,
     .help = "for doubtful records: {\"key\": \"two\" or a person's id}"},
    {0}};

static const struct param list_params[] = {{.name = "limit",
                                            .type = PARAM_INT,
                                            .help = "how many",
                                            .min = 1,
                                            .max = 1000,
                                            .fallback = "100"},
                                           {0}};

static const struct param id_params[] = {{.name = "id",
                                          .type = PARAM_ID,
                                          .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
                                          .help = "the import"},
                                         {0}};

static const char *const answers[] = {"same", "two", "later", NULL};
static const struct param decide_params[] = {
    {.name = "id",
     .type = PARAM_ID,
     .flags = PARAM_REQUIRED | PARAM_POSITIONAL,
     .help = "the import that waits"},
    {.name = "key",
     .type = PARAM_TEXT,
     .flags = PARAM_REQUIRED,
     .help = "the record, as the preview names it",
     .max = 4000},
    {.name = "answer",
     .type = PARAM_CHOICE,
     .flags = PARAM_REQUIRED,
     .choices = answers,
     .help = "the same person as the one beside it, two people, or later"},
    {0}};
static const struct field decided_fields[] = {{"import_id", FIELD_ID, "the import", NULL, false},
                                              {"answer", FIELD_TEXT, "as given", NULL, false},
                                              {0}};
static const struct field discarded_fields[] = {
    {"import_id", FIELD_ID, "the import", NULL, false},
    {"message", FIELD_TEXT, "what came of it", NULL, false},
    {0}};

static const struct field row_fields[] = {
    {"import_id", FIELD_ID, "the import", NULL, false},
    {"source", FIELD_TEXT, "kind of source", NULL, false},
    {"file", FIELD_TEXT, "the file's name", NULL, false},
    {"state", FIELD_TEXT, "previewed, running, applied, failed, cancelled, undone", NULL, false},
    {"read", FIELD_INT, "rows", NULL, false},
    {"added", FIELD_INT, "new", NULL, false},
    {"updated", FIELD_INT, "changed", NULL, false},
    {"unchanged", FIELD_INT, "the same", NULL, false},
    {"n_refused", FIELD_INT, "refused", NULL, false},
    {"created_at", FIELD_AT, "looked at", NULL, true},
    {"applied_at", FIELD_AT, "saved", NULL, true},
    {"undone_at", FIELD_AT, "taken back", NULL, true},
    {0}};

static const struct field list_fields[] = {
    {"imports", FIELD_LIST, "newest first", row_fields, false},
    {"total", FIELD_INT, "how many", NULL, false},
    {"next", FIELD_TEXT, "cursor", NULL, true},
    {0}};

static const struct field undone_fields[] = {
    {"import_id", FIELD_ID, "the import", NULL, false},
    {"removed", FIELD_INT, "people who went with it", NULL, false},
    {"changed", FIELD_INT, "people who are as they were before", NULL, false},
    {"touches", FIELD_INT, "touches that went with it", NULL, false},
    {0}};

static const struct action preview_action = {
    .name = "import.preview",
    .summary = "Show what a file would change, and change nothing",
    .who = WHO_ACCOUNT,
    .detail =
        "Says of every row whether it is new, changes somebody, says nothing new, or is refused "
        "and why. Rows that may be "
        "people you have are listed for you to decide; nobody is ever joined on a name alone.",
    .effect = EFFECT_WRITE,
    .is_long = true,
    .params = preview_params,
    .result = result_fields,
    .run = import_preview,
    .print = import_print};
static const struct action apply_action = {
    .name = "import.apply",
    .summary = "Bring the people of a file in",
    .who = WHO_ACCOUNT,
    .detail = "All or nothing for each file. The same file again changes nothing; a newer export "
              "changes what is newer. Several files "
              "are brought in one after the other; after a refusal the same command goes on where "
              "it stopped.",
    .effect = EFFECT_WRITE,
    .is_long = true,
    .params = apply_params,
    .result = result_fields,
    .run = import_apply,
    .print = import_print};
static const struct action list_action = {.name = "import.list",
                                          .summary = "List earlier imports",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_READ,
                                          .params = list_params,
                                          .result = list_fields,
                                          .run = import_list};
static const struct action show_action = {.name = "import.show",
                                          .summary =
                                              "Show one import with its refusals and changes",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_READ,
                                          .params = id_params,
                                          .result = row_fields,
                                          .run = import_show};
static const struct action undo_action = {
    .name = "import.undo",
    .summary = "Take exactly one import back",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_WRITE,
    .detail = "People it made go with it, unless you have edited them or logged something with "
              "them; people it changed are as they "
              "were before. Later imports stay.",
    .params = id_params,
    .result = undone_fields,
    .run = import_undo};

static const struct action decide_action = {
    .name = "import.decide",
    .summary = "Say whether a doubtful record is somebody you have",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_WRITE,
    .detail = "Nobody is ever joined on a name alone: a preview asks, and this answers. The answer "
              "counts when the "
              "import is saved.",
    .params = decide_params,
    .result = decided_fields,
    .run = import_decide};
static const struct action discard_action = {.name = "import.discard",
                                             .summary = "Leave a file that was looked at",
                                             .who = WHO_ACCOUNT,
                                             .effect = EFFECT_WRITE,
                                             .params = id_params,
                                             .result = discarded_fields,
                                             .run = import_discard};

static const struct action *const actions[] = {&preview_action, &apply_action, &list_action,
                                               &show_action,    &undo_action,  &decide_action,
                                               &discard_action, NULL};
static const struct page_route pages[] = {
    {"/import", 0, import_page},
    {"/import/:id", 0, import_one_page},
    {"/import/:id/refused.csv", PAGE_RAW, import_refused_file},
    {NULL}};

static const struct feature_job jobs[] = {
    {"leave files that nobody decided about", 12 * 60, import_clean_kept}, {0}};

const struct feature feature_import = {
    .name = "import",
    .actions = actions,
    .pages = pages,
    .jobs = jobs,
};
