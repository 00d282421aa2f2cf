/* practice.list, add, remove, link and rate: what was practised, rated by oneself and, through a
 * link that works once, by a peer. */
#include "feature/soft_skills/soft.h"

#include "action/act.h"
#include "base/error.h"
#include "model/attempt.h"
#include "model/origin.h"
#include "model/touch_line.h"

#include <string.h>

static json_t *number(int value)
{
    return value < 0 ? json_null() : json_integer(value);
}

static json_t *practice_json(const struct practice *practice)
{
    return json_pack("{s:o, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:o}", "id",
                     json_id(practice->practice_id), "strategy", practice->strategy, "kind",
                     practice->kind, "ref", json_text(practice->ref), "on",
                     json_day(practice->on_day), "minutes", number(practice->minutes), "rating",
                     number(practice->self_rating), "peer_rating", number(practice->peer_rating),
                     "peer_words", json_text(practice->peer_words), "has_link",
                     practice->peer_hash != NULL, "note", json_text(practice->note));
}

static bool read_list(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) practices = g_array_new(false, true, sizeof(struct practice));
    if (!practice_list(book, call_text(call, "strategy"), text, practices, error)) {
        return false;
    }
    const char *kind = call_text(call, "kind");
    json_t *items = json_array();
    for (guint i = 0; i < practices->len; i++) {
        const struct practice *practice = &g_array_index(practices, struct practice, i);
        if (kind == NULL || strcmp(kind, practice->kind) == 0) {
            json_array_append_new(items, practice_json(practice));
        }
    }
    int64_t n = (int64_t)json_array_size(items);
    *result_out = json_list("practices", items, n, NULL);
    return true;
}

bool practice_do_list(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_list, result_out, error);
}

/* The story or card must be there; a talk has a name of one's own. */
static bool check_ref(const char *kind, const char *ref, GError **error)
{
    if (strcmp(kind, "story") == 0 && data_stories_by_id(ref) == NULL) {
        return refuse(error, "practice.unknown_story",
                      "Say which story with --ref: 30s, 2min, why_specialty or difficulty.");
    }
    if (strcmp(kind, "listening") == 0 && data_listening_by_id(ref) == NULL) {
        return refuse(error, "practice.unknown_card", "There is no listening card “%s”.",
                      ref != NULL ? ref : "");
    }
    return true;
}

/* The steps that were accepted for this practice are done with it. */
static bool close_steps(struct book *book, const char *kind, const char *ref,
                        struct change_log *log, GError **error)
{
    const char *suggestion = strcmp(kind, "story") == 0       ? "story.tell"
                             : strcmp(kind, "listening") == 0 ? "listening.try"
                                                              : NULL;
    if (suggestion == NULL) {
        return true;
    }
    g_autofree char *key = g_strdup_printf("%s/-/%s", suggestion, ref);
    return origin_done(book, key, log, error);
}

static bool write_add(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    const char *kind = call_text(call, "kind");
    const char *ref = call_text(call, "ref");
    const char *note = call_text(call, "note");
    int32_t day = call_day(call, "on");
    if (!check_ref(kind, ref, error) ||
        (!call_bool(call, "no_patient") && !patient_none(note, "practice.patient", error))) {
        return false;
    }
    struct practice practice = {.strategy = "soft_skills",
                                .kind = kind,
                                .ref = ref,
                                .on_day = day != DAY_NONE ? day : book_today(book),
                                .minutes = (int)call_int(call, "minutes", -1),
                                .self_rating = (int)call_int(call, "rating", -1),
                                .peer_rating = -1,
                                .note = note,
                                .deleted_at = AT_NONE};
    auto_change_log log = CHANGE_LOG(book);
    int64_t practice_id = 0;
    if (!practice_save(book, &practice, &log, &practice_id, error) ||
        !close_steps(book, kind, ref, &log, error) ||
        !change_finish(book, &log, "Practice written down", error)) {
        return false;
    }
    *result_out = act_done(practice_id, &log, "The practice is written down.");
    return true;
}

bool practice_do_add(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_add, result_out, error);
}

static bool write_remove(struct action_call *call, struct book *book, json_t **result_out,
                         GError **error)
{
    int64_t practice_id = call_id(call, "id");
    auto_change_log log = CHANGE_LOG(book);
    if (!practice_delete(book, practice_id, &log, error) ||
        !change_finish(book, &log, "Practice removed", error)) {
        return false;
    }
    *result_out = act_done(practice_id, &log, "The practice is removed.");
    return true;
}

bool practice_do_remove(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_remove, result_out, error);
}

static bool write_link(struct action_call *call, struct book *book, json_t **result_out,
                       GError **error)
{
    int64_t practice_id = call_id(call, "id");
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    g_autofree char *secret = NULL;
    struct practice practice;
    if (!practice_load(book, practice_id, text, &practice, error)) {
        return false;
    }
    if (practice.peer_rating > 0) {
        return refuse(error, "practice.rated",
                      "A peer has rated this one. Write down the next time you practise.");
    }
    if (!practice_open_peer(book, practice_id, &secret, error)) {
        return false;
    }
    g_autofree char *key = g_strdup_printf("story.peer/-/%s", practice.ref);
    if (strcmp(practice.kind, "story") == 0 && !origin_done(book, key, NULL, error)) {
        return false;
    }
    g_autofree char *path = g_strconcat("/rate/", secret, NULL);
    *result_out = json_pack("{s:o, s:s, s:s}", "id", json_id(practice_id), "token", path, "message",
                            "A link for one peer is made. It is shown this once.");
    return true;
}

bool practice_do_link(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_link, result_out, error);
}

/* ---- the peer, who has no account here ---- */

struct rating {
    struct action_call *call;
    const char *secret;
};

static bool write_rating(struct db_tx *tx, void *data, GError **error)
{
    const struct rating *rating = data;
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    int64_t account_id = 0;
    struct practice practice;
    if (!practice_of_secret(tx, rating->secret, text, &account_id, &practice, error)) {
        return false;
    }
    struct book book = BOOK(tx, rating->call->env, account_id);
    return practice_peer_rate(&book, practice.practice_id,
                              (int)call_int(rating->call, "rating", -1),
                              call_text(rating->call, "words"), error);
}

bool practice_do_rate(struct action_call *call, json_t **result_out, GError **error)
{
    struct rating rating = {.call = call, .secret = call_text(call, "secret")};
    if (!rate_may_try(call->attempts, call->remote, error)) {
        return false;
    }
    if (!call_bool(call, "no_patient") &&
        !patient_none(call_text(call, "words"), "practice.patient", error)) {
        return false;
    }
    if (!db_write(call->db, "practice rate", write_rating, &rating, error)) {
        rate_tried(call->attempts, call->remote, error != NULL ? *error : NULL);
        return false;
    }
    *result_out = json_pack("{s:s}", "message", "Thank you. It has arrived.");
    return true;
}
