/* One line about what happened: what is read from it. */
#include "model/touch_line.h"

#include "model/person.h"
#include "model/model_scratch.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define TODAY SCRATCH_DAY /* a Tuesday */

struct expected {
    const char *line;
    const char *who;
    const char *kind;
    const char *direction;
    int day; /* from today */
    int minutes;
    const char *step;
    int due; /* from today */
};

static const struct expected lines[] = {
    {"call with Dr Rao yesterday, 20 min, will send my CV", "Dr Rao", "call", "both", -1, 20,
     "Send my CV", 2},
    {"Met Amina Hassan at the alumni evening last friday", "Amina Hassan", "meeting", "both", -4,
     -1, NULL, 0},
    {"coffee with Wei Zhang on 5 July, 45 minutes", "Wei Zhang", "coffee", "both", -16, 45, NULL,
     0},
    {"emailed Olena 3 days ago", "Olena", "mail", "out", -3, -1, NULL, 0},
    {"Dr. Kavya Rao replied today", "Dr. Kavya Rao", "mail", "in", 0, -1, NULL, 0},
    {"mail from Grace Nwosu 2026-07-05", "Grace Nwosu", "mail", "in", -16, -1, NULL, 0},
    {"zoom with Prof. Anjum last tuesday for half an hour, I will tell him my exam date by friday",
     "Prof. Anjum", "call", "both", -7, 30, "Tell him my exam date", 3},
    {"texted Bilal", "Bilal", "message", "out", 0, -1, NULL, 0},
    {"called Dr Okoro 1 h 30 min yesterday; need to thank him tomorrow", "Dr Okoro", "call", "both",
     -1, 90, "Thank him", 1},
    {"thanked Rajesh Venkataraman", "Rajesh Venkataraman", "thanks", "out", 0, -1, NULL, 0},
    {"met أمينة حسن yesterday", "أمينة حسن", "meeting", "both", -1, -1, NULL, 0},
    {"met Grace 2030-01-01", "Grace 2030-01-01", "meeting", "both", 0, -1, NULL, 0},
    {"", NULL, "other", "both", 0, -1, NULL, 0},
};

static void lines_are_read(void **state)
{
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_autoptr(GStringChunk) text = g_string_chunk_new(256);
        const struct expected *e = &lines[i];
        struct touch_line got;
        touch_line_parse(e->line, TODAY, text, &got);
        bool is_right =
            g_strcmp0(got.who, e->who) == 0 && strcmp(got.kind, e->kind) == 0 &&
            strcmp(got.direction, e->direction) == 0 && got.on_day - TODAY == e->day &&
            got.minutes == e->minutes && g_strcmp0(got.step, e->step) == 0 &&
            (e->step == NULL ? got.step_due_day == DAY_NONE : got.step_due_day - TODAY == e->due);
        if (!is_right) {
            fail_msg("“%s”: who “%s” kind %s %s day %d minutes %d step “%s” due %d", e->line,
                     got.who, got.kind, got.direction, got.on_day - TODAY, got.minutes, got.step,
                     got.step == NULL ? 0 : got.step_due_day - TODAY);
        }
        assert_string_equal(got.note, e->line);
    }
}

static void a_long_line_is_read_to_its_limit(void **state)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    g_autoptr(GString) line = g_string_new("call");
    for (int i = 0; i < 500; i++) {
        g_string_append(line, " , with Dr. 5 will in last");
    }
    struct touch_line got;
    touch_line_parse(line->str, TODAY, text, &got);
    assert_string_equal(got.kind, "call");
}

static void patients_are_noticed(void **state)
{
    static const char *const with[] = {"54 yo man with chest pain", "pt with sepsis in the ICU",
                                       "MRN 123456", "DOB: 12/04/1966"};
    static const char *const without[] = {"He is my patient advocate friend", "met in room 204",
                                          "talked 20 min about the match", NULL};
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    for (size_t i = 0; i < G_N_ELEMENTS(with); i++) {
        g_autoptr(GPtrArray) sentences = g_ptr_array_new();
        patient_signs(with[i], text, sentences);
        assert_true(sentences->len > 0);
    }
    for (size_t i = 0; without[i] != NULL; i++) {
        g_autoptr(GPtrArray) sentences = g_ptr_array_new();
        patient_signs(without[i], text, sentences);
        assert_int_equal(sentences->len, 0);
    }
    g_autoptr(GPtrArray) sentences = g_ptr_array_new();
    patient_signs(NULL, text, sentences);
    assert_int_equal(sentences->len, 0);
}

static bool who_is_meant_body(struct db_tx *tx, void *data, GError **error)
{
    SCRATCH_BOOK(book, tx, data);
    static const char *const names[] = {"Dr. Kavya Rao", "Raj Raoul", "Amina Hassan",
                                        "Олена Ковальчук"};
    int64_t ids[4];
    for (int i = 0; i < 4; i++) {
        struct fact fact = {.kind = FACT_NAME, .value = names[i]};
        DO(person_add(&book, &fact, 1, NULL, &ids[i], error));
    }
    struct touch_line line;
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct touch_candidate));
    touch_line_parse("call with Dr Rao yesterday", TODAY, text, &line);
    DO(touch_line_who(&book, &line, 5, text, found, error));
    CLAIM(found->len == 2);
    CLAIM(g_array_index(found, struct touch_candidate, 0).person_id == ids[0]);
    CLAIM(g_array_index(found, struct touch_candidate, 1).person_id == ids[1]);
    g_array_set_size(found, 0);
    touch_line_parse("emailed Olena Kovalchuk", TODAY, text, &line);
    DO(touch_line_who(&book, &line, 5, text, found, error));
    CLAIM(found->len == 1 && g_array_index(found, struct touch_candidate, 0).person_id == ids[3]);
    return true;
}

static void who_is_meant(void **state)
{
    model_scratch_story(who_is_meant_body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_read),
        cmocka_unit_test(a_long_line_is_read_to_its_limit),
        cmocka_unit_test(patients_are_noticed),
        cmocka_unit_test(who_is_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
