/* What happened lately between you and each contact, from the touches of OUTLOOK_DAYS days. */
#include "model/outlook_part.h"

#include "data_touch_kinds.h"
#include "model/person_part.h"

#include <string.h>

enum touch_sense {
    SENSE_NONE = 0,
    SENSE_MESSAGE = 1 << 0, /* written words of yours, or theirs */
    SENSE_WAITS = 1 << 1,   /* an answer may be hoped for */
    SENSE_TALK = 1 << 2,
    SENSE_ROTATION = 1 << 3,
    SENSE_EVENT = 1 << 4,
    SENSE_INTRO = 1 << 5,
    SENSE_THANKS = 1 << 6,
    SENSE_CONNECTED = 1 << 7,
    SENSE_INVITATION = 1 << 8,
};

static unsigned sense_of(const char *kind)
{
    static const struct {
        const char *kind;
        unsigned sense;
    } senses[] = {
        {"mail", SENSE_MESSAGE | SENSE_WAITS},
        {"message", SENSE_MESSAGE | SENSE_WAITS},
        {"letter", SENSE_MESSAGE},
        {"thanks", SENSE_MESSAGE | SENSE_THANKS},
        {"call", SENSE_TALK},
        {"meeting", SENSE_TALK},
        {"coffee", SENSE_TALK},
        {"talk", SENSE_TALK},
        {"rotation_day", SENSE_ROTATION},
        {"conference", SENSE_EVENT},
        {"event", SENSE_EVENT},
        {"introduction", SENSE_INTRO},
        {"invitation_accepted", SENSE_CONNECTED},
        {"invitation", SENSE_INVITATION},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(senses); i++) {
        if (strcmp(senses[i].kind, kind) == 0) {
            return senses[i].sense;
        }
    }
    return SENSE_NONE;
}

struct sent { /* a message of yours */
    guint contact;
    int32_t on_day;
    bool waits;
};
struct touch_pass {
    GArray *contacts;
    GArray *sent;
    unsigned senses[64]; /* by place in data_touch_kinds */
    guint last;          /* the contact of the row before */
    int32_t year_ago;
};

static guint contact_at(const struct touch_pass *pass, int64_t person_id)
{
    const struct contact *all = (const struct contact *)(const void *)pass->contacts->data;
    if (pass->last < pass->contacts->len && all[pass->last].person_id == person_id) {
        return pass->last;
    }
    guint low = 0;
    guint high = pass->contacts->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (all[middle].person_id < person_id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < pass->contacts->len && all[low].person_id == person_id ? low : G_MAXUINT;
}

static void later(int32_t *day, int32_t on_day)
{
    *day = MAX(*day, on_day);
}

static void add_sensed(struct contact *contact, unsigned sense, int32_t on_day, bool is_out)
{
    if ((sense & SENSE_TALK) != 0) {
        later(&contact->last_talk_day, on_day);
    }
    if ((sense & SENSE_ROTATION) != 0) {
        later(&contact->last_rotation_day, on_day);
    }
    if ((sense & SENSE_EVENT) != 0) {
        later(&contact->last_event_day, on_day);
    }
    if ((sense & SENSE_INTRO) != 0 && !is_out) {
        later(&contact->last_intro_day, on_day);
    }
    if ((sense & SENSE_THANKS) != 0 && is_out) {
        later(&contact->last_thanks_day, on_day);
    }
    if ((sense & SENSE_CONNECTED) != 0) {
        later(&contact->connected_day, on_day);
        contact->flags |= CONTACT_CONNECTED;
    }
    if ((sense & SENSE_INVITATION) != 0 && is_out) {
        later(&contact->invited_day, on_day);
    }
}

static void add_touch(struct touch_pass *pass, const struct contact_reader *reader, db_rows *rows)
{
    guint at = contact_at(pass, contact_root(reader, db_int(rows, "person_id")));
    const struct data_touch_kinds *kind = data_touch_kinds_by_id(db_text(rows, "kind"));
    if (at == G_MAXUINT || kind == NULL) {
        return;
    }
    pass->last = at;
    struct contact *contact = &g_array_index(pass->contacts, struct contact, at);
    const char *direction = db_text(rows, "direction");
    int32_t on_day = (int32_t)db_int(rows, "on_day");
    bool is_out = direction[0] == 'o';
    bool is_in = direction[0] == 'i' || (direction[0] == 'b' && kind->is_two_way && kind->is_real);
    unsigned sense = pass->senses[kind - data_touch_kinds];
    if (is_in) {
        later(&contact->last_in_day, on_day);
    }
    if (is_out && (sense & SENSE_MESSAGE) != 0) {
        later(&contact->last_out_day, on_day);
        contact->n_out_year += on_day > pass->year_ago;
        struct sent sent = {at, on_day, (sense & SENSE_WAITS) != 0};
        g_array_append_val(pass->sent, sent);
    }
    if (sense != SENSE_NONE) {
        add_sensed(contact, sense, on_day, is_out);
    }
}

/* What only shows once all is read. */
static void finish(struct touch_pass *pass)
{
    for (guint i = 0; i < pass->sent->len; i++) {
        const struct sent *sent = &g_array_index(pass->sent, struct sent, i);
        struct contact *contact = &g_array_index(pass->contacts, struct contact, sent->contact);
        contact->n_unanswered += sent->waits && sent->on_day > contact->last_in_day;
    }
    for (guint i = 0; i < pass->contacts->len; i++) {
        struct contact *contact = &g_array_index(pass->contacts, struct contact, i);
        if (contact->invited_day != DAY_NONE && (contact->connected_day >= contact->invited_day ||
                                                 contact->last_in_day >= contact->invited_day)) {
            contact->invited_day = DAY_NONE;
        }
    }
}

DB_QUERY(outlook_touches, "SELECT person_id, kind, direction, on_day FROM touch "
                          "WHERE account_id = $1 AND on_day >= $2 AND deleted_at IS NULL");
DB_QUERY(outlook_touches_of,
         "SELECT person_id, kind, direction, on_day FROM touch WHERE account_id = $1 AND "
         "person_id = $2 AND on_day >= $3 AND deleted_at IS NULL");

static bool touches_read(struct touch_pass *pass, const struct contact_reader *reader,
                         db_rows *rows, GError **error)
{
    int state = rows == NULL ? -1 : 1;
    while (state > 0 && (state = db_rows_next(rows, error)) > 0) {
        add_touch(pass, reader, rows);
    }
    return state == 0;
}

/* One statement a member of the merge: each walks the key of the table. */
static bool touches_of(struct touch_pass *pass, const struct contact_reader *reader,
                       int64_t person_id, int32_t from, GError **error)
{
    struct book *book = reader->book;
    g_autoptr(GArray) member_ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!person_members(book, person_id, member_ids, error)) {
        return false;
    }
    for (guint i = 0; i < member_ids->len; i++) {
        g_autoptr(db_rows) rows = DB_SELECT(
            book->tx, &outlook_touches_of, error, DB_INT(book->account_id),
            DB_INT(g_array_index(member_ids, int64_t, i)), DB_INT(from));
        if (!touches_read(pass, reader, rows, error)) {
            return false;
        }
    }
    return true;
}

static bool touches_of_all(struct touch_pass *pass, const struct contact_reader *reader,
                           int32_t from, GError **error)
{
    struct book *book = reader->book;
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &outlook_touches, error,
                                        DB_INT(book->account_id), DB_INT(from));
    return touches_read(pass, reader, rows, error);
}

bool contact_touches_load(struct contact_reader *reader, int64_t person_id, GArray *contacts,
                          GError **error)
{
    g_autoptr(GArray) sent = g_array_new(FALSE, FALSE, sizeof(struct sent));
    struct touch_pass pass = {contacts, sent, {0}, G_MAXUINT, reader->today - 365};
    g_assert(n_data_touch_kinds <= G_N_ELEMENTS(pass.senses));
    for (size_t i = 0; i < n_data_touch_kinds; i++) {
        pass.senses[i] = sense_of(data_touch_kinds[i].id);
    }
    int32_t from = reader->today - OUTLOOK_DAYS;
    bool is_ok = person_id == 0 ? touches_of_all(&pass, reader, from, error)
                                : touches_of(&pass, reader, person_id, from, error);
    finish(&pass);
    return is_ok;
}

DB_QUERY(messages_since, "SELECT kind, count(*) AS n FROM touch WHERE account_id = $1 AND "
                         "on_day >= $2 AND direction = 'out' AND deleted_at IS NULL GROUP BY kind");

bool contact_messages_since(struct book *book, int32_t from_day, int *n_out, GError **error)
{
    *n_out = 0;
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &messages_since, error,
                                        DB_INT(book->account_id), DB_INT(from_day));
    int state = rows == NULL ? -1 : 1;
    while (state > 0 && (state = db_rows_next(rows, error)) > 0) {
        if ((sense_of(db_text(rows, "kind")) & SENSE_MESSAGE) != 0) {
            *n_out += (int)db_int(rows, "n");
        }
    }
    return state == 0;
}
