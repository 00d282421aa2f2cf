/* Favours in words, and the section of a person's page that writes them down. */
#include "feature/existing_connections/connections_parts.h"

#include "base/words.h"
#include "data_favour_kinds.h"
#include "data_followup.h"
#include "existing_connections_favour.tpl.h"
#include "net/http.h"
#include "page/usual.h"

#include <string.h>

#define THANKS_DAYS 2
#define TELL_DAYS 14

static bool is_state(const struct favour *favour, const char *state)
{
    return strcmp(favour->state, state) == 0;
}

/* "asked Tue 7 July, granted Thu 9 July" */
static const char *days_of(struct page *page, const struct favour *favour, int32_t today)
{
    const struct {
        const char *word;
        int32_t day;
    } days[] = {{strcmp(favour->direction, "given") == 0 ? "" : "asked ", favour->asked_day},
                {is_state(favour, "declined") ? "declined " : "granted ", favour->settled_day},
                {"thanked ", favour->thanked_day},
                {"told how it went ", favour->told_day}};
    g_autoptr(GString) out = g_string_new(NULL);
    size_t last = is_state(favour, "told")      ? 3 /* said even where its day is not known */
                  : is_state(favour, "thanked") ? 2
                  : is_state(favour, "granted") || is_state(favour, "declined") ? 1
                                                                                : 0;
    for (size_t i = 0; i < G_N_ELEMENTS(days); i++) {
        if (days[i].day != DAY_NONE) {
            g_autofree char *words = day_words(days[i].day, today);
            g_string_append_printf(out, "%s%s%s", out->len > 0 ? ", " : "", days[i].word, words);
        } else if (i == last) {
            g_autofree char *word = g_strstrip(g_strdup(days[i].word));
            g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "", word);
        }
    }
    return page_printf(page, "%s", out->str);
}

static void due_of(struct page *page, const struct favour *favour, int32_t today,
                   struct favour_row *row)
{
    int32_t due = is_state(favour, "granted") && favour->settled_day != DAY_NONE
                      ? favour->settled_day + THANKS_DAYS
                  : is_state(favour, "thanked") && favour->settled_day != DAY_NONE
                      ? favour->settled_day + TELL_DAYS
                      : DAY_NONE;
    if (due == DAY_NONE) {
        return;
    }
    const char *what = is_state(favour, "granted") ? "thanks" : "how it went";
    g_autofree char *day = day_words(due, today);
    g_autofree char *late = words_late(today - due);
    row->is_late = today > due;
    row->due = row->is_late ? page_printf(page, "%s: %s", what, late)
                            : page_printf(page, "%s by %s", what, day);
}

static void acts_of(struct page *page, const struct favour *favour, const char *about,
                    struct favour_row *row)
{
    static const struct {
        const char *from;
        const char *to;
        const char *label;
    } moves[] = {{"asked", "granted", "They did"},
                 {"asked", "declined", "They declined"},
                 {"granted", "thanked", "Thanked"},
                 {"thanked", "told", "Told how it went"}};
    struct part_act *acts = page_room(page, struct part_act, G_N_ELEMENTS(moves) + 1);
    size_t n = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(moves); i++) {
        if (is_state(favour, moves[i].from)) {
            acts[n] = (struct part_act){.label = moves[i].label,
                                        .about = about,
                                        .href = "/do/favour.move",
                                        .is_post = true,
                                        .name = "state",
                                        .value = moves[i].to,
                                        .is_quiet = n > 0};
            n++;
        }
    }
    acts[n++] = (struct part_act){.label = "Remove",
                                  .about = about,
                                  .href = "/do/favour.remove",
                                  .is_post = true,
                                  .is_quiet = true};
    row->acts = acts;
    row->n_acts = n;
}

void favour_words(struct page *page, const struct favour *favour, const char *about, int32_t today,
                  struct favour_row *row)
{
    const struct data_favour_kinds *kind = data_favour_kinds_by_id(favour->kind);
    bool is_given = strcmp(favour->direction, "given") == 0;
    const char *did = kind == NULL ? favour->kind : is_given ? kind->given : kind->asked;
    const char *to = strcmp(favour->kind, "introduction") == 0 ? " to " : ": ";
    row->id = favour->favour_id;
    row->title = page_printf(page, "%s%s%s", did, about != NULL ? to : "",
                             about != NULL ? about : "");
    row->when = days_of(page, favour, today);
    due_of(page, favour, today, row);
    acts_of(page, favour, row->title, row);
}

/* ---- on a person's page ---- */

struct showing {
    struct page *page;
    int64_t person_id;
    struct html_out *out;
};

static struct part_field kind_field(struct page *page)
{
    const char *chosen = page_typed(page, "kind", "introduction");
    struct part_option *options = page_room(page, struct part_option, n_data_favour_kinds);
    for (size_t i = 0; i < n_data_favour_kinds; i++) {
        options[i] = (struct part_option){.value = data_favour_kinds[i].id,
                                          .label = data_favour_kinds[i].name,
                                          .is_chosen =
                                              strcmp(chosen, data_favour_kinds[i].id) == 0};
    }
    return (struct part_field){.name = "kind",
                               .id = "favour-kind",
                               .label = "What",
                               .type = "select",
                               .options = options,
                               .n_options = n_data_favour_kinds,
                               .error = page_refused(page, "kind")};
}

static struct part_field direction_field(struct page *page)
{
    bool is_given = strcmp(page_typed(page, "direction", "asked"), "given") == 0;
    struct part_option *options = page_room(page, struct part_option, 2);
    options[0] = (struct part_option){"asked", "I asked it of them", !is_given};
    options[1] = (struct part_option){"given", "I did it for them", is_given};
    return (struct part_field){.name = "direction",
                               .id = "favour-direction",
                               .label = "Who for whom",
                               .type = "select",
                               .options = options,
                               .n_options = 2};
}

static const char *sum_words(struct page *page, const GArray *favours)
{
    int n_asked = 0;
    int n_given = 0;
    for (guint i = 0; i < favours->len; i++) {
        bool is_given =
            strcmp(g_array_index(favours, struct favour, i).direction, "given") == 0;
        n_given += is_given;
        n_asked += !is_given;
    }
    return n_asked + n_given == 0 ? "none yet"
                                  : page_printf(page, "asked: %d, given: %d", n_asked, n_given);
}

static bool fill_rows(struct page *page, struct book *book, const GArray *favours,
                      GStringChunk *text, struct favour_person_view *view, GError **error)
{
    struct favour_row *rows = page_room(page, struct favour_row, favours->len);
    for (guint i = 0; i < favours->len; i++) {
        const struct favour *favour = &g_array_index(favours, struct favour, i);
        struct person_row about = {0};
        if (favour->about_person_id != 0 &&
            !person_row_load(book, favour->about_person_id, text, &about, error)) {
            return false;
        }
        const char *words = favour->about_person_id != 0 ? about.name : favour->about;
        favour_words(page, favour, words, book_today(book), &rows[i]);
        rows[i].title = circle_capital(page, rows[i].title);
    }
    view->rows = rows;
    view->n_rows = favours->len;
    return true;
}

/* Was the form of this section sent, and refused? */
static bool was_sent(const struct page *page)
{
    const char *path = page->typed != NULL ? http_request_path(page->request) : NULL;
    return path != NULL && g_str_has_prefix(path, "/do/favour.");
}

static bool show_person(struct db_tx *tx, void *data, GError **error)
{
    struct showing *showing = data;
    struct page *page = showing->page;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) favours = g_array_new(false, true, sizeof(struct favour));
    char id[ID_TEXT];
    if (!favour_list(&book, showing->person_id, text, favours, error)) {
        return false;
    }
    bool is_mine = was_sent(page);
    const char *person = page_printf(page, "%s", id_format(showing->person_id, id));
    struct favour_person_view view = {.csrf = page->csrf,
                                      .person = person,
                                      .back = page_printf(page, "/people/%s#favours", person),
                                      .words = sum_words(page, favours),
                                      .refusal = is_mine ? page->refusal : NULL,
                                      .is_open = is_mine,
                                      .direction = direction_field(page),
                                      .kind = kind_field(page)};
    view.about = (struct part_field){.name = "about",
                                     .id = "favour-about",
                                     .label = "About",
                                     .hint = "For an introduction: to whom. May be left empty.",
                                     .value = is_mine ? page_typed(page, "about", NULL) : NULL,
                                     .error = is_mine ? page_refused(page, "about") : NULL};
    if (!fill_rows(page, &book, favours, text, &view, error)) {
        return false;
    }
    existing_connections_favour_render(showing->out, &view);
    return true;
}

bool favour_on_person(struct page *page, int64_t person_id, struct html_out *out, GError **error)
{
    struct showing showing = {.page = page, .person_id = person_id, .out = out};
    return db_read(page->db, "favours of person", show_person, &showing, error);
}
