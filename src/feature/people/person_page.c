/* /people/:id, and what hangs on it: the photo, the card. */
#include "feature/people/person_parts.h"

#include "base/error.h"
#include "model/blob.h"
#include "net/http.h"
#include "net/http_params.h"
#include "page/html.h"
#include "page/usual.h"
#include "people_person.tpl.h"

#include <string.h>

#define SECTION_LIMIT (4 * 1024 * 1024)
enum { ORDER_FIRST = 0, ORDER_TIE = 20, ORDER_FACTS = 40, ORDER_END = 1000 };

/* ---- head ---- */

static const char *head_line(struct page *page, const struct person_row *row)
{
    g_autoptr(GString) line = g_string_new(row->headline);
    bool names_org = row->org != NULL && strstr(line->str, row->org) != NULL;
    if (row->org != NULL && !names_org) {
        g_string_append_printf(line, "%s%s", line->len > 0 ? ", " : "", row->org);
    }
    if (row->place != NULL && strstr(line->str, row->place) == NULL) {
        g_string_append_printf(line, "%s%s", line->len > 0 ? ", " : "", row->place);
    }
    return line->len > 0 ? page_printf(page, "%s", line->str) : NULL;
}

/* School and languages, the small print of the head. */
static void show_bits(const struct person_read *read, GPtrArray *bits)
{
    const GArray *all = read->person->fold->facts;
    g_autoptr(GPtrArray) languages = g_ptr_array_new();
    for (guint i = 0; i < all->len; i++) {
        const struct fact *fact = &g_array_index(all, struct folded_fact, i).fact;
        if (fact->kind == FACT_SCHOOL && bits->len < 2) {
            g_ptr_array_add(bits, (char *)person_fact_words(read->page, fact));
        } else if (fact->kind == FACT_LANGUAGE && languages->len < 6) {
            g_ptr_array_add(languages, (char *)fact->value);
        }
    }
    if (languages->len > 0) {
        g_ptr_array_add(languages, NULL);
        g_ptr_array_add(bits, page_keep(read->page, g_strjoinv(", ", (char **)languages->pdata)));
    }
}

/* "Dr. Hassan": what stands at the other end of the thread. */
static const char *short_name(struct page *page, const struct person *person)
{
    const struct fact *name = fact_fold_first(person->fold, FACT_NAME);
    const char *family = name != NULL ? name->part[3] : NULL;
    if (family == NULL || person->row.own_name != NULL) {
        return person->row.name;
    }
    return name->part[0] != NULL ? page_printf(page, "%s %s", name->part[0], family)
                                 : person->row.name;
}

static void show_head(const struct person_read *read, GPtrArray *bits, struct person_view *view)
{
    struct page *page = read->page;
    const struct person_row *row = &read->person->row;
    char id[ID_TEXT];
    id_format(row->person_id, id);
    view->id = row->person_id;
    view->back = page_printf(page, "/people/%s", id);
    view->name = page_name(page, row);
    view->short_name = short_name(page, read->person);
    view->photo_href =
        row->photo != NULL ? page_printf(page, "/people/%s/photo?v=%.12s", id, row->photo) : NULL;
    view->line = head_line(page, row);
    view->is_self = row->is_self;
    view->is_deleted = row->deleted_at != AT_NONE;
    view->write_href = row->email != NULL && !row->do_not_contact
                           ? page_printf(page, "mailto:%s", row->email)
                           : NULL;
    const struct fact *closed = fact_fold_first(read->person->fold, FACT_DO_NOT_CONTACT);
    view->closed = closed != NULL ? closed->value : NULL;
    g_autofree char *day = day_words(clock_today(&page->env->clock), DAY_NONE);
    view->today = page_printf(page, "Since %s", day);
    show_bits(read, bits);
    view->bits = (const char *const *)bits->pdata;
    view->n_bits = bits->len;
}

static struct html markup_of(const struct html_out *out)
{
    return (struct html){.text = out->text, .length = out->length};
}

struct sections {
    struct html_out before, between, after;
};

static bool load_sections(struct page *page, int64_t person_id, struct sections *sections,
                          GError **error)
{
    html_out_init(&sections->before, SECTION_LIMIT);
    html_out_init(&sections->between, SECTION_LIMIT);
    html_out_init(&sections->after, SECTION_LIMIT);
    return page_person_sections(page, person_id, ORDER_FIRST, ORDER_TIE, &sections->before,
                                error) &&
           page_person_sections(page, person_id, ORDER_TIE, ORDER_FACTS, &sections->between,
                                error) &&
           page_person_sections(page, person_id, ORDER_FACTS, ORDER_END, &sections->after, error);
}

static void render(const struct person_read *read, const struct sections *sections)
{
    struct page *page = read->page;
    g_autoptr(GArray) facts = g_array_new(FALSE, TRUE, sizeof(struct person_fact));
    g_autoptr(GArray) terms = g_array_new(FALSE, TRUE, sizeof(struct person_term));
    g_autoptr(GArray) reach = g_array_new(FALSE, TRUE, sizeof(struct person_reach));
    g_autoptr(GArray) relations = g_array_new(FALSE, TRUE, sizeof(struct person_beside));
    g_autoptr(GArray) twins = g_array_new(FALSE, TRUE, sizeof(struct person_beside));
    g_autoptr(GArray) merged = g_array_new(FALSE, TRUE, sizeof(struct person_beside));
    g_autoptr(GPtrArray) bits = g_ptr_array_new();
    struct person_view view = {.before = markup_of(&sections->before),
                               .between = markup_of(&sections->between),
                               .after = markup_of(&sections->after)};
    page_frame(page, NAV_PEOPLE, read->person->row.name, &view.frame);
    view.frame.is_two = true;
    g_auto(GStrv) tags =
        g_strsplit(read->person->row.tags != NULL ? read->person->row.tags : "", " ", -1);
    view.tags = (const char *const *)tags;
    view.n_tags = read->person->row.tags != NULL ? g_strv_length(tags) : 0;
    show_head(read, bits, &view);
    person_show_tie(read, terms, &view);
    person_show_facts(read, facts);
    person_show_reach(read, reach);
    person_show_beside(read, relations, twins, merged);
    view.facts = (const struct person_fact *)(void *)facts->data;
    view.n_facts = facts->len;
    view.terms = (const struct person_term *)(void *)terms->data;
    view.n_terms = terms->len;
    view.reach = (const struct person_reach *)(void *)reach->data;
    view.n_reach = reach->len;
    view.relations = (const struct person_beside *)(void *)relations->data;
    view.n_relations = relations->len;
    view.twins = (const struct person_beside *)(void *)twins->data;
    view.n_twins = twins->len;
    view.merged = (const struct person_beside *)(void *)merged->data;
    view.n_merged = merged->len;
    people_person_render(page->out, &view);
}

bool people_page_person(struct page *page, GError **error)
{
    struct person_read read;
    struct sections sections = {0};
    person_read_init(&read, page, page_var_id(page, "id"));
    bool is_read = person_read_all(&read, error);
    if (is_read && read.person->row.person_id != read.asked_id) {
        char id[ID_TEXT];
        page_redirect(page,
                      page_printf(page, "/people/%s", id_format(read.person->row.person_id, id)));
    } else if (is_read) {
        bool is_alive = read.person->row.deleted_at == AT_NONE;
        is_read = !is_alive || load_sections(page, read.person->row.person_id, &sections, error);
        if (is_read) {
            render(&read, &sections);
        }
    }
    html_out_clear(&sections.before);
    html_out_clear(&sections.between);
    html_out_clear(&sections.after);
    person_read_clear(&read);
    return is_read;
}

/* ---- photo ---- */

struct photo {
    struct page *page;
    int64_t person_id;
    GBytes *bytes;
    const char *type;
    char digest[DIGEST_TEXT];
};

static bool load_photo(struct db_tx *tx, void *data, GError **error)
{
    struct photo *photo = data;
    struct book book = BOOK(tx, photo->page->env, photo->page->account_id);
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct person_row row;
    g_clear_pointer(&photo->bytes, g_bytes_unref);
    if (!person_row_load(&book, photo->person_id, text, &row, error)) {
        return false;
    }
    if (row.photo == NULL) {
        return refuse(error, "blob.not_found", "There is no photo.");
    }
    g_strlcpy(photo->digest, row.photo, sizeof photo->digest);
    return blob_load(&book, row.photo, &photo->bytes, &photo->type, error);
}

bool people_page_photo(struct page *page, GError **error)
{
    struct photo photo = {.page = page, .person_id = page_var_id(page, "id")};
    if (!db_read(page->db, "person.photo", load_photo, &photo, error)) {
        return false;
    }
    g_autofree char *etag = g_strdup_printf("\"%.32s\"", photo.digest);
    http_response_set_header(page->response, "Cache-Control",
                             "private, max-age=31536000, immutable");
    if (!http_response_etag(page->response, page->request, etag, false)) {
        http_response_set_type(page->response, photo.type);
        http_response_bytes(page->response, photo.bytes);
    }
    g_bytes_unref(photo.bytes);
    return true;
}

/* ---- cards ---- */

/* /people/export?id=…&id=…: what export.write gives for these people, as a file. */
bool people_page_export(struct page *page, GError **error)
{
    const struct action *action = action_find(page->actions, "export.write");
    json_t *ids = json_array();
    for (int i = 0; page->query != NULL && i < page->query->n; i++) {
        if (strcmp(page->query->items[i].name, "id") == 0) {
            json_array_append_new(ids, json_string(page->query->items[i].value));
        }
    }
    if (action == NULL || json_array_size(ids) == 0) {
        json_decref(ids);
        return refuse(error, "person.nobody", "Choose people first.");
    }
    const char *format = page_query(page, "format");
    json_t *raw = json_pack("{s:s, s:o}", "format", format != NULL ? format : "vcard4", "id", ids);
    struct action_call call = {.action = action,
                               .env = page->env,
                               .db = page->db,
                               .app = page->app,
                               .data_dir = page->data_dir,
                               .account_id = page->account_id,
                               .scopes = ~0u};
    json_t *result = NULL;
    bool is_done = action_run(&call, raw, true, &result, NULL, error);
    if (is_done) {
        const json_t *text = json_object_get(result, "text");
        http_response_set_type(page->response, "text/vcard; charset=utf-8");
        http_response_set_header(page->response, "Content-Disposition",
                                 "attachment; filename=\"people.vcf\"");
        http_response_copy(page->response, json_string_value(text), json_string_length(text));
    }
    json_decref(raw);
    json_decref(result);
    json_decref(call.args);
    return is_done;
}
