/* Identifiers: one text for the same thing, none when in doubt. Numbers and addresses are made up
 * or published samples. */
#include "base/ident.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

static void check(enum ident_kind kind, const char *value, const char *expected)
{
    g_autofree char *normal = ident_normal(kind, value);
    if (expected == NULL) {
        assert_null(normal);
        return;
    }
    assert_non_null(normal);
    assert_string_equal(normal, expected);
    if (kind != IDENT_PHONE) {
        g_autofree char *again = ident_normal(kind, normal);
        assert_string_equal(again, expected);
    }
}

static void kinds_have_names(void **state)
{
    for (int kind = IDENT_NONE + 1; kind < N_IDENT; kind++) {
        assert_int_equal(ident_kind_parse(ident_kind_text(kind)), kind);
    }
    assert_int_equal(ident_kind_parse("fax"), IDENT_NONE);
    assert_int_equal(ident_kind_parse("none"), IDENT_NONE);
    assert_int_equal(ident_kind_parse(NULL), IDENT_NONE);
    assert_null(ident_normal(IDENT_NONE, "x"));
    assert_null(ident_normal(IDENT_EMAIL, NULL));
    assert_null(ident_normal(IDENT_UID, "\xff"));
}

static void addresses_are_lower_case(void **state)
{
    check(IDENT_EMAIL, " Ada.Eze@Example.COM ", "ada.eze@example.com");
    check(IDENT_EMAIL, "mailto:ada+x@example.com?subject=Hi", "ada+x@example.com");
    check(IDENT_EMAIL, "<ada@example.com>", "ada@example.com");
    check(IDENT_EMAIL, "SMTP:ada@example.com", "ada@example.com");
    check(IDENT_EMAIL, "Jörg@Bücher.example", "jörg@xn--bcher-kva.example");
    check(IDENT_EMAIL, "jo@xn--bcher-kva.example", "jo@xn--bcher-kva.example");
    check(IDENT_EMAIL, "na@hospital.example", "na@hospital.example");
    check(IDENT_EMAIL, "o'brien@example.com", "o'brien@example.com");
}

static void what_is_no_address_is_none(void **state)
{
    static const char *const none[] = { "",
                                        "ada",
                                        "ada@",
                                        "@example.com",
                                        "ada@example",
                                        "a da@example.com",
                                        "ada@@example.com",
                                        "ada@b@example.com",
                                        "ada..e@example.com",
                                        ".ada@example.com",
                                        "ada@-x.com",
                                        "ada@x..com",
                                        "ada@example.c",
                                        "ada@127.0.0.1",
                                        "/o=ExchangeLabs/ou=Group/cn=Recipients/cn=ada",
                                        "/o=Org/cn=ada@example.com",
                                        "none@none.com",
                                        "noemail@example.com",
                                        "no-email@hospital.example",
                                        "test@test.com",
                                        "unknown@unknown.com",
                                        "na@na.com",
                                        "x@y.invalid",
                                        "email@domain.com",
                                        "ada@example.com, bob@example.com",
                                        "http://example.com/@ada" };
    for (size_t i = 0; i < G_N_ELEMENTS(none); i++) {
        check(IDENT_EMAIL, none[i], NULL);
    }
}

static void linkedin_profiles_have_one_address(void **state)
{
    static const char *const same[] = {
        "https://www.linkedin.com/in/ada-eze", "http://linkedin.com/in/Ada-Eze/",
        "linkedin.com/in/ada-eze?trk=x",       "https://uk.linkedin.com/in/ada-eze/en",
        "www.linkedin.com/in/ada%2Deze#top",   "HTTPS://WWW.LINKEDIN.COM/IN/ADA-EZE",
        "https://m.linkedin.com//in//ada-eze", "https://www.linkedin.com:443/in/ada-eze"
    };
    for (size_t i = 0; i < G_N_ELEMENTS(same); i++) {
        check(IDENT_URL, same[i], "linkedin.com/in/ada-eze");
    }
    check(IDENT_URL, "https://www.linkedin.com/in/jos%C3%A9-ruiz", "linkedin.com/in/josé-ruiz");
    check(IDENT_URL, "https://www.linkedin.com/in/JOSÉ-ruiz", "linkedin.com/in/josé-ruiz");
    check(IDENT_URL, "https://www.linkedin.com/in/jose%CC%81-ruiz", "linkedin.com/in/josé-ruiz");
    check(IDENT_URL, "http://www.linkedin.com/pub/ada-eze/1/2B/3c4",
          "linkedin.com/pub/ada-eze/1/2b/3c4");
}

static void known_sites_count_and_others_do_not(void **state)
{
    check(IDENT_URL, "https://twitter.com/AdaEze", "x.com/adaeze");
    check(IDENT_URL, "https://x.com/adaeze/", "x.com/adaeze");
    check(IDENT_URL, "https://www.doximity.com/pub/ada-eze-md", "doximity.com/pub/ada-eze-md");
    check(IDENT_URL, "https://scholar.google.de/citations?hl=de&user=AbC_12",
          "scholar.google.com/citations?user=AbC_12");
    check(IDENT_URL, "https://www.youtube.com/@Ada", "youtube.com/@ada");
    check(IDENT_URL, "https://www.researchgate.net/profile/Ada-Eze-2",
          "researchgate.net/profile/ada-eze-2");
    static const char *const none[] = { "",
                                        "https://example.com/ada",
                                        "https://ada.example",
                                        "https://www.linkedin.com/company/clinic",
                                        "https://www.linkedin.com/in/",
                                        "https://www.linkedin.com/",
                                        "https://www.linkedin.com/pub/ada-eze",
                                        "https://x.com/home",
                                        "https://x.com/ada/status/1",
                                        "https://facebook.com/groups",
                                        "https://www.youtube.com/watch",
                                        "https://scholar.google.com/citations?hl=de",
                                        "ftp://linkedin.com/in/ada",
                                        "https://linkedin.com:8080/in/ada",
                                        "https://linkedin.com.example.org/in/ada",
                                        "https://evil@linkedin.com/in/ada",
                                        "https://www.linkedin.com/in/a b",
                                        "https://www.linkedin.com/in/%FF",
                                        "https://www.linkedin.com/in/a%2Fb",
                                        "https://www.linkedin.com/in/a%00b" };
    for (size_t i = 0; i < G_N_ELEMENTS(none); i++) {
        check(IDENT_URL, none[i], NULL);
    }
}

static void phones_are_digits_with_their_country(void **state)
{
    check(IDENT_PHONE, "+1 (312) 555-0100", "+13125550100");
    check(IDENT_PHONE, "1-312-555-0100", "+13125550100");
    check(IDENT_PHONE, "011 44 20 7946 0018", "+442079460018");
    check(IDENT_PHONE, "+44 (0)20 7946 0018", "+442079460018");
    check(IDENT_PHONE, "0044 20 7946 0018", "+442079460018");
    check(IDENT_PHONE, "tel:+1-312-555-0100;ext=12", "+13125550100");
    check(IDENT_PHONE, "(312) 555-0100 ext. 12", "n:3125550100");
    check(IDENT_PHONE, "312.555.0100 x5", "n:3125550100");
    check(IDENT_PHONE, "020 7946 0018", "n:02079460018");
    check(IDENT_PHONE, "+٢٠ ١٠٠ ٥٥٥ ٠١٠٠", "+201005550100");
    static const char *const none[] = { "",
                                        "12",
                                        "555-010",
                                        "0000000000",
                                        "1234567890",
                                        "555 555 5555",
                                        "call me",
                                        "1-800-DOCTORS",
                                        "+12345678901234567",
                                        "+0312555010",
                                        "ext 12" };
    for (size_t i = 0; i < G_N_ELEMENTS(none); i++) {
        check(IDENT_PHONE, none[i], NULL);
    }
}

/* 1234567893 is the sample of the specification of the check digit. */
static void npis_have_a_check_digit(void **state)
{
    check(IDENT_NPI, "1234567893", "1234567893");
    check(IDENT_NPI, " NPI: 1234567893", "1234567893");
    static const char *const none[] = { "",           "1234567890",  "1234567894",
                                        "123456789",  "12345678933", "3234567893",
                                        "12345 67893" };
    for (size_t i = 0; i < G_N_ELEMENTS(none); i++) {
        check(IDENT_NPI, none[i], NULL);
    }
}

/* 0000-0002-1825-0097 and 0000-0002-1694-233X are the samples of ORCID's documentation. */
static void orcids_have_a_check_digit(void **state)
{
    check(IDENT_ORCID, "0000-0002-1825-0097", "0000-0002-1825-0097");
    check(IDENT_ORCID, "https://orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X");
    check(IDENT_ORCID, "ORCID: 0000000218250097", "0000-0002-1825-0097");
    static const char *const none[] = { "",
                                        "0000-0002-1825-0098",
                                        "0000-0002-1825-009",
                                        "0000-0002-1825-00977",
                                        "0000-0002-X825-0097",
                                        "https://orcid.org/" };
    for (size_t i = 0; i < G_N_ELEMENTS(none); i++) {
        check(IDENT_ORCID, none[i], NULL);
    }
}

static void uids_stay_as_written(void **state)
{
    check(IDENT_UID, " urn:uuid:4FBE8971-0BC3-424C-9C26-36C3E1EFF6B1 ",
          "4fbe8971-0bc3-424c-9c26-36c3e1eff6b1");
    check(IDENT_UID, "4FBE8971-0BC3-424C-9C26-36C3E1EFF6B1",
          "4fbe8971-0bc3-424c-9c26-36c3e1eff6b1");
    check(IDENT_UID, "Card-7@Example", "Card-7@Example");
    check(IDENT_UID, "  ", NULL);
    check(IDENT_UID, "urn:uuid:", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_have_names),
        cmocka_unit_test(addresses_are_lower_case),
        cmocka_unit_test(what_is_no_address_is_none),
        cmocka_unit_test(linkedin_profiles_have_one_address),
        cmocka_unit_test(known_sites_count_and_others_do_not),
        cmocka_unit_test(phones_are_digits_with_their_country),
        cmocka_unit_test(npis_have_a_check_digit),
        cmocka_unit_test(orcids_have_a_check_digit),
        cmocka_unit_test(uids_stay_as_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
