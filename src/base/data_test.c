/* The tables of data/: what the code that reads them relies on, beyond what tools/datatable checks.
 */
#include "base/fold.h"
#include "base/ident.h"
#include "data_associations.h"
#include "data_countries.h"
#include "data_followup.h"
#include "data_patient_signs.h"
#include "data_profile_sites.h"
#include "data_specialties.h"
#include "data_strategies.h"
#include "data_tie_terms.h"
#include "data_tie_words.h"
#include "data_touch_kinds.h"

#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

static void rows_are_found_by_id(void **state)
{
    for (size_t i = 0; i < n_data_specialties; i++) {
        assert_ptr_equal(data_specialties_by_id(data_specialties[i].id), &data_specialties[i]);
    }
    assert_null(data_specialties_by_id("no_such_specialty"));
    assert_null(data_specialties_by_id(""));
    assert_null(data_specialties_by_id(NULL));
    assert_int_equal(n_data_specialties, 93);
    assert_int_equal(n_data_strategies, 19);
    assert_int_equal(n_data_associations, 69);
    assert_int_equal(n_data_followup, 34);
}

static void empty_cells_have_their_marks(void **state)
{
    assert_int_equal(data_tie_terms_by_id("history")->half_life_days, DATA_NONE);
    assert_true(isnan(data_specialties_by_id("urology")->img_share));
    assert_true(data_specialties_by_id("internal_medicine")->img_share == 43.0);
    assert_string_equal(data_specialties_by_id("urology")->parent, "");
}

static void parents_and_tiers_exist(void **state)
{
    for (size_t i = 0; i < n_data_specialties; i++) {
        const char *parent = data_specialties[i].parent;
        assert_true(*parent == '\0' || data_specialties_by_id(parent) != NULL);
    }
    assert_int_equal(data_followup_by_id("tier_a")->repeat_every_days, 35);
    assert_int_equal(data_followup_by_id("tier_b")->repeat_every_days, 90);
    assert_int_equal(data_followup_by_id("tier_c")->repeat_every_days, 180);
}

/* True when each of "one|two" is what folding would make of it. */
static bool is_folded_list(const char *list)
{
    g_auto(GStrv) words = g_strsplit(list, "|", -1);
    for (char **word = words; *word != NULL; word++) {
        g_autofree char *key = fold_text(*word);
        if (strcmp(key, *word) != 0) {
            return false;
        }
    }
    return true;
}

static void names_of_specialties_are_folded_and_name_one(void **state)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < n_data_specialties; i++) {
        assert_true(is_folded_list(data_specialties[i].aliases));
        assert_true(is_folded_list(data_specialties[i].short_names));
        g_auto(GStrv) words = g_strsplit(data_specialties[i].short_names, "|", -1);
        for (char **word = words; *word != NULL && **word != '\0'; word++) {
            if (!g_hash_table_add(seen, g_strdup(*word))) {
                fail_msg("%s is short for two specialties", *word);
            }
        }
    }
}

static void tie_weights_sum_to_one_and_words_ascend(void **state)
{
    double sum = 0;
    for (size_t i = 0; i < n_data_tie_terms; i++) {
        sum += data_tie_terms[i].weight;
        assert_true(data_tie_terms[i].scale > 0);
    }
    assert_true(fabs(sum - 1) < 1e-9);
    assert_string_equal(data_tie_words[0].word, "untied");
    for (size_t i = 1; i < n_data_tie_words; i++) {
        assert_true(data_tie_words[i].from >= data_tie_words[i - 1].from);
    }
}

static void kinds_of_touches_have_a_direction_and_own_words(void **state)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < n_data_touch_kinds; i++) {
        const struct data_touch_kinds *kind = &data_touch_kinds[i];
        bool is_both = strcmp(kind->direction, "both") == 0;
        assert_true(is_both || strcmp(kind->direction, "out") == 0);
        assert_int_equal(is_both, kind->is_two_way);
        g_auto(GStrv) words = g_strsplit(kind->words, "|", -1);
        for (char **word = words; *word != NULL; word++) {
            if (!g_hash_table_add(seen, g_strdup(*word))) {
                fail_msg("%s starts two kinds of touches", *word);
            }
        }
    }
    assert_non_null(data_touch_kinds_by_id("note"));
    assert_non_null(data_touch_kinds_by_id("other"));
}

/* Does any sign fire? */
static bool looks_like_patient(const char *note)
{
    for (size_t i = 0; i < n_data_patient_signs; i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GRegex) regex =
            g_regex_new(data_patient_signs[i].regex, G_REGEX_CASELESS, 0, &error);
        assert_null(error);
        if (g_regex_match(regex, note, 0, NULL)) {
            return true;
        }
    }
    return false;
}

static void notes_about_patients_are_seen(void **state)
{
    static const char *const yes[] = { "Saw a 72 y/o with chest pain",
                                       "72-year-old man with fever",
                                       "discussed 45M with COPD",
                                       "MRN 0012345",
                                       "mrn: AB123456",
                                       "pt with sepsis in the ICU",
                                       "patient in room 12",
                                       "DOB 03/04/1950",
                                       "date of birth: 4 March 1950",
                                       "patient named Ada",
                                       "Mrs. Doe was admitted yesterday",
                                       "the patient, Mr. Doe",
                                       "SSN 123-45-6789",
                                       "bed 4, pt stable on admission",
                                       "BP 120/80, HR 99",
                                       "she was diagnosed with lymphoma",
                                       "HPI: cough for a week",
                                       "patient presented with stroke" };
    static const char *const no[] = { "Call with Dr Rao, 20 min, will send my CV",
                                      "Met at the ACP meeting in room 204",
                                      "She is patient and kind",
                                      "Works on patient safety and quality",
                                      "Has two children, 5 and 7",
                                      "His phone is 312-555-0100",
                                      "Admitted 45 residents last year",
                                      "Talked about the HR department and BP of the project",
                                      "Interested in patient advocacy",
                                      "PT department at County",
                                      "Met on 03/04/2026",
                                      "Class of 1998, 25 years ago" };
    for (size_t i = 0; i < G_N_ELEMENTS(yes); i++) {
        if (!looks_like_patient(yes[i])) {
            fail_msg("not seen: %s", yes[i]);
        }
    }
    for (size_t i = 0; i < G_N_ELEMENTS(no); i++) {
        if (looks_like_patient(no[i])) {
            fail_msg("seen without need: %s", no[i]);
        }
    }
}

static void countries_have_two_letters_and_a_calling_code(void **state)
{
    for (size_t i = 0; i < n_data_countries; i++) {
        const struct data_countries *country = &data_countries[i];
        assert_int_equal(strlen(country->id), 2);
        size_t len = strlen(country->calling_code);
        assert_true(len >= 1 && len <= 4 && strspn(country->calling_code, "0123456789") == len);
    }
    assert_string_equal(data_countries_by_id("NG")->calling_code, "234");
}

static void every_profile_site_makes_an_identifier(void **state)
{
    for (size_t i = 0; i < n_data_profile_sites; i++) {
        g_autoptr(GString) url = g_string_new("https://");
        g_string_append_printf(url, "%s/", data_profile_sites[i].host);
        for (const char *at = data_profile_sites[i].path; *at != '\0'; at++) {
            if (*at == '*') {
                g_string_append(url, "ada-eze");
            } else {
                g_string_append_c(url, *at);
            }
        }
        if (url->str[url->len - 1] == '=') {
            g_string_append(url, "ada-eze");
        }
        g_autofree char *normal = ident_normal(IDENT_URL, url->str);
        assert_non_null(normal);
        assert_true(g_str_has_prefix(normal, data_profile_sites[i].canonical));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_found_by_id),
        cmocka_unit_test(empty_cells_have_their_marks),
        cmocka_unit_test(parents_and_tiers_exist),
        cmocka_unit_test(names_of_specialties_are_folded_and_name_one),
        cmocka_unit_test(tie_weights_sum_to_one_and_words_ascend),
        cmocka_unit_test(kinds_of_touches_have_a_direction_and_own_words),
        cmocka_unit_test(notes_about_patients_are_seen),
        cmocka_unit_test(countries_have_two_letters_and_a_calling_code),
        cmocka_unit_test(every_profile_site_makes_an_identifier),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
