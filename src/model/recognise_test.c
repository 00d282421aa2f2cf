/* Specialties in titles, states and countries in places. */
#include "model/recognise.h"

#include "base/fold.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void specialties_stand_in_titles(void **state)
{
    static const struct {
        const char *title;
        const char *id;
    } titles[] = {
        {"Resident, internal medicine", "internal_medicine"},
        {"Family Medicine Resident", "family_medicine"},
        {"Emergency Medicine Resident, PGY-2", "emergency_medicine"},
        {"Medicine Resident", "internal_medicine"},
        {"Attending, infectious diseases", "infectious_disease"},
        {"Fellow, interventional cardiology", "interventional_cardiology"},
        {"OB-GYN at Fernwood", "obstetrics_gynecology"},
        {"Paediatric surgeon", "pediatric_surgery"},
        {"Hospitalist", "hospitalist"},
        {"Student", NULL},
        {"Regent", NULL}, /* ent is a word, not a piece of one */
        {"", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(titles); i++) {
        g_autofree char *folded = fold_text(titles[i].title);
        const char *got = specialty_recognise(folded);
        if (g_strcmp0(got, titles[i].id) != 0) {
            fail_msg("“%s”: %s", titles[i].title, got);
        }
    }
    assert_string_equal(specialty_name("cardiology"), "Cardiovascular Disease");
    assert_null(specialty_name("sorcery"));
}

static void places_tell_state_and_country(void **state)
{
    static const struct {
        const char *region;
        const char *country;
        const char *value;
        const char *state;
        const char *land;
    } places[] = {
        {NULL, NULL, "Toledo, Ohio, United States", "OH", "US"},
        {NULL, NULL, "Toledo, Ohio", "OH", "US"},
        {NULL, NULL, "Toledo, OH 43604", "OH", "US"},
        {"OH", "USA", NULL, "OH", "US"},
        {"ohio", NULL, NULL, "OH", "US"},
        {NULL, NULL, "Karachi, Pakistan", NULL, "PK"},
        {NULL, NULL, "Karachi, Sindh, Pakistan", NULL, "PK"},
        {NULL, NULL, "Georgia", NULL, NULL},
        {NULL, NULL, "Atlanta, Georgia, United States", "GA", "US"},
        {NULL, NULL, "Tbilisi, Georgia", NULL, NULL},
        {"Georgia", "US", NULL, "GA", "US"},
        {"Ontario", "Canada", NULL, NULL, "CA"},
        {"Ohio", "Germany", NULL, NULL, "DE"},
        {NULL, "de", NULL, NULL, "DE"},
        {NULL, NULL, "Greater Boston", "MA", "US"},
        {NULL, NULL, "London, United Kingdom", NULL, "GB"},
        {NULL, NULL, "somewhere", NULL, NULL},
        {NULL, NULL, "", NULL, NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        struct place_found got;
        place_recognise(places[i].region, places[i].country, places[i].value, &got);
        if (g_strcmp0(got.region, places[i].state) != 0 ||
            g_strcmp0(got.country, places[i].land) != 0) {
            fail_msg("%s / %s / %s: %s %s", places[i].region, places[i].country, places[i].value,
                     got.region, got.country);
        }
    }
    assert_string_equal(region_name("OH", true), "Ohio");
    assert_string_equal(region_name("PK", false), "Pakistan");
    assert_null(region_name(NULL, true));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(specialties_stand_in_titles),
        cmocka_unit_test(places_tell_state_and_country),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
