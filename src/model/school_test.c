/* Which names of schools are the same school. */
#include "model/school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static bool is_same(const char *mine, const char *theirs)
{
    g_autoptr(school_names_ptr) names = school_names_new();
    school_names_add(names, mine);
    bool is_it = school_names_has(names, theirs);
    g_autoptr(school_names_ptr) other = school_names_new();
    school_names_add(other, theirs);
    assert_int_equal(school_names_has(other, mine), is_it);
    return is_it;
}

static void the_same_school_is_known_however_it_is_written(void **state)
{
    static const char *const same[][2] = {
        {"University of Lakemont", "Lakemont University"},
        {"Lakemont Medical University", "lakemont medical university, Lakemont"},
        {"Lakemont Medical University", "LMU"},
        {"All Coast Institute of Medical Sciences", "ACIMS"},
        {"Université de Médecine de Pontneuf", "Universite Medecine Pontneuf"},
        {"The University of Health and Science", "University of Health & Science"},
        {"جامعة البحيرة", "جامعة البحيرة"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(same); i++) {
        assert_true(is_same(same[i][0], same[i][1]));
    }
}

static void other_schools_are_not_taken_for_it(void **state)
{
    static const char *const other[][2] = {
        {"University of Lakemont", "Lakemont Medical University, Lakemont"},
        {"Lakemont Medical University", "Lower Moor University"},
        {"Lakemont Medical University", "Lakemont Medical College"},
        {"Northquay College", "NC"},
        {"Lakemont University", ""},
        {"", ""},
        {"University", "University of Lakemont"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(other); i++) {
        assert_false(is_same(other[i][0], other[i][1]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_school_is_known_however_it_is_written),
        cmocka_unit_test(other_schools_are_not_taken_for_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
