/* Whose fault, and which code: told apart for ever. */
#include "base/error.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

static void a_refusal_is_theirs_and_keeps_its_code(void **state)
{
    g_autoptr(GError) error = NULL;
    assert_false(refuse(&error, "person.not_found", "No person has the id %s.", "abc"));
    assert_true(error_is_theirs(error));
    assert_string_equal(error_code(error), "person.not_found");
    assert_string_equal(error->message, "No person has the id abc.");
    assert_true(error_has_code(error, "person.not_found"));
    assert_false(error_has_code(error, "person.gone"));
    assert_false(error_has_code(error, "a.code_nobody_used"));
}

static void a_bug_is_ours(void **state)
{
    g_autoptr(GError) error = NULL;
    assert_false(bug(&error, "store.disk", "100 %% full"));
    assert_false(error_is_theirs(error));
    assert_string_equal(error_code(error), "store.disk");
    assert_string_equal(error->message, "100 % full");
}

static void a_foreign_error_is_internal(void **state)
{
    g_autoptr(GError) error =
        g_error_new_literal(G_FILE_ERROR, (int)g_quark_from_string("person.not_found"), "x");
    assert_false(error_is_theirs(error));
    assert_string_equal(error_code(error), "internal");
    assert_false(error_has_code(error, "person.not_found"));
    assert_string_equal(error_code(NULL), "internal");
}

static void no_place_for_the_error_is_fine_and_the_first_error_stays(void **state)
{
    assert_false(refuse(NULL, "a.b", "x"));
    g_autoptr(GError) error = NULL;
    refuse(&error, "first.cause", "x");
    bug(&error, "second.noise", "y");
    assert_string_equal(error_code(error), "first.cause");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refusal_is_theirs_and_keeps_its_code),
        cmocka_unit_test(a_bug_is_ours),
        cmocka_unit_test(a_foreign_error_is_internal),
        cmocka_unit_test(no_place_for_the_error_is_fine_and_the_first_error_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
