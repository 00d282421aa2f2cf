/* Imports, undoing them, and seeing two persons as one. */
#include "model/merge.h"

#include "model/fact_source.h"
#include "model/imports.h"
#include "model/model_scratch.h"
#include "model/person_bulk.h"
#include "model/person_list.h"
#include "model/today.h"
#include "model/touch.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

struct loaded {
    int64_t import_id;
    int64_t source_id;
    const char *family;
};

static bool begin_import(struct book *book, const char *family, struct loaded *out, GError **error)
{
    out->family = family;
    struct import_row row = {.kind = family,
                             .label = "file",
                             .file_digest = family,
                             .state = "running",
                             .applied_at = AT_NONE,
                             .undone_at = AT_NONE};
    if (!imports_add(book, &row, &out->import_id, error)) {
        return false;
    }
    struct fact_source source = {
        .family = family, .label = "file", .import_id = out->import_id, .seen_at = book_now(book)};
    return fact_source_add(book, &source, &out->source_id, error);
}

static bool end_import(struct book *book, const struct loaded *loaded, GError **error)
{
    struct import_row row = {.import_id = loaded->import_id,
                             .label = "file",
                             .state = "applied",
                             .n_read = 1,
                             .n_added = 1,
                             .applied_at = book_now(book),
                             .undone_at = AT_NONE};
    return imports_save(book, &row, error);
}

#define PERSON_OF(id, key, facts_, n) \
    ((struct person_new){.person_id = (id), .record_key = (key), .facts = (facts_), .n_facts = (n)})
#define PERSON(key, facts_, n) PERSON_OF(0, key, facts_, n)

static bool add_new(struct book *book, const struct loaded *loaded, struct person_new person,
                    int64_t *id, GError **error)
{
    struct person_bulk *bulk =
        person_bulk_new(book, loaded->family, loaded->source_id, book_now(book));
    bool is_done =
        person_bulk_add(bulk, person.record_key, person.facts, (int)person.n_facts, id, error) &&
        person_bulk_finish(bulk, error);
    person_bulk_free(bulk);
    return is_done;
}

/* A further set of the person's record. */
static bool add_set(struct book *book, const struct loaded *loaded, struct person_new person,
                    int64_t replaces_id, GError **error)
{
    g_autoptr(GString) encoded = g_string_new(NULL);
    facts_encode(person.facts, person.n_facts, encoded);
    struct fact_set set = {.person_id = person.person_id,
                           .source_id = loaded->source_id,
                           .record_key = person.record_key,
                           .facts = encoded->str,
                           .replaces_id = replaces_id};
    int64_t id;
    return fact_set_add(book, &set, &id, error) && person_refold(book, person.person_id, error);
}

static const struct fact priya_may[] = {
    {.kind = FACT_NAME, .value = "Priya Nambiar", .part = {NULL, "Priya", NULL, "Nambiar"}},
    {.kind = FACT_URL, .value = "https://www.linkedin.com/in/priya-nambiar"},
    {.kind = FACT_WORK,
     .value = "Resident, Fernwood Medical Center",
     .part = {"Fernwood Medical Center", NULL, "Resident"}},
};
static const struct fact priya_july[] = {
    {.kind = FACT_NAME, .value = "Priya Nambiar", .part = {NULL, "Priya", NULL, "Nambiar"}},
    {.kind = FACT_URL, .value = "https://www.linkedin.com/in/priya-nambiar"},
    {.kind = FACT_WORK,
     .value = "Hospitalist, Harbor Point Medical Center",
     .part = {"Harbor Point Medical Center", NULL, "Hospitalist"}},
};
static const struct fact priya_card[] = {
    {.kind = FACT_NAME, .value = "Dr. Priya Nambiar", .part = {"Dr.", "Priya", NULL, "Nambiar"}},
    {.kind = FACT_EMAIL, .value = "priya@harbor.example"},
    {.kind = FACT_URL, .value = "linkedin.com/in/priya-nambiar/"},
};

STORY(a_newer_export_changes_and_undo_takes_it_back)
{
    SCRATCH_BOOK(book, tx, data);
    struct loaded may;
    struct loaded july;
    int64_t id;
    struct person_row row;
    struct import_undone undone;
    struct fact_record record;
    bool is_found;
    DO(begin_import(&book, "linkedin.connections", &may, error));
    DO(add_new(&book, &may, PERSON("priya-nambiar", priya_may, 3), &id, error));
    DO(end_import(&book, &may, error));
    DO(fact_record_find(&book, "linkedin.connections", "priya-nambiar", &record, &is_found, error));
    CLAIM(is_found && record.person_id == id);
    model_scratch_wait(scratch, 20);
    DO(begin_import(&book, "linkedin.connections", &july, error));
    DO(add_set(&book, &july, PERSON_OF(id, "priya-nambiar", priya_july, 3), record.fact_set_id,
               error));
    DO(end_import(&book, &july, error));
    DO(person_row_load(&book, id, text, &row, error));
    CLAIM_TEXT(row.org, "Harbor Point Medical Center");
    CLAIM(!row.has_conflict);
    g_autoptr(today_ptr) today = today_load(&book, error);
    DO(today != NULL);
    CLAIM(today->changed->len == 1);
    const struct today_changed *changed = &g_array_index(today->changed, struct today_changed, 0);
    CLAIM_TEXT(changed->what, "work");
    CLAIM_TEXT(changed->before, "Resident, Fernwood Medical Center");
    CLAIM_TEXT(changed->after, "Hospitalist, Harbor Point Medical Center");
    CLAIM(changed->import_id == july.import_id);
    g_autoptr(GHashTable) records = fact_record_all(&book, "linkedin.connections", error);
    CLAIM(records != NULL && g_hash_table_size(records) == 1);
    DO(imports_undo(&book, july.import_id, &undone, error));
    CLAIM(undone.n_changed == 1 && undone.n_removed == 0);
    DO(person_row_load(&book, id, text, &row, error));
    CLAIM_TEXT(row.org, "Fernwood Medical Center");
    REFUSES(imports_undo(&book, july.import_id, &undone, error), "import.undone_before");
    DO(imports_undo(&book, may.import_id, &undone, error));
    CLAIM(undone.n_removed == 1);
    REFUSES(person_row_load(&book, id, text, &row, error), "person.not_found");
    return true;
}

STORY(undo_keeps_people_you_have_worked_with)
{
    SCRATCH_BOOK(book, tx, data);
    struct loaded may;
    int64_t edited;
    int64_t met;
    int64_t touch_id;
    struct person_row row;
    struct import_undone undone;
    struct fact tag = {.kind = FACT_TAG, .value = "mentor"};
    DO(begin_import(&book, "vcard", &may, error));
    DO(add_new(&book, &may, PERSON("a", priya_may, 3), &edited, error));
    DO(add_new(&book, &may, PERSON("b", priya_card, 3), &met, error));
    struct touch own = {.person_id = met, .kind = "call", .on_day = SCRATCH_DAY};
    struct touch theirs = {.person_id = met,
                           .kind = "mail",
                           .on_day = SCRATCH_DAY,
                           .source_id = may.source_id,
                           .record_key = "m1"};
    DO(touch_insert(&book, &theirs, &touch_id, error));
    DO(touch_add(&book, &own, NULL, &touch_id, error));
    g_autoptr(GHashTable) keys = touch_keys(&book, "vcard", error);
    CLAIM(keys != NULL && g_hash_table_contains(keys, "m1"));
    DO(person_edit(&book, edited, &tag, 1, NULL, error));
    DO(end_import(&book, &may, error));
    DO(imports_undo(&book, may.import_id, &undone, error));
    CLAIM(undone.n_removed == 0 && undone.n_changed == 2 && undone.n_touches == 1);
    DO(person_row_load(&book, edited, text, &row, error));
    CLAIM_TEXT(row.tags, "mentor");
    CLAIM_TEXT(row.name, "Nameless");
    DO(person_row_load(&book, met, text, &row, error));
    CLAIM(row.n_touches == 1);
    return true;
}

STORY(exact_doubles_are_proposed_merged_and_split)
{
    SCRATCH_BOOK(book, tx, data);
    struct loaded a;
    struct loaded b;
    int64_t one;
    int64_t two;
    int64_t merge_id;
    int64_t total;
    int n;
    struct person_row row;
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(struct pair));
    DO(begin_import(&book, "linkedin.connections", &a, error));
    DO(add_new(&book, &a, PERSON("priya-nambiar", priya_may, 3), &one, error));
    DO(end_import(&book, &a, error));
    DO(begin_import(&book, "vcard", &b, error));
    DO(add_new(&book, &b, PERSON("card-1", priya_card, 3), &two, error));
    DO(end_import(&book, &b, error));
    DO(pair_propose(&book, 0, b.source_id, &n, error));
    CLAIM(n == 1);
    DO(pair_propose(&book, 0, b.source_id, &n, error));
    CLAIM(n == 0);
    DO(pair_list(&book, 10, text, pairs, &total, error));
    CLAIM(total == 1 && pairs->len == 1);
    const struct pair *pair = &g_array_index(pairs, struct pair, 0);
    CLAIM(pair->is_exact && pair->a_id == one && pair->b_id == two);
    CLAIM_TEXT(pair->why, "same profile linkedin.com/in/priya-nambiar");
    DO(merge_add(&book, one, two, pair->why, &merge_id, error));
    DO(person_row_load(&book, two, text, &row, error));
    CLAIM(row.person_id == one);
    CLAIM_TEXT(row.email, "priya@harbor.example");
    CLAIM_TEXT(row.name, "Dr. Priya Nambiar");
    CLAIM(!row.has_conflict);
    DO(pair_list(&book, 10, text, pairs, &total, error));
    CLAIM(total == 0);
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(int64_t));
    DO(ident_find(&book, IDENT_EMAIL, "priya@harbor.example", found, error));
    CLAIM(found->len == 1 && g_array_index(found, int64_t, 0) == one);
    int64_t count;
    DO(person_count(&book, &count, error));
    CLAIM(count == 1);
    /* a later import updates the one that is gone, then the merge is undone */
    struct fact moved[] = {{.kind = FACT_NAME, .value = "Dr. Priya Nambiar"},
                           {.kind = FACT_EMAIL, .value = "priya@new.example"}};
    struct loaded c;
    DO(begin_import(&book, "vcard", &c, error));
    DO(add_set(&book, &c, PERSON_OF(two, "card-1", moved, 2), 0, error));
    DO(end_import(&book, &c, error));
    DO(person_row_load(&book, one, text, &row, error));
    CLAIM_TEXT(row.email, "priya@new.example");
    DO(merge_undo(&book, merge_id, error));
    DO(person_row_load(&book, one, text, &row, error));
    CLAIM(row.email == NULL);
    DO(person_row_load(&book, two, text, &row, error));
    CLAIM(row.person_id == two);
    CLAIM_TEXT(row.email, "priya@new.example");
    DO(pair_list(&book, 10, text, pairs, &total, error));
    CLAIM(total == 1);
    REFUSES(merge_undo(&book, merge_id, error), "merge.undone_before");
    return true;
}

STORY(merges_split_at_any_edge)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id[4];
    int64_t ab;
    int64_t cd;
    int64_t ac;
    int64_t root;
    for (int i = 0; i < 4; i++) {
        char name[] = {'P', (char)('a' + i), '\0'};
        struct fact fact = {.kind = FACT_NAME, .value = name};
        DO(person_add(&book, &fact, 1, NULL, &id[i], error));
    }
    DO(merge_add(&book, id[0], id[1], NULL, &ab, error));
    DO(merge_add(&book, id[2], id[3], NULL, &cd, error));
    DO(merge_add(&book, id[1], id[3], NULL, &ac, error)); /* by members: their roots are joined */
    for (int i = 0; i < 4; i++) {
        DO(person_root(&book, id[i], &root, error));
        CLAIM(root == id[0]);
    }
    REFUSES(merge_add(&book, id[3], id[0], NULL, &root, error), "merge.same");
    DO(merge_undo(&book, ab, error));
    DO(person_root(&book, id[1], &root, error));
    CLAIM(root == id[1]);
    DO(person_root(&book, id[3], &root, error));
    CLAIM(root == id[0]);
    DO(merge_undo(&book, ac, error));
    DO(person_root(&book, id[3], &root, error));
    CLAIM(root == id[2]);
    g_autoptr(GArray) merges = g_array_new(FALSE, FALSE, sizeof(struct merge));
    DO(merge_list(&book, 0, text, merges, error));
    CLAIM(merges->len == 1 && g_array_index(merges, struct merge, 0).merge_id == cd);
    return true;
}

STORY(kept_apart_stays_apart_also_through_a_third)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id[3];
    int64_t merge_id;
    int64_t total;
    int n;
    struct fact same[] = {{.kind = FACT_NAME, .value = "Ji-woo Han"},
                          {.kind = FACT_EMAIL, .value = "han@river.example"}};
    for (int i = 0; i < 3; i++) {
        DO(person_add(&book, same, 2, NULL, &id[i], error));
    }
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(struct pair));
    DO(pair_propose(&book, 0, 0, &n, error));
    CLAIM(n == 3);
    DO(pair_keep_apart(&book, id[0], id[1], error));
    DO(pair_propose(&book, 0, 0, &n, error));
    DO(pair_list(&book, 10, text, pairs, &total, error));
    CLAIM(total == 2);
    REFUSES(merge_add(&book, id[0], id[1], NULL, &merge_id, error), "merge.kept_apart");
    DO(merge_add(&book, id[0], id[2], NULL, &merge_id, error));
    REFUSES(merge_add(&book, id[2], id[1], NULL, &merge_id, error), "merge.kept_apart");
    bool is_apart;
    DO(pair_is_apart(&book, id[1], id[2], &is_apart, error));
    CLAIM(is_apart);
    DO(pair_reopen(&book, id[0], id[1], error));
    DO(merge_add(&book, id[2], id[1], NULL, &merge_id, error));
    return true;
}

STORY(names_alone_and_shared_phones_join_nobody)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id;
    int64_t total;
    int n;
    struct fact ward[][2] = {
        {{.kind = FACT_NAME, .value = "Grace Nwosu"},
         {.kind = FACT_PHONE, .value = "+1 507 555 0100"}},
        {{.kind = FACT_NAME, .value = "Carlos Pimentel"},
         {.kind = FACT_PHONE, .value = "+1 507 555 0100"}},
        {{.kind = FACT_NAME, .value = "Wei Zhang"}, {.kind = FACT_TAG, .value = "a"}},
        {{.kind = FACT_NAME, .value = "Wei Zhang"}, {.kind = FACT_TAG, .value = "b"}},
    };
    for (int i = 0; i < 4; i++) {
        DO(person_add(&book, ward[i], 2, NULL, &id, error));
    }
    DO(pair_propose(&book, 0, 0, &n, error));
    CLAIM(n == 0);
    struct fact work = {
        .kind = FACT_WORK, .value = "Cedar Valley Hospital", .part = {"Cedar Valley Hospital"}};
    struct fact twin[] = {ward[2][0], work};
    DO(person_add(&book, twin, 2, NULL, &id, error));
    DO(person_add(&book, twin, 2, NULL, &id, error));
    DO(pair_propose(&book, id, 0, &n, error));
    CLAIM(n == 1);
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(struct pair));
    DO(pair_list(&book, 10, text, pairs, &total, error));
    CLAIM(!g_array_index(pairs, struct pair, 0).is_exact);
    return true;
}

/* Every column of the person table as text. */
static bool rows_are_equal(const struct person_row *a, const struct person_row *b)
{
    return g_strcmp0(a->name, b->name) == 0 && g_strcmp0(a->own_name, b->own_name) == 0 &&
           strcmp(a->sort_key, b->sort_key) == 0 && g_strcmp0(a->headline, b->headline) == 0 &&
           g_strcmp0(a->org, b->org) == 0 && g_strcmp0(a->place, b->place) == 0 &&
           g_strcmp0(a->region, b->region) == 0 && g_strcmp0(a->specialty, b->specialty) == 0 &&
           g_strcmp0(a->email, b->email) == 0 && g_strcmp0(a->url, b->url) == 0 &&
           g_strcmp0(a->tags, b->tags) == 0 && a->has_us_link == b->has_us_link &&
           a->due_day == b->due_day && a->cadence_days == b->cadence_days;
}

STORY(the_fast_road_writes_what_the_fold_writes)
{
    SCRATCH_BOOK(book, tx, data);
    struct loaded a;
    int64_t id;
    struct person_row fast;
    struct person_row folded;
    struct fact facts[] = {
        {.kind = FACT_NAME, .value = "Олена Ковальчук"},
        {.kind = FACT_EMAIL, .value = "olena@three.example"},
        {.kind = FACT_EMAIL, .value = "OLENA@three.example"},
        {.kind = FACT_TAG, .value = "letter writer"},
        {.kind = FACT_HEADLINE, .value = "Fellow, cardiology"},
        {.kind = FACT_PLACE, .value = "Pittsburgh, Pennsylvania"},
    };
    DO(begin_import(&book, "vcard", &a, error));
    DO(add_new(&book, &a, PERSON("k", facts, G_N_ELEMENTS(facts)), &id, error));
    DO(person_row_load(&book, id, text, &fast, error));
    CLAIM_TEXT(fast.region, "PA");
    DO(person_refold(&book, id, error));
    DO(person_row_load(&book, id, text, &folded, error));
    CLAIM(rows_are_equal(&fast, &folded));
    g_autoptr(GPtrArray) mails = g_ptr_array_new();
    DO(ident_of_person(&book, id, IDENT_EMAIL, text, mails, error));
    CLAIM(mails->len == 1);
    return true;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_newer_export_changes_and_undo_takes_it_back),
        cmocka_unit_test(undo_keeps_people_you_have_worked_with),
        cmocka_unit_test(exact_doubles_are_proposed_merged_and_split),
        cmocka_unit_test(merges_split_at_any_edge),
        cmocka_unit_test(kept_apart_stays_apart_also_through_a_third),
        cmocka_unit_test(names_alone_and_shared_phones_join_nobody),
        cmocka_unit_test(the_fast_road_writes_what_the_fold_writes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
