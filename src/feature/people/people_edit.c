/* person.add, edit, remove, restore, photo. */
#include "feature/people/people.h"

#include "base/error.h"
#include "model/blob.h"

#include <string.h>

/* Parameters that are facts, and the kinds they become. */
static const struct {
    const char *param;
    enum fact_kind kind;
} plain[] = {
    {"name", FACT_NAME},         {"headline", FACT_HEADLINE},
    {"place", FACT_PLACE},       {"birthday", FACT_BIRTHDAY},
    {"email", FACT_EMAIL},       {"phone", FACT_PHONE},
    {"url", FACT_URL},           {"specialty", FACT_SPECIALTY},
    {"language", FACT_LANGUAGE}, {"tag", FACT_TAG},
    {"met", FACT_MET},           {"note", FACT_NOTE},
};

json_t *people_done(int64_t id, const struct change_log *log, const char *message)
{
    return act_done(id, log, message);
}

static bool read_value(enum fact_kind kind, const char *value, enum fact_op op, GStringChunk *text,
                       GArray *facts, GError **error)
{
    struct people_typed typed = {.kind = kind, .value = value};
    return people_fact_read(&typed, op, text, facts, error);
}

/* One value, or several of a repeated parameter. */
static bool read_plain(const struct action_call *call, size_t row, bool is_edit, GStringChunk *text,
                       GArray *facts, GError **error)
{
    const json_t *given = call_json(call, plain[row].param);
    enum fact_op op = is_edit && fact_is_one_valued(plain[row].kind) ? FACT_SET : FACT_ADD;
    if (!json_is_array(given)) {
        return given == NULL ||
               read_value(plain[row].kind, json_string_value(given), op, text, facts, error);
    }
    for (size_t i = 0; i < json_array_size(given); i++) {
        if (!read_value(plain[row].kind, json_string_value(json_array_get(given, i)), op, text,
                        facts, error)) {
            return false;
        }
    }
    return true;
}

/* Work and school come in two parameters. */
static bool read_made(const struct people_typed *typed, GStringChunk *text, GArray *facts,
                      GError **error)
{
    return (typed->org == NULL && typed->title == NULL) ||
           people_fact_read(typed, FACT_ADD, text, facts, error);
}

/* Facts as JSON, for programs: kind, value, op and all the rest. */
static bool read_json(const struct action_call *call, GStringChunk *text, GArray *facts,
                      GError **error)
{
    const json_t *given = call_json(call, "facts");
    if (given != NULL && !json_is_array(given)) {
        return refuse(error, "fact.invalid",
                      "Facts are a list: [{\"kind\": \"email\", \"value\": \"...\"}].");
    }
    for (size_t i = 0; i < json_array_size(given); i++) {
        struct fact fact;
        if (!fact_from_json(json_array_get(given, i), text, &fact, error)) {
            return false;
        }
        g_array_append_val(facts, fact);
    }
    return true;
}

static bool read_facts(const struct action_call *call, bool is_edit, GStringChunk *text,
                       GArray *facts, GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(plain); i++) {
        if (!read_plain(call, i, is_edit, text, facts, error)) {
            return false;
        }
    }
    const struct people_typed work = {
        .kind = FACT_WORK, .org = call_text(call, "org"), .title = call_text(call, "title")};
    const struct people_typed school = {.kind = FACT_SCHOOL,
                                        .org = call_text(call, "school"),
                                        .title = call_text(call, "degree"),
                                        .ends = call_text(call, "class")};
    return read_made(&work, text, facts, error) && read_made(&school, text, facts, error) &&
           read_json(call, text, facts, error);
}

static bool write_add(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) facts = g_array_new(FALSE, TRUE, sizeof(struct fact));
    auto_change_log log = CHANGE_LOG(book);
    int64_t person_id = 0;
    if (!read_facts(call, false, text, facts, error) ||
        !person_add(book, (const struct fact *)(void *)facts->data, (int)facts->len, &log,
                    &person_id, error) ||
        !change_finish(book, &log, "Person added", error)) {
        return false;
    }
    struct person_row row;
    if (!person_row_load(book, person_id, text, &row, error)) {
        return false;
    }
    g_autofree char *message = g_strdup_printf("%s is in your address book.", row.name);
    *result_out = people_done(person_id, &log, message);
    return true;
}

bool people_do_add(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_add, result_out, error);
}

/* ---- editing ---- */

static void add_removal(GArray *edits, enum fact_kind kind, const char *value)
{
    struct fact gone = {.kind = kind, .op = FACT_REMOVE, .value = value};
    g_array_append_val(edits, gone);
}

/* What a form leaves as it was is no edit. One-valued facts only; the others are added. */
static void drop_unchanged(const struct person *person, GArray *edits)
{
    guint kept = 0;
    for (guint i = 0; i < edits->len; i++) {
        const struct fact *edit = &g_array_index(edits, struct fact, i);
        const struct fact *now = fact_fold_first(person->fold, edit->kind);
        bool is_same = edit->op == FACT_SET && now != NULL && strcmp(now->value, edit->value) == 0;
        if (!is_same) {
            g_array_index(edits, struct fact, kept++) = *edit;
        }
    }
    g_array_set_size(edits, kept);
}

/* The form showed these facts; one that came back empty is taken away, from every source. */
static void clear_blank(const struct action_call *call, const struct person *person, GArray *edits)
{
    static const enum fact_kind shown[] = {FACT_HEADLINE, FACT_PLACE, FACT_BIRTHDAY};
    static const char *const params[] = {"headline", "place", "birthday"};
    for (size_t i = 0; i < G_N_ELEMENTS(shown); i++) {
        for (guint k = 0; !call_has(call, params[i]) && k < person->fold->facts->len; k++) {
            const struct fact *fact =
                &g_array_index(person->fold->facts, struct folded_fact, k).fact;
            if (fact->kind == shown[i]) {
                add_removal(edits, fact->kind, fact->value);
            }
        }
    }
}

/* Tags as one line: those no longer in it go, new ones come. */
static void set_tags(const struct action_call *call, const struct person *person,
                     GStringChunk *text, GArray *edits)
{
    const char *line = call_text(call, "tags");
    g_auto(GStrv) wanted = g_strsplit_set(line != NULL ? line : "", " ,#\t\n", -1);
    g_autoptr(GHashTable) now = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint k = 0; k < person->fold->facts->len; k++) {
        const struct fact *fact = &g_array_index(person->fold->facts, struct folded_fact, k).fact;
        g_autofree char *shown = g_strdelimit(g_strdup(fact->value), " ", '-');
        if (fact->kind != FACT_TAG) {
            continue;
        }
        if (g_strv_contains((const char *const *)wanted, shown)) {
            g_hash_table_add(now, g_string_chunk_insert(text, shown));
        } else {
            add_removal(edits, FACT_TAG, fact->value);
        }
    }
    for (char **tag = wanted; *tag != NULL; tag++) {
        if (**tag != '\0' && !g_hash_table_contains(now, *tag)) {
            struct fact fact = {.kind = FACT_TAG, .value = g_string_chunk_insert(text, *tag)};
            g_array_append_val(edits, fact);
            g_hash_table_add(now, (char *)fact.value);
        }
    }
}

static bool write_edit(struct action_call *call, struct book *book, json_t **result_out,
                       GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) edits = g_array_new(FALSE, TRUE, sizeof(struct fact));
    g_autoptr(person_ptr) person = person_load(book, call_id(call, "id"), error);
    if (person == NULL || !read_facts(call, true, text, edits, error)) {
        return false;
    }
    drop_unchanged(person, edits);
    if (call_bool(call, "whole")) {
        clear_blank(call, person, edits);
    }
    if (call_has(call, "tags") || call_bool(call, "whole")) {
        set_tags(call, person, text, edits);
    }
    auto_change_log log = CHANGE_LOG(book);
    g_autofree char *message = g_strdup_printf("%s changed.", person->row.name);
    if (!person_edit(book, person->row.person_id, (const struct fact *)(void *)edits->data,
                     (int)edits->len, &log, error) ||
        !change_finish(book, &log, message, error)) {
        return false;
    }
    bool is_same = edits->len == 0;
    *result_out = people_done(person->row.person_id, is_same ? NULL : &log,
                              is_same ? "Nothing was different." : message);
    return true;
}

bool people_do_edit(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_edit, result_out, error);
}

/* ---- going and coming back ---- */

static bool write_remove(struct action_call *call, struct book *book, json_t **result_out,
                         GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct person_row row;
    auto_change_log log = CHANGE_LOG(book);
    if (!person_row_load(book, call_id(call, "id"), text, &row, error)) {
        return false;
    }
    g_autofree char *message =
        g_strdup_printf("%s deleted. They can come back for 30 days.", row.name);
    if (!person_delete(book, row.person_id, &log, error) ||
        !change_finish(book, &log, message, error)) {
        return false;
    }
    *result_out = people_done(row.person_id, &log, message);
    return true;
}

bool people_do_remove(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_remove, result_out, error);
}

static bool write_restore(struct action_call *call, struct book *book, json_t **result_out,
                          GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct person_row row;
    if (!person_row_load(book, call_id(call, "id"), text, &row, error) ||
        !person_restore(book, row.person_id, error)) {
        return false;
    }
    g_autofree char *message = g_strdup_printf("%s is back.", row.name);
    *result_out = people_done(row.person_id, NULL, message);
    return true;
}

bool people_do_restore(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_restore, result_out, error);
}

/* ---- photo ---- */

static bool write_photo(struct action_call *call, struct book *book, json_t **result_out,
                        GError **error)
{
    char digest[DIGEST_TEXT];
    if (call->n_files == 0) {
        return refuse(error, "blob.not_an_image", "Choose a photo: a JPEG, PNG, WebP or GIF file.");
    }
    g_autoptr(GMappedFile) file = g_mapped_file_new(call->files[0].path, FALSE, error);
    if (file == NULL) {
        return false;
    }
    auto_change_log log = CHANGE_LOG(book);
    if (!blob_add(book, g_mapped_file_get_contents(file), g_mapped_file_get_length(file), digest,
                  error)) {
        return false;
    }
    struct fact edit = {.kind = FACT_PHOTO, .op = FACT_SET, .value = digest};
    if (!person_edit(book, call_id(call, "id"), &edit, 1, &log, error) ||
        !change_finish(book, &log, "Photo changed", error)) {
        return false;
    }
    *result_out = people_done(call_id(call, "id"), &log, "The photo is changed.");
    return true;
}

bool people_do_photo(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_photo, result_out, error);
}
