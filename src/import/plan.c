/* Runs an import: opens the bundle, gives each member to the source that reads its kind, counts
 * every row exactly once, and writes the import's row. A preview runs inside a read transaction, an
 * apply inside one write transaction. */
#include "import/plan_private.h"

#include "base/error.h"
#include "codec/columns.h"
#include "model/account.h"
#include "model/imports.h"

#include <string.h>

#define READ_BLOCK (256 * 1024)

/* What is known of the file before the store is asked. */
struct reading {
    const struct plan_options *options;
    struct bundle *bundle;
    struct sniff *sniffs;
    GArray *order;  /* struct turn */
    char *digest;   /* of the file's bytes, as text */
    int64_t n_rows; /* about how many there are */
    char *source;
    const char *label;
    char *owner_name;
    char *owner_url;
    bool is_dry;
    struct plan_result *result;
};

struct turn {
    int order;
    size_t index;
    const struct import_source *source;
};

void plan_result_clear(struct plan_result *result)
{
    g_clear_pointer(&result->source, g_free);
    g_clear_pointer(&result->label, g_free);
    g_clear_pointer(&result->report, json_decref);
}

static const struct import_source *source_for(enum file_kind kind, int *order_out)
{
    for (int i = 0; i < n_import_sources; i++) {
        *order_out = import_sources[i]->order(kind);
        if (*order_out > 0) {
            return import_sources[i];
        }
    }
    return NULL;
}

static gint compare_turns(gconstpointer a, gconstpointer b)
{
    const struct turn *x = a;
    const struct turn *y = b;
    return x->order != y->order  ? x->order - y->order
           : x->index < y->index ? -1
                                 : x->index > y->index;
}

static int64_t count_of(const char *bytes, size_t len, const char *what)
{
    int64_t n = 0;
    size_t what_len = strlen(what);
    const char *end = bytes + len;
    const char *at = bytes;
    while ((at = memmem(at, (size_t)(end - at), what, what_len)) != NULL) {
        n++;
        at += what_len;
    }
    return n;
}

/* What begins a row of such a file: about how many there are is enough for a bar. */
static const char *row_mark(enum file_kind kind)
{
    return kind == FILE_VCARD ? "BEGIN:VCARD" : kind == FILE_MEDLINE ? "PMID- " : "\n";
}

/* Digest over the bytes of all members, in order of their names; and on the way, about how many
 * rows are ours. */
static bool look_through(struct reading *reading, GError **error)
{
    struct row_digest digest;
    char text[DIGEST_TEXT];
    row_digest_start(&digest, "file");
    g_autofree char *buffer = g_malloc(READ_BLOCK);
    for (size_t i = 0; i < bundle_count(reading->bundle); i++) {
        int order = 0;
        bool is_ours = source_for(reading->sniffs[i].kind, &order) != NULL;
        const char *mark = row_mark(reading->sniffs[i].kind);
        g_autoptr(stream_ref) stream = bundle_stream(reading->bundle, i, error);
        gssize n = stream == NULL ? -1 : 1;
        while (n > 0 && (n = stream_read(stream, buffer, READ_BLOCK, error)) > 0) {
            row_digest_blob(&digest, buffer, (size_t)n);
            reading->n_rows += is_ours ? count_of(buffer, (size_t)n, mark) : 0;
        }
        if (n < 0) {
            return false;
        }
    }
    reading->digest = g_strdup(row_digest_finish(&digest, text));
    return true;
}

/* Opens, recognises, orders the members. A bundle with nothing for us is refused with its own
 * sentence. */
static bool open_reading(struct reading *reading, const char *path, GError **error)
{
    reading->bundle = bundle_open(path, NULL, error);
    enum bundle_content content = BUNDLE_CONTENT_NONE;
    enum file_kind refused = FILE_NONE;
    if (reading->bundle == NULL ||
        !sniff_bundle(reading->bundle, &content, &refused, &reading->sniffs, error)) {
        return false;
    }
    if (content == BUNDLE_CONTENT_REFUSED) {
        return file_kind_refuse(refused, error);
    }
    reading->order = g_array_new(false, true, sizeof(struct turn));
    for (size_t i = 0; i < bundle_count(reading->bundle); i++) {
        struct turn turn = {.index = i};
        turn.source = source_for(reading->sniffs[i].kind, &turn.order);
        if (turn.source != NULL) {
            g_array_append_val(reading->order, turn);
        }
    }
    if (reading->order->len == 0) {
        if (file_kind_is_linkedin(reading->sniffs[0].kind)) {
            return refuse(
                error, "import.no_people",
                "This part of a LinkedIn export says nothing about people you know. Bring the "
                "whole ZIP, or Connections.csv. Nothing was changed.");
        }
        return refuse(error, "import.unknown_format",
                      "There is nothing in this file that Ligature can read people from. "
                      "Bring a LinkedIn archive, a vCard file, a contacts CSV or a PubMed file. "
                      "Nothing was changed.");
    }
    g_array_sort(reading->order, compare_turns);
    reading->source = g_strdup(g_array_index(reading->order, struct turn, 0).source->name);
    for (guint i = 1; i < reading->order->len; i++) {
        if (strcmp(g_array_index(reading->order, struct turn, i).source->name, reading->source) !=
            0) {
            g_free(reading->source);
            reading->source = g_strdup("files");
            break;
        }
    }
    return look_through(reading, error);
}

static void close_reading(struct reading *reading)
{
    g_clear_pointer(&reading->bundle, bundle_free);
    g_clear_pointer(&reading->sniffs, g_free);
    g_clear_pointer(&reading->digest, g_free);
    g_clear_pointer(&reading->source, g_free);
    g_clear_pointer(&reading->owner_name, g_free);
    g_clear_pointer(&reading->owner_url, g_free);
    if (reading->order != NULL) {
        g_array_free(reading->order, true);
        reading->order = NULL;
    }
}

/* ---- one run ---- */

static void clear_pair(gpointer data)
{
    struct plan_pair *pair = data;
    g_free(pair->why);
}

static void plan_start(struct plan *plan, const struct reading *reading, struct db_tx *tx)
{
    *plan = (struct plan){.options = reading->options,
                          .is_dry = reading->is_dry,
                          .label = reading->label,
                          .next_fake = -1,
                          .total_rows = reading->n_rows};
    plan->book = BOOK(tx, reading->options->env, reading->options->account_id);
    plan->seen_at = clock_now(&reading->options->env->clock);
    plan->sources = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    plan->crew = plan->is_dry ? NULL : crew_new(&plan->book);
    plan->refold = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    plan->refresh = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    plan->pairs = g_array_new(false, true, sizeof(struct plan_pair));
    g_array_set_clear_func(plan->pairs, clear_pair);
    plan->refused = json_array();
    plan->changes = json_array();
    plan->decide = json_array();
    plan->files = json_array();
    plan->newcomers = json_array();
}

static void plan_end(struct plan *plan)
{
    crew_free(plan->crew);
    plan_forget(plan);
    g_free(plan->refusal.reason);
    g_hash_table_unref(plan->sources);
    g_hash_table_unref(plan->refold);
    g_hash_table_unref(plan->refresh);
    g_array_free(plan->pairs, true);
    json_decref(plan->refused);
    json_decref(plan->changes);
    json_decref(plan->decide);
    json_decref(plan->files);
    json_decref(plan->newcomers);
}

/* Counts the row at hand by the strongest thing that happened to its records; a refusal is told
 * only where nothing else did. */
static bool close_row(struct plan *plan, GError **error)
{
    enum outcome outcome = plan->row_outcome;
    plan->row_outcome = OUTCOME_NONE;
    switch (outcome) {
    case OUTCOME_NONE: return true;
    case OUTCOME_ADDED: plan->counts.added++; break;
    case OUTCOME_UPDATED: plan->counts.updated++; break;
    case OUTCOME_UNCHANGED: plan->counts.unchanged++; break;
    case OUTCOME_REFUSED: plan->counts.refused++; break;
    }
    plan->counts.read++;
    bool is_told = outcome != OUTCOME_REFUSED || plan_tell_refused(plan, error);
    g_clear_pointer(&plan->refusal.reason, g_free);
    return is_told;
}

static bool on_record(void *data, const struct record *record, GError **error)
{
    struct plan *plan = data;
    enum outcome outcome = OUTCOME_NONE;
    if ((!record->is_same_row && !close_row(plan, error)) ||
        !plan_take(plan, record, &outcome, error)) {
        return false;
    }
    plan->row_outcome = MAX(plan->row_outcome, outcome);
    return true;
}

static bool on_refused(void *data, const char *file, long line, const char *reason, GError **error)
{
    struct plan *plan = data;
    if (!close_row(plan, error)) {
        return false;
    }
    plan->row_outcome = OUTCOME_REFUSED;
    plan_refuse_row(plan, file, line, reason);
    return true;
}

static bool on_progress(void *data, int64_t done, int64_t total)
{
    struct plan *plan = data;
    struct progress *progress = plan->options->progress;
    if (progress == NULL) {
        return true;
    }
    progress->report(progress, plan->counts.read, MAX(plan->total_rows, plan->counts.read),
                     plan->is_dry ? "looking who is in it" : "matching people and saving them");
    return !progress->is_cancelled(progress);
}

static bool read_members(struct plan *plan, const struct reading *reading, GError **error)
{
    struct source_options options = {.env = reading->options->env,
                                     .mapping = reading->options->mapping,
                                     .owner_name = reading->owner_name,
                                     .owner_url = reading->owner_url};
    struct record_sink sink = {
        .data = plan, .record = on_record, .refuse_row = on_refused, .progress = on_progress};
    for (guint i = 0; i < reading->order->len; i++) {
        const struct turn *turn = &g_array_index(reading->order, struct turn, i);
        struct source_member member = {.bundle = reading->bundle,
                                       .index = turn->index,
                                       .kind = reading->sniffs[turn->index].kind,
                                       .sniff = &reading->sniffs[turn->index],
                                       .options = &options};
        int64_t before = plan->counts.read;
        if (!turn->source->read(&member, &sink, error) || !close_row(plan, error)) {
            return false;
        }
        json_array_append_new(plan->files,
                              json_pack("{s:s, s:s, s:I}", "file",
                                        bundle_member(reading->bundle, turn->index)->name, "kind",
                                        file_kind_words(member.kind), "read",
                                        (json_int_t)(plan->counts.read - before)));
    }
    return true;
}

/* Name and profile of the account's owner, for direction of messages and authorship. */
static bool learn_owner(struct plan *plan, struct reading *reading, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    struct account account;
    if (!account_load(plan->book.tx, plan->book.account_id, text, &account, error)) {
        return false;
    }
    plan->self_id = account.self_person_id;
    g_autoptr(person_ptr) self = person_load(&plan->book, plan->self_id, error);
    if (self == NULL) {
        return false;
    }
    const struct fact *name = fact_fold_first(self->fold, FACT_NAME);
    g_autofree char *email =
        strchr(account.name, '@') != NULL ? ident_normal(IDENT_EMAIL, account.name) : NULL;
    plan->is_self_named = name != NULL;
    plan->self_email = email != NULL ? arena_text(&plan->arena, email) : NULL;
    g_autoptr(GPtrArray) urls = g_ptr_array_new();
    if (!ident_of_person(&plan->book, plan->self_id, IDENT_URL, text, urls, error)) {
        return false;
    }
    g_free(reading->owner_name);
    g_free(reading->owner_url);
    reading->owner_name = name != NULL ? g_strdup(name->value) : NULL;
    reading->owner_url = urls->len > 0 ? g_strdup(g_ptr_array_index(urls, 0)) : NULL;
    return true;
}

/* Writes (or fills in) the import's row. */
static bool save_row(struct plan *plan, const struct reading *reading, json_t *report,
                     GError **error)
{
    g_autofree char *text = json_dumps(report, JSON_COMPACT);
    int64_t now = plan->seen_at;
    struct import_row row = {.import_id = plan->import_id,
                             .kind = reading->source,
                             .label = reading->label,
                             .file_digest = reading->digest,
                             .state = plan->is_dry ? "previewed" : "applied",
                             .n_read = plan->counts.read,
                             .n_added = plan->counts.added,
                             .n_updated = plan->counts.updated,
                             .n_unchanged = plan->counts.unchanged,
                             .n_refused = plan->counts.refused,
                             .report = text,
                             .created_at = now,
                             .applied_at = plan->is_dry ? AT_NONE : now,
                             .undone_at = AT_NONE};
    return imports_save(&plan->book, &row, error);
}

/* The row has its id from the start, so that sources can name their import. */
static bool begin_row(struct plan *plan, const struct reading *reading, GError **error)
{
    struct import_row row = {.kind = reading->source,
                             .label = reading->label,
                             .file_digest = reading->digest,
                             .state = "running",
                             .report = "{}",
                             .applied_at = AT_NONE,
                             .undone_at = AT_NONE};
    if (reading->options->import_id != 0) {
        g_autoptr(GStringChunk) text = g_string_chunk_new(256);
        struct import_row known;
        plan->import_id = reading->options->import_id;
        if (!imports_load(&plan->book, plan->import_id, text, &known, error)) {
            return false;
        }
        return strcmp(known.state, "applied") != 0 ||
               refuse(error, "import.applied_before",
                      "This import was saved before. Undo it first, or bring the file again.");
    }
    return imports_add(&plan->book, &row, &plan->import_id, error);
}

static void fill_result(const struct plan *plan, const struct reading *reading, json_t *report)
{
    struct plan_result *result = reading->result;
    plan_result_clear(result);
    result->import_id = plan->import_id;
    result->source = g_strdup(reading->source);
    result->label = g_strdup(reading->label);
    result->counts = plan->counts;
    result->report = json_incref(report);
}

/* The last moment to stop: what follows is the commit. */
static bool is_wanted(struct plan *plan, GError **error)
{
    return on_progress(plan, 0, 0) ||
           refuse(error, "action.cancelled", "Stopped. Nothing of this file was kept.");
}

static bool run_apply(struct db_tx *tx, void *data, GError **error)
{
    struct reading *reading = data;
    struct plan plan;
    plan_start(&plan, reading, tx);
    bool is_well = begin_row(&plan, reading, error) && learn_owner(&plan, reading, error) &&
                   plan_learn(&plan, error) && read_members(&plan, reading, error) &&
                   plan_settle(&plan, error) && is_wanted(&plan, error);
    if (is_well) {
        json_t *report = plan_report(&plan);
        is_well = save_row(&plan, reading, report, error);
        fill_result(&plan, reading, report);
        json_decref(report);
    }
    plan_end(&plan);
    return is_well;
}

static bool run_preview(struct db_tx *tx, void *data, GError **error)
{
    struct reading *reading = data;
    struct plan plan;
    plan_start(&plan, reading, tx);
    bool is_well = learn_owner(&plan, reading, error) && plan_learn(&plan, error) &&
                   read_members(&plan, reading, error);
    if (is_well) {
        json_t *report = plan_report(&plan);
        fill_result(&plan, reading, report);
        json_decref(report);
    }
    plan_end(&plan);
    return is_well;
}

/* The preview's row, written after the look. */
static bool note_preview(struct db_tx *tx, void *data, GError **error)
{
    struct reading *reading = data;
    struct plan plan;
    plan_start(&plan, reading, tx);
    plan.counts = reading->result->counts;
    bool is_well = begin_row(&plan, reading, error) &&
                   save_row(&plan, reading, reading->result->report, error);
    reading->result->import_id = plan.import_id;
    plan_end(&plan);
    return is_well;
}

bool plan_apply(const struct plan_options *options, const char *path, const char *name,
                struct plan_result *result_out, GError **error)
{
    *result_out = (struct plan_result){0};
    struct reading reading = {.options = options, .label = name, .result = result_out};
    bool is_well = open_reading(&reading, path, error) &&
                   db_write(options->db, "import", run_apply, &reading, error);
    close_reading(&reading);
    return is_well;
}

bool plan_preview(const struct plan_options *options, const char *path, const char *name,
                  struct plan_result *result_out, GError **error)
{
    *result_out = (struct plan_result){0};
    struct reading reading = {
        .options = options, .label = name, .result = result_out, .is_dry = true};
    bool is_well = open_reading(&reading, path, error) &&
                   db_read(options->db, "import preview", run_preview, &reading, error) &&
                   db_write(options->db, "import preview row", note_preview, &reading, error);
    close_reading(&reading);
    return is_well;
}
