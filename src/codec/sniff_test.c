/* Every file of the formats page is recognised by what is in it, and its rows are counted. */
#include "codec/sniff.h"

#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define DATA "test/data/"
#define CORPORA "../shared/corpora/"

struct wanted {
    const char *path;
    const char *kind;
    int header_line;
    int rows;
    int refused;
};

/* Recognises one file and reads it with the header of its kind. */
static void expect_file(const char *folder, const struct wanted *wanted)
{
    g_autofree char *path = g_strconcat(folder, wanted->path, NULL);
    g_autofree char *bytes = NULL;
    gsize len = 0;
    assert_true(g_file_get_contents(path, &bytes, &len, NULL));
    struct sniff sniff;
    sniff_bytes(path, bytes, MIN(len, (gsize)SNIFF_HEAD), len <= SNIFF_HEAD, &sniff);
    if (strcmp(file_kind_text(sniff.kind), wanted->kind) != 0) {
        print_error("%s is taken for %s\n", wanted->path, file_kind_text(sniff.kind));
    }
    assert_string_equal(file_kind_text(sniff.kind), wanted->kind);
    if (!file_kind_is_csv(sniff.kind)) {
        return;
    }
    assert_int_equal(sniff.header_line, wanted->header_line);
    g_autoptr(GError) error = NULL;
    g_autoptr(csv_reader) reader = csv_reader_of_text(bytes, len, NULL);
    if (sniff.header_line > 0) {
        assert_true(csv_reader_header(reader, file_kind_is_header, &sniff.kind, &error));
        assert_int_equal(csv_reader_names(reader)->line, wanted->header_line);
        assert_int_equal(csv_reader_delimiter(reader), sniff.delimiter);
    }
    struct csv_row row;
    while (csv_reader_next(reader, &row, &error) < CSV_STEP_END) {
    }
    assert_null(error);
    struct csv_counts counts;
    csv_reader_counts(reader, &counts);
    if (counts.rows != wanted->rows || counts.refused != wanted->refused) {
        print_error("%s: %d rows, %d refused\n", wanted->path, (int)counts.rows, (int)counts.refused);
    }
    assert_int_equal(counts.rows, wanted->rows);
    assert_int_equal(counts.refused, wanted->refused);
}

static void linkedin_files_are_told_apart(void **state)
{
    static const struct wanted files[] = {
        { "Connections.csv", "linkedin_connections", 4, 7, 0 },
        { "messages.csv", "linkedin_messages", 1, 6, 0 },
        { "guide_messages.csv", "linkedin_robots", 1, 1, 0 },
        { "Invitations.csv", "linkedin_invitations", 1, 2, 0 },
        { "Contacts.csv", "linkedin_contacts", 1, 1, 0 },
        { "Profile.csv", "linkedin_profile", 1, 1, 0 },
        { "Profile Summary.csv", "linkedin_profile_summary", 1, 1, 0 },
        { "Positions.csv", "linkedin_positions", 1, 2, 0 },
        { "Education.csv", "linkedin_education", 1, 1, 0 },
        { "Skills.csv", "linkedin_skills", 1, 2, 0 },
        { "Languages.csv", "linkedin_languages", 1, 2, 0 },
        { "Certifications.csv", "linkedin_certifications", 1, 1, 0 },
        { "Courses.csv", "linkedin_courses", 1, 1, 0 },
        { "Honors.csv", "linkedin_honors", 1, 1, 0 },
        { "Organizations.csv", "linkedin_organizations", 1, 1, 0 },
        { "Projects.csv", "linkedin_projects", 1, 1, 0 },
        { "Publications.csv", "linkedin_publications", 1, 1, 0 },
        { "Recommendations_Received.csv", "linkedin_recommendations_received", 1, 1, 0 },
        { "Recommendations_Given.csv", "linkedin_recommendations_given", 1, 1, 0 },
        { "Endorsement_Received_Info.csv", "linkedin_endorsements_received", 1, 2, 0 },
        { "Endorsement_Given_Info.csv", "linkedin_endorsements_given", 1, 1, 0 },
        { "Email Addresses.csv", "linkedin_emails", 1, 1, 0 },
        { "PhoneNumbers.csv", "linkedin_phones", 1, 1, 0 },
        { "Whatsapp Phone Numbers.csv", "linkedin_phones", 1, 1, 0 },
        { "Company Follows.csv", "linkedin_company_follows", 1, 1, 0 },
        { "Events.csv", "linkedin_events", 1, 1, 0 },
        { "Registration.csv", "linkedin_registration", 1, 1, 0 },
        { "Verifications.csv", "linkedin_verifications", 1, 1, 0 },
        { "Ad_Targeting.csv", "linkedin_other", 1, 1, 0 },
        { "Shares.csv", "linkedin_shares", 1, 1, 0 },
        { "Learning.csv", "linkedin_learning", 1, 1, 0 },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        expect_file(DATA "linkedin/2024/", &files[i]);
    }
}

static void older_and_resaved_linkedin_files_are_told(void **state)
{
    static const struct wanted files[] = {
        { "2018/Connections.csv", "linkedin_connections", 1, 2, 0 },
        { "2018/Messages.csv", "linkedin_messages", 1, 1, 0 },
        { "2018/Invitations.csv", "linkedin_invitations", 1, 1, 0 },
        { "2018/Imported Contacts.csv", "linkedin_contacts", 1, 1, 0 },
        { "2018/Profile.csv", "linkedin_profile", 1, 1, 0 },
        { "2018/Honors.csv", "linkedin_honors", 1, 1, 0 },
        { "2018/Shares.csv", "linkedin_shares", 1, 1, 0 },
        { "resaved/Connections.csv", "linkedin_connections", 4, 7, 0 },
        { "tail/Connections.csv", "linkedin_connections", 5, 1, 0 },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        expect_file(DATA "linkedin/", &files[i]);
    }
}

static void address_books_and_lists_are_told(void **state)
{
    static const struct wanted files[] = {
        { "google/new.csv", "google_csv_new", 1, 3, 0 },
        { "google/old.csv", "google_csv_old", 1, 2, 0 },
        { "outlook/windows.csv", "outlook_csv", 1, 2, 0 },
        { "outlook/outlookcom.csv", "outlook_csv", 1, 1, 0 },
        { "outlook/hand.csv", "outlook_csv", 1, 1, 0 },
        { "outlook/german.csv", "outlook_csv_translated", 1, 1, 0 },
        { "outlook/thunderbird.csv", "thunderbird_csv", 1, 1, 0 },
        { "csv/people.csv", "generic_csv", 1, 2, 0 },
        { "csv/semicolon.csv", "generic_csv", 1, 1, 0 },
        { "csv/headless.csv", "generic_csv", 0, 2, 0 },
        { "csv/one-column.csv", "generic_csv", 1, 2, 0 },
        { "csv/cut.csv", "generic_csv", 1, 1, 1 },
        { "medline/paper.nbib", "medline", 0, 0, 0 },
        { "medline/pmc.txt", "medline", 0, 0, 0 },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        expect_file(DATA, &files[i]);
    }
}

static void what_cannot_be_read_is_named_for_what_it_is(void **state)
{
    static const struct wanted files[] = {
        { "csv/refused/page.csv", "html" }, { "csv/refused/empty.csv", "empty" }, { "csv/refused/blank.csv", "blank" },
        { "csv/refused/data.json", "json" }, { "csv/refused/list.json", "json" }, { "csv/refused/book.ldif", "ldif" },
        { "csv/refused/calendar.csv", "ical" }, { "csv/refused/mailbox.txt", "mbox" },
        { "csv/refused/letter.eml", "mail" },
        { "csv/refused/pubmed.xml", "medline_xml" }, { "csv/refused/other.xml", "xml" },
        { "csv/refused/papers.ris", "ris" },
        { "csv/refused/papers.bib", "bibtex" }, { "csv/refused/prose.txt", "text" }, { "csv/refused/old.xls", "xls" },
        { "csv/refused/doc.pdf", "pdf" }, { "csv/refused/picture.png", "image" },
        { "csv/refused/noise.bin", "binary" },
        { "csv/refused/zeros.csv", "blank" }, { "zip/book.xlsx", "xlsx" }, { "zip/letter.docx", "office" },
        { "zip/sheet.ods", "ods" },
        { "zip/photos.zip", "archive" },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        expect_file(DATA, &files[i]);
        enum file_kind kind = file_kind_parse(files[i].kind);
        assert_true(file_kind_is_refused(kind));
        g_autoptr(GError) error = NULL;
        assert_false(file_kind_refuse(kind, &error));
        g_autofree char *code = g_strconcat("import.", files[i].kind, NULL);
        assert_string_equal(error_code(error), code);
        assert_true(g_str_has_suffix(error->message, " Nothing was changed."));
    }
}

static void prose_with_commas_is_no_list(void **state)
{
    static const char *const texts[] = {
        "Hello Ada, dear friend,\nthe ward was quiet, the nights long, and the coffee, well, weak.\nWrite soon,\nBo\n",
        "First, a word.\n\nSecond, another, and a third.\nNo more.\nThat is all.\n",
        "one line only, with a comma",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        struct sniff sniff;
        sniff_bytes("notes.csv", texts[i], strlen(texts[i]), true, &sniff);
        assert_string_equal(file_kind_text(sniff.kind), "text");
    }
}

static void the_sentence_for_a_workbook_names_the_remedy(void **state)
{
    g_autoptr(GError) error = NULL;
    assert_false(file_kind_refuse(FILE_XLSX, &error));
    assert_string_equal(error->message,
                        "This is an Excel workbook, not a CSV. In Excel choose Save as, CSV UTF-8, and bring "
                        "that file. "
                        "Nothing was changed.");
}

static void every_kind_has_its_words(void **state)
{
    for (enum file_kind kind = FILE_NONE; kind < N_FILE; kind++) {
        assert_true(*file_kind_text(kind) != '\0' && *file_kind_words(kind) != '\0');
        assert_int_equal(file_kind_parse(file_kind_text(kind)), kind);
    }
}

/* Opens and recognises a bundle; the content, and what the first refused file is. */
static struct bundle *open_bundle(const char *path, enum bundle_content *content, enum file_kind *refused,
                                  struct sniff **sniffs)
{
    g_autoptr(GError) error = NULL;
    struct bundle *bundle = bundle_open(path, NULL, &error);
    assert_null(error);
    assert_true(sniff_bundle(bundle, content, refused, sniffs, &error));
    return bundle;
}

static void an_archive_and_its_folder_are_the_same_export(void **state)
{
    static const char *const paths[] = { DATA "zip/Basic_LinkedInDataExport_03-20-2024.zip", DATA "linkedin/2024" };
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        enum bundle_content content;
        enum file_kind refused;
        g_autofree struct sniff *sniffs = NULL;
        g_autoptr(bundle_ref) bundle = open_bundle(paths[i], &content, &refused, &sniffs);
        assert_int_equal(content, BUNDLE_CONTENT_LINKEDIN);
        assert_int_equal(bundle_count(bundle), 32);
        assert_int_equal(sniffs[bundle_find(bundle, "connections.csv")].kind, FILE_LINKEDIN_CONNECTIONS);
        assert_int_equal(sniffs[bundle_find(bundle, "Phone Numbers.csv")].kind, FILE_LINKEDIN_PHONES);
        assert_int_equal(sniffs[bundle_find(bundle, "guide_messages.csv")].kind, FILE_LINKEDIN_ROBOTS);
        assert_int_equal(sniffs[bundle_find(bundle, "one.html")].kind, FILE_LINKEDIN_OTHER);
    }
}

static void bundles_of_other_things_are_told(void **state)
{
    static const struct {
        const char *path;
        enum bundle_content content;
        enum file_kind refused;
    } bundles[] = {
        { "zip/book.xlsx", BUNDLE_CONTENT_REFUSED, FILE_XLSX },
        { "zip/letter.docx", BUNDLE_CONTENT_REFUSED, FILE_OFFICE },
        { "zip/sheet.ods", BUNDLE_CONTENT_REFUSED, FILE_ODS },
        { "zip/photos.zip", BUNDLE_CONTENT_REFUSED, FILE_IMAGE },
        { "zip/empty.zip", BUNDLE_CONTENT_REFUSED, FILE_EMPTY },
        { "zip/cards.zip", BUNDLE_CONTENT_FILES, FILE_TEXT },
        { "csv/refused/page.csv", BUNDLE_CONTENT_REFUSED, FILE_HTML },
        { "google/new.csv", BUNDLE_CONTENT_FILES, FILE_EMPTY },
        { "linkedin/2018/Connections.csv", BUNDLE_CONTENT_LINKEDIN, FILE_EMPTY },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(bundles); i++) {
        g_autofree char *path = g_strconcat(DATA, bundles[i].path, NULL);
        enum bundle_content content;
        enum file_kind refused;
        g_autoptr(bundle_ref) bundle = open_bundle(path, &content, &refused, NULL);
        assert_int_equal(content, bundles[i].content);
        assert_int_equal(refused, bundles[i].refused);
    }
    g_autoptr(GError) error = NULL;
    assert_null(bundle_open(DATA "zip/cut-off.zip", NULL, &error));
    assert_string_equal(error_code(error), "archive.cut_off");
}

static void the_open_corpora_are_recognised(void **state)
{
    static const struct wanted files[] = {
        { "linkedin/kawsay/Connections.csv", "linkedin_connections", 4, 2, 0 },
        { "linkedin/kawsay/messages.csv", "linkedin_messages", 1, 3, 0 },
        { "linkedin/kawsay/Rich_Media.csv", "linkedin_other", 1, 1, 0 },
        { "linkedin/labeldekho/Connections.csv", "linkedin_connections", 5, 10, 0 },
        { "linkedin/labeldekho/Messages.csv", "linkedin_messages", 1, 11, 0 },
        { "linkedin/linkedin-analyzer/tests/fixtures/connections-parity.csv", "linkedin_connections", 4, 5, 0 },
        { "linkedin/linkedin-analyzer/tests/fixtures/shares-parity.csv", "linkedin_shares", 1, 6, 0 },
        { "linkedin/linkedin-analyzer/tests/fixtures/shares-corpus.csv", "linkedin_shares", 1, 220, 0 },
        { "linkedin/linkedin-analyzer/web/e2e/fixtures/Shares.csv", "linkedin_shares", 1, 1, 0 },
        { "linkedin/linkedin-analyzer/web/e2e/fixtures/BrowserXlsx.csv", "linkedin_other", 1, 6, 0 },
        { "linkedin/linkedin-analyzer/web/e2e/fixtures/Invalid.csv", "generic_csv", 1, 1, 0 },
        { "linkedin/network-jobs/Connections.csv", "linkedin_connections", 4, 10, 0 },
        { "linkedin/silkyrich-export/sample_export/Company Follows.csv", "linkedin_company_follows", 1, 52, 0 },
        { "linkedin/silkyrich-export/sample_export/Education.csv", "linkedin_education", 1, 2, 0 },
        { "linkedin/silkyrich-export/sample_export/Email Addresses.csv", "linkedin_emails", 1, 2, 0 },
        { "linkedin/silkyrich-export/sample_export/Endorsement_Received_Info.csv",
            "linkedin_endorsements_received", 1, 700, 0 },
        { "linkedin/silkyrich-export/sample_export/Events.csv", "linkedin_events", 1, 9, 0 },
        { "linkedin/silkyrich-export/sample_export/Languages.csv", "linkedin_languages", 1, 1, 0 },
        { "linkedin/silkyrich-export/sample_export/PhoneNumbers.csv", "linkedin_phones", 1, 4, 0 },
        { "linkedin/silkyrich-export/sample_export/Positions.csv", "linkedin_positions", 1, 11, 0 },
        { "linkedin/silkyrich-export/sample_export/Profile.csv", "linkedin_profile", 1, 1, 0 },
        { "linkedin/silkyrich-export/sample_export/Profile Summary.csv", "linkedin_profile_summary", 1, 1, 0 },
        { "linkedin/silkyrich-export/sample_export/Publications.csv", "linkedin_publications", 1, 2, 0 },
        { "linkedin/silkyrich-export/sample_export/Recommendations_Received.csv",
            "linkedin_recommendations_received", 1, 27, 0 },
        { "linkedin/silkyrich-export/sample_export/Registration.csv", "linkedin_registration", 1, 1, 0 },
        { "linkedin/silkyrich-export/sample_export/Shares.csv", "linkedin_shares", 1, 25, 0 },
        { "linkedin/silkyrich-export/sample_export/Skills.csv", "linkedin_skills", 1, 60, 0 },
        { "google-csv/roundcube-old/gmail.csv", "google_csv_old", 1, 1, 0 },
        { "google-csv/roundcube-old/gmail.vcf", "vcard", 0, 0, 0 },
        { "google-csv/users-csv-cleaner/google.csv", "google_csv_old", 1, 0, 0 },
        { "outlook-csv/thunderbird/mail/components/addrbook/test/browser/data/import.csv", "generic_csv", 1, 1, 0 },
        { "outlook-csv/thunderbird/mailnews/import/test/unit/resources/csv_no_header.csv", "generic_csv", 0, 2, 0 },
        { "outlook-csv/thunderbird/mailnews/import/test/unit/resources/csv_semicolon.csv", "thunderbird_csv",
            1, 2, 0 },
        { "outlook-csv/thunderbird/mailnews/import/test/unit/resources/quote.csv", "thunderbird_csv", 1, 1, 0 },
        { "outlook-csv/thunderbird/mailnews/import/test/unit/resources/tab_comma_mixed.csv", "text", 0, 0, 0 },
        { "outlook-csv/thunderbird/mailnews/import/test/unit/resources/utf16_addressbook.csv",
            "thunderbird_csv", 1, 1, 0 },
        { "outlook-csv/thunderbird/mailnews/import/test/unit/resources/basic_ldif_addressbook.ldif", "ldif", 0, 0, 0 },
        { "outlook-csv/thunderbird/mailnews/import/test/unit/resources/bug_263304.ldif", "ldif", 0, 0, 0 },
        { "medline/nbib/single.nbib", "medline", 0, 0, 0 },
        { "medline/nbib/pubmed-balloongui-set.nbib", "medline", 0, 0, 0 },
        { "medline/biopython/pubmed_result1.txt", "medline", 0, 0, 0 },
        { "medline/biopython/pubmed_result2.txt", "medline", 0, 0, 0 },
        { "medline/jabref/MedlinePlainImporterTestDOI.txt", "medline", 0, 0, 0 },
        { "medline/jabref/MedlinePlainImporterTestInproceeding.txt", "medline", 0, 0, 0 },
        { "medline/jabref/MedlinePlainImporterTestMultiAbstract.txt", "medline", 0, 0, 0 },
        { "medline/jabref/MedlinePlainImporterTestMultipleEntries.txt", "medline", 0, 0, 0 },
        { "medline/jabref/MedlineImporterTestMalformedEntry.xml", "medline_xml", 0, 0, 0 },
        { "medline/jabref/MedlineImporterTestMathML.xml", "medline_xml", 0, 0, 0 },
        { "medline/jabref/MedlineImporterTestNbib.xml", "medline_xml", 0, 0, 0 },
    };
    if (!g_file_test(CORPORA, G_FILE_TEST_IS_DIR)) {
        print_message("# skipped: the open corpora are not here\n");
        skip();
    }
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        expect_file(CORPORA, &files[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(linkedin_files_are_told_apart),
        cmocka_unit_test(older_and_resaved_linkedin_files_are_told),
        cmocka_unit_test(address_books_and_lists_are_told),
        cmocka_unit_test(what_cannot_be_read_is_named_for_what_it_is),
        cmocka_unit_test(prose_with_commas_is_no_list),
        cmocka_unit_test(the_sentence_for_a_workbook_names_the_remedy),
        cmocka_unit_test(every_kind_has_its_words),
        cmocka_unit_test(an_archive_and_its_folder_are_the_same_export),
        cmocka_unit_test(bundles_of_other_things_are_told),
        cmocka_unit_test(the_open_corpora_are_recognised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
