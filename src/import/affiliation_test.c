/* Affiliations as journals write them; made-up places. */
#include "import/affiliation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void expect(const char *text, const char *org, const char *department, const char *place)
{
    struct affiliation at;
    affiliation_read(text, &at);
    assert_string_equal(at.org != NULL ? at.org : "", org);
    assert_string_equal(at.department != NULL ? at.department : "", department);
    assert_string_equal(at.place != NULL ? at.place : "", place);
    affiliation_clear(&at);
}

static void the_hospital_is_where_somebody_works(void **state)
{
    expect("Department of Surgery, Lakeside University Hospital, Lagos, Nigeria. "
           "ngozi@lakeside.example.",
           "Lakeside University Hospital", "Department of Surgery", "Lagos, Nigeria");
    expect(
        "Division of Cardiology, Fernwood Medical Center, University of Harbor, Boston, MA, USA.",
        "Fernwood Medical Center", "Division of Cardiology, University of Harbor",
        "Boston, MA, USA");
}

static void the_university_where_there_is_no_hospital(void **state)
{
    expect("School of Medicine, University of Northquay, Oslo, Norway. Electronic address: "
           "a.b@northquay.example.",
           "University of Northquay", "School of Medicine", "Oslo, Norway");
}

static void a_name_without_a_word_we_know_is_kept_whole(void **state)
{
    expect("Harbor Point, Springfield", "Harbor Point, Springfield", "", "");
}

static void a_department_of_a_hospital_is_not_the_hospital(void **state)
{
    expect("1 Department of Hospital Medicine, Kalina Clinic, Sofia, Bulgaria", "Kalina Clinic",
           "Department of Hospital Medicine", "Sofia, Bulgaria");
}

static void an_address_alone_says_nothing(void **state)
{
    expect("a@b.example", "", "", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_hospital_is_where_somebody_works),
        cmocka_unit_test(the_university_where_there_is_no_hospital),
        cmocka_unit_test(a_name_without_a_word_we_know_is_kept_whole),
        cmocka_unit_test(a_department_of_a_hospital_is_not_the_hospital),
        cmocka_unit_test(an_address_alone_says_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
