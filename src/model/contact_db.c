/* Contacts of the outlook: rows of the person table with what their traits, tags, relations and
 * cadences say, read for everybody in a few statements, or for one person. */
#include "model/outlook_part.h"

#include "base/fold.h"
#include "data_languages.h"
#include "data_touch_kinds.h"
#include "model/contact_role.h"
#include "model/person_part.h"

#include <string.h>

/* ---- what decides how people read ---- */

static GHashTable *id_set(void)
{
    return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
}

static gpointer id_key(int64_t id)
{
    return g_memdup2(&id, sizeof id);
}

static bool list_has(const char *list, const char *id)
{
    size_t len = strlen(id);
    for (const char *at = list; at != NULL && *at != '\0'; at += *at == ' ') {
        size_t word = strcspn(at, " ");
        if (word == len && strncmp(at, id, len) == 0) {
            return true;
        }
        at += word;
    }
    return false;
}

/* Languages other than English, by their names. */
static void languages_add(struct contact_reader *reader)
{
    for (size_t i = 0; i < n_data_languages; i++) {
        const struct data_languages *language = &data_languages[i];
        if (!list_has(reader->goal->languages, language->id) || strcmp(language->id, "en") == 0) {
            continue;
        }
        g_hash_table_add(reader->languages, fold_text(language->name));
        g_auto(GStrv) others = g_strsplit(language->aliases, "|", -1);
        for (char **other = others; *other != NULL; other++) {
            if ((*other)[0] != '\0') {
                g_hash_table_add(reader->languages, g_strdup(*other));
            }
        }
    }
}

static void schools_add(struct contact_reader *reader, const struct person *self)
{
    school_names_add(reader->schools, reader->goal->school);
    for (guint i = 0; self != NULL && i < self->fold->facts->len; i++) {
        const struct fact *fact = &g_array_index(self->fold->facts, struct folded_fact, i).fact;
        if (fact->kind == FACT_SCHOOL) {
            school_names_add(reader->schools, fact->part[0] != NULL ? fact->part[0] : fact->value);
        }
    }
}

DB_QUERY(outlook_merged, "SELECT person_id, root_id FROM person WHERE account_id = $1 AND root_id "
                         "<> person_id");

static bool roots_load(struct contact_reader *reader, GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(reader->book->tx, &outlook_merged, error, DB_INT(reader->book->account_id));
    int state = rows == NULL ? -1 : 1;
    while (state > 0 && (state = db_rows_next(rows, error)) > 0) {
        g_hash_table_insert(reader->roots, id_key(db_int(rows, "person_id")),
                            id_key(db_int(rows, "root_id")));
    }
    return state == 0;
}

int64_t contact_root(const struct contact_reader *reader, int64_t person_id)
{
    if (g_hash_table_size(reader->roots) == 0) {
        return person_id;
    }
    const int64_t *root = g_hash_table_lookup(reader->roots, &person_id);
    return root == NULL ? person_id : *root;
}

DB_QUERY(outlook_cadences, "SELECT scope, target, state, until_day FROM cadence WHERE account_id = "
                           "$1 AND (state = 'paused' OR until_day > $2)");

static bool paused_load(struct contact_reader *reader, GError **error)
{
    g_autoptr(db_rows) rows = DB_SELECT(reader->book->tx, &outlook_cadences, error,
                                        DB_INT(reader->book->account_id), DB_INT(reader->today));
    int state = rows == NULL ? -1 : 1;
    while (state > 0 && (state = db_rows_next(rows, error)) > 0) {
        int32_t until = db_day(rows, "until_day");
        const char *target = db_text(rows, "target");
        int64_t person_id;
        if (until != DAY_NONE && until <= reader->today) {
            continue;
        }
        if (strcmp(db_text(rows, "scope"), "tag") == 0) {
            g_hash_table_add(reader->paused_tags, g_strdup(target));
        } else if (id_parse(target, &person_id)) {
            g_hash_table_insert(reader->paused, id_key(contact_root(reader, person_id)), NULL);
        }
    }
    return state == 0;
}

static void flag_add(struct contact_reader *reader, int64_t person_id, unsigned flag)
{
    int64_t root_id = contact_root(reader, person_id);
    unsigned *known = g_hash_table_lookup(reader->flags, &root_id);
    if (known == NULL) {
        known = g_new0(unsigned, 1);
        g_hash_table_insert(reader->flags, id_key(root_id), known);
    }
    *known |= flag;
}

DB_QUERY(outlook_relations,
         "SELECT CASE WHEN a_id = $2 THEN b_id ELSE a_id END AS other_id, kind FROM relation "
         "WHERE account_id = $1 AND (a_id = $2 OR b_id = $2)");
DB_QUERY(outlook_paper, "SELECT person_id FROM trait WHERE account_id = $1 AND kind = 'paper' AND "
                        "value = $2");

/* Everybody who wrote one of your papers with you. */
static bool paper_load(struct contact_reader *reader, const char *value, GError **error)
{
    struct book *book = reader->book;
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &outlook_paper, error, DB_INT(book->account_id),
                                        DB_TEXT(value));
    int state = rows == NULL ? -1 : 1;
    while (state > 0 && (state = db_rows_next(rows, error)) > 0) {
        flag_add(reader, db_int(rows, "person_id"), CONTACT_CO_AUTHOR);
    }
    return state == 0;
}

static bool papers_load(struct contact_reader *reader, GError **error)
{
    struct person_keys keys;
    bool is_ok = person_keys_load(reader->book, reader->self_id, &keys, error);
    for (size_t i = 0; is_ok && i < person_keys_count(&keys); i++) {
        struct person_key key = person_keys_at(&keys, i);
        is_ok = strcmp(key.kind, "paper") != 0 || paper_load(reader, key.value, error);
    }
    person_keys_clear(&keys);
    return is_ok;
}

static bool relations_load(struct contact_reader *reader, GError **error)
{
    static const struct {
        const char *kind;
        unsigned flag;
    } kinds[] = {{"married", CONTACT_FAMILY},
                 {"teacher", CONTACT_TEACHER},
                 {"colleague", CONTACT_COLLEAGUE},
                 {"coauthor", CONTACT_CO_AUTHOR}};
    struct book *book = reader->book;
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &outlook_relations, error,
                                        DB_INT(book->account_id), DB_INT(reader->self_id));
    int state = rows == NULL ? -1 : 1;
    while (state > 0 && (state = db_rows_next(rows, error)) > 0) {
        for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
            if (strcmp(kinds[i].kind, db_text(rows, "kind")) == 0) {
                flag_add(reader, db_int(rows, "other_id"), kinds[i].flag);
            }
        }
    }
    return state == 0 && papers_load(reader, error);
}

bool contact_reader_init(struct contact_reader *reader, struct book *book, const struct goal *goal,
                         const struct person *self, GStringChunk *text, GError **error)
{
    *reader = (struct contact_reader){
        .book = book,
        .goal = goal,
        .text = text,
        .today = book_today(book),
        .self_id = self == NULL ? 0 : self->row.person_id,
        .schools = school_names_new(),
        .is_shared = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .languages = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .departments = g_hash_table_new(g_str_hash, g_str_equal),
        .paused = id_set(),
        .paused_tags = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .flags = id_set(),
        .roots = id_set(),
        .med_schools = g_ptr_array_new(),
    };
    languages_add(reader);
    schools_add(reader, self);
    return roots_load(reader, error) && paused_load(reader, error) &&
           relations_load(reader, error);
}

void contact_reader_clear(struct contact_reader *reader)
{
    GHashTable *const tables[] = {reader->is_shared,   reader->languages, reader->departments,
                                  reader->paused,      reader->flags,     reader->roots,
                                  reader->paused_tags};
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_hash_table_unref(tables[i]);
    }
    school_names_free(reader->schools);
    g_ptr_array_unref(reader->med_schools);
}

/* ---- rows ---- */

static const char *kept_once(struct contact_reader *reader, const char *value)
{
    return value == NULL ? NULL : g_string_chunk_insert_const(reader->text, value);
}

static const char *department_of(struct contact_reader *reader, const char *org)
{
    if (org == NULL) {
        return NULL;
    }
    const char *folded = g_hash_table_lookup(reader->departments, org);
    if (folded == NULL) {
        g_autofree char *made = fold_text(org);
        folded = g_string_chunk_insert_const(reader->text, made);
        g_hash_table_insert(reader->departments, (gpointer)org, (gpointer)folded);
    }
    return folded;
}

static bool has_paused_tag(const struct contact_reader *reader, const char *tags)
{
    if (tags == NULL || g_hash_table_size(reader->paused_tags) == 0) {
        return false;
    }
    g_auto(GStrv) each = g_strsplit(tags, " ", -1);
    for (char **tag = each; *tag != NULL; tag++) {
        g_autofree char *folded = fold_text(*tag);
        if (g_hash_table_contains(reader->paused_tags, folded)) {
            return true;
        }
    }
    return false;
}

static unsigned flags_of(const struct contact_reader *reader, db_rows *rows,
                         const struct contact *contact)
{
    const struct goal *goal = reader->goal;
    unsigned flags = contact_roles(contact->headline, contact->tags);
    flags |= db_int(rows, "has_us_link") != 0 ? CONTACT_US_LINK : 0;
    flags |= db_int(rows, "do_not_contact") != 0 ? CONTACT_DO_NOT : 0;
    if (contact->specialty != NULL && list_has(goal->specialties, contact->specialty)) {
        flags |= CONTACT_SPECIALTY;
    }
    if (contact->region != NULL && list_has(goal->regions, contact->region)) {
        flags |= CONTACT_REGION;
    }
    if (tie_is_slack(contact->last_day, contact->cadence_days, reader->today)) {
        flags |= CONTACT_SLACK;
    }
    if (g_hash_table_contains(reader->paused, &contact->person_id) ||
        has_paused_tag(reader, contact->tags)) {
        flags |= CONTACT_PAUSED;
    }
    const unsigned *related = g_hash_table_lookup(reader->flags, &contact->person_id);
    return flags | (related == NULL ? 0 : *related);
}

static void contact_read(struct contact_reader *reader, db_rows *rows, GArray *contacts_out)
{
    struct contact contact = {
        .person_id = db_int(rows, "person_id"),
        .name = keep_text(reader->text, db_text(rows, "name")),
        .own_name = keep_text(reader->text, db_text(rows, "own_name")),
        .headline = kept_once(reader, db_text(rows, "headline")),
        .org = kept_once(reader, db_text(rows, "org")),
        .place = kept_once(reader, db_text(rows, "place")),
        .region = kept_once(reader, db_text(rows, "region")),
        .specialty = kept_once(reader, db_text(rows, "specialty")),
        .tags = kept_once(reader, db_text(rows, "tags")),
        .tie = (float)db_real(rows, "tie"),
        .last_day = db_day(rows, "last_touch_day"),
        .n_touches = (int)db_int(rows, "n_touches"),
        .cadence_days = db_is_null(rows, "cadence_days") ? -1 : (int)db_int(rows, "cadence_days"),
        .due_day = DAY_NONE,
        .last_out_day = DAY_NONE,
        .last_in_day = DAY_NONE,
        .last_talk_day = DAY_NONE,
        .last_rotation_day = DAY_NONE,
        .last_event_day = DAY_NONE,
        .last_intro_day = DAY_NONE,
        .last_thanks_day = DAY_NONE,
        .connected_day = DAY_NONE,
        .invited_day = DAY_NONE,
    };
    const struct data_touch_kinds *last = data_touch_kinds_by_id(db_text(rows, "last_touch_kind"));
    contact.last_kind = last == NULL ? NULL : last->id;
    contact.department = department_of(reader, contact.org);
    if (contact.cadence_days >= 0) {
        contact.due_day = contact.last_day == DAY_NONE ? db_day(rows, "due_day")
                                                       : contact.last_day + contact.cadence_days;
    }
    contact.flags = flags_of(reader, rows, &contact);
    g_array_append_val(contacts_out, contact);
    g_ptr_array_add(reader->med_schools, (gpointer)kept_once(reader, db_text(rows, "school")));
}

/* ---- traits ---- */

static bool is_shared_school(struct contact_reader *reader, const char *written)
{
    int known = GPOINTER_TO_INT(g_hash_table_lookup(reader->is_shared, written));
    if (known == 0) {
        known = school_names_has(reader->schools, written) ? 1 : 2;
        g_hash_table_insert(reader->is_shared, g_strdup(written), GINT_TO_POINTER(known));
    }
    return known == 1;
}

static bool speaks(const struct contact_reader *reader, const char *folded)
{
    char first[64];
    g_strlcpy(first, folded, sizeof first);
    first[strcspn(first, " ")] = '\0'; /* "urdu native" */
    return g_hash_table_contains(reader->languages, folded) ||
           g_hash_table_contains(reader->languages, first);
}

/* Your school comes before their medical school, that before any other. */
static void trait_read(struct contact_reader *reader, struct contact *contact,
                       const char *med_school, const struct person_key *trait, const char *label)
{
    if (strcmp(trait->kind, "language") == 0) {
        contact->flags |= speaks(reader, trait->value) ? CONTACT_LANGUAGE : 0;
        return;
    }
    bool is_shared = is_shared_school(reader, label);
    if (strcmp(trait->kind, "class") == 0) {
        if (is_shared) {
            int year = (int)g_ascii_strtoll(trait->value, NULL, 10);
            contact->class_year = MAX(contact->class_year, year);
        }
        return;
    }
    bool has_shared = (contact->flags & CONTACT_SCHOOL) != 0;
    bool is_med = g_strcmp0(trait->value, med_school) == 0;
    bool is_better = is_shared ? !has_shared || strcmp(label, contact->school) < 0
                               : !has_shared && (contact->school == NULL || is_med);
    if (is_better) { /* whatever order traits come in */
        contact->school = kept_once(reader, label);
    }
    contact->flags |= is_shared ? CONTACT_SCHOOL : 0;
}

DB_QUERY(outlook_traits, "SELECT person_id, kind, value, label FROM trait WHERE account_id = $1 "
                         "AND kind IN ('class', 'language', 'school')");
DB_QUERY(outlook_trait, "SELECT label FROM trait WHERE account_id = $1 AND kind = $2 AND value = $3 "
                        "AND person_id = $4");

static struct contact *contact_find(GArray *contacts, int64_t person_id)
{
    guint low = 0;
    guint high = contacts->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(contacts, struct contact, middle).person_id < person_id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    struct contact *found =
        low < contacts->len ? &g_array_index(contacts, struct contact, low) : NULL;
    return found != NULL && found->person_id == person_id ? found : NULL;
}

static bool traits_of_all(struct contact_reader *reader, GArray *contacts, GError **error)
{
    struct book *book = reader->book;
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &outlook_traits, error, DB_INT(book->account_id));
    int state = rows == NULL ? -1 : 1;
    while (state > 0 && (state = db_rows_next(rows, error)) > 0) {
        struct contact *contact = contact_find(contacts, db_int(rows, "person_id"));
        if (contact != NULL) {
            size_t at = (size_t)(contact - (struct contact *)(void *)contacts->data);
            struct person_key trait = {.kind = db_text(rows, "kind"),
                                       .value = db_text(rows, "value")};
            trait_read(reader, contact, reader->med_schools->pdata[at], &trait,
                       db_text(rows, "label"));
        }
    }
    return state == 0;
}

/* One trait by its key; nothing when it is of no use here. */
static bool trait_load(struct contact_reader *reader, struct contact *contact,
                       const struct person_key *trait, GError **error)
{
    static const char *const kinds[] = {"class", "language", "school"};
    bool is_wanted = false;
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        is_wanted = is_wanted || strcmp(trait->kind, kinds[i]) == 0;
    }
    if (!is_wanted) {
        return true;
    }
    struct book *book = reader->book;
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &outlook_trait, error, DB_INT(book->account_id), DB_TEXT(trait->kind),
                  DB_TEXT(trait->value), DB_INT(contact->person_id));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    if (state > 0) {
        trait_read(reader, contact, reader->med_schools->pdata[0], trait, db_text(rows, "label"));
    }
    return state >= 0;
}

static bool traits_of(struct contact_reader *reader, struct contact *contact, GError **error)
{
    struct person_keys keys;
    bool is_ok = person_keys_load(reader->book, contact->person_id, &keys, error);
    for (size_t i = 0; is_ok && i < person_keys_count(&keys); i++) {
        struct person_key key = person_keys_at(&keys, i);
        is_ok = trait_load(reader, contact, &key, error);
    }
    person_keys_clear(&keys);
    return is_ok;
}

/* ---- all of it ---- */

#define CONTACT_COLUMNS                                                                         \
    "person_id, name, own_name, headline, org, place, region, specialty, tags, tie, "           \
    "last_touch_day, n_touches, cadence_days, last_touch_kind, due_day, has_us_link, "          \
    "do_not_contact, school"
DB_QUERY(outlook_people,
         "SELECT " CONTACT_COLUMNS " FROM person WHERE account_id = $1 AND deleted_at IS NULL AND "
         "root_id = person_id AND is_self = 0 ORDER BY person_id");
DB_QUERY(outlook_person, "SELECT " CONTACT_COLUMNS
                         " FROM person WHERE account_id = $1 AND person_id = $2 AND deleted_at IS "
                         "NULL AND root_id = person_id AND is_self = 0");

static bool people_read(struct contact_reader *reader, db_rows *rows, GArray *contacts_out,
                        GError **error)
{
    int state = rows == NULL ? -1 : 1;
    while (state > 0 && (state = db_rows_next(rows, error)) > 0) {
        contact_read(reader, rows, contacts_out);
    }
    return state == 0;
}

bool contacts_load(struct contact_reader *reader, GArray *contacts_out, GError **error)
{
    struct book *book = reader->book;
    g_ptr_array_set_size(reader->med_schools, 0);
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &outlook_people, error, DB_INT(book->account_id));
    return people_read(reader, rows, contacts_out, error) &&
           traits_of_all(reader, contacts_out, error) &&
           contact_touches_load(reader, 0, contacts_out, error);
}

bool contact_load(struct contact_reader *reader, int64_t person_id, GArray *contacts_out,
                  GError **error)
{
    struct book *book = reader->book;
    g_autoptr(GArray) one = g_array_new(FALSE, TRUE, sizeof(struct contact));
    g_ptr_array_set_size(reader->med_schools, 0);
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &outlook_person, error,
                                        DB_INT(book->account_id), DB_INT(person_id));
    if (!people_read(reader, rows, one, error)) {
        return false;
    }
    if (one->len > 0 && (!traits_of(reader, &g_array_index(one, struct contact, 0), error) ||
                         !contact_touches_load(reader, person_id, one, error))) {
        return false;
    }
    g_array_append_vals(contacts_out, one->data, one->len);
    return true;
}
