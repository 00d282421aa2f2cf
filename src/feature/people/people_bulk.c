/* Many people in one go, all or none, with one undo: person.tag, untag, bulk. Also relations, and
 * change.undo. */
#include "feature/people/people.h"

#include "base/error.h"
#include "base/words.h"
#include "model/relation.h"

#include <string.h>

/* The people meant: those named, or everyone the filter holds for. */
static GArray *people_of(struct action_call *call, struct book *book, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    g_autoptr(GArray) ids = call_ids(call, "id");
    const char *where = call_text(call, "where");
    struct person_filter filter;
    if (where != NULL && (!people_where_parse(where, text, &filter, error) ||
                          !person_list_ids(book, &filter, ids, error))) {
        return NULL;
    }
    if (ids->len == 0) {
        refuse(error, "person.nobody",
               where != NULL ? "No one matches. Nothing was changed." : "Choose people first.");
        return NULL;
    }
    return g_steal_pointer(&ids);
}

/* ---- tags ---- */

/* A tag has no blanks; a leading # is how it is shown, not part of it. */
static char *tag_of(const char *typed)
{
    return typed == NULL
               ? NULL
               : g_strdelimit(g_strstrip(g_strdup(typed + strspn(typed, "# "))), " \t\n,", '-');
}

static bool has_tag(const struct person *person, const char *tag, const char **stored_out)
{
    struct fact wanted = {.kind = FACT_TAG, .value = tag};
    for (guint i = 0; i < person->fold->facts->len; i++) {
        const struct fact *fact = &g_array_index(person->fold->facts, struct folded_fact, i).fact;
        g_autofree char *shown = g_strdelimit(g_strdup(fact->value), " ", '-');
        if (fact->kind == FACT_TAG && (fact_equal(fact, &wanted) || strcmp(shown, tag) == 0)) {
            *stored_out = fact->value;
            return true;
        }
    }
    return false;
}

/* What is done to many; n counts those for whom it was a change. */
struct tagging {
    const char *tag;
    bool is_on;
    struct change_log *log;
    int n;
};

static bool tag_one(struct book *book, int64_t person_id, struct tagging *tagging, GError **error)
{
    g_autoptr(person_ptr) person = person_load(book, person_id, error);
    const char *stored = tagging->tag;
    if (person == NULL) {
        return false;
    }
    if (has_tag(person, tagging->tag, &stored) == tagging->is_on) {
        return true;
    }
    struct fact edit = {
        .kind = FACT_TAG, .op = tagging->is_on ? FACT_ADD : FACT_REMOVE, .value = stored};
    tagging->n++;
    return person_edit(book, person->row.person_id, &edit, 1, tagging->log, error);
}

static json_t *bulk_done(const struct change_log *log, int n, const char *message)
{
    json_t *done = people_done(0, n > 0 ? log : NULL, message);
    json_object_set_new(done, "people", json_integer(n));
    return done;
}

static bool write_tag(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    const char *verb = strchr(call->action->name, '.') + 1;
    bool is_on = strcmp(verb, "untag") != 0 && g_strcmp0(call_text(call, "do"), "untag") != 0;
    g_autofree char *tag = tag_of(call_text(call, "tag"));
    if (tag == NULL || *tag == '\0') {
        return refuse(error, "person.tag_missing",
                      "Write the tag into the field beside the button.");
    }
    g_autoptr(GArray) ids = people_of(call, book, error);
    if (ids == NULL) {
        return false;
    }
    auto_change_log log = CHANGE_LOG(book);
    struct tagging tagging = {.tag = tag, .is_on = is_on, .log = &log};
    for (guint i = 0; i < ids->len; i++) {
        if (!tag_one(book, g_array_index(ids, int64_t, i), &tagging, error)) {
            return false;
        }
    }
    int n = tagging.n;
    g_autofree char *count = words_count(n, "person", "people");
    g_autofree char *message =
        n == 0 ? g_strdup_printf("Nothing changed: #%s was %s before.", tag,
                                 is_on ? "there" : "not there")
               : g_strdup_printf(is_on ? "%s tagged #%s." : "#%2$s taken off %1$s.", count, tag);
    if (!change_finish(book, &log, message, error)) {
        return false;
    }
    *result_out = bulk_done(&log, n, message);
    return true;
}

bool people_do_tag(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_tag, result_out, error);
}

/* ---- cadence and deleting ---- */

static bool cadence_one(struct action_call *call, struct book *book, int64_t person_id,
                        struct change_log *log, GError **error)
{
    struct cadence cadence = {.scope = CADENCE_PERSON,
                              .person_id = person_id,
                              .every_days = call_span(call, "every"),
                              .tier = call_text(call, "tier"),
                              .state = CADENCE_ACTIVE,
                              .until_day = DAY_NONE,
                              .from_day = book_today(book)};
    if (call_bool(call, "never")) {
        cadence.state = CADENCE_NEVER;
    } else if (cadence.every_days < 0 && cadence.tier == NULL) {
        return refuse(error, "cadence.days_invalid",
                      "Say how often, such as 90d, or choose a tier: A, B or C.");
    }
    return cadence_set(book, &cadence, log, error);
}

static bool write_bulk(struct action_call *call, struct book *book, json_t **result_out,
                       GError **error)
{
    bool is_delete = strcmp(call_text(call, "do"), "delete") == 0;
    g_autoptr(GArray) ids = people_of(call, book, error);
    if (ids == NULL) {
        return false;
    }
    auto_change_log log = CHANGE_LOG(book);
    for (guint i = 0; i < ids->len; i++) {
        int64_t id = g_array_index(ids, int64_t, i);
        if (is_delete ? !person_delete(book, id, &log, error)
                      : !cadence_one(call, book, id, &log, error)) {
            return false;
        }
    }
    int n = (int)ids->len;
    g_autofree char *count = words_count(n, "person", "people");
    g_autofree char *message =
        is_delete ? g_strdup_printf("%s deleted. They can come back for 30 days.", count)
                  : g_strdup_printf("Cadence set for %s.", count);
    if (!change_finish(book, &log, message, error)) {
        return false;
    }
    *result_out = bulk_done(&log, n, message);
    return true;
}

bool people_do_bulk(struct action_call *call, json_t **result_out, GError **error)
{
    const char *what = call_text(call, "do");
    bool is_tag = strcmp(what, "tag") == 0 || strcmp(what, "untag") == 0;
    return act_write(call, is_tag ? write_tag : write_bulk, result_out, error);
}

/* ---- relations ---- */

static bool write_relate(struct action_call *call, struct book *book, json_t **result_out,
                         GError **error)
{
    struct relation relation = {.a_id = call_id(call, "id"),
                                .b_id = call_id(call, "to"),
                                .kind = call_text(call, "kind"),
                                .note = call_text(call, "note")};
    auto_change_log log = CHANGE_LOG(book);
    int64_t relation_id = 0;
    if (!relation_add(book, &relation, &log, &relation_id, error) ||
        !change_finish(book, &log, "Relation noted", error)) {
        return false;
    }
    *result_out = people_done(relation_id, &log, "Relation noted.");
    return true;
}

bool people_do_relate(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_relate, result_out, error);
}

static bool write_unrelate(struct action_call *call, struct book *book, json_t **result_out,
                           GError **error)
{
    auto_change_log log = CHANGE_LOG(book);
    if (!relation_remove(book, call_id(call, "id"), &log, error) ||
        !change_finish(book, &log, "Relation removed", error)) {
        return false;
    }
    *result_out = people_done(call_id(call, "id"), &log, "Relation removed.");
    return true;
}

bool people_do_unrelate(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_unrelate, result_out, error);
}

/* ---- undo ---- */

static bool write_undo(struct action_call *call, struct book *book, json_t **result_out,
                       GError **error)
{
    if (!change_undo(book, call_id(call, "id"), error)) {
        return false;
    }
    *result_out = people_done(call_id(call, "id"), NULL, "Taken back. It is as it was before.");
    return true;
}

bool people_do_undo(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_undo, result_out, error);
}
