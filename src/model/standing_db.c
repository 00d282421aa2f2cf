/* How things stand with a person: tie, last touch, cadence, what is due. Counted over the whole
 * merge. */
#include "model/person_part.h"

#include "base/fold.h"
#include "data_touch_kinds.h"

#include <string.h>

/* ---- touches ---- */

DB_QUERY(standing_touches, "SELECT touch_id, kind, direction, on_day, note FROM touch WHERE "
                           "account_id = $1 AND person_id = $2 "
                           "AND deleted_at IS NULL");

struct touches {
    GArray *ties; /* struct tie_touch */
    int32_t last_day;
    int64_t last_id;
    const char *last_kind; /* of the table */
    int n;
};

static void add_touch(struct touches *touches, db_rows *rows, GString *words)
{
    const struct data_touch_kinds *kind = data_touch_kinds_by_id(db_text(rows, "kind"));
    const char *direction = db_text(rows, "direction");
    int32_t on_day = (int32_t)db_int(rows, "on_day");
    int64_t id = db_int(rows, "touch_id");
    struct tie_touch touch = {
        .on_day = on_day,
        .direction = strcmp(direction, "out") == 0  ? 1
                     : strcmp(direction, "in") == 0 ? -1
                                                    : 0,
        .is_two_way = kind != NULL && kind->is_two_way,
        .weight = kind == NULL ? 0 : (float)kind->weight,
    };
    g_array_append_val(touches->ties, touch);
    touches->n++;
    bool is_later =
        on_day > touches->last_day || (on_day == touches->last_day && id > touches->last_id);
    if (kind != NULL && kind->is_real && is_later) {
        touches->last_day = on_day;
        touches->last_id = id;
        touches->last_kind = kind->id;
    }
    const char *note = db_text(rows, "note");
    if (words != NULL && note != NULL) {
        g_string_append_c(words, ' ');
        fold_append(words, note, -1);
    }
}

static bool touches_load(struct book *book, const GArray *member_ids, struct touches *touches,
                         GString *words, GError **error)
{
    for (guint i = 0; i < member_ids->len; i++) {
        g_autoptr(db_rows) rows =
            DB_SELECT(book->tx, &standing_touches, error, DB_INT(book->account_id),
                      DB_INT(g_array_index(member_ids, int64_t, i)));
        if (rows == NULL) {
            return false;
        }
        int state;
        while ((state = db_rows_next(rows, error)) > 0) {
            add_touch(touches, rows, words);
        }
        if (state < 0) {
            return false;
        }
    }
    return true;
}

static bool is_shareable(const char *kind)
{
    return strcmp(kind, "school") == 0 || strcmp(kind, "org") == 0 || strcmp(kind, "paper") == 0;
}

/* Schools, hospitals and papers you have in common. */
static bool shared_load(struct book *book, int64_t person_id, int *n_out, GError **error)
{
    int64_t self_id;
    if (!person_self_id(book, &self_id, error)) {
        return false;
    }
    struct person_keys theirs = {0};
    struct person_keys own = {0};
    bool is_read = person_keys_load(book, person_id, &theirs, error) &&
                   person_keys_load(book, self_id, &own, error);
    *n_out = 0;
    for (size_t i = 0; i < person_keys_count(&theirs) && is_read; i++) {
        struct person_key key = person_keys_at(&theirs, i);
        *n_out += is_shareable(key.kind) && person_keys_has(&own, key.kind, key.value);
    }
    person_keys_clear(&theirs);
    person_keys_clear(&own);
    return is_read;
}

static bool tie_load(struct book *book, const GArray *member_ids, struct touches *touches,
                     struct tie *tie, GString *words, GError **error)
{
    int n_shared = 0;
    if (!touches_load(book, member_ids, touches, words, error) ||
        (touches->n > 0 &&
         !shared_load(book, g_array_index(member_ids, int64_t, 0), &n_shared, error))) {
        return false;
    }
    tie_compute((const struct tie_touch *)(const void *)touches->ties->data, touches->n, n_shared,
                book_today(book), tie);
    return true;
}

bool person_tie(struct book *book, int64_t person_id, struct tie *tie_out, GError **error)
{
    int64_t root_id;
    g_autoptr(GArray) member_ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(GArray) ties = g_array_new(FALSE, FALSE, sizeof(struct tie_touch));
    struct touches touches = {.ties = ties, .last_day = DAY_NONE};
    return person_root(book, person_id, &root_id, error) &&
           person_members(book, root_id, member_ids, error) &&
           tie_load(book, member_ids, &touches, tie_out, NULL, error);
}

/* ---- cadence ---- */

DB_QUERY(cadence_own, "SELECT every_days, state, until_day, from_day FROM cadence "
                      "WHERE account_id = $1 AND scope = 'person' AND target = $2");
DB_QUERY(cadence_by_tags,
         "SELECT c.every_days, c.state, c.until_day, c.from_day FROM cadence c "
         "JOIN trait t ON t.account_id = c.account_id AND t.kind = 'tag' AND t.value = c.target "
         "WHERE c.account_id = $1 AND c.scope = 'tag' AND t.person_id = $2 AND c.state <> 'never' "
         "ORDER BY c.every_days, c.target");

static void cadence_read(db_rows *rows, struct standing_cadence *cadence)
{
    const char *state = db_text(rows, "state");
    *cadence = (struct standing_cadence){
        .every_days = strcmp(state, "never") == 0 || db_is_null(rows, "every_days")
                          ? -1
                          : (int)db_int(rows, "every_days"),
        .until_day = db_day(rows, "until_day"),
        .from_day = (int32_t)db_int(rows, "from_day"),
        .is_paused = strcmp(state, "paused") == 0,
    };
}

/* Their own, on any of the members, else the shortest of their tags'. every_days -1: none. */
static bool cadence_load(struct book *book, const GArray *member_ids,
                         struct standing_cadence *cadence, GError **error)
{
    cadence->every_days = -1;
    for (guint i = 0; i < member_ids->len; i++) {
        char target[ID_TEXT];
        g_autoptr(db_rows) rows =
            DB_SELECT(book->tx, &cadence_own, error, DB_INT(book->account_id),
                      DB_TEXT(id_format(g_array_index(member_ids, int64_t, i), target)));
        int state = rows == NULL ? -1 : db_rows_next(rows, error);
        if (state != 0) {
            if (state > 0) {
                cadence_read(rows, cadence);
            }
            return state > 0;
        }
    }
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &cadence_by_tags, error, DB_INT(book->account_id),
                                        DB_INT(g_array_index(member_ids, int64_t, 0)));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state > 0) {
        cadence_read(rows, cadence);
    }
    return state >= 0;
}

/* The day the cadence asks for; DAY_NONE when it does not. A pause that is over holds no longer. */
static int32_t cadence_due(const struct standing_cadence *cadence, int32_t last_day, int32_t today)
{
    if (cadence->every_days < 0 || (cadence->is_paused && cadence->until_day == DAY_NONE)) {
        return DAY_NONE;
    }
    int32_t due = (last_day == DAY_NONE ? cadence->from_day : last_day) + cadence->every_days;
    bool is_resting = cadence->until_day != DAY_NONE && cadence->until_day > today;
    return is_resting ? MAX(due, cadence->until_day) : due;
}

/* ---- steps ---- */

DB_QUERY(open_step_days, "SELECT due_day, snoozed_to FROM step WHERE account_id = $1 AND person_id "
                         "= $2 AND state = 'open' "
                         "AND due_day IS NOT NULL");

/* The earliest day an open step is due, sleep counted. */
static bool steps_due(struct book *book, const GArray *member_ids, int32_t *due_out, GError **error)
{
    *due_out = DAY_NONE;
    for (guint i = 0; i < member_ids->len; i++) {
        g_autoptr(db_rows) rows =
            DB_SELECT(book->tx, &open_step_days, error, DB_INT(book->account_id),
                      DB_INT(g_array_index(member_ids, int64_t, i)));
        if (rows == NULL) {
            return false;
        }
        int state;
        while ((state = db_rows_next(rows, error)) > 0) {
            int32_t day = MAX(db_day(rows, "due_day"), db_day(rows, "snoozed_to"));
            *due_out = *due_out == DAY_NONE ? day : MIN(*due_out, day);
        }
        if (state < 0) {
            return false;
        }
    }
    return true;
}

/* ---- all of it ---- */

bool standing_load(struct book *book, const GArray *member_ids, struct person_row *row,
                   GString *words, GError **error)
{
    g_autoptr(GArray) ties = g_array_new(FALSE, FALSE, sizeof(struct tie_touch));
    struct touches touches = {.ties = ties, .last_day = DAY_NONE};
    struct tie tie;
    struct standing_cadence cadence;
    int32_t step_due;
    if (!tie_load(book, member_ids, &touches, &tie, words, error) ||
        !cadence_load(book, member_ids, &cadence, error) ||
        !steps_due(book, member_ids, &step_due, error)) {
        return false;
    }
    row->tie = tie.strength;
    row->tie_day = tie.day;
    row->n_touches = touches.n;
    row->last_touch_day = touches.last_day;
    row->last_touch_kind = touches.last_kind;
    bool is_asked = !row->do_not_contact && !row->is_self;
    row->cadence_days = is_asked ? cadence.every_days : -1;
    int32_t due = is_asked ? cadence_due(&cadence, touches.last_day, book_today(book)) : DAY_NONE;
    row->due_day = due == DAY_NONE ? step_due : step_due == DAY_NONE ? due : MIN(due, step_due);
    return true;
}
