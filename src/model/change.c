/* Changes: gathering what takes them back, and taking them back. Each reverse step is an object
 * whose "undo" names one of the functions in the table below. */
#include "model/change.h"

#include "model/cadence_part.h"
#include "model/change_part.h"
#include "model/fact_set.h"
#include "model/noun_row.h"
#include "model/person.h"
#include "model/relation_part.h"
#include "model/step_part.h"
#include "model/touch_part.h"

#include <string.h>

void change_log_clear(struct change_log *log)
{
    json_decref(log->reverse);
    log->reverse = NULL;
}

void change_add(struct change_log *log, json_t *reverse)
{
    if (log == NULL) {
        json_decref(reverse);
    } else {
        json_array_append_new(log->reverse, reverse);
    }
}

bool change_finish(struct book *book, struct change_log *log, const char *summary, GError **error)
{
    if (json_array_size(log->reverse) == 0) {
        change_log_clear(log);
        return true;
    }
    g_autofree char *reverse = json_dumps(log->reverse, JSON_COMPACT);
    struct change change = {.change_id = log->change_id,
                            .summary = summary,
                            .created_at = book_now(book),
                            .undone_at = AT_NONE};
    change_log_clear(log);
    return book_changed(book, error) && change_save(book, &change, reverse, error);
}

static int64_t member_id(const json_t *step, const char *name)
{
    return json_integer_value(json_object_get(step, name));
}

/* ---- what can be taken back ---- */

static bool undo_fact_set(struct book *book, const json_t *step, GError **error)
{
    int64_t person_id = member_id(step, "person");
    return fact_set_delete(book, person_id, member_id(step, "set"), error) &&
           person_refold(book, person_id, error);
}

/* A person added by mistake is deleted, not erased: what was noted since can still come back. */
static bool undo_person_add(struct book *book, const json_t *step, GError **error)
{
    return person_delete(book, member_id(step, "person"), NULL, error);
}

static bool undo_person_delete(struct book *book, const json_t *step, GError **error)
{
    return person_restore(book, member_id(step, "person"), error);
}

static bool undo_touch_add(struct book *book, const json_t *step, GError **error)
{
    return touch_delete(book, member_id(step, "touch"), NULL, error);
}

static bool undo_touch_delete(struct book *book, const json_t *step, GError **error)
{
    return touch_restore(book, member_id(step, "touch"), error);
}

static bool undo_relation_add(struct book *book, const json_t *step, GError **error)
{
    return relation_remove(book, member_id(step, "relation"), NULL, error);
}

static const struct {
    const char *name;
    bool (*undo)(struct book *book, const json_t *step, GError **error);
} undoers[] = {
    {"fact_set", undo_fact_set},
    {"person_add", undo_person_add},
    {"person_delete", undo_person_delete},
    {"touch_add", undo_touch_add},
    {"touch_delete", undo_touch_delete},
    {"touch_edit", touch_undo_edit},
    {"relation_add", undo_relation_add},
    {"relation_remove", relation_undo_remove},
    {"step", step_undo},
    {"cadence", cadence_undo},
    {"row", noun_row_undo},
};

static bool undo_step(struct book *book, const json_t *step, GError **error)
{
    const char *name = json_string_value(json_object_get(step, "undo"));
    for (size_t i = 0; name != NULL && i < G_N_ELEMENTS(undoers); i++) {
        if (strcmp(undoers[i].name, name) == 0) {
            return undoers[i].undo(book, step, error);
        }
    }
    return bug(error, "change.damaged",
               "A change in the store cannot be read; run `ligature verify`.");
}

bool change_undo(struct book *book, int64_t change_id, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct change change;
    const char *reverse;
    if (!change_load(book, change_id, text, &change, &reverse, error)) {
        return false;
    }
    if (change.undone_at != AT_NONE) {
        return refuse(error, "change.undone_before", "This was taken back before.");
    }
    json_t *steps = json_loads(reverse, 0, NULL);
    bool is_done = steps != NULL;
    for (size_t i = json_array_size(steps); is_done && i-- > 0;) { /* last done, first taken back */
        is_done = undo_step(book, json_array_get(steps, i), error);
    }
    if (steps == NULL) {
        bug(error, "change.damaged",
            "A change in the store cannot be read; run `ligature verify`.");
    }
    json_decref(steps);
    change.undone_at = book_now(book);
    return is_done && book_changed(book, error) && change_save(book, &change, reverse, error);
}
