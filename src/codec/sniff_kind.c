/* The kinds of files: ids, words, and for what cannot be read the sentence that says what to do instead. */
#include "codec/sniff.h"

#include "base/error.h"

#include <string.h>

#define UNCHANGED " Nothing was changed."

static const struct {
    const char *text;
    const char *words;
    const char *refusal;        /* NULL: it is read, or passed over in an archive */
} kinds[N_FILE] = {
    [FILE_NONE] = { "none", "Unreadable", NULL },
    [FILE_LINKEDIN_CONNECTIONS] = { "linkedin_connections", "LinkedIn connections", NULL },
    [FILE_LINKEDIN_MESSAGES] = { "linkedin_messages", "LinkedIn messages", NULL },
    [FILE_LINKEDIN_INVITATIONS] = { "linkedin_invitations", "LinkedIn invitations", NULL },
    [FILE_LINKEDIN_CONTACTS] = { "linkedin_contacts", "Address book uploaded to LinkedIn", NULL },
    [FILE_LINKEDIN_PROFILE] = { "linkedin_profile", "Your LinkedIn profile", NULL },
    [FILE_LINKEDIN_PROFILE_SUMMARY] = { "linkedin_profile_summary", "Your LinkedIn summary", NULL },
    [FILE_LINKEDIN_POSITIONS] = { "linkedin_positions", "Your positions on LinkedIn", NULL },
    [FILE_LINKEDIN_EDUCATION] = { "linkedin_education", "Your education on LinkedIn", NULL },
    [FILE_LINKEDIN_SKILLS] = { "linkedin_skills", "Your skills on LinkedIn", NULL },
    [FILE_LINKEDIN_LANGUAGES] = { "linkedin_languages", "Your languages on LinkedIn", NULL },
    [FILE_LINKEDIN_CERTIFICATIONS] = { "linkedin_certifications", "Your certifications on LinkedIn", NULL },
    [FILE_LINKEDIN_COURSES] = { "linkedin_courses", "Your courses on LinkedIn", NULL },
    [FILE_LINKEDIN_HONORS] = { "linkedin_honors", "Your honors on LinkedIn", NULL },
    [FILE_LINKEDIN_ORGANIZATIONS] = { "linkedin_organizations", "Your organisations on LinkedIn", NULL },
    [FILE_LINKEDIN_PROJECTS] = { "linkedin_projects", "Your projects on LinkedIn", NULL },
    [FILE_LINKEDIN_PUBLICATIONS] = { "linkedin_publications", "Your publications on LinkedIn", NULL },
    [FILE_LINKEDIN_RECOMMENDATIONS_RECEIVED] = { "linkedin_recommendations_received",
        "Recommendations for you on LinkedIn", NULL },
    [FILE_LINKEDIN_RECOMMENDATIONS_GIVEN] = { "linkedin_recommendations_given",
        "Recommendations by you on LinkedIn", NULL },
    [FILE_LINKEDIN_ENDORSEMENTS_RECEIVED] = { "linkedin_endorsements_received",
        "Endorsements for you on LinkedIn", NULL },
    [FILE_LINKEDIN_ENDORSEMENTS_GIVEN] = { "linkedin_endorsements_given", "Endorsements by you on LinkedIn", NULL },
    [FILE_LINKEDIN_EMAILS] = { "linkedin_emails", "Your e-mail addresses on LinkedIn", NULL },
    [FILE_LINKEDIN_PHONES] = { "linkedin_phones", "Your telephone numbers on LinkedIn", NULL },
    [FILE_LINKEDIN_VERIFICATIONS] = { "linkedin_verifications", "LinkedIn verifications", NULL },
    [FILE_LINKEDIN_COMPANY_FOLLOWS] = { "linkedin_company_follows", "Organisations you follow on LinkedIn", NULL },
    [FILE_LINKEDIN_EVENTS] = { "linkedin_events", "LinkedIn events", NULL },
    [FILE_LINKEDIN_REGISTRATION] = { "linkedin_registration", "LinkedIn registration", NULL },
    [FILE_LINKEDIN_SHARES] = { "linkedin_shares", "Your posts on LinkedIn", NULL },
    [FILE_LINKEDIN_LEARNING] = { "linkedin_learning", "LinkedIn Learning", NULL },
    [FILE_LINKEDIN_ROBOTS] = { "linkedin_robots", "Talks with LinkedIn's robots",
        "These are talks with LinkedIn's own assistants, not with people. Bring messages.csv of the same "
        "export." UNCHANGED },
    [FILE_LINKEDIN_OTHER] = { "linkedin_other", "Another part of a LinkedIn export",
        "This part of a LinkedIn export says nothing about people you know. Bring the whole ZIP, or "
        "Connections.csv." UNCHANGED },
    [FILE_VCARD] = { "vcard", "Address book (vCard)", NULL },
    [FILE_GOOGLE_CSV_NEW] = { "google_csv_new", "Google Contacts", NULL },
    [FILE_GOOGLE_CSV_OLD] = { "google_csv_old", "Google Contacts (before 2024)", NULL },
    [FILE_OUTLOOK_CSV] = { "outlook_csv", "Outlook contacts", NULL },
    [FILE_OUTLOOK_CSV_TRANSLATED] = { "outlook_csv_translated", "Outlook contacts in another language", NULL },
    [FILE_THUNDERBIRD_CSV] = { "thunderbird_csv", "Thunderbird address book", NULL },
    [FILE_GENERIC_CSV] = { "generic_csv", "A list (CSV)", NULL },
    [FILE_MEDLINE] = { "medline", "Papers (PubMed)", NULL },
    [FILE_EMPTY] = { "empty", "Empty file", "This file is empty. Export it again and bring the new one." UNCHANGED },
    [FILE_BLANK] = { "blank", "Blank file",
        "There is no text in this file, only blanks. Export it again and bring the new one." UNCHANGED },
    [FILE_XLSX] = { "xlsx", "Excel workbook",
        "This is an Excel workbook, not a CSV. In Excel choose Save as, CSV UTF-8, and bring that file." UNCHANGED },
    [FILE_XLS] = { "xls", "Old Excel workbook",
        "This is an old Excel workbook, not a CSV. In Excel choose Save as, CSV UTF-8, and bring that "
        "file." UNCHANGED },
    [FILE_ODS] = { "ods", "LibreOffice spreadsheet",
        "This is a LibreOffice spreadsheet, not a CSV. In LibreOffice choose Save as, Text CSV, character "
        "set UTF-8, and bring that file." UNCHANGED },
    [FILE_OFFICE] = { "office", "Text document or slides",
        "This is a text document, not an address book. If it holds a table of people, copy that into a "
        "spreadsheet and save it as CSV UTF-8." UNCHANGED },
    [FILE_NUMBERS] = { "numbers", "Numbers spreadsheet",
        "This is a Numbers spreadsheet, not a CSV. In Numbers choose File, Export to, CSV, and bring that "
        "file." UNCHANGED },
    [FILE_PDF] = { "pdf", "PDF",
        "This is a PDF, which holds no contacts that can be read. Export the list as CSV or vCard and bring "
        "that file." UNCHANGED },
    [FILE_HTML] = { "html", "Web page",
        "This is a web page, perhaps a sign-in or error page saved in place of the file. Sign in, download "
        "the file again and bring that one." UNCHANGED },
    [FILE_JSON] = { "json", "JSON",
        "This is JSON. Ligature reads contacts as CSV or vCard: export one of these and bring that file." UNCHANGED },
    [FILE_XML] = { "xml", "XML",
        "This is XML. Ligature reads contacts as CSV or vCard: export one of these and bring that file." UNCHANGED },
    [FILE_MEDLINE_XML] = { "medline_xml", "PubMed XML",
        "This is PubMed's XML. On PubMed choose Send to, Citation manager, and bring the .nbib file." UNCHANGED },
    [FILE_LDIF] = { "ldif", "LDIF",
        "This is LDIF, which is not read. In Thunderbird choose Export, vCard, and bring that file." UNCHANGED },
    [FILE_ICAL] = { "ical", "Calendar",
        "This is a calendar, not an address book. Export the contacts as vCard or CSV and bring that "
        "file." UNCHANGED },
    [FILE_MBOX] = { "mbox", "Mailbox",
        "This is a mailbox of messages, not an address book. Export the contacts as vCard or CSV and bring "
        "that file." UNCHANGED },
    [FILE_MAIL] = { "mail", "Mail message",
        "This is a mail message. If the contacts are attached to it, save the attachment and bring that "
        "file." UNCHANGED },
    [FILE_RIS] = { "ris", "References (RIS)",
        "These are references in RIS, which is not read. From PubMed bring the .nbib file of the same "
        "papers." UNCHANGED },
    [FILE_BIBTEX] = { "bibtex", "References (BibTeX)",
        "These are references in BibTeX, which is not read. From PubMed bring the .nbib file of the same "
        "papers." UNCHANGED },
    [FILE_IMAGE] = { "image", "Picture", "This is a picture. Bring the contacts as CSV or vCard." UNCHANGED },
    [FILE_MEDIA] = { "media", "Sound or film",
        "This is sound or film. Bring the contacts as CSV or vCard." UNCHANGED },
    [FILE_ARCHIVE_OTHER] = { "archive", "Packed file",
        "This is a packed file of a kind that is not opened here. Unpack it and bring the files inside." UNCHANGED },
    [FILE_OUTLOOK_PST] = { "pst", "Outlook data file",
        "This is an Outlook data file. In Outlook choose File, Open and Export, Export to a file, Comma "
        "Separated Values, Contacts." UNCHANGED },
    [FILE_SQLITE] = { "sqlite", "Database",
        "This is a database. Export the contacts from its program as CSV or vCard." UNCHANGED },
    [FILE_PROGRAM] = { "program", "Program", "This is a program, not an address book." UNCHANGED },
    [FILE_BINARY] = { "binary", "Unknown file",
        "This file is of no kind that Ligature knows. Bring the contacts as CSV or vCard." UNCHANGED },
    [FILE_TEXT] = { "text", "Text",
        "This is text without columns or contacts in it. Bring the contacts as CSV or vCard." UNCHANGED },
};

const char *file_kind_text(enum file_kind kind)
{
    return kind < N_FILE ? kinds[kind].text : "";
}

enum file_kind file_kind_parse(const char *text)
{
    for (enum file_kind kind = FILE_NONE; kind < N_FILE; kind++) {
        if (strcmp(kinds[kind].text, text) == 0) {
            return kind;
        }
    }
    return FILE_NONE;
}

const char *file_kind_words(enum file_kind kind)
{
    return kind < N_FILE ? kinds[kind].words : "";
}

bool file_kind_is_linkedin(enum file_kind kind)
{
    return kind >= FILE_LINKEDIN_CONNECTIONS && kind <= FILE_LINKEDIN_OTHER;
}

bool file_kind_is_csv(enum file_kind kind)
{
    return file_kind_is_linkedin(kind) || (kind >= FILE_GOOGLE_CSV_NEW && kind <= FILE_GENERIC_CSV);
}

bool file_kind_is_refused(enum file_kind kind)
{
    return kind >= FILE_EMPTY && kind < N_FILE;
}

bool file_kind_refuse(enum file_kind kind, GError **error)
{
    g_assert(kind < N_FILE);
    const char *refusal = kinds[kind].refusal != NULL ? kinds[kind].refusal : kinds[FILE_BINARY].refusal;
    g_autofree char *code = g_strdup_printf("import.%s", kinds[kind].text);
    return refuse(error, code, "%s", refusal);
}
