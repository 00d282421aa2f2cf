/* /duplicates: pairs side by side, every value with its source, and two answers. Both can be taken
 * back. */
#include "feature/duplicates/duplicates.h"

#include "base/words.h"
#include "duplicates.tpl.h"
#include "feature/duplicates/duplicates_view.h"
#include "page/html.h"
#include "page/usual.h"

#include <string.h>

#define SHOWN 10
#define MERGED_SHOWN 50
#define VALUES_SHOWN 4

struct asked {
    struct page *page;
    GStringChunk *text;
    GArray *pairs;     /* struct pair */
    GPtrArray *people; /* struct person, two for each pair */
    GArray *merges;    /* struct merge */
    GArray *merged;    /* struct person_row of those kept and gone */
    int64_t total;
};

/* ---- reading ---- */

static bool load_merges(struct book *book, struct asked *asked, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!merge_list(book, 0, asked->text, asked->merges, error)) {
        return false;
    }
    g_array_set_size(asked->merges, MIN(asked->merges->len, MERGED_SHOWN));
    for (guint i = 0; i < asked->merges->len; i++) {
        const struct merge *merge = &g_array_index(asked->merges, struct merge, i);
        g_array_append_val(ids, merge->kept_id);
        g_array_append_val(ids, merge->gone_id);
    }
    return person_rows_load(book, ids, asked->text, asked->merged, error);
}

static bool load(struct db_tx *tx, void *data, GError **error)
{
    struct asked *asked = data;
    struct book book = BOOK(tx, asked->page->env, asked->page->account_id);
    g_array_set_size(asked->pairs, 0);
    g_array_set_size(asked->merges, 0);
    g_array_set_size(asked->merged, 0);
    g_ptr_array_set_size(asked->people, 0);
    if (!pair_list(&book, SHOWN, asked->text, asked->pairs, &asked->total, error)) {
        return false;
    }
    for (guint i = 0; i < asked->pairs->len * 2; i++) {
        const struct pair *pair = &g_array_index(asked->pairs, struct pair, i / 2);
        struct person *person = person_load(&book, i % 2 == 0 ? pair->a_id : pair->b_id, error);
        if (person == NULL) {
            return false;
        }
        g_ptr_array_add(asked->people, person);
    }
    return load_merges(&book, asked, error);
}

/* ---- showing ---- */

static const char *source_of(struct page *page, const struct fact_fold *fold,
                             const struct folded_fact *one)
{
    if (one->n_origins == 0) {
        return NULL;
    }
    const struct fact_set *set = &fold->sets[one->origins[0]];
    g_autofree char *day =
        day_words(clock_day_of(&page->env->clock, set->seen_at), clock_today(&page->env->clock));
    return page_printf(page, "%s, %s", set->source_label != NULL ? set->source_label : set->family,
                       day);
}

/* The values of a kind, in memory of the request. */
static const struct part_value *values_of(struct page *page, const struct person *person,
                                          enum fact_kind kind, size_t *n_out)
{
    struct part_value *values = (struct part_value *)(void *)page_keep(
        page, (char *)g_new0(struct part_value, VALUES_SHOWN));
    *n_out = 0;
    for (guint i = 0; i < person->fold->facts->len && *n_out < VALUES_SHOWN; i++) {
        const struct folded_fact *one = &g_array_index(person->fold->facts, struct folded_fact, i);
        if (one->fact.kind == kind) {
            values[(*n_out)++] = (struct part_value){.text = one->fact.value,
                                                     .source = source_of(page, person->fold, one)};
        }
    }
    return values;
}

static bool shares_value(const struct twin_line *line)
{
    for (size_t i = 0; i < line->n_a; i++) {
        for (size_t k = 0; k < line->n_b; k++) {
            if (strcmp(line->a[i].text, line->b[k].text) == 0) {
                return true;
            }
        }
    }
    return false;
}

static void fill_lines(struct page *page, const struct person *a, const struct person *b,
                       struct twin *twin)
{
    static const enum fact_kind kinds[] = {FACT_NAME,   FACT_OTHER_NAME, FACT_EMAIL,    FACT_PHONE,
                                           FACT_URL,    FACT_WORK,       FACT_HEADLINE, FACT_PLACE,
                                           FACT_SCHOOL, FACT_SPECIALTY,  FACT_BIRTHDAY, FACT_PAPER,
                                           FACT_TAG,    FACT_MET,        FACT_NOTE};
    struct twin_line *lines = (struct twin_line *)(void *)page_keep(
        page, (char *)g_new0(struct twin_line, G_N_ELEMENTS(kinds)));
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        struct twin_line line = {.kind = fact_kind_words(kinds[i])};
        line.a = values_of(page, a, kinds[i], &line.n_a);
        line.b = values_of(page, b, kinds[i], &line.n_b);
        line.is_same = shares_value(&line);
        if (line.n_a + line.n_b > 0) {
            lines[twin->n_lines++] = line;
        }
    }
    twin->lines = lines;
}

static struct twin twin_of(struct asked *asked, guint i)
{
    struct page *page = asked->page;
    const struct pair *pair = &g_array_index(asked->pairs, struct pair, i);
    const struct person *a = g_ptr_array_index(asked->people, i * 2);
    const struct person *b = g_ptr_array_index(asked->people, i * 2 + 1);
    struct twin twin = {.a_id = a->row.person_id,
                        .b_id = b->row.person_id,
                        .a = page_name(page, &a->row),
                        .b = page_name(page, &b->row),
                        .a_tie = page_tie(&a->row, true),
                        .b_tie = page_tie(&b->row, true),
                        .id = page_printf(page, "pair-%u", i + 1),
                        .is_exact = pair->is_exact,
                        .why = pair->why != NULL ? page_printf(page, "%s", pair->why) : NULL};
    twin.name = strcmp(a->row.name, b->row.name) == 0
                    ? a->row.name
                    : page_printf(page, "%s and %s", a->row.name, b->row.name);
    fill_lines(page, a, b, &twin);
    return twin;
}

static const struct person_row *merged_row(const struct asked *asked, int64_t id)
{
    for (guint i = 0; i < asked->merged->len; i++) {
        const struct person_row *row = &g_array_index(asked->merged, struct person_row, i);
        if (row->person_id == id) {
            return row;
        }
    }
    return NULL;
}

static void show_merged(struct asked *asked, GArray *rows)
{
    for (guint i = 0; i < asked->merges->len; i++) {
        const struct merge *merge = &g_array_index(asked->merges, struct merge, i);
        const struct person_row *kept = merged_row(asked, merge->kept_id);
        const struct person_row *gone = merged_row(asked, merge->gone_id);
        if (kept == NULL || gone == NULL || kept->deleted_at != AT_NONE) {
            continue;
        }
        struct merged_row row = {.merge_id = merge->merge_id, .name = page_name(asked->page, kept)};
        row.words =
            page_printf(asked->page, "with %s%s%s", gone->name, merge->why != NULL ? ": " : "",
                        merge->why != NULL ? merge->why : "");
        g_array_append_val(rows, row);
    }
}

static void render(struct asked *asked)
{
    struct page *page = asked->page;
    g_autoptr(GArray) twins = g_array_new(FALSE, TRUE, sizeof(struct twin));
    g_autoptr(GArray) merged = g_array_new(FALSE, TRUE, sizeof(struct merged_row));
    for (guint i = 0; i < asked->pairs->len; i++) {
        struct twin twin = twin_of(asked, i);
        g_array_append_val(twins, twin);
    }
    show_merged(asked, merged);
    struct duplicates_view view = {.twins = (const struct twin *)(void *)twins->data,
                                   .n_twins = twins->len,
                                   .merged = (const struct merged_row *)(void *)merged->data,
                                   .n_merged = merged->len,
                                   .has_none = twins->len == 0};
    page_frame(page, NAV_PEOPLE, "One person or two", &view.frame);
    g_autofree char *pairs = words_count(asked->total, "pair", "pairs");
    view.lead = twins->len == 0 ? "Nobody is joined on a name alone. What looks like one person "
                                  "twice is put side by side here, and you decide."
                                : page_printf(page,
                                              "%s of entries may be one person. Nothing is lost by "
                                              "either answer, and both can be taken back.",
                                              pairs);
    view.empty = (struct part_empty){
        .lead = "No two entries look like one person.",
        .text =
            "Every import looks by itself. After edits of your own, look through everyone again.",
        .act = {.label = "All people", .href = "/people"}};
    view.more = asked->total > twins->len
                    ? page_printf(page, "%u of %s are shown", twins->len, pairs)
                    : NULL;
    duplicates_render(page->out, &view);
}

bool duplicates_page(struct page *page, GError **error)
{
    struct asked asked = {.page = page,
                          .text = g_string_chunk_new(4096),
                          .pairs = g_array_new(FALSE, TRUE, sizeof(struct pair)),
                          .people = g_ptr_array_new_with_free_func((GDestroyNotify)person_free),
                          .merges = g_array_new(FALSE, TRUE, sizeof(struct merge)),
                          .merged = g_array_new(FALSE, TRUE, sizeof(struct person_row))};
    bool is_read = db_read(page->db, "duplicates.page", load, &asked, error);
    if (is_read) {
        render(&asked);
    }
    g_string_chunk_free(asked.text);
    g_array_unref(asked.pairs);
    g_ptr_array_unref(asked.people);
    g_array_unref(asked.merges);
    g_array_unref(asked.merged);
    return is_read;
}
