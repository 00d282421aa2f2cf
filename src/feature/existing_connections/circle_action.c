/* circle.list, circle.add: the prompts of the guided circle, and several people at once under one of
 * them, a person a line: "Omar Haddad; cousin of my mother; Toledo, Ohio". */
#include "feature/existing_connections/connections.h"

#include "action/act.h"
#include "base/error.h"
#include "base/fold.h"
#include "base/words.h"
#include "import/draft.h"
#include "model/origin.h"
#include "model/person_list.h"

#include <string.h>

#define LINES_MOST 40
#define LOOK_MOST 50 /* people of a like name that are looked at */

static bool read_list(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) practices = g_array_new(false, true, sizeof(struct practice));
    if (!practice_list(book, CONNECTIONS_ID, text, practices, error)) {
        return false;
    }
    json_t *items = json_array();
    for (size_t i = 0; i < n_data_circle; i++) {
        const struct data_circle *row = &data_circle[i];
        json_array_append_new(
            items, json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "id", row->id, "title", row->title,
                             "ask", row->ask, "tag", row->tag, "met", row->met, "done_on",
                             json_day(circle_day(practices, row->id))));
    }
    *result_out = json_list("prompts", items, (int64_t)n_data_circle, NULL);
    return true;
}

bool circle_do_list(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_list, result_out, error);
}

/* ---- adding ---- */

struct circle_line {
    const char *name;
    const char *met;   /* NULL: the prompt's */
    const char *place; /* NULL */
};

/* Parted by semicolons where there is one, else by the first two commas. */
static struct circle_line line_read(char *line)
{
    char mark = strchr(line, ';') != NULL ? ';' : ',';
    char *parts[3] = {line, NULL, NULL};
    for (int i = 1; i < 3 && parts[i - 1] != NULL; i++) {
        parts[i] = strchr(parts[i - 1], mark);
        if (parts[i] != NULL) {
            *parts[i]++ = '\0';
        }
    }
    for (int i = 0; i < 3; i++) {
        if (parts[i] != NULL) {
            g_strstrip(parts[i]);
        }
    }
    return (struct circle_line){.name = parts[0],
                                .met = parts[1] != NULL && *parts[1] != '\0' ? parts[1] : NULL,
                                .place = parts[2] != NULL && *parts[2] != '\0' ? parts[2] : NULL};
}

/* Is somebody of exactly this name in the book? Nobody is joined on a name alone, and nobody made
 * twice by a list from memory. */
static bool is_known(struct book *book, const char *name, bool *known_out, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) rows = g_array_new(false, true, sizeof(struct person_row));
    struct person_filter filter = {.query = name};
    struct person_page page = {.limit = LOOK_MOST};
    *known_out = false;
    if (!person_list(book, &filter, &page, text, rows, error)) {
        return false;
    }
    g_autofree char *wanted = fold_text(name);
    for (guint i = 0; i < rows->len; i++) {
        const struct person_row *row = &g_array_index(rows, struct person_row, i);
        g_autofree char *latin = fold_text(row->name);
        g_autofree char *own = row->own_name != NULL ? fold_text(row->own_name) : NULL;
        *known_out = *known_out || strcmp(latin, wanted) == 0 || g_strcmp0(own, wanted) == 0;
    }
    return true;
}

static bool add_person(struct book *book, const struct data_circle *prompt,
                       const struct circle_line *line, struct change_log *log, GError **error)
{
    struct draft draft;
    int64_t person_id;
    g_autofree char *tag = g_strdelimit(g_strdup(prompt->tag), " ", '-');
    draft_init(&draft);
    draft_start(&draft, ABOUT_PERSON, "you", "you", 1);
    bool is_done = draft_name(&draft, line->name) ||
                   refuse(error, "circle.name", "“%s” is no name.", line->name);
    if (is_done) {
        draft_fact(&draft, FACT_TAG, tag, NULL);
        draft_fact(&draft, FACT_MET, line->met != NULL ? line->met : prompt->met, NULL);
        draft_fact(&draft, FACT_PLACE, line->place, NULL);
        is_done = person_add(book, (const struct fact *)(void *)draft.facts->data,
                             (int)draft.facts->len, log, &person_id, error);
    }
    draft_clear(&draft);
    return is_done;
}

struct circle_sum {
    int n_added;
    int n_known;
    GPtrArray *known; /* names, borrowed from the lines */
};

static bool add_lines(struct book *book, const struct data_circle *prompt, char **lines,
                      struct change_log *log, struct circle_sum *sum, GError **error)
{
    for (int i = 0; lines[i] != NULL; i++) {
        struct circle_line line = line_read(g_strstrip(lines[i]));
        bool known = false;
        if (line.name[0] == '\0') {
            continue;
        }
        if (sum->n_added + sum->n_known == LINES_MOST) {
            return refuse(error, "circle.too_many",
                          "At most %d people at once; the others in a second go. Nothing was added.",
                          LINES_MOST);
        }
        if (!is_known(book, line.name, &known, error) ||
            (!known && !add_person(book, prompt, &line, log, error))) {
            return false;
        }
        sum->n_added += !known;
        if (known) {
            sum->n_known++;
            g_ptr_array_add(sum->known, (gpointer)line.name);
        }
    }
    return true;
}

/* "3 people are in your book. Omar Haddad was there already and stayed as they were." */
static char *sum_words(const struct circle_sum *sum)
{
    g_autofree char *added = words_count(sum->n_added, "person is", "people are");
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    for (guint i = 0; i < sum->known->len && i < 3; i++) {
        g_ptr_array_add(list, sum->known->pdata[i]);
    }
    g_ptr_array_add(list, NULL);
    g_autofree char *names = words_list((const char *const *)list->pdata);
    if (sum->n_added == 0 && sum->n_known == 0) {
        return g_strdup("Gone through: nobody new comes to mind.");
    }
    if (sum->n_known == 0) {
        return g_strdup_printf("%s new in your address book.", added);
    }
    if (sum->n_known > 3) {
        return g_strdup_printf("%s new in your address book. %d names were there already and are "
                               "left as they are.",
                               added, sum->n_known);
    }
    return g_strdup_printf("%s new in your address book. There already, and left as %s: %s.",
                           added, sum->n_known == 1 ? "it is" : "they are", names);
}

static bool write_add(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    const struct data_circle *prompt = data_circle_by_id(call_text(call, "prompt"));
    if (prompt == NULL) {
        return refuse(error, "circle.not_found", "There is no prompt “%s”: ligature circle list.",
                      call_text(call, "prompt"));
    }
    const char *people = call_text(call, "people");
    g_auto(GStrv) lines = g_strsplit(people != NULL ? people : "", "\n", -1);
    g_autoptr(GPtrArray) known = g_ptr_array_new();
    struct circle_sum sum = {.known = known};
    struct practice practice = {.strategy = CONNECTIONS_ID,
                                .kind = "circle",
                                .ref = prompt->id,
                                .on_day = book_today(book),
                                .minutes = -1,
                                .self_rating = -1,
                                .peer_rating = -1,
                                .deleted_at = AT_NONE};
    g_autofree char *key = g_strdup_printf("connections.circle/-/%s", prompt->id);
    auto_change_log log = CHANGE_LOG(book);
    int64_t practice_id = 0;
    if (!add_lines(book, prompt, lines, &log, &sum, error) ||
        !practice_save(book, &practice, &log, &practice_id, error) ||
        !origin_done(book, key, &log, error) ||
        !change_finish(book, &log, "Names written down", error)) {
        return false;
    }
    g_autofree char *words = sum_words(&sum);
    *result_out = act_done(practice_id, &log, words);
    json_object_set_new(*result_out, "added", json_integer(sum.n_added));
    json_object_set_new(*result_out, "known", json_integer(sum.n_known));
    return true;
}

bool circle_do_add(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_add, result_out, error);
}
