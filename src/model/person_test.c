/* People: what one adds, edits, lists, deletes and gets back. */
#include "model/person_list.h"

#include "model/model_scratch.h"
#include "model/search.h"
#include "model/touch.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const struct fact amina[] = {
    {.kind = FACT_NAME, .value = "Dr. Amina Hassan", .part = {"Dr.", "Amina", NULL, "Hassan"}},
    {.kind = FACT_OTHER_NAME, .value = "أمينة حسن", .label = "own"},
    {.kind = FACT_EMAIL, .value = "Amina.Hassan@Northquay.example", .label = "work"},
    {.kind = FACT_EMAIL, .value = "amina@home.example", .is_preferred = true},
    {.kind = FACT_PLACE, .value = "Toledo, Ohio, United States"},
    {.kind = FACT_WORK,
     .value = "Chief resident, Northquay General Hospital",
     .part = {"Northquay General Hospital", "Internal Medicine", "Chief resident"},
     .begins = "2024"},
    {.kind = FACT_SCHOOL,
     .value = "Indus Delta Medical College",
     .part = {"Indus Delta Medical College", "MBBS"},
     .ends = "2018"},
    {.kind = FACT_TAG, .value = "mentor"},
    {.kind = FACT_LANGUAGE, .value = "Arabic"},
};
static const struct fact olena[] = {
    {.kind = FACT_NAME, .value = "Олена Ковальчук", .part = {NULL, "Олена", NULL, "Ковальчук"}},
    {.kind = FACT_HEADLINE, .value = "Fellow, cardiology"},
    {.kind = FACT_PHONE, .value = "+1 419 555 0142"},
    {.kind = FACT_NOTE, .value = "Met at the alumni evening in Kharkiv"},
};
static const struct fact bare[] = {{.kind = FACT_EMAIL, .value = "zed@nowhere.example"}};

static bool add_three(struct book *book, int64_t *ids, GError **error)
{
    return person_add(book, amina, G_N_ELEMENTS(amina), NULL, &ids[0], error) &&
           person_add(book, olena, G_N_ELEMENTS(olena), NULL, &ids[1], error) &&
           person_add(book, bare, G_N_ELEMENTS(bare), NULL, &ids[2], error);
}

static bool list(struct book *book, struct person_filter filter, enum person_sort sort,
                 GStringChunk *text, GArray *rows, GError **error)
{
    struct person_page page = {.sort = sort};
    g_array_set_size(rows, 0);
    return person_list(book, &filter, &page, text, rows, error) && page.total == rows->len;
}
#define ROW(i) (&g_array_index(rows, struct person_row, i))

STORY(facts_become_a_row)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t ids[3];
    struct person_row row;
    DO(add_three(&book, ids, error));
    DO(person_row_load(&book, ids[0], text, &row, error));
    CLAIM_TEXT(row.name, "Dr. Amina Hassan");
    CLAIM_TEXT(row.own_name, "أمينة حسن");
    CLAIM_TEXT(row.own_lang, "ar");
    CLAIM(row.own_is_rtl);
    CLAIM_TEXT(row.sort_key, "hassan amina");
    CLAIM_TEXT(row.headline, "Chief resident");
    CLAIM_TEXT(row.org, "Northquay General Hospital");
    CLAIM_TEXT(row.place, "Toledo, Ohio, United States");
    CLAIM_TEXT(row.region, "OH");
    CLAIM_TEXT(row.specialty, "internal_medicine");
    CLAIM_TEXT(row.school, "indus delta medical college");
    CLAIM_TEXT(row.email, "amina@home.example");
    CLAIM_TEXT(row.tags, "mentor");
    CLAIM(row.has_us_link && !row.has_conflict && !row.do_not_contact);
    CLAIM(row.n_touches == 0 && row.due_day == DAY_NONE && row.cadence_days == -1);
    DO(person_row_load(&book, ids[1], text, &row, error));
    CLAIM_TEXT(row.name, "Olena Kovalchuk");
    CLAIM_TEXT(row.own_name, "Олена Ковальчук");
    CLAIM_TEXT(row.specialty, "cardiology");
    DO(person_row_load(&book, ids[2], text, &row, error));
    CLAIM_TEXT(row.name, "zed@nowhere.example");
    int64_t n;
    DO(person_count(&book, &n, error));
    CLAIM(n == 3);
    return true;
}

STORY(identifiers_find_people)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t ids[3];
    DO(add_three(&book, ids, error));
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autofree char *mail = ident_normal(IDENT_EMAIL, "AMINA.hassan@northquay.EXAMPLE");
    DO(ident_find(&book, IDENT_EMAIL, mail, found, error));
    CLAIM(found->len == 1 && g_array_index(found, int64_t, 0) == ids[0]);
    g_autoptr(GPtrArray) values = g_ptr_array_new();
    DO(ident_of_person(&book, ids[0], IDENT_EMAIL, text, values, error));
    CLAIM(values->len == 2);
    CLAIM_TEXT(g_ptr_array_index(values, 0), "amina.hassan@northquay.example");
    return true;
}

STORY(lists_filter_and_sort)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t ids[3];
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct person_row));
    DO(add_three(&book, ids, error));
    DO(list(&book, (struct person_filter){0}, PERSON_BY_NAME, text, rows, error));
    CLAIM(rows->len == 3);
    CLAIM(ROW(0)->person_id == ids[0] && ROW(1)->person_id == ids[1] &&
          ROW(2)->person_id == ids[2]);
    DO(list(&book, (struct person_filter){.tag = "Mentor"}, PERSON_BY_TIE, text, rows, error));
    CLAIM(rows->len == 1 && ROW(0)->person_id == ids[0]);
    DO(list(&book, (struct person_filter){.region = "oh", .has_us_link = true}, PERSON_BY_DUE, text,
            rows, error));
    CLAIM(rows->len == 1);
    DO(list(&book, (struct person_filter){.specialty = "cardiology"}, PERSON_BY_LAST_TOUCH, text,
            rows, error));
    CLAIM(rows->len == 1 && ROW(0)->person_id == ids[1]);
    DO(list(&book,
            (struct person_filter){.school = "Indus Delta Medical College", .language = "ARABIC"},
            PERSON_BY_ADDED, text, rows, error));
    CLAIM(rows->len == 1);
    DO(list(&book, (struct person_filter){.tie_word = "untied"}, PERSON_BY_ADDED, text, rows,
            error));
    CLAIM(rows->len == 3 && ROW(0)->person_id == ids[2]);
    DO(list(&book, (struct person_filter){.tie_word = "faint"}, PERSON_BY_ADDED, text, rows,
            error));
    CLAIM(rows->len == 0);
    return true;
}

STORY(search_reads_every_script_and_unfinished_words)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t ids[3];
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct person_row));
    DO(add_three(&book, ids, error));
    static const struct {
        const char *typed;
        int who;
    } tries[] = {
        {"hass", 0},   {"أمينة", 0}, {"kovalch", 1}, {"Ковальчук", 1}, {"northquay chief", 0},
        {"alumni", 1}, {"zed", 2},   {"0142", 1},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(tries); i++) {
        DO(list(&book, (struct person_filter){.query = tries[i].typed}, PERSON_BY_NAME, text, rows,
                error));
        if (rows->len != 1 || ROW(0)->person_id != ids[tries[i].who]) {
            return bug(error, "test.claim", "“%s” found %u", tries[i].typed, rows->len);
        }
    }
    DO(list(&book, (struct person_filter){.query = "amina AND OR \"( nobody"}, PERSON_BY_NAME, text,
            rows, error));
    CLAIM(rows->len == 0);
    DO(list(&book, (struct person_filter){.query = "!!!"}, PERSON_BY_NAME, text, rows, error));
    CLAIM(rows->len == 0);
    return true;
}

STORY(search_finds_notes_of_touches)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t ids[3];
    int64_t touch_id;
    struct search search = {.typed = "chief resident", .limit = 10};
    g_autoptr(GArray) hits = g_array_new(FALSE, FALSE, sizeof(struct search_hit));
    DO(add_three(&book, ids, error));
    struct touch touch = {.person_id = ids[2],
                          .kind = "call",
                          .on_day = SCRATCH_DAY,
                          .at = AT_NONE,
                          .minutes = 20,
                          .note = "Advice: apply where a chief resident trained abroad"};
    DO(touch_add(&book, &touch, NULL, &touch_id, error));
    DO(search_people(&book, &search, text, hits, error));
    CLAIM(search.total == 2 && hits->len == 2);
    const struct search_hit *noted = &g_array_index(hits, struct search_hit, 0);
    CLAIM(noted->person.person_id == ids[2] && noted->touch_id == touch_id);
    CLAIM(strstr(noted->snippet, "chief resident") != NULL);
    return true;
}

STORY(pages_go_on_where_they_ended)
{
    SCRATCH_BOOK(book, tx, data);
    static const enum person_sort sorts[] = {PERSON_BY_NAME, PERSON_BY_TIE, PERSON_BY_LAST_TOUCH,
                                             PERSON_BY_DUE, PERSON_BY_ADDED};
    int64_t touch_id;
    for (int i = 0; i < 23; i++) {
        char name[32];
        int64_t id;
        g_snprintf(name, sizeof name, "Person %c%02d", 'Z' - i % 5, i);
        struct fact fact = {.kind = FACT_NAME, .value = name};
        DO(person_add(&book, &fact, 1, NULL, &id, error));
        if (i % 2 == 0) {
            struct touch touch = {.person_id = id,
                                  .kind = "meeting",
                                  .on_day = SCRATCH_DAY - i % 7,
                                  .at = AT_NONE,
                                  .minutes = -1};
            DO(touch_add(&book, &touch, NULL, &touch_id, error));
        }
    }
    for (size_t s = 0; s < G_N_ELEMENTS(sorts); s++) {
        g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct person_row));
        g_autoptr(GArray) whole = g_array_new(FALSE, FALSE, sizeof(struct person_row));
        struct person_filter filter = {0};
        struct person_page all = {.sort = sorts[s], .limit = 100};
        DO(person_list(&book, &filter, &all, text, whole, error));
        CLAIM(whole->len == 23 && all.next == NULL && all.total == 23);
        struct person_page page = {.sort = sorts[s], .limit = 4};
        int n_pages = 0;
        do {
            DO(person_list(&book, &filter, &page, text, rows, error));
            page.after = page.next;
            n_pages++;
        } while (page.next != NULL);
        CLAIM(n_pages == 6 && rows->len == 23);
        for (guint i = 0; i < 23; i++) {
            CLAIM(ROW(i)->person_id == g_array_index(whole, struct person_row, i).person_id);
        }
    }
    struct person_page lost = {.sort = PERSON_BY_NAME, .after = "nonsense"};
    struct person_filter filter = {0};
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct person_row));
    REFUSES(person_list(&book, &filter, &lost, text, rows, error), "person.cursor_invalid");
    return true;
}

STORY(edits_win_and_are_undone)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t ids[3];
    struct person_row row;
    DO(add_three(&book, ids, error));
    struct fact edits[] = {
        {.kind = FACT_HEADLINE, .op = FACT_SET, .value = "Program director"},
        {.kind = FACT_TAG, .op = FACT_REMOVE, .value = "mentor"},
        {.kind = FACT_TAG, .op = FACT_ADD, .value = "letter writer"},
        {.kind = FACT_DO_NOT_CONTACT, .op = FACT_SET, .value = "asked on 2 July"},
    };
    auto_change_log log = CHANGE_LOG(&book);
    DO(person_edit(&book, ids[0], edits, G_N_ELEMENTS(edits), &log, error));
    DO(change_finish(&book, &log, "Dr. Amina Hassan edited", error));
    DO(person_row_load(&book, ids[0], text, &row, error));
    CLAIM_TEXT(row.headline, "Program director");
    CLAIM_TEXT(row.tags, "letter-writer");
    CLAIM(row.do_not_contact);
    g_autoptr(person_ptr) person = person_load(&book, ids[0], error);
    DO(person != NULL);
    CLAIM(person->sets->len == 2);
    DO(change_undo(&book, log.change_id, error));
    DO(person_row_load(&book, ids[0], text, &row, error));
    CLAIM_TEXT(row.headline, "Chief resident");
    CLAIM_TEXT(row.tags, "mentor");
    CLAIM(!row.do_not_contact);
    REFUSES(change_undo(&book, log.change_id, error), "change.undone_before");
    REFUSES(change_undo(&book, 12345, error), "change.not_found");
    return true;
}

STORY(deleting_is_restorable_and_erasing_is_not)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t ids[3];
    int n;
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct person_row));
    DO(add_three(&book, ids, error));
    auto_change_log log = CHANGE_LOG(&book);
    DO(person_delete(&book, ids[0], &log, error));
    DO(person_delete(&book, ids[1], &log, error));
    DO(change_finish(&book, &log, "2 people deleted", error));
    DO(list(&book, (struct person_filter){0}, PERSON_BY_NAME, text, rows, error));
    CLAIM(rows->len == 1);
    DO(list(&book, (struct person_filter){.is_deleted = true}, PERSON_BY_NAME, text, rows, error));
    CLAIM(rows->len == 2);
    DO(change_undo(&book, log.change_id, error));
    DO(list(&book, (struct person_filter){0}, PERSON_BY_NAME, text, rows, error));
    CLAIM(rows->len == 3);
    DO(person_delete(&book, ids[1], NULL, error));
    DO(person_erase_due(&book, &n, error));
    CLAIM(n == 0);
    model_scratch_wait(scratch, 31);
    DO(person_erase_due(&book, &n, error));
    CLAIM(n == 1);
    struct person_row row;
    REFUSES(person_row_load(&book, ids[1], text, &row, error), "person.not_found");
    REFUSES(person_delete(&book, scratch->self_person_id, NULL, error), "person.is_self");
    REFUSES(person_erase(&book, scratch->self_person_id, error), "person.is_self");
    return true;
}

STORY(another_account_sees_nothing)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t ids[3];
    struct person_row row;
    int64_t root;
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct person_row));
    DO(add_three(&book, ids, error));
    struct book other = BOOK(tx, &scratch->env, scratch->account_id + 1);
    other.has_changed = true;
    REFUSES(person_row_load(&other, ids[0], text, &row, error), "person.not_found");
    REFUSES(person_root(&other, ids[0], &root, error), "person.not_found");
    REFUSES(person_edit(&other, ids[0], bare, 1, NULL, error), "person.not_found");
    REFUSES(person_delete(&other, ids[0], NULL, error), "person.not_found");
    DO(list(&other, (struct person_filter){.query = "amina"}, PERSON_BY_NAME, text, rows, error));
    CLAIM(rows->len == 0);
    return true;
}

STORY(nothing_known_is_refused)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id;
    struct fact tag = {.kind = FACT_TAG, .value = "x"};
    REFUSES(person_add(&book, &tag, 1, NULL, &id, error), "person.nothing_known");
    return true;
}

static void where_is_read(void **state)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    g_autoptr(GError) error = NULL;
    struct person_filter filter;
    assert_true(
        person_filter_parse("tag:mentor region:OH due tie>0.4 school:\"Indus Delta\" amina hassan",
                            text, &filter, &error));
    assert_string_equal(filter.tag, "mentor");
    assert_string_equal(filter.region, "OH");
    assert_string_equal(filter.school, "Indus Delta");
    assert_string_equal(filter.query, "amina hassan");
    assert_true(filter.is_due && !filter.is_slack);
    assert_true(filter.tie_from > 0.39 && filter.tie_from < 0.41);
    assert_false(person_filter_parse("colour:red", text, &filter, &error));
    assert_true(error_has_code(error, "person.where_unknown"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facts_become_a_row),
        cmocka_unit_test(identifiers_find_people),
        cmocka_unit_test(lists_filter_and_sort),
        cmocka_unit_test(search_reads_every_script_and_unfinished_words),
        cmocka_unit_test(search_finds_notes_of_touches),
        cmocka_unit_test(pages_go_on_where_they_ended),
        cmocka_unit_test(edits_win_and_are_undone),
        cmocka_unit_test(deleting_is_restorable_and_erasing_is_not),
        cmocka_unit_test(another_account_sees_nothing),
        cmocka_unit_test(nothing_known_is_refused),
        cmocka_unit_test(where_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
