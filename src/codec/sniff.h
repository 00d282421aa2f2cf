/* What kind of file is this? Told by its content; the name only helps where the content says too little (a LinkedIn
 * `Skills.csv` has the one header `Name`; `guide_messages.csv` is shaped like `messages.csv`). */
#ifndef LIGATURE_CODEC_SNIFF_H
#define LIGATURE_CODEC_SNIFF_H

#include "codec/archive.h"
#include "codec/csv.h"

enum file_kind {
    FILE_NONE,
    /* LinkedIn export, section 1 of the formats page */
    FILE_LINKEDIN_CONNECTIONS, FILE_LINKEDIN_MESSAGES, FILE_LINKEDIN_INVITATIONS, FILE_LINKEDIN_CONTACTS,
    FILE_LINKEDIN_PROFILE, FILE_LINKEDIN_PROFILE_SUMMARY, FILE_LINKEDIN_POSITIONS, FILE_LINKEDIN_EDUCATION,
    FILE_LINKEDIN_SKILLS, FILE_LINKEDIN_LANGUAGES, FILE_LINKEDIN_CERTIFICATIONS, FILE_LINKEDIN_COURSES,
    FILE_LINKEDIN_HONORS, FILE_LINKEDIN_ORGANIZATIONS, FILE_LINKEDIN_PROJECTS, FILE_LINKEDIN_PUBLICATIONS,
    FILE_LINKEDIN_RECOMMENDATIONS_RECEIVED, FILE_LINKEDIN_RECOMMENDATIONS_GIVEN,
    FILE_LINKEDIN_ENDORSEMENTS_RECEIVED, FILE_LINKEDIN_ENDORSEMENTS_GIVEN,
    FILE_LINKEDIN_EMAILS, FILE_LINKEDIN_PHONES, FILE_LINKEDIN_VERIFICATIONS, FILE_LINKEDIN_COMPANY_FOLLOWS,
    FILE_LINKEDIN_EVENTS, FILE_LINKEDIN_REGISTRATION, FILE_LINKEDIN_SHARES, FILE_LINKEDIN_LEARNING,
    FILE_LINKEDIN_ROBOTS,       /* talks with LinkedIn's own robots: nothing to import */
    FILE_LINKEDIN_OTHER,        /* of a LinkedIn export, nothing in it for us (adverts, logins, articles...) */
    /* address books */
    FILE_VCARD, FILE_GOOGLE_CSV_NEW, FILE_GOOGLE_CSV_OLD,
    FILE_OUTLOOK_CSV,           /* Windows, outlook.com, Hotmail, Google's "Outlook CSV" */
    FILE_OUTLOOK_CSV_TRANSLATED,        /* header in another language: read through columns.h */
    FILE_THUNDERBIRD_CSV, FILE_GENERIC_CSV,
    FILE_MEDLINE,
    /* refused, each with its own code and sentence */
    FILE_EMPTY, FILE_BLANK, FILE_XLSX, FILE_XLS, FILE_ODS, FILE_OFFICE, FILE_NUMBERS, FILE_PDF, FILE_HTML,
    FILE_JSON, FILE_XML,
    FILE_MEDLINE_XML, FILE_LDIF, FILE_ICAL, FILE_MBOX, FILE_MAIL, FILE_RIS, FILE_BIBTEX, FILE_IMAGE,
    FILE_MEDIA, FILE_ARCHIVE_OTHER,
    FILE_OUTLOOK_PST, FILE_SQLITE, FILE_PROGRAM, FILE_BINARY, FILE_TEXT,
    N_FILE,
};

/* stable id: "linkedin_connections", "vcard", "xlsx"; borrowed */
const char *file_kind_text(enum file_kind kind);
enum file_kind file_kind_parse(const char *text);       /* FILE_NONE when unknown */
const char *file_kind_words(enum file_kind kind);       /* for people: "LinkedIn connections"; borrowed */
bool file_kind_is_linkedin(enum file_kind kind);
bool file_kind_is_csv(enum file_kind kind);             /* readable by csv.h with file_kind_is_header() */
bool file_kind_is_refused(enum file_kind kind);
/* For a refused kind: sets "import.<text>" ("import.xlsx") and the sentence that names the remedy. Returns false. */
bool file_kind_refuse(enum file_kind kind, GError **error);

/* A csv_is_header: data is `const enum file_kind *`; true for a header of exactly that kind. For
 * FILE_GENERIC_CSV: a row of two or more names. */
bool file_kind_is_header(const struct csv_header *candidate, const void *data);

struct sniff {
    enum file_kind kind;
    char delimiter;             /* CSV kinds */
    int64_t header_line;        /* CSV kinds; 0: no header (a generic CSV that begins with data) */
    struct charset_report charset;
};

#define SNIFF_HEAD (256 * 1024) /* so many first bytes are enough */

/* Of one file. name may be NULL. is_whole: bytes are all of it. Never fails: FILE_BINARY or FILE_TEXT when
 * nothing fits. */
void sniff_bytes(const char *name, const void *bytes, size_t len, bool is_whole, struct sniff *sniff_out);

/* Of each member of a bundle: *sniffs_out is new, bundle_count() long, g_free it (NULL is allowed when it is
 * not wanted). A ZIP that is an office document is refused as a whole. A member that cannot be read
 * (encrypted) has FILE_NONE. *refused_kind_out: set for REFUSED, what the first refused file is (FILE_EMPTY
 * for an empty ZIP or folder). false: nothing could be read ("archive.encrypted", "archive.damaged"...). */
enum bundle_content {
    BUNDLE_CONTENT_NONE,
    BUNDLE_CONTENT_LINKEDIN,    /* at least one LinkedIn file that we read */
    BUNDLE_CONTENT_FILES,       /* other files, at least one of which can be imported */
    BUNDLE_CONTENT_REFUSED,     /* nothing that can be: *refused_kind_out says what it is */
};
bool sniff_bundle(struct bundle *bundle, enum bundle_content *content_out, enum file_kind *refused_kind_out,
                  struct sniff **sniffs_out, GError **error);

#endif
