/* MEDLINE as PubMed and PMC write it, and as mail and people spoil it. */
#include "codec/medline.h"

#include "codec/charset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static char *load(const char *name)
{
    g_autofree char *path = g_build_filename("test/data/medline", name, NULL);
    char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    return text;
}

/* Record number n (from 0) of a text. */
static void record_of(const char *text, int n, struct medline_record *record)
{
    g_autoptr(medline_reader) reader = medline_reader_new(text, strlen(text));
    const char *reason = NULL;
    for (int i = 0; i <= n; i++) {
        assert_int_equal(medline_reader_next(reader, record, &reason), MEDLINE_STEP_RECORD);
        assert_null(reason);
    }
}

/* "R1" record at line 1, "X5" refused at line 5. */
static void expect_steps(const char *text, const char *wanted)
{
    g_autoptr(medline_reader) reader = medline_reader_new(text, strlen(text));
    g_autoptr(GString) got = g_string_new(NULL);
    struct medline_record record = { 0 };
    const char *reason = NULL;
    enum medline_step step;
    while ((step = medline_reader_next(reader, &record, &reason)) != MEDLINE_STEP_END) {
        char letter = step == MEDLINE_STEP_RECORD ? 'R' : 'X';
        g_string_append_printf(got, "%s%c%d", got->len > 0 ? " " : "", letter, (int)record.line);
        assert_int_equal(reason != NULL, step == MEDLINE_STEP_REFUSED);
    }
    medline_record_clear(&record);
    assert_string_equal(got->str, wanted);
}

static void expect_paper(const char *text)
{
    struct medline_record record = { 0 };
    record_of(text, 0, &record);
    assert_int_equal(record.line, 3);
    assert_int_equal(record.n_lines, 44);
    assert_string_equal(record.pmid, "99000001");
    assert_string_equal(record.pmcid, "PMC9000001");
    assert_string_equal(record.doi, "10.5555/made.2018.1");
    assert_string_equal(record.title, "Balloons in a made-up cohort: a study that continues on the next line.");
    assert_string_equal(record.journal, "Journal of made-up results");
    assert_string_equal(record.journal_abbrev, "J Made Up");
    assert_string_equal(record.date, "2018 Apr");
    assert_int_equal(record.year, 2018);
    assert_int_equal(record.month, 4);
    assert_int_equal(record.day, 0);
    assert_string_equal(record.volume, "10");
    assert_string_equal(record.issue, "4");
    assert_string_equal(record.pages, "335-9");
    assert_string_equal(record.status, "MEDLINE");
    assert_string_equal(record.abstract, "BACKGROUND: Nothing here is real.");
    g_autofree char *keywords = g_strjoinv("|", record.keywords);
    g_autofree char *mesh = g_strjoinv("|", record.mesh);
    g_autofree char *types = g_strjoinv("|", record.types);
    g_autofree char *languages = g_strjoinv("|", record.languages);
    g_autofree char *collectives = g_strjoinv("|", record.collectives);
    assert_string_equal(keywords, "stroke|balloons");
    assert_string_equal(mesh, "Brain Ischemia/diagnostic imaging/*surgery");
    assert_string_equal(types, "Journal Article|Review");
    assert_string_equal(languages, "eng|ger");
    assert_string_equal(collectives, "EXAMPLE Study Group");
    medline_record_clear(&record);
}

static void a_paper_is_read_whole(void **state)
{
    g_autofree char *text = load("paper.nbib");
    expect_paper(text);
    g_autofree char *crlf = load("paper-crlf.nbib");
    expect_paper(crlf);
    expect_steps(text, "R3 R48");
}

/* "family|given|initials|suffix|orcid|email|affiliations" */
static void expect_author(const struct medline_record *record, guint i, const char *wanted)
{
    assert_true(i < record->authors->len);
    const struct medline_author *author = record->authors->pdata[i];
    g_autofree char *places = g_strjoinv(" / ", author->affiliations);
    g_autofree char *got = g_strjoin("|", author->family, author->given, author->initials, author->suffix,
                                     author->orcid,
                                     author->email, places, NULL);
    assert_string_equal(got, wanted);
}

static void identifiers_and_affiliations_belong_to_the_author_before_them(void **state)
{
    g_autofree char *text = load("paper.nbib");
    struct medline_record record = { 0 };
    record_of(text, 0, &record);
    assert_int_equal(record.authors->len, 3);
    expect_author(&record, 0, "Okafor|Adaeze N|AN||0000-0002-1825-0097|adaeze.okafor@example.org|Department "
                              "of Surgery, Example University "
                  "Hospital, Lagos, Nigeria. Electronic address: adaeze.okafor@example.org. / Department of "
                  "Anatomy, Example "
                  "College, Lagos, Nigeria.");
    expect_author(&record, 1, "Hall|Frank R|FR|Jr|||");         /* the check digit of that ORCID is wrong */
    expect_author(&record, 2, "Müller-Lüdenscheidt|Jörg|J||||");
    medline_record_clear(&record);
}

static void authors_without_full_names_and_old_addresses_are_read(void **state)
{
    g_autofree char *text = load("paper.nbib");
    struct medline_record record = { 0 };
    record_of(text, 1, &record);
    assert_string_equal(record.title, "A translated title.");
    assert_string_equal(record.original_title, "Ein übersetzter Titel.");
    assert_int_equal(record.year, 2005);
    assert_int_equal(record.month, 9);
    assert_int_equal(record.authors->len, 3);
    expect_author(&record, 0, "Huber||K|||first@example.at|Old-style address of the first author, Vienna. "
                              "first@example.at");
    expect_author(&record, 1, "van den Berg||JP|3rd|||");
    expect_author(&record, 2, "WHO||||||");
    medline_record_clear(&record);
}

static void full_and_short_names_apart_are_paired_in_order(void **state)
{
    struct medline_record record = { 0 };
    record_of("PMID- 1\nTI  - T\nFAU - Wang, Li\nFAU - Wang, Lei\nAU  - Wang L\nAD  - A\nAU  - Wang L\nAD  - "
              "B\n", 0, &record);
    assert_int_equal(record.authors->len, 2);
    expect_author(&record, 0, "Wang|Li|L||||A");
    expect_author(&record, 1, "Wang|Lei|L||||B");
    medline_record_clear(&record);
}

static void records_of_pmc_begin_with_their_own_tag(void **state)
{
    g_autofree char *text = load("pmc.txt");
    expect_steps(text, "R1 R7");
    struct medline_record record = { 0 };
    record_of(text, 0, &record);
    assert_string_equal(record.pmcid, "PMC9000010");
    assert_string_equal(record.pmid, "99000010");
    expect_author(&record, 0, "Rossi|Maria|M||||");
    medline_record_clear(&record);
    record_of(text, 1, &record);
    assert_string_equal(record.title, "A book instead");
    assert_string_equal(record.doi, "10.5555/x.1");
    assert_int_equal(record.day, 5);
    medline_record_clear(&record);
}

static void spoiled_files_lose_only_what_is_spoiled(void **state)
{
    expect_steps("", "");
    expect_steps("\n\n", "");
    expect_steps("PMID-1\nTI- a\n\nPMID- 2\nTI  - b\n", "R1 R4");
    expect_steps("PMID- 1\n\nTI  - a\n\nAU  - X Y\n\nPMID- 2\n\nTI  - b\n",
                 "R1 R7");          /* a blank line after each */
    expect_steps("PMID- 1\nTI  - a\nPMID- 2\nTI  - b\n", "R1 R3");                             /* none between */
    expect_steps("1: a list\nof papers\n\nPMID- 1\nTI  - a\n", "X1 R4");
    expect_steps("AU  - X Y\nDP  - 2014\n\nPMID- 1\nTI  - a\n",
                 "X1 R4");                      /* the end of a record cut off */
    expect_steps("PMID- 1\nTI  - a\nSO  - s\n\nPMID- 2\nTI  - b\nFAU - Cut, O", "R1 X5");      /* cut off at the end */
    expect_steps("hello", "X1");
}

static void dates_take_what_is_there(void **state)
{
    static const struct {
        const char *text;
        int year, month, day;
    } dates[] = {
        { "DP  - 2014", 2014, 0, 0 }, { "DP  - 2016 Jan 5", 2016, 1, 5 }, { "DP  - 2014 Winter", 2014, 0, 0 },
        { "DP  - 2013 06 10", 2013, 6, 10 }, { "DP  - 1998 Dec-1999 Jan", 1998, 12, 0 },
        { "DEP - 20170728", 2017, 7, 28 },
        { "DP  - soon", 0, 0, 0 }, { "DP  - 2013 99 99", 2013, 0, 0 }, { "XX  - none", 0, 0, 0 },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(dates); i++) {
        g_autofree char *text = g_strconcat("PMID- 1\nTI  - a\n", dates[i].text, "\n", NULL);
        struct medline_record record = { 0 };
        record_of(text, 0, &record);
        assert_int_equal(record.year, dates[i].year);
        assert_int_equal(record.month, dates[i].month);
        assert_int_equal(record.day, dates[i].day);
        medline_record_clear(&record);
    }
}

static void medline_is_told_from_ris_and_from_text(void **state)
{
    assert_true(medline_is_likely("\n\nPMID- 1\nOWN - NLM\n", 20));
    assert_true(medline_is_likely("PMC - 1\r\nTI- x\r\n", 16));
    assert_false(medline_is_likely("TY  - JOUR\nTI  - x\n", 19));
    assert_false(medline_is_likely("Name,Email\n", 11));
    assert_false(medline_is_likely("", 0));
}

/* Counts over the open corpus, where it is there. */
static void expect_corpus(const char *name, int n_records, int n_refused)
{
    g_autofree char *path = g_build_filename("../shared/corpora/medline", name, NULL);
    g_autofree char *bytes = NULL;
    gsize len = 0;
    if (!g_file_get_contents(path, &bytes, &len, NULL)) {
        print_message("# skipped: %s\n", name);
        return;
    }
    g_autoptr(GString) text = charset_decode(bytes, len, CHARSET_NONE, 100 << 20, NULL, NULL);
    g_autoptr(medline_reader) reader = medline_reader_new(text->str, text->len);
    struct medline_record record = { 0 };
    const char *reason = NULL;
    enum medline_step step;
    int counts[MEDLINE_STEP_END + 1] = { 0 };
    while ((step = medline_reader_next(reader, &record, &reason)) != MEDLINE_STEP_END) {
        counts[step]++;
    }
    medline_record_clear(&record);
    assert_int_equal(counts[MEDLINE_STEP_RECORD], n_records);
    assert_int_equal(counts[MEDLINE_STEP_REFUSED], n_refused);
}

static void the_open_corpus_is_read_without_a_loss(void **state)
{
    expect_corpus("nbib/pubmed-balloongui-set.nbib", 75, 0);
    expect_corpus("nbib/single.nbib", 1, 0);
    expect_corpus("biopython/pubmed_result1.txt", 1, 0);
    expect_corpus("biopython/pubmed_result2.txt", 4, 0);
    expect_corpus("jabref/MedlinePlainImporterTestMultipleEntries.txt", 5, 0);
    expect_corpus("jabref/MedlinePlainImporterTestMultiAbstract.txt", 1, 0);
    expect_corpus("jabref/MedlinePlainImporterTestDOI.txt", 1, 0);
    expect_corpus("jabref/MedlinePlainImporterTestInproceeding.txt", 1, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_paper_is_read_whole),
        cmocka_unit_test(identifiers_and_affiliations_belong_to_the_author_before_them),
        cmocka_unit_test(authors_without_full_names_and_old_addresses_are_read),
        cmocka_unit_test(full_and_short_names_apart_are_paired_in_order),
        cmocka_unit_test(records_of_pmc_begin_with_their_own_tag),
        cmocka_unit_test(spoiled_files_lose_only_what_is_spoiled),
        cmocka_unit_test(dates_take_what_is_there),
        cmocka_unit_test(medline_is_told_from_ris_and_from_text),
        cmocka_unit_test(the_open_corpus_is_read_without_a_loss),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
