/* messages.csv. The file names no owner: it is whoever takes part in most conversations, unless the
 * account's own profile address or Profile.csv settles it. Drafts, spam, advertising and robots are
 * no touches. */
#include "import/linkedin.h"

#include "base/digest.h"
#include "base/error.h"
#include "base/fold.h"
#include "base/ident.h"
#include "codec/plain.h"
#include "data_robots.h"

#include <string.h>

#define NOTE_CHARS 400

struct talk {
    char *owner;          /* canonical profile address, NULL: unknown */
    char *owner_name;     /* folded, NULL: unknown */
    GHashTable *answered; /* owned: canonical addresses the owner has written to */
};

/* Profile addresses of a cell, canonical, NULL-terminated. Names can hold commas, addresses cannot.
 */
static char **urls_of(const char *cell)
{
    g_auto(GStrv) raw = g_strsplit(cell, ",", 512);
    GPtrArray *urls = g_ptr_array_new();
    for (char **each = raw; *each != NULL; each++) {
        char *url = ident_normal(IDENT_URL, g_strstrip(*each));
        if (url != NULL) {
            g_ptr_array_add(urls, url);
        }
    }
    g_ptr_array_add(urls, NULL);
    return (char **)g_ptr_array_free(urls, false);
}

/* First pass: counts in how many conversations each address takes part. */
static bool count_row(struct table *table, GError **error)
{
    GHashTable *talks = table->state; /* address -> set of conversations */
    const char *conversation = table_cell(table, "CONVERSATION ID");
    g_autofree char *both = g_strjoin(",", table_cell(table, "SENDER PROFILE URL"),
                                      table_cell(table, "RECIPIENT PROFILE URLS"), NULL);
    g_auto(GStrv) urls = urls_of(both);
    for (char **url = urls; *url != NULL; url++) {
        GHashTable *set = g_hash_table_lookup(talks, *url);
        if (set == NULL) {
            set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
            g_hash_table_insert(talks, g_strdup(*url), set);
        }
        g_hash_table_add(set, g_strdup(conversation));
    }
    return true;
}

static bool pass_over(void *data, const char *file, long line, const char *reason, GError **error)
{
    return true;
}

/* The address that takes part in most conversations; NULL when two tie or there is none. */
static char *most_frequent(GHashTable *talks)
{
    GHashTableIter iter;
    gpointer url = NULL;
    gpointer set = NULL;
    const char *best = NULL;
    guint most = 0;
    bool is_tied = false;
    g_hash_table_iter_init(&iter, talks);
    while (g_hash_table_iter_next(&iter, &url, &set)) {
        guint n = g_hash_table_size(set);
        if (n > most) {
            most = n;
            best = url;
            is_tied = false;
        } else if (n == most) {
            is_tied = true;
        }
    }
    return is_tied ? NULL : g_strdup(best);
}

/* Second pass: whom the owner has written to. */
static bool note_answered(struct table *table, GError **error)
{
    struct talk *talk = table->state;
    g_autofree char *sender = ident_normal(IDENT_URL, table_cell(table, "SENDER PROFILE URL"));
    if (sender != NULL && g_strcmp0(sender, talk->owner) == 0) {
        g_auto(GStrv) urls = urls_of(table_cell(table, "RECIPIENT PROFILE URLS"));
        for (char **url = urls; *url != NULL; url++) {
            g_hash_table_add(talk->answered, g_strdup(*url));
        }
    }
    return true;
}

/* Finds the owner and whom they wrote to; what the readers refuse is counted in the real pass only.
 */
static bool learn(const struct source_member *member, struct talk *talk, GError **error)
{
    struct record_sink quiet = {.refuse_row = pass_over};
    const struct source_options *options = member->options;
    talk->owner = g_strdup(options->owner_url);
    g_autofree char *name = linkedin_owner_name(member->bundle);
    if (name == NULL) {
        name = g_strdup(options->owner_name);
    }
    talk->owner_name = name != NULL && *name != '\0' ? fold_text(name) : NULL;
    if (talk->owner == NULL) {
        g_autoptr(GHashTable) talks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                                            (GDestroyNotify)g_hash_table_unref);
        const struct table_plan count = {.family = "linkedin.messages", .each = count_row};
        if (!table_read(member, &quiet, &count, talks, error)) {
            return false;
        }
        talk->owner = most_frequent(talks);
    }
    const struct table_plan answered = {.family = "linkedin.messages", .each = note_answered};
    return table_read(member, &quiet, &answered, talk, error);
}

static bool is_yes(const char *cell)
{
    return g_ascii_strcasecmp(cell, "yes") == 0 || g_ascii_strcasecmp(cell, "true") == 0;
}

static bool is_robot(const char *sender)
{
    for (size_t i = 0; i < n_data_robots; i++) {
        if (g_strcmp0(data_robots[i].kind, "sender") == 0 &&
            g_ascii_strcasecmp(sender, data_robots[i].name) == 0) {
            return true;
        }
    }
    return false;
}

/* Why this row is no touch; NULL when it is one. Borrowed for ever. */
static const char *why_not(struct table *table)
{
    static const char *const draft[] = {"IS MESSAGE DRAFT", "IS CONVERSATION DRAFT", NULL};
    for (const char *const *name = draft; *name != NULL; name++) {
        if (is_yes(table_cell(table, *name))) {
            return "A draft that was never sent.";
        }
    }
    if (g_ascii_strcasecmp(table_cell(table, "FOLDER"), "SPAM") == 0) {
        return "In the spam folder.";
    }
    const char *sender = table_cell(table, "FROM");
    if (*sender == '\0') {
        return "Nobody is named as the sender.";
    }
    if (is_robot(sender)) {
        return "From a closed account or a robot. There is nobody to keep it for.";
    }
    if (plain_is_sponsored(table_cell(table, "CONTENT"))) {
        return "Advertising, sent by a machine.";
    }
    return NULL;
}

/* Subject and first lines. New string, NULL when there is nothing. */
static char *note_of(struct table *table)
{
    g_autofree char *text = plain_text(table_cell(table, "CONTENT"));
    const char *subject = table_cell(table, "SUBJECT");
    g_autofree char *all =
        *subject != '\0' ? g_strdup_printf("%s: %s", subject, text) : g_strdup(text);
    if (g_utf8_strlen(all, -1) <= NOTE_CHARS) {
        return g_steal_pointer(&all);
    }
    g_autofree char *head = g_utf8_substring(all, 0, NOTE_CHARS);
    return g_strconcat(head, "…", NULL);
}

/* What makes the message the same in the next export. */
static char *key_of(struct table *table, const char *content)
{
    g_autofree char *all =
        g_strjoin("\n", table_cell(table, "CONVERSATION ID"), table_cell(table, "DATE"),
                  table_cell(table, "FROM"), content, NULL);
    uint8_t digest[DIGEST_LEN];
    char text[DIGEST_TEXT];
    digest_bytes(all, strlen(all), digest);
    return g_strdup(digest_format(digest, text));
}

/* One other side of the message: a record. Only the first of a row is counted. */
static bool send_side(struct table *table, const char *url, const char *name,
                      const struct record_touch *touch, bool is_first, GError **error)
{
    const struct talk *talk = table->state;
    table_start(table, ABOUT_TOUCH);
    if (name != NULL) {
        draft_name(&table->draft, name);
    }
    draft_fact(&table->draft, FACT_URL, url, "LinkedIn");
    draft_touch(&table->draft, touch);
    table->draft.record.needs_person = !g_hash_table_contains(talk->answered, url);
    table->draft.record.is_same_row = !is_first;
    return draft_send(&table->draft, table->sink, NULL, error);
}

/* An outgoing message: one record for each recipient; names only where there is exactly one. */
static bool send_outgoing(struct table *table, const struct record_touch *touch, GError **error)
{
    const struct talk *talk = table->state;
    g_auto(GStrv) urls = urls_of(table_cell(table, "RECIPIENT PROFILE URLS"));
    guint n = g_strv_length(urls);
    bool is_first = true;
    for (guint i = 0; i < n; i++) {
        if (g_strcmp0(urls[i], talk->owner) == 0) {
            continue;
        }
        if (!send_side(table, urls[i], n == 1 ? table_cell(table, "TO") : NULL, touch, is_first,
                       error)) {
            return false;
        }
        is_first = false;
    }
    if (is_first) {
        return table_refuse(
            table, error, "No recipient with a profile address. Nobody is joined on a name alone.");
    }
    return true;
}

static bool read_message(struct table *table, GError **error)
{
    const struct talk *talk = table->state;
    const char *reason = why_not(table);
    struct when when;
    g_autoptr(GError) bad = NULL;
    if (reason != NULL) {
        return table_refuse(table, error, "%s", reason);
    }
    if (!when_parse(table_cell(table, "DATE"), WHEN_MONTH_FIRST, &when, &bad)) {
        return table_refuse(table, error, "%s", bad->message);
    }
    g_autofree char *sender = ident_normal(IDENT_URL, table_cell(table, "SENDER PROFILE URL"));
    g_autofree char *from = fold_text(table_cell(table, "FROM"));
    bool is_out = sender != NULL && talk->owner != NULL ? g_strcmp0(sender, talk->owner) == 0
                                                        : g_strcmp0(from, talk->owner_name) == 0;
    const char *direction = table_cell(table, "Direction"); /* 2018 */
    if (*direction != '\0') {
        is_out = g_ascii_strcasecmp(direction, "OUTGOING") == 0;
    }
    g_autofree char *note = note_of(table);
    g_autofree char *key = key_of(table, table_cell(table, "CONTENT"));
    struct record_touch touch = {.kind = "message",
                                 .direction = is_out ? "out" : "in",
                                 .at = when_at(&when, NULL),
                                 .on_day = when_day(&when),
                                 .note = note,
                                 .key = key};
    if (touch.on_day == DAY_NONE) {
        return table_refuse(table, error, "There is no date, so it cannot be put in time.");
    }
    if (is_out) {
        return send_outgoing(table, &touch, error);
    }
    if (sender == NULL) {
        return table_refuse(
            table, error,
            "%s has no profile address in this row. Nobody is joined on a name alone.",
            table_cell(table, "FROM"));
    }
    return send_side(table, sender, table_cell(table, "FROM"), &touch, true, error);
}

bool linkedin_read_messages(const struct source_member *member, struct record_sink *sink,
                            GError **error)
{
    struct talk talk = {.answered = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    static const struct table_plan plan = {.family = "linkedin.messages", .each = read_message};
    bool is_well = learn(member, &talk, error) && table_read(member, sink, &plan, &talk, error);
    g_free(talk.owner);
    g_free(talk.owner_name);
    g_hash_table_unref(talk.answered);
    return is_well;
}
