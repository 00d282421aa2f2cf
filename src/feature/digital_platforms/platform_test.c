/* What a profile lacks by its archive; whom nobody wrote to; invitations; posts and comments. */
#include "feature/digital_platforms/platform.h"

#include "data_profile_checks.h"
#include "model/person.h"
#include "model/survey_look.h"

#define TODAY 20655 /* Tue 21 July 2026 */

static struct survey *look(struct outlook *outlook)
{
    return look_at(outlook, &digital_platforms_strategy);
}

static struct outlook *doctor(void)
{
    struct outlook *outlook = outlook_new(TODAY);
    outlook->goal.specialties = "internal_medicine";
    outlook->goal.n_answered = 5;
    return outlook;
}

/* The owner as one archive shows them. */
struct owner {
    struct person person;
    struct fact_set set;
};

static void owner_init(struct owner *owner, const char *family, const struct fact *facts, size_t n)
{
    *owner = (struct owner){.set = {.fact_set_id = 1,
                                    .person_id = 1,
                                    .family = family,
                                    .source_label = "archive.zip",
                                    .seen_at = 1784000000000000}};
    owner->person.fold = fact_fold_one(&owner->set, facts, n);
    assert_non_null(owner->person.fold);
}

static const struct fact whole[] = {
    {.kind = FACT_HEADLINE, .value = "Internal medicine graduate, applying for residency in 2027"},
    {.kind = FACT_PLACE, .value = "Toledo, Ohio"},
    {.kind = FACT_WORK, .value = "Research assistant, Northquay", .begins = "2025", .ends = ""},
    {.kind = FACT_SCHOOL, .value = "Lakemont", .part = {"Lakemont"}, .begins = "2018"},
    {.kind = FACT_NOTE,
     .label = "summary",
     .value = "I learned medicine in Lakemont, where one ward had forty beds and one monitor. "
              "Since then I have cared about sepsis seen early with little at hand. In Toledo I "
              "look at the numbers behind it, with a team of four, and I teach students on "
              "Fridays. From July on I would like to train in internal medicine, at a place that "
              "cares for people without insurance."},
    {.kind = FACT_SKILL, .value = "Sepsis"},
    {.kind = FACT_SKILL, .value = "Ultrasound"},
    {.kind = FACT_SKILL, .value = "Teaching"},
    {.kind = FACT_SKILL, .value = "Statistics"},
    {.kind = FACT_SKILL, .value = "Urdu"},
    {.kind = FACT_LANGUAGE, .value = "English"},
    {.kind = FACT_LANGUAGE, .value = "Urdu"},
    {.kind = FACT_CERTIFICATE, .value = "ACLS"},
};

static void answers_of(const struct owner *owner, char *answers, size_t len)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    g_autoptr(GArray) checks = g_array_new(false, true, sizeof(struct platform_check));
    platform_checks(&owner->person, text, checks);
    g_snprintf(answers, len, "%d of %u", platform_n(checks, PLATFORM_THERE),
               checks->len - (guint)platform_n(checks, PLATFORM_UNSEEN));
}

static void a_whole_profile_lacks_nothing_that_can_be_seen(void **state)
{
    (void)state;
    struct owner owner;
    char answers[40];
    owner_init(&owner, "linkedin.profile", whole, G_N_ELEMENTS(whole));
    answers_of(&owner, answers, sizeof answers);
    assert_string_equal(answers, "12 of 12"); /* the archive does not hold the photo */
    fact_fold_free(owner.person.fold);
}

static void each_part_taken_away_is_missed(void **state)
{
    (void)state;
    static const struct {
        size_t from;
        size_t n;
        const char *answers;
    } parts[] = {
        {0, 1, "9 of 12"},  /* headline: there, length, specialty */
        {1, 1, "11 of 12"}, /* place */
        {2, 1, "10 of 12"}, /* position, and the one of now */
        {3, 1, "11 of 12"}, /* school */
        {4, 1, "10 of 12"}, /* summary: there, length */
        {5, 1, "11 of 12"}, /* the fifth skill */
        {10, 1, "11 of 12"}, {12, 1, "11 of 12"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        struct fact facts[G_N_ELEMENTS(whole)];
        size_t n = 0;
        for (size_t k = 0; k < G_N_ELEMENTS(whole); k++) {
            if (k < parts[i].from || k >= parts[i].from + parts[i].n) {
                facts[n++] = whole[k];
            }
        }
        struct owner owner;
        char answers[40];
        owner_init(&owner, "linkedin.profile", facts, n);
        answers_of(&owner, answers, sizeof answers);
        assert_string_equal(answers, parts[i].answers);
        fact_fold_free(owner.person.fold);
    }
}

/* What was typed here says nothing about the profile there. */
static void only_the_archive_counts(void **state)
{
    (void)state;
    struct owner owner;
    char answers[40];
    owner_init(&owner, "you", whole, G_N_ELEMENTS(whole));
    answers_of(&owner, answers, sizeof answers);
    assert_string_equal(answers, "0 of 0");
    g_autoptr(outlook_ptr) outlook = doctor();
    outlook->self = &owner.person;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_says(survey, look_find(survey, "digital.import", NULL),
                "Bring in your own LinkedIn archive", "whom you never wrote to");
    assert_null(look_find(survey, "digital.profile", NULL));
    outlook->self = NULL;
    fact_fold_free(owner.person.fold);
}

static void the_first_gap_is_suggested_and_a_refused_one_passed_over(void **state)
{
    (void)state;
    struct owner owner;
    owner_init(&owner, "linkedin.profile", whole + 1,
               4); /* no headline, one skill less than five */
    g_autoptr(outlook_ptr) outlook = doctor();
    outlook->self = &owner.person;
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_says(survey, look_find(survey, "digital.profile", "headline"),
                "Mend your profile: write a headline", "It stands under your name");
    outlook_refuse(outlook, "step", "digital.profile/-/headline");
    g_autoptr(survey_ptr) next = look(outlook);
    assert_says(next, look_find(next, "digital.profile", "headline_length"),
                "Mend your profile: make the headline a full line", "220");
    outlook->self = NULL;
    fact_fold_free(owner.person.fold);
}

static struct contact *add_connected(struct outlook *outlook, int64_t id, unsigned flags, int ago)
{
    struct contact *one = outlook_add(outlook, id, "Amina Hassan");
    one->flags = CONTACT_CONNECTED | flags;
    one->connected_day = TODAY - ago;
    return one;
}

static void a_connection_without_a_word_gets_one(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor();
    add_connected(outlook, 5, CONTACT_RESIDENT, 120);
    g_autoptr(survey_ptr) survey = look(outlook);
    const struct suggestion *one = look_find(survey, "digital.connected", NULL);
    assert_says(survey, one, "Write a first line to", "onnected 17 weeks ago");
    assert_true(one->kind->is_message && !one->kind->is_ask);
}

static void the_longest_silence_and_the_own_specialty_come_first(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor();
    add_connected(outlook, 5, CONTACT_RESIDENT, 60);
    add_connected(outlook, 6, CONTACT_RESIDENT, 300);
    add_connected(outlook, 7, CONTACT_SPECIALTY, 60)->specialty = "internal_medicine";
    g_autoptr(survey_ptr) survey = look(outlook);
    int64_t order[3];
    int n = 0;
    for (guint i = 0; i < survey->suggestions->len; i++) {
        const struct suggestion *one = &g_array_index(survey->suggestions, struct suggestion, i);
        if (one->person_id != 0 && n < 3) {
            order[n++] = one->person_id;
        }
    }
    assert_int_equal(n, 3);
    assert_int_equal(order[0], 7);
    assert_int_equal(order[1], 6);
    assert_int_equal(order[2], 5);
}

static void who_was_written_to_or_has_nothing_to_do_with_it_is_left_alone(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor();
    add_connected(outlook, 5, CONTACT_RESIDENT, 60)->last_day = TODAY - 30;
    add_connected(outlook, 6, 0, 60); /* a shopkeeper */
    add_connected(outlook, 7, CONTACT_RESIDENT | CONTACT_PAUSED, 60);
    add_connected(outlook, 8, CONTACT_RESIDENT | CONTACT_DO_NOT, 60);
    outlook_add(outlook, 9, "Nobody")->flags = CONTACT_RESIDENT; /* not connected */
    add_connected(outlook, 10, CONTACT_PROGRAMME | CONTACT_SPECIALTY,
                  60); /* an introduction's matter */
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_null(look_find(survey, "digital.connected", NULL));
}

static void invitations_that_wait_say_something(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor();
    for (int i = 0; i < 4; i++) {
        outlook_add(outlook, 20 + i, "Nobody")->invited_day = TODAY - 31;
    }
    g_autoptr(survey_ptr) few = look(outlook);
    assert_null(look_find(few, "digital.notes", NULL));
    for (int i = 0; i < 10; i++) {
        outlook_add(outlook, 30 + i, "Nobody")->invited_day = TODAY - 100;
    }
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_says(survey, look_find(survey, "digital.notes", NULL),
                "Write a personal line with each invitation",
                "14 of yours wait for an answer longer than a month");
    assert_says(survey, look_find(survey, "digital.withdraw", NULL),
                "Withdraw invitations that nobody answered",
                "10 of yours wait for an answer longer than three months");
}

static void a_week_has_one_post_and_three_comments(void **state)
{
    (void)state;
    g_autoptr(outlook_ptr) outlook = doctor();
    g_autoptr(survey_ptr) survey = look(outlook);
    assert_says(survey, look_find(survey, "digital.comment", NULL),
                "Comment on 3 posts of your specialty", "seen by the people");
    assert_non_null(look_find(survey, "digital.post", NULL));
    struct pursuit out = {.pursuit_id = 1,
                          .kind = "presence",
                          .title = "Sepsis",
                          .ref = "comment",
                          .stage = "published",
                          .until_day = TODAY,
                          .deleted_at = AT_NONE};
    g_array_append_val(outlook->pursuits, out);
    out.ref = "post";
    g_array_append_val(outlook->pursuits, out);
    out.ref = "comment";
    out.until_day = TODAY - 2; /* Sunday: last week */
    g_array_append_val(outlook->pursuits, out);
    g_autoptr(survey_ptr) later = look(outlook);
    const struct suggestion *one = look_find(later, "digital.comment", NULL);
    assert_says(later, one, "Comment on 2 posts of your specialty", "1 comment this week so far");
    assert_int_equal(one->minutes, 20);
    assert_null(look_find(later, "digital.post", NULL));
}

static void every_check_has_a_test_that_exists(void **state)
{
    (void)state;
    struct owner owner;
    owner_init(&owner, "linkedin.profile", whole, 1);
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    g_autoptr(GArray) checks = g_array_new(false, true, sizeof(struct platform_check));
    platform_checks(&owner.person, text, checks); /* an unknown one aborts */
    assert_int_equal(checks->len, n_data_profile_checks);
    for (guint i = 0; i < checks->len; i++) {
        assert_int_not_equal(g_array_index(checks, struct platform_check, i).answer, 0);
    }
    fact_fold_free(owner.person.fold);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_profile_lacks_nothing_that_can_be_seen),
        cmocka_unit_test(each_part_taken_away_is_missed),
        cmocka_unit_test(only_the_archive_counts),
        cmocka_unit_test(the_first_gap_is_suggested_and_a_refused_one_passed_over),
        cmocka_unit_test(a_connection_without_a_word_gets_one),
        cmocka_unit_test(the_longest_silence_and_the_own_specialty_come_first),
        cmocka_unit_test(who_was_written_to_or_has_nothing_to_do_with_it_is_left_alone),
        cmocka_unit_test(invitations_that_wait_say_something),
        cmocka_unit_test(a_week_has_one_post_and_three_comments),
        cmocka_unit_test(every_check_has_a_test_that_exists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
