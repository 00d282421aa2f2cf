/* The perfect hash of property names: every name finds itself, in any case, and nothing else is
 * found. */
#include "codec/vcard_private.h"
#include "codec/vcard_sample.h"

static void every_known_name_stands_in_its_slot(void **state)
{
    for (enum vcard_name name = 1; name < N_VCARD_NAME; name++) {
        const struct vcard_name_row *row = &vcard_name_rows[name];
        unsigned slot = vcard_name_slot(row->text, row->len, true);
        if (vcard_name_slots[slot] != name) {
            fail_msg("%s belongs in slot %u of vcard_names.h", row->text, slot);
        }
    }
}

static void a_name_is_found_in_any_case(void **state)
{
    for (enum vcard_name name = 1; name < N_VCARD_NAME; name++) {
        const struct vcard_name_row *row = &vcard_name_rows[name];
        g_autofree char *lower = g_ascii_strdown(row->text, row->len);
        assert_int_equal(vcard_name_find(lower, row->len, false), name);
        assert_int_equal(vcard_name_find(row->text, row->len, true), name);
    }
}

static void a_name_that_differs_in_one_letter_is_not_found(void **state)
{
    for (enum vcard_name name = 1; name < N_VCARD_NAME; name++) {
        const struct vcard_name_row *row = &vcard_name_rows[name];
        for (size_t i = 0; i < row->len; i++) {
            g_autofree char *other = g_strndup(row->text, row->len);
            other[i] = 'q';
            enum vcard_name found = vcard_name_find(other, row->len, false);
            assert_true(found != name || row->text[i] == 'Q');
        }
        g_autofree char *longer = g_strconcat(row->text, "Z", NULL);
        assert_int_equal(vcard_name_find(longer, row->len + 1u, false), VCARD_OTHER);
    }
}

static void short_words_are_read_alike_with_and_without_room(void **state)
{
    const char *text = "ABCDEFGHIJ";
    for (size_t len = 0; len <= 8; len++) {
        assert_true(vcard_name_word(text, len, true) == vcard_name_word(text, len, false));
    }
}

static void bare_parameters_are_told_apart(void **state)
{
    assert_int_equal(vcard_param_bare("quoted-printable", 16), VCARD_PARAM_ENCODING);
    assert_int_equal(vcard_param_bare("BASE64", 6), VCARD_PARAM_ENCODING);
    assert_int_equal(vcard_param_bare("HOME", 4), VCARD_PARAM_TYPE);
    assert_int_equal(vcard_param_bare("PREF", 4), VCARD_PARAM_TYPE);
    assert_int_equal(vcard_param_bare("URL", 3), VCARD_PARAM_VALUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_known_name_stands_in_its_slot),
        cmocka_unit_test(a_name_is_found_in_any_case),
        cmocka_unit_test(a_name_that_differs_in_one_letter_is_not_found),
        cmocka_unit_test(short_words_are_read_alike_with_and_without_room),
        cmocka_unit_test(bare_parameters_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
