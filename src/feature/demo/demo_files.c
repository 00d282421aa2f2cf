/* The files of the demo, as LinkedIn, a phone, Gmail and PubMed write them: the importers read them
 * as they read yours. */
#include "feature/demo/demo.h"

#include "base/error.h"
#include "codec/csv.h"

#include <string.h>
#include <zip.h>

const struct demo_file demo_files[] = {{"Basic_LinkedInDataExport_spring.zip", 70},
                                       {"phone-contacts.vcf", 69},
                                       {"co-authors.nbib", 48},
                                       {"google-contacts.csv", 21},
                                       {"Complete_LinkedInDataExport_summer.zip", 2},
                                       {"class-list.csv", 1}};
const int n_demo_files = (int)G_N_ELEMENTS(demo_files);

static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/* The owner's profile address is in messages only, as in real archives. */
#define OWNER_NAME DEMO_OWNER_GIVEN " " DEMO_OWNER_FAMILY
#define OWNER_SCHOOL "Indus Delta Medical College"
#define OWNER_URL "https://www.linkedin.com/in/farah-siddiqui-demo-5e1a"

/* 15 Mar 2024 */
static char *linkedin_day(int32_t day)
{
    int year;
    int month;
    int of_month;
    day_to_ymd(day, &year, &month, &of_month);
    return g_strdup_printf("%02d %s %d", of_month, months[month - 1], year);
}

static void row(struct csv_writer *writer, int n, const char *const *cells)
{
    csv_writer_row(writer, n, cells);
}

#define ROW(writer, ...)                                                                           \
    do {                                                                                           \
        const char *const cells_[] = {__VA_ARGS__};                                                \
        row(writer, (int)G_N_ELEMENTS(cells_), cells_);                                            \
    } while (0)

static char *url_of(const struct demo_person *person)
{
    return g_strdup_printf("https://www.linkedin.com/in/%s", person->slug);
}

/* Newest first, as LinkedIn writes it. is_old: the export of 70 days ago. */
static void write_connections(const struct demo_cast *cast, bool is_old, GString *out)
{
    g_autoptr(csv_writer) writer = csv_writer_new(out, NULL);
    g_string_append(out, "Notes:\n\"When exporting your connection data, you may notice that some "
                         "of the email addresses are "
                         "missing.\"\n\n");
    ROW(writer, "First Name", "Last Name", "URL", "Email Address", "Company", "Position",
        "Connected On");
    int32_t latest = is_old ? cast->today - 70 : cast->today - 2;
    for (int32_t day = latest; day > cast->today - 800; day--) {
        for (int i = 0; i < cast->n; i++) {
            const struct demo_person *p = &cast->people[i];
            if (!p->is_on_linkedin || p->met_day != day) {
                continue;
            }
            g_autofree char *on = linkedin_day(day);
            g_autofree char *url = url_of(p);
            g_autofree char *family = *p->credentials != '\0' && i % 3 == 0
                                          ? g_strdup_printf("%s, %s", p->family, p->credentials)
                                          : g_strdup(p->family);
            if (p->is_closed) {
                ROW(writer, "", "", "", "", "", "", on);
            } else {
                ROW(writer, p->given, family, url, p->shows_email ? p->email : "",
                    is_old && p->old_org != NULL ? p->old_org : p->org,
                    is_old && p->old_title != NULL ? p->old_title : p->title, on);
            }
        }
    }
}

struct line {
    const char *out;
    const char *in;
};
static const struct line talks[] = {
    {"Thank you for connecting. I read your note on applying from abroad and have one question "
     "about the order of exams.",
     "Happy to help. Take Step 2 before you travel; you will be calmer on the wards."},
    {"You trained where I trained. How did you find your first observership?",
     "Through the alumni secretary. I can send you her address if you like."},
    {"Your poster on early discharge was the clearest in the hall. Is the dataset still growing?",
     "It is. Write to me in autumn, we will need a second reader."},
    {"I am visiting Ohio in the spring. May I ask you three questions over coffee?",
     "Gladly. Thursdays after four are best for me."},
    {"May I ask which electronic record your ward uses, so that I can prepare?", NULL},
    {"I applied to your programme this season and would be glad of one honest sentence about it.",
     NULL},
    {NULL, "Saw that you passed. Well done. Tell me when you apply."},
    {NULL, "We have an opening for an observer in March. Are you free?"},
};

static void message(struct csv_writer *writer, const struct demo_person *p, int32_t day, int hour,
                    bool is_out, const char *text)
{
    int year;
    int month;
    int of_month;
    day_to_ymd(day, &year, &month, &of_month);
    g_autofree char *date = g_strdup_printf("%04d-%02d-%02d %02d:%02d:00 UTC", year, month,
                                            of_month, hour, (hour * 7) % 60);
    g_autofree char *name = g_strdup_printf("%s %s", p->given, p->family);
    g_autofree char *url = url_of(p);
    g_autofree char *conversation = g_strdup_printf("2-%s==", p->slug);
    ROW(writer, conversation, "", is_out ? OWNER_NAME : name, is_out ? OWNER_URL : url,
        is_out ? name : OWNER_NAME, is_out ? url : OWNER_URL, date, "", text, "INBOX", "No");
}

static void write_messages(const struct demo_cast *cast, bool is_old, GString *out)
{
    struct prng prng;
    prng_init(&prng, 11);
    g_autoptr(csv_writer) writer = csv_writer_new(out, NULL);
    ROW(writer, "CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO",
        "RECIPIENT PROFILE URLS", "DATE", "SUBJECT", "CONTENT", "FOLDER", "IS MESSAGE DRAFT");
    int32_t latest = is_old ? cast->today - 70 : cast->today - 2;
    for (int i = 0; i < cast->n; i++) {
        const struct demo_person *p = &cast->people[i];
        const struct line *talk = &talks[prng_below(&prng, G_N_ELEMENTS(talks))];
        int32_t day = p->met_day + prng_between(&prng, 0, 240);
        int32_t answer = day + prng_between(&prng, 0, 6);
        bool has_talk = i < 15 || prng_below(&prng, 100) < 24;
        if (!p->is_on_linkedin || p->is_closed || !has_talk || MAX(day, answer) > latest) {
            continue;
        }
        if (talk->out != NULL) {
            message(writer, p, day, 8 + i % 12, true, talk->out);
        }
        if (talk->in != NULL) {
            message(writer, p, answer, 9 + i % 11, false, talk->in);
        }
    }
    ROW(writer, "2-draft==", "", OWNER_NAME, OWNER_URL, "Grace Nwosu",
        "https://www.linkedin.com/in/not-sent", "2026-01-05 10:00:00 UTC", "", "Dear Dr. Nwosu,",
        "INBOX", "Yes");
}

/* Who has not answered yet: not among the connections, so known by the invitation alone. */
static const struct {
    const char *name;
    const char *slug;
    int days_ago;
} unanswered[] = {{"Hannah Brandt", "hannah-brandt-1c07e2", 9},
                  {"Tesfaye Alemu", "tesfaye-alemu-5b90d4", 34},
                  {"Lucía Ferrer", "lucia-ferrer-a3318f", 52},
                  {"Arjun Menon", "arjun-menon-77de10", 101}};

static char *invitation_day(int32_t day)
{
    int year;
    int month;
    int of_month;
    day_to_ymd(day, &year, &month, &of_month);
    return g_strdup_printf("%d/%d/%02d, 4:10 PM", month, of_month, year % 100);
}

static void write_unanswered(const struct demo_cast *cast, bool is_old, struct csv_writer *writer)
{
    for (size_t i = 0; i < G_N_ELEMENTS(unanswered); i++) {
        if (unanswered[i].days_ago < (is_old ? 70 : 2)) {
            continue;
        }
        g_autofree char *sent = invitation_day(cast->today - unanswered[i].days_ago);
        g_autofree char *url =
            g_strdup_printf("https://www.linkedin.com/in/%s", unanswered[i].slug);
        ROW(writer, OWNER_NAME, unanswered[i].name, sent, "", "OUTGOING", OWNER_URL, url);
    }
}

static void write_invitations(const struct demo_cast *cast, bool is_old, GString *out)
{
    g_autoptr(csv_writer) writer = csv_writer_new(out, NULL);
    ROW(writer, "From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl",
        "inviteeProfileUrl");
    for (int i = 2; i < cast->n; i += 17) {
        const struct demo_person *p = &cast->people[i];
        g_autofree char *sent = invitation_day(p->met_day - 1);
        g_autofree char *name = g_strdup_printf("%s %s", p->given, p->family);
        g_autofree char *url = url_of(p);
        if (p->is_on_linkedin && !p->is_closed) {
            ROW(writer, OWNER_NAME, name, sent, i % 2 == 0 ? "We met at the alumni evening." : "",
                "OUTGOING", OWNER_URL, url);
        }
    }
    write_unanswered(cast, is_old, writer);
}

/* ---- the archive ---- */

/* Adds a member; its bytes are kept until the archive is closed. */
static void add_text(GPtrArray *kept, zip_t *zip, const char *name, const char *text, bool *is_well)
{
    GString *string = g_string_new(text);
    g_ptr_array_add(kept, string);
    zip_source_t *source = zip_source_buffer(zip, string->str, string->len, 0);
    zip_int64_t index = source == NULL ? -1 : zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8);
    *is_well =
        *is_well && index >= 0 && zip_file_set_mtime(zip, (zip_uint64_t)index, 1767225600, 0) == 0;
}

static void free_string(gpointer data)
{
    g_string_free(data, true);
}

static bool write_archive(const struct demo_cast *cast, const char *path, bool is_old,
                          GError **error)
{
    int code = 0;
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
    g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func(free_string);
    bool is_well = zip != NULL;
    if (zip == NULL) {
        return bug(error, "demo.write", "The archive %s could not be made.", path);
    }
    g_autoptr(GString) connections = g_string_new(NULL);
    g_autoptr(GString) messages = g_string_new(NULL);
    g_autoptr(GString) invitations = g_string_new(NULL);
    write_connections(cast, is_old, connections);
    write_messages(cast, is_old, messages);
    write_invitations(cast, is_old, invitations);
    add_text(kept, zip, "Connections.csv", connections->str, &is_well);
    add_text(kept, zip, "messages.csv", messages->str, &is_well);
    add_text(kept, zip, "Invitations.csv", invitations->str, &is_well);
    add_text(kept, zip, "Profile.csv",
             "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip "
             "Code,Geo Location,Twitter Handles,"
             "Websites,Instant Messengers\n" DEMO_OWNER_GIVEN "," DEMO_OWNER_FAMILY
             ",,,,\"Physician, applying for internal "
             "medicine\",\"House officer in Karachi. "
             "Interested in liver disease and in teaching.\",Hospitals,,\"Toledo, Ohio, United "
             "States\",,,\n",
             &is_well);
    add_text(kept, zip, "Positions.csv",
             "Company Name,Title,Description,Location,Started On,Finished On\n"
             "Civil Lines Teaching Hospital,House officer,Internal medicine and surgery,\"Lahore, "
             "Pakistan\",Mar 2023,Feb 2024\n"
             "Northquay General Hospital,Observer,Hepatology ward,\"Toledo, Ohio\",Jun 2026,\n",
             &is_well);
    add_text(kept, zip, "Education.csv",
             "School Name,Start Date,End Date,Notes,Degree Name,Activities\nIndus Delta Medical "
             "College,2017,2022,,MBBS,Debating society\n",
             &is_well);
    add_text(kept, zip, "Skills.csv", "Name\nUltrasound\nClinical audit\nTeaching\n", &is_well);
    add_text(kept, zip, "Languages.csv",
             "Name,Proficiency\nUrdu,Native or bilingual proficiency\nEnglish,Full professional "
             "proficiency\n"
             "Arabic,Elementary proficiency\n",
             &is_well);
    is_well = zip_close(zip) == 0 && is_well;
    return is_well ||
           bug(error, "demo.write", "The archive %s could not be written. Is the disk full?", path);
}

/* ---- the phone, Gmail, PubMed ---- */

/* The photo in lines of 75 bytes at the most, as phones fold them. */
static void write_photo(const struct demo_person *person, int index, GString *out)
{
    g_autoptr(GByteArray) png = demo_face(person->given, (unsigned)index);
    if (png == NULL) {
        return;
    }
    g_autofree char *text = g_base64_encode(png->data, png->len);
    g_string_append(out, "PHOTO;ENCODING=b;TYPE=PNG:");
    size_t room = 75 - strlen("PHOTO;ENCODING=b;TYPE=PNG:");
    for (const char *at = text; *at != '\0'; room = 74) {
        size_t length = MIN(strlen(at), room);
        g_string_append_len(out, at, (gssize)length);
        at += length;
        g_string_append(out, *at != '\0' ? "\r\n " : "\r\n");
    }
}

static void write_phone(const struct demo_cast *cast, GString *out)
{
    for (int i = 0; i < cast->n; i++) {
        const struct demo_person *p = &cast->people[i];
        if (!p->is_in_phone) {
            continue;
        }
        bool in_script = *p->own != '\0' && (p->is_on_linkedin || i % 9 == 1);
        g_string_append_printf(out, "BEGIN:VCARD\r\nVERSION:3.0\r\n");
        if (in_script) {
            g_string_append_printf(out, "FN:%s\r\nN:%s;;;%s;\r\n", p->own, p->own, p->prefix);
        } else {
            g_string_append_printf(out, "FN:%s%s%s %s\r\nN:%s;%s;;%s;\r\n", p->prefix,
                                   *p->prefix != '\0' ? " " : "", p->given, p->family, p->family,
                                   p->given, p->prefix);
        }
        g_string_append_printf(out, "item1.EMAIL;type=INTERNET;type=WORK;type=pref:%s\r\n",
                               p->email);
        g_string_append_printf(out, "TEL;type=CELL;type=VOICE:%s\r\nORG:%s\r\nTITLE:%s\r\n",
                               p->phone, p->org, p->title);
        bool is_us = strcmp(p->country, "US") == 0;
        g_string_append_printf(out, "ADR;type=WORK:;;;%s;%s;;%s\r\n", p->city,
                               is_us ? p->region : "", is_us ? "United States" : p->region);
        if (p->is_on_linkedin && (in_script || i % 7 != 3)) {
            g_string_append_printf(out, "URL:https://www.linkedin.com/in/%s\r\n", p->slug);
        }
        if (*p->tags != '\0') {
            g_string_append_printf(out, "CATEGORIES:%s\r\n", p->tags);
        }
        if (p->note != NULL) {
            g_string_append_printf(out, "NOTE:%s\r\n", p->note);
        }
        write_photo(p, i, out);
        g_string_append_printf(out, "UID:demo-%04d\r\nEND:VCARD\r\n", i);
    }
}

static void write_google(const struct demo_cast *cast, GString *out)
{
    g_autoptr(csv_writer) writer = csv_writer_new(out, NULL);
    ROW(writer, "First Name", "Middle Name", "Last Name", "Phonetic First Name",
        "Phonetic Middle Name", "Phonetic Last Name", "Name Prefix", "Name Suffix", "Nickname",
        "File As", "Organization Name", "Organization Title", "Organization Department", "Birthday",
        "Notes", "Photo", "Labels", "E-mail 1 - Label", "E-mail 1 - Value", "Phone 1 - Label",
        "Phone 1 - Value");
    for (int i = 0; i < cast->n; i++) {
        const struct demo_person *p = &cast->people[i];
        if (p->is_in_google) {
            /* one lead has another address here: the same name and hospital, to be decided */
            g_autofree char *mail =
                i == 14 ? g_strdup("m.constantinescu@mailbox.example") : g_strdup(p->email);
            ROW(writer, p->given, "", p->family, "", "", "", p->prefix, "", "", "", p->org,
                p->title, "", "", "", "",
                *p->tags != '\0' ? "* myContacts ::: Medicine" : "* myContacts", "* Work", mail, "",
                i % 2 == 0 ? p->phone : "");
        }
    }
}

static const struct {
    const char *title;
    const char *journal;
    int years_ago;
} papers[] = {
    {"Early discharge after variceal bleeding: a ward audit.", "J Ward Audit", 1},
    {"Albumin use on a busy liver ward: what changed after a checklist.", "Ann Ward Med", 2},
    {"Teaching rounds in three languages: a survey of house officers.", "Med Teach Notes", 2},
    {"Non-invasive fibrosis scores in a district hospital.", "Liver Pract", 3}};

static void write_papers(const struct demo_cast *cast, GString *out)
{
    struct prng prng;
    prng_init(&prng, 5);
    int year;
    int month;
    int of_month;
    day_to_ymd(cast->today, &year, &month, &of_month);
    int next = 0;
    for (size_t paper = 0; paper < G_N_ELEMENTS(papers); paper++) {
        g_string_append_printf(out, "PMID- 9%07d\r\nTI  - %s\r\nDP  - %d\r\nTA  - %s\r\n",
                               (int)(1000 + paper * 37), papers[paper].title,
                               year - papers[paper].years_ago, papers[paper].journal);
        if (paper != 3) {
            g_string_append(out, "FAU - " DEMO_OWNER_FAMILY ", " DEMO_OWNER_GIVEN
                                 "\r\nAU  - " DEMO_OWNER_FAMILY " F\r\n");
        }
        for (int authors = 0; authors < 5; next++) {
            const struct demo_person *p = &cast->people[next % cast->n];
            if (!p->is_author) {
                continue;
            }
            g_string_append_printf(out, "FAU - %s, %s\r\nAU  - %s %c\r\nAD  - %s, %s, %s. %s.\r\n",
                                   p->family, p->given, p->family, p->given[0], p->org, p->city,
                                   p->region, p->email);
            authors++;
        }
        g_string_append(out, "PT  - Journal Article\r\n\r\n");
    }
}

/* The list of one's own school: who was there and where they are now, joined by profile or address. */
static void write_class(const struct demo_cast *cast, GString *out)
{
    g_autoptr(csv_writer) writer = csv_writer_new(out, NULL);
    ROW(writer, "Name", "Class of", "Medical school", "E-mail", "Profile", "Hospital", "Position");
    for (int i = 0; i < cast->n; i++) {
        const struct demo_person *p = &cast->people[i];
        if (strcmp(p->school, OWNER_SCHOOL) != 0 || p->is_closed) {
            continue;
        }
        g_autofree char *name = g_strdup_printf("%s %s", p->given, p->family);
        g_autofree char *year = g_strdup_printf("%d", p->class_year);
        bool has_mail = p->is_in_phone || p->is_in_google || p->shows_email;
        g_autofree char *url = p->is_on_linkedin ? url_of(p) : g_strdup("");
        if (has_mail || p->is_on_linkedin) {
            ROW(writer, name, year, p->school, has_mail ? p->email : "", url, p->org, p->title);
        }
    }
}

static bool write_text(const char *folder, const char *name, const GString *text, GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return g_file_set_contents(path, text->str, (gssize)text->len, NULL) ||
           bug(error, "demo.write", "%s could not be written. Is the disk full?", path);
}

bool demo_files_write(const struct demo_cast *cast, const char *folder, GError **error)
{
    g_autoptr(GString) phone = g_string_new(NULL);
    g_autoptr(GString) google = g_string_new(NULL);
    g_autoptr(GString) nbib = g_string_new(NULL);
    g_autoptr(GString) school = g_string_new(NULL);
    g_autofree char *old = g_build_filename(folder, demo_files[0].name, NULL);
    g_autofree char *newer = g_build_filename(folder, demo_files[4].name, NULL);
    write_phone(cast, phone);
    write_google(cast, google);
    write_papers(cast, nbib);
    write_class(cast, school);
    return write_archive(cast, old, true, error) && write_archive(cast, newer, false, error) &&
           write_text(folder, demo_files[1].name, phone, error) &&
           write_text(folder, demo_files[2].name, nbib, error) &&
           write_text(folder, demo_files[3].name, google, error) &&
           write_text(folder, demo_files[5].name, school, error);
}
