/* What should be looked at before something is published. It tells, and never stands in the way. */
#include "feature/online_presence/presence.h"

#include "base/fold.h"
#include "data_presence_checks.h"
#include "model/touch_line.h"

#include <string.h>

#define MAX_CHECKS 64
#define MAX_NAMES 20 /* people named at most */

static GRegex *const *check_patterns(void)
{
    static GRegex *compiled[MAX_CHECKS];
    static gsize once = 0;
    if (g_once_init_enter(&once)) {
        for (size_t i = 0; i < n_data_presence_checks && i < MAX_CHECKS; i++) {
            g_autoptr(GError) error = NULL;
            compiled[i] = g_regex_new(data_presence_checks[i].regex,
                                      G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, &error);
            if (compiled[i] == NULL) {
                g_error("presence_checks.tsv, %s: %s", data_presence_checks[i].id, error->message);
            }
        }
        g_once_init_leave(&once, 1);
    }
    return compiled;
}

static void look_for_patients(const char *draft, GStringChunk *text, GArray *signs_out)
{
    g_autoptr(GPtrArray) sentences = g_ptr_array_new();
    patient_signs(draft, text, sentences);
    for (guint i = 0; i < sentences->len; i++) {
        struct presence_sign sign = {
            .title = "This looks like a patient",
            .found = g_ptr_array_index(sentences, i),
            .why = "two such signs together lead to a person, with or without a name",
            .instead = "leave it out; write of what you learned"};
        g_array_append_val(signs_out, sign);
    }
}

void presence_look(const char *draft, GStringChunk *text, GArray *signs_out)
{
    if (draft == NULL || !g_utf8_validate(draft, -1, NULL)) {
        return;
    }
    look_for_patients(draft, text, signs_out);
    GRegex *const *patterns = check_patterns();
    for (size_t i = 0; i < n_data_presence_checks && i < MAX_CHECKS; i++) {
        GMatchInfo *match = NULL;
        if (g_regex_match(patterns[i], draft, 0, &match)) {
            g_autofree char *found = g_match_info_fetch(match, 0);
            g_autofree char *quoted = g_strdup_printf("“%s”", found);
            struct presence_sign sign = {.title = data_presence_checks[i].title,
                                         .found = g_string_chunk_insert(text, quoted),
                                         .why = data_presence_checks[i].why,
                                         .instead = data_presence_checks[i].instead};
            g_array_append_val(signs_out, sign);
        }
        g_match_info_free(match);
    }
}

/* Do these words stand in the text, whole, one after the other? text begins and ends with a blank.
 */
static bool holds(const char *text, const char *words)
{
    g_autofree char *padded = g_strdup_printf(" %s ", words);
    return strstr(text, padded) != NULL;
}

bool presence_names(const char *folded_draft, const char *sort_key)
{
    static const char *const titles[] = {"dr", "doctor", "prof", "professor"};
    g_autofree char *text = g_strdup_printf(" %s ", folded_draft);
    g_auto(GStrv) words = g_strsplit(sort_key, " ", -1);
    guint n = g_strv_length(words);
    if (n < 2) {
        return false;
    }
    for (guint turn = 0; turn < n; turn++) {
        g_autoptr(GString) order = g_string_new(NULL);
        for (guint i = 0; i < n; i++) {
            g_string_append_printf(order, "%s%s", i > 0 ? " " : "", words[(turn + i) % n]);
        }
        if (holds(text, order->str)) {
            return true;
        }
    }
    for (size_t i = 0; i < G_N_ELEMENTS(titles); i++) {
        g_autofree char *called = g_strdup_printf("%s %s", titles[i], words[0]);
        if (holds(text, called)) {
            return true;
        }
    }
    return false;
}

DB_QUERY(book_names, "SELECT name, sort_key FROM person WHERE account_id = $1 AND deleted_at IS "
                     "NULL AND root_id = person_id AND is_self = 0 ORDER BY sort_key, person_id");

bool presence_look_book(struct book *book, const char *draft, GStringChunk *text, GArray *signs_out,
                        GError **error)
{
    presence_look(draft, text, signs_out);
    g_autofree char *folded = fold_text(draft);
    g_autoptr(db_rows) rows = DB_SELECT(book->tx, &book_names, error, DB_INT(book->account_id));
    int state = rows == NULL ? -1 : db_rows_next(rows, error);
    for (int n = 0; state > 0; state = db_rows_next(rows, error)) {
        const char *sort_key = db_text(rows, "sort_key");
        if (n < MAX_NAMES && sort_key != NULL && presence_names(folded, sort_key)) {
            struct presence_sign sign = {
                .title = "A person of your address book",
                .found = g_string_chunk_insert(text, db_text(rows, "name")),
                .why = "they may not want to be named in public, or at this moment",
                .instead = "ask them first, or leave the name out"};
            g_array_append_val(signs_out, sign);
            n++;
        }
    }
    return state == 0;
}
