/* Headers of the programs known. A rule holds when all its names are there, so that added, dropped and moved
 * columns do not matter. The first rule that holds wins: the more particular stand first. */
#include "codec/sniff_part.h"

#include "codec/columns.h"

#include <string.h>

#define MAX_NAMES 6

struct rule {
    enum file_kind kind;
    int n_columns;              /* exactly so many; 0: any */
    const char *file;           /* only under this name; NULL: any. For headers that say too little */
    const char *names[MAX_NAMES];
};

static const struct rule rules[] = {
    { FILE_LINKEDIN_CONNECTIONS, 0, NULL, { "first name", "last name", "connected on" } },
    { FILE_LINKEDIN_MESSAGES, 0, NULL, { "conversation id", "from", "to", "date", "content" } },
    { FILE_LINKEDIN_MESSAGES, 0, NULL, { "from", "to", "date", "subject", "content", "direction" } },
    { FILE_LINKEDIN_INVITATIONS, 0, NULL, { "from", "to", "sent at", "direction" } },
    { FILE_LINKEDIN_CONTACTS, 0, NULL, { "firstname", "lastname", "emails", "phonenumbers" } },
    { FILE_LINKEDIN_CONTACTS, 0, NULL,
        { "first name", "last name", "email address", "phone numbers", "bookmarked at" } },
    { FILE_LINKEDIN_PROFILE, 0, NULL, { "first name", "last name", "headline", "industry", "geo location" } },
    { FILE_LINKEDIN_PROFILE_SUMMARY, 1, NULL, { "profile summary" } },
    { FILE_LINKEDIN_POSITIONS, 0, NULL, { "company name", "title", "started on", "finished on" } },
    { FILE_LINKEDIN_EDUCATION, 0, NULL, { "school name", "start date", "end date", "degree name" } },
    { FILE_LINKEDIN_SKILLS, 1, "Skills.csv", { "name" } },
    { FILE_LINKEDIN_LANGUAGES, 2, NULL, { "name", "proficiency" } },
    { FILE_LINKEDIN_CERTIFICATIONS, 0, NULL, { "name", "authority", "license number" } },
    { FILE_LINKEDIN_COURSES, 2, "Courses.csv", { "name", "number" } },
    { FILE_LINKEDIN_HONORS, 0, NULL, { "title", "description", "issued on" } },
    { FILE_LINKEDIN_HONORS, 0, NULL, { "title", "description", "issuer", "issue date" } },
    { FILE_LINKEDIN_ORGANIZATIONS, 0, NULL, { "name", "description", "position", "started on" } },
    { FILE_LINKEDIN_PROJECTS, 0, NULL, { "title", "description", "url", "started on" } },
    { FILE_LINKEDIN_PROJECTS, 0, NULL, { "title", "description", "url", "start date" } },
    { FILE_LINKEDIN_PUBLICATIONS, 0, NULL, { "name", "published on", "publisher" } },
    { FILE_LINKEDIN_RECOMMENDATIONS_RECEIVED, 0, NULL,
        { "first name", "last name", "job title", "text", "creation date", "status" } },
    { FILE_LINKEDIN_ENDORSEMENTS_RECEIVED, 0, NULL, { "skill name", "endorser first name", "endorser last name" } },
    { FILE_LINKEDIN_ENDORSEMENTS_GIVEN, 0, NULL, { "skill name", "endorsee first name", "endorsee last name" } },
    { FILE_LINKEDIN_EMAILS, 0, NULL, { "email address", "confirmed", "primary" } },
    { FILE_LINKEDIN_PHONES, 0, NULL, { "extension", "number", "is_whatsapp_number" } },
    { FILE_LINKEDIN_PHONES, 3, NULL, { "extension", "number", "type" } },
    { FILE_LINKEDIN_VERIFICATIONS, 0, NULL, { "verification type", "verified date" } },
    { FILE_LINKEDIN_COMPANY_FOLLOWS, 0, NULL, { "organization", "followed on" } },
    { FILE_LINKEDIN_EVENTS, 0, NULL, { "event name", "event time", "status" } },
    { FILE_LINKEDIN_REGISTRATION, 0, NULL, { "registered at", "registration ip" } },
    { FILE_LINKEDIN_SHARES, 0, NULL, { "date", "sharelink", "sharecommentary" } },
    { FILE_LINKEDIN_LEARNING, 0, NULL, { "content title", "content type", "content saved" } },
    { FILE_LINKEDIN_OTHER, 0, NULL, { "date", "link", "message" } },                     /* Comments.csv */
    { FILE_LINKEDIN_OTHER, 3, NULL, { "date", "type", "link" } },                        /* Reactions.csv */
    { FILE_LINKEDIN_OTHER, 2, NULL, { "time", "media link" } },                          /* Rich_Media.csv */
    { FILE_LINKEDIN_OTHER, 2, NULL, { "time", "search query" } },                        /* SearchQueries.csv */
    { FILE_LINKEDIN_OTHER, 0, NULL, { "login date", "ip address", "user agent" } },      /* Logins.csv */
    { FILE_LINKEDIN_OTHER, 0, NULL, { "application date", "contact email", "company name", "job title" } },
    { FILE_LINKEDIN_OTHER, 0, NULL, { "member age", "company names" } },                 /* Ad_Targeting.csv */
    { FILE_LINKEDIN_OTHER, 0, NULL, { "ad date", "ad title/id" } },                      /* Ads Clicked.csv */

    { FILE_GOOGLE_CSV_NEW, 0, NULL, { "first name", "last name", "file as", "labels" } },
    { FILE_GOOGLE_CSV_NEW, 0, NULL, { "first name", "last name", "e-mail 1 - value" } },
    { FILE_GOOGLE_CSV_NEW, 0, NULL, { "first name", "last name", "phone 1 - value" } },
    { FILE_GOOGLE_CSV_OLD, 0, NULL, { "given name", "family name", "group membership" } },
    { FILE_GOOGLE_CSV_OLD, 0, NULL, { "given name", "family name", "yomi name" } },
    { FILE_GOOGLE_CSV_OLD, 0, NULL, { "name", "e-mail 1 - value" } },
    { FILE_THUNDERBIRD_CSV, 0, NULL, { "display name", "primary email" } },
    { FILE_THUNDERBIRD_CSV, 0, NULL, { "first name", "last name", "primary email" } },
    { FILE_OUTLOOK_CSV, 0, NULL, { "e-mail address", "e-mail 2 address" } },
    { FILE_OUTLOOK_CSV, 0, NULL, { "first name", "last name", "business phone" } },
    { FILE_OUTLOOK_CSV, 0, NULL, { "first name", "last name", "business street" } },
    { FILE_OUTLOOK_CSV, 0, NULL, { "first name", "last name", "e-mail address" } },

    /* Outlook in German, French, Spanish, Portuguese, Italian, Dutch; short lists of the same words are lists
     * like any other */
    { FILE_OUTLOOK_CSV_TRANSLATED, 0, NULL, { "vorname", "nachname", "e-mail-adresse", "firma" } },
    { FILE_OUTLOOK_CSV_TRANSLATED, 0, NULL, { "vorname", "nachname", "e-mail-adresse", "position" } },
    { FILE_OUTLOOK_CSV_TRANSLATED, 0, NULL, { "prénom", "nom", "adresse de messagerie" } },
    { FILE_OUTLOOK_CSV_TRANSLATED, 0, NULL, { "nombre", "apellidos", "dirección de correo electrónico" } },
    { FILE_OUTLOOK_CSV_TRANSLATED, 0, NULL, { "nome", "sobrenome", "endereço de email" } },
    { FILE_OUTLOOK_CSV_TRANSLATED, 0, NULL, { "nome", "apelido", "endereço de correio eletrónico" } },
    { FILE_OUTLOOK_CSV_TRANSLATED, 0, NULL, { "nome", "cognome", "indirizzo posta elettronica" } },
    { FILE_OUTLOOK_CSV_TRANSLATED, 0, NULL, { "voornaam", "achternaam", "e-mailadres", "bedrijf" } },
};

/* LinkedIn's talks with its own robots are shaped like messages; only their names tell. */
static const char *const robots[] = {
    "guide_messages.csv", "coach_messages.csv", "learning_coach_messages.csv", "learning_role_play_messages.csv", NULL,
};

/* The names of a header as they are compared; the rules' own are written so. */
static GHashTable *fold_names(const struct csv_header *header)
{
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int i = 0; i < header->n; i++) {
        if (strlen(header->names[i]) < 200) {           /* longer ones are texts */
            g_hash_table_add(names, csv_header_fold(header->names[i]));
        }
    }
    return names;
}

/* names: of a header with n columns; name: of the file. */
static bool holds(const struct rule *rule, GHashTable *names, int n, const char *name)
{
    if ((rule->n_columns > 0 && n != rule->n_columns)
        || (rule->file != NULL && (name == NULL || !bundle_name_is(name, rule->file)))) {
        return false;
    }
    for (int i = 0; i < MAX_NAMES && rule->names[i] != NULL; i++) {
        if (!g_hash_table_contains(names, rule->names[i])) {
            return false;
        }
    }
    return true;
}

/* The kind that a file's name makes of a kind found by content. */
static enum file_kind by_name(enum file_kind kind, const char *name)
{
    if (name == NULL) {
        return kind;
    }
    if (kind == FILE_LINKEDIN_MESSAGES) {
        for (const char *const *robot = robots; *robot != NULL; robot++) {
            if (bundle_name_is(name, *robot)) {
                return FILE_LINKEDIN_ROBOTS;
            }
        }
    }
    if (kind == FILE_LINKEDIN_RECOMMENDATIONS_RECEIVED && bundle_name_is(name, "Recommendations_Given.csv")) {
        return FILE_LINKEDIN_RECOMMENDATIONS_GIVEN;
    }
    return kind;
}

enum file_kind sniff_header(const struct csv_header *header, const char *name)
{
    g_autoptr(GHashTable) names = fold_names(header);
    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++) {
        if (holds(&rules[i], names, header->n, name)) {
            return by_name(rules[i].kind, name);
        }
    }
    return FILE_NONE;
}

bool sniff_is_plain_header(const struct csv_header *header)
{
    int n_names = 0;
    for (int i = 0; i < header->n; i++) {
        struct column_sample sample = { 0 };
        column_sample_add(&sample, header->names[i]);
        if (sample.email + sample.url + sample.phone + sample.date > 0 || sample.longest > 100) {
            return false;
        }
        n_names += sample.empty == 0;
    }
    if (n_names == 1) {         /* one column: only a word that we know is a name, and near the top */
        if (header->n > 1 || header->line > 3) {
            return false;
        }
        g_autofree struct column_proposal *proposals = g_new0(struct column_proposal, (size_t)header->n);
        columns_propose(header->n, header->names, NULL, proposals);
        return columns_can_make_people(header->n, proposals) && proposals[0].confidence >= 90;
    }
    return n_names >= 2;
}

/* True when some rule of exactly this kind holds, whatever the file is called. */
static bool is_of_kind(const struct csv_header *candidate, enum file_kind kind)
{
    enum file_kind content = kind == FILE_LINKEDIN_ROBOTS ? FILE_LINKEDIN_MESSAGES
        : kind == FILE_LINKEDIN_RECOMMENDATIONS_GIVEN ? FILE_LINKEDIN_RECOMMENDATIONS_RECEIVED : kind;
    g_autoptr(GHashTable) names = fold_names(candidate);
    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++) {
        if (rules[i].kind == content && holds(&rules[i], names, candidate->n, rules[i].file)) {
            return true;
        }
    }
    return false;
}

bool file_kind_is_header(const struct csv_header *candidate, const void *data)
{
    enum file_kind kind = *(const enum file_kind *)data;
    return kind == FILE_GENERIC_CSV ? sniff_is_plain_header(candidate) : is_of_kind(candidate, kind);
}
