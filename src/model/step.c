/* Rules of steps; their statements are in step_db.c. */
#include "model/step_part.h"

#include "model/noun_row.h"
#include "model/person.h"

#include <string.h>

/* People's due day follows their steps. */
static bool refresh(struct book *book, int64_t person_id, GError **error)
{
    return book_changed(book, error) && (person_id == 0 || person_refresh(book, person_id, error));
}

static bool step_check(const struct step *step, GError **error)
{
    if (step->title == NULL || step->title[0] == '\0') {
        return refuse(error, "step.title_missing", "Say what is to be done.");
    }
    if (g_utf8_strlen(step->title, -1) > 200) {
        return refuse(error, "step.title_too_long",
                      "A step has at most 200 letters; the rest may stand under “why”.");
    }
    if (step->why != NULL && strlen(step->why) > 4000) {
        return refuse(error, "step.why_too_long", "The reason has at most 4,000 letters.");
    }
    return true;
}

bool step_add(struct book *book, const struct step *step, struct change_log *log,
              int64_t *step_id_out, GError **error)
{
    struct step row = *step;
    if (!step_check(&row, error) ||
        (row.person_id != 0 && !person_root(book, row.person_id, &row.person_id, error))) {
        return false;
    }
    row.step_id = book_new_id(book);
    row.state = "open";
    row.snoozed_to = DAY_NONE;
    row.closed_at = AT_NONE;
    row.created_at = book_now(book);
    *step_id_out = row.step_id;
    change_add(log,
               json_pack("{s:s,s:I,s:n}", "undo", "step", "step", (json_int_t)row.step_id, "row"));
    return step_save(book, &row, error) && refresh(book, row.person_id, error);
}

bool step_load(struct book *book, int64_t step_id, GStringChunk *text, struct step *step_out,
               GError **error)
{
    return step_fetch(book, step_id, text, step_out, NULL, error);
}

/* Loads for a change; what was is logged. */
static bool begin(struct book *book, int64_t step_id, GStringChunk *text, struct step *row_out,
                  struct change_log *log, GError **error)
{
    json_t *image = NULL;
    if (!step_fetch(book, step_id, text, row_out, &image, error)) {
        return false;
    }
    change_add(
        log, json_pack("{s:s,s:I,s:o}", "undo", "step", "step", (json_int_t)step_id, "row", image));
    return true;
}

bool step_edit(struct book *book, const struct step *step, struct change_log *log, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct step row;
    if (!step_check(step, error) || !begin(book, step->step_id, text, &row, log, error)) {
        return false;
    }
    row.title = step->title;
    row.why = step->why;
    row.due_day = step->due_day;
    row.minutes = step->minutes;
    row.cost_cents = step->cost_cents;
    row.currency = step->currency;
    return step_save(book, &row, error) && refresh(book, row.person_id, error);
}

static bool close_as(struct book *book, int64_t step_id, const char *state, struct change_log *log,
                     GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct step row;
    if (!begin(book, step_id, text, &row, log, error)) {
        return false;
    }
    row.state = state;
    row.closed_at = book_now(book);
    return step_save(book, &row, error) && refresh(book, row.person_id, error);
}

bool step_done(struct book *book, int64_t step_id, struct change_log *log, GError **error)
{
    return close_as(book, step_id, "done", log, error);
}

bool step_drop(struct book *book, int64_t step_id, struct change_log *log, GError **error)
{
    return close_as(book, step_id, "dropped", log, error);
}

bool step_snooze(struct book *book, int64_t step_id, int32_t until_day, struct change_log *log,
                 GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct step row;
    if (until_day == DAY_NONE || until_day <= book_today(book)) {
        return refuse(error, "step.day_past", "A step can rest until a day after today.");
    }
    if (!begin(book, step_id, text, &row, log, error)) {
        return false;
    }
    row.snoozed_to = until_day;
    return step_save(book, &row, error) && refresh(book, row.person_id, error);
}

bool step_reopen(struct book *book, int64_t step_id, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct step row;
    if (!step_fetch(book, step_id, text, &row, NULL, error)) {
        return false;
    }
    row.state = "open";
    row.closed_at = AT_NONE;
    row.snoozed_to = DAY_NONE;
    return step_save(book, &row, error) && refresh(book, row.person_id, error);
}

bool step_undo(struct book *book, const json_t *reverse, GError **error)
{
    const json_t *row = json_object_get(reverse, "row");
    int64_t step_id = json_integer_value(json_object_get(reverse, "step"));
    int64_t person_id = 0;
    if (json_is_null(row)) {
        g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
        struct step step;
        if (!step_fetch(book, step_id, text, &step, NULL, error) ||
            !noun_row_remove(book, &noun_planned, &DB_INT(step_id), NULL, error) ||
            !step_remove(book, step_id, error)) {
            return false;
        }
        person_id = step.person_id;
    } else if (!step_put_image(book, row, &person_id, error)) {
        return false;
    }
    return refresh(book, person_id, error);
}
