/* Rules of cadences; their statements are in cadence_db.c. What follows for a person is counted in
 * standing_db.c. */
#include "model/cadence_part.h"

#include "base/fold.h"
#include "data_followup.h"
#include "model/person.h"

#include <string.h>

static const char *const states[] = {[CADENCE_STATE_NONE] = "",
                                     [CADENCE_ACTIVE] = "active",
                                     [CADENCE_PAUSED] = "paused",
                                     [CADENCE_NEVER] = "never"};

const char *cadence_state_text(enum cadence_state state)
{
    return states[state];
}

enum cadence_state cadence_state_parse(const char *text)
{
    for (int state = CADENCE_ACTIVE; state <= CADENCE_NEVER; state++) {
        if (strcmp(states[state], text) == 0) {
            return state;
        }
    }
    return CADENCE_STATE_NONE;
}

const char *cadence_scope_text(enum cadence_scope scope)
{
    return scope == CADENCE_PERSON ? "person" : "tag";
}

char *cadence_target(const struct cadence *cadence)
{
    if (cadence->scope == CADENCE_TAG) {
        return fold_text(cadence->tag);
    }
    char id[ID_TEXT];
    return g_strdup(id_format(cadence->person_id, id));
}

int cadence_tier_days(const char *tier)
{
    if (tier == NULL || strlen(tier) != 1) {
        return -1;
    }
    char id[] = {'t', 'i', 'e', 'r', '_', g_ascii_tolower(tier[0]), '\0'};
    const struct data_followup *row = data_followup_by_id(id);
    return row == NULL || row->repeat_every_days == DATA_NONE ? -1 : row->repeat_every_days;
}

/* People whose due day depends on this cadence. */
static bool refresh_concerned(struct book *book, enum cadence_scope scope, const char *target,
                              GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    int64_t person_id;
    if (scope == CADENCE_PERSON && id_parse(target, &person_id)) {
        g_array_append_val(ids, person_id);
    } else if (!cadence_tagged(book, target, ids, error)) {
        return false;
    }
    for (guint i = 0; i < ids->len; i++) {
        if (!person_refresh(book, g_array_index(ids, int64_t, i), error)) {
            return false;
        }
    }
    return book_changed(book, error);
}

/* Whose? The root of a merged person stands for all; a tag needs a letter. */
static bool find_target(struct book *book, struct cadence *cadence, char **target_out,
                        GError **error)
{
    if (cadence->scope == CADENCE_PERSON &&
        !person_root(book, cadence->person_id, &cadence->person_id, error)) {
        return false;
    }
    *target_out = cadence_target(cadence);
    return (*target_out)[0] != '\0' || refuse(error, "cadence.tag_missing", "Say which tag.");
}

/* A cadence about to change: what it was. */
struct edit {
    char *target; /* owned */
    struct cadence_found found;
};
#define auto_edit __attribute__((cleanup(edit_clear))) struct edit

static void edit_clear(struct edit *edit)
{
    g_free(edit->target);
    g_string_chunk_free(edit->found.text);
}

/* Finds the row and logs what it was. */
static bool edit_begin(struct edit *edit, struct book *book, struct cadence *row,
                       struct change_log *log, GError **error)
{
    json_t *image = NULL;
    if (!find_target(book, row, &edit->target, error) ||
        !cadence_fetch(book, row->scope, edit->target, &edit->found, &image, error)) {
        return false;
    }
    change_add(log,
               json_pack("{s:s,s:s,s:s,s:o}", "undo", "cadence", "scope",
                         cadence_scope_text(row->scope), "target", edit->target, "row", image));
    return true;
}

bool cadence_set(struct book *book, const struct cadence *cadence, struct change_log *log,
                 GError **error)
{
    struct cadence row = *cadence;
    if (row.state == CADENCE_STATE_NONE) {
        row.state = CADENCE_ACTIVE;
    }
    g_autofree char *tier = row.tier == NULL ? NULL : g_ascii_strup(row.tier, -1);
    if (tier != NULL && cadence_tier_days(tier) < 0) {
        return refuse(error, "cadence.tier_unknown", "Tiers are A, B and C.");
    }
    row.tier = tier;
    row.every_days = row.state == CADENCE_NEVER ? -1
                     : tier != NULL             ? cadence_tier_days(tier)
                                                : row.every_days;
    if (row.state != CADENCE_NEVER && (row.every_days < 1 || row.every_days > 3650)) {
        return refuse(error, "cadence.days_invalid", "A cadence is between one day and ten years.");
    }
    row.from_day = book_today(book);
    auto_edit edit = {.found.text = g_string_chunk_new(256)};
    return edit_begin(&edit, book, &row, log, error) && cadence_save(book, &row, error) &&
           refresh_concerned(book, row.scope, edit.target, error);
}

bool cadence_clear(struct book *book, const struct cadence *which, struct change_log *log,
                   GError **error)
{
    struct cadence row = *which;
    auto_edit edit = {.found.text = g_string_chunk_new(256)};
    return edit_begin(&edit, book, &row, log, error) &&
           cadence_remove(book, row.scope, edit.target, error) &&
           refresh_concerned(book, row.scope, edit.target, error);
}

/* Changes state and end of one that is there; a person who rests only through a tag gets a row of
 * their own. */
static bool change_state(struct book *book, const struct cadence *which, enum cadence_state state,
                         int32_t until_day, struct change_log *log, GError **error)
{
    struct cadence row = *which;
    auto_edit edit = {.found.text = g_string_chunk_new(256)};
    if (!edit_begin(&edit, book, &row, log, error)) {
        return false;
    }
    struct cadence *old = &edit.found.cadence;
    if (!edit.found.is_found && row.scope == CADENCE_PERSON) {
        if (!cadence_of_tags(book, row.person_id, &edit.found, error)) {
            return false;
        }
        old->scope = CADENCE_PERSON;
        old->person_id = row.person_id;
        old->tag = NULL;
    }
    if (!edit.found.is_found) {
        return refuse(error, "cadence.not_found", "No cadence is set there.");
    }
    old->state = state;
    old->until_day = until_day;
    return cadence_save(book, old, error) && refresh_concerned(book, row.scope, edit.target, error);
}

bool cadence_pause(struct book *book, const struct cadence *which, int32_t until_day,
                   struct change_log *log, GError **error)
{
    if (until_day != DAY_NONE && until_day <= book_today(book)) {
        return refuse(error, "cadence.day_past", "A pause ends on a day after today.");
    }
    return change_state(book, which, CADENCE_PAUSED, until_day, log, error);
}

bool cadence_resume(struct book *book, const struct cadence *which, struct change_log *log,
                    GError **error)
{
    return change_state(book, which, CADENCE_ACTIVE, DAY_NONE, log, error);
}

bool cadence_of_person(struct book *book, int64_t person_id, GStringChunk *text,
                       struct cadence *cadence_out, bool *found_out, GError **error)
{
    struct cadence own = {.scope = CADENCE_PERSON};
    if (!person_root(book, person_id, &own.person_id, error)) {
        return false;
    }
    g_autofree char *target = cadence_target(&own);
    struct cadence_found found = {.text = text};
    bool is_read = cadence_fetch(book, CADENCE_PERSON, target, &found, NULL, error) &&
                   (found.is_found || cadence_of_tags(book, own.person_id, &found, error));
    *cadence_out = found.cadence;
    *found_out = found.is_found;
    return is_read;
}

bool cadence_undo(struct book *book, const json_t *reverse, GError **error)
{
    const char *target = json_string_value(json_object_get(reverse, "target"));
    const json_t *row = json_object_get(reverse, "row");
    bool is_tag = g_strcmp0(json_string_value(json_object_get(reverse, "scope")), "tag") == 0;
    enum cadence_scope scope = is_tag ? CADENCE_TAG : CADENCE_PERSON;
    bool is_done = json_is_null(row) ? cadence_remove(book, scope, target, error)
                                     : cadence_put_image(book, row, error);
    return is_done && refresh_concerned(book, scope, target, error);
}
