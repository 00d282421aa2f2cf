/* How long do lists and search of people take. Fills a store with N made-up people, then prints one
 * JSON line with the median time of each kind of page in microseconds. model_list [N] */
#include "model/account.h"
#include "model/fact_source.h"
#include "model/person_bulk.h"
#include "model/person_list.h"
#include "model/search.h"
#include "model/store.h"
#include "model/touch.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define ROUNDS 21

struct run {
    struct env env;
    int64_t account_id;
    int n;
    int64_t median_us;
    struct person_filter filter;
    enum person_sort sort;
    const char *typed; /* not NULL: search instead */
};

static bool fill_people(struct book *book, struct person_bulk *bulk, int n, GError **error)
{
    static const char *const given[] = {"Amina", "Rajesh", "Wei",    "Olena", "Carlos",
                                        "Grace", "Haruka", "Tigist", "Bilal", "Sofia"};
    static const char *const orgs[] = {"Northquay General Hospital",
                                       "Three Rivers University Hospital",
                                       "Fernwood Medical Center"};
    static const char *const states[] = {"OH", "PA", "NY", "MA"};
    for (int i = 0; i < n; i++) {
        char name[64];
        char mail[64];
        char place[64];
        int64_t id;
        g_snprintf(name, sizeof name, "Dr. %s Family%d", given[i % 10], i / 10);
        g_snprintf(mail, sizeof mail, "p%d@mail.example", i);
        g_snprintf(place, sizeof place, "Town, %s", states[i % 4]);
        struct fact facts[] = {
            {.kind = FACT_NAME, .value = name},
            {.kind = FACT_EMAIL, .value = mail},
            {.kind = FACT_WORK,
             .value = orgs[i % 3],
             .part = {orgs[i % 3], NULL, "Resident, internal medicine"}},
            {.kind = FACT_PLACE, .value = place},
            {.kind = FACT_TAG, .value = i % 100 == 0 ? "mentor" : "peer"},
        };
        if (!person_bulk_add(bulk, mail, facts, 5, &id, error)) {
            return false;
        }
        if (i % 10 == 0) {
            int64_t touch_id;
            struct touch touch = {
                .person_id = id, .kind = "mail", .on_day = book_today(book) - i % 900};
            if (!touch_insert(book, &touch, &touch_id, error)) {
                return false;
            }
        }
    }
    return person_bulk_finish(bulk, error);
}

DB_QUERY(touched, "SELECT DISTINCT person_id FROM touch WHERE account_id = $1");

static bool refresh_touched(struct book *book, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    {
        g_autoptr(db_rows) rows = DB_SELECT(book->tx, &touched, error, DB_INT(book->account_id));
        while (rows != NULL && db_rows_next(rows, error) > 0) {
            int64_t id = db_int(rows, "person_id");
            g_array_append_val(ids, id);
        }
    }
    bool is_done = true;
    for (guint i = 0; i < ids->len && is_done; i++) {
        is_done = person_refresh(book, g_array_index(ids, int64_t, i), error);
    }
    return is_done;
}

static bool fill(struct db_tx *tx, void *data, GError **error)
{
    struct run *run = data;
    struct account_new wanted = {.name = "me"};
    if (!account_create(tx, &run->env, &wanted, &run->account_id, error)) {
        return false;
    }
    struct book book = BOOK(tx, &run->env, run->account_id);
    struct fact_source source = {
        .family = "vcard", .label = "cards.vcf", .seen_at = book_now(&book)};
    int64_t source_id;
    if (!fact_source_add(&book, &source, &source_id, error)) {
        return false;
    }
    struct person_bulk *bulk = person_bulk_new(&book, "vcard", source_id, book_now(&book));
    bool is_done = fill_people(&book, bulk, run->n, error) && refresh_touched(&book, error);
    person_bulk_free(bulk);
    return is_done;
}

static int compare_times(const void *a_, const void *b_)
{
    int64_t a = *(const int64_t *)a_;
    int64_t b = *(const int64_t *)b_;
    return a < b ? -1 : a > b;
}

static bool once(struct book *book, const struct run *run, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(8192);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct person_row));
    g_autoptr(GArray) hits = g_array_new(FALSE, FALSE, sizeof(struct search_hit));
    struct person_page page = {.sort = run->sort, .limit = 25};
    struct search search = {.typed = run->typed, .limit = 25};
    return run->typed != NULL ? search_people(book, &search, text, hits, error)
                              : person_list(book, &run->filter, &page, text, rows, error);
}

static bool measure(struct db_tx *tx, void *data, GError **error)
{
    struct run *run = data;
    struct book book = BOOK(tx, &run->env, run->account_id);
    int64_t times[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        int64_t began = g_get_monotonic_time();
        if (!once(&book, run, error)) {
            return false;
        }
        times[i] = g_get_monotonic_time() - began;
    }
    qsort(times, ROUNDS, sizeof *times, compare_times);
    run->median_us = times[ROUNDS / 2];
    return true;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        struct person_filter filter;
        enum person_sort sort;
        const char *typed;
    } kinds[] = {
        {"by_name", {0}, PERSON_BY_NAME, NULL},
        {"by_tie", {0}, PERSON_BY_TIE, NULL},
        {"by_last_touch", {0}, PERSON_BY_LAST_TOUCH, NULL},
        {"by_due", {0}, PERSON_BY_DUE, NULL},
        {"by_added", {0}, PERSON_BY_ADDED, NULL},
        {"tag", {.tag = "mentor"}, PERSON_BY_TIE, NULL},
        {"region", {.region = "OH", .has_us_link = true}, PERSON_BY_TIE, NULL},
        {"query_a", {.query = "a"}, PERSON_BY_TIE, NULL},
        {"query_amina", {.query = "amina"}, PERSON_BY_TIE, NULL},
        {"query_family4321", {.query = "family4321"}, PERSON_BY_TIE, NULL},
        {"search_amina_fam", {0}, PERSON_SORT_NONE, "amina fam"},
        {"search_family432", {0}, PERSON_SORT_NONE, "family432"},
    };
    struct run run = {.n = argc > 1 ? (int)g_ascii_strtoll(argv[1], NULL, 10) : 50000};
    run.env.ids.clock = &run.env.clock;
    g_autofree char *folder = g_dir_make_tmp("ligature-list-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "store", NULL);
    g_autoptr(GError) error = NULL;
    struct db *db = store_open(path, 1, &error);
    bool is_done = db != NULL && db_write(db, "fill", fill, &run, &error);
    printf("{\"people\":%d", run.n);
    for (size_t i = 0; i < G_N_ELEMENTS(kinds) && is_done; i++) {
        run.filter = kinds[i].filter;
        run.sort = kinds[i].sort;
        run.typed = kinds[i].typed;
        is_done = db_read(db, "measure", measure, &run, &error);
        printf(",\"%s_us\":%" PRId64, kinds[i].name, run.median_us);
    }
    printf("}\n");
    if (!is_done) {
        fprintf(stderr, "%s\n", error->message);
    }
    db_close(db);
    return is_done ? 0 : 3;
}
