/* Rules of touches; their statements are in touch_db.c. */
#include "model/touch_part.h"

#include "data_touch_kinds.h"
#include "model/person.h"

#include <string.h>

#define MAX_NOTE 20000
#define MAX_MINUTES (14 * 24 * 60)

/* Fills in the usual direction and checks what was told. */
static bool touch_check(const struct book *book, struct touch *touch, GError **error)
{
    const struct data_touch_kinds *kind = data_touch_kinds_by_id(touch->kind);
    if (kind == NULL) {
        return refuse(error, "touch.kind_unknown", "“%s” is no kind of interaction.",
                      touch->kind == NULL ? "" : touch->kind);
    }
    if (touch->direction == NULL) {
        touch->direction = kind->direction;
    }
    if (strcmp(touch->direction, "out") != 0 && strcmp(touch->direction, "in") != 0 &&
        strcmp(touch->direction, "both") != 0) {
        return refuse(error, "touch.direction_unknown",
                      "A direction is out (from you), in (from them) or both.");
    }
    if (touch->on_day == DAY_NONE || touch->on_day > book_today(book)) {
        return refuse(error, "touch.day_ahead",
                      "An interaction lies behind you. For what is to come, add a next step.");
    }
    if (touch->note != NULL && strlen(touch->note) > MAX_NOTE) {
        return refuse(error, "touch.note_too_long", "A note has at most %d letters.", MAX_NOTE);
    }
    if (touch->minutes > MAX_MINUTES) {
        return refuse(error, "touch.minutes_invalid", "That is longer than two weeks.");
    }
    if (touch->note != NULL && touch->note[0] == '\0') {
        touch->note = NULL;
    }
    return true;
}

bool touch_insert(struct book *book, const struct touch *touch, int64_t *touch_id_out,
                  GError **error)
{
    struct touch row = *touch;
    row.touch_id = book_new_id(book);
    row.created_at = book_now(book);
    row.deleted_at = AT_NONE;
    *touch_id_out = row.touch_id;
    return touch_check(book, &row, error) && book_changed(book, error) &&
           touch_save(book, &row, error);
}

bool touch_add(struct book *book, const struct touch *touch, struct change_log *log,
               int64_t *touch_id_out, GError **error)
{
    struct touch row = *touch;
    if (!person_root(book, touch->person_id, &row.person_id, error) ||
        !touch_insert(book, &row, touch_id_out, error)) {
        return false;
    }
    change_add(log,
               json_pack("{s:s,s:I}", "undo", "touch_add", "touch", (json_int_t)*touch_id_out));
    return person_refresh(book, row.person_id, error);
}

bool touch_load(struct book *book, int64_t touch_id, GStringChunk *text, struct touch *touch_out,
                GError **error)
{
    return touch_fetch(book, touch_id, text, touch_out, NULL, error);
}

bool touch_edit(struct book *book, const struct touch *touch, struct change_log *log,
                GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct touch row;
    json_t *image = NULL;
    if (!touch_fetch(book, touch->touch_id, text, &row, &image, error)) {
        return false;
    }
    change_add(log, json_pack("{s:s,s:o}", "undo", "touch_edit", "row", image));
    row.kind = touch->kind;
    row.direction = touch->direction;
    row.on_day = touch->on_day;
    row.at = touch->at;
    row.minutes = touch->minutes;
    row.note = touch->note;
    return touch_check(book, &row, error) && book_changed(book, error) &&
           touch_save(book, &row, error) && person_refold(book, row.person_id, error);
}

bool touch_undo_edit(struct book *book, const json_t *step, GError **error)
{
    int64_t person_id;
    return touch_put_image(book, json_object_get(step, "row"), &person_id, error) &&
           person_refold(book, person_id, error);
}

/* Marks as deleted, or no longer. */
static bool mark(struct book *book, int64_t touch_id, int64_t deleted_at, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct touch row;
    if (!touch_fetch(book, touch_id, text, &row, NULL, error)) {
        return false;
    }
    row.deleted_at = deleted_at;
    return book_changed(book, error) && touch_save(book, &row, error) &&
           person_refold(book, row.person_id, error);
}

bool touch_delete(struct book *book, int64_t touch_id, struct change_log *log, GError **error)
{
    change_add(log, json_pack("{s:s,s:I}", "undo", "touch_delete", "touch", (json_int_t)touch_id));
    return mark(book, touch_id, book_now(book), error);
}

bool touch_restore(struct book *book, int64_t touch_id, GError **error)
{
    return mark(book, touch_id, AT_NONE, error);
}
